"""The way into the catalogue for postings of boards and of files: COPY into a staging table, one statement to merge.

Ten rows and ten thousand take the same way. What is as it was is not written again: each written row costs an entry per
word in the index of words, so `last_seen_at` may lag by a day behind a posting that is seen every hour.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from psycopg import Cursor, sql
from psycopg.types.json import Jsonb
from sqlalchemy import text
from sqlalchemy.orm import Session

KEY = ("source", "source_id")
TEXTS = ("title", "company", "description", "description_html", "content_hash")
FACTS = (
    "url", "location", "remote_type", "job_type", "salary_min", "salary_max", "salary_currency", "tags", "skills",
    "requirements", "eligible_regions", "visa_sponsorship", "seniority", "language", "posted_at", "expires_at",
    "fingerprint", "canonical_url", "raw", "owner_user_id",
)  # fmt: skip
COLUMNS = (*KEY, *TEXTS, *FACTS)
_EMPTY: Mapping[str, Any] = {
    **dict.fromkeys(("tags", "skills", "eligible_regions"), ()),
    **{name: {} for name in ("requirements", "raw")},
    **dict.fromkeys(("description_html", "location"), ""),
}


@dataclass(frozen=True)
class Upserted:
    """Ids of postings that were not in the catalogue before, and how many already were."""

    new: tuple[int, ...]
    seen_again: int


def _named(*names: str) -> sql.Composable:
    return sql.SQL(", ").join(map(sql.Identifier, names))


def _of(table: str, names: Sequence[str]) -> sql.Composable:
    return sql.SQL(", ").join(sql.SQL("{}.{}").format(sql.SQL(table), sql.Identifier(one)) for one in names)


def _set(names: Sequence[str], source: str) -> sql.Composable:
    return sql.SQL(", ").join(sql.SQL("{0} = {1}.{0}").format(sql.Identifier(one), sql.SQL(source)) for one in names)


_STAGE = sql.SQL("create temp table staged on commit drop as select {} from postings with no data")
COPY = sql.SQL("copy staged ({}) from stdin").format(_named(*COLUMNS))
_SAME = sql.SQL(
    "(p.source, p.source_id, p.content_hash, p.title) = (s.source, s.source_id, s.content_hash, s.title) "
    "and p.company is not distinct from s.company"
)
# Both parts see the catalogue as it was before the statement, so a row is met by one of them. The order keeps two
# imports of the same postings from waiting for each other.
_MERGE = sql.SQL(
    """
    with again as (
        update postings p
        set {renewed}, last_seen_at = %(now)s, closed_at = null, missed = 0, updated_at = now()
        from staged s
        where {same} and (
            p.closed_at is not null or p.missed > 0 or p.last_seen_at < %(now)s - interval '1 day'
            or ({kept}) is distinct from ({facts})
        )
    )
    insert into postings ({columns}, scraped_at, last_seen_at)
    select {staged}, %(now)s, %(now)s
    from staged s
    where not exists (
        select from postings p where {same}
    )
    order by s.source, s.source_id
    on conflict (source, source_id) do update
    set {replaced}, last_seen_at = excluded.last_seen_at, closed_at = null, missed = 0, updated_at = now()
    returning id, xmax = 0
    """
).format(
    same=_SAME,
    renewed=_set(FACTS, "s"),
    kept=_of("p", FACTS),
    facts=_of("s", FACTS),
    columns=_named(*COLUMNS),
    staged=_of("s", COLUMNS),
    replaced=_set((*TEXTS, *FACTS), "excluded"),
)
# Words are gathered in the index's pending list and sorted in once, by word; searches then have no list to read.
_ROOM = "set local gin_pending_list_limit = '256MB'; set local work_mem = '64MB'"
_TIDY = """
    select gin_clean_pending_list(name::regclass)
    from unnest(array['ix_postings_search', 'ix_postings_skills', 'ix_postings_tags']) as name
"""
_NAMES = """
    insert into skill_counts (name)
    select distinct name from staged, unnest(skills || tags) as name where owner_user_id is null order by name
    on conflict do nothing
"""


def upsert(session: Session, rows: Iterable[Mapping[str, Any]], *, now: datetime) -> Upserted:
    """Write postings keyed by (source, source_id); of two rows with one key, the last. The closed are open again.

    Raises what Postgres says of a row that breaks a constraint, with nothing written.
    """
    by_key = {(row["source"], row["source_id"]): row for row in rows}
    if not by_key:
        return Upserted((), 0)
    with _cursor(session) as cursor:
        cursor.execute(_ROOM)
        cursor.execute(_STAGE.format(_named(*COLUMNS)))
        with cursor.copy(COPY) as copy:
            for row in by_key.values():
                copy.write_row([value_of(row, name) for name in COLUMNS])
        cursor.execute("analyze staged")  # without it the planner reads the whole catalogue for ten rows
        new = tuple(posting_id for posting_id, inserted in cursor.execute(_MERGE, {"now": now}) if inserted)
        cursor.execute(_NAMES)
        cursor.execute(_TIDY)
        cursor.execute("drop table staged")
    return Upserted(new, len(by_key) - len(new))


def refresh_statistics(session: Session) -> None:
    """After many rows at once: the planner must not wait for autovacuum to learn of them."""
    session.execute(text("analyze postings"))


def value_of(row: Mapping[str, Any], name: str) -> Any:
    value = row.get(name, _EMPTY.get(name))
    if isinstance(value, Mapping):
        return Jsonb(value)
    return list(value) if isinstance(value, tuple) else value


def _cursor(session: Session) -> Cursor[tuple[int, bool]]:
    """The driver's own cursor on the session's connection: COPY has no other way in."""
    session.flush()
    return cast("Cursor[tuple[int, bool]]", session.connection().connection.cursor())
