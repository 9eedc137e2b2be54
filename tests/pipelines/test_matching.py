"""Matching: what a person can and wants, against what is open."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select

from core.db import transaction
from models.match import Match
from models.posting import Posting
from models.run import Run
from models.user import UserProfile
from pipelines.matching import person_of
from services import matches, postings
from services.runs.accepting import NewRun, accept
from services.wiring import Services
from tests.people import person
from tests.pipelines.draining import drain
from tests.pipelines.test_resume_analysis import _upload
from tests.services.test_postings import row

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def _stored(*rows: dict[str, Any]) -> None:
    with transaction() as session:
        postings.upsert(session, rows, now=NOW)


def _match(services: Services, user_id: int) -> Run:
    with transaction() as session:
        run_id = accept(session, NewRun("matching", {}, user_id=user_id)).run_id
    drain(services)
    with transaction() as session:
        return session.get_one(Run, run_id)


def _matched_titles(user_id: int) -> list[str]:
    with transaction() as session:
        query = select(Posting.title).join(Match, Match.posting_id == Posting.id).where(Match.user_id == user_id)
        return list(session.scalars(query.order_by(Match.score.desc(), Match.id)))


@pytest.mark.usefixtures("clean_db")
class TestMatching:
    def test_without_a_resume_it_says_what_to_do(self, quick_services: Services) -> None:
        run = _match(quick_services, person())
        assert (run.status, run.error_code) == ("failed", "NO_RESUME")

    def test_the_same_inputs_give_the_same_scores(self, quick_services: Services) -> None:
        _stored(
            *(row(number, title=title) for number, title in enumerate(["Python Developer", "Nurse", "Data Engineer"]))
        )
        user_id = person()
        _upload(quick_services, user_id)
        drain(quick_services)
        first = _scores(user_id)
        assert _match(quick_services, user_id).result == {
            "matches_created": 0,
            "matches_updated": len(first),
            "total_jobs_processed": 3,
        }
        assert _scores(user_id) == first

    def test_a_closed_posting_leaves_and_a_judged_match_keeps_its_status(self, quick_services: Services) -> None:
        _stored(row(1), row(2, title="Senior Python Developer"))
        user_id = person()
        _upload(quick_services, user_id)
        drain(quick_services)
        with transaction() as session:
            kept = session.scalars(select(Match).join(Posting).where(Posting.source_id == "1")).one()
            matches.set_status(session, kept.id, "applied", user_id=user_id, now=NOW)
            postings.close_gone(session, "board", ["1", "2"], now=NOW)
        _match(quick_services, user_id)
        with transaction() as session:
            left = session.scalars(select(Match).where(Match.user_id == user_id)).all()
        assert [one.status for one in left] == ["applied"]

    def test_a_copy_on_another_board_is_shown_once(self, quick_services: Services) -> None:
        _stored(row(1), row(2, title="The same, elsewhere"))
        with transaction() as session:
            first, copy = session.scalars(select(Posting).order_by(Posting.id))
            copy.duplicate_of = first.id
        user_id = person()
        _upload(quick_services, user_id)
        drain(quick_services)
        assert _matched_titles(user_id) == ["Python Developer"]

    def test_hard_wishes_keep_postings_out(self, quick_services: Services) -> None:
        _stored(row(1), row(2, title="Office Python Developer", remote_type="onsite"))
        user_id = person()
        with transaction() as session:
            session.get_one(UserProfile, user_id).preferences = {"remote_only": True, "remote_types": ["full"]}
        _upload(quick_services, user_id)
        drain(quick_services)
        assert _matched_titles(user_id) == ["Python Developer"]

    def test_another_users_private_posting_is_nobodys_match(self, quick_services: Services) -> None:
        owner, other = person(), person()
        _stored(row(1, owner_user_id=owner, title="Mine"), row(2, owner_user_id=None))
        for user_id in (owner, other):
            _upload(quick_services, user_id)
        drain(quick_services)
        assert "Mine" in _matched_titles(owner)
        assert "Mine" not in _matched_titles(other)


def _scores(user_id: int) -> dict[int, float]:
    with transaction() as session:
        return {one.posting_id: one.score for one in session.scalars(select(Match).where(Match.user_id == user_id))}


@pytest.mark.parametrize(
    ("end", "current", "until"),
    [
        ("2024-02", False, date(2024, 2, 29)),
        ("2023", False, date(2023, 12, 31)),
        ("2023-12", False, date(2023, 12, 31)),
        ("", False, None),
        ("2024-02", True, None),
    ],
)
def test_a_position_ends_with_its_month(end: str, current: bool, until: date | None) -> None:
    job = {"title": "Developer", "start": "2020", "end": end, "current": current, "description": "", "highlights": []}
    profile = {"skills": [], "experience": [job], "years_of_experience": 0, "location": ""}
    account = UserProfile(user_id=1, skills=[], preferences={}, experience_years=None)
    assert person_of(profile, account, NOW.date()).titles[0].until == until


def test_what_was_done_shows_skills_that_no_list_names() -> None:
    job = {"title": "Developer", "start": "2020", "end": "", "current": True, "description": ""}
    done = job | {"highlights": ["Raised test coverage from 20% to 85% with pytest"]}
    profile = {"skills": ["Python"], "experience": [done], "years_of_experience": 6, "location": ""}
    account = UserProfile(user_id=1, skills=[], preferences={}, experience_years=None)
    assert {"Python", "pytest"} <= set(person_of(profile, account, NOW.date()).skills or ())
