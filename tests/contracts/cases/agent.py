"""The agent: accounts, profile, administration."""

from core.db import transaction
from core.queue import redis_client
from core.settings import get_settings
from models.user import User
from services.cache_metrics import CacheMetrics
from services.identity import passwords
from tests.api.doorways import STRONG
from tests.api.test_agent_door import working
from tests.contracts.cases.world import Response, World, case, refusal
from tests.pipelines.test_resume_analysis import RESUME

SIGN_UP = {"email": "ada@example.org", "password": STRONG}
ALLOWLIST = "/api/admin/allowlist"
_EVE = {"email": "eve@example.org"}


def _registered(world: World) -> None:
    world.post("/auth/register", body=SIGN_UP).raise_for_status()


def _upload_cv(world: World, name: str = "cv.txt", data: bytes = RESUME) -> Response:
    with working(world.services):
        return world.ask("POST", "/api/profile/cv", world.ada(), files={"file": (name, data)})


@case("agent.auth.register")
def _register(world: World) -> Response:
    return world.post("/auth/register", body=SIGN_UP)


@case("agent.auth.login")
def _log_in(world: World) -> Response:
    _registered(world)
    return world.post("/auth/login", body=SIGN_UP)


@case("agent.auth.logout")
def _log_out(world: World) -> Response:
    return world.post("/auth/logout", world.ada())


@case("agent.auth.me")
def _me(world: World) -> Response:
    return world.get("/auth/me", world.ada())


@case("agent.profile.get")
def _profile(world: World) -> Response:
    return world.get("/api/profile", world.ada())


@case("agent.profile.update")
def _change(world: World) -> Response:
    preferences = {"remote_types": ["full"], "min_salary": 1, "job_types": ["permanent"], "own": {"kept": True}}
    sent = {"full_name": "Ada", "bio": "Hi", "skills": ["Go"], "experience_years": 3, "preferences": preferences}
    return world.put("/api/profile", world.ada(), sent)


@case("agent.profile.cv_upload")
def _cv(world: World) -> Response:
    return _upload_cv(world)


@case("agent.profile.cv_parsed")
def _parsed(world: World) -> Response:
    _upload_cv(world)
    return world.get("/api/profile/cv/parsed", world.ada())


@case("agent.client.cv_parsed_put")
def _put_right(world: World) -> Response:
    _upload_cv(world)
    return world.put("/api/profile/cv/parsed", world.ada(), {"name": "Ada King"})


@case("agent.admin.users_list")
def _users(world: World) -> Response:
    world.ada_id()
    return world.get("/api/admin/users", world.boss())


@case("agent.admin.users_update")
def _change_user(world: World) -> Response:
    return world.put(f"/api/admin/users/{world.ada_id()}", world.boss(), {"is_admin": True})


@case("agent.admin.allowlist_add")
def _allow(world: World) -> Response:
    return world.post(ALLOWLIST, world.boss(), _EVE)


@case("agent.admin.allowlist_list")
def _allowed(world: World) -> Response:
    world.post(ALLOWLIST, world.boss(), _EVE)
    return world.get(ALLOWLIST, world.boss())


@case("agent.admin.allowlist_remove")
def _disallow(world: World) -> Response:
    world.post(ALLOWLIST, world.boss(), _EVE)
    return world.ask("DELETE", f"{ALLOWLIST}/EVE%40example.org", world.boss())


@case("agent.admin.cache_stats")
def _caches(world: World) -> Response:
    world.services.cache_metrics.count("cover_letter", hit=True)
    return world.get("/api/admin/cache/stats", world.boss())


@case("agent.admin.cache_reset")
def _reset(world: World) -> Response:
    return world.post("/api/admin/cache/reset-metrics", world.boss())


@refusal("agent.admin.cache_stats", 503)
def _no_redis(world: World) -> Response:
    world.replace(cache_metrics=CacheMetrics(redis_client("unix:///nowhere/redis.sock")))
    return world.get("/api/admin/cache/stats", world.boss())


@refusal("agent.admin.cache_reset", 503)
def _nothing_to_reset(world: World) -> Response:
    world.replace(cache_metrics=CacheMetrics(redis_client("unix:///nowhere/redis.sock")))
    return world.post("/api/admin/cache/reset-metrics", world.boss())


@refusal("agent.auth.register", 400)
def _taken(world: World) -> Response:
    _registered(world)
    return world.post("/auth/register", body=SIGN_UP)


@refusal("agent.auth.register", 422)
def _too_short(world: World) -> Response:
    return world.post("/auth/register", body=SIGN_UP | {"password": "short"})


@refusal("agent.auth.login", 401)
def _wrong(world: World) -> Response:
    return world.post("/auth/login", body=SIGN_UP)


@refusal("agent.auth.login", 403)
def _inactive(world: World) -> Response:
    user_id, hashed = world.ada_id(), passwords(get_settings().argon2_concurrency).hash(STRONG)
    with transaction() as session:
        user = session.get_one(User, user_id)
        user.password_hash, user.is_active = hashed, False
    return world.post("/auth/login", body={"email": user.email, "password": STRONG})


@refusal("agent.auth.login", 422)
def _no_password(world: World) -> Response:
    return world.post("/auth/login", body={"email": "ada@example.org"})


@refusal("agent.profile.update", 422)
def _too_old(world: World) -> Response:
    return world.put("/api/profile", world.ada(), {"experience_years": 71})


@refusal("agent.profile.cv_upload", 400)
def _no_cv(world: World) -> Response:
    return world.ask("POST", "/api/profile/cv", world.ada(), files={"file": ("cv.exe", b"MZ")})


@refusal("agent.profile.cv_upload", 413)
def _big_cv(world: World) -> Response:
    big = b"x" * (10 * 1024 * 1024 + 1)
    return world.ask("POST", "/api/profile/cv", world.ada(), files={"file": ("cv.txt", big)})


@refusal("agent.profile.cv_upload", 422)
def _broken_cv(world: World) -> Response:
    return _upload_cv(world, "cv.pdf", b"%PDF-1.4\n%%EOF")


@refusal("agent.profile.cv_parsed", 404)
def _nothing_parsed(world: World) -> Response:
    return world.get("/api/profile/cv/parsed", world.ada())


@refusal("agent.admin.users_update", 400)
def _own(world: World) -> Response:
    proof = world.boss()
    return world.put(f"/api/admin/users/{world.people['boss']}", proof, {"is_admin": False})


@refusal("agent.admin.users_update", 404)
def _nobody(world: World) -> Response:
    return world.put("/api/admin/users/999999", world.boss(), {"is_admin": True})


@refusal("agent.admin.allowlist_add", 400)
def _listed(world: World) -> Response:
    world.post(ALLOWLIST, world.boss(), _EVE)
    return world.post(ALLOWLIST, world.boss(), _EVE)


@refusal("agent.admin.allowlist_add", 422)
def _no_address(world: World) -> Response:
    return world.post(ALLOWLIST, world.boss(), {"email": "eve"})


@refusal("agent.admin.allowlist_remove", 404)
def _not_listed(world: World) -> Response:
    return world.ask("DELETE", f"{ALLOWLIST}/nobody%40example.org", world.boss())
