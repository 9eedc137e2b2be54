"""`offerline postings import`: what a file brings, what it cannot, and that once is enough."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner, Result

from cli.postings import app
from core.db import transaction
from models.posting import Posting
from models.run import Run
from services.wiring import Services
from tests.pipelines.conftest import quick_services, services, worker_services
from tests.pipelines.draining import drain

__all__ = ["quick_services", "services", "worker_services"]
pytestmark = pytest.mark.usefixtures("clean_db", "redis_url")

TEXT = " ".join(f"word{number}" for number in range(80)) + " Python and PostgreSQL."


def item(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "source": "agency",
        "id": number,
        "url": f"https://agency.example/{number}",
        "title": f"Engineer {number}",
        "company": "Acme",
        "location": "Berlin, Germany",
        "description": TEXT,
    } | changes


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., Result]:
    def invoke(*lines: object, options: tuple[str, ...] = ()) -> Result:
        file = tmp_path / "postings.jsonl"
        written = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
        file.write_bytes(b"\n".join(written))
        return CliRunner().invoke(app, ["import", str(file), *options])

    return invoke


def stored() -> list[Posting]:
    with transaction() as session:
        return list(session.scalars(select(Posting).order_by(Posting.id)))


def test_a_file_is_stored_once_however_often_it_is_given(run: Callable[..., Result]) -> None:
    items = [item(number, salary_min=50_000, salary_max=60_000, salary_currency="EUR") for number in range(1, 4)]
    first = run(*items)
    assert first.exit_code == 0, first.output
    assert "3 new, 0 known, 0 bad" in first.output
    assert "0 new, 3 known, 0 bad" in run(*items).output
    found = stored()
    assert [(one.source, one.source_id, one.salary_min, one.salary_currency) for one in found] == [
        ("agency", str(number), 50_000, "EUR") for number in range(1, 4)
    ]
    assert set(found[0].skills) >= {"Python", "PostgreSQL"}


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "not_json: Expecting"),
        (b"[]", "not_json: not a JSON object"),
        (b'"text"', "not_json: not a JSON object"),
        (b"{}", "incomplete: missing source_id, url, title"),
        (b"\xff\xfe{}", "not_json: 'utf-8' codec"),
        (item(9, title=""), "incomplete: missing title"),
        (item(9, url="javascript:alert(1)"), "incomplete: url is not an address"),
        (item(9, url="https://agency.example/" + "long" * 1000), "bad_value: url is longer"),
        (item(9, title="word " * 100_000), "bad_value: title is longer"),
        (item(9, id="1" * 4000), "bad_value: source_id is longer"),
        (item(9, id=None), "incomplete: missing source_id"),
        (item(9, salary_min="much"), "bad_value: could not convert"),
        (item(9, tags=3), "not iterable"),
        (item(9, description="half a character \ud800"), "surrogates"),
        (item(9, description="x" * 2_100_000), "too_long: longer"),
        (b"[" * 100_000, "recursion"),
    ],
    ids=lambda value: "" if isinstance(value, dict | bytes) else str(value),
)
def test_a_bad_line_is_told_by_its_number_and_stops_no_other(
    run: Callable[..., Result], line: object, why: str
) -> None:
    result = run(item(1), b"", line, item(2))
    assert result.exit_code == 0, result.output
    assert "2 new, 0 known, 1 bad" in result.output
    assert "line 3" in result.output
    assert why in result.output
    assert [one.source_id for one in stored()] == ["1", "2"]


def test_every_bad_line_is_kept_where_somebody_wants_it(run: Callable[..., Result], tmp_path: Path) -> None:
    kept = tmp_path / "refused.jsonl"
    result = run(*[b"{"] * 30, item(1), options=("--refused", str(kept)))
    assert result.exit_code == 0, result.output
    assert "and 10 more" in result.output
    lines = [json.loads(line) for line in kept.read_text().splitlines()]
    assert [one["line"] for one in lines] == list(range(1, 31))
    assert {one["kind"] for one in lines} == {"not_json"}


def test_markup_from_a_file_is_not_believed(run: Callable[..., Result]) -> None:
    run(item(1, description_html="<p>Fine</p><script>alert(1)</script><img src=x onerror=alert(1)>", description=None))
    (posting,) = stored()
    assert "script" not in posting.description_html
    assert "onerror" not in posting.description_html
    assert posting.description.strip() == "Fine"


def test_a_file_without_postings_is_an_error(run: Callable[..., Result]) -> None:
    result = run(b"{}", b"nothing")
    assert result.exit_code != 0


def test_a_later_line_replaces_an_earlier_one(run: Callable[..., Result]) -> None:
    assert "1 new" in run(item(1), item(1, title="Surgeon")).output
    assert [one.title for one in stored()] == ["Surgeon"]


def test_afterwards_the_workers_find_reposts_and_make_vectors(
    run: Callable[..., Result], quick_services: Services
) -> None:
    run(item(1, title="Data Engineer"), item(1, source="board", title="Data Engineer (m/f/d)"), item(2))
    assert drain(quick_services) == [
        *("posting_import.linking", "posting_import.linking"),
        *("posting_import.generating_embeddings", "posting_import.generating_embeddings"),
    ]
    with transaction() as session:
        assert session.scalar(select(func.count()).where(Posting.duplicate_of.is_not(None))) == 1
        assert set(session.scalars(select(Run.status))) == {"completed"}


def test_without_follow_up_nothing_is_asked_of_the_workers(run: Callable[..., Result]) -> None:
    run(item(1), options=("--no-follow-up",))
    with transaction() as session:
        assert session.scalar(select(func.count()).select_from(Run)) == 0


def test_a_line_that_names_no_source_takes_the_one_given(run: Callable[..., Result]) -> None:
    run(item(1, source=None), options=("--source", "mine"))
    assert [one.source for one in stored()] == ["mine"]
