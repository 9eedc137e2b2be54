"""Headings told by how they are drawn, by their icons, by words of many trades and tongues, and by the lists beside."""

import pytest

from services.resumes.entries.header_words import is_inner_label
from services.resumes.sections.finding import sections
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.sections.headless import told_by_content
from services.resumes.sections.likeness import kind_by_likeness
from services.resumes.text import Line, Style
from tests.services.resumes.drawing import BOLD, HEADING, LARGE, PLAIN, at, column, page

CHIP = Style("Chip", 9.0)


def kinds(*lines: Line) -> list[tuple[Kind | None, str]]:
    return [(part.kind, part.title) for part in told_by_content(sections(page(*lines)))]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Present appointment", Kind.EXPERIENCE),
        ("Postes antérieurs", Kind.EXPERIENCE),
        ("Kitchen experience", Kind.EXPERIENCE),
        ("Eerdere functies", Kind.EXPERIENCE),
        ("Experiencia docente", Kind.EXPERIENCE),
        ("Sea service", Kind.EXPERIENCE),
        ("EDUCATIONAL QUALIFICATION:-", Kind.EDUCATION),
        ("Degrees", Kind.EDUCATION),
        ("Titulaciones", Kind.EDUCATION),
        ("Dosažené vzdělání", Kind.EDUCATION),
        ("Computerkenntnisse", Kind.SKILLS),
        ("Compétences transversales", Kind.SKILLS),
        ("Počítačové znalosti", Kind.SKILLS),
        ("Interpersonal skills", Kind.SKILLS),
    ],
)
def test_headings_of_many_trades_and_tongues(text: str, kind: Kind) -> None:
    assert heading_kind(text) is kind


@pytest.mark.parametrize("text", ["Sales Internship", "User experience", "Client education", "Head Chef", "Software"])
def test_posts_skills_and_bare_nouns_are_no_headings_by_their_words(text: str) -> None:
    assert heading_kind(text) is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Methods", Kind.SKILLS),
        ("Databases & Systems", Kind.SKILLS),
        ("Bartending experience", Kind.EXPERIENCE),
        ("Laborerfahrung", Kind.EXPERIENCE),
        ("Loafmaster GmbH", None),
        ("Job related training", None),
    ],
)
def test_a_line_drawn_like_headings_is_told_by_any_word(text: str, kind: Kind | None) -> None:
    assert kind_by_likeness(text) is kind


def test_what_is_drawn_like_the_headings_has_the_kind_its_words_hint_at() -> None:
    found = kinds(
        at(40, 30, "Jane Roe", LARGE),
        at(40, 100, "Experience", HEADING),
        *column(40, 120, "Baker, Quillmark, 2019 - 2021", "Kept the books of the bakery in order"),
        at(40, 170, "Education", HEADING),
        *column(40, 190, "BSc Marketing, Quillmark University, 2015 - 2018"),
        at(40, 220, "Techniques", HEADING),
        *column(40, 240, "Lamination", "Proofing"),
    )
    assert found[-1] == (Kind.SKILLS, "Techniques")


def test_a_heading_behind_an_icon_that_stands_nowhere_else_is_no_point_of_a_list() -> None:
    found = kinds(
        at(40, 30, "Jane Roe", LARGE),
        at(40, 100, "▣ Experience", HEADING),
        *column(40, 120, "Baker, Quillmark, 2019 - 2021", "• Kept the books", "• Ran the ovens"),
        at(40, 180, "▲ Education", HEADING),
        *column(40, 200, "BSc Marketing, Quillmark University, 2015 - 2018"),
        at(40, 240, "❖ Skills", HEADING),
        *column(40, 260, "Lamination, Proofing"),
    )
    assert [kind for kind, _ in found[1:]] == [Kind.EXPERIENCE, Kind.EDUCATION, Kind.SKILLS]


def grouped(last: Style) -> list[Kind | None]:
    found = kinds(
        at(40, 30, "Jane Roe", LARGE),
        at(40, 100, "Experience", HEADING),
        *column(40, 120, "Baker, Quillmark, 2019 - 2021", "Kept the books of the bakery in order"),
        at(40, 170, "Languages", HEADING),
        *column(40, 190, "Python", "Kotlin", style=CHIP),
        at(40, 230, "Tools", HEADING),
        *column(40, 250, "Loafmaster", "Excel", style=CHIP),
        at(40, 290, "Patisserie", HEADING),
        *column(40, 310, "Lamination", "Sugar work", style=last),
        at(40, 350, "Languages", HEADING),
        *column(40, 370, "English (native)", "Welsh (fluent)"),
    )
    return [kind for kind, _ in found[2:]]


def test_lists_beside_skills_in_a_hand_of_their_own_are_skills_whatever_their_heading() -> None:
    assert grouped(CHIP) == [Kind.SKILLS, Kind.SKILLS, Kind.SKILLS, Kind.LANGUAGES]


def test_lists_in_the_hand_of_all_other_text_stay_what_they_were() -> None:
    assert grouped(PLAIN)[2] is Kind.OTHER


WORK = (
    "Baker, Quillmark Ltd, Leeds, Jan 2019 - Dec 2021",
    "• Ran the ovens and kept the books",
    "• Taught four bakers",
)
STUDY = ("BSc Food Science, Quillmark University, 2011 - 2014",)


def under(*headings: str, style: Style = HEADING) -> list[Kind | None]:
    bodies = (WORK, STUDY, ("Lamination, Proofing, Costing",))
    lines = [at(40, 30, "Jane Roe", LARGE)]
    top = 80.0
    for heading, body in zip(headings, bodies, strict=True):
        lines += [at(40, top, heading, style), *column(40, top + 20, *body)]
        top += 40 + 14 * len(body)
    return [kind for kind, _ in kinds(*lines)[1:]]


@pytest.mark.parametrize(
    "headings",
    [
        ("W O R K   E X P E R I E N C E", "E D U C A T I O N", "T E C H N I C A L   S K I L L S"),
        ("A. Work Experience", "B. Education", "F. Hobbies and Skills"),
        ("Work Experience ________________", "Education ________________", "Skills ________________"),
        ("• Work Experience", "• Education", "• Skills"),
        ("Chapter 1: Work Experience", "Chapter 2: Education", "Chapter 3: Skills"),
    ],
)
def test_headings_however_they_are_adorned(headings: tuple[str, ...]) -> None:
    assert under(*headings) == [Kind.EXPERIENCE, Kind.EDUCATION, Kind.SKILLS]


def letter(*texts: str) -> list[Kind | None]:
    return [kind for kind, _ in kinds(at(40, 30, "Jane Roe", LARGE), *column(40, 70, *texts))[1:]]


def test_headings_run_into_their_text_at_the_edge_of_a_letter() -> None:
    found = letter(
        f"Work Experience: {WORK[0]}",
        *WORK[1:],
        f"Education: {STUDY[0]}",
        "Skills: Lamination, Proofing",
        "Hobbies: Chess",
    )
    assert found == [Kind.EXPERIENCE, Kind.EDUCATION, Kind.SKILLS, Kind.INTERESTS]


def test_labels_that_stand_again_and_again_are_no_headings() -> None:
    assert letter("Education: BSc", "Skills: Proofing", "Languages: Welsh", "Skills: Costing") == []


def with_labels(*labels: str) -> list[Kind | None]:
    """A label below each job where there is one."""
    lines = [at(40, 30, "Jane Roe", LARGE), at(40, 80, "Experience", HEADING)]
    for number, (label, dates) in enumerate(zip(labels, ("2019 - 2021", "2015 - 2018", "2012 - 2015"), strict=True)):
        top = 100 + 80 * number
        lines += [at(40, top, "Baker, Quillmark Ltd", BOLD), at(400, top, dates), at(50, top + 14, "• Ran the ovens")]
        lines += [at(40, top + 32, label, HEADING), at(50, top + 50, "• Opened a second shop")] if label else []
    lines += [at(40, 360, "Education", HEADING), at(40, 380, "BSc Chemistry, Quillmark University, 2009 - 2012")]
    return [kind for kind, _ in kinds(*lines)[1:]]


@pytest.mark.parametrize("label", ["Key Achievements", "Responsibilities", "Technologies"])
def test_labels_within_jobs_that_are_drawn_like_headings_end_no_section(label: str) -> None:
    assert with_labels(label, label, label) == [Kind.EXPERIENCE, Kind.EDUCATION]


def test_a_list_below_the_last_job_is_a_section_of_its_own() -> None:
    assert with_labels("", "", "Awards") == [Kind.EXPERIENCE, Kind.AWARDS, Kind.EDUCATION]


@pytest.mark.parametrize("text", ["Skills used:", "Key results", "Reason for leaving:", "Ergebnisse:", "Training"])
def test_small_headings_inside_an_entry(text: str) -> None:
    assert is_inner_label(text)


@pytest.mark.parametrize("text", ["Training Manager", "Head of Publications", "Impact Hub Leeds"])
def test_posts_and_employers_with_such_words_are_none(text: str) -> None:
    assert not is_inner_label(text)
