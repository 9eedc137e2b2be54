"""Cancel and retry: what a person may do to a run, whatever a worker is doing to it."""

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from core.db import transaction
from core.errors import Conflict, NotFound, PaymentRequired
from models.run import Run
from services import credits
from services.credits import Balance
from services.runs import leases, operating
from services.runs.accepting import NewRun
from services.runs.leases import LostLease
from tests.people import person
from tests.services.runs.steps import advance, claim, claimed, complete, launch, run_of
from tests.together import problems, together


def _cancel(run_id: UUID, user_id: int) -> Run:
    with transaction() as session:
        return operating.cancel(session, run_id, user_id=user_id)


def _retry(run_id: UUID, user_id: int) -> Run:
    with transaction() as session:
        return operating.retry(session, run_id, user_id=user_id)


def _fail(run_id: UUID) -> None:
    mine = claimed(run_id, run_of(run_id).stage or "first")
    with transaction() as session:
        leases.fail(session, mine, code="BROKEN", message="broken")


def _balance(user_id: int) -> Balance:
    with transaction() as session:
        return credits.balance(session, user_id)


def _family(user_id: int, children: int, *, reserve: int = 0, child_reserve: int = 0) -> tuple[UUID, list[UUID]]:
    """A parent that waits for its children."""
    parent = launch(user_id, reserve=reserve)
    news = [
        NewRun(pipeline="errand", payload={"n": n}, user_id=user_id, parent_id=parent, reserve=child_reserve)
        for n in range(children)
    ]
    advance(claimed(parent), "gather", children=news)
    with transaction() as session:
        return parent, list(session.scalars(select(Run.id).where(Run.parent_id == parent)))


def test_a_queued_run_is_cancelled_and_its_credits_return(user_id: int) -> None:
    run_id = launch(user_id, reserve=40)
    assert _cancel(run_id, user_id).status == "cancelled"
    assert claim(run_id) is None
    assert _balance(user_id) == Balance(available=100, reserved=0)


def test_a_running_worker_loses_a_cancelled_run(user_id: int) -> None:
    mine = claimed(launch(user_id, reserve=40))
    _cancel(mine.run_id, user_id)
    with pytest.raises(LostLease):
        complete(mine, cost=40)
    assert _balance(user_id) == Balance(available=100, reserved=0)


def test_cancelling_twice_changes_nothing(user_id: int) -> None:
    run_id = launch(user_id, reserve=40)
    once, twice = _cancel(run_id, user_id), _cancel(run_id, user_id)
    assert (once.finished_at, once.fence) == (twice.finished_at, twice.fence)


def test_a_completed_run_cannot_be_cancelled_and_a_living_one_not_tried_again(user_id: int) -> None:
    done, living = launch(user_id), launch(user_id)
    complete(claimed(done))
    with pytest.raises(Conflict, match="already completed"):
        _cancel(done, user_id)
    for run_id in (done, living):
        with pytest.raises(Conflict, match="Only a failed or cancelled"):
            _retry(run_id, user_id)


def test_a_foreign_run_is_a_missing_run(user_id: int) -> None:
    run_id, stranger = launch(user_id), person()
    for act in (_cancel, _retry):
        with pytest.raises(NotFound) as foreign:
            act(run_id, stranger)
        with pytest.raises(NotFound) as missing:
            act(uuid4(), stranger)
        assert str(foreign.value) == str(missing.value)
    assert run_of(run_id).status == "queued"


def test_cancel_and_completion_at_once_end_a_run_one_way(user_id: int) -> None:
    for _ in range(10):
        mine = claimed(launch(user_id, reserve=1))
        together([lambda mine=mine: complete(mine, cost=1), lambda mine=mine: _cancel(mine.run_id, user_id)])
    with transaction() as session:
        states = session.scalars(select(Run.status)).all()
    assert set(states) <= {"completed", "cancelled"}
    assert _balance(user_id) == Balance(available=100 - states.count("completed"), reserved=0)


def test_a_run_goes_on_where_it_failed_with_a_fresh_reservation(user_id: int) -> None:
    run_id = launch(user_id, reserve=40)
    advance(claimed(run_id), "second", state={"kept": 1})
    _fail(run_id)
    run = _retry(run_id, user_id)
    assert (run.status, run.stage, run.state, run.error_code, run.attempts) == (
        "queued",
        "second",
        {"kept": 1},
        None,
        0,
    )
    assert _balance(user_id) == Balance(available=60, reserved=40)
    complete(claimed(run_id, "second", first=False), cost=40)
    assert _balance(user_id) == Balance(available=60, reserved=0)


def test_a_retry_that_cannot_be_paid_leaves_the_run_as_it_was(user_id: int) -> None:
    run_id = launch(user_id, reserve=60)
    _fail(run_id)
    launch(user_id, reserve=60)
    with pytest.raises(PaymentRequired):
        _retry(run_id, user_id)
    assert run_of(run_id).status == "failed"


def test_a_run_is_not_tried_again_for_ever(user_id: int) -> None:
    run_id = launch(user_id)
    for _ in range(operating.MOST_RETRIES):
        _fail(run_id)
        _retry(run_id, user_id)
    _fail(run_id)
    with pytest.raises(Conflict) as caught:
        _retry(run_id, user_id)
    assert caught.value.error_code == "RETRY_LIMIT"
    assert run_of(run_id).status == "failed"


def test_ten_retries_at_once_are_one(user_id: int) -> None:
    run_id = launch(user_id, reserve=5)
    _fail(run_id)
    answers = together([lambda: _retry(run_id, user_id)] * 10)
    assert [type(one) for one in problems(answers)] == [Conflict] * 9
    assert run_of(run_id).retries == 1
    assert _balance(user_id) == Balance(available=95, reserved=5)


def test_the_last_child_wakes_the_parent_exactly_once(user_id: int) -> None:
    parent, children = _family(user_id, 12)
    mine = [claimed(child) for child in children]
    answers = together([lambda one=one: complete(one) for one in mine])
    assert problems(answers) == []
    run = run_of(parent)
    assert (run.status, run.stage, run.children_pending) == ("queued", "gather", 0)
    assert claim(parent, "gather", first=False) is not None
    assert claim(parent, "gather", first=False) is None


def test_a_parent_waits_for_the_last_child_even_when_others_fail_or_are_cancelled(user_id: int) -> None:
    parent, children = _family(user_id, 3)
    _fail(children[0])
    _cancel(children[1], user_id)
    assert (run_of(parent).status, run_of(parent).children_pending) == ("waiting", 1)
    assert claim(parent, "gather", first=False) is None
    complete(claimed(children[2]))
    assert run_of(parent).status == "queued"


def test_cancelling_a_parent_cancels_its_children_and_frees_all_credits(user_id: int) -> None:
    parent, children = _family(user_id, 5, reserve=10, child_reserve=5)
    done, running = claimed(children[0]), claimed(children[1])
    complete(done, cost=5)
    _cancel(parent, user_id)
    with pytest.raises(LostLease):
        complete(running)
    assert [run_of(child).status for child in children] == ["completed", *["cancelled"] * 4]
    assert _balance(user_id) == Balance(available=95, reserved=0)


def test_a_child_is_not_tried_again_by_itself(user_id: int) -> None:
    _, children = _family(user_id, 2)
    _fail(children[0])
    with pytest.raises(Conflict) as caught:
        _retry(children[0], user_id)
    assert caught.value.error_code == "RUN_IS_A_PART"


def test_a_parent_cancelled_while_it_waited_starts_over(user_id: int) -> None:
    """Its children are gone: going on with the stage that gathers their work would pass off a part as the whole."""
    parent, _ = _family(user_id, 2)
    _cancel(parent, user_id)
    run = _retry(parent, user_id)
    assert (run.stage, run.state) == (None, {})
    assert claim(parent, "first") is not None


def test_children_launched_while_their_parent_is_being_cancelled_are_cancelled_too(user_id: int) -> None:
    for _ in range(15):
        mine = claimed(launch(user_id))
        news = [NewRun(pipeline="errand", payload={}, user_id=user_id, parent_id=mine.run_id) for _ in range(3)]
        together(
            [
                lambda mine=mine, news=news: advance(mine, "gather", children=news),
                lambda mine=mine: _cancel(mine.run_id, user_id),
            ]
        )
    with transaction() as session:
        alive = session.scalars(select(Run.status).where(Run.status != "cancelled")).all()
    assert alive == []


def test_families_ended_from_all_sides_at_once_never_deadlock(user_id: int) -> None:
    """Workers finish children, a person cancels a child, another the parent, and runs of the same account end."""
    for _ in range(6):
        parent, children = _family(user_id, 6, reserve=2, child_reserve=0)
        mine = [claimed(child) for child in children[:4]]
        others = [claimed(launch(user_id, reserve=1)) for _ in range(4)]
        answers = together(
            [
                *[lambda one=one: complete(one) for one in mine],
                *[lambda one=one: complete(one) for one in others],
                lambda child=children[4]: _cancel(child, user_id),
                lambda child=children[5]: _cancel(child, user_id),
                lambda parent=parent: _cancel(parent, user_id),
            ]
        )
        assert {type(one) for one in problems(answers)} <= {LostLease, Conflict}, problems(answers)
        assert run_of(parent).status in ("cancelled", "queued")
    with transaction() as session:
        assert credits.balance(session, user_id).reserved == 2 * len(
            session.scalars(select(Run.id).where(Run.parent_id.is_(None), Run.status == "queued")).all()
        )
