"""Mended text, safe HTML and its plain text, for anything a board may send."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scrapers.draft import Draft
from scrapers.errors import MalformedItem
from scrapers.normalise.markup import plain, sanitised
from scrapers.normalise.steps import normalised
from scrapers.normalise.text import line, mended

SOUND = [
    "We’re hiring — come along",
    "Café in Kraków",
    "naïve résumé",
    "Ärztin für Köln",
    "日本語のテキスト",
    "Ã is a letter",
    "5 € for 3 £",
]


@pytest.mark.parametrize("text", SOUND[:-2])
def test_twice_encoded_text_is_mended(text: str) -> None:
    assert mended(text.encode().decode("latin-1")) == text


@pytest.mark.parametrize("text", SOUND[:4])
def test_text_misread_as_windows_text_is_mended(text: str) -> None:
    assert mended(text.encode().decode("cp1252")) == text


@pytest.mark.parametrize("text", SOUND)
def test_sound_text_stays(text: str) -> None:
    assert mended(text) == text


def test_a_broken_paragraph_beside_a_sound_one() -> None:
    broken = "Weâ\x80\x99re in KrakÃ³w"
    assert mended(f"<p>São Paulo</p><p>{broken}</p>") == "<p>São Paulo</p><p>We’re in Kraków</p>"


def test_line() -> None:
    assert line("  Aisles &amp;amp; Abroad \n Ltd ") == "Aisles & Abroad Ltd"
    assert line("a\x00b\u200b") == "ab"


HOSTILE = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=alert(1)>",
    "<a href='data:text/html;base64,xx'>x</a>", "<iframe src='//evil.example'></iframe>",
    "<style>*{display:none}</style>",
    "<p style='position:fixed' onclick='x()'>y</p>", "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<<script>script>alert(1)</script>",
    "<a href='  java\nscript:alert(1)'>x</a>", "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<form action='//evil.example'><input name=p></form>", "<object data=x></object><embed src=x>",
    "<base href='//evil.example'>",
]  # fmt: skip
FORBIDDEN = re.compile(
    r"<\s*(?:script|img|svg|iframe|style|form|input|object|embed|base|math)"
    r"|<[^>]*\son\w+\s*=|<[^>]*(?:javascript|data):",
    re.IGNORECASE,
)


@pytest.mark.parametrize("markup", HOSTILE)
def test_hostile_markup_is_harmless(markup: str) -> None:
    assert not FORBIDDEN.search(sanitised(markup))
    assert not FORBIDDEN.search(sanitised(f"<p>before</p>{markup}<p>after</p>"))


@given(st.text(alphabet=st.sampled_from("<>/&;\"'= abcdeijlnoprstvx()0:-!\n"), max_size=200))
@example("<" * 200)
@example("&lt;" * 50)
def test_any_markup_is_harmless_and_stable(markup: str) -> None:
    safe = sanitised(markup)
    assert not FORBIDDEN.search(safe)
    assert "\n\n\n" not in plain(safe)


@given(
    st.lists(st.sampled_from([*HOSTILE, "<b>", "</p>", "<li>", "text", "&amp;", "<!--", "-->"]), max_size=12).map(
        "".join
    )
)
def test_any_mixture_is_harmless(markup: str) -> None:
    assert not FORBIDDEN.search(sanitised(markup))


def test_plain_text_keeps_structure() -> None:
    safe = sanitised("<h3>About</h3><p>One&nbsp;two<br>three</p><ul><li>a</li><li>b</li></ul><p>End</p>")
    assert plain(safe) == "About\n\nOne two\nthree\n\n- a\n- b\n\nEnd"


def test_plain_sources_are_escaped_into_html() -> None:
    posting = normalised(Draft(source_id="1", url="https://x.example/1", title="T", text="if a <b and c> d\nnext"), "x")
    assert posting.description_html == "if a &lt;b and c&gt; d<br>next"
    assert posting.description == "if a <b and c> d\nnext"


def test_a_title_keeps_no_highlighting() -> None:
    draft = Draft(
        source_id="1", url="https://x.example/1", title="Senior <strong>Python</strong> &amp; C++ <T> Engineer"
    )
    assert normalised(draft, "x").title == "Senior Python & C++ <T> Engineer"


@pytest.mark.parametrize(
    "changes", [{"title": " "}, {"url": ""}, {"source_id": ""}, {"url": "javascript:x"}, {"url": "/relative"}]
)
def test_what_a_posting_cannot_do_without(changes: dict[str, str]) -> None:
    given_ = {"source_id": "1", "url": "https://x.example/1", "title": "T"} | changes
    with pytest.raises(MalformedItem):
        normalised(Draft(**given_), "x")


_texts = st.text(max_size=60)


@given(_texts, _texts, _texts, _texts, _texts, st.lists(_texts, max_size=4).map(tuple))
def test_any_draft_becomes_a_posting(
    title: str, company: str, location: str, html: str, words: str, many: tuple[str, ...]
) -> None:
    draft = Draft(
        source_id="1", url="https://x.example/1", title="T " + title, company=company, location=location, html=html,
        salary_text=words, remote=words, job_type=words, seniority=words, language=words, regions=many, tags=many,
    )  # fmt: skip
    posting = normalised(draft, "x")
    assert posting.title.startswith("T")
    assert posting.as_json()["source_id"] == "1"
    assert hash(posting)
