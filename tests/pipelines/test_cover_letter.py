"""A letter for a match: asked for once, paid once, written from facts, free when it fails."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import func, select

from core.db import transaction
from core.errors import BadRequest, PaymentRequired, Transient
from core.settings import Settings
from models.match import GeneratedContent, Match
from models.run import Run
from services import cover_letters, credits, postings, resume_corrections
from services.cover_letters import Requested
from services.credits import Balance
from services.letters.facts import LetterFacts
from services.letters.writer import Letter, LetterWriter
from services.wiring import Services
from tests.people import person
from tests.pipelines.draining import drain
from tests.pipelines.test_resume_analysis import _upload
from tests.services.test_postings import row
from tests.together import together

pytestmark = pytest.mark.usefixtures("clean_db")
PRICED = {"credits_enforced": True, "local_credits_per_1k_output": 10.0}


@dataclass
class Writer(LetterWriter):
    """Writes what it is told to, or raises it."""

    answer: Letter | Exception

    def write(self, facts: LetterFacts, tone: str = "formal", *, idempotency_key: str = "") -> Letter:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def _with(services: Services, writer: LetterWriter | None = None, **settings: Any) -> Services:
    changed = services.settings.model_copy(update=settings)
    return replace(services, settings=changed, letter_writer=writer or services.letter_writer)


def _matched(services: Services, *, grant: int) -> tuple[int, int]:
    """A user with a read résumé and one match; answers both ids."""
    user_id = person(grant=grant)
    with transaction() as session:
        postings.upsert(session, [row(1)], now=datetime(2026, 5, 1, tzinfo=UTC))
    _upload(services, user_id)
    drain(services)
    with transaction() as session:
        return user_id, session.scalars(select(Match.id).where(Match.user_id == user_id)).one()


def _ask(settings: Settings, user_id: int, match_id: int, **options: Any) -> Requested:
    with transaction() as session:
        return cover_letters.request(session, settings, user_id=user_id, match_id=match_id, **options)


def _balance(user_id: int) -> Balance:
    with transaction() as session:
        return credits.balance(session, user_id)


def test_a_letter_is_reserved_written_charged_and_kept(quick_services: Services) -> None:
    services = _with(quick_services, **PRICED)
    user_id, match_id = _matched(services, grant=100)
    asked = _ask(services.settings, user_id, match_id)
    assert asked.run is not None
    assert _balance(user_id) == Balance(88, 12)
    drain(services)
    with transaction() as session:
        run = session.get_one(Run, asked.run.run_id)
        content = session.scalars(select(GeneratedContent)).one()
        kinds = [entry.kind for entry in reversed(credits.ledger(session, user_id))]
    assert (run.status, content.method) == ("completed", "local")
    assert "Acme" in content.text
    assert kinds == ["grant", "reserve", "charge", "release"]
    after = _balance(user_id)
    assert 88 < after.available < 100
    assert after.reserved == 0


def test_the_same_letter_is_not_written_twice_unless_asked(quick_services: Services) -> None:
    services = _with(quick_services, **PRICED)
    user_id, match_id = _matched(services, grant=100)
    _ask(services.settings, user_id, match_id)
    drain(services)
    paid = _balance(user_id)
    again = _ask(services.settings, user_id, match_id)
    assert again.content is not None
    assert again.run is None
    assert _balance(user_id) == paid
    assert _ask(services.settings, user_id, match_id, fresh=True).run is not None


def test_a_corrected_resume_is_written_from_anew(quick_services: Services) -> None:
    user_id, match_id = _matched(quick_services, grant=0)
    _ask(quick_services.settings, user_id, match_id)
    drain(quick_services)
    with transaction() as session:
        resume_corrections.correct(session, user_id, {"name": "Grace Hopper"})
    asked = _ask(quick_services.settings, user_id, match_id)
    assert asked.run is not None
    drain(quick_services)
    kept = _ask(quick_services.settings, user_id, match_id).content
    assert kept is not None
    assert "Grace Hopper" in kept.text


def test_clicks_at_once_are_one_run(quick_services: Services) -> None:
    services = _with(quick_services, **PRICED)
    user_id, match_id = _matched(services, grant=100)
    asked = together([lambda: _ask(services.settings, user_id, match_id)] * 8)
    runs = {one.run.run_id for one in asked if isinstance(one, Requested) and one.run}
    assert len(asked) == 8
    assert len(runs) == 1
    assert _balance(user_id) == Balance(88, 12)


def test_without_credits_nothing_is_accepted(quick_services: Services) -> None:
    services = _with(quick_services, **PRICED)
    user_id, match_id = _matched(services, grant=11)
    with pytest.raises(PaymentRequired):
        _ask(services.settings, user_id, match_id)
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Run).where(Run.pipeline == "cover_letter")) == 0
    assert _balance(user_id) == Balance(11, 0)


def test_the_local_writer_is_free_by_default(quick_services: Services) -> None:
    user_id, match_id = _matched(quick_services, grant=0)
    _ask(quick_services.settings, user_id, match_id)
    drain(quick_services)
    assert _balance(user_id) == Balance(0, 0)
    with transaction() as session:
        assert session.scalars(select(GeneratedContent)).one().text


def test_a_provider_that_overruns_is_not_paid(quick_services: Services) -> None:
    greedy = Letter("Dear …", "openai:x", "x", 6000, 10**6, ())
    services = _with(quick_services, Writer(greedy), llm_provider="openai")
    user_id, match_id = _matched(quick_services, grant=100)
    asked = _ask(services.settings, user_id, match_id)
    drain(services)
    assert asked.run is not None
    with transaction() as session:
        run = session.get_one(Run, asked.run.run_id)
        assert (run.status, run.error_code) == ("failed", "OVERRUN")
        assert session.scalar(select(func.count()).select_from(GeneratedContent)) == 0
    assert _balance(user_id) == Balance(100, 0)


def test_a_provider_that_stays_away_costs_nothing(quick_services: Services) -> None:
    services = _with(quick_services, Writer(Transient("busy", retry_after=0)), **PRICED)
    user_id, match_id = _matched(services, grant=100)
    asked = _ask(services.settings, user_id, match_id)
    drain(services)
    assert asked.run is not None
    with transaction() as session:
        run = session.get_one(Run, asked.run.run_id)
    assert (run.status, run.error_code, run.attempts) == ("failed", "TRY_AGAIN", 3)
    assert _balance(user_id) == Balance(100, 0)


def test_without_a_resume_there_is_nothing_to_write_from(quick_services: Services) -> None:
    user_id, match_id = _matched(quick_services, grant=0)
    with transaction() as session:
        session.execute(Match.__table__.update().values(reading_id=None))
        session.connection().exec_driver_sql("delete from resume_readings")
    with pytest.raises(BadRequest):
        _ask(quick_services.settings, user_id, match_id)
