"""One advert under many ids."""

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cli.demo_boards import serve_boards
from scrapers.dedupe import block_key, canonical_url, company_key, same_posting, text_overlap, title_key
from scrapers.posting import Posting
from scrapers.registry import get
from tests.scrapers.boards import polite

TEXT = (
    "We make scheduling software for ports and ferry lines. You design and build services in Python, model data in "
    "PostgreSQL and keep slow queries out of production. You share the on-call rotation, review code with care, and "
    "write down what we learned afterwards so that the next person need not learn it again the hard way."
)
OTHER = (
    "The kitchen of our hotel by the sea looks for a sous chef who plans menus with the season, leads a brigade of "
    "nine, orders from farmers nearby and keeps the books of the pantry, in winter as in summer, with four days a week."
)


def advert(**changes: object) -> Posting:
    given_: dict[str, object] = {
        "source": "a", "source_id": "1", "url": "https://a.example/1", "title": "Senior Python Engineer",
        "company": "Harbourlight", "location": "Rotterdam, Netherlands", "description": TEXT,
    }  # fmt: skip
    return Posting(**(given_ | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://www.Board.example/jobs/1/", "http://board.example/jobs/1"),
        ("https://board.example/jobs/1?utm_source=x&gh_src=y#apply", "https://board.example/jobs/1"),
        ("https://board.example/jobs?b=2&a=1", "https://board.example/jobs?a=1&b=2&ref=z"),
        ("https://board.example:443/j", "https://board.example/j"),
    ],
)
def test_same_page(one: str, other: str) -> None:
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://board.example/jobs?gh_jid=1", "https://board.example/jobs?gh_jid=2"),
        ("https://board.example/Jobs/a", "https://board.example/jobs/a"),
        ("https://news.ycombinator.com/item?id=1", "https://news.ycombinator.com/item?id=2"),
    ],
)
def test_other_page(one: str, other: str) -> None:
    assert canonical_url(one) != canonical_url(other)


@given(st.one_of(st.text(max_size=80), st.text(max_size=60).map("https://www.board.example/".__add__)))
@example("0 #")
@example("https:///\x1f")
@example("http://www.www.board.example/a/ /")
@example("http://[::1]:80/x?b&a=1&a=0")
def test_any_address_is_stable(text: str) -> None:
    assert canonical_url(canonical_url(text)) == canonical_url(text)


def test_keys() -> None:
    assert company_key("The Acme Group, Inc.") == company_key("ACME") == "acme"
    assert company_key("Co") == "co"
    assert title_key("Softwareentwickler (m/w/d) - Remote") == title_key("Softwareentwickler")
    assert title_key("Sr. C++ Engineer") == title_key("Senior C++ Engineer")
    assert title_key("Engineer II") != title_key("Engineer III")
    assert block_key(advert()) == block_key(advert(company="Harbourlight B.V.", title="Sr Python Engineer (Remote)"))
    assert block_key(advert(company=None)) is None


@pytest.mark.parametrize(
    "changes",
    [
        {"company": "Harbourlight BV", "title": "Sr. Python Engineer (m/f/d)"},
        {"location": "Rotterdam"},
        {"location": "Remote"},
        {"location": ""},
        {"description": TEXT[:220]},
        {"description": "About us. We are a small company with a long history of our own. " + TEXT},
        {"title": "Senior Python Engineer - Remote"},
    ],
)
def test_same(changes: dict[str, object]) -> None:
    assert same_posting(advert(), advert(source="b", **changes))


@pytest.mark.parametrize(
    "changes",
    [
        {"company": "Lanternfish"},
        {"company": None},
        {"title": "Junior Python Engineer"},
        {"title": "Senior Python Engineer II"},
        {"title": "Senior Java Engineer"},
        {"location": "Berlin, Germany"},
        {"description": OTHER},
        {"description": OTHER, "location": "Remote"},
        {"description": "Short.", "location": "Remote"},
    ],
)
def test_not_same(changes: dict[str, object]) -> None:
    assert not same_posting(advert(), advert(source="b", **changes))


def test_overlap() -> None:
    assert text_overlap(TEXT, TEXT) == 1.0
    assert text_overlap(TEXT, OTHER) == 0.0
    assert text_overlap(TEXT, "too short") is None


def test_the_demo_boards_share_the_postings_they_are_made_to_share_and_no_others() -> None:
    with serve_boards(datetime(2026, 9, 21, tzinfo=UTC)) as urls:
        left = list(get("remoteok", urls["remoteok"]).postings(polite()))
        right = list(get("weworkremotely", urls["weworkremotely"]).postings(polite()))
    slugs = {posting.url.rpartition("/remote-")[2].rpartition("-")[0]: posting for posting in left}
    shared = {posting.source_id for posting in right} & set(slugs)
    found = {b.source_id for a in left for b in right if block_key(a) == block_key(b) and same_posting(a, b)}
    assert len(shared) >= 5
    assert found <= shared
    assert len(found) >= 0.5 * len(shared)
