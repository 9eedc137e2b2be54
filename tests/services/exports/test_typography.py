"""How an export looks: what a person would be ashamed to send on."""

import zipfile
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.exports.pdf import write_pdf
from services.exports.word import write_docx
from services.resumes.profile import Education, Experience, ResumeProfile
from tests.services.exports.people import ARABIC, EVERYBODY
from tests.services.exports.test_documents import document, pages

NOW = datetime(2026, 5, 1, tzinfo=UTC)
_LEFT, _RIGHT, _FOOT = 20 / 25.4 * 72, 190 / 25.4 * 72, 18 / 25.4 * 72
_SENTENCE = "moved the invoices of two old systems into a new one without losing a single of them on the way"
_WORDS = _SENTENCE.split()

counts = st.integers(0, 45)


def prose(words: int) -> str:
    return " ".join(_WORDS[number % len(_WORDS)] for number in range(words))


@settings(max_examples=6, deadline=None)
@given(points=st.lists(counts, min_size=8, max_size=30), summary=counts, skills=st.integers(1, 60))
def test_nothing_is_torn_from_what_it_belongs_to(points: list[int], summary: int, skills: int) -> None:
    """No heading and no head at the foot of a page without what follows, no page that begins with one last line."""
    jobs = tuple(
        Experience(f"Firm{number}", f"Role{number}", "Leeds", "2020", "2021", highlights=(prose(words), prose(words)))
        for number, words in enumerate(points)
    )
    profile = ResumeProfile(
        name="Ada Byron",
        summary=prose(summary),
        experience=jobs,
        education=(Education("Leeds", "BSc", "Maths", "", "1990", "1993"),),
        skills=tuple(f"Skill{number}" for number in range(skills)),
    )
    sheets = [
        [line.strip() for line in page if line.strip() and not line.strip().isdigit()]
        for page in pages(write_pdf(document(profile), now=NOW))
    ]
    for before, after in pairwise(sheets):
        assert before[-1] not in ("Experience", "Skills", "Education", "Summary")
        assert not before[-1].startswith("Role")
        begins_something = after[0].startswith(("•", "Role", "BSc", "Skill", "Education", "Experience", "Firm"))
        ends_something = len(after) > 1 and after[1].startswith(("•", "Role", "BSc", "Education", "Skills"))
        assert begins_something or not ends_something, after[:2]


def test_no_last_line_is_one_short_word() -> None:
    texts = [prose(words) for words in range(15, 75)]
    summary = document(ResumeProfile(name="Ada", summary="\n".join(texts)))
    lines = [
        line.strip() for page in pages(write_pdf(summary, now=NOW)) for line in page if not line.strip().isdigit()
    ][2:]
    for text in texts:
        taken = [lines.pop(0)]
        while " ".join(taken) != text:
            taken.append(lines.pop(0))
        assert len(taken) == 1 or " " in taken[-1]


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_everything_stands_inside_the_margins(who: str) -> None:
    with pypdfium2.PdfDocument(write_pdf(document(EVERYBODY[who]), now=NOW)) as file:
        for page in file:
            text = page.get_textpage()
            for index in range(text.count_chars()):
                left, bottom, right, top = text.get_charbox(index)
                assert right - left == 0 or (left > _LEFT - 2 and right < _RIGHT + 2)
                assert top - bottom == 0 or bottom > _FOOT / 2


def test_a_last_page_of_a_few_lines_is_saved() -> None:
    """The length is sought where a second page just begins; from there on the second page is worth its paper."""
    made = [pages(write_pdf(document(_one_page_and(number)), now=NOW)) for number in range(21, 30)]
    assert {len(sheets) for sheets in made} == {1, 2}
    assert min(len(sheets[-1]) for sheets in made if len(sheets) == 2) > 4


def _one_page_and(points: int) -> ResumeProfile:
    job = Experience("Firm", "Baker", "Leeds", "2020", highlights=tuple(prose(25) for _ in range(points)))
    return ResumeProfile(name="Ada Byron", experience=(job,))


def test_an_arabic_page_speaks_arabic_and_begins_at_the_right() -> None:
    made = document(ARABIC)
    assert (made.rtl, made.language) == (True, "ar")
    assert [section.title for section in made.sections] == ["نبذة", "الخبرات", "المهارات"]
    with pypdfium2.PdfDocument(write_pdf(made, now=NOW)) as file:
        text = file[0].get_textpage()
        whole = text.get_text_range()
        phone = whole.index("+962")
        boxes = [text.get_charbox(index) for index in range(phone, phone + 13)]
        assert [box[0] for box in boxes] == sorted(box[0] for box in boxes), "a number is not turned round"
        label, skills = whole.index("لغات"), whole.index("Python")
        assert text.get_charbox(label)[0] > text.get_charbox(skills)[2], "the label stands at the right of its skills"


def test_a_neighbours_language_gets_english_headings_rather_than_wrong_ones() -> None:
    persian = ResumeProfile(name="زهرا کاظمی", summary="مهندس نرم‌افزار با ده سال تجربه در برنامه‌نویسی پایتون")
    assert [section.title for section in document(persian).sections] == ["Summary"]


def _paragraphs(profile: ResumeProfile) -> str:
    with zipfile.ZipFile(BytesIO(write_docx(document(profile), now=NOW))) as package:
        return package.read("word/document.xml").decode()


def test_word_keeps_dates_whole_and_beside_the_line_that_has_room_for_them() -> None:
    title = "Senior Vice President of Engineering Productivity and Platform Reliability"
    short = Experience("Firm", "Baker", "Leeds", "2020-01", "2021-02")
    long = Experience("Firm", title, "Leeds", "2020-01", "2021-02")
    for job, line in ((short, "Baker"), (long, "Firm · Leeds")):
        (holder,) = [
            one for one in _paragraphs(ResumeProfile(name="Ada", experience=(job,))).split("</w:p>") if "2021" in one
        ]
        assert line in holder
        assert "Jan\u00a02020\u00a0–\u00a0Feb\u00a02021" in holder


def test_word_sets_arabic_from_the_right_in_its_own_weight_and_size() -> None:
    runs = _paragraphs(ARABIC).split("<w:r>")
    (name,) = [run for run in runs if ARABIC.name in run]
    assert "<w:rtl/>" in name
    (phone,) = [run for run in runs if ARABIC.phone in run]
    assert "<w:rtl/>" not in phone
    (label,) = [run for run in runs if "لغات البرمجة" in run]
    assert "<w:bCs/>" in label
    assert "<w:i/>" not in "".join(runs)
