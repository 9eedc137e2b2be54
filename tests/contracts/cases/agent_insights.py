"""The agent: a refresh of matches, and skills against the market."""

from core.clock import utc_now
from core.db import transaction
from models.user import UserProfile
from services import popular_skills, postings
from tests.contracts.cases.world import Response, World, case, refusal
from tests.services.test_postings import row


def _market(world: World) -> None:
    pay = {"salary_min": 50_000, "salary_max": 50_000, "salary_currency": "EUR"}
    rows = [row(number, skills=["Python", "Rust"], **pay) for number in range(6)]
    with transaction() as session:
        postings.upsert(session, rows, now=utc_now())
        popular_skills.recount(session)
        session.get_one(UserProfile, world.ada_id()).skills = ["Python"]


@case("agent.matches.refresh")
def _refresh(world: World) -> list[Response]:
    return [world.post("/api/matches/refresh", world.boss())]


@refusal("agent.matches.refresh", 403)
def _refresh_as_anybody(world: World) -> Response:
    return world.post("/api/matches/refresh", world.ada())


@case("agent.matches.refresh_status")
def _refresh_status(world: World) -> list[Response]:
    before = world.get("/api/matches/refresh/status", world.boss())
    world.post("/api/matches/refresh", world.boss())
    during = world.get("/api/matches/refresh/status", world.boss())
    world.work()
    return [before, during, world.get("/api/matches/refresh/status", world.boss())]


@case("agent.insights.skills")
def _skills(world: World) -> Response:
    _market(world)
    answer = world.get("/api/insights/skills", world.ada(), refresh="true")
    assert answer.json()["recommendations"]
    return answer


@case("agent.client.insights_refresh")
def _refreshed_skills(world: World) -> Response:
    return world.post("/api/insights/skills/refresh", world.ada())


@case("agent.client.skills_from_jobs")
def _from_jobs(world: World) -> Response:
    _market(world)
    return world.get("/api/skills/from-jobs", search="py", limit=10)
