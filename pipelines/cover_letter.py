"""`cover_letter`: a letter for one match, checked against its facts before anything is kept."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.db import transaction
from core.errors import NotFound
from core.queue import LLM
from models.posting import Posting
from pipelines.pipeline import Context, Done, Pipeline, Stage
from services import cover_letters, postings, resume_readings
from services.letters.facts import LetterFacts


def write(context: Context) -> Done:
    """The run id is the provider's idempotency key, so a repeated stage does not buy a second letter."""
    with transaction() as session:
        posting = postings.get_visible(session, context.payload["posting_id"], user_id=context.owner)
        reading = resume_readings.latest(session, context.owner)
        if reading is None or reading.profile is None:
            raise NotFound("The résumé of this letter was deleted.", title="Résumé not found")
    facts = LetterFacts.of(reading.profile, _about(posting))
    letter = context.services.letter_writer.write(facts, context.payload["tone"], idempotency_key=str(context.run_id))

    def save(session: Session) -> Mapping[str, Any]:
        content_id = cover_letters.save(
            session, user_id=context.owner, run_id=context.run_id, payload=context.payload, letter=letter
        )
        return {"content_id": content_id, "method": letter.method}

    cost = cover_letters.cost_of(context.services.settings, letter)
    return Done(save=save, message=f"Written by {letter.method}", cost=cost)


def _about(posting: Posting) -> dict[str, Any]:
    return {
        "title": posting.title,
        "company": posting.company or "",
        "location": posting.location,
        "description": posting.description,
        "skills": posting.skills,
    }


COVER_LETTER = Pipeline(
    "cover_letter", (Stage("writing", write, queue=LLM, progress=20, time_limit=timedelta(minutes=3)),)
)
