"""Labels in the rows of each entry, wherever their values begin, are told apart from the values."""

from datetime import date

import pytest

from services.resumes.page.label_words import role_of
from services.resumes.page.row_labels import without_loose_labels, without_row_labels
from services.resumes.page.rows import rows
from services.resumes.profile import ResumeProfile
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

BOLD = Style(bold=True)


def lines(texts: list[str]) -> list[Line]:
    """One row a text; a tab begins another line behind the first, an asterisk makes a line bold."""
    found = []
    for number, text in enumerate(texts):
        x = 10.0
        for part in text.split("\t"):
            style = BOLD if part.startswith("*") else Style()
            top = 20.0 + 14 * number
            width = 6.0 * len(part.strip("*"))
            found.append(Line(1, Box(x, top, x + width, top + 12), (Run(part.strip("*"), style),)))
            x += width + 30
    return found


def profile(texts: list[str]) -> ResumeProfile:
    return read_profile(ExtractedText("rtf", 1, tuple(lines(texts))), as_of=date(2026, 1, 1))


def jobs(found: ResumeProfile) -> list[tuple[str, str, str, str]]:
    return [(job.title, job.company, job.start, job.end) for job in found.experience]


FORM = [
    "• Date (da – a)\t03/2016 – oggi",
    "• Nome e indirizzo del datore di lavoro\tCooperativa Il Gelso, Lucca",
    "• Tipo di azienda o settore\tServizi sociali",
    "• Tipo di impiego\t*Educatrice*",
    "• Principali mansioni e responsabilità",
    "Progetti con ragazzi dai dodici ai sedici anni",
    "Rapporti con le scuole del quartiere",
    "• Date (da – a)\t09/2010 – 02/2016",
    "• Nome e indirizzo del datore di lavoro\tFattoria Didattica Orti, Pisa",
    "• Tipo di azienda o settore\tAgricoltura",
    "• Tipo di impiego\t*Animatrice*",
    "• Principali mansioni e responsabilità",
    "Laboratori di semina con le classi della primaria",
]


def test_values_behind_tabs_are_told_by_labels_that_come_back() -> None:
    found = profile(["*Ginevra Mancuso*", "*Esperienza lavorativa*", *FORM])
    assert jobs(found) == [
        ("Educatrice", "Cooperativa Il Gelso", "2016-03", ""),
        ("Animatrice", "Fattoria Didattica Orti", "2010-09", "2016-02"),
    ]
    assert "Servizi sociali" in " ".join((found.experience[0].description, *found.experience[0].highlights))


FEDERAL = [
    "*Fire Lookout (Seasonal)*",
    "Gila Ranger Station, Mimbres, NM",
    "Dates employed: May 2019 to Present | Hours per week: 40 | Salary: $21.10 USD per hour",
    "Supervisor: Ines Calloway (575-555-0133), may contact",
    "Watched four hundred square miles of forest and reported eleven fires.",
    "*Trail Crew (Volunteer Lead)*",
    "Lincoln Range Camp, Cloudcroft, NM",
    "Dates employed: June 2015 to April 2019 | Hours per week: 30 | Salary: $15.40 USD per hour",
    "Supervisor: Otis Brandvold, retired",
    "Rebuilt nine miles of the ridge trail after the flood.",
]


def test_a_label_before_a_colon_is_no_title() -> None:
    found = profile(["*Dell Aragon*", "*WORK EXPERIENCE*", *FEDERAL])
    assert [(job.start, job.end) for job in found.experience] == [("2019-05", ""), ("2015-06", "2019-04")]
    kept = [row.text for row in without_loose_labels(rows(lines(FEDERAL)))]
    assert "May 2019 to Present" in kept
    assert [text for text in kept if "Supervisor" in text or "Salary" in text] == [
        "• Salary: $21.10 USD per hour",
        "• Supervisor: Ines Calloway (575-555-0133), may contact",
        "• Salary: $15.40 USD per hour",
        "• Supervisor: Otis Brandvold, retired",
    ]


def test_a_post_behind_its_label_is_the_post_though_no_label_has_the_dates() -> None:
    texts = ["*Ada Bellotti*", "*Esperienze lavorative*"]
    for period, house, post, task in (
        ("03/2018 – oggi", "Molino Gatti – Lodi", "Capo mugnaio", "turni, acquisto dei grani"),
        ("08/2014 – 02/2018", "Forno Brera – Milano", "Fornaia", "impasti e consegne"),
    ):
        texts += [f"{period} – *{house}*", f"Mansione: {post}", f"Principali attività: {task}."]
    found = profile(texts)
    assert [(job.title, job.start) for job in found.experience] == [("Capo mugnaio", "2018-03"), ("Fornaia", "2014-08")]


def test_an_employer_before_a_colon_is_no_label() -> None:
    texts = ["Acme: Engineer", "2019 – 2021", "Acme: Trainee", "2017 – 2019"]
    found = rows(lines(texts))
    assert without_loose_labels(found) == found
    headers = ["*Acme*\tCork", "Engineer\t2019 – 2021", "*Acme*\tCork", "Trainee\t2017 – 2019", "*Acme*\tCork"]
    found = rows(lines(headers))
    assert without_row_labels(found) == found
    houses = [
        f"*{house}*\t{year} – {year + 1}" for house, year in (("Acme", 2020), ("Globex", 2016), ("Initech", 2012))
    ]
    posts = [text for row in houses for text in (row, "*Engineer*", "Built it.", row, "*Trainee*", "Broke it.")]
    found = rows(lines(posts))
    assert without_row_labels(found) == found


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Dates employed", "date"),
        ("在职时间", "date"),
        ("Name and address of employer", "company"),
        ("Type of business or sector", "text"),
        ("Tipo di impiego", "title"),
        ("Main activities and responsibilities", "text"),
        ("役割", "title"),
        ("Hobby horses", ""),
    ],
)
def test_what_labels_name(label: str, role: str) -> None:
    assert role_of(label) == role
