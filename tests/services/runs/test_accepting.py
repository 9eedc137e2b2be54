"""Accepting: one transaction, one run a key, nothing left of a refusal."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from core.db import transaction
from core.errors import Conflict, PaymentRequired
from models.run import Run, RunEvent
from services import credits
from services.credits import Balance
from services.runs.accepting import Accepted, NewRun, accept
from tests.people import person
from tests.services.runs.steps import launch, run_of
from tests.together import problems, together


def _accept(user_id: int | None, *, cost: int = 1, key: str | None = "k", reserve: int = 0) -> Accepted:
    with transaction() as session:
        return accept(
            session,
            NewRun(pipeline="errand", payload={"cost": cost}, user_id=user_id, idempotency_key=key, reserve=reserve),
        )


def _count(table: type[Run] | type[RunEvent]) -> int:
    with transaction() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def _balance(user_id: int) -> Balance:
    with transaction() as session:
        return credits.balance(session, user_id)


def test_an_accepted_run_is_queued_and_due_with_one_event(user_id: int) -> None:
    run_id = _accept(user_id).run_id
    run = run_of(run_id)
    assert (run.status, run.stage, run.attempts, run.dispatches) == ("queued", None, 0, 0)
    assert run.next_dispatch_at <= run.created_at
    assert _count(RunEvent) == 1


def test_the_same_request_again_gets_the_first_run_and_costs_nothing(user_id: int) -> None:
    first = _accept(user_id, reserve=40)
    again = _accept(user_id, reserve=40)
    assert (again.run_id, again.replayed) == (first.run_id, True)
    assert _balance(user_id) == Balance(available=60, reserved=40)
    assert _count(RunEvent) == 1


@pytest.mark.parametrize("change", [{"cost": 2}, {"reserve": 7}])
def test_the_same_key_with_another_body_is_a_conflict(user_id: int, change: dict[str, int]) -> None:
    first = _accept(user_id)
    with pytest.raises(Conflict) as caught:
        _accept(user_id, **change)  # type: ignore[arg-type]
    assert caught.value.error_code == "IDEMPOTENCY_KEY_REUSED"
    assert caught.value.context == {"run_id": str(first.run_id)}
    assert _count(Run) == 1


def test_a_key_belongs_to_one_user_and_one_pipeline(user_id: int) -> None:
    other = person()
    runs = {
        _accept(user_id).run_id,
        _accept(other).run_id,
        _accept(None).run_id,
        launch(user_id, pipeline="another", idempotency_key="k"),
    }
    assert len(runs) == 4
    assert _accept(None).replayed


def test_without_a_key_every_request_is_a_new_run(user_id: int) -> None:
    assert _accept(user_id, key=None).run_id != _accept(user_id, key=None).run_id


def test_twenty_threads_with_one_key_make_one_run_and_one_reservation(user_id: int) -> None:
    answers = together([lambda: _accept(user_id, reserve=10)] * 20)
    assert problems(answers) == []
    accepted = [one for one in answers if isinstance(one, Accepted)]
    assert len({one.run_id for one in accepted}) == 1
    assert sum(not one.replayed for one in accepted) == 1
    assert _balance(user_id) == Balance(available=90, reserved=10)


def test_a_run_that_cannot_be_paid_leaves_nothing_behind(user_id: int) -> None:
    with pytest.raises(PaymentRequired) as caught:
        _accept(user_id, reserve=101)
    assert caught.value.context == {"required": 101, "available": 100}
    assert (_count(Run), _count(RunEvent)) == (0, 0)
    assert _balance(user_id) == Balance(available=100, reserved=0)
    assert not _accept(user_id, reserve=100).replayed, "the key of a refused request is free"


def test_a_rolled_back_first_request_frees_its_key_for_the_waiting_second(user_id: int) -> None:
    def refused() -> UUID:
        return _accept(user_id, reserve=101).run_id

    def paid() -> UUID:
        return _accept(user_id, reserve=100).run_id

    answers = together([refused, paid, refused])
    assert sorted(type(one).__name__ for one in answers if not isinstance(one, UUID)) in (
        ["PaymentRequired", "PaymentRequired"],
        ["Conflict", "PaymentRequired"],
        ["Conflict", "Conflict"],
    )
    assert _count(Run) == 1


def test_a_run_without_an_account_cannot_reserve(user_id: int) -> None:
    with pytest.raises(ValueError, match="without an account"):
        _accept(None, reserve=1)
    assert _count(Run) == 0
