"""What a section has in common decides: titles and employers whose words mislead, and the rules that serve them."""

from datetime import date

import pytest

from services.resumes.contact.links import links_in
from services.resumes.contact.places import place_score
from services.resumes.formats.rtf import read_rtf
from services.resumes.jsonresume import to_json_resume
from services.resumes.page.layout import in_reading_order
from services.resumes.periods.dates import find_dates
from services.resumes.profile import ResumeProfile
from services.resumes.reader import ResumeReader
from services.resumes.scoring.evaluation import Score, whole_jobs
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.text import Box, ExtractedText, Line, Run, Style
from services.resumes.understanding import read_profile
from tests.services.resumes import hard_layouts, layouts, more_layouts, odd_layouts
from tests.services.resumes.drawing import HEADING, LARGE, at, column, page
from tests.services.resumes.people import puzzling

AS_OF = date(2026, 11, 1)
LAYOUTS = layouts.LAYOUTS | more_layouts.LAYOUTS | odd_layouts.LAYOUTS | hard_layouts.LAYOUTS
SAID_OUTRIGHT = ("labelled", "inline_labels", "tabular", "one_line", "connected")
SEEDS = range(500, 505)


def jobs_of(reader: ResumeReader, name: str) -> Score:
    kind, draw = LAYOUTS[name]
    total = Score()
    for seed in SEEDS:
        someone = puzzling(seed)
        profile = read_profile(reader.extract(draw(someone), f"cv.{kind}"), as_of=AS_OF)
        total.add(whole_jobs(profile.experience, layouts.truth_of(someone).jobs))
    return total


@pytest.mark.parametrize("name", SAID_OUTRIGHT)
def test_a_label_or_an_at_outweighs_every_word(reader: ResumeReader, name: str) -> None:
    assert jobs_of(reader, name).recall >= 0.9


def test_houses_named_like_posts_are_told_apart_by_their_section(reader: ResumeReader) -> None:
    total = Score()
    for name in sorted(LAYOUTS):
        if name not in {"japanese", "chinese"}:  # they bring names of their own
            total.add(jobs_of(reader, name))
    assert total.recall >= 0.7


def text_of(*rows: str, style: Style | None = None) -> ExtractedText:
    lines = tuple(
        Line(1, Box(0, 20.0 * number, 6.0 * len(row), 20.0 * number + 14), (Run(row, style or Style()),))
        for number, row in enumerate(rows)
        if row
    )
    return ExtractedText("txt", 1, lines)


def test_the_headline_says_which_is_the_title() -> None:
    rows = (
        "Jane Roe",
        "Growth",
        "jane@example.org",
        "",
        "EXPERIENCE",
        "Quillmark, Growth, 2019 - 2021",
        "Ninefold, Brand, 2015 - 2018",
    )
    first = read_profile(text_of(*rows), as_of=AS_OF).experience[0]
    assert (first.company, first.title) == ("Quillmark", "Growth")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("WORKEXPER IENCE", Kind.EXPERIENCE),
        ("ED UCATION", Kind.EDUCATION),
        ("LA NGUAGES", Kind.LANGUAGES),
        ("Werkervaring", Kind.EXPERIENCE),
        ("Doświadczenie zawodowe", Kind.EXPERIENCE),
        ("Utbildning", Kind.EDUCATION),
        ("Yabancı Diller", Kind.LANGUAGES),
        ("Опыт работы", Kind.EXPERIENCE),
        ("경력", Kind.EXPERIENCE),
        ("WORKER COUNCIL", None),
    ],
)
def test_headings_set_wide_and_in_more_languages(words: str, kind: Kind | None) -> None:
    assert heading_kind(words) is kind


@pytest.mark.parametrize(
    ("words", "start", "end", "current"),
    [
        ("aug. 2020 - heden", "2020-08", "", True),
        ("mrt 2012 t/m juni 2017", "2012-03", "2017-06", False),
        ("wrzesień 2018 – obecnie", "2018-09", "", True),
        ("januari 2023 – nu", "2023-01", "", True),
        ("Eyl 2014 - Nis 2018", "2014-09", "2018-04", False),
        ("март 2019 – настоящее время", "2019-03", "", True),
        ("2020년 3월 - 현재", "2020-03", "", True),
    ],
)
def test_dates_in_more_languages(words: str, start: str, end: str, current: bool) -> None:
    (span,) = find_dates(words)
    assert (span.start, span.end, span.current) == (start, end, current)


@pytest.mark.parametrize(
    "words", ["8011 VL Zwolle", "Zwolle, Overijssel", "Kiel, DE", "Thorbeckegracht 19, 8011 VL Zwolle"]
)
def test_a_town_is_known_by_its_name(words: str) -> None:
    assert place_score(words) >= 2


def test_a_year_within_a_sentence_dates_no_job() -> None:
    rows = (
        "EXPERIENCE",
        "Owner, Lumen Bakery, 2017 - 2024",
        "Has run the ovens of three villages since 2019. Employs nine people.",
    )
    assert len(read_profile(text_of(*rows), as_of=AS_OF).experience) == 1


def test_an_address_broken_at_its_hyphen_is_whole() -> None:
    rows = ("Jane Roe-Miller", "jane.roe-", "miller@example.org", "", "SKILLS", "Python")
    assert read_profile(text_of(*rows), as_of=AS_OF).email == "jane.roe-miller@example.org"


def test_half_of_an_e_mail_is_no_link() -> None:
    line = text_of("jane@post-office.de").lines[0]
    assert links_in([line]) == []


def test_a_user_name_beside_an_icon_is_a_link() -> None:
    rows = ("Jane Roesler", "jane@example.org", "janeroesler-ux", "", "SKILLS", "Figma, Sketch")
    assert [link.username for link in read_profile(text_of(*rows), as_of=AS_OF).links] == ["janeroesler-ux"]


def test_the_page_header_of_rtf_is_read() -> None:
    data = rb"{\rtf1\ansi{\header\pard Jane Roe\par jane@example.org\par}\pard Skills\par Python\par}"
    profile = read_profile(read_rtf(data), as_of=AS_OF)
    assert (profile.name, profile.email) == ("Jane Roe", "jane@example.org")


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Jane Roe, PhD", "Jane Roe, PhD"),
        ("Jane Roe, Civil Engineer", "Jane Roe"),
        ('Bartholomew "Bart" Roe', 'Bartholomew "Bart" Roe'),
        ("Светлана Кручинина", "Светлана Кручинина"),
        ("ليلى حداد", "ليلى حداد"),
    ],
)
def test_names_as_people_write_them(words: str, name: str) -> None:
    assert read_profile(text_of(words, "jane@example.org", "", "SKILLS", "Python"), as_of=AS_OF).name == name


def test_publications_reach_the_profile_and_its_export() -> None:
    rows = (
        "Jane Roe",
        "jane@example.org",
        "",
        "PUBLICATIONS",
        "Tides and Timber, 2019",
        "Harbour Press",
        "",
        "SKILLS",
        "Python",
    )
    profile = read_profile(text_of(*rows), as_of=AS_OF)
    assert [item.name for item in profile.publications] == ["Tides and Timber"]
    (published,) = to_json_resume(profile)["publications"]
    assert published["releaseDate"] == "2019"
    assert ResumeProfile.from_dict(profile.to_dict()) == profile


def test_a_bare_user_name_is_a_profile_and_no_home_page() -> None:
    rows = ("Jane Roesler", "jane@example.org", "janeroesler-ux", "", "SKILLS", "Figma, Sketch")
    basics = to_json_resume(read_profile(text_of(*rows), as_of=AS_OF))["basics"]
    assert basics["profiles"] == [{"username": "janeroesler-ux"}]
    assert "url" not in basics


def test_a_header_may_begin_where_the_columns_part() -> None:
    """A line of a centred header begins a hair left of the strip between two columns that open with headings."""
    rows = [at(265, 91, "Jane Roe", LARGE), at(203.6, 111, "Bread and pastry for forty years")]
    rows += [at(84, 155, "Skills", HEADING), at(205, 155, "Experience", HEADING), at(205, 460, "Education", HEADING)]
    listed = [
        "Proofing",
        "Costing",
        "Rotas",
        "Ovens",
        "Scales",
        "Crumb",
        "Yeast",
        "Malt",
        "Rye",
        "Spelt",
        "Barley",
        "Oats",
    ]
    rows += [at(100 - 2.5 * len(word), 177 + 24 * number, word) for number, word in enumerate(listed)]
    rows += column(216, 180, "Quillmark", "Baker", "Oslo", "January 2019 to Present", pitch=17)
    rows += column(235, 262, *["Kept two ovens and a book of what they cost the house."] * 11, pitch=17)
    rows += column(216, 482, "Ostfeld University", "BSc Biology", "August 2012 to May 2016", pitch=17)
    profile = read_profile(page(*in_reading_order(rows, 595, 842)), as_of=AS_OF)
    assert profile.skills == tuple(listed)
    assert [(job.company, job.start) for job in profile.experience] == [("Quillmark", "2019-01")]
