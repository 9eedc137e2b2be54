"""The demonstration boards: like the originals, varied, the same each time."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from cli.demo_boards import adverts, remoteok_answer, serve_boards, weworkremotely_answer
from core.errors import AppError
from scrapers.health import Tally, assess
from scrapers.posting import Posting
from scrapers.registry import SOURCES, get
from tests.scrapers.boards import polite

NOW = datetime(2026, 9, 21, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def harvested() -> dict[str, list[Posting]]:
    found: dict[str, list[Posting]] = {}
    with serve_boards(NOW) as urls:
        client = polite()
        for name, base in urls.items():
            tally = Tally()
            found[name] = list(get(name, base).postings(client, tally.fail))
            for posting in found[name]:
                tally.add(posting)
            assert not tally.report().failures
            assert not assess(tally.report(), [], SOURCES[name].promises).degraded
    return found


def test_enough_and_varied(harvested: dict[str, list[Posting]]) -> None:
    every = [posting for postings in harvested.values() for posting in postings]
    assert len(every) >= 120
    assert set(harvested) == {"remoteok", "weworkremotely"}
    words = " ".join(posting.title.lower() for posting in every)
    for profession in (
        "engineer",
        "data",
        "design",
        "marketing",
        "account",
        "nurse",
        "sales",
        "operations",
        "teacher",
        "hotel",
    ):
        assert profession in words
    assert {"en", "de", "fr"} <= {posting.language for posting in every}
    assert {"junior", "senior", None} <= {posting.seniority for posting in every}
    assert {"permanent", "contract", "part-time"} == {posting.job_type for posting in every}
    assert len({posting.eligible_regions for posting in every}) >= 8
    assert sum(posting.salary_min is not None for posting in every) > 60
    assert max(Counter(posting.company for posting in every).values()) < 20


def test_clean(harvested: dict[str, list[Posting]]) -> None:
    for posting in (each for postings in harvested.values() for each in postings):
        assert posting.url.split("/")[2].endswith(".example")
        assert posting.company
        assert len(posting.description) > 300
        assert "Please mention" not in posting.description
        assert "Ã" not in posting.title + posting.description
        assert posting.posted_at
        assert NOW - timedelta(days=30) < posting.posted_at <= NOW


def test_the_same_now_gives_the_same_bytes() -> None:
    assert remoteok_answer(NOW) == remoteok_answer(NOW)
    assert remoteok_answer(NOW) != remoteok_answer(NOW + timedelta(days=1))
    assert len({advert.slug for advert in adverts(NOW)}) == len(adverts(NOW))
    assert weworkremotely_answer("no-such-category", NOW) is None


def test_it_answers_conditionally_and_404_beyond() -> None:
    with serve_boards(NOW) as urls:
        first = httpx.get(urls["remoteok"] + "/api")
        again = httpx.get(urls["remoteok"] + "/api", headers={"If-None-Match": first.headers["ETag"]})
        assert (first.status_code, again.status_code, again.content) == (200, 304, b"")
        assert httpx.get(urls["remoteok"] + "/elsewhere").status_code == 404
        with pytest.raises(AppError):
            polite().get(urls["remoteok"] + "/account")
        base = urls["remoteok"]
    with pytest.raises(httpx.ConnectError):
        httpx.get(base)
