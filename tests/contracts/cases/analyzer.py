"""The analyzer: sign-in, uploads, analyses."""

from tests.api.doorways import STRONG
from tests.api.test_analyzer_actions import GOOD
from tests.contracts.cases.world import Response, World, case, refusal
from tests.services.test_resume_uploads import PDF

SIGN_UP = {"name": "Ada Byron", "email": "ada@example.org", "password": STRONG}
_NO_ID = "00000000-0000-4000-8000-000000000000"


def _uploaded(world: World, data: bytes = GOOD) -> Response:
    return world.ask("POST", "/api/upload", world.ada(), files={"resume": ("cv.pdf", data)})


def _upload_id(world: World, data: bytes = GOOD) -> int:
    return int(_uploaded(world, data).json()["id"])


def _started(world: World, data: bytes = GOOD) -> str:
    answer = world.ask("POST", "/api/analysis/start", world.ada(), params={"upload_id": _upload_id(world, data)})
    return str(answer.json()["job_id"])


def _done(world: World, data: bytes = GOOD) -> str:
    """An analysis at its end; a failed one for a file that cannot be read."""
    job_id = _started(world, data)
    world.work()
    return job_id


@case("analyzer.client.signup")
def _sign_up(world: World) -> Response:
    return world.post("/api/auth/signup", body=SIGN_UP)


@case("analyzer.auth.login")
def _log_in(world: World) -> Response:
    world.post("/api/auth/signup", body=SIGN_UP)
    return world.post("/api/auth/login", body=SIGN_UP)


@case("analyzer.client.logout")
def _log_out(world: World) -> Response:
    return world.post("/api/auth/logout", world.ada())


@case("analyzer.upload.create")
def _upload(world: World) -> Response:
    return _uploaded(world)


@case("analyzer.upload.list")
def _uploads(world: World) -> list[Response]:
    _started(world)
    answers = [world.get("/api/uploads", world.ada()), world.get("/api/uploads", world.ada(), limit=5, offset=0)]
    assert [type(one.json()) for one in answers] == [list, dict]
    return answers


@case("analyzer.analysis.start")
def _start(world: World) -> Response:
    return world.ask("POST", "/api/analysis/start", world.ada(), params={"upload_id": _upload_id(world)})


@case("analyzer.client.analyze")
def _analyze(world: World) -> Response:
    return world.ask("POST", "/api/analyze", world.ada(), params={"id": _upload_id(world), "user_id": 7})


@case("analyzer.analysis.jobs")
def _jobs(world: World) -> Response:
    _done(world)
    return world.get("/api/analysis/jobs", world.ada(), upload_id=1)


@case("analyzer.client.upload_jobs")
def _upload_jobs(world: World) -> Response:
    _done(world)
    return world.get("/api/analysis/upload-jobs", world.ada(), upload_id=1)


@case("analyzer.client.analysis_status")
def _status(world: World) -> list[Response]:
    waiting = world.get("/api/analysis/status", world.ada(), job_id=_started(world))
    return [waiting, world.get("/api/analysis/status", world.ada(), job_id=_done(world))]


@case("analyzer.client.analysis_result")
def _result(world: World) -> Response:
    return world.get("/api/analysis/result", world.ada(), job_id=_done(world))


@case("analyzer.analysis.export")
def _export(world: World) -> list[Response]:
    job_id = _done(world)
    return [
        world.get("/api/analysis/export", world.ada(), job_id=job_id, format=kind)
        for kind in ("json", "csv", "pdf", "docx")
    ]


@case("analyzer.analysis.delete_job")
def _delete(world: World) -> Response:
    return world.ask("DELETE", "/api/analysis/delete-job", world.ada(), params={"job_id": _done(world)})


@case("analyzer.analysis.retry_job")
def _retry(world: World) -> Response:
    return world.ask("POST", "/api/analysis/retry-job", world.ada(), params={"job_id": _done(world, PDF)})


@case("analyzer.client.batch_delete")
def _delete_many(world: World) -> Response:
    return world.post("/api/analysis/batch-delete", world.ada(), {"job_ids": [_done(world)]})


@case("analyzer.client.upload_delete")
def _delete_upload(world: World) -> Response:
    return world.ask("DELETE", "/api/upload/delete", world.ada(), params={"id": _upload_id(world)})


@refusal("analyzer.client.signup", 400)
def _short(world: World) -> Response:
    return world.post("/api/auth/signup", body=SIGN_UP | {"password": "short"})


@refusal("analyzer.client.signup", 409)
def _taken(world: World) -> Response:
    world.post("/api/auth/signup", body=SIGN_UP)
    return world.post("/api/auth/signup", body=SIGN_UP)


@refusal("analyzer.auth.login", 400)
def _no_password(world: World) -> Response:
    return world.post("/api/auth/login", body={"email": "ada@example.org"})


@refusal("analyzer.auth.login", 401)
def _wrong(world: World) -> Response:
    return world.post("/api/auth/login", body=SIGN_UP)


@refusal("analyzer.upload.create", 400)
def _no_file(world: World) -> Response:
    return world.ask("POST", "/api/upload", world.ada(), files={"file": ("cv.exe", b"MZ")})


@refusal("analyzer.upload.create", 413)
def _too_large(world: World) -> Response:
    return world.ask("POST", "/api/upload", world.ada(), files={"file": ("cv.pdf", PDF + b"0" * 10 * 1024 * 1024)})


@refusal("analyzer.analysis.start", 404)
def _nothing_to_start(world: World) -> Response:
    return world.ask("POST", "/api/analysis/start", world.ada(), params={"upload_id": 999999})


@refusal("analyzer.analysis.start", 400)
def _no_number(world: World) -> Response:
    return world.ask("POST", "/api/analysis/start", world.ada(), params={"upload_id": "seven"})


@refusal("analyzer.client.analysis_status", 404)
def _no_status(world: World) -> Response:
    return world.get("/api/analysis/status", world.ada(), job_id=_NO_ID)


@refusal("analyzer.client.analysis_result", 202)
def _not_yet(world: World) -> Response:
    return world.get("/api/analysis/result", world.ada(), job_id=_started(world))


@refusal("analyzer.analysis.delete_job", 400)
def _still_waiting(world: World) -> Response:
    return world.ask("DELETE", "/api/analysis/delete-job", world.ada(), params={"job_id": _started(world)})


@refusal("analyzer.analysis.retry_job", 400)
def _not_failed(world: World) -> Response:
    return world.ask("POST", "/api/analysis/retry-job", world.ada(), params={"job_id": _done(world)})


@refusal("analyzer.analysis.export", 400)
def _no_format(world: World) -> Response:
    return world.get("/api/analysis/export", world.ada(), job_id=_done(world), format="png")
