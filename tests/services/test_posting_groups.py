"""Adverts of one opening: shown once, with every board that carries it, whoever of them closes first."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from models.match import Match
from models.posting import Posting
from models.user import User
from pipelines.postings import same
from services import postings
from services.postings import PostingFilter, groups
from services.postings.groups import Advert
from tests.services.test_postings import row

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture
def ids(session: Session) -> list[int]:
    """Three boards carry one opening; a fourth posting is another one."""
    rows = [row(number, source=f"board{number}") for number in (1, 2, 3)]
    for one in (*rows, row(4, title="Nurse", fingerprint="two")):
        postings.upsert(session, [one], now=NOW)
    join(session)
    return list(session.scalars(select(Posting.id).order_by(Posting.source_id)))


def join(session: Session) -> int:
    joined = 0
    for source in ("board1", "board2", "board3", "board"):
        adverts = groups.uncompared(session, source, limit=10)
        alike = groups.alike(session, adverts)
        joined += groups.join(session, [(one, others[0].id) for one, others in alike.items()], adverts)
    session.expire_all()
    return joined


def shown(session: Session, **wanted: Any) -> list[int]:
    found, total = postings.search(session, PostingFilter(**wanted), limit=10, offset=0)
    assert total == len(found)
    return sorted(one.id for one in found)


def heads(session: Session, ids: list[int]) -> list[int | None]:
    session.expire_all()
    return [session.get_one(Posting, one).duplicate_of for one in ids]


def test_an_opening_is_shown_once_with_all_its_boards(session: Session, ids: list[int]) -> None:
    assert shown(session) == [ids[0], ids[3]]
    carriers = groups.carriers(session, [session.get_one(Posting, one) for one in (ids[0], ids[1], ids[3])])
    assert [each.source for each in carriers[ids[0]]] == ["board1", "board2", "board3"]
    assert [each.source for each in carriers[ids[1]]] == ["board2", "board1", "board3"]
    assert [each.source for each in carriers[ids[3]]] == ["board"]


def test_asked_for_one_board_it_is_shown_as_that_board_has_it(session: Session, ids: list[int]) -> None:
    assert shown(session, source="board2") == [ids[1]]


def test_a_board_that_carries_it_twice_shows_it_once(session: Session, ids: list[int]) -> None:
    again = postings.upsert(session, [row(5, source="board2"), row(6, source="board1")], now=NOW).new
    assert join(session) == 2
    assert shown(session, source="board2") == [ids[1]]
    assert shown(session, source="board1") == [ids[0]]
    assert heads(session, list(again)) == [ids[0], ids[0]]


def test_nothing_is_compared_twice_until_its_text_changes(session: Session, ids: list[int]) -> None:
    assert groups.uncompared(session, "board2", limit=10) == []
    postings.upsert(session, [row(2, source="board2", content_hash="new", fingerprint="alone")], now=NOW)
    assert [one.id for one in groups.uncompared(session, "board2", limit=10)] == [ids[1]]
    assert join(session) == 0
    assert shown(session) == [ids[0], ids[1], ids[3]]


def test_when_the_shown_one_closes_the_next_takes_its_place_and_keeps_it(session: Session, ids: list[int]) -> None:
    postings.close_gone(session, "board1", ["1"], now=NOW)
    assert shown(session) == [ids[1], ids[3]]
    assert heads(session, ids) == [ids[1], None, ids[1], None]
    postings.upsert(session, [row(1, source="board1")], now=NOW)
    assert shown(session) == [ids[1], ids[3]]
    postings.upsert(session, [row(1, source="board1", content_hash="changed")], now=NOW)
    assert join(session) == 1
    assert shown(session) == [ids[1], ids[3]]


def test_the_same_address_is_found_whatever_the_company_is_called(session: Session) -> None:
    address = "https://acme.example/jobs/1"
    rows = [
        row(1, canonical_url=address, fingerprint="a"),
        row(2, source="other", canonical_url=address, fingerprint="b", company="ACME Holding"),
    ]
    first, second = postings.upsert(session, rows, now=NOW).new
    alike = groups.alike(session, groups.uncompared(session, "other", limit=5))
    assert [one.id for one in alike[second]] == [first]


OTHER_TEXT = " ".join(f"other{number}" for number in range(60))


def advert(**changes: Any) -> Advert:
    words = " ".join(f"word{number}" for number in range(60))
    known = {"id": 1, "source": "a", "title": "Python Developer", "company": "Acme", "location": "Berlin"}
    texts = {"description": words, "canonical_url": "https://a.example/1", "fingerprint": "f", "content_hash": "h"}
    return Advert(**(known | texts | changes))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"canonical_url": "https://b.example/9", "company": "Acme GmbH"}, True),
        ({"canonical_url": "https://b.example/9", "location": "Paris"}, False),
        ({"canonical_url": "https://b.example/9", "description": OTHER_TEXT}, False),
        ({"company": "Recruiter", "description": "Short."}, True),
        ({"title": "Nurse", "description": "Short."}, False),
    ],
    ids=["text", "town", "other text", "address", "address of a list"],
)
def test_what_makes_two_adverts_one_opening(changes: dict[str, Any], expected: bool) -> None:
    assert same(advert(), advert(id=2, source="b", **changes)) is expected


def test_nobody_keeps_an_untouched_match_with_a_copy(session: Session) -> None:
    user = User(email="ada@example.org", username="ada")
    session.add(user)
    session.flush()
    new = postings.upsert(session, [row(1), row(2, source="board1"), row(3, source="board2")], now=NOW).new
    for posting_id, status in zip(new, ("matched", "matched", "interested"), strict=True):
        session.add(Match(user_id=user.id, posting_id=posting_id, score=70, status=status, reasoning={}, analysis=""))
    session.flush()
    session.execute(text("update postings set compared_hash = content_hash where source = 'board'"))
    assert join(session) == 2
    assert sorted(session.scalars(select(Match.posting_id))) == [new[0], new[2]]
