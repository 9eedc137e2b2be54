"""Searching the public catalogue: every word of a text, any of some skills, and plain filters, newest first."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, exists, func, or_, select, text, true, tuple_
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.orm import Session, aliased, defer

from models.posting import SHOWN, Posting
from models.skill import SkillCount

COUNTED = 5000  # hits; more are estimated
_WALKED = 10_000
_TEXT_ARRAY = ARRAY(Text)
Hits = Select[int, datetime]


@dataclass(frozen=True)
class PostingFilter:
    """What a client asks the public catalogue for. `search` words must all occur; `skills` any of them.

    `also` are conditions on `Posting` of callers who know more than this file.
    """

    search: str | None = None
    source: str | None = None
    remote_type: str | None = None
    job_type: str | None = None
    min_salary: int | None = None
    max_salary: int | None = None
    skills: tuple[str, ...] = ()
    also: tuple[ColumnElement[bool], ...] = ()


def search(session: Session, wanted: PostingFilter, *, limit: int, offset: int) -> tuple[Sequence[Posting], int]:
    """A page of the public catalogue, newest first, and the number of all that fit (an estimate above COUNTED).

    An opening that several boards carry is found once; asked for one board, as that board carries it.
    """
    conditions, worded = _conditions(session, wanted)
    ids, total = _page(session, conditions, worded=worded, limit=limit, offset=offset)
    found = session.scalars(
        select(Posting)
        .where(Posting.id.in_(ids))
        .options(defer(Posting.raw), defer(Posting.description_html), defer(Posting.requirements))
    )
    place = {posting_id: number for number, posting_id in enumerate(ids)}
    return sorted(found, key=lambda one: place[one.id]), total


def _page(
    session: Session, conditions: Sequence[ColumnElement[bool]], *, worded: bool, limit: int, offset: int
) -> tuple[list[int], int]:
    """Ids of the page and the number of hits: few hits are found and sorted, many are met by walking from the newest.

    Counting is exact up to COUNTED, unless more are expected and the newest postings fill the page; beyond it is the
    planner's estimate, since reading half a catalogue to say "half of it" costs more than the page.
    """
    hits = select(Posting.id, Posting.scraped_at).where(*conditions)
    newest = hits.with_only_columns(Posting.id).order_by(*_newest(Posting)).limit(limit).offset(offset)
    expected = _estimate(session, hits)
    if expected > COUNTED:
        ids = _walk(session, newest.where(_among_newest(session)))
        if len(ids) == limit:
            return ids, expected
    # By the index of words: a scan would unpack every search vector, which the planner's costs know nothing of.
    with _without(session, "seqscan", *(("indexscan",) if worded else ())):
        ids, total = _of_all(session, hits.limit(COUNTED + 1), limit=limit, offset=offset)
    if total <= COUNTED:
        return ids, total
    return _walk(session, newest), max(COUNTED + 1, expected)


def _walk(session: Session, newest: Select[int]) -> list[int]:
    with _without(session, "seqscan", "bitmapscan", "sort"):
        return list(session.scalars(newest))


def _among_newest(session: Session) -> ColumnElement[bool]:
    """True for the newest _WALKED postings that are shown: as far as a walk may go on the word of an estimate."""
    edge = session.execute(
        select(Posting.scraped_at, Posting.id).where(text(SHOWN)).order_by(*_newest(Posting)).offset(_WALKED).limit(1)
    ).one_or_none()
    return tuple_(Posting.scraped_at, Posting.id) > tuple_(*edge) if edge else true()


def _of_all(session: Session, hits: Hits, *, limit: int, offset: int) -> tuple[list[int], int]:
    """From one pass over the hits."""
    found = hits.cte("hits")
    page = select(found).order_by(*_newest(found.c)).limit(limit).offset(offset).subquery("page")
    ids = select(func.array_agg(aggregate_order_by(page.c.id, *_newest(page.c)))).scalar_subquery()
    row = session.execute(select(ids, select(func.count()).select_from(found).scalar_subquery())).one()
    return row[0] or [], row[1]


def _estimate(session: Session, hits: Hits) -> int:
    compiled = hits.compile(session.get_bind(), compile_kwargs={"render_postcompile": True})
    explained = session.connection().exec_driver_sql(f"explain (format json) {compiled}", compiled.params).scalar_one()
    return int(explained[0]["Plan"]["Plan Rows"])


@contextmanager
def _without(session: Session, *ways: str) -> Iterator[None]:
    """Let the planner do without these ways of reading."""
    session.execute(text("; ".join(f"set local enable_{way} = off" for way in ways)))
    yield
    session.execute(text("; ".join(f"set local enable_{way} = on" for way in ways)))


def _newest(columns: Any) -> tuple[Any, Any]:
    return columns.scraped_at.desc(), columns.id.desc()


def _conditions(session: Session, wanted: PostingFilter) -> tuple[list[ColumnElement[bool]], bool]:
    """What to ask for, and whether an index of words can answer it."""
    equal = {Posting.remote_type: wanted.remote_type, Posting.job_type: wanted.job_type}
    conditions: list[Any] = [_from_source(wanted.source) if wanted.source else text(SHOWN)]
    conditions += [column == value for column, value in equal.items() if value]
    conditions += wanted.also
    terms = session.scalar(select(cast(func.to_tsquery("english", _prefix_query(wanted.search)), Text)))
    if terms:
        conditions.append(Posting.search.bool_op("@@")(func.to_tsquery("english", _prefix_query(wanted.search))))
    if wanted.min_salary is not None:
        conditions.append(Posting.salary_min >= wanted.min_salary)
    if wanted.max_salary is not None:
        conditions.append(Posting.salary_max <= wanted.max_salary)
    if wanted.skills:
        named = _names_containing(session, wanted.skills)
        conditions.append(or_(Posting.skills.bool_op("&&")(named), Posting.tags.bool_op("&&")(named)))
    return conditions, bool(terms or wanted.skills)


def _from_source(source: str) -> ColumnElement[bool]:
    """The board's postings, each opening once: the first of those that it carries itself."""
    other = aliased(Posting)
    earlier = exists(
        select(other.id).where(
            other.source == Posting.source,
            other.closed_at.is_(None),
            other.id < Posting.id,
            or_(other.id == Posting.duplicate_of, other.duplicate_of == Posting.duplicate_of),
        )
    )
    return and_(
        Posting.source == source,
        Posting.owner_user_id.is_(None),
        Posting.closed_at.is_(None),
        Posting.duplicate_of.is_(None) | ~earlier,
    )


def _names_containing(session: Session, words: Sequence[str]) -> Any:
    """Skills and tags, as postings spell them, that have one of the words in them."""
    contained = (func.lower(SkillCount.name).contains(word.casefold(), autoescape=True) for word in words)
    names = session.scalars(select(SkillCount.name).where(or_(*contained))).all()
    return cast(list(names), _TEXT_ARRAY)


def _prefix_query(search: str | None) -> str:
    """`senior pyth` → `senior:* & pyth:*`; what is not a letter or digit cannot reach the query's syntax.

    A single letter stands for itself ("c"): as a beginning it would be in every posting.
    """
    words = "".join(char if char.isalnum() else " " for char in search or "").split()
    return " & ".join(f"{word}:*" if len(word) > 1 else word for word in words)
