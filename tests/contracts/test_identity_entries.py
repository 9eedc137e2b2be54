"""Who is asking, entry by entry: path, method, guard and success status as the four contracts publish them."""

import pytest

from api.app import create_app

PUBLIC, BEARER, COOKIE_TOO = "nobody", "bearer", "bearer or cookie"

ENTRIES = [
    # agent
    ("POST", "/auth/register", 201, PUBLIC),
    ("POST", "/auth/login", 200, PUBLIC),
    ("POST", "/auth/logout", 200, BEARER),
    ("GET", "/auth/me", 200, BEARER),
    ("GET", "/api/profile", 200, BEARER),
    ("PUT", "/api/profile", 200, BEARER),
    ("GET", "/api/admin/users", 200, BEARER),
    ("PUT", "/api/admin/users/{user_id}", 200, BEARER),
    ("POST", "/api/admin/allowlist", 201, BEARER),
    ("GET", "/api/admin/allowlist", 200, BEARER),
    ("DELETE", "/api/admin/allowlist/{email}", 204, BEARER),
    # analyzer
    ("POST", "/api/auth/signup", 201, PUBLIC),
    ("POST", "/api/auth/login", 200, PUBLIC),
    ("POST", "/api/auth/logout", 200, COOKIE_TOO),
    # copilot
    ("POST", "/api/v1/auth/register", 200, PUBLIC),
    ("POST", "/api/v1/auth/login", 200, PUBLIC),
    ("POST", "/api/v1/auth/logout", 200, PUBLIC),
    ("GET", "/api/v1/auth/me", 200, COOKIE_TOO),
    ("GET", "/api/v1/auth/oauth/google/login", 302, PUBLIC),
    ("GET", "/api/v1/auth/oauth/google/callback", 200, PUBLIC),
    ("GET", "/api/v1/users/me/profile", 200, COOKIE_TOO),
    ("PUT", "/api/v1/users/me/profile", 200, COOKIE_TOO),
    ("GET", "/api/v1/users/me/settings", 200, COOKIE_TOO),
    ("PUT", "/api/v1/users/me/settings", 200, COOKIE_TOO),
    ("POST", "/api/v1/users/me/change-password", 200, COOKIE_TOO),
    ("GET", "/api/v1/profile", 200, COOKIE_TOO),
    ("PUT", "/api/v1/profile", 200, COOKIE_TOO),
    # tracker
    *(
        ("POST", f"/auth/cognito/{name}", 200, PUBLIC)
        for name in ("signup", "confirm", "login", "challenge", "mfa/setup", "mfa/verify", "refresh", "logout")
    ),
    ("POST", "/auth/cognito/verification/send", 200, PUBLIC),
    ("POST", "/auth/cognito/verification/confirm", 200, PUBLIC),
    ("GET", "/users/me", 200, BEARER),
    ("POST", "/users/me/change-password", 200, BEARER),
    ("GET", "/users/me/settings", 200, BEARER),
    ("PUT", "/users/me/settings", 200, BEARER),
    ("PATCH", "/users/me/ui-preferences", 200, BEARER),
    ("GET", "/admin/rate-limits/status", 200, BEARER),
    ("POST", "/admin/rate-limits/reset", 200, BEARER),
    ("POST", "/admin/rate-limits/override", 200, BEARER),
]
APP = create_app()
DOCUMENT = APP.openapi()


@pytest.mark.parametrize(("method", "path", "status", "guard"), ENTRIES, ids=[f"{one[0]} {one[1]}" for one in ENTRIES])
def test_it_is_published(method: str, path: str, status: int, guard: str) -> None:
    found = DOCUMENT["paths"][path][method.lower()]
    assert str(status) in found["responses"]
    assert bool(found.get("security")) == (guard != PUBLIC)
    if guard != PUBLIC:
        assert APP.state.doors.of(path).accepts_cookie == (guard == COOKIE_TOO)
