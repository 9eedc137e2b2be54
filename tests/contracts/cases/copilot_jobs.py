"""The copilot: a person's jobs, the catalogue beside them, the market, and figures over both."""

from core.clock import utc_now
from core.db import transaction
from services import postings
from tests.api.test_copilot_jobs import JOB
from tests.contracts.cases.world import Response, World, case, refusal
from tests.services.test_postings import row

JOBS = "/api/v1/jobs"


def _posted() -> None:
    pay = {"salary_min": 50_000, "salary_max": 60_000, "salary_currency": "EUR"}
    rows = [row(number, posted_at=utc_now(), tags=["fintech"], seniority="senior", **pay) for number in range(3)]
    with transaction() as session:
        postings.upsert(session, rows, now=utc_now())


def _made(world: World) -> str:
    return f"{JOBS}/{world.post(JOBS, world.ada(), JOB).json()['id']}"


@case("copilot.jobs.list")
def _list(world: World) -> Response:
    _made(world)
    return world.get(JOBS, world.ada(), skip=0, limit=10)


@refusal("copilot.jobs.list", 400)
def _list_before_the_first(world: World) -> Response:
    return world.get(JOBS, world.ada(), skip=-1)


@case("copilot.jobs.create")
def _create(world: World) -> Response:
    return world.post(JOBS, world.ada(), JOB)


@refusal("copilot.jobs.create", 422)
def _create_nameless(world: World) -> Response:
    return world.post(JOBS, world.ada(), {"title": "Developer"})


@case("copilot.jobs.get")
def _get(world: World) -> Response:
    return world.get(_made(world), world.ada())


@refusal("copilot.jobs.get", 404)
def _get_none(world: World) -> Response:
    return world.get(f"{JOBS}/987654", world.ada())


@case("copilot.jobs.update")
def _update(world: World) -> Response:
    return world.ask("PATCH", _made(world), world.ada(), json={"status": "applied"})


@refusal("copilot.jobs.update", 404)
def _update_none(world: World) -> Response:
    return world.ask("PATCH", f"{JOBS}/987654", world.ada(), json={"status": "applied"})


@refusal("copilot.jobs.update", 422)
def _update_wrongly(world: World) -> Response:
    return world.ask("PATCH", _made(world), world.ada(), json={"status": "hired"})


@case("PUT /api/v1/jobs/{job_id}")
def _put(world: World) -> Response:
    return world.put(_made(world), world.ada(), {"notes": "Ask Grace"})


@case("copilot.jobs.delete")
def _delete(world: World) -> Response:
    return world.ask("DELETE", _made(world), world.ada())


@refusal("copilot.jobs.delete", 404)
def _delete_none(world: World) -> Response:
    return world.ask("DELETE", f"{JOBS}/987654", world.ada())


@case("copilot.jobs.search")
def _search(world: World) -> Response:
    _posted()
    _made(world)
    answer = world.get(f"{JOBS}/search", world.ada(), query="python", limit=10)
    assert len(answer.json()) == 4
    return answer


@case("copilot.jobs.recommendations")
def _recommendations(world: World) -> Response:
    _made(world)
    answer = world.get(f"{JOBS}/recommendations", world.ada(), min_match_score=0)
    assert len(answer.json()) == 1
    return answer


@case("copilot.jobs.insights")
def _insights(world: World) -> Response:
    _posted()
    _made(world)
    return world.get(f"{JOBS}/insights", world.ada(), timeframe_days=30)


@case("GET /api/v1/jobs/available")
def _available(world: World) -> Response:
    _posted()
    return world.get(f"{JOBS}/available", world.ada())


@case("copilot.market.trends")
def _trends(world: World) -> Response:
    _posted()
    answer = world.get("/api/v1/market/trends", world.ada(), time_range=30)
    assert all(answer.json()[name] for name in ("top_skills", "top_locations", "top_companies", "industry_trends"))
    return answer


@case("copilot.market.salary_insights")
def _salaries(world: World) -> Response:
    _posted()
    answer = world.get("/api/v1/market/salary-insights", world.ada(), role="developer")
    assert all(answer.json()[name] for name in ("by_role", "by_location", "by_experience", "currency_breakdown"))
    return answer
