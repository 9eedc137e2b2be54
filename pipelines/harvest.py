"""`harvest`: a fan-out over sources. `harvest_source`: one board's postings, fetched, judged, stored, embedded.

A harvest that brought nothing, or whose fields thinned out against its own history, is degraded: what it did bring is
kept, and nothing is closed because of it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.errors import Transient
from core.queue import DEFAULT, EMBEDDINGS, SCRAPE
from core.settings import Settings
from models.harvest import Harvest
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.postings import embed, link, row_of
from scrapers.board import Board
from scrapers.errors import Gone, HarvestError
from scrapers.health import HarvestReport, Tally, Verdict, assess
from scrapers.http.address import AddressGuard
from scrapers.http.breaker import Breaker
from scrapers.http.client import Limits, PoliteClient
from scrapers.posting import Posting
from scrapers.registry import get
from services import harvests, popular_skills, postings
from services.runs.accepting import NewRun

_REPORT_EVERY = 50
_MISSED_AT_MOST = 3  # a posting is closed when so many believed harvests in a row did not bring it
_CHECKED_AT_ONCE = 10
_SOON = 0.9  # of a board's least interval: slots begin a little early and a little late


def plan(context: Context) -> Done:
    """One child per source that may be asked again by now. Raises NotFound for an unknown name, before any starts."""
    settings = context.services.settings
    named = list(dict.fromkeys(list(context.payload["sources"]) or list(settings.harvest_sources)))
    live = bool(context.payload.get("live"))
    with transaction() as session:
        asked = harvests.last_asked(session, named)
    resting = {name for name in named if _too_soon(_board(settings, name, live=live), settings, asked.get(name))}
    names = [name for name in named if name not in resting]
    children = [
        NewRun(
            "harvest_source",
            {"source": name, "live": live},
            user_id=context.user_id,
            parent_id=context.run_id,
            idempotency_key=f"{context.run_id}:{name}",
        )
        for name in names
    ]
    said = [f"Asking {', '.join(names)}"] if names else []
    said += [f"asked not long ago: {', '.join(sorted(resting))}"] if resting else []
    return Done(children=children, message="; ".join(said))


def gather(context: Context) -> Done:
    with transaction() as session:
        totals = harvests.totals(session, context.run_id)

    def save(session: Session) -> Mapping[str, Any]:
        postings.close_expired(session, now=utc_now())
        popular_skills.recount(session)
        return totals

    return Done(save=save, message=f"{totals['found']} postings, {totals['new']} new")


def fetch(context: Context) -> Done:
    """Fetch a whole board, judge the answer against the board's own history, store what came."""
    settings = context.services.settings
    name = context.payload["source"]
    started = utc_now()
    with transaction() as session:
        history = harvests.history(session, name)
    _refuse_while_resting(name, history, started)
    board = _board(settings, name, live=bool(context.payload["live"]))
    tally = Tally()
    rows: list[dict[str, Any]] = []
    error = ""
    try:
        for posting in _with_progress(context, board.postings(_client(context, settings, board), tally.fail)):
            tally.add(posting)
            rows.append(row_of(posting))
    except HarvestError as refused:
        error = f"{refused.error_code}: {refused.message}"
    report = tally.report(error or None)
    believed = [HarvestReport.from_json(one.report) for one in reversed(history) if one.status == "completed"]
    outcome = _Outcome(name, started, rows, report, assess(report, believed, board.promises))

    def save(session: Session) -> Mapping[str, Any]:
        return _store(session, context, outcome)

    return Done(save=save, message=outcome.message)


def check_missing(context: Context) -> Done:
    """Ask for the pages of postings that the board no longer lists; those that are gone need not wait to be closed."""
    settings = context.services.settings
    name = context.payload["source"]
    with transaction() as session:
        missing = postings.missing(session, name, limit=_CHECKED_AT_ONCE)
    client = _client(context, settings, _board(settings, name, live=bool(context.payload["live"])))
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
    started: datetime
    rows: Sequence[Mapping[str, Any]]
    report: HarvestReport
    verdict: Verdict

    @property
    def status(self) -> str:
        """A board that gave nothing but an error has failed; one that gave less than it should is degraded."""
        if self.report.error and not self.rows:
            return "failed"
        return "degraded" if self.verdict.degraded else "completed"

    @property
    def reason(self) -> str:
        return " ".join(self.verdict.reasons)

    @property
    def message(self) -> str:
        return f"{self.source}: {len(self.rows)} postings" + (f" ({self.reason})" if self.reason else "")


def _store(session: Session, context: Context, outcome: _Outcome) -> Mapping[str, Any]:
    written = postings.upsert(session, outcome.rows, now=outcome.started)
    closed = 0
    if outcome.status == "completed":
        seen = {row["source_id"] for row in outcome.rows}
        closed = postings.close_unseen(session, outcome.source, seen, patience=_MISSED_AT_MOST, now=outcome.started)
    counts = {
        "found": len(outcome.rows),
        "new": len(written.new),
        "closed": closed,
        "failures": outcome.report.failures,
    }
    harvests.record(
        session,
        run_id=context.run_id,
        source=outcome.source,
        status=outcome.status,
        reason=outcome.reason or None,
        counts=counts,
        report=outcome.report.as_json(),
        now=utc_now(),
    )
    return counts


def _board(settings: Settings, name: str, *, live: bool) -> Board:
    return get(name, None if live else settings.harvest_base_urls.get(name))


def _is_local(board: Board, settings: Settings) -> bool:
    """The operator pointed it at a server of theirs: no stranger is bothered."""
    return board.base_url in settings.harvest_base_urls.values()


def _too_soon(board: Board, settings: Settings, last: datetime | None) -> bool:
    if last is None or _is_local(board, settings):
        return False
    return utc_now() - last < _SOON * board.min_interval


def _client(context: Context, settings: Settings, board: Board) -> PoliteClient:
    """Private addresses are refused, except where the operator pointed a source at one."""
    local = _is_local(board, settings)
    limits = Limits() if not local else replace(Limits(), interval=0.0)
    return PoliteClient(
        contact=settings.harvest_contact,
        gate=context.services.rate_gate,
        limits=limits,
        guard=AddressGuard(allow_private=local),
    )


def _with_progress(context: Context, found: Iterable[Posting]) -> Iterable[Posting]:
    for number, posting in enumerate(found, 1):
        if number % _REPORT_EVERY == 0:
            context.report(min(60, 10 + number // 10), f"{number} postings so far")
        yield posting


def _refuse_while_resting(name: str, history: Sequence[Harvest], now: datetime) -> None:
    """A board that failed again and again is left alone for a while. Raises Transient with when to come back."""
    breaker = Breaker()
    for past in reversed(history):
        ended = past.finished_at if past.status == "failed" else None
        breaker = breaker.after_failure(ended) if ended else breaker.after_success()
    until = breaker.open_until()
    if until is not None and not breaker.allows(now):
        wait = (until - now).total_seconds()
        raise Transient(f"{name} failed {breaker.failures} times and rests", retry_after=wait, code="SOURCE_RESTING")


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
        Stage("fetching", fetch, queue=SCRAPE, progress=10, time_limit=timedelta(minutes=15)),
        Stage("checking_missing", check_missing, queue=SCRAPE, progress=62, time_limit=timedelta(minutes=10)),
        Stage("linking", link, queue=DEFAULT, progress=65, time_limit=timedelta(minutes=10)),
        Stage("generating_embeddings", embed, queue=EMBEDDINGS, progress=70, time_limit=timedelta(minutes=15)),
    ),
)
