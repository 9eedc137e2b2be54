"""Every limit by name: so many per so many seconds, and what happens while Redis is away."""

import re
from dataclasses import dataclass

from core.settings import Settings

_HOUR = 3600
_CLOSED = "auth_"  # guessing must not become free because the counter is away

_DEFAULTS: dict[str, tuple[int, int]] = {
    "auth_signup": (5, 60),
    "auth_register": (5, _HOUR),
    "auth_confirm": (8, 60),
    "auth_login": (10, 60),  # one counter for the four log-ins: a second door must not double the guesses
    "auth_challenge": (10, 60),
    "auth_mfa_setup": (5, 60),
    "auth_mfa_verify": (10, 60),
    "auth_refresh": (12, 60),
    "auth_verification_send": (6, 60),
    "auth_verification_confirm": (10, 60),
    "auth_change_password": (10, 60),
    "auth_oauth": (20, 60),
    "document_presign_upload": (10, 60),
    "document_confirm_upload": (20, 60),
    "document_delete": (30, 60),
    "profile_cv": (5, _HOUR),
    "matches_refresh": (5, _HOUR),
    "jobs_refresh": (2, _HOUR),
    "user_jobs_parse": (10, _HOUR),
    "generate_cover_letter": (20, _HOUR),
    "generate_highlights": (20, _HOUR),
    "skills_refresh": (5, _HOUR),
    "analyzer_default": (100, 60),
    "analyzer_start": (10, 60),
    "analyzer_generate": (10, 60),
}
_SPELLED = re.compile(r"(\d+)/(\d+)s?")


@dataclass(frozen=True)
class Rule:
    """`limit` hits in each window of `seconds`; windows start at whole multiples of their length."""

    name: str
    limit: int
    seconds: int

    @property
    def fails_closed(self) -> bool:
        return self.name.startswith(_CLOSED)

    @property
    def guards_guesses(self) -> bool:
        """Whoever asks is not yet known: a token shown along with the request says nothing of the account tried."""
        return self.fails_closed and self.name != "auth_change_password"


def rule(settings: Settings, name: str) -> Rule:
    """The operator's `RATE_LIMITS` first, then the published number, then the default. Raises ValueError."""
    if spelled := settings.rate_limits.get(name):
        match = _SPELLED.fullmatch(spelled.strip())
        if not match or not all(int(part) for part in match.groups()):
            raise ValueError(f"RATE_LIMITS: {name} must be hits/seconds, such as 10/60, not {spelled!r}")
        return Rule(name, int(match[1]), int(match[2]))
    if name.startswith("ai_"):
        return Rule(name, settings.ai_rate_limit_max_requests, settings.ai_rate_limit_window_seconds)
    default = (settings.rate_limit_default_max_requests, settings.rate_limit_default_window_seconds)
    return Rule(name, *_DEFAULTS.get(name, default))


def check(settings: Settings) -> None:
    """Refuse to start with a limit that cannot be read. Raises ValueError."""
    for name in settings.rate_limits:
        rule(settings, name)
