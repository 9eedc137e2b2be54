"""From an uploaded file to a profile and its matches, stage by stage."""

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from core.db import transaction
from models.match import Match
from models.resume import ResumeChunk, ResumeEmbedding, ResumeReading
from models.run import Run
from services import accounts, analyses, postings, resume_readings, resume_uploads
from services.resume_uploads import UploadPolicy
from services.runs import events
from services.wiring import Services
from tests.people import person
from tests.pipelines.draining import drain
from tests.services.test_postings import row

POLICY = UploadPolicy("agent", (".pdf", ".docx", ".txt"), 10_000_000)
RESUME = b"""Ada Byron
ada@example.org | +49 30 901820 | Berlin, Germany

SUMMARY
Backend engineer who likes small programs.

EXPERIENCE
Senior Python Developer | Acme GmbH | Berlin
March 2020 - Present
- Cut the nightly import from 9 hours to 40 minutes with PostgreSQL COPY
- Led four engineers

Software Engineer | Initech
2016 - 2020
- Wrote Django services

EDUCATION
MSc Computer Science, TU Berlin, 2016

SKILLS
Python, PostgreSQL, Docker, Kubernetes
"""


def _upload(services: Services, user_id: int, data: bytes = RESUME, name: str = "cv.txt") -> UUID:
    with transaction() as session:
        stored = resume_uploads.store(session, services.storage, POLICY, user_id=user_id, filename=name, data=data)
        return analyses.start(session, stored.upload.id, user_id=user_id).run_id


def _run(run_id: UUID) -> Run:
    with transaction() as session:
        return session.get_one(Run, run_id)


@pytest.mark.usefixtures("clean_db")
class TestAResumeThatCanBeRead:
    def test_it_becomes_a_profile_and_the_account_learns_from_it(self, services: Services) -> None:
        user_id = person()
        run_id = _upload(services, user_id)
        assert drain(services)[:4] == [
            "resume_analysis.extracting_text",
            "resume_analysis.chunking",
            "resume_analysis.generating_embeddings",
            "resume_analysis.analyzing",
        ]
        assert _run(run_id).status == "completed"
        with transaction() as session:
            reading = resume_readings.latest(session, user_id)
            account = accounts.profile(session, user_id)
            assert reading is not None
            assert reading.profile is not None
            assert reading.profile["email"] == "ada@example.org"
            assert [job["company"] for job in reading.profile["experience"]] == ["Acme GmbH", "Initech"]
            assert "PostgreSQL" in account.skills
            assert account.cv_filename == "cv.txt"

    def test_its_events_are_the_analyzers_states_and_never_go_back(self, services: Services) -> None:
        run_id = _upload(services, person())
        drain(services)
        with transaction() as session:
            seen = events.of_run(session, run_id)
        working = [(one.stage, one.progress) for one in seen if one.status == "running"]
        assert working == [
            ("extracting_text", 10),
            ("chunking", 30),
            ("generating_embeddings", 50),
            ("analyzing", 70),
        ]
        assert [one.progress for one in seen] == sorted(one.progress for one in seen)
        assert (seen[-1].status, seen[-1].progress) == ("completed", 100)

    def test_what_the_person_wrote_is_kept(self, services: Services) -> None:
        user_id = person()
        with transaction() as session:
            account = accounts.profile(session, user_id)
            account.experience_years, account.skills = 3, ["python", "Juggling"]
        _upload(services, user_id)
        drain(services)
        with transaction() as session:
            account = accounts.profile(session, user_id)
            assert account.experience_years == 3
            assert account.skills[:2] == ["python", "Juggling"]
            assert "Python" not in account.skills

    def test_a_stage_that_runs_twice_leaves_one_result(self, services: Services) -> None:
        """As after a worker that died between its work and its commit, at every stage."""
        run_id = _upload(services, person())
        drain(services)
        for stage in ("extracting_text", "chunking", "generating_embeddings", "analyzing"):
            with transaction() as session:
                session.execute(
                    text(
                        "update runs set status = 'queued', stage = :stage, finished_at = null, "
                        "next_dispatch_at = now() where id = :id"
                    ),
                    {"stage": stage, "id": run_id},
                )
            drain(services)
            with transaction() as session:
                assert session.scalar(select(func.count()).select_from(ResumeReading)) == 1
                chunks = session.scalar(select(func.count()).select_from(ResumeChunk))
                assert session.scalar(select(func.count()).select_from(ResumeEmbedding)) == chunks
                matchings = select(func.count()).select_from(Run).where(Run.pipeline == "matching")
                assert session.scalar(matchings) == 1
        assert _run(run_id).status == "completed"

    def test_a_new_profile_is_matched_at_once(self, services: Services) -> None:
        with transaction() as session:
            asked = {"required": ["Python"]}
            postings.upsert(session, [row(1, requirements=asked)], now=datetime(2026, 5, 1, tzinfo=UTC))
        user_id = person()
        _upload(services, user_id)
        assert drain(services)[-1] == "matching.scoring"
        with transaction() as session:
            match = session.scalars(select(Match).where(Match.user_id == user_id)).one()
            points = sum(part["points"] for part in match.reasoning["parts"])
            assert match.score == pytest.approx(points, abs=0.005)
            assert "Python" in match.reasoning["matching_skills"]


@pytest.mark.usefixtures("clean_db")
class TestAResumeThatCannotBeRead:
    @pytest.mark.parametrize(
        ("data", "name", "code"),
        [
            (b"%PDF-1.7\nnothing that follows is a PDF", "cv.pdf", "corrupt"),
            (b"%PDF-1.4\n%%EOF", "cv.pdf", "corrupt"),
        ],
    )
    def test_it_ends_with_its_reason_and_leaves_no_reading(
        self, services: Services, data: bytes, name: str, code: str
    ) -> None:
        run_id = _upload(services, person(), data, name)
        drain(services)
        run = _run(run_id)
        assert (run.status, run.error_code) == ("failed", code)
        assert run.error_message
        with transaction() as session:
            assert session.scalar(select(func.count()).select_from(ResumeReading)) == 0

    def test_the_next_good_file_is_read(self, services: Services) -> None:
        user_id = person()
        _upload(services, user_id, b"%PDF-1.7\n%%EOF", "cv.pdf")
        good = _upload(services, user_id)
        drain(services)
        assert _run(good).status == "completed"


@pytest.mark.usefixtures("clean_db")
def test_text_that_postgres_cannot_store_is_stored_without_it(services: Services) -> None:
    run_id = _upload(services, person(), RESUME.replace(b"small", b"sm\x0ball"))
    drain(services)
    assert _run(run_id).status == "completed"
