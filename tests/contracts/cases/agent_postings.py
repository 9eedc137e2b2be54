"""The agent: jobs, a person's own jobs, matches, skills, letters."""

from core.clock import utc_now
from core.db import transaction
from services import popular_skills, postings
from tests.api.test_agent_door import working
from tests.api.test_agent_postings import JOB
from tests.contracts.cases.world import Response, World, case, refusal
from tests.pipelines.test_resume_analysis import RESUME as _CV
from tests.services.test_postings import row

_TEXT = "Data Engineer at Globex\nParis, France\nRemote, full-time, 60k-70k EUR. You know Spark and Airflow."


def _posted() -> int:
    with transaction() as session:
        (one,) = postings.upsert(session, [row(1, skills=["Python"], tags=["python"])], now=utc_now()).new
        popular_skills.recount(session)
        return one


def _kept(world: World) -> int:
    return int(world.post("/api/user-jobs", world.ada(), JOB).json()["id"])


def _match(world: World) -> int:
    """Of the caller's own job, as the pipeline makes it."""
    _kept(world)
    world.work()
    return int(world.get("/api/matches", world.ada(), min_score=0).json()["matches"][0]["id"])


def _letter(world: World, match_id: int) -> Response:
    with working(world.services):
        return world.post(f"/api/matches/{match_id}/generate-cover-letter", world.ada())


@case("agent.jobs.list")
def _jobs(world: World) -> list[Response]:
    _posted()
    return [world.get("/api/jobs", limit=5)]


@case("agent.jobs.get")
def _job(world: World) -> Response:
    return world.get(f"/api/jobs/{_posted()}")


@case("agent.jobs.refresh")
def _refresh(world: World) -> Response:
    return world.post("/api/jobs/refresh", world.ada())


@case("agent.user_jobs.parse")
def _parse(world: World) -> Response:
    return world.post("/api/user-jobs/parse", world.ada(), {"job_text": _TEXT})


@case("agent.user_jobs.create")
def _create(world: World) -> Response:
    return world.post("/api/user-jobs", world.ada(), JOB)


@case("agent.user_jobs.list")
def _own_jobs(world: World) -> Response:
    _kept(world)
    return world.get("/api/user-jobs", world.ada())


@case("agent.user_jobs.get")
def _own_job(world: World) -> Response:
    return world.get(f"/api/user-jobs/{_kept(world)}", world.ada())


@case("agent.user_jobs.update")
def _change_job(world: World) -> Response:
    return world.put(f"/api/user-jobs/{_kept(world)}", world.ada(), {"title": "Go Developer"})


@case("agent.user_jobs.delete")
def _delete_job(world: World) -> Response:
    return world.ask("DELETE", f"/api/user-jobs/{_kept(world)}", world.ada())


@case("agent.matches.list")
def _matches(world: World) -> Response:
    _match(world)
    return world.get("/api/matches", world.ada(), min_score=0)


@case("agent.matches.update_status")
def _applied(world: World) -> Response:
    return world.put(f"/api/matches/{_match(world)}/status", world.ada(), {"status": "applied"})


@case("agent.generation.cover_letter")
def _write(world: World) -> Response:
    with working(world.services):
        world.ask("POST", "/api/profile/cv", world.ada(), files={"file": ("cv.txt", _CV)})
    return _letter(world, _match(world))


@case("agent.skills.popular")
def _popular(world: World) -> Response:
    _posted()
    return world.get("/api/skills/popular")


@case("agent.skills.custom")
def _custom(world: World) -> Response:
    return world.post("/api/skills/custom", world.ada(), {"skill": "Beekeeping"})


@refusal("agent.jobs.list", 422)
def _moon(world: World) -> Response:
    return world.get("/api/jobs", remote_type="moon")


@refusal("agent.jobs.get", 404)
def _no_job(world: World) -> Response:
    return world.get("/api/jobs/999999")


@refusal("agent.user_jobs.parse", 400)
def _too_little(world: World) -> Response:
    return world.post("/api/user-jobs/parse", world.ada(), {"job_text": "Engineer"})


@refusal("agent.user_jobs.create", 400)
def _twice(world: World) -> Response:
    _kept(world)
    return world.post("/api/user-jobs", world.ada(), JOB)


@refusal("agent.user_jobs.create", 422)
def _untitled(world: World) -> Response:
    return world.post("/api/user-jobs", world.ada(), JOB | {"title": ""})


@refusal("agent.user_jobs.get", 404)
def _no_own_job(world: World) -> Response:
    return world.get("/api/user-jobs/999999", world.ada())


@refusal("agent.matches.update_status", 404)
def _no_match(world: World) -> Response:
    return world.put("/api/matches/999999/status", world.ada(), {"status": "applied"})


@refusal("agent.matches.update_status", 422)
def _unknown_status(world: World) -> Response:
    return world.put(f"/api/matches/{_match(world)}/status", world.ada(), {"status": "moon"})


@refusal("agent.generation.cover_letter", 404)
def _letter_for_nothing(world: World) -> Response:
    return world.post("/api/matches/999999/generate-cover-letter", world.ada())


@refusal("agent.skills.custom", 422)
def _no_skill(world: World) -> Response:
    return world.post("/api/skills/custom", world.ada(), {"skill": "<script>"})
