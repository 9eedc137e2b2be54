"""Schemathesis over jobs, market, searches and insights: whatever arrives, no 5xx.

That each asks for its caller is tested in tests/api/test_every_route.py.
"""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error

from api.app import create_app
from core.db import transaction
from models.user import UserProfile
from services import postings
from services.market.window import LEAST_PAY
from tests.api.conftest import Api, api, api_process
from tests.people import bearer_of, person
from tests.services.test_postings import NOW, row

__all__ = ["api", "api_process"]

_OURS = r"^/api/v1/(jobs|market|job-ingestion)|^/api/(jobs|user-jobs|skills|insights|matches)"
_WAITING = r"generate|regenerate"  # these wait for a worker; see tests/api
_FUZZ = settings(max_examples=8, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))

_schema = schemathesis.openapi.from_dict(create_app().openapi())
OPERATIONS = [
    found.ok() for found in _schema.include(path_regex=_OURS).exclude(path_regex=_WAITING).get_all_operations()
]


@pytest.fixture
def ada(api: Api) -> dict[str, str]:
    """Somebody with skills in a market with a posting, for whom no route stops at the door."""
    user_id = person(admin=True)
    pay = {"salary_min": LEAST_PAY, "salary_max": 2**31 - 1, "salary_currency": "EUR"}
    with transaction() as session:
        postings.upsert(session, [row(1, posted_at=NOW, **pay)], now=NOW)
        session.get_one(UserProfile, user_id).skills = ["Python"]
    return bearer_of(user_id)


def test_the_routes_are_found() -> None:
    assert len(OPERATIONS) > 30


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: str(one.label))
def test_no_request_breaks_it(operation: Any, api: Api, ada: dict[str, str]) -> None:
    @_FUZZ
    @given(case=operation.as_strategy())
    def holds(case: Any) -> None:
        answer = case.call(base_url=api.url, headers=ada)
        case.validate_response(answer, checks=[not_a_server_error], headers=ada)

    holds()
