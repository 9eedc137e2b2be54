"""The catalogue: upserts that keep their ids, searches that find what they should, closings."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from psycopg.errors import IntegrityError
from sqlalchemy import text
from sqlalchemy.orm import Session

from core.errors import NotFound
from models.posting import Posting
from models.user import User
from services import postings
from services.postings import PostingFilter
from services.postings.searching import COUNTED

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def row(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "source": "board",
        "source_id": str(number),
        "url": f"https://board.example/{number}",
        "title": "Python Developer",
        "company": "Acme",
        "description": "We write Python and PostgreSQL.",
        "description_html": "<p>We write Python and PostgreSQL.</p>",
        "location": "Berlin",
        "remote_type": "full",
        "job_type": "permanent",
        "salary_min": None,
        "salary_max": None,
        "salary_currency": None,
        "tags": ["python"],
        "skills": ["Python", "PostgreSQL"],
        "requirements": {},
        "eligible_regions": [],
        "visa_sponsorship": None,
        "seniority": None,
        "language": "en",
        "posted_at": NOW,
        "expires_at": None,
        "raw": {},
        "content_hash": "one",
        "fingerprint": "one",
    } | changes


def _titles(session: Session, wanted: PostingFilter) -> list[str]:
    found, total = postings.search(session, wanted, limit=50, offset=0)
    assert total == len(found)
    return sorted(one.title for one in found)


def test_an_upsert_keeps_the_id_and_takes_the_news(session: Session) -> None:
    first = postings.upsert(session, [row(1), row(2)], now=NOW)
    assert (len(first.new), first.seen_again) == (2, 0)
    second = postings.upsert(session, [row(1, title="Senior Python Developer"), row(3)], now=NOW + timedelta(hours=1))
    assert (len(second.new), second.seen_again) == (1, 1)
    session.expire_all()
    again = session.get_one(Posting, first.new[0])
    assert (again.title, again.scraped_at, again.last_seen_at) == (
        "Senior Python Developer",
        NOW,
        NOW + timedelta(hours=1),
    )


def test_more_rows_than_one_statement_takes(session: Session) -> None:
    assert len(postings.upsert(session, [row(number) for number in range(1203)], now=NOW).new) == 1203


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        (PostingFilter(), ["Nurse", "Python Developer"]),
        (PostingFilter(search="pyth dev"), ["Python Developer"]),
        (PostingFilter(search="python nurse"), []),
        (PostingFilter(search="'; drop table postings; --"), []),
        (PostingFilter(search="& | ! :*"), ["Nurse", "Python Developer"]),
        (PostingFilter(search="the"), ["Nurse", "Python Developer"]),
        (PostingFilter(search="the nurse"), ["Nurse"]),
        (PostingFilter(search="n"), []),
        (PostingFilter(remote_type="onsite"), ["Nurse"]),
        (PostingFilter(job_type="permanent", source="board"), ["Nurse", "Python Developer"]),
        (PostingFilter(source="elsewhere"), []),
        (PostingFilter(min_salary=50_000), ["Nurse"]),
        (PostingFilter(max_salary=55_000), []),
        (PostingFilter(skills=("postgre", "surgery")), ["Python Developer"]),
        (PostingFilter(skills=("100%",)), []),
    ],
    ids=str,
)
def test_a_search_finds_what_it_should(session: Session, wanted: PostingFilter, titles: list[str]) -> None:
    nurse = row(
        2, title="Nurse", description="Care.", tags=[], skills=["Care"], remote_type="onsite", salary_min=50_000,
        salary_max=60_000,
    )  # fmt: skip
    postings.upsert(session, [row(1), nurse], now=NOW)
    assert _titles(session, wanted) == titles


def test_what_three_harvests_missed_is_closed_and_what_returns_is_open(session: Session) -> None:
    old = postings.upsert(session, [row(1), row(2)], now=NOW).new[0]
    closed = [postings.close_unseen(session, "board", {"2"}, patience=3, now=NOW) for _ in range(3)]
    assert closed == [0, 0, 1]
    assert _titles(session, PostingFilter()) == ["Python Developer"]
    assert postings.upsert(session, [row(1)], now=NOW + timedelta(hours=5)).new == ()
    session.expire_all()
    back = session.get_one(Posting, old)
    assert (back.closed_at, back.missed) == (None, 0)


def test_missing_now_and_then_closes_nothing(session: Session) -> None:
    postings.upsert(session, [row(1)], now=NOW)
    for _ in range(4):
        assert postings.close_unseen(session, "board", set(), patience=3, now=NOW) == 0
        assert postings.missing(session, "board", limit=5) == [("1", "https://board.example/1")]
        postings.upsert(session, [row(1)], now=NOW)
        assert postings.missing(session, "board", limit=5) == []


def test_a_harvest_of_one_board_closes_nothing_of_another(session: Session) -> None:
    postings.upsert(session, [row(1), row(2, source="elsewhere")], now=NOW)
    assert postings.close_unseen(session, "board", set(), patience=1, now=NOW) == 1
    assert postings.search(session, PostingFilter(), limit=5, offset=0)[1] == 1


def test_an_expired_posting_is_closed(session: Session) -> None:
    postings.upsert(session, [row(1, expires_at=NOW + timedelta(days=1)), row(2)], now=NOW)
    assert postings.close_unseen(session, "board", {"1", "2"}, patience=3, now=NOW + timedelta(days=2)) == 1
    assert postings.close_expired(session, now=NOW + timedelta(days=2)) == 0


def test_a_posting_whose_page_is_gone_is_closed_at_once(session: Session) -> None:
    postings.upsert(session, [row(1), row(2)], now=NOW)
    assert postings.close_gone(session, "board", ["1"], now=NOW) == 1
    assert postings.search(session, PostingFilter(), limit=5, offset=0)[1] == 1


def test_what_did_not_change_is_not_written_again(session: Session) -> None:
    posting_id = postings.upsert(session, [row(1)], now=NOW).new[0]
    place = text("select ctid::text from postings where id = :id")
    first = session.scalar(place, {"id": posting_id})
    assert postings.upsert(session, [row(1)], now=NOW + timedelta(hours=1)).seen_again == 1
    assert session.scalar(place, {"id": posting_id}) == first
    postings.upsert(session, [row(1, salary_min=50_000, tags=["go"])], now=NOW + timedelta(hours=2))
    session.expire_all()
    assert session.get_one(Posting, posting_id).tags == ["go"]


def test_of_two_rows_with_one_key_the_last_counts(session: Session) -> None:
    posting_id = postings.upsert(session, [row(1), row(1, title="Nurse")], now=NOW).new[0]
    assert session.get_one(Posting, posting_id).title == "Nurse"


def test_a_row_that_breaks_a_rule_writes_none_of_its_batch(session: Session) -> None:
    with pytest.raises(IntegrityError), session.begin_nested():
        postings.upsert(session, [row(1), row(2, remote_type="moon")], now=NOW)
    assert postings.search(session, PostingFilter(), limit=5, offset=0)[1] == 0


def test_of_very_many_hits_the_pages_are_right_and_the_number_is_near(session: Session) -> None:
    many = COUNTED + 300
    for start in range(0, many, 2000):
        rows = [
            row(number, source_id=f"{number:05}", remote_type="full")
            for number in range(start, min(start + 2000, many))
        ]
        postings.upsert(session, rows, now=NOW + timedelta(seconds=start))
    postings.refresh_statistics(session)
    for wanted in (PostingFilter(), PostingFilter(search="python"), PostingFilter(source="board", remote_type="full")):
        pages = [postings.search(session, wanted, limit=50, offset=offset) for offset in (0, 50, many - 50)]
        shown = [int(one.source_id) for found, _ in pages for one in found]
        newest = sorted(range(many), key=lambda number: (-(number // 2000), -number))
        assert shown == [*newest[:100], *newest[-50:]]
        assert all(COUNTED < total < many * 1.5 for _, total in pages)
    few = postings.search(session, PostingFilter(search="python", remote_type="onsite"), limit=50, offset=0)
    assert few == ([], 0)


def test_a_private_posting_is_its_owners_alone(session: Session) -> None:
    owner = User(email="ada@example.org", username="ada")
    session.add(owner)
    session.flush()
    posting_id = postings.upsert(session, [row(1, owner_user_id=owner.id)], now=NOW).new[0]
    assert _titles(session, PostingFilter()) == []
    assert postings.get_visible(session, posting_id, user_id=owner.id)
    with pytest.raises(NotFound):
        postings.get_visible(session, posting_id, user_id=owner.id + 1)
    with pytest.raises(NotFound):
        postings.get_public(session, posting_id)
