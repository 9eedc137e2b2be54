"""People whose runs are moved by hand."""

import pytest

from tests.people import person


@pytest.fixture
def user_id(clean_db: str) -> int:
    """A user with 100 credits."""
    return person(grant=100)
