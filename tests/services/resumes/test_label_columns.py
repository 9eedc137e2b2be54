"""A column of labels beside a column of values: the labels go, and each entry is in the usual order."""

from datetime import date

import pytest

from services.resumes.page.label_columns import without_label_column
from services.resumes.page.rows import rows
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

BOLD = Style(size=16.0, bold=True)
FORM = [
    ("Datas", "maio 2019 - atual"),
    ("Função ou cargo ocupado", "Gerente de produção"),
    ("Principais atividades e", "Responsável por nove fazendas."),
    ("responsabilidades", "Reduziu as perdas em um terço."),
    ("", "Abriu uma unidade nova."),
    ("Nome e morada do empregador", "Fazenda Boa Vista, Sorriso"),
    ("Datas", "março 2012 - abril 2019"),
    ("Função ou cargo ocupado", "Consultor de campo"),
    ("Principais atividades e", "Carteira de sessenta produtores."),
    ("responsabilidades", ""),
    ("Nome e morada do empregador", "Bunge, Lucas do Rio Verde"),
]


def page(pairs: list[tuple[str, str]], *, right: bool) -> list[Line]:
    lines = []
    for number, (label, value) in enumerate(pairs):
        top, width = 100.0 + 14 * number, 5.0 * len(label)
        for text, x in ((label, 170 - width if right else 30.0), (value, 200.0)):
            if text:
                lines.append(Line(1, Box(x, top, x + 5.0 * len(text), top + 11), (Run(text),)))
    return lines


@pytest.mark.parametrize("right", [True, False])
def test_the_employer_below_the_duties_is_the_employer(right: bool) -> None:
    head = [
        Line(1, Box(200, 20, 300, 40), (Run("Brás Quintela", BOLD),)),
        Line(1, Box(60, 80, 170, 96), (Run("Experiência profissional", BOLD),)),
    ]
    profile = read_profile(ExtractedText("pdf", 1, (*head, *page(FORM, right=right))), as_of=date(2026, 1, 1))
    assert [(job.title, job.company, job.start, job.end) for job in profile.experience] == [
        ("Gerente de produção", "Fazenda Boa Vista", "2019-05", ""),
        ("Consultor de campo", "Bunge", "2012-03", "2019-04"),
    ]


def test_other_columns_of_two_are_left_alone() -> None:
    dated = [("2019 - 2021", "Head nurse, Acme"), ("2016 - 2019", "Nurse, Globex"), ("2012 - 2016", "Carer, Initech")]
    places = [("Cork", "Head nurse, Acme"), ("Galway", "Nurse, Globex"), ("Kerry", "Carer, Initech")]
    for pairs in (dated, places):
        found = rows(page(pairs, right=False))
        assert without_label_column(found) == found
