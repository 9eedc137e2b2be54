"""Captures of the boards' real answers, where they are at hand: each field against what the capture itself says.

The expectations are read from the raw answer by their own few lines here, not by the code under test; salary texts are
labelled by hand.
"""

import html
import json
import re
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from scrapers.posting import Posting
from scrapers.registry import get
from tests.scrapers.boards import Canned

BOARDS = Path(__file__).parents[3] / "shared" / "data" / "boards"
BAR = 0.98
FIELDS = ("title", "company", "location", "url", "posted", "salary", "remote")
ACME = [("acme", "Acme Co")]
OPTIONS: dict[str, dict[str, Any]] = {
    **{name: {"companies": ACME} for name in ("greenhouse", "lever", "ashby", "workable", "recruitee", "personio")},
    "teamtailor": {"companies": ACME},
    "smartrecruiters": {"companies": ACME, "details": False},
    "himalayas": {"pages": 1},
    "themuse": {"pages": 1},
    "adzuna": {"app_id": "x", "app_key": "y", "pages": 1, "countries": ("us",)},
}
# By hand: what these lines mean a year.
SALARY_LINES = {
    "": None, "$175k - $225k": (175000, 225000), "$150k - $230k": (150000, 230000), "$18 - $22/hr": (37440, 45760),
    "$75k - $95k": (75000, 95000), "$170k - $200k": (170000, 200000), "$60k - $72k": (60000, 72000),
    "$80k - $100k": (80000, 100000), "$25k - $35k": (25000, 35000), "$60k - $130k": (60000, 130000),
}  # fmt: skip
Said = dict[str, Any]


def clean(text: str | None) -> str:
    """As a reader sees it: unescaped, with the double encoding undone where the whole text shows it."""
    text = html.unescape(html.unescape(text or ""))
    with suppress(UnicodeError):
        text = text.encode("latin-1").decode("utf-8")
    return " ".join(text.split()).strip(" ,")


def pay(low: Any, high: Any, times: float = 1) -> tuple[int, int] | None:
    return (round(float(low) * times), round(float(high) * times)) if low and high else None


def remoteok(row: Said) -> Said:
    hourly = 2080 if 0 < row.get("salary_max", 0) < 1000 else 1
    return {
        "title": row["position"], "company": row["company"], "location": row["location"], "url": row["url"],
        "posted": row["epoch"], "salary": pay(row.get("salary_min"), row.get("salary_max"), hourly), "remote": "full",
    }  # fmt: skip


def remotive(row: Said) -> Said:
    return {
        "title": row["title"], "company": row["company_name"], "location": row["candidate_required_location"],
        "url": row["url"], "posted": row["publication_date"], "remote": "full",
        "salary": SALARY_LINES.get(row["salary"], ...),
    }  # fmt: skip


def himalayas(row: Said) -> Said:
    times = {"hourly": 2080, "monthly": 12}.get(row.get("salaryPeriod", ""), 1)
    return {
        "title": row["title"], "company": row["companyName"], "url": row["applicationLink"], "posted": row["pubDate"],
        "location": ", ".join(row["locationRestrictions"]) or "Worldwide", "remote": "full",
        "salary": pay(row["minSalary"], row["maxSalary"], times),
    }  # fmt: skip


def jobicy(row: Said) -> Said:
    return {
        "title": row["jobTitle"], "company": row["companyName"], "location": row["jobGeo"], "url": row["url"],
        "posted": row["pubDate"], "salary": pay(row.get("salaryMin"), row.get("salaryMax")), "remote": "full",
    }  # fmt: skip


def arbeitnow(row: Said) -> Said:
    return {
        "title": row["title"], "company": row["company_name"], "location": row["location"], "url": row["url"],
        "posted": row["created_at"], "salary": None, "remote": "full" if row["remote"] else ...,
    }  # fmt: skip


def themuse(row: Said) -> Said:
    return {
        "title": row["name"], "company": row["company"]["name"], "url": row["refs"]["landing_page"], "salary": None,
        "location": "; ".join(place["name"] for place in row["locations"]), "posted": row["publication_date"],
        "remote": None,
    }  # fmt: skip


def adzuna(row: Said) -> Said:
    stated = row.get("salary_is_predicted") == "0"
    return {
        "title": row["title"], "company": row["company"]["display_name"], "location": row["location"]["display_name"],
        "url": row["redirect_url"], "posted": row["created"], "remote": ...,
        "salary": pay(row.get("salary_min"), row.get("salary_max")) if stated else None,
    }  # fmt: skip


def greenhouse(row: Said) -> Said:
    types = {"Hybrid": "hybrid", "Remote": "full", "On-Site": "onsite"}
    said = next(
        (types[m["value"]] for m in row["metadata"] or [] if m["value"] in types.keys() & {str(m["value"])}), None
    )
    return {
        "title": row["title"], "company": row["company_name"], "location": row["location"]["name"],
        "url": row["absolute_url"], "posted": row["first_published"], "salary": ...,
        "remote": said or ("full" if "Remote" in row["location"]["name"] else None),
    }  # fmt: skip


def lever(row: Said) -> Said:
    kinds = {"remote": "full", "hybrid": "hybrid", "onsite": "onsite", "on-site": "onsite", "unspecified": None}
    span = row.get("salaryRange") or {}
    times = {"per-hour-wage": 2080, "per-month-salary": 12}.get(span.get("interval", ""), 1)
    return {
        "title": row["text"], "company": "Acme Co", "location": row["categories"]["location"], "url": row["hostedUrl"],
        "posted": row["createdAt"] / 1000, "salary": pay(span.get("min"), span.get("max"), times),
        "remote": kinds[row["workplaceType"]],
    }  # fmt: skip


def ashby(row: Said) -> Said:
    parts = (row.get("compensation") or {}).get("summaryComponents", [])
    part = next((each for each in parts if each["compensationType"] == "Salary"), {})
    times = {"1 HOUR": 2080, "1 MONTH": 12}.get(part.get("interval", ""), 1)
    return {
        "title": row["title"], "company": "Acme Co", "location": row["location"], "url": row["jobUrl"],
        "posted": row["publishedAt"], "salary": pay(part.get("minValue"), part.get("maxValue"), times),
        "remote": {"Hybrid": "hybrid", "Remote": "full", "OnSite": "onsite"}.get(row["workplaceType"]),
    }  # fmt: skip


def recruitee(row: Said) -> Said:
    times = {"hour": 2080, "month": 12}.get(row["salary"]["period"] or "", 1)
    if row["salary"]["period"] == "year" and float(row["salary"]["max"]) < 1000:
        times = 1000  # an office manager at "75 to 95" a year: the company left the thousands out
    remote = "hybrid" if row["hybrid"] else "full" if row["remote"] else "onsite" if row["on_site"] else None
    return {
        "title": row["title"], "company": row["company_name"], "location": row["location"], "url": row["careers_url"],
        "posted": row["published_at"].replace(" UTC", "+00:00"), "remote": remote,
        "salary": pay(row["salary"]["min"], row["salary"]["max"], times),
    }  # fmt: skip


def smartrecruiters(row: Said) -> Said:
    place = row["location"]
    remote = "hybrid" if place["hybrid"] else "full" if place["remote"] else "onsite"
    return {
        "title": row["name"], "company": row["company"]["name"], "location": place["fullLocation"], "salary": None,
        "url": f"https://jobs.smartrecruiters.com/{row['company']['identifier']}/{row['id']}",
        "posted": row["releasedDate"], "remote": remote,
    }  # fmt: skip


def teamtailor(row: Said) -> Said:
    address = row["_jobposting"]["jobLocation"][0]["address"]
    return {
        "title": row["title"], "company": ..., "location": ..., "url": row["url"], "posted": row["date_published"],
        "salary": None, "remote": None, "town": address["addressLocality"],
    }  # fmt: skip


READERS: dict[str, tuple[Callable[[Any], list[Said]], Callable[[Said], Said]]] = {
    "remoteok": (lambda body: body[1:], remoteok), "remotive": (lambda body: body["jobs"], remotive),
    "himalayas": (lambda body: body["jobs"], himalayas), "jobicy": (lambda body: body["jobs"], jobicy),
    "arbeitnow": (lambda body: body["data"], arbeitnow), "themuse": (lambda body: body["results"], themuse),
    "adzuna": (lambda body: body["results"], adzuna), "greenhouse": (lambda body: body["jobs"], greenhouse),
    "lever": (lambda body: body, lever), "ashby": (lambda body: body["jobs"], ashby),
    "recruitee": (lambda body: body["offers"], recruitee), "teamtailor": (lambda body: body["items"], teamtailor),
    "smartrecruiters": (lambda body: body["content"], smartrecruiters),
}  # fmt: skip


def captures(name: str) -> list[Path]:
    if not BOARDS.is_dir():
        pytest.skip(f"NO REAL DATA: {BOARDS} is absent, so nothing was checked against the real boards")
    found = [path for path in sorted((BOARDS / name).glob("*.json")) if "detail" not in path.name]
    assert found
    return found


def read(name: str, path: Path) -> list[Posting]:
    failures: list[Any] = []
    body = path.read_bytes()
    if name == "arbeitnow":  # one page at a time: what it says of a next page is not ours to follow
        body = json.dumps(json.loads(body) | {"links": {}}).encode()
    found = list(get(name, **OPTIONS.get(name, {})).postings(Canned(body), failures.append))
    assert not failures
    return found


def seconds(value: Any) -> float:
    posting = get("workingnomads").read({"url": "https://x/1", "title": "T", "pub_date": value})
    assert posting
    assert posting.posted_at
    return posting.posted_at.timestamp()


def same(field: str, posting: Posting, said: Any) -> bool:
    if said is ...:
        return True
    if field == "posted":
        return posting.posted_at is not None and posting.posted_at.timestamp() == seconds(said)
    if field == "salary":
        return (posting.salary_min, posting.salary_max) == (said or (None, None))
    if field == "remote":
        return posting.remote_type == said
    given = {"title": posting.title, "company": posting.company, "location": posting.location, "url": posting.url}[
        field
    ]
    return (given or "") == (said if field == "url" else clean(said))


@pytest.mark.real_data
@pytest.mark.parametrize("name", sorted(READERS))
def test_fields_are_right(name: str, record_property: Callable[[str, object], None]) -> None:
    items, reader = READERS[name]
    right, wrong, total = Counter[str](), list[str](), 0
    for path in captures(name):
        postings = {posting.url: posting for posting in read(name, path)}
        rows = {reader(row)["url"]: reader(row) for row in items(json.loads(path.read_bytes()))}
        assert set(postings) == set(rows), path.name
        for url, said in rows.items():
            total += 1
            for field in FIELDS:
                if same(field, postings[url], said[field]):
                    right[field] += 1
                else:
                    wrong.append(f"{path.name} {field}: {said[field]!r} read as {postings[url]}"[:300])
    shares = {field: right[field] / total for field in FIELDS}
    print(f"{name}: {total} postings, {', '.join(f'{field} {share:.1%}' for field, share in shares.items())}")  # noqa: T201
    record_property("shares", shares)
    assert all(share >= BAR for share in shares.values()), wrong


@pytest.mark.real_data
def test_weworkremotely() -> None:
    if not BOARDS.is_dir():
        pytest.skip(f"NO REAL DATA: {BOARDS} is absent")
    (path,) = (BOARDS / "weworkremotely").glob("*.xml")
    found = list(get("weworkremotely").postings(Canned(path.read_bytes())))
    items = list(ET.fromstring(path.read_bytes()).iter("item"))
    assert len(found) == len(items)
    for posting, item in zip(found, items, strict=True):
        company, _, title = (item.findtext("title") or "").partition(": ")
        assert (posting.company, posting.title) == (company, title)
        assert (posting.url, posting.location) == (item.findtext("link"), item.findtext("region"))
        assert posting.posted_at
        assert posting.remote_type == "full"


@pytest.mark.real_data
def test_workable_joins_places() -> None:
    for path in captures("workable"):
        rows = json.loads(path.read_bytes())["jobs"]
        found = {posting.source_id: posting for posting in read("workable", path)}
        assert set(found) == {row["shortcode"] for row in rows}
        for row in rows:
            posting = found[row["shortcode"]]
            assert (posting.title, posting.company) == (row["title"], json.loads(path.read_bytes())["name"])
            assert row["country"] in posting.location
            assert (posting.remote_type == "full") == row["telecommuting"]


@pytest.mark.real_data
def test_hackernews_headers() -> None:
    """Free text: the share of top-level comments read as adverts, and of those with company, title and place."""
    if not BOARDS.is_dir():
        pytest.skip(f"NO REAL DATA: {BOARDS} is absent")
    hits = json.loads((BOARDS / "hackernews" / "nacefmoula__hn_comments.json").read_bytes())["hits"]
    top = [
        hit
        for hit in hits
        if hit["parent_id"] == hit["story_id"] and hit["comment_text"].split("<p>")[0].count("|") >= 2
    ]
    board = get("hackernews")
    found = [posting for hit in top if (posting := board.read(hit))]
    assert len(found) >= BAR * len(top)
    shares = {
        name: sum(bool(getattr(draft, name)) for draft in found) / len(found)
        for name in ("company", "title", "location")
    }
    print(f"hackernews: {len(found)} of {len(top)} lines, {shares}")  # noqa: T201
    assert min(shares.values()) >= BAR


@pytest.mark.real_data
def test_no_mojibake_and_no_trap_is_left() -> None:
    for path in captures("remoteok"):
        for posting in read("remoteok", path):
            assert "Please mention the word" not in posting.description
            assert not re.search(
                r"[\x80-\x9f]|â€|Ã[\x80-\xbf]", posting.title + posting.company + posting.description
            ), posting.url
