"""Credits against a simple model: any sequence of movements, any interleaving, one truth."""

import contextlib
from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from core.clock import utc_now
from core.db import transaction
from core.errors import PaymentRequired
from models.credit import CreditEntry, CreditReservation
from services import credits
from services.credits import Balance, Overrun
from services.runs import sweeping
from services.runs.accepting import NewRun, accept
from tests.people import person
from tests.together import problems, together


def _balance(user_id: int) -> Balance:
    with transaction() as session:
        return credits.balance(session, user_id)


def _replayed(user_id: int) -> Balance:
    """The balance as the ledger alone tells it."""
    with transaction() as session:
        row = session.execute(
            select(
                func.coalesce(func.sum(CreditEntry.available_delta), 0),
                func.coalesce(func.sum(CreditEntry.reserved_delta), 0),
            ).where(CreditEntry.user_id == user_id)
        ).one()
        return Balance(int(row[0]), int(row[1]))


def _reserve(user_id: int, amount: int, request_id: str) -> int:
    with transaction() as session:
        return credits.reserve(session, user_id=user_id, amount=amount, request_id=request_id)


class Ledger(RuleBasedStateMachine):
    """The model: two numbers, and for each reservation its state and what it paid."""

    reservations = Bundle("reservations")

    def __init__(self) -> None:
        super().__init__()
        self.user_id = person()
        self.available = 0
        self.reserved = 0
        self.states: dict[int, tuple[str, int, int]] = {}
        self.minted: set[str] = set()

    @rule(amount=st.integers(1, 50), source=st.sampled_from("abcdef"))
    def add(self, amount: int, source: str) -> None:
        with transaction() as session:
            new = credits.add(session, user_id=self.user_id, amount=amount, kind="purchase", source_ref=source)
        assert new == (source not in self.minted)
        self.minted.add(source)
        self.available += amount if new else 0

    @rule(target=reservations, amount=st.integers(1, 60))
    def reserve(self, amount: int) -> int:
        try:
            made = _reserve(self.user_id, amount, f"request {len(self.states)}")
        except PaymentRequired:
            assert amount > self.available
            return 0
        assert amount <= self.available
        self.available -= amount
        self.reserved += amount
        self.states[made] = ("open", amount, 0)
        return made

    @rule(made=reservations, cost=st.integers(0, 60))
    def charge(self, made: int, cost: int) -> None:
        state, amount, _ = self.states.get(made, ("none", 0, 0))
        try:
            with transaction() as session:
                credits.charge(session, made, cost)
        except Overrun:
            assert state == "open"
            assert cost > amount
            return
        if state == "open":
            assert cost <= amount
            self.available += amount - cost
            self.reserved -= amount
            self.states[made] = ("charged" if cost else "released", amount, cost)

    @rule(made=reservations)
    def release(self, made: int) -> None:
        with transaction() as session:
            credits.release(session, made)
        state, amount, _ = self.states.get(made, ("none", 0, 0))
        if state == "open":
            self.available += amount
            self.reserved -= amount
            self.states[made] = ("released", amount, 0)

    @rule(made=reservations)
    def refund(self, made: int) -> None:
        with transaction() as session:
            credits.refund(session, made)
        state, amount, paid = self.states.get(made, ("none", 0, 0))
        if state == "charged":
            self.available += paid
            self.states[made] = ("refunded", amount, paid)

    @rule(made=reservations, cost=st.integers(0, 10))
    def charge_in_a_transaction_that_rolls_back(self, made: int, cost: int) -> None:
        with transaction() as session, contextlib.suppress(Overrun):
            credits.charge(session, made, cost)
            session.rollback()

    @invariant()
    def balance_ledger_and_model_agree(self) -> None:
        expected = Balance(self.available, self.reserved)
        assert _balance(self.user_id) == expected
        assert _replayed(self.user_id) == expected
        assert min(self.available, self.reserved) >= 0

    @invariant()
    def every_reservation_is_as_the_model_has_it(self) -> None:
        with transaction() as session:
            rows = session.scalars(select(CreditReservation).where(CreditReservation.user_id == self.user_id)).all()
        assert {row.id: (row.state, row.amount, row.charged) for row in rows} == self.states
        assert all((row.state == "open") == (row.ended_at is None) for row in rows)


def test_any_sequence_of_movements_keeps_balance_ledger_and_reservations_true(clean_db: str) -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        Ledger,
        settings=settings(
            max_examples=40,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )


def test_reservations_from_many_threads_never_overspend(clean_db: str) -> None:
    user_id = person(grant=100)
    answers = together([lambda n=n: _reserve(user_id, 7, f"request {n}") for n in range(20)])
    assert [type(one) for one in problems(answers)] == [PaymentRequired] * 6
    assert _balance(user_id) == _replayed(user_id) == Balance(available=2, reserved=98)


def test_a_reservation_ended_from_all_sides_at_once_ends_once(clean_db: str) -> None:
    user_id = person(grant=100)

    def charge(made: int) -> None:
        with transaction() as session:
            credits.charge(session, made, 10)

    def release(made: int) -> None:
        with transaction() as session:
            credits.release(session, made)

    for n in range(10):
        made = _reserve(user_id, 10, f"request {n}")
        ends: list[Callable[[int], None]] = [charge, release] * 4
        assert problems(together([lambda end=end, made=made: end(made) for end in ends])) == []
    with transaction() as session:
        states = session.scalars(select(CreditReservation.state)).all()
    assert set(states) <= {"charged", "released"}
    expected = Balance(available=100 - 10 * states.count("charged"), reserved=0)
    assert _balance(user_id) == _replayed(user_id) == expected


def test_one_source_mints_once_whoever_asks(clean_db: str) -> None:
    user_id = person()

    def mint() -> bool:
        with transaction() as session:
            return credits.add(session, user_id=user_id, amount=500, kind="purchase", source_ref="stripe:cs_1")

    answers = together([mint] * 12)
    assert sorted(map(repr, answers)) == ["False"] * 11 + ["True"]
    assert _balance(user_id) == _replayed(user_id) == Balance(available=500, reserved=0)


def test_a_request_id_reserves_once(clean_db: str) -> None:
    user_id = person(grant=100)
    answers = together([lambda: _reserve(user_id, 10, "the same")] * 8)
    assert [type(one) for one in problems(answers)] == [IntegrityError] * 7
    assert _balance(user_id) == _replayed(user_id) == Balance(available=90, reserved=10)


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_and_less_can_be_neither_reserved_nor_minted(clean_db: str, amount: int) -> None:
    user_id = person(grant=100)
    with pytest.raises(IntegrityError):
        _reserve(user_id, amount, "odd")
    with pytest.raises(ValueError, match="positive"), transaction() as session:
        credits.add(session, user_id=user_id, amount=amount, kind="grant", source_ref="odd")
    made = _reserve(user_id, 10, "even")
    with pytest.raises(IntegrityError), transaction() as session:
        credits.charge(session, made, -5)
    assert _balance(user_id) == _replayed(user_id) == Balance(available=90, reserved=10)


def test_a_user_without_an_account_has_nothing_to_spend(clean_db: str) -> None:
    with pytest.raises(PaymentRequired) as caught:
        _reserve(987_654, 1, "unknown")
    assert caught.value.context == {"required": 1, "available": 0}


@pytest.mark.parametrize(
    "tampering",
    [
        "update credit_ledger set available_delta = 1000000",
        "delete from credit_ledger",
        "truncate credit_ledger",
        "truncate credit_ledger cascade",
    ],
)
def test_the_ledger_only_grows(clean_db: str, tampering: str) -> None:
    user_id = person(grant=100)
    with pytest.raises(DBAPIError, match="append-only"), transaction() as session:
        session.execute(text(tampering))
    assert _replayed(user_id) == Balance(available=100, reserved=0)


@pytest.mark.parametrize("column", ["available", "reserved"])
def test_the_database_itself_refuses_a_negative_balance(clean_db: str, column: str) -> None:
    user_id = person(grant=100)
    with pytest.raises(IntegrityError), transaction() as session:
        session.execute(text(f"update credit_accounts set {column} = -1 where user_id = :id"), {"id": user_id})


def test_reservations_that_nobody_ended_return_and_those_of_living_runs_stay(clean_db: str) -> None:
    users = [person(grant=100) for _ in range(6)]
    for n, user_id in enumerate(users):
        _reserve(user_id, 30, f"forgotten {n}")
    with transaction() as session:
        accept(session, NewRun(pipeline="errand", payload={}, user_id=users[0], reserve=20))

    def sweep() -> sweeping.Swept:
        with transaction() as session:
            return sweeping.sweep_reservations(session, older_than=utc_now() + timedelta(minutes=1))

    answers = together([sweep] * 4)
    assert problems(answers) == []
    assert sum(one.released for one in answers if isinstance(one, sweeping.Swept)) == 6
    assert _balance(users[0]) == _replayed(users[0]) == Balance(available=80, reserved=20)
    assert all(_balance(user_id) == Balance(available=100, reserved=0) for user_id in users[1:])
