"""A 202 is a committed run: when the commit fails, there is neither."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select, text

from core.db import transaction
from models.run import Run, RunEvent
from services import credits
from services.credits import Balance
from tests.api.conftest import Api
from tests.people import person

REFUSES = "raise exception 'no commit today'"
DIES = "perform pg_terminate_backend(pg_backend_pid())"


@contextmanager
def _a_commit_that(fails: str) -> Iterator[None]:
    """A trigger that runs at the commit of a transaction which inserted a run, and not before."""
    with transaction() as session:
        session.execute(
            text(f"create function fails() returns trigger language plpgsql as $$ begin {fails}; return null; end $$")
        )
        session.execute(
            text(
                "create constraint trigger fails after insert on runs deferrable initially deferred "
                "for each row execute function fails()"
            )
        )
    try:
        yield
    finally:
        with transaction() as session:
            session.execute(text("drop function fails() cascade"))


@pytest.mark.parametrize(("fails", "status"), [(REFUSES, 500), (DIES, 503)])
def test_a_failed_commit_answers_no_202_and_leaves_no_run(api: Api, fails: str, status: int) -> None:
    admin = person(grant=100, admin=True)
    key = {"Idempotency-Key": "once"}
    with _a_commit_that(fails):
        answer = api.post("/api/v1/runs/selfcheck", admin, {"cost": 5}, **key)
    assert answer.status_code == status
    assert "no commit today" not in answer.text
    with transaction() as session:
        assert session.execute(select(func.count()).select_from(Run)).scalar_one() == 0
        assert session.execute(select(func.count()).select_from(RunEvent)).scalar_one() == 0
        assert credits.balance(session, admin) == Balance(available=100, reserved=0)
    again = api.post("/api/v1/runs/selfcheck", admin, {"cost": 5}, **key)
    assert (again.status_code, again.json()["replayed"]) == (202, False)
