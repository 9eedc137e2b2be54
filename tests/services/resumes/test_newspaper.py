"""Text that runs from the foot of one column to the head of the next, below a header of its own."""

from datetime import date

from services.resumes.page.layout import in_reading_order
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

PLAIN, BOLD, ITALIC = Style("Serif", 12.0), Style("Serif", 12.0, bold=True), Style("Serif", 12.0, italic=True)
LEFT = [
    "*Employment", "*Master, R/V Halcyon, NOAA", "Jun 2018 to Present", "Command of a ship with two hundred",
    "sea days in each year since then, and", "no injury since 2019 in all of them.", "*Chief Mate, Boreas Lines",
    "Sept 2014 to May 2018", "Deck operations, stability and cargo", "planning for the whole of the fleet.",
    "*Deckhand, Bowdoin", "May 2003 to Sept 2004",
]  # fmt: skip
RIGHT = [
    "Two summer seasons before the mast on", "an Arctic schooner.", "*Cook, Overseas Bulk", "Jan 2002 to Mar 2003",
    "*Education", "*B.S., Marine Transportation, _Maine", "_Maritime Academy", "Aug 1998 to May 2001", "*Skills",
    "Ice navigation, Radar, Charts", "*Languages", "English, French",
]  # fmt: skip


def line(text: str, x: float, y: float) -> Line:
    heavy, _, slanted = text.partition("_")
    runs = [Run(heavy.lstrip("*"), BOLD if text.startswith("*") else PLAIN)] if heavy else []
    runs += [Run(slanted, ITALIC)] if slanted else []
    return Line(1, Box(x, y, x + 6.0 * sum(len(run.text) for run in runs), y + 12), tuple(runs))


def page(*, ruler: float | None) -> ExtractedText:
    lines = [line("*Hollis Marchbanks", 40, 20), line("Ship's Master", 40, 40)]
    lines += [line("Castine, Maine", 180, 40), line("+1 (207) 555-0131", 311, 40), line("hm@harbor.example", 40, 54)]
    for x, texts in ((40.0, LEFT), (311.0, RIGHT)):
        lines += [line(text, x, 90 + 16.0 * number) for number, text in enumerate(texts)]
    rulers = [] if ruler is None else [ruler]
    return ExtractedText("pdf", 1, tuple(in_reading_order(lines, 612.0, 792.0, rulers=rulers)))


def test_a_column_goes_on_at_the_head_of_the_next() -> None:
    text = page(ruler=76.0)
    found = [one.text for one in text.lines]
    assert found[found.index("May 2003 to Sept 2004") + 1] == "Two summer seasons before the mast on"
    profile = read_profile(text, as_of=date(2026, 1, 1))
    assert [job.start for job in profile.experience] == ["2018-06", "2014-09", "2003-05", "2002-01"]
    assert profile.education[0].institution == "Maine Maritime Academy"  # wrapped in italics


def test_a_line_across_the_page_ends_its_header() -> None:
    texts = [one.text for one in page(ruler=76.0).lines]
    assert texts[:5] == [
        "Hollis Marchbanks",
        "Ship's Master",
        "Castine, Maine",
        "+1 (207) 555-0131",
        "hm@harbor.example",
    ]
    assert [one.text for one in page(ruler=None).lines].index("+1 (207) 555-0131") > 5
    assert [one.text for one in page(ruler=120.0).lines] == [
        one.text for one in page(ruler=None).lines
    ]  # below a heading


def test_columns_may_begin_at_the_head_of_a_page() -> None:
    lines = [line("*Skills", 40, 40), line("*Languages", 311, 40)]
    lines += [line(text, 40, 60 + 16.0 * at) for at, text in enumerate(("Radar; Ice", "navigation; Charts;", "Excel"))]
    lines += [line(text, 311, 60 + 20.0 * at) for at, text in enumerate(("English: Native", "French: Fluent"))]
    ordered = [one.text for one in in_reading_order(lines, 612.0, 792.0)]
    assert ordered == [
        "Skills",
        "Radar; Ice",
        "navigation; Charts;",
        "Excel",
        "Languages",
        "English: Native",
        "French: Fluent",
    ]


def test_columns_end_above_a_heading_that_nothing_follows_on_its_side() -> None:
    """Headings at the right edge, below a head of two columns."""
    texts = [("*Hollis Marchbanks", 60, 20), ("+1 207 555 0131", 330, 20), ("Ship's Master", 60, 36),
             ("hm@harbor.example", 330, 36), ("Castine, Maine", 330, 52), ("*Work Experience", 450, 90),
             ("2022 - Present", 60, 106), ("*Boreas Lines", 170, 106), ("Chief Mate", 170, 122),
             ("Deck operations, stability and cargo planning for the fleet.", 190, 138), ("2019 - 2021", 60, 160),
             ("*Overseas Bulk", 170, 160), ("Second Mate", 170, 176), ("Charts of the world and its rocks.", 190, 192),
             ("*Skills", 500, 220), ("Radar, Charts", 60, 236)]  # fmt: skip
    ordered = in_reading_order([line(text, x, float(y)) for text, x, y in texts], 612.0, 792.0)
    found = [one.text for one in ordered]
    assert found[found.index("Work Experience") + 1 :][:3] == ["2022 - Present", "Boreas Lines", "Chief Mate"]
    profile = read_profile(ExtractedText("pdf", 1, tuple(ordered)), as_of=date(2026, 1, 1))
    assert [job.company for job in profile.experience] == ["Boreas Lines", "Overseas Bulk"]
