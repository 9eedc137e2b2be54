"""`matching`: a person's newest résumé against the open postings of the catalogue.

Candidates come from Postgres, scores from pure arithmetic; this file only translates between the two.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from core.clock import utc_now
from core.db import transaction
from core.errors import BadRequest
from core.queue import DEFAULT
from models.posting import Posting
from models.resume import ResumeReading
from models.user import UserProfile
from pipelines.pipeline import Context, Done, Pipeline, Stage
from services import accounts, matches, resume_readings
from services.matches import Candidate, Scored
from services.matching.explaining import analysis_text, reasoning
from services.matching.facts import HeldTitle, Person, PostingFacts, Weights
from services.matching.places import country_of
from services.matching.score import score
from services.matching.titles import level_of
from services.skills.vocabulary import canonical, find

GOOD = 60.0  # every match from here on is kept
BEST = 50  # and this many of the best, however low they score


def match(context: Context) -> Done:
    """Score all candidates and keep the good ones. Raises BadRequest without a résumé that was read."""
    now = utc_now()
    with transaction() as session:
        reading = resume_readings.latest(session, context.owner)
        if reading is None or reading.profile is None:
            raise BadRequest("Upload a résumé first: postings are matched with it.", code="NO_RESUME")
        person = person_of(reading.profile, accounts.profile(session, context.owner), now.date())
        found = _candidates(session, context.owner, reading, person)
    facts = [facts_of(one) for one in found]
    scores = score(person, facts, Weights(), as_of=now.date())
    possible = [one for one in scores if not one.stops]
    best = sorted(possible, key=lambda one: (-one.total, one.posting_id))
    kept = [one for place, one in enumerate(best) if place < BEST or one.total >= GOOD]
    rows = [Scored(one.posting_id, one.total, reasoning(one), analysis_text(one)) for one in kept]

    def save(session: Session) -> Mapping[str, Any]:
        created, updated = matches.store(session, context.owner, reading.id, rows, now=now)
        return {"matches_created": created, "matches_updated": updated, "total_jobs_processed": len(facts)}

    return Done(save=save, message=f"{len(rows)} matches among {len(facts)} postings")


def _candidates(session: Session, user_id: int, reading: ResumeReading, person: Person) -> Sequence[Candidate]:
    model, vector = resume_readings.mean_embedding(session, reading.id) or ("", None)
    return matches.candidates(
        session,
        user_id=user_id,
        vector=vector,
        model=model,
        skills=sorted(person.skills or ()),
        titles=[*person.roles_wanted, *(held.text for held in person.titles)],
    )


def person_of(profile: Mapping[str, Any], account: UserProfile, today: date) -> Person:
    """The résumé says what a person can, the account what they want."""
    wishes = account.preferences
    named = [*profile["skills"], *account.skills, *_shown_at_work(profile)]
    titles = tuple(HeldTitle(job["title"], _until(job)) for job in profile["experience"] if job["title"])
    return Person(
        skills=frozenset(canonical(name) or name for name in named),
        titles=titles,
        roles_wanted=tuple(wishes.get("target_roles", ())),
        years=account.experience_years or profile["years_of_experience"] or None,
        seniority=level_of(titles[0].text) if titles else None,
        location=profile["location"],
        country=country_of(profile["location"]),
        countries_wanted=frozenset(filter(None, map(country_of, wishes.get("preferred_countries", ())))),
        work_types=frozenset(wishes.get("remote_types", ())),
        only_remote=bool(wishes.get("remote_only")),
        job_types=frozenset(wishes.get("job_types", ())),
        salary_min=wishes.get("min_salary"),
        salary_max=wishes.get("max_salary"),
        currency=wishes.get("salary_currency"),
        needs_visa=bool(wishes.get("needs_visa_sponsorship")),
    )


def _shown_at_work(profile: Mapping[str, Any]) -> list[str]:
    """Skills that what was done names, listed or not: who raised coverage with pytest knows pytest."""
    done = [line for job in profile["experience"] for line in (job["description"], *job["highlights"])]
    return [mention.skill for mention in find("\n".join(done))]


def _until(job: Mapping[str, Any]) -> date | None:
    """The last day of a position; None while it is held or when the résumé does not say."""
    end = job["end"]
    if job["current"] or not end[:4].isdigit():
        return None
    month = int(end[5:7]) if len(end) > len("2021") else 12
    following = date(int(end[:4]) + month // 12, month % 12 + 1, 1)
    return following - timedelta(days=1)


def facts_of(candidate: Candidate) -> PostingFacts:
    """A posting as the score sees it; what its text asks for was read when it was harvested."""
    posting: Posting = candidate.posting
    asked = posting.requirements
    return PostingFacts(
        id=posting.id,
        title=posting.title,
        company=posting.company,
        text=posting.description,
        skills_required=frozenset(asked.get("required", ())),
        skills_preferred=frozenset(asked.get("preferred", ())),
        years_min=asked.get("years_min"),
        years_max=asked.get("years_max"),
        seniority=posting.seniority or asked.get("seniority"),
        remote_type=posting.remote_type,
        job_type=posting.job_type,
        location=posting.location,
        country=country_of(posting.location),
        regions=tuple(posting.eligible_regions),
        salary_min=posting.salary_min,
        salary_max=posting.salary_max,
        currency=posting.salary_currency,
        visa_sponsorship=posting.visa_sponsorship if posting.visa_sponsorship is not None else asked.get("visa"),
        similarity=candidate.similarity,
    )


MATCHING = Pipeline("matching", (Stage("scoring", match, queue=DEFAULT, progress=20),))
