"""`user_posting`: a posting that a person keeps for themselves, embedded and scored for them alone.

Unlike `matching` it keeps the score however low it is, and needs no résumé: parts without data are neutral and say so.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.queue import DEFAULT, EMBEDDINGS
from pipelines.matching import facts_of, person_of
from pipelines.pipeline import Context, Done, Pipeline, Stage
from pipelines.postings import embed
from services import accounts, resume_readings, user_postings
from services.matches import Candidate, Scored
from services.matching.explaining import analysis_text, reasoning
from services.matching.score import score
from services.postings import vectors
from services.postings.reading import get_own

_NO_RESUME: Mapping[str, Any] = {"skills": [], "experience": [], "years_of_experience": None, "location": ""}


def match(context: Context) -> Done:
    """Raises NotFound when the posting was deleted meanwhile."""
    now = utc_now()
    with transaction() as session:
        posting = get_own(session, context.payload["posting_id"], user_id=context.owner)
        reading = resume_readings.latest(session, context.owner)
        profile = reading.profile if reading is not None and reading.profile is not None else _NO_RESUME
        person = person_of(profile, accounts.profile(session, context.owner), now.date())
        mean = resume_readings.mean_embedding(session, reading.id) if reading is not None else None
        similarity = vectors.similarity(session, posting.id, *mean) if mean is not None else None
    (one,) = score(person, [facts_of(Candidate(posting, similarity))], as_of=now.date())
    scored = Scored(one.posting_id, one.total, reasoning(one), analysis_text(one))

    def save(session: Session) -> None:
        user_postings.keep_match(session, context.owner, reading.id if reading is not None else None, scored, now=now)

    return Done(save=save, result={"score": one.total}, message=f"Scored {one.total:.0f}")


USER_POSTING = Pipeline(
    "user_posting",
    (
        Stage("generating_embeddings", embed, queue=EMBEDDINGS, progress=20),
        Stage("scoring", match, queue=DEFAULT, progress=70),
    ),
)
