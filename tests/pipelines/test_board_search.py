"""Searches of boards: what narrows them, what bounds them, and what they leave alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from cli.demo_boards import serve_boards
from core.clock import utc_now
from core.db import transaction
from core.errors import BadRequest, Unprocessable
from models.harvest import Harvest, HarvestRequest
from models.posting import Posting
from models.run import Run
from pipelines.board_search import Question, _shares, fits
from pipelines.registry import PIPELINES
from scrapers.posting import Posting as Found
from services import board_searches, harvests, linkedin
from services.board_searches import Wanted
from services.wiring import Services
from tests.people import person
from tests.pipelines.draining import drain
from tests.scrapers.boards import Sent, example, pages, served

usable = pytest.mark.usefixtures("clean_db", "redis_url")


@pytest.fixture
def boards(quick_services: Services) -> Iterator[Services]:
    with serve_boards() as urls:
        yield pointed_at(quick_services, **urls)


def pointed_at(services: Services, **urls: str) -> Services:
    settings = services.settings.model_copy(update={"harvest_base_urls": urls, "harvest_sources": tuple(urls)})
    return replace(services, settings=settings)


def searched(services: Services, *keywords: str, sources: tuple[str, ...] = (), **wanted: Any) -> Run:
    with transaction() as session:
        asked = Wanted(sources or services.settings.harvest_sources, keywords, **wanted)
        run_id = board_searches.request(session, services.settings, asked, user_id=person()).run_id
    drain(services)
    with transaction() as session:
        return session.get_one(Run, run_id)


def kept() -> list[Posting]:
    with transaction() as session:
        return list(session.scalars(select(Posting).order_by(Posting.id)))


@usable
class TestNarrowing:
    def test_keywords_and_place_and_number_narrow(self, boards: Services) -> None:
        everything = searched(boards, most=10_000)
        assert everything.status == "completed"
        assert everything.result is not None
        whole = kept()
        assert len(whole) == everything.result["found"] > 100
        named = searched(boards, "data engineer", most=10_000).result
        assert named is not None
        assert 0 < named["found"] < len(whole)
        nowhere = searched(boards, location="Antarctica").result
        assert nowhere is not None
        assert nowhere["found"] == 0

    def test_only_what_fits_is_kept(self, boards: Services) -> None:
        searched(boards, "nurse", "Data Engineer", most=10_000)
        found = kept()
        assert found
        for one in found:
            said = f"{one.title} {one.company} {one.tags} {one.description}".lower()
            assert "nurse" in said or "data engineer" in said

    @pytest.mark.parametrize("most", [1, 2, 7])
    def test_the_bound_is_on_all_boards_together(self, boards: Services, most: int) -> None:
        run = searched(boards, most=most)
        assert run.result is not None
        assert run.result["found"] == most
        assert len(kept()) <= most

    def test_it_closes_nothing_and_is_no_harvest(self, boards: Services) -> None:
        with transaction() as session:
            run_id = harvests.request(session, boards.settings, user_id=person()).run_id
        drain(boards)
        with transaction() as session:
            assert session.get_one(Run, run_id).status == "completed"
            before = session.scalar(select(func.count()).select_from(Harvest))
            missed = session.scalar(select(func.sum(Posting.missed)))
        for _ in range(5):
            searched(boards, most=1)
        with transaction() as session:
            assert session.scalar(select(func.count()).select_from(Harvest)) == before
            assert session.scalar(select(func.sum(Posting.missed))) == missed
            assert session.scalar(select(func.count()).where(Posting.closed_at.is_not(None))) == 0

    def test_a_board_that_fails_says_so_and_the_other_is_heard(self, quick_services: Services) -> None:
        with serve_boards() as urls, served(pages({})) as broken:
            run = searched(pointed_at(quick_services, remoteok=broken, weworkremotely=urls["weworkremotely"]), most=20)
        assert run.status == "completed"
        assert run.result is not None
        assert run.result["failed_sources"] == 1
        assert run.result["sources"]["weworkremotely"]["found"] == 10
        with transaction() as session:
            by_name = {one.source: one for one in board_searches.latest(session)}
        assert by_name["remoteok"].status == "failed"
        assert by_name["remoteok"].error

    def test_a_board_is_not_asked_twice_within_its_interval(self, quick_services: Services) -> None:
        """No address is given for it here, so it is the real board, which must rest after the search before."""
        asked = Wanted(("remoteok",), ("python",))
        with transaction() as session:
            first = board_searches.request(session, quick_services.settings, asked, user_id=person()).run_id
            child = {**asked.payload(), "source": "remoteok"}
            session.add(
                Run(
                    id=uuid4(),
                    pipeline="board_search_source",
                    payload=child,
                    parent_id=first,
                    status="failed",
                    finished_at=utc_now(),
                )
            )
            session.execute(update(Run).where(Run.id == first).values(status="failed", finished_at=utc_now()))
        run = searched(quick_services, "rust", sources=("remoteok",))
        assert run.status == "completed"
        assert run.result == {"found": 0, "new": 0, "sources": {}, "failed_sources": 0}
        with transaction() as session:
            last = board_searches.last_asked(session, "remoteok")
            assert last is not None
            assert utc_now() - last < timedelta(minutes=1)
            assert board_searches.last_asked(session, "remoteok", {"keywords": ["python"]}) == last
            assert board_searches.last_asked(session, "remoteok", {"keywords": ["rust"]}) is None
            assert board_searches.last_asked(session, "lever") is None


@usable
class TestAsking:
    def test_the_same_search_is_joined_while_it_runs(self, quick_services: Services) -> None:
        settings, one, other = quick_services.settings, person(), person()
        wanted = Wanted(("remoteok",), ("python",))
        with transaction() as session:
            first = board_searches.request(session, settings, wanted, user_id=one)
            again = board_searches.request(session, settings, wanted, user_id=one)
            wider = board_searches.request(session, settings, replace(wanted, most=51), user_id=one)
            others = board_searches.request(session, settings, wanted, user_id=other)
            assert (first.joined, again.joined, again.run_id) == (False, True, first.run_id)
            assert len({first.run_id, wider.run_id, others.run_id}) == 3
            assert session.scalar(select(func.count()).select_from(HarvestRequest)) == 3

    @pytest.mark.parametrize("source", ["moonboard", "linkedin"])
    def test_a_source_that_is_none_or_off_is_refused(self, quick_services: Services, source: str) -> None:
        with transaction() as session, pytest.raises(Unprocessable):
            board_searches.request(session, quick_services.settings, Wanted((source,)), user_id=person())
        with transaction() as session:
            assert session.scalar(select(func.count()).select_from(Run)) == 0


@usable
class TestLinkedIn:
    def test_it_is_asked_the_question_and_its_cards_are_kept(self, quick_services: Services) -> None:
        answers, _ = example("linkedin")
        asked: list[str] = []

        def answering(request: Any) -> Sent:
            asked.append(request.path)
            return pages(answers)(request)

        with served(answering) as url:
            run = searched(pointed_at(quick_services, linkedin=url), "cobol", location="Lisbon", most=5)
        assert run.result is not None
        assert run.result["found"] == len(kept()) == 1
        (search,) = [path for path in asked if "seeMoreJobPostings" in path and "start=0" in path]
        assert "keywords=cobol" in search
        assert "location=Lisbon" in search
        assert "/robots.txt" in asked

    @pytest.mark.parametrize(
        ("page", "text"),
        [
            (
                b'<div class="show-more-less-html__markup"><p>We build <b>boats</b>.</p><script>evil()</script></div>',
                "We build boats.",
            ),
            (
                b'<script type="application/ld+json">{"@type":"JobPosting","title":"a","description":"Boat."}</script>',
                "Boat.",
            ),
        ],
    )
    def test_one_page_is_read(self, quick_services: Services, page: bytes, text: str) -> None:
        with served(pages({"/jobs-guest/jobs/api/jobPosting/4900000001": page})) as url:
            run = self._read(pointed_at(quick_services, linkedin=url), f"{url}/jobs/view/backend-at-x-4900000001?trk=1")
        assert (run.status, run.result) == ("completed", {"description": text})

    @pytest.mark.parametrize(
        ("answers", "code"),
        [
            ({}, "GONE"),
            ({"/jobs-guest/jobs/api/jobPosting/4900000001": b"<html>Sign in</html>"}, "UNREADABLE_ANSWER"),
            ({"/robots.txt": b"User-agent: *\nDisallow: /"}, "ROBOTS_REFUSED"),
            (
                {"/jobs-guest/jobs/api/jobPosting/4900000001": Sent(b"", 302, {"Location": "ftp://x"})},
                "ADDRESS_REFUSED",
            ),
        ],
    )
    def test_what_is_no_page_ends_with_a_reason(
        self, quick_services: Services, answers: dict[str, Any], code: str
    ) -> None:
        with served(pages(answers)) as url:
            run = self._read(pointed_at(quick_services, linkedin=url), f"{url}/jobs/view/4900000001")
        assert (run.status, run.error_code) == ("failed", code)

    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1/jobs/view/4900000001",
            "https://linkedin.com.evil.example/jobs/view/4900000001",
            "https://evillinkedin.com/jobs/view/4900000001",
            "https://user@evil.example/jobs/view/4900000001",
            "file:///jobs/view/4900000001",
            "https://www.linkedin.com/in/somebody",
            "https://www.linkedin.com/jobs/view/",
            "https://www.linkedin.com/jobs/search?currentJobId=../../x",
            "http://[::1",
            "",
        ],
    )
    def test_only_jobs_of_linkedin_are_asked_for(self, quick_services: Services, url: str) -> None:
        settings = quick_services.settings.model_copy(update={"harvest_sources": ("linkedin",)})
        with transaction() as session, pytest.raises(BadRequest):
            linkedin.request_page(session, settings, url, user_id=person())

    @pytest.mark.parametrize(
        "path", ["jobs/view/4900000001/", "jobs/view/dev-at-x-4900000001", "jobs?currentJobId=4900000001"]
    )
    def test_only_the_number_is_taken_from_an_address(self, quick_services: Services, path: str) -> None:
        settings = quick_services.settings.model_copy(update={"harvest_sources": ("linkedin",)})
        with transaction() as session:
            run_id = linkedin.request_page(session, settings, f"https://de.linkedin.com/{path}", user_id=person())
            assert session.get_one(Run, run_id).payload == {"source": "linkedin", "posting_id": "4900000001"}

    def test_off_it_is_refused_by_the_worker_too(self, quick_services: Services) -> None:
        on = quick_services.settings.model_copy(update={"harvest_sources": ("linkedin",)})
        with transaction() as session:
            run_id = linkedin.request_page(session, on, "https://linkedin.com/jobs/view/4900000001", user_id=person())
        drain(quick_services)
        with transaction() as session:
            run = session.get_one(Run, run_id)
        assert (run.status, run.error_code) == ("failed", "SOURCE_NOT_CONFIGURED")

    def _read(self, services: Services, url: str) -> Run:
        with transaction() as session:
            run_id = linkedin.request_page(session, services.settings, url, user_id=person())
        drain(services)
        with transaction() as session:
            return session.get_one(Run, run_id)


def found(**changes: Any) -> Found:
    plain: dict[str, Any] = {"source": "x", "source_id": "1", "url": "https://x.example", "title": "Go Developer"}
    return Found(**(plain | changes))


@pytest.mark.parametrize(
    ("posting", "keywords", "location", "answer"),
    [
        (found(), ("go",), "", True),
        (found(), ("rust", "Go Developer"), "", True),
        (found(), ("developers",), "", False),
        (found(description="We use C++ here"), ("c++",), "", True),
        (found(title="Category manager"), ("cat",), "", False),
        (found(tags=("django",)), ("Django",), "", True),
        (found(location="Berlin, Germany"), (), "berlin", True),
        (found(location="Berlin"), (), "Germany", True),
        (found(location="Remote", eligible_regions=("DE",)), (), "Germany", True),
        (found(location="Munich, Germany"), (), "Berlin", False),
        (found(location="Paris"), (), "Germany", False),
        (found(remote_type="full"), (), "remote", True),
        (found(remote_type="hybrid"), (), "remote", False),
        (found(), (), "Berlin", False),
    ],
)
def test_what_fits(posting: Found, keywords: tuple[str, ...], location: str, answer: bool) -> None:
    assert fits(posting, Question(keywords, location, 1)) is answer


@given(st.lists(st.text(min_size=1), unique=True, max_size=30), st.integers(1, 1000))
def test_shares_add_up(names: list[str], most: int) -> None:
    shares = [share for _, share in _shares(names, most)]
    assert sum(shares) == (most if names else 0)
    assert not shares or (min(shares) >= 1 and max(shares) - min(shares) <= 1)


def test_the_pipelines_are_known() -> None:
    assert {board_searches.PIPELINE, board_searches.OF_SOURCE, linkedin.PIPELINE} <= set(PIPELINES)
