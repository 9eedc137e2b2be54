"""What a password must be. Each door publishes its own rule; the tracker's is the strict one."""

import re
from collections.abc import Callable, Mapping

from core.errors import BadRequest, Unprocessable

MIN_LENGTH = {"tracker": 14, "copilot": 8, "agent": 8, "analyzer": 6}
_SHORTEST_NAME = 3
_COMMON = {
    *("password", "passwort", "motdepasse", "contrasena", "qwerty", "qwertyuiop", "letmein", "welcome", "iloveyou"),
    *("admin", "administrator", "monkey", "dragon", "football", "baseball", "sunshine", "princess", "superman", "abc"),
    *("abcdefgh", "changeme", "secret", "trustnoone", "passwordpassword", "qwertyqwerty", "welcomewelcome"),
}
_LEET = str.maketrans("0134578@$", "oieastbas")
_CLASSES: Mapping[str, str] = {
    "uppercase": r"[A-Z]",
    "lowercase": r"[a-z]",
    "number": r"[0-9]",
    "special_char": r"[^A-Za-z0-9\s]",
}
_SAYS = {
    "min_length": f"use at least {MIN_LENGTH['tracker']} characters",
    "uppercase": "add an upper-case letter",
    "lowercase": "add a lower-case letter",
    "number": "add a digit",
    "special_char": "add a special character",
    "contains_email": "leave your e-mail address out",
    "contains_name": "leave your name out",
    "denylist_common": "avoid common passwords",
}


def violations(password: str, *, email: str, name: str | None) -> list[str]:
    """What the tracker's policy finds wrong, in its published words."""
    lowered = password.lower()
    found = ["min_length"] if len(password) < MIN_LENGTH["tracker"] else []
    found += [rule for rule, pattern in _CLASSES.items() if not re.search(pattern, password)]
    checks: Mapping[str, Callable[[], bool]] = {
        "contains_email": lambda: _contains(lowered, (email.lower(), email.lower().partition("@")[0])),
        "contains_name": lambda: _contains(lowered, (name or "").lower().split()),
        "denylist_common": lambda: _is_common(lowered),
    }
    return found + [rule for rule, broken in checks.items() if broken()]


def require(door: str, password: str, *, email: str, name: str | None) -> None:
    """Raises BadRequest (`WEAK_PASSWORD` with its violations) at the tracker, Unprocessable elsewhere."""
    if door == "tracker":
        found = violations(password, email=email, name=name)
        if found:
            raise BadRequest(
                f"This password is too weak: {', '.join(_SAYS[one] for one in found)}.",
                code="WEAK_PASSWORD",
                context={"code": "WEAK_PASSWORD", "violations": found},
            )
    elif len(password) < MIN_LENGTH.get(door, 8):
        raise Unprocessable(f"The password needs at least {MIN_LENGTH.get(door, 8)} characters.", code="WEAK_PASSWORD")


def _contains(lowered: str, words: "tuple[str, ...] | list[str]") -> bool:
    return any(len(word) >= _SHORTEST_NAME and word in lowered for word in words)


def _is_common(lowered: str) -> bool:
    """`P@ssw0rd-2024!` is `password` with ornaments: strip the ends of them, and read the digits as letters."""
    trimmed = re.sub(r"^[^a-z@$]+|[^a-z]+$", "", lowered)
    return re.sub(r"[^a-z]", "", trimmed.translate(_LEET)) in _COMMON
