"""Entries whose parts stand left and right: read entry by entry, never one side after the other."""

from datetime import date

from services.resumes.page.layout import in_reading_order
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

BOLD, HEAD = Style("Sans", 10.0, bold=True), Style("Sans", 10.0, bold=True, colour="117733")
JOBS = [
    (["*Kelpie Ferries", "Oban", "Mar 2018 – Present"],
     ["*Second Mate", "• Stands the night watch on the island run in all weather of the", "year.", "• Trains crew."]),
    (["*Lochside Boats", "Fort William", "May 2013 – Feb 2018"],
     ["*Boatman", "• Carried walkers and their dogs over the loch.", "• Kept two engines alive."]),
    (["*The Slipway", "Mallaig", "Oct 2009 – Apr 2013"], ["*Yard Hand", "• Scraped hulls."]),
]  # fmt: skip


def line(text: str, x: float, y: float, style: Style = Style("Sans", 10.0)) -> Line:
    plain = text.lstrip("*")
    return Line(1, Box(x, y, x + 5.0 * len(plain), y + 10), (Run(plain, BOLD if text.startswith("*") else style),))


def profile_of(lines: list[Line]) -> list[tuple[str, str, str]]:
    ordered = in_reading_order(lines, 595.0, 842.0)
    profile = read_profile(ExtractedText("pdf", 1, tuple(ordered)), as_of=date(2026, 1, 1))
    return [(job.title, job.company, job.start) for job in profile.experience]


EXPECTED = [
    ("Second Mate", "Kelpie Ferries", "2018-03"),
    ("Boatman", "Lochside Boats", "2013-05"),
    ("Yard Hand", "The Slipway", "2009-10"),
]


def paired(y: float) -> list[Line]:
    lines = [line("WORK EXPERIENCE", 40, y - 16, HEAD)]
    for left, right in JOBS:
        lines += [line(text, 40, y + 11 * number) for number, text in enumerate(left)]
        lines += [line(text, 200, y + 11 * number) for number, text in enumerate(right)]
        y += 11 * max(len(left), len(right)) + 9
    lines += [line("SKILLS", 40, y + 4, HEAD)]
    return lines + [line(text, 40 + 175 * n, y + 20) for n, text in enumerate(["Knots", "Radar", "Engines"])]


def test_blocks_that_begin_level_are_one_entry() -> None:
    lines = [line("*Fergus Ardle", 40, 20), *paired(90.0)]
    assert profile_of(lines) == EXPECTED


def test_columns_under_headings_end_above_one_alone_in_its_row() -> None:
    lines = [line("*Fergus Ardle", 40, 20)]
    columns = {"CONTACT": ["f.ardle@slip.example", "Oban, Scotland"], "LANGUAGES": ["English: Native", "Scots: Native"],
               "EDUCATION": ["*HNC, Nautical Science", "City of Glasgow College", "Aug 2005 – May 2007"]}  # fmt: skip
    for number, (title, texts) in enumerate(columns.items()):
        lines.append(line(title, 40 + 175 * number, 50, HEAD))
        lines += [line(text, 40 + 175 * number, 62 + 11 * at) for at, text in enumerate(texts)]
    ordered = [one.text for one in in_reading_order([*lines, *paired(140.0)], 595.0, 842.0)]
    assert ordered.index("Aug 2005 – May 2007") == ordered.index("WORK EXPERIENCE") - 1
    assert profile_of([*lines, *paired(140.0)]) == EXPECTED


def test_entries_left_and_right_of_a_line_by_turns() -> None:
    lines = [line("*Fergus Ardle", 250, 20), line("Work experience", 255, 60, HEAD)]
    y = 80.0
    for number, (left, right) in enumerate(JOBS):
        texts = [right[0], left[0], *right[1:]]
        for at, text in enumerate(texts):
            x = 330.0 if number % 2 else 235.0 - 5 * len(text.lstrip("*"))
            lines.append(line(text[:40], x, y + 11 * at))
        lines.append(line(left[2], 245, y, Style("Sans", 8.0, colour="999999")))
        y += 11 * len(texts) + 9
    lines.append(line("Skills", 270, y + 4, HEAD))
    lines.append(line("Knots • Radar • Engines", 220, y + 20))
    assert profile_of(lines) == EXPECTED
