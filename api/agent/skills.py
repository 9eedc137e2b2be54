"""`/api/skills`: what the market calls skills, and what people add."""

from typing import Annotated

from fastapi import APIRouter, Query

from api.agent.schemas_postings import Plain, SkillIn, SkillKept, SkillNames
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


@router.post("/custom", status_code=201)
def add_custom(session: Tx, caller: CurrentCaller, body: SkillIn) -> SkillKept:
    kept = popular_skills.keep_custom(session, body.skill, user_id=caller.id)
    return SkillKept.of(kept.skill, created=kept.created)
