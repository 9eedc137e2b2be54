"""PDF and DOCX hold all that the profile says, and our own reader finds it again in them."""

import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.exports.document import Document, document_of
from services.exports.pdf import write_pdf
from services.exports.word import write_docx
from services.resumes.profile import Education, Experience, Link, Publication, ResumeProfile
from services.resumes.reader import ResumeReader
from services.resumes.text import ExtractedText
from services.resumes.understanding import read_profile
from tests.services.exports.people import EVERYBODY, FRENCH, HEBREW, JAPANESE, long_career

NOW = datetime(2026, 5, 1, tzinfo=UTC)
WRITERS = {"pdf": write_pdf, "docx": write_docx}
Reread = Callable[[ResumeProfile, str], ExtractedText]


@pytest.fixture(scope="module")
def reread() -> Iterator[Reread]:
    """Write a profile in a format, and answer what the reader extracts from it."""
    with ResumeReader() as reader:

        def read(profile: ResumeProfile, form: str) -> ExtractedText:
            return reader.extract(WRITERS[form](document(profile), now=NOW), f"cv.{form}")

        yield read


def document(profile: ResumeProfile) -> Document:
    return document_of(profile, "\n".join((profile.name, profile.summary, *(job.title for job in profile.experience))))


def pages(data: bytes) -> list[list[str]]:
    with pypdfium2.PdfDocument(data) as file:
        return [page.get_textpage().get_text_range().splitlines() for page in file]


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("who", sorted(EVERYBODY.keys() - {"hebrew", "arabic"}))
def test_nothing_that_was_read_is_missing(reread: Reread, form: str, who: str) -> None:
    printed = squeezed(reread(EVERYBODY[who], form).plain)
    for text in document(EVERYBODY[who]).texts():
        assert squeezed(text) in printed


def test_a_hebrew_pdf_can_be_searched() -> None:
    """Word by word: where a line is read from the right, its punctuation is drawn at its other end."""
    lines = [line for page in pages(write_pdf(document(HEBREW), now=NOW)) for line in page]
    for text in document(HEBREW).texts():
        for word in text.split():
            assert word.strip(",.·") in " ".join(lines)


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("who", ["french", "japanese"])
def test_the_reader_reads_the_same_person_and_jobs(reread: Reread, form: str, who: str) -> None:
    said = EVERYBODY[who]
    read = read_profile(reread(said, form), as_of=date(2026, 5, 1))
    assert (read.name, read.email, read.phone) == (said.name, said.email, said.phone)
    titled = [job for job in said.experience if job.title]
    found = [(job.company, job.title, job.start) for job in read.experience]
    for job in titled:
        assert (job.company, job.title, job.start) in found


def test_every_profile_field_is_somewhere_in_the_document() -> None:
    printed = " ".join(document(FRENCH).texts())
    for value in (
        *(FRENCH.name, FRENCH.email, FRENCH.phone, FRENCH.location, FRENCH.headline, *FRENCH.skills),
        *(FRENCH.summary.splitlines()),
        *(text for job in FRENCH.experience for text in (job.company, job.title, job.location, *job.highlights)),
        *("École Centrale", "MSc", "Informatique", "Mention très bien", "Petit-Outil", "Un outil", "500 étoiles"),
        *("CKA", "CNCF", "English (C1)", "Emmaüs", "Bénévole", "example.org/outil", "Équipe plateforme", "expert"),
    ):
        assert value in printed


@pytest.mark.parametrize("positions", [9, 14, 23])
def test_an_entry_never_begins_at_the_foot_of_a_page(positions: int) -> None:
    sheets = pages(write_pdf(document(long_career(positions)), now=NOW))
    assert len(sheets) > 1
    for number, lines in enumerate(sheets[:-1], start=1):
        body = [line for line in lines if line.strip() and line.strip() != f"Ada Byron · {number}"]
        entry = re.fullmatch(r"(Role(\d+) .*|Company(\d+) Ltd.*|Experience)", body[-1])
        has_points = entry is not None and int(entry[2] or entry[3] or 1) % 5 > 0
        assert not has_points, body[-1]


def test_dates_end_at_the_right_margin_and_heads_begin_at_the_left() -> None:
    with pypdfium2.PdfDocument(write_pdf(document(long_career(3)), now=NOW)) as file:
        page = file[0].get_textpage()
        text = page.get_text_range()
        rights = {round(page.get_charbox(found.end() - 1)[2]) for found in re.finditer(r"Nov 199\d", text)}
        lefts = {round(page.get_charbox(found.start())[0]) for found in re.finditer(r"Role\d", text)}
    assert (len(rights), len(lefts)) == (1, 1)
    assert rights.pop() == pytest.approx((210 - 20) / 25.4 * 72, abs=2)
    assert lefts.pop() == pytest.approx(20 / 25.4 * 72, abs=2)


def test_a_character_without_a_font_is_confessed() -> None:
    profile = ResumeProfile(name="Ada 😀 Byron", email="ada@example.org", summary="Likes 😀 and 𐎀")
    printed = "\n".join(line for page in pages(write_pdf(document(profile), now=NOW)) for line in page)
    assert "U+1F600" in printed
    assert "U+10380" in printed
    assert "□" in printed


def test_docx_keeps_every_character(reread: Reread) -> None:
    profile = ResumeProfile(name="Ada Byron", email="ada@example.org", summary="Likes 😀 and 𐎀 and more than that")
    with zipfile.ZipFile(BytesIO(write_docx(document(profile), now=NOW))) as package:
        assert "Likes 😀 and 𐎀" in package.read("word/document.xml").decode()


@pytest.mark.parametrize("form", WRITERS)
def test_nothing_of_it_reaches_the_log(form: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        WRITERS[form](document(replace(JAPANESE, headline="𐎀 😀")), now=NOW)
    assert caplog.records == []


@pytest.mark.parametrize("form", WRITERS)
def test_only_pages_and_mail_can_be_clicked(form: str) -> None:
    profile = ResumeProfile(
        name="Ada", links=(Link("javascript:alert(1)"), Link("file:///etc/passwd"), Link("https://example.org/a"))
    )
    data = WRITERS[form](document(profile), now=NOW)
    with zipfile.ZipFile(BytesIO(data)) if form == "docx" else BytesIO(data) as file:
        raw = file.read("word/_rels/document.xml.rels") if isinstance(file, zipfile.ZipFile) else file.read()
    assert b"https://example.org/a" in raw
    assert b"javascript" not in raw
    assert b"etc/passwd" not in raw


def test_headings_and_dates_speak_the_language_of_the_resume() -> None:
    german = document_of(FRENCH, "Berufserfahrung\nAusbildung\nKenntnisse")
    assert [section.title for section in german.sections][:2] == ["Profil", "Berufserfahrung"]
    assert german.sections[1].entries[0].dates == "03/2019 – heute"
    english = document_of(FRENCH, "Experience\nEducation\nProjects")
    assert english.sections[1].entries[0].dates == "Mar 2019 – Present"
    assert document(JAPANESE).sections[1].entries[0].dates == "2020年4月 – 現在"


def test_a_hebrew_page_is_read_from_the_right() -> None:
    assert document(HEBREW).rtl
    assert not document(FRENCH).rtl


@pytest.mark.parametrize("form", WRITERS)
def test_a_profile_without_anything_is_a_page_without_anything(form: str) -> None:
    assert WRITERS[form](document(ResumeProfile()), now=NOW)


ANYTHING = st.text(max_size=60)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    name=ANYTHING, url=ANYTHING, words=st.lists(ANYTHING, max_size=4), dates=st.sampled_from(["", "2020", "2020-13"])
)
def test_no_text_breaks_a_writer(name: str, url: str, words: list[str], dates: str) -> None:
    job = Experience(name, url, "", dates, dates, highlights=tuple(words), description=name, url=url)
    profile = ResumeProfile(name=name, links=(Link(url),), skills=tuple(words), experience=(job,))
    assert write_pdf(document(profile), now=NOW).startswith(b"%PDF")
    assert write_docx(document(profile), now=NOW).startswith(b"PK")


def test_a_word_longer_than_a_line_is_broken_and_kept() -> None:
    word = "x" * 400
    printed = squeezed(
        "".join(line for page in pages(write_pdf(document(ResumeProfile(summary=word)), now=NOW)) for line in page)
    )
    assert word in printed


def test_what_says_nothing_takes_no_room() -> None:
    """A blank entry would be a hole in the page, a section of nothing else a heading over it."""
    profile = replace(FRENCH, education=(Education("", ""),), experience=(Experience("", ""), *FRENCH.experience))
    drawn = document(profile)
    assert "Education" not in [section.title for section in drawn.sections]
    assert all(entry.head for section in drawn.sections for entry in section.entries)


def test_skills_of_no_group_stand_before_the_first_label() -> None:
    """Behind one they would be read as its own."""
    (skills,) = [section for section in document(FRENCH).sections if section.title == "Skills"]
    assert [(line.label, line.text) for line in skills.lines] == [
        ("", "PostgreSQL, Œnologie"),
        ("Langages (expert)", "Python, C++"),
    ]


def test_pictures_that_no_font_has_are_left_out_and_owned_up_to() -> None:
    profile = replace(FRENCH, headline="Chief 🚀 Officer", summary="One 🎉🎉 two 🚀.")
    (first, *_) = pages(write_pdf(document(profile), now=NOW))
    assert "Chief Officer" in first
    assert "One two ." in first
    assert any(line.startswith("Left out were pictures") and "U+1F680" in line for line in first)
    assert not any("\u25a1" in line for line in first)


@pytest.mark.parametrize("form", WRITERS)
def test_publications_are_printed(reread: Reread, form: str) -> None:
    profile = replace(FRENCH, publications=(Publication("Sur les marées", "Revue du port", "2019"),))
    printed = reread(profile, form).plain
    assert all(word in printed for word in ("Publications", "Sur les marées", "Revue du port", "2019"))
