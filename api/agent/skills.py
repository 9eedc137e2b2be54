"""`/api/skills`: what the market calls skills, and what people add."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.agent.schemas_postings import CountedSkill, CountedSkills, Plain, SkillIn, SkillKept, SkillNames
from api.auth import CurrentCaller
from api.deps import Tx
from services import popular_skills

router = APIRouter(prefix="/api/skills", tags=["agent: skills"])


@router.get("/popular")
def list_popular(
    session: Tx,
    limit: Annotated[int, Query(ge=10, le=500)] = 100,
    search: Annotated[Plain | None, Query(min_length=1, max_length=100)] = None,
) -> SkillNames:
    found = popular_skills.popular(session, search=search, limit=limit)
    return SkillNames(skills=list(found), total=len(found))


@router.get("/from-jobs")
def list_from_jobs(
    session: Tx,
    limit: Annotated[int, Query(ge=10, le=200)] = 50,
    search: Annotated[Plain | None, Query(max_length=100)] = None,
) -> CountedSkills:
    found = popular_skills.of_postings(session, search=search, limit=limit)
    return CountedSkills(skills=[CountedSkill(skill=skill, count=count) for skill, count in found])


@router.post("/custom", status_code=201)
def add_custom(session: Tx, caller: CurrentCaller, body: SkillIn) -> SkillKept:
    kept = popular_skills.keep_custom(session, body.skill, user_id=caller.id)
    return SkillKept.of(kept.skill, created=kept.created)
