"""The shared engines where no board's example reaches."""

import json
from pathlib import Path
from threading import Thread
from typing import Any

import httpx
import pytest

from core.errors import NotFound, Transient
from scrapers.errors import Gone, MalformedItem, NotConfigured, UnreadableAnswer
from scrapers.formats import jsonld
from scrapers.formats.companies import Company, companies_of, load, titled
from scrapers.formats.fields import code, inner, need, need_code, number, parts, rows, text, texts
from scrapers.formats.headquarters import split_headquarters
from scrapers.formats.parts import each_part
from scrapers.formats.whoishiring import header
from scrapers.http import MemoryCache, MemoryRateGate, Stored
from scrapers.posting import Failure
from scrapers.registry import SOURCES, get

PAGE = """<html><head><script type="application/ld+json">{"broken</script>
<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["JobPosting"], "title": "Cook",
"url": "https://inn.example/cook", "hiringOrganization": {"name": "The Inn"}, "jobLocation": {"address":
{"addressLocality": "Cork", "addressCountry": {"name": "Ireland"}}}, "baseSalary": {"currency": "EUR", "value":
{"value": 15, "unitText": "HOUR"}}, "employmentType": ["PART_TIME"],
"datePosted": "2026-09-01"}]}</script></head></html>"""


def test_json_ld_in_a_page() -> None:
    (node,) = jsonld.in_page(PAGE)
    draft = jsonld.read(node)
    assert (draft.title, draft.company, draft.location) == ("Cook", "The Inn", "Cork, Ireland")
    assert (draft.salary_min, draft.salary_max, draft.salary_period) == (15, 15, "HOUR")
    assert (draft.url, draft.source_id, draft.job_type) == ("https://inn.example/cook",) * 2 + ("PART_TIME",)
    with pytest.raises(MalformedItem):
        jsonld.read({"@type": "JobPosting"})
    assert list(jsonld.in_page("<p>nothing</p>")) == []


@pytest.mark.parametrize("odd", [None, [], "x", 7, {"name": []}, [[]], [{"name": 5}], True])
def test_getters_trust_no_shape(odd: Any) -> None:
    item = {"a": odd}
    assert isinstance(text(item, "a"), str)
    assert isinstance(texts(odd), tuple)
    assert isinstance(inner(odd, "name", "deeper"), dict)
    assert number(item, "a") in {None, 7.0}


def test_getters() -> None:
    assert need_code({"id": 0, "b": "x"}, "id") == "0"
    ids: list[Any] = [7, "7", True, 1.5, -1, 10**30, None, []]
    assert [code({"id": one}, "id") for one in ids] == ["7", "7", *[""] * 6]
    assert [text({"title": one}, "title") for one in (7, True, " ", "x")] == ["", "", "", "x"]
    assert parts([{"a": 1}, 3, None]) == [{"a": 1}]
    assert parts({"a": 1}) == parts("x") == parts(None) == []
    with pytest.raises(MalformedItem, match="missing a or b"):
        need({}, "a", "b")
    assert [number({"n": n}, "n") for n in ("12.5", "1e3", 0, -3, "x", float("inf"), None)] == [12.5, 1000.0] + [
        None
    ] * 5
    assert rows([{"a": 1}, 3], "jobs") == [{"a": 1}, {}]
    with pytest.raises(UnreadableAnswer):
        rows({"jobs": []}, "jobs")


def test_parts_that_fail_are_told_and_all_failing_raises() -> None:
    def items(part: str) -> list[dict[str, str]]:
        if part == "gone":
            raise Gone("The board answered 404.")
        return [{"id": part}]

    assert list(each_part(["a", "gone", "b"], items)) == [
        {"id": "a"},
        Failure("gone", "gone: The board answered 404.", part="broken"),
        {"id": "b"},
    ]
    assert Failure("gone", "gone: The board answered 404.", part="left") in each_part(
        ["a", "gone"], items, may_leave=True
    )
    with pytest.raises(Gone):
        list(each_part(["gone"], items))

    def later(part: str) -> list[dict[str, str]]:
        raise Transient("busy", retry_after=60)

    with pytest.raises(Transient):
        list(each_part(["a", "b"], later))


def test_an_invitation_covers_the_documented_paths_of_its_own_host_only() -> None:
    greenhouse, personio = SOURCES["greenhouse"], SOURCES["personio"]
    assert greenhouse.invites(httpx.URL("https://boards-api.greenhouse.io/v1/boards/acme/jobs?content=true"))
    assert personio.invites(httpx.URL("https://acme.jobs.personio.de/xml"))
    for elsewhere in (
        "https://boards-api.greenhouse.io/admin",
        "http://boards-api.greenhouse.io/v1/boards/acme",
        "https://boards-api.greenhouse.io.evil.example/v1/boards/acme",
    ):
        assert not greenhouse.invites(httpx.URL(elsewhere))
    for elsewhere in ("https://acme.jobs.personio.de/job/1", "https://evil.example/.jobs.personio.de/xml"):
        assert not personio.invites(httpx.URL(elsewhere))
    assert not SOURCES["linkedin"].invites(httpx.URL("https://www.linkedin.com/jobs"))


def test_companies(tmp_path: Path) -> None:
    file = tmp_path / "companies.tsv"
    file.write_text("# system\tslug\tname\n\nlever\tacme-health\nlever\tb\tBee Inc.\nashby\tc\tSee\n", encoding="utf-8")
    assert load(file) == {
        "lever": (Company("acme-health", "Acme Health"), Company("b", "Bee Inc.")),
        "ashby": (Company("c", "See"),),
    }
    assert titled("rook_and-castle") == "Rook And Castle"
    assert companies_of(SOURCES["lever"])
    assert companies_of(get("lever", companies=["x"])) == (Company("x", "X"),)
    with pytest.raises(NotConfigured):
        companies_of(get("remoteok"))


def test_keys_are_asked_for() -> None:
    for name in ("adzuna", "usajobs"):
        with pytest.raises(NotConfigured) as caught:
            list(get(name).postings(object()))  # type: ignore[arg-type]
        assert caught.value.context["reason"] == "option"
    with pytest.raises(NotFound):
        get("no-such-board")


def test_base_url_is_turned_and_the_registered_board_stays() -> None:
    turned = get("remoteok", "http://127.0.0.1:9/")
    assert turned.base_url == "http://127.0.0.1:9"
    assert SOURCES["remoteok"].base_url == "https://remoteok.com"


@pytest.mark.parametrize(
    ("comment", "company", "title", "location", "salary"),
    [
        (
            "Acme | Engineer | Berlin, Germany | ONSITE | &#x20AC;60k-70k<p>More",
            "Acme",
            "Engineer",
            "Berlin, Germany",
            "€60k-70k",
        ),
        ("Acme (YC W22) | Full-time | Data Scientist | REMOTE (US)", "Acme", "Data Scientist", "REMOTE (US)", ""),
        ("Steel.dev | Designer | Toronto, ON", "Steel.dev", "Designer", "Toronto, ON", ""),
        ("Senior Python Engineer | REMOTE (EU)", "", "Senior Python Engineer", "REMOTE (EU)", ""),
        ("Acme - Nurse - Cork, Ireland", "Acme", "Nurse", "Cork, Ireland", ""),
    ],
)
def test_header_of_an_advert(comment: str, company: str, title: str, location: str, salary: str) -> None:
    found = header(comment)
    assert found
    assert (found.company, found.title, found.location, found.salary) == (company, title, location, salary)


@pytest.mark.parametrize(
    "comment", ["How do I apply?", "", "Sent you a mail - thanks", "SEEKING WORK | Remote | Python", "<p>"]
)
def test_no_advert(comment: str) -> None:
    assert header(comment) is None


def test_headquarters_are_taken_off() -> None:
    place, rest = split_headquarters(
        "<p><strong>Headquarters:</strong> Cork</p><p>Text</p><p><strong>To apply:</strong> x</p>"
    )
    assert (place, rest) == ("Cork", "<p>Text</p>")
    assert split_headquarters("<p>Text</p>") == ("", "<p>Text</p>")


def test_slots_of_one_host_are_given_once_to_many_threads() -> None:
    gate, waits = MemoryRateGate(clock=lambda: 0.0), list[float]()
    threads = [Thread(target=lambda: waits.append(gate.reserve("board.example", 2.0))) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(waits) == [2.0 * number for number in range(20)]
    assert gate.reserve("other.example", 2.0) == 0.0


def test_the_cache_forgets_its_oldest() -> None:
    cache = MemoryCache(entries=2)
    for key in ("a", "b", "a", "c"):
        cache.put(key, Stored('"1"', None, b""))
    assert [cache.get(key) is not None for key in ("a", "b", "c")] == [True, False, True]


def test_every_source_is_one_small_file_with_its_example() -> None:
    folder = Path(__file__).parents[2] / "scrapers"
    files = {path.stem for path in (folder / "sources").glob("*.py")} - {"__init__"}
    assert files == set(SOURCES)
    for name in files:
        assert len((folder / "sources" / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= 60
        index = json.loads((folder / "examples" / name / "index.json").read_text(encoding="utf-8"))
        assert all((folder / "examples" / name / file).is_file() for file in index["answers"].values())
