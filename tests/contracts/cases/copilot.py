"""The copilot: sign-in, the person, uploads, ingestion."""

from tests.api.doorways import STRONG
from tests.api.test_analyzer_actions import GOOD
from tests.contracts.cases.world import Response, World, case, refusal

AUTH, ME = "/api/v1/auth", "/api/v1/users/me"
SIGN_UP = {"username": "ada", "email": "ada@example.org", "password": STRONG}
_SETTINGS = {
    "daily_application_goal": 5,
    "preferred_industries": ["Rail"],
    "preferred_locations": ["Kyiv"],
    "experience_level": "senior",
}


def _registered(world: World) -> dict[str, str]:
    token = world.post(f"{AUTH}/register", body=SIGN_UP).json()["access_token"]
    world.client.cookies.clear()
    return {"Authorization": f"Bearer {token}"}


@case("copilot.auth.register")
def _register(world: World) -> Response:
    return world.post(f"{AUTH}/register", body=SIGN_UP)


@case("copilot.auth.login")
def _log_in(world: World) -> Response:
    _registered(world)
    return world.post(f"{AUTH}/login", body={"email": "ada@example.org", "password": STRONG})


@case("copilot.auth.logout")
def _log_out(world: World) -> Response:
    return world.post(f"{AUTH}/logout")


@case("copilot.auth.me")
def _me(world: World) -> Response:
    return world.get(f"{AUTH}/me", world.ada())


@case("GET /api/v1/auth/oauth/{linkedin|github}/login")
def _buttons(world: World) -> list[Response]:
    return [world.get(f"{AUTH}/oauth/{one}/login") for one in ("linkedin", "github")]


@case("GET /api/v1/profile")
def _own_profile(world: World) -> Response:
    return world.get("/api/v1/profile", world.ada())


@case("PUT /api/v1/profile")
def _change_own_profile(world: World) -> Response:
    return world.put("/api/v1/profile", world.ada(), {"skills": ["Go"], "experience_level": "mid"})


@case("GET /api/v1/users/me/profile")
def _profile(world: World) -> Response:
    return world.get(f"{ME}/profile", world.ada())


@case("PUT /api/v1/users/me/profile")
def _change_profile(world: World) -> Response:
    return world.put(f"{ME}/profile", world.ada(), {"full_name": "Ada", "photoUrl": "https://example.org/a.png"})


@case("GET /api/v1/users/me/settings")
def _settings(world: World) -> Response:
    world.put(f"{ME}/settings", world.ada(), _SETTINGS)
    return world.get(f"{ME}/settings", world.ada())


@case("PUT /api/v1/users/me/settings")
def _change_settings(world: World) -> Response:
    return world.put(f"{ME}/settings", world.ada(), _SETTINGS)


@case("POST /api/v1/users/me/change-password")
def _change_password(world: World) -> Response:
    sent = {"current_password": STRONG, "new_password": "Another-Horse-7-Battery"}
    return world.post(f"{ME}/change-password", _registered(world), sent)


@case("copilot.resume.upload")
def _upload(world: World) -> Response:
    return world.ask("POST", "/api/v1/resume/upload", world.ada(), files={"file": ("cv.pdf", GOOD)})


@case("copilot.resume.status")
def _status(world: World) -> Response:
    upload_id = _upload(world).json()["upload_id"]
    world.work()
    return world.get(f"/api/v1/resume/{upload_id}/status", world.ada())


@case("copilot.ingestion.status")
def _ingestion(world: World) -> Response:
    world.post("/api/v1/job-ingestion/run", world.ada(), {})
    return world.get("/api/v1/job-ingestion/status", world.ada())


@case("copilot.ingestion.run")
def _ingest(world: World) -> Response:
    return world.post("/api/v1/job-ingestion/run", world.ada(), {"sources": ["remoteok"]})


@case("POST /api/v1/jobs/scrape")
def _scrape(world: World) -> Response:
    return world.post("/api/v1/jobs/scrape", world.ada())


@refusal("copilot.auth.register", 400)
def _taken(world: World) -> Response:
    _registered(world)
    return world.post(f"{AUTH}/register", body=SIGN_UP)


@refusal("copilot.auth.register", 422)
def _short(world: World) -> Response:
    return world.post(f"{AUTH}/register", body=SIGN_UP | {"password": "short"})


@refusal("copilot.auth.login", 401)
def _wrong(world: World) -> Response:
    return world.post(f"{AUTH}/login", body=SIGN_UP)


@refusal("copilot.auth.login", 422)
def _neither(world: World) -> Response:
    return world.post(f"{AUTH}/login", body={"password": STRONG})


@refusal("copilot.auth.google_login", 503)
def _not_set_up(world: World) -> Response:
    return world.get(f"{AUTH}/oauth/google/login")


@refusal("copilot.resume.upload", 400)
def _no_resume(world: World) -> Response:
    return world.ask("POST", "/api/v1/resume/upload", world.ada(), files={"file": ("cv.txt", b"text")})


@refusal("copilot.resume.status", 404)
def _no_upload(world: World) -> Response:
    return world.get("/api/v1/resume/999999/status", world.ada())


@refusal("copilot.ingestion.run", 422)
def _unknown_source(world: World) -> Response:
    return world.post("/api/v1/job-ingestion/run", world.ada(), {"sources": ["moon"]})
