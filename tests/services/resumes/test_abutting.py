"""A heading that fills its margin touches the text beside it."""

from datetime import date

from services.resumes.page.abutting import parted
from services.resumes.page.layout import in_reading_order
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

HEAVY = Style("Serif", 10.0, bold=True)


def line(text: str, x: float, y: float, style: Style = Style("Serif", 10.0)) -> Line:
    return Line(1, Box(x, y, x + 6.4 * len(text), y + 10), (Run(text, style),))


def page(title: str, house: str) -> list[Line]:
    return [
        line("Korbinian Aumüller", 200, 30, Style("Serif", 16.0, bold=True)),
        line("PROFIL", 45, 70, HEAVY), line("Elektriker mit Liebe zu alten Häusern und Mühlen.", 143, 70),
        line(title + house, 45, 100, HEAVY), line("Apr. 2021 – heute", 430, 100),
        line("Obermonteur", 143, 114, Style("Serif", 10.0, italic=True)), line("• Leitungen in neun Mühlen", 143, 128),
        line("Isarwerk", 143, 152, HEAVY), line("März 2015 – März 2021", 430, 152),
        line("Monteur", 143, 166, Style("Serif", 10.0, italic=True)), line("• Wartung der Turbinen", 143, 180),
        line("SPRACHEN", 45, 210, HEAVY), line("Deutsch (Muttersprache)", 143, 210),
    ]  # fmt: skip


def test_the_employer_behind_the_heading_is_read() -> None:
    for title, house in (("BERUFSERFAHRUNG", "Lechmühlen"), ("BERUFSERFAHRUNG ", "Lechmühlen")):
        lines = in_reading_order(page(title, house), 595.0, 842.0)
        profile = read_profile(ExtractedText("pdf", 1, tuple(lines)), as_of=date(2026, 1, 1))
        assert [(job.company, job.title) for job in profile.experience] == [
            ("Lechmühlen", "Obermonteur"),
            ("Isarwerk", "Monteur"),
        ]


def test_nothing_else_is_parted() -> None:
    lines = [line("PROFIL", 45, 70, HEAVY), line("SPRACHEN", 45, 90, HEAVY)]
    for other in ("Erfahrung Bau", "Berufserfahrener Monteur", "Projekte Nord und Süd"):
        alone = [*lines, line(other, 45, 110, HEAVY), *(line("Text", 300, 130 + 12.0 * n) for n in range(6))]
        assert parted(alone) == alone


def test_titles_that_open_with_a_word_of_headings_stay_whole() -> None:
    """The text is indented to 80, but nothing beside a heading begins there, and titles are drawn otherwise."""
    large = Style("Serif", 14.0, bold=True)
    lines = [line("Projects", 45, 70, large), line("Skills", 45, 400, large)]
    titles = [line("Project Manager", 45, 100 + 60.0 * n, HEAVY) for n in range(3)]
    points = [line("Opened eleven stations", 94, 114 + 60.0 * n) for n in range(3)]
    points += [line("Kept all books open", 94, 128 + 60.0 * n) for n in range(3)]
    assert parted([*lines, *titles, *points]) == [*lines, *titles, *points]
    same = [line("Projects", 45, 70, HEAVY), line("Skills", 45, 400, HEAVY), *titles, *points]
    assert parted(same) == same
