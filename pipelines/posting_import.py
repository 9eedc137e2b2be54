"""Postings from a file, one JSON object a line, and `posting_import`: what is left to do once they are stored.

A line has at least an id, an address and a title, in the fields of `scrapers.posting.Posting` or the names that boards
use for them. It passes the same normalisation as a harvest: markup from a file is as little to be trusted.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.queue import DEFAULT, EMBEDDINGS
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.postings import embed, link, row_of
from scrapers.draft import Draft
from scrapers.errors import MalformedItem
from scrapers.normalise.steps import normalised
from scrapers.normalise.when import moment
from services import postings
from services.runs.accepting import NewRun, accept

LONGEST_LINE = 2_000_000
_MOST_SALARY = 2_000_000_000
_MOST_CHARACTERS = {"source_id": 500, "url": 2000, "title": 1000, "company": 1000, "location": 2000}
_WORK_PLACES = {"full": "remote"}
_NAMES: Mapping[str, tuple[str, ...]] = {
    "source_id": ("source_id", "id"),
    "url": ("url", "apply_url", "link"),
    "title": ("title", "position", "name"),
    "company": ("company", "company_name"),
    "location": ("location",),
    "html": ("description_html",),
    "text": ("description",),
    "salary_text": ("salary",),
    "salary_currency": ("salary_currency", "currency"),
    "salary_period": ("salary_period",),
    "job_type": ("job_type", "employment_type"),
    "seniority": ("seniority",),
    "language": ("language",),
}
_LISTS: Mapping[str, tuple[str, ...]] = {"tags": ("tags", "skills"), "regions": ("eligible_regions", "regions")}


class BadLine(ValueError):
    """Why a line of the file is no posting, in words for the person who sent it.

    `kind` is for machines: `too_long`, `not_json`, `incomplete` (no id, address or title) or `bad_value`.
    """

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


def read_line(line: bytes, source: str | None) -> dict[str, Any]:
    """A row of the catalogue; `source` stands in where the line names none. Raises BadLine."""
    item = _object(line)
    try:
        row = row_of(normalised(_draft(item), str(item.get("source") or source or "file")[:100]))
        "".join(value for value in row.values() if isinstance(value, str)).encode()  # refuses half a character
    except MalformedItem as error:
        raise BadLine("incomplete", f"{error}"[:200]) from error
    except (ValueError, TypeError, AttributeError, OverflowError) as error:
        raise BadLine("bad_value", f"{error}"[:200] or type(error).__name__) from error
    _check(row)
    return row


def _check(row: Mapping[str, Any]) -> None:
    """What an index or a column of the catalogue could not hold is told here: there it would refuse a whole batch."""
    for name, most in _MOST_CHARACTERS.items():
        if len(row[name] or "") > most:
            raise BadLine("bad_value", f"{name} is longer than {most:,} characters")
    if max(row["salary_min"] or 0, row["salary_max"] or 0) > _MOST_SALARY:
        raise BadLine("bad_value", "a salary that no posting pays")


def _object(line: bytes) -> Mapping[str, Any]:
    if len(line) > LONGEST_LINE:
        raise BadLine("too_long", f"longer than {LONGEST_LINE:,} bytes")
    try:
        item = json.loads(line.decode().replace("\\u0000", ""))
    except (ValueError, RecursionError) as error:
        raise BadLine("not_json", f"{error}"[:200]) from error
    if not isinstance(item, dict):
        raise BadLine("not_json", "not a JSON object")
    return item


def _draft(item: Mapping[str, Any]) -> Draft:
    remote = str(item.get("remote_type") or item.get("remote") or "")
    texts: dict[str, Any] = {ours: _text(item, theirs) for ours, theirs in _NAMES.items()}
    lists: dict[str, Any] = {ours: tuple(map(str, _first(item, theirs) or ())) for ours, theirs in _LISTS.items()}
    return Draft(
        **texts,
        **lists,
        remote=_WORK_PLACES.get(remote, remote),
        salary_min=_number(item.get("salary_min")),
        salary_max=_number(item.get("salary_max")),
        visa=item.get("visa_sponsorship"),
        posted_at=_moment(item.get("posted_at")),
        expires_at=_moment(item.get("expires_at")),
    )


def _first(item: Mapping[str, Any], names: Iterable[str]) -> Any:
    return next((item[name] for name in names if item.get(name) is not None), None)


def _text(item: Mapping[str, Any], names: Iterable[str]) -> str:
    found = _first(item, names)
    return "" if found is None else str(found)


def _number(value: Any) -> float | None:
    return float(value) if value is not None else None


def _moment(value: Any) -> datetime | None:
    return moment(value) if value else None


@dataclass(frozen=True)
class Imported:
    new: int
    seen_again: int


def store(session: Session, rows: Iterable[Mapping[str, Any]], *, now: datetime) -> Imported:
    written = postings.upsert(session, rows, now=now)
    return Imported(len(written.new), written.seen_again)


def embed_and_go_on(context: Context) -> Done:
    """As many vectors as one stage has time for; another run goes on where they were not all."""
    done = embed(context)
    following = context.payload.get("round", 0) + 1

    def save(session: Session) -> None:
        if done.save is not None:
            done.save(session)
        if postings.unembedded(session, context.payload["source"], context.services.embedder.model, limit=1):
            payload = {"source": context.payload["source"], "round": following}
            accept(session, NewRun("posting_import", payload, idempotency_key=f"{context.run_id}:next"))

    return Done(save=save, message=done.message)


POSTING_IMPORT = Pipeline(
    "posting_import",
    (
        Stage("linking", link, queue=DEFAULT, progress=10, time_limit=timedelta(minutes=10)),
        Stage(
            "generating_embeddings", embed_and_go_on, queue=EMBEDDINGS, progress=40, time_limit=timedelta(minutes=15)
        ),
    ),
)
