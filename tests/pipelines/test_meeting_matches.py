"""A scoring and a deletion of the résumé that meet at one person's matches."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text

from core.db import transaction
from models.posting import Posting
from services import matches, postings, resume_readings
from services.matches import Scored
from services.wiring import Services
from tests.people import person
from tests.pipelines.draining import drain
from tests.pipelines.test_resume_analysis import _upload
from tests.processes import until
from tests.services.test_postings import row

NOW = datetime(2026, 5, 1, tzinfo=UTC)
POSTINGS = 300


@pytest.mark.usefixtures("clean_db")
def test_neither_is_ended_by_a_deadlock(quick_services: Services) -> None:
    user_id = person()
    _upload(quick_services, user_id)
    drain(quick_services)
    with transaction() as session:
        postings.upsert(session, [row(number) for number in range(POSTINGS)], now=NOW)
        scored = [Scored(one, 60.0, {}, "") for one in session.scalars(select(Posting.id).order_by(Posting.id))]
        reading = resume_readings.latest(session, user_id)
    assert reading is not None
    with transaction() as session:
        matches.store(session, user_id, reading.id, scored, now=NOW)

    def forget() -> None:
        with transaction() as session:
            matches.forget_scored_with(session, [reading.id])

    with ThreadPoolExecutor(1) as pool:
        with transaction() as session:  # as one that writes more rows than fit in a statement
            matches.store(session, user_id, None, scored[POSTINGS // 2 :], now=NOW)
            forgotten = pool.submit(forget)
            until(_somebody_waits, 10, "the deletion meets the scoring")
            matches.store(session, user_id, None, scored[: POSTINGS // 2], now=NOW)
        forgotten.result(timeout=60)


def _somebody_waits() -> bool:
    with transaction() as session:
        waiting = (
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
        )
        return bool(session.scalar(text(waiting)))
