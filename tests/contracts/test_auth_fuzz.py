"""Schemathesis over signing in, people and administration: whatever arrives, no 5xx, and no route forgets its guard."""

import re
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import ignored_auth

from api.app import create_app
from tests.api.conftest import Api, api, api_process
from tests.people import bearer_of, person

__all__ = ["api", "api_process"]

_OURS = r"^/(auth|users|admin)/|^/api/(auth|admin)/|^/api/profile$|^/api/v1/(auth|users|profile)"
_ELSEWHERE = r"/oauth/"  # answers 503 where Google is not set up, on purpose; see tests/api/test_google.py
_FUZZ = settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

_schema = schemathesis.openapi.from_dict(create_app().openapi())
OPERATIONS = [
    found.ok() for found in _schema.include(path_regex=_OURS).exclude(path_regex=_ELSEWHERE).get_all_operations()
]


@pytest.fixture
def admin(api: Api) -> dict[str, str]:
    """Somebody for whom no route stops at the door."""
    return bearer_of(person(admin=True))


def test_the_routes_are_found() -> None:
    assert len(OPERATIONS) > 30


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: str(one.label))
def test_no_request_breaks_it(operation: Any, api: Api, admin: dict[str, str]) -> None:
    """As an administrator. `ignored_auth` asks again without and with a false token wherever a route has a guard."""
    headers = {} if re.search(r"logout$", operation.path) else admin  # a log-out would end the fun

    @_FUZZ
    @given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        answer = case.call(base_url=api.url, headers=headers)
        case.validate_response(answer, checks=[not_a_server_error, ignored_auth], headers=headers)

    holds()
