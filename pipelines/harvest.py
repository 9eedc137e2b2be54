"""`harvest`: a fan-out over sources. `harvest_source`: one board's postings, fetched, judged, stored, embedded.

A harvest that brought nothing, or whose fields thinned out against its own history, is degraded: what it did bring is
kept, and nothing is closed because of it.
"""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.errors import Transient
from core.queue import DEFAULT, EMBEDDINGS, SCRAPE
from models.harvest import Harvest
from pipelines.harvest_boards import board_of, breaker_of, client_of, too_soon
from pipelines.harvest_memory import HarvestMemory
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.postings import embed, link, row_of
from scrapers.board import Board
from scrapers.errors import Gone, HarvestError, NotConfigured, SourceResting, TookTooLong
from scrapers.health import HarvestReport, Tally, Verdict, assess
from scrapers.http.client import PoliteClient
from scrapers.posting import Posting
from services import harvests, popular_skills, postings
from services.runs.accepting import NewRun

_REPORT_EVERY = 50
_MISSED_AT_MOST = 3  # a posting is closed when so many believed harvests in a row did not bring it
_CHECKED_AT_ONCE = 10
_ATTEMPTS = 3
_FETCH_LIMIT = timedelta(minutes=30)
_FETCH_ENOUGH = 0.9 * _FETCH_LIMIT.total_seconds()  # then what came is kept, before the limit would lose it
_WORTH_WAITING = 600.0  # seconds; a board that wants to be left alone for longer has failed this time


def plan(context: Context) -> Done:
    """One child per source that may be asked by now.

    Raises NotFound for an unknown name and BadOptions for a file that cannot be followed, before any starts; and
    NotConfigured when every source named is off.
    """
    settings = context.services.settings
    named = list(dict.fromkeys(list(context.payload["sources"]) or list(settings.harvest_sources)))
    live = bool(context.payload.get("live"))
    asked: list[str] = []
    waiting: list[str] = []
    off: list[NotConfigured] = []
    for name in named:
        try:
            why = _why_wait(context, board_of(settings, name, live=live))
        except NotConfigured as error:
            off.append(error)
            continue
        if why:
            waiting.append(why)
        else:
            asked.append(name)
    if off and len(off) == len(named):
        raise off[0]
    children = [
        NewRun(
            "harvest_source",
            {"source": name, "live": live},
            user_id=context.user_id,
            parent_id=context.run_id,
            idempotency_key=f"{context.run_id}:{name}",
        )
        for name in asked
    ]
    said = [f"Asking {', '.join(asked)}"] if asked else []
    left_out = [*waiting, *(error.message for error in off)]
    return Done(children=children, message="; ".join([*said, *left_out]), state={"left_out": left_out})


def _why_wait(context: Context, board: Board) -> str:
    """Why this board is not asked yet, or ""."""
    with transaction() as session:
        last = harvests.last_asked(session, [board.name]).get(board.name)
        rests_until = breaker_of(harvests.history(session, board.name)).rests_until(utc_now())
    if rests_until:
        return f"{board.name} failed again and again and rests until {rests_until:%d %b %H:%M} UTC"
    return f"{board.name} was asked not long ago" if too_soon(board, context.services.settings, last) else ""


def gather(context: Context) -> Done:
    """Add up what the children brought. One that died without a word has failed, and its source's breaker counts it."""
    with transaction() as session:
        harvests.record_lost(session, context.run_id)
        totals = harvests.totals(session, context.run_id)

    def save(session: Session) -> Mapping[str, Any]:
        postings.close_expired(session, now=utc_now())
        popular_skills.recount(session)
        return totals

    said = [f"{totals['found']} postings, {totals['new']} new", *context.state.get("left_out", ())]
    return Done(save=save, message="; ".join(said))


def fetch(context: Context) -> Done:
    """Fetch a whole board, judge the answer against the board's own history, store what came.

    Raises Transient while another try may mend it; the last try's failure is a failed harvest.
    """
    name = context.payload["source"]
    with transaction() as session:
        history = harvests.history(session, name)
    _refuse_while_resting(name, history)
    memory = HarvestMemory(context.services.answer_store)
    harvested = _harvest(context, memory)
    believed = [HarvestReport.from_json(one.report) for one in reversed(history) if one.status == "completed"]
    verdict = assess(harvested.report, believed, harvested.promises)
    memory.settle(believed=not verdict.degraded)
    outcome = _Outcome(name, harvested, verdict)

    def save(session: Session) -> Mapping[str, Any]:
        return _store(session, context, outcome)

    return Done(save=save, message=outcome.message)


@dataclass(frozen=True)
class _Harvested:
    """What one fetch brought. `listed` are the ids of postings that the board has, readable or not."""

    started: datetime
    rows: Sequence[Mapping[str, Any]]
    listed: frozenset[str]
    report: HarvestReport
    promises: frozenset[str]


def _harvest(context: Context, memory: HarvestMemory) -> _Harvested:
    started, tally, rows, error = utc_now(), Tally(), list[dict[str, Any]](), ""
    promises: frozenset[str] = frozenset()
    try:
        board = board_of(context.services.settings, context.payload["source"], live=bool(context.payload["live"]))
        promises = board.promises
        found = board.postings(client_of(context.services, board, memory), tally.fail)
        for posting in _with_progress(context, found):
            tally.add(posting)
            rows.append(row_of(posting))
    except HarvestError as refused:
        error = f"{refused.error_code}: {refused.message}"
    except Transient as trouble:
        if not _is_final(context, trouble):
            raise
        error = f"{trouble.error_code}: {trouble.message}"
    listed = frozenset(tally.failed_ids.union(row["source_id"] for row in rows))
    return _Harvested(started, rows, listed, tally.report(error or None), promises)


def _is_final(context: Context, trouble: Transient) -> bool:
    return context.attempt >= _ATTEMPTS or (trouble.retry_after or 0) > _WORTH_WAITING


def check_missing(context: Context) -> Done:
    """Ask for the pages of postings that the board no longer lists; those that are gone need not wait to be closed."""
    settings = context.services.settings
    name = context.payload["source"]
    with transaction() as session:
        missing = postings.missing(session, name, limit=_CHECKED_AT_ONCE)
    client = client_of(context.services, board_of(settings, name, live=bool(context.payload["live"])))
    gone = [source_id for source_id, url in missing if _is_gone(client, url)]

    def save(session: Session) -> None:
        postings.close_gone(session, name, gone, now=utc_now())

    return Done(save=save, message=f"{len(gone)} of {len(missing)} missing postings are gone")


def _is_gone(client: PoliteClient, url: str) -> bool:
    """Only 404 and 410 say so; a page that cannot be reached or may not be asked for says nothing."""
    try:
        client.get(url)
    except Gone:
        return True
    except (HarvestError, Transient):
        return False
    return False


@dataclass(frozen=True)
class _Outcome:
    source: str
    harvested: _Harvested
    verdict: Verdict

    @property
    def status(self) -> str:
        """A board that gave nothing but an error has failed; one that gave less than it should is degraded."""
        if self.harvested.report.error and not self.harvested.rows:
            return "failed"
        return "degraded" if self.verdict.degraded else "completed"

    @property
    def reason(self) -> str:
        return " ".join(filter(None, (*self.verdict.reasons, self.harvested.report.note)))

    @property
    def message(self) -> str:
        return f"{self.source}: {len(self.harvested.rows)} postings" + (f" ({self.reason})" if self.reason else "")


def _store(session: Session, context: Context, outcome: _Outcome) -> Mapping[str, Any]:
    harvested = outcome.harvested
    written = postings.upsert(session, harvested.rows, now=harvested.started)
    closed = 0
    if outcome.status == "completed":
        closed = postings.close_unseen(
            session, outcome.source, harvested.listed, patience=_MISSED_AT_MOST, now=harvested.started
        )
    counts = {
        "found": len(harvested.rows),
        "new": len(written.new),
        "closed": closed,
        "failures": harvested.report.failures,
    }
    harvests.record(
        session,
        run_id=context.run_id,
        source=outcome.source,
        status=outcome.status,
        reason=outcome.reason or None,
        counts=counts,
        report=harvested.report.as_json(),
        now=utc_now(),
    )
    return counts


def _with_progress(context: Context, found: Iterable[Posting]) -> Iterator[Posting]:
    started = time.monotonic()
    for number, posting in enumerate(found, 1):
        if number % _REPORT_EVERY == 0:
            context.report(min(60, 10 + number // 10), f"{number} postings so far")
        yield posting
        if time.monotonic() - started > _FETCH_ENOUGH:
            raise TookTooLong(f"After {_FETCH_ENOUGH / 60:.0f} minutes the board was not read to its end.")


def _refuse_while_resting(name: str, history: Sequence[Harvest]) -> None:
    """A board that failed again and again is left alone for a while. Raises SourceResting."""
    until = breaker_of(history).rests_until(utc_now())
    if until is not None:
        raise SourceResting(f"{name} failed again and again and rests until {until:%d %b %H:%M} UTC.")


HARVEST = Pipeline(
    "harvest",
    (
        Stage("planning", plan, queue=DEFAULT, progress=5),
        Stage("gathering", gather, queue=DEFAULT, progress=90),
    ),
)
HARVEST_SOURCE = Pipeline(
    "harvest_source",
    (
        Stage("fetching", fetch, queue=SCRAPE, progress=10, attempts=_ATTEMPTS, time_limit=_FETCH_LIMIT),
        Stage("checking_missing", check_missing, queue=SCRAPE, progress=62, time_limit=timedelta(minutes=10)),
        Stage("linking", link, queue=DEFAULT, progress=65, time_limit=timedelta(minutes=10)),
        Stage("generating_embeddings", embed, queue=EMBEDDINGS, progress=70, time_limit=timedelta(minutes=15)),
    ),
)
