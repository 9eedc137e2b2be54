"""Periods in a narrow column at the right edge, broken over two lines, with the place below."""

from datetime import date

import pytest

from services.resumes.page.layout import in_reading_order
from services.resumes.periods.wrapped_dates import whole_dates
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

SMALL = Style("Sans", 9.0, colour="666666")


def line(text: str, x: float, y: float, style: Style | None = None) -> Line:
    style = style or Style("Sans", 11.0)
    return Line(1, Box(x, y, x + 5.0 * len(text), y + style.size), (Run(text, style),))


def right(text: str, y: float) -> Line:
    return line(text, 560 - 5.0 * len(text), y, SMALL)


def test_notes_beside_the_jobs_are_no_column_of_their_own() -> None:
    lines = [line("Lucía Etxeberria", 60, 20, Style("Sans", 22.0)), line("Periodista de datos", 60, 46)]
    lines.append(line("EXPERIENCIA LABORAL", 60, 80, Style("Sans", 11.0, bold=True)))
    jobs = [
        ("El Salto Diario — Coordinadora de datos", ["feb. 2020 –", "actualidad", "Madrid"]),
        ("Agencia EFE — Redactora", ["oct. 2016 – ene.", "2020", "Madrid"]),
        ("Berria — Becaria", ["jun. 2015 – sept.", "2015", "Andoain"]),
    ]
    for number, (title, notes) in enumerate(jobs):
        y = 100.0 + 70 * number
        lines += [line(title, 60, y), line("Dirige un equipo de tres personas y la base", 70, y + 13)]
        lines += [line("de contratos, consultada por otros siete medios.", 70, y + 26)]
        lines += [right(note, y + 11 * at) for at, note in enumerate(notes)]
    ordered = in_reading_order(lines, 600.0, 800.0)
    profile = read_profile(ExtractedText("pdf", 1, tuple(ordered)), as_of=date(2026, 1, 1))
    assert [(job.company, job.start, job.end, job.current) for job in profile.experience] == [
        ("El Salto Diario", "2020-02", "", True),
        ("Agencia EFE", "2016-10", "2020-01", False),
        ("Berria", "2015-06", "2015-09", False),
    ]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("oct. 2016 – ene.", "2020", True),
        ("Mar 2019 –", "Present", True),
        ("Mar 2019", "Nurse", False),
        ("2014 – 2016", "2018 – 2019", False),
        ("Born 1984", "2001 – 2003", False),
    ],
)
def test_two_lines_are_one_period_only_together(first: str, second: str, whole: bool) -> None:
    pair = [right(first, 100), right(second, 111)]
    assert [one.text for one in whole_dates(pair)] == ([f"{first} {second}"] if whole else [first, second])
    far = [pair[0], right(second, 140)]
    assert whole_dates(far) == far


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["mars 2019 – au-", "jourd’hui"], "mars 2019 – aujourd’hui"),
        (["septembre 2008 –", "septembre", "2011"], "septembre 2008 – septembre 2011"),
    ],
)
def test_words_and_periods_broken_more_than_once(parts: list[str], whole: str) -> None:
    pieces = [line(part, 60, 100 + 11.0 * number, SMALL) for number, part in enumerate(parts)]
    assert [one.text for one in whole_dates(pieces)] == [whole]
    beside = line("Nurse", 160, 100)
    assert [one.text for one in whole_dates([pieces[0], beside, *pieces[1:]])] == [whole, "Nurse"]
