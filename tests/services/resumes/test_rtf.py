"""Rich text: what a word processor shows of it."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.resumes.errors import ReadingError
from services.resumes.formats.rtf import read_rtf

FONTS = (
    rb"{\fonttbl{\f0\froman\fprq2\fcharset0 Times;}{\f1\fcharset204 Times CYR;}{\f2\fnil\fcharset128 Mincho;}"
    rb"{\f3\fcharset2 Symbol{\*\falt Arial};}}{\colortbl;\red10\green20\blue200;\red255\green255\blue255;}"
)


def rtf(body: bytes) -> bytes:
    return rb"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + body + b"}"


def test_looks_of_words() -> None:
    text = read_rtf(rtf(rb"\fs36\b\cf1 Jane Roe\b0\par\fs22\cf0{\i Nurse} in Oslo\par"))
    name, post = text.lines
    assert name.style.bold
    assert name.style.colour == "0a14c8"
    assert name.style.size == pytest.approx(1.2 * 18)
    assert [(run.text, run.style.italic) for run in post.runs] == [("Nurse", True), (" in Oslo", False)]


def test_letters_of_all_kinds() -> None:
    """Code pages by font (a second byte may look like ASCII), Unicode with its stand-ins, pairs of surrogates."""
    cyrillic, japanese = rb"\f1 \'cc\'ee\'f1\'ea\'e2\'e0\par", rb"\f2 \'83\'5c\'83A\par"
    body = cyrillic + japanese + rb"\f0 M\u252?ller\u8211 \'96 \uc0\u8364 100\par\u-10179\u-8551 x"
    assert read_rtf(rtf(body)).plain.split("\n") == ["Москва", "ソア", "Müller– €100", "🚙x"]


def test_a_heading_cell_stands_above_its_paragraphs() -> None:
    body = (
        rb"Jane Roe\par\trowd\cellx2000\cellx9000\pard\intbl Experience\cell Nurse, Ward 7\par 2019 - 2021\cell\row"
        rb"\pard\intbl Education\cell BSc\par Oslo\cell\row\pard After"
    )
    lines = read_rtf(rtf(body)).plain.split("\n")
    assert lines == [
        "Jane Roe",
        "Experience",
        "Nurse, Ward 7",
        "2019 - 2021",
        "Education",
        "BSc",
        "Oslo",
        "After",
    ]


def test_cells_of_one_line_share_a_row() -> None:
    text = read_rtf(rtf(rb"\trowd\cellx2000\cellx9000\pard\intbl 2019\cell Nurse\cell\trowd\cellx2000\cellx9000\row"))
    first, second = text.lines
    assert first.box.top == second.box.top
    assert (first.text, second.text) == ("2019", "Nurse")


def test_bullets_of_symbol_fonts_stand_with_their_text() -> None:
    assert read_rtf(rtf(rb"{\listtext\f3\'b7\tab}Ran a ward\par{\listtext \u61623?\tab}Taught\par")).plain.split("\n")[
        1
    ] == ("• Taught")


def test_links_keep_their_words_and_lose_their_instruction() -> None:
    body = rb'{\field{\*\fldinst{ HYPERLINK "https://jane.example"}}{\fldrslt{\ul my pages}}} and more\par'
    (line,) = read_rtf(rtf(body)).lines
    assert line.text == "my pages and more"
    assert line.links == ("https://jane.example",)


def test_text_boxes_are_read_once_and_pictures_never() -> None:
    body = (
        rb"{\shp{\*\shpinst{\sp{\sn pib}{\sv 1}}{\shptxt In a box\par}}{\shprslt In a box}}"
        rb"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 0102}}{\pict\bin4 }{\\}Text\par{\*\unknown no}"
    )
    assert read_rtf(rtf(body)).plain.split("\n") == ["In a box", "Text"]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    b"{",
                    b"}",
                    b"\\",
                    b"\\par ",
                    b"\\trowd",
                    b"\\cell ",
                    b"\\row ",
                    b"\\u-3",
                    b"\\u55357?",
                    b"\\*",
                    b"\\'e",
                ]
            ),
            st.sampled_from(
                [b"\\bin7 ", b"\\fs", b"\\f2 ", b"\\shptxt", b"{\\*\\fldinst x}", b"\\fldrslt ", b"\\uc99 "]
            ),
            st.binary(max_size=8),
        ),
        max_size=40,
    )
)
def test_any_bytes_give_text_or_a_typed_error(parts: list[bytes]) -> None:
    with suppress(ReadingError):
        assert read_rtf(rtf(b"".join(parts))).kind == "rtf"
