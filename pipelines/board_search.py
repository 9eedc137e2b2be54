"""`board_search`: what somebody wants of some boards. `board_search_source`: one of these, asked and filtered.

A board that can search is asked the question; every answer is filtered here all the same, except by words where the
board looked into texts that it does not hand out. Reading stops when enough was found. Nothing is closed.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.queue import DEFAULT, EMBEDDINGS, SCRAPE
from pipelines.harvest_boards import board_of, breaker_of, client_of, too_soon
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.postings import embed, link, row_of
from scrapers.board import Board
from scrapers.errors import HarvestError, NotConfigured
from scrapers.posting import Failure, Posting
from services import board_searches, harvests, postings
from services.matching.places import city_of, country_of
from services.runs.accepting import NewRun

_REMOTE = ("remote", "anywhere", "worldwide")


@dataclass(frozen=True)
class Question:
    """Postings that name any of `keywords`, at `location`; `most` of them. Empty asks for all."""

    keywords: tuple[str, ...]
    location: str
    most: int

    @classmethod
    def of(cls, payload: Mapping[str, Any]) -> "Question":
        return cls(tuple(payload["keywords"]), payload["location"], payload["most"])


_SEARCHING: Mapping[str, Callable[[Question], Mapping[str, Any]]] = {
    "linkedin": lambda asked: {"keywords": " OR ".join(asked.keywords), "location": asked.location},
    "adzuna": lambda asked: {"what": asked.keywords[0]} if len(asked.keywords) == 1 else {},
    "eures": lambda asked: {"keywords": asked.keywords} if len(asked.keywords) == 1 else {},
}
"""Boards that search by themselves, and the options that ask them; without an "or" they are asked for one word only."""


def plan(context: Context) -> Done:
    """One child for each board that may be asked by now. Raises NotConfigured when all of them are off."""
    question = Question.of(context.payload)
    asked: list[str] = []
    said: list[str] = []
    off: list[NotConfigured] = []
    for name in context.payload["sources"]:
        try:
            board = board_of(context.services.settings, name, live=False)
        except NotConfigured as error:
            off.append(error)
            continue
        if why := _why_wait(context, board, question):
            said.append(why)
        else:
            asked.append(name)
    if off and len(off) == len(context.payload["sources"]):
        raise off[0]
    children = [_child(context, name, most) for name, most in _shares(asked, question.most)]
    said = ([f"Asking {', '.join(asked)}"] if asked else []) + said + [error.message for error in off]
    return Done(children=children, message="; ".join(said))


def _why_wait(context: Context, board: Board, question: Question) -> str:
    """Why this board is not asked yet, or "".

    What counts is the last harvest or search; a board that searches by itself has its own answer to each question.
    """
    asks = _SEARCHING.get(board.name)
    words = {"keywords": list(question.keywords), "location": question.location} if asks and asks(question) else None
    with transaction() as session:
        rests_until = breaker_of(harvests.history(session, board.name)).rests_until(utc_now())
        times = [board_searches.last_asked(session, board.name, words)]
        if words is None:
            times.append(harvests.last_asked(session, [board.name]).get(board.name))
    if rests_until:
        return f"{board.name} failed again and again and rests until {rests_until:%d %b %H:%M} UTC"
    if too_soon(board, context.services.settings, max(filter(None, times), default=None)):
        return f"{board.name} was asked not long ago; what it had is in the catalogue"
    return ""


def _shares(names: list[str], most: int) -> Iterator[tuple[str, int]]:
    """The bound is on all boards together: each gets its share, the first ones what is left over."""
    for place, name in enumerate(names):
        share = most // len(names) + (place < most % len(names))
        if share:
            yield name, share


def _child(context: Context, name: str, most: int) -> NewRun:
    return NewRun(
        board_searches.OF_SOURCE,
        {**context.payload, "source": name, "most": most},
        user_id=context.user_id,
        parent_id=context.run_id,
        idempotency_key=f"{context.run_id}:{name}",
    )


def gather(context: Context) -> Done:
    with transaction() as session:
        totals = board_searches.totals(session, context.run_id)
    return Done(result=totals, message=f"{totals['found']} postings, {totals['new']} new")


def search(context: Context) -> Done:
    """Ask one board and keep what fits. A board that fails after it gave something keeps that, and says why.

    Raises a HarvestError when it gave nothing.
    """
    question, started = Question.of(context.payload), utc_now()
    board = _told(board_of(context.services.settings, context.payload["source"], live=False), question)
    rows: list[dict[str, Any]] = []
    failures: list[Failure] = []
    reason = ""
    try:
        for posting in board.postings(client_of(context.services, board), failures.append):
            if fits(posting, question, searched=_searches_words(board.name, question)):
                rows.append(row_of(posting))
                if len(rows) == question.most:
                    break
    except HarvestError as error:
        if not rows:
            raise
        reason = error.message

    def save(session: Session) -> None:
        postings.upsert(session, rows, now=started)

    brought = {"found": len(rows), "failures": len(failures), "reason": reason or None, "at": started.isoformat()}
    said = f"{board.name}: {len(rows)} postings" + (f" ({reason})" if reason else "")
    return Done(save=save, state=brought, message=said)


def embed_and_count(context: Context) -> Done:
    """What the search brought is the run's result, and only a run's last stage has one."""
    started = datetime.fromisoformat(context.state["at"])
    with transaction() as session:
        new = board_searches.first_seen_at(session, context.payload["source"], started)
    brought = {name: context.state[name] for name in ("found", "failures", "reason")}
    return replace(embed(context), result={**brought, "new": new})


def _told(board: Board, question: Question) -> Board:
    asks = _SEARCHING.get(board.name)
    return board.at(**asks(question)) if asks else board


def _searches_words(name: str, question: Question) -> bool:
    return name in _SEARCHING and bool(_SEARCHING[name](question))


def fits(posting: Posting, question: Question, *, searched: bool = False) -> bool:
    """Whether it names one of the words and is at the place; `searched` says that the board itself saw to the words."""
    return (searched or _names_one(posting, question.keywords)) and _is_at(posting, question.location)


def _names_one(posting: Posting, keywords: tuple[str, ...]) -> bool:
    if not keywords:
        return True
    said = "\n".join((posting.title, posting.company or "", " ; ".join(posting.tags), posting.description))
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", said, re.IGNORECASE) for word in keywords)


def _is_at(posting: Posting, location: str) -> bool:
    """In so many words, or in the country that is asked for; remote work is at "remote"."""
    wanted = location.casefold()
    if not wanted or wanted in posting.location.casefold():
        return True
    if wanted in _REMOTE:
        return posting.remote_type == "full"
    country = None if city_of(location) else country_of(location)
    return country is not None and (country_of(posting.location) == country or country in posting.eligible_regions)


BOARD_SEARCH = Pipeline(
    board_searches.PIPELINE,
    (
        Stage("planning", plan, queue=DEFAULT, progress=5),
        Stage("gathering", gather, queue=DEFAULT, progress=90),
    ),
)
BOARD_SEARCH_SOURCE = Pipeline(
    board_searches.OF_SOURCE,
    (
        Stage("fetching", search, queue=SCRAPE, progress=10, time_limit=timedelta(minutes=10)),
        Stage("linking", link, queue=DEFAULT, progress=60, time_limit=timedelta(minutes=10)),
        Stage(
            "generating_embeddings", embed_and_count, queue=EMBEDDINGS, progress=70, time_limit=timedelta(minutes=15)
        ),
    ),
)
