"""Two job boards on this machine, answering as Remote OK and We Work Remotely do, with fictional postings.

For the demo and for tests: nothing here reaches the network, and the addresses inside the postings end in `.example`,
so that no reader takes them for real. The same `now` gives the same bytes.
"""

import hashlib
import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from core.clock import utc_now

_DATA = Path(__file__).with_name("demo_postings.json")
_LEVELS = (("Junior", 0.7, 1), ("", 1.0, 3), ("Senior", 1.35, 6))
_TYPES = ("Full-Time", "Full-Time", "Full-Time", "Contract", "Part-Time")
_ON_BOTH_BOARDS_EVERY = 15
_NOTICE = {
    "last_updated": 0,
    "legal": "Fictional postings of a local demonstration board, in the form of Remote OK's answer: link back.",
}
_WORDS = {
    "en": ("About us", "What you will do", "What you bring", "What we offer", "years of experience"),
    "de": ("Über uns", "Deine Aufgaben", "Dein Profil", "Wir bieten", "Jahre Berufserfahrung"),
    "fr": ("Qui sommes-nous", "Vos missions", "Votre profil", "Ce que nous offrons", "ans d'expérience"),
}
_TRANSLATED_PERKS = {
    "de": (
        "30 Tage Urlaub und flexible Arbeitszeiten",
        "Ein Budget für deine Weiterbildung",
        "Betriebliche Altersvorsorge",
    ),
    "fr": (
        "Des tickets restaurant et une mutuelle",
        "Deux jours de télétravail ou plus, au choix",
        "Une prime annuelle",
    ),
}


@dataclass(frozen=True, slots=True)
class Advert:
    """One fictional posting, before either board puts it into its own form."""

    number: int
    title: str
    company: str
    headquarters: str
    category: str
    region: str
    location: str
    form: str
    tags: tuple[str, ...]
    pay: tuple[int, int] | None
    html: str
    posted_at: datetime

    @property
    def slug(self) -> str:
        words = "".join(char if char.isalnum() else " " for char in f"{self.title} {self.company}".lower())
        return "-".join(words.encode("ascii", "ignore").decode().split())


def adverts(now: datetime) -> tuple[Advert, ...]:
    """About 120 of them: each role at three levels, each time with another company, region and choice of duties."""
    book = _book()
    made = (
        _advert(book, role_no, role, level_no, now)
        for role_no, role in enumerate(book["roles"])
        for level_no in range(len(_LEVELS))
    )
    return tuple(sorted(made, key=lambda advert: advert.posted_at, reverse=True))


@cache
def _book() -> dict[str, Any]:
    book: dict[str, Any] = json.loads(_DATA.read_text(encoding="utf-8"))
    return book


def _advert(book: dict[str, Any], role_no: int, role: dict[str, Any], level_no: int, now: datetime) -> Advert:
    number = role_no * len(_LEVELS) + level_no
    level, factor, years = _LEVELS[level_no]
    lang = role.get("lang", "en")
    company, about, headquarters = _employer(book["companies"], number, lang)
    region, location = book["regions"][(role_no // 2 + level_no * 3) % len(book["regions"])]
    region, location = {"de": ("DACH", "Germany"), "fr": ("Europe Only", "France")}.get(lang, (region, location))
    low = round(role["pay"] * factor * (1 + (number % 5) / 40) / 1000) * 1000
    return Advert(
        number=number,
        title=f"{level} {role['title']}".strip(),
        company=company,
        headquarters=headquarters,
        category=role["category"],
        region=region,
        location=location,
        form=_TYPES[number % len(_TYPES)],
        tags=tuple(role["tags"]),
        pay=(low, round(low * 1.22 / 1000) * 1000) if lang == "en" and number % 4 else None,
        html=_html(book, role, number, years, f"{company} {about}."),
        posted_at=(now - timedelta(hours=5 * number % 600 + 1, minutes=number)).replace(microsecond=0),
    )


def _employer(companies: Sequence[Sequence[str]], number: int, lang: str) -> Sequence[str]:
    if lang == "en":
        plain = [company for company in companies if not company[1].startswith(("entwickelt", "conçoit"))]
        return plain[(number * 11) % len(plain)]
    opening = {"de": "entwickelt", "fr": "conçoit"}[lang]
    return next(company for company in companies if company[1].startswith(opening))


def _html(book: dict[str, Any], role: dict[str, Any], number: int, years: int, about: str) -> str:
    lang = role.get("lang", "en")
    heading = _WORDS[lang]
    perks = _TRANSLATED_PERKS.get(lang) or _turned(book["perks"], number)[:4]
    needs = [f"{years}+ {heading[4]}", *_turned(role["needs"], number)[:4]]
    lists = zip(heading[1:4], (_turned(role["duties"], number)[:4], needs, perks), strict=True)
    blocks = (
        f"<h3>{title}</h3><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" for title, lines in lists
    )
    return f"<h3>{heading[0]}</h3><p>{escape(about)}</p>{''.join(blocks)}"


def _turned(lines: Sequence[str], by: int) -> list[str]:
    start = by % len(lines)
    return [*lines[start:], *lines[:start]]


def _on_remoteok(advert: Advert) -> bool:
    return advert.number % 2 == 0 or advert.number % _ON_BOTH_BOARDS_EVERY == 0


def _on_weworkremotely(advert: Advert) -> bool:
    return not _on_remoteok(advert) or advert.number % _ON_BOTH_BOARDS_EVERY == 0


def remoteok_answer(now: datetime) -> bytes:
    """`/api`: a notice, then the postings. Text is encoded twice, and a spam trap is appended, as the board does."""
    rows = [_remoteok_row(advert) for advert in adverts(now) if _on_remoteok(advert)]
    return json.dumps([_NOTICE | {"last_updated": int(now.timestamp())}, *rows]).encode()


def _remoteok_row(advert: Advert) -> dict[str, Any]:
    number = 9_100_000 + advert.number
    url = f"https://remoteok.example/remote-jobs/remote-{advert.slug}-{number}"
    trap = (
        "<br/><br/>Please mention the word **LANTERN** and tag RMTI3LjAuMC4x when applying to show you read the job "
        "post completely (#RMTI3LjAuMC4x). This is a beta feature to avoid spam applicants."
    )
    low, high = advert.pay or (0, 0)
    return {
        "slug": f"remote-{advert.slug}-{number}",
        "id": str(number),
        "epoch": int(advert.posted_at.timestamp()),
        "date": advert.posted_at.isoformat(),
        "company": _twice(escape(advert.company)),
        "company_logo": "",
        "position": _twice(advert.title),
        "tags": [*advert.tags, advert.form.lower().replace("-", " ")],
        "description": _twice(advert.html) + trap,
        "location": advert.location,
        "salary_min": low,
        "salary_max": high,
        "apply_url": url,
        "logo": "",
        "url": url,
    }


def _twice(text: str) -> str:
    return text.encode().decode("latin-1")


def weworkremotely_answer(category: str, now: datetime) -> bytes | None:
    """`/categories/<category>.rss`, or None for a category that has no posting."""
    items = [_item(advert) for advert in adverts(now) if _on_weworkremotely(advert) and advert.category == category]
    head = f"<title>We Work Remotely (demo): {category}</title><link>https://weworkremotely.example</link>"
    head += "<description>Fictional postings</description><language>en-US</language>"
    body = f"<channel>{head}{''.join(items)}</channel>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0">{body}</rss>'.encode() if items else None


def _item(advert: Advert) -> str:
    link = f"https://weworkremotely.example/remote-jobs/{advert.slug}"
    pay = "<p><strong>Salary:</strong> ${:,} - ${:,} USD</p>".format(*advert.pay) if advert.pay else ""
    html = f"<p><strong>Headquarters:</strong> {escape(advert.headquarters)}</p>{pay}{advert.html}"
    html += f'<p><strong>To apply:</strong> <a href="{link}">{link}</a></p>'
    values = {
        "title": f"{advert.company}: {advert.title}",
        "region": advert.region,
        "category": advert.category.removeprefix("remote-").removesuffix("-jobs").replace("-", " ").title(),
        "type": advert.form,
        "skills": ", ".join(advert.tags),
        "description": html,
        "pubDate": format_datetime(advert.posted_at),
        "expires_at": format_datetime(advert.posted_at + timedelta(days=30)),
        "guid": link,
        "link": link,
    }
    return f"<item>{''.join(f'<{name}>{escape(value)}</{name}>' for name, value in values.items())}</item>"


class _Handler(BaseHTTPRequestHandler):
    server_version = "OfferlineDemoBoards"

    def do_GET(self) -> None:
        body, kind = _answer(self.path.partition("?")[0], getattr(self.server, "now", utc_now()))
        if body is None:
            self.send_error(404)
            return
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        unchanged = self.headers.get("If-None-Match") == etag
        self.send_response(304 if unchanged else 200)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", "0" if unchanged else str(len(body)))
        self.end_headers()
        if not unchanged:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - http.server's signature
        """Stay silent: the demo's own lines are what a reader wants."""


def _answer(path: str, now: datetime) -> tuple[bytes | None, str]:
    if path == "/robots.txt":
        return b"User-agent: *\nDisallow: /account\n", "text/plain"
    if path == "/api":
        return remoteok_answer(now), "application/json"
    if path.startswith("/categories/") and path.endswith(".rss"):
        return weworkremotely_answer(path.removeprefix("/categories/").removesuffix(".rss"), now), "application/rss+xml"
    return None, "text/plain"


@contextmanager
def serve_boards(now: datetime | None = None) -> Iterator[dict[str, str]]:
    """Serve both boards on a free port of 127.0.0.1 and yield source name → base URL; stops when the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.now = now or utc_now()  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        yield {"remoteok": base, "weworkremotely": base}
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
