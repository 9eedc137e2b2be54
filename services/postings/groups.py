"""Adverts of one opening: which are worth comparing, which were found to be one, and who stands for them.

Whether two are one opening is decided by the caller; here are the candidates and the consequences.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, func, or_, select, text, update
from sqlalchemy.orm import Session, aliased

from models.posting import Posting

_ALIKE_AT_MOST = 200  # of one company and title: a chain of shops may have thousands


@dataclass(frozen=True, slots=True)
class Advert:
    """What comparing needs of a posting, and no more."""

    id: int
    source: str
    title: str
    company: str | None
    location: str
    description: str
    canonical_url: str | None
    fingerprint: str | None
    content_hash: str
    duplicate_of: int | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where an opening is advertised."""

    id: int
    source: str
    source_id: str
    url: str


_FIELDS = tuple(Advert.__slots__)


def uncompared(session: Session, source: str, *, limit: int) -> list[Advert]:
    """Open public postings of a source whose text was not yet compared with the others', oldest first."""
    query = (
        select(*(getattr(Posting, name) for name in _FIELDS))
        .where(
            Posting.source == source,
            Posting.closed_at.is_(None),
            Posting.owner_user_id.is_(None),
            Posting.compared_hash.is_distinct_from(Posting.content_hash),
        )
        .order_by(Posting.id)
        .limit(limit)
    )
    return [Advert(*row) for row in session.execute(query)]


def alike(session: Session, adverts: Sequence[Advert]) -> Mapping[int, list[Advert]]:
    """For each advert's id the open public ones with its fingerprint or its address, oldest first.

    Of two that were both never compared only the later one is told of the earlier, so that one joins the other.
    """
    mine, other = aliased(Posting, name="mine"), aliased(Posting, name="other")
    same = or_(other.fingerprint == mine.fingerprint, other.canonical_url == mine.canonical_url)
    known = or_(other.id < mine.id, other.compared_hash == other.content_hash)
    open_ = and_(other.id != mine.id, other.closed_at.is_(None), other.owner_user_id.is_(None))
    nearest = (
        select(*(getattr(other, name) for name in _FIELDS))
        .where(same, known, open_)
        .order_by(other.id)
        .limit(_ALIKE_AT_MOST)
        .lateral("nearest")
    )
    query = select(mine.id, *nearest.c).join(nearest, text("true")).where(mine.id.in_([one.id for one in adverts]))
    found: dict[int, list[Advert]] = {}
    for mine_id, *values in session.execute(query):
        found.setdefault(mine_id, []).append(Advert(*values))
    return found


def join(session: Session, pairs: Iterable[tuple[int, int]], compared: Sequence[Advert]) -> int:
    """Put each pair's first into the group of its second, and note what was compared; answers how many joined.

    A posting whose text changed and that is like no other any more leaves its group.
    """
    target = dict(pairs)
    ids = [one.id for one in compared]
    session.execute(
        update(Posting)
        .where(Posting.id.in_(ids), Posting.id.not_in(target), Posting.duplicate_of.is_not(None))
        .values(duplicate_of=None)
    )
    for posting_id, like in sorted(target.items()):
        root = select(func.coalesce(Posting.duplicate_of, Posting.id)).where(Posting.id == like).scalar_subquery()
        own = or_(Posting.id == posting_id, Posting.duplicate_of == posting_id)
        session.execute(update(Posting).where(own, Posting.id != root).values(duplicate_of=root))
    session.execute(update(Posting).where(Posting.id.in_(ids)).values(compared_hash=Posting.content_hash))
    _leave_matches(session, list(target))
    return len(target)


def promote(session: Session) -> None:
    """Where the one that was shown has closed, the group's oldest open advert is shown in its place."""
    session.execute(
        text(
            """
            with headless as (
                select root.id as old, min(member.id) as head
                from postings member join postings root on root.id = member.duplicate_of
                where root.closed_at is not null and member.closed_at is null
                group by root.id
            )
            update postings p
            set duplicate_of = case when p.id = h.head then null else h.head end
            from headless h
            where p.duplicate_of = h.old or p.id = h.old
            """
        )
    )


def carriers(session: Session, postings: Sequence[Posting]) -> Mapping[int, list[Carrier]]:
    """For each posting's id the open adverts of its opening, its own first: where it can be read."""
    heads = {one.id: one.duplicate_of or one.id for one in postings}
    member = or_(Posting.id.in_(heads.values()), Posting.duplicate_of.in_(heads.values()))
    rows = session.execute(
        select(Posting.duplicate_of, Posting.id, Posting.source, Posting.source_id, Posting.url)
        .where(member, Posting.closed_at.is_(None) | Posting.id.in_(heads))
        .order_by(Posting.id)
    ).all()
    groups: dict[int, list[Carrier]] = {}
    for head, posting_id, source, source_id, url in rows:
        groups.setdefault(head or posting_id, []).append(Carrier(posting_id, source, source_id, url))
    return {one: sorted(groups.get(head, []), key=lambda each: each.id != one) for one, head in heads.items()}


def _leave_matches(session: Session, duplicates: Sequence[int]) -> None:
    """Nobody is shown an opening twice: an untouched match goes where the one that is shown is matched too."""
    session.execute(
        text(
            """
            delete from matches m using postings p, matches other
            where m.posting_id = any(:ids) and m.status = 'matched' and p.id = m.posting_id
            and other.user_id = m.user_id and other.posting_id = p.duplicate_of
            """
        ),
        {"ids": list(duplicates)},
    )
