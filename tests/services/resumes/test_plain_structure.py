"""Structure that no heading word announces: rulers, rails, dates under dates."""

import io
from datetime import date

import pytest
from reportlab.pdfgen.canvas import Canvas

from services.resumes.formats.plain import read_txt
from services.resumes.page.layout import in_reading_order
from services.resumes.reader import ResumeReader
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile

AS_OF = date(2026, 11, 1)
RULED = """Marta Ilves

+372 555 0100 / marta@ilves.example / Tartu

{ruler}

Ferry Mate @ Saaremaa Line [Apr 2021 - Present]
   + Loaded cars in April 2022.
   + Trained two deckhands.

Deckhand @ Kihnu Boats [May 2017 - Mar 2021]
   + Ropes and paint.

{ruler}

Specialist, Navigation @ Estonian Maritime Academy [Sept 2013 - Jun 2017]
Harbour Practice Course @ Tartu Technical College [Sept 2012 - Jun 2013]

{ruler}

Radar, Plain English, Knots, First aid
"""


@pytest.mark.parametrize("ruler", ["~" * 40, "-" * 30, "=" * 20, "* * * * *"])
def test_rulers_part_sections_that_their_contents_name(ruler: str) -> None:
    profile = read_profile(read_txt(RULED.format(ruler=ruler).encode()), as_of=AS_OF)
    assert [(job.title, job.company, job.start) for job in profile.experience] == [
        ("Ferry Mate", "Saaremaa Line", "2021-04"),
        ("Deckhand", "Kihnu Boats", "2017-05"),
    ]
    assert [study.institution for study in profile.education] == [
        "Estonian Maritime Academy",
        "Tartu Technical College",
    ]
    assert profile.skills == ("Radar", "Plain English", "Knots", "First aid")


def test_a_beginning_above_an_end_is_one_range() -> None:
    drawn = [
        (0, ("WORK EXPERIENCE",)),
        (2, ("Mar 2018", "Lantern Foods")),
        (3, ("Present", "Warehouse Manager")),
        (4, ("", "• Keys to nine cold rooms.")),
        (6, ("Oct 2015", "Quay Street Bakery")),
        (7, ("Feb 2018", "Shift Supervisor")),
        (8, ("", "• Bread before dawn.")),
    ]
    profile = read_profile(_page(drawn), as_of=AS_OF)
    assert [(job.title, job.company, job.start, job.end, job.current) for job in profile.experience] == [
        ("Warehouse Manager", "Lantern Foods", "2018-03", "", True),
        ("Shift Supervisor", "Quay Street Bakery", "2015-10", "2018-02", False),
    ]


def test_a_rail_of_titles_in_unknown_words_is_told_by_its_colour_and_place() -> None:
    titles = {0: "zo bereik je me", 3: "waar ik was", 8: "wat ik leerde", 11: "talen"}
    texts = [
        "pia@mail.example", "+31 6 5550 0100", "Utrecht",
        "*Warehouse Manager", "Kade Logistiek / Mar 2018 – Present", "Runs the night shift with nine people.",
        "*Forklift Driver", "Peper Transport / Jun 2014 – Feb 2018",
        "*Bachelor of Science, Logistics", "Utrecht University / Sep 2010 – May 2014", "With a thesis on pallets.",
        "Nederlands (moedertaal)", "Engels (C1)",
    ]  # fmt: skip
    lines = [_line(0, 10, "Pia Veldkamp", Style("Sans", 26.0, bold=True))]
    y = 60.0
    for number, text in enumerate(texts):
        y += 14.0 + 14.0 * (number in titles)
        bold = text.startswith("*")
        if number in titles:
            lines.append(_line(40, y - 2, titles[number], Style("Sans", 11.0, bold=True, colour="00aa55")))
        lines.append(_line(160, y, text.lstrip("*"), Style("Sans", 11.0, bold=bold)))
    page = ExtractedText("pdf", 1, tuple(in_reading_order(lines, 595.0, 842.0)))
    profile = read_profile(page, as_of=AS_OF)
    assert [(job.title, job.company) for job in profile.experience] == [
        ("Warehouse Manager", "Kade Logistiek"),
        ("Forklift Driver", "Peper Transport"),
    ]
    assert [study.institution for study in profile.education] == ["Utrecht University"]
    assert [language.name for language in profile.languages] == ["Nederlands", "Engels"]


def test_a_header_that_ends_in_plain_words_does_not_run_into_the_text() -> None:
    heavy, plain = Style("Sans", 11.0, bold=True), Style("Sans", 11.0)
    rows = [
        ("EXPERIENCE", "", Style("Sans", 14.0, bold=True)),
        ("Mar 2018 – Present", "", plain),
        ("Warehouse Manager, Lantern Foods", ", Cork", heavy),
        ("Runs the long night shift with nine people.", "", plain),
        ("Opened a second cold store in March 2020.", "", plain),
        ("Jun 2014 – Feb 2018", "", plain),
        ("Forklift Driver, Quay Street Bakery", ", Cork", heavy),
        ("Loads and returns.", "", plain),
    ]
    lines = []
    for number, (text, rest, style) in enumerate(rows):
        line = _line(50, 40 + 14.0 * number, text + rest, style)
        lines.append(Line(1, line.box, (Run(text, style), Run(rest, plain)) if rest else line.runs))
    profile = read_profile(ExtractedText("pdf", 1, tuple(lines)), as_of=AS_OF)
    assert [(job.title, job.company, job.start) for job in profile.experience] == [
        ("Warehouse Manager", "Lantern Foods", "2018-03"),
        ("Forklift Driver", "Quay Street Bakery", "2014-06"),
    ]


def _line(x: float, y: float, text: str, style: Style) -> Line:
    return Line(1, Box(x, y, x + 0.5 * style.size * len(text), y + style.size), (Run(text, style),))


def _page(drawn: list[tuple[int, tuple[str, ...]]]) -> ExtractedText:
    lines = [
        _line(50.0 + 100.0 * column, 40.0 + 14.0 * row, text, Style("Sans", 11.0))
        for row, texts in drawn
        for column, text in enumerate(texts)
        if text
    ]
    return ExtractedText("pdf", 1, tuple(lines))


def test_a_heading_in_a_rail_needs_no_style_of_its_own() -> None:
    """As in a scan, where nothing is known of weight or colour."""
    plain = Style("", 11.0)
    drawn = {
        "Experience": ["Warehouse Manager, Lantern Foods", "Mar 2018 - Present", "Runs a night shift of nine people."],
        "Education": ["BSc in Logistics, Utrecht University", "Sep 2010 - May 2014"],
        "Skills": ["Forklift driving", "Cold storage", "Counting"],
    }  # fmt: skip
    lines, y = [_line(160, 20, "Pia Veldkamp", plain), _line(160, 34, "pia@mail.example", plain)], 70.0
    for heading, texts in drawn.items():
        lines.append(_line(60, y + 3, heading, plain))
        for text in texts:
            lines.append(_line(160, y, text, plain))
            y += 14.0
        y += 12.0
    page = ExtractedText("pdf", 1, tuple(in_reading_order(lines, 595.0, 842.0)))
    profile = read_profile(page, as_of=AS_OF)
    assert [job.company for job in profile.experience] == ["Lantern Foods"]
    assert [study.institution for study in profile.education] == ["Utrecht University"]
    assert profile.skills == ("Forklift driving", "Cold storage", "Counting")


def test_lines_across_the_page_part_what_has_no_headings(reader: ResumeReader) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842))
    y = 790.0
    for text in [
        "*Pia Veldkamp", "pia@mail.example, Utrecht", "-",
        "*Harbour pilot", "Lantern Foods, Cork", "March 2018 to Present", "Runs the night shift with nine people.",
        "*Deck hand", "Quay Street Lines, Cork", "May 2012 to January 2018", "Loads and returns.", "-",
        "*BSc in Nautical Science", "Utrecht University", "September 2008 to May 2012", "-",
        "Knots, Charts, Radar, Diesel engines", "-",
    ]:  # fmt: skip
        if text == "-":
            canvas.line(50, y + 4, 540, y + 4)
        else:
            canvas.setFont("Times-Bold" if text.startswith("*") else "Times-Roman", 11)
            canvas.drawString(50, y, text.lstrip("*"))
        y -= 16
    canvas.save()
    text = reader.extract(buffer.getvalue(), "cv.pdf")
    assert ExtractedText.from_dict(text.to_dict()).rulers == text.rulers
    profile = read_profile(text, as_of=AS_OF)
    assert [(job.title, job.company) for job in profile.experience] == [
        ("Harbour pilot", "Lantern Foods"),
        ("Deck hand", "Quay Street Lines"),
    ]
    assert [study.institution for study in profile.education] == ["Utrecht University"]


@pytest.mark.parametrize("level", [0.0, 14.0])  # the text begins beside the dash, or beside the title
def test_a_dash_above_a_title_is_an_ornament(level: float) -> None:
    plain = Style("Sans", 11.0)
    drawn = {
        "Experience": ["Warehouse Manager, Lantern Foods", "Mar 2018 - Present", "Runs a night shift of nine."],
        "Education": ["BSc in Logistics, Utrecht University", "Sep 2010 - May 2014", "With a thesis."],
        "Skills": ["Forklift driving, Counting", "Cold storage"],
    }
    lines, y = [_line(160, 20, "Pia Veldkamp", plain), _line(160, 34, "pia@mail.example", plain)], 70.0
    for heading, texts in drawn.items():
        lines += [_line(60, y, "ㅡ", plain), _line(60, y + 14, heading, plain)]
        for number, text in enumerate(texts):
            lines.append(_line(160, y + level + 14.0 * number, text, plain))
        y += 14.0 * len(texts) + 24.0
    page = ExtractedText("pdf", 1, tuple(in_reading_order(lines, 595.0, 842.0)))
    assert "ㅡ" not in page.plain
    profile = read_profile(page, as_of=AS_OF)
    assert [job.company for job in profile.experience] == ["Lantern Foods"]
    assert [study.institution for study in profile.education] == ["Utrecht University"]
    dates = [_line(60, 20, "Mar 2018", plain), _line(120, 20, "–", plain), _line(130, 20, "Present", plain)]
    assert in_reading_order(dates, 595.0, 842.0) == dates


def test_labels_under_every_job_do_not_make_a_second_column_of_headings() -> None:
    plain, large, bold = Style("Sans", 9.0), Style("Sans", 12.0), Style("Sans", 9.8, bold=True)
    lines, y = [_line(160, 20, "Pia Veldkamp", Style("Sans", 20.0))], 60.0
    rail = {0: "Profile", 2: "Work", 12: "Skills"}
    texts = ["Runs cold stores.", "", "*Lantern Foods", "Mar 2018 - Present", "Warehouse Manager", "*Highlights",
             "Nine people at night.", "*Quay Street", "Jan 2014 - Feb 2018", "Forklift Driver", "*Highlights",
             "Loads and returns.", "Counting, Forklift driving, Cold storage"]  # fmt: skip
    for number, text in enumerate(texts):
        if number in rail:
            lines.append(_line(50, y, rail[number], large))
        if text:
            lines.append(_line(160, y, text.lstrip("*"), bold if text.startswith("*") else plain))
        y += 16.0
    page = ExtractedText("pdf", 1, tuple(in_reading_order(lines, 595.0, 842.0)))
    profile = read_profile(page, as_of=AS_OF)
    assert [(job.company, job.title) for job in profile.experience] == [
        ("Lantern Foods", "Warehouse Manager"),
        ("Quay Street", "Forklift Driver"),
    ]
    assert profile.skills == ("Counting", "Forklift driving", "Cold storage")
