"""Searches of a large catalogue use its indexes, whatever is asked, and find what reading the whole table finds."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from benchmarks.plans import explained
from core import db
from models.posting import JOB_TYPES, REMOTE_TYPES, Posting
from services import postings
from services.postings import PostingFilter
from services.postings.searching import COUNTED
from tests.services.test_postings import row

ROWS = 24_000
NOW = datetime(2026, 5, 1, tzinfo=UTC)
RARE, HALF = "zymurgy", "engineer"
WORDS = (None, RARE, HALF, "developer", "nowhere", f"{HALF} {RARE}", "common", "senior engineer")
FILTERS: tuple[dict[str, Any], ...] = (
    {},
    {"remote_type": "onsite"},
    {"job_type": "contract", "min_salary": 90_000},
    {"source": "lever"},
    {"source": "ashby", "remote_type": "full", "max_salary": 60_000},
    {"skills": ("haskell",)},
    {"skills": ("sql",), "remote_type": "hybrid"},
    {"min_salary": 10**9},
)


@pytest.fixture(scope="module")
def catalogue(database: str) -> Iterator[Session]:
    """Once for all tests here, in a transaction that is rolled back."""
    chance = random.Random(7)
    with db.engine().connect() as connection:
        outer = connection.begin()
        with Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session:
            for start in range(0, ROWS, 6000):
                rows = [_row(chance, number) for number in range(start, start + 6000)]
                postings.upsert(session, rows, now=NOW + timedelta(hours=start))
            postings.refresh_statistics(session)
            yield session
        outer.rollback()


def _row(chance: random.Random, number: int) -> dict[str, Any]:
    title = f"{chance.choice(('Senior', 'Junior'))} {chance.choice(('Engineer', 'Developer'))}"
    salary = chance.choice((None, 40_000, 60_000, 90_000))
    return row(
        number,
        source=chance.choice(("lever", "lever", "lever", "ashby")),
        title=f"{title} {RARE}" if number % 1000 == 0 else title,
        description=f"A common text of the advert {number}.",
        remote_type=chance.choice(REMOTE_TYPES),
        job_type=chance.choice(JOB_TYPES),
        salary_min=salary,
        salary_max=salary,
        skills=[chance.choice(("Python", "SQL", "Haskell" if number % 50 == 0 else "Go"))],
        tags=[],
    )


ASKED = [PostingFilter(search=words, **more) for words, more in product(WORDS, FILTERS)]


@pytest.mark.parametrize("wanted", ASKED, ids=lambda one: str({k: v for k, v in vars(one).items() if v}))
def test_no_search_reads_the_whole_table_and_each_finds_what_there_is(
    catalogue: Session, wanted: PostingFilter
) -> None:
    expected = _plainly(catalogue, wanted)
    for offset in (0, 40, max(0, len(expected) - 10)):
        with explained(catalogue) as plans:
            found, total = postings.search(catalogue, wanted, limit=20, offset=offset)
        assert plans
        assert not [plan for plan in plans if "Seq Scan on postings" in plan]
        assert [one.id for one in found] == expected[offset : offset + 20]
        assert total == len(expected) or (max(total, len(expected)) > COUNTED and total < 2 * len(expected))


def _plainly(session: Session, wanted: PostingFilter) -> list[int]:
    """By reading every posting, without an index and without the search vector."""
    session.execute(text("set local enable_indexscan = off; set local enable_bitmapscan = off"))
    query = select(Posting.id).order_by(Posting.scraped_at.desc(), Posting.id.desc())
    for word in (wanted.search or "").split():
        query = query.where(func.concat(Posting.title, " ", Posting.description).icontains(word))
    for name in ("remote_type", "job_type", "source"):
        if said := getattr(wanted, name):
            query = query.where(getattr(Posting, name) == said)
    if wanted.min_salary is not None:
        query = query.where(Posting.salary_min >= wanted.min_salary)
    if wanted.max_salary is not None:
        query = query.where(Posting.salary_max <= wanted.max_salary)
    if wanted.skills:
        skill = {"sql": "SQL", "haskell": "Haskell"}[wanted.skills[0]]
        query = query.where(Posting.skills.contains([skill]))
    found = list(session.scalars(query))
    session.execute(text("set local enable_indexscan = on; set local enable_bitmapscan = on"))
    return found
