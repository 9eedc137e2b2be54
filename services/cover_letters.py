"""Cover letters: asking for one, and keeping what was written."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from core.errors import BadRequest
from core.settings import Settings
from models.match import GeneratedContent
from models.run import TERMINAL, Run
from services import matches, postings, resume_readings
from services.letters.writer import Letter
from services.llm.asking import MAX_INPUT_TOKENS
from services.runs.accepting import Accepted, NewRun, accept

KIND = "cover_letter"
_CHARACTERS_PER_TOKEN = 4  # of English prose, for the local writer, who has no tokens of his own


@dataclass(frozen=True)
class Prices:
    """Credits per 1,000 tokens of the method in force; zero for the local writer unless an operator prices it."""

    per_1k_input: float
    per_1k_output: float

    @classmethod
    def of(cls, settings: Settings) -> "Prices":
        if not settings.credits_enforced:
            return cls(0.0, 0.0)
        if settings.llm_provider == "local":
            return cls(0.0, settings.local_credits_per_1k_output)
        return cls(settings.llm_credits_per_1k_input, settings.llm_credits_per_1k_output)

    def cost(self, *, input_tokens: int, output_tokens: int) -> int:
        """Whole credits, rounded up."""
        return ceil((input_tokens * self.per_1k_input + output_tokens * self.per_1k_output) / 1000)


@dataclass(frozen=True)
class Requested:
    """Either a text that exists already, or the run that writes it."""

    content: GeneratedContent | None
    run: Accepted | None


def request(
    session: Session, settings: Settings, *, user_id: int, match_id: int, tone: str = "formal", fresh: bool = False
) -> Requested:
    """The letter for a match: the one in store, or a run with its price reserved.

    Raises:
        NotFound: no such match. BadRequest: no résumé has been read. PaymentRequired.
    """
    match = matches.get(session, match_id, user_id=user_id)
    reading = resume_readings.latest(session, user_id)
    if reading is None:
        raise BadRequest("Upload a résumé first: a letter is written from it.", code="NO_RESUME")
    posting = postings.get_visible(session, match.posting_id, user_id=user_id)
    digest = input_hash(settings, profile=reading.profile, content_hash=posting.content_hash, tone=tone)
    written = None if fresh else stored(session, user_id, posting.id, digest)
    if written is not None:
        return Requested(written, None)
    if (writing := _being_written(session, user_id, digest)) is not None:
        return Requested(None, writing)
    payload = {"posting_id": posting.id, "reading_id": reading.id, "tone": tone, "input_hash": digest}
    new = NewRun(KIND, payload, user_id=user_id, reserve=most(settings))
    return Requested(None, accept(session, new))


def most(settings: Settings) -> int:
    """The most one letter can cost: the writer's limits on what it sends and receives, at the prices in force."""
    return Prices.of(settings).cost(input_tokens=MAX_INPUT_TOKENS, output_tokens=settings.llm_max_completion_tokens)


def cost_of(settings: Settings, letter: Letter) -> int:
    """What a written letter costs, in credits; at most `most` as long as the provider keeps to its limits."""
    written = letter.output_tokens
    if settings.llm_provider == "local":
        written = min(ceil(len(letter.text) / _CHARACTERS_PER_TOKEN), settings.llm_max_completion_tokens)
    return Prices.of(settings).cost(input_tokens=letter.input_tokens, output_tokens=written)


def input_hash(settings: Settings, *, profile: Mapping[str, Any] | None, content_hash: str, tone: str) -> str:
    """Names a letter by everything that shapes it: résumé profile as it stands now, posting, tone, method."""
    method = [settings.llm_provider, settings.llm_model]
    shaped_by = json.dumps([profile, content_hash, tone, *method], sort_keys=True)
    return hashlib.sha256(shaped_by.encode()).hexdigest()


def stored(session: Session, user_id: int, posting_id: int, digest: str) -> GeneratedContent | None:
    return session.scalars(
        select(GeneratedContent).where(
            GeneratedContent.user_id == user_id,
            GeneratedContent.posting_id == posting_id,
            GeneratedContent.kind == KIND,
            GeneratedContent.input_hash == digest,
        )
    ).one_or_none()


def _being_written(session: Session, user_id: int, digest: str) -> Accepted | None:
    """The run that is already writing this letter: a second click waits for it and pays nothing.

    The advisory lock makes two requests at once take turns, so that the second one sees the first one's run.
    """
    session.execute(text("select pg_advisory_xact_lock(7316004, :user)"), {"user": user_id % 2**31})
    run_id = session.scalar(
        select(Run.id).where(
            Run.user_id == user_id,
            Run.pipeline == KIND,
            Run.status.not_in(TERMINAL),
            Run.payload["input_hash"].as_string() == digest,
        )
    )
    return Accepted(run_id, replayed=True) if run_id else None


def save(
    session: Session,
    *,
    user_id: int,
    run_id: UUID,
    payload: Mapping[str, Any],
    letter: Letter,
) -> int:
    """Keep a written letter and answer its id; a fresh one for the same inputs replaces the last."""
    values = {
        "run_id": run_id,
        "text": letter.text,
        "method": letter.method,
        "dropped_claims": [claim.text for claim in letter.dropped],
    }
    content_id: int = session.execute(
        insert(GeneratedContent)
        .values(
            user_id=user_id,
            posting_id=payload["posting_id"],
            kind=KIND,
            tone=payload["tone"],
            input_hash=payload["input_hash"],
            **values,
        )
        .on_conflict_do_update(index_elements=["user_id", "posting_id", "kind", "input_hash"], set_=values)
        .returning(GeneratedContent.id)
    ).scalar_one()
    return content_id


def get(session: Session, content_id: int) -> GeneratedContent:
    return session.get_one(GeneratedContent, content_id)


def newest(session: Session, user_id: int, posting_ids: Sequence[int]) -> dict[int, str]:
    """The newest letter for each posting that has one."""
    rows = session.execute(
        select(GeneratedContent.posting_id, GeneratedContent.text)
        .where(
            GeneratedContent.user_id == user_id,
            GeneratedContent.posting_id.in_(posting_ids),
            GeneratedContent.kind == KIND,
        )
        .order_by(GeneratedContent.id)
    )
    return dict(rows.all())
