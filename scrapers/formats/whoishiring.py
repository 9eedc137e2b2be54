"""Hacker News "Who is hiring?": free text whose first line is, by custom, "Company | Role | Place | REMOTE | Pay"."""

import html
import re
from dataclasses import dataclass

from scrapers.normalise.job_type import job_type
from scrapers.normalise.regions import eligible_regions
from scrapers.normalise.remote import remote_type
from scrapers.normalise.salary import salary_text
from scrapers.normalise.text import line
from scrapers.normalise.words import pattern

_TAG = re.compile(r"<[^>]+>")
_URL = re.compile(
    r"\(?\s*(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|io|ai|co|dev|org|net|tech|app|ch|de|fm|vet)(?:/\S*)?\s*\)?"
)
_DASHES = re.compile(r"\s+(?:[–—]|-{1,2})\s+")
_ASIDE = re.compile(r"(?:visa|equity|relocation|benefits|https?:)", re.IGNORECASE)
_ROLE = pattern("""
    engineer(?:s|ing)?; developers?; designers?; scientists?; managers?; analysts?; architects?; researchers?; leads?;
    head of .*; director; cto; ceo; coo; vp; sre; devops; programmers?; recruiters?; writers?; marketers?; marketing;
    sales; support; product; operations; multiple roles?; various roles?; several roles?; multiple positions; roles;
    interns?; consultants?; specialists?; technicians?; editor; full ?stack; front ?end; back ?end; founder; associate;
    bdr; sdr; accountants?; teachers?; nurses?; administrators?; contractors?; account executive; positions
""")
_PLACE_WORDS = pattern(
    "nyc; sf; bay area; usa; uk; eu; us; emea; latam; office; multiple locations; cet; utc; timezones?"
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the first line says; "" where it is silent."""

    company: str
    title: str
    location: str
    remote: str
    job_type: str
    salary: str


def header(comment: str) -> Header | None:
    """Read a comment's first line; None for one that is no advert: a question, a reply, a seeker."""
    first = line(_TAG.sub(" ", re.split(r"<p>|\n", comment.strip(), maxsplit=1)[0]))
    parts = first.split("|") if "|" in first else _DASHES.split(first)
    bare = [_bare(parts[0]) or parts[0].strip(), *map(_bare, parts[1:])]
    pieces = [piece for piece in bare if piece and not _ASIDE.match(piece)]
    if len(pieces) < 3 and "|" not in first:  # noqa: PLR2004 - company, role and place
        return None
    if len(pieces) < 2 or re.match(r"(?i)seeking (?:work|freelance)|not hiring", first):  # noqa: PLR2004 - as above
        return None
    return _sorted_out(pieces)


def _bare(piece: str) -> str:
    """Without addresses and without the brackets they leave behind; "" when nothing else was there."""
    plain = html.unescape(piece).strip(" *|,:-–—")
    short = re.sub(r"\(\s*\)?", "(", _URL.sub(" ", plain)).strip(" *|,:-–—(")
    short = short if short.count("(") == short.count(")") else f"{short})" if "(" in short else short.rstrip(")")
    return " ".join(short.removesuffix(" )").split())


def _sorted_out(pieces: list[str]) -> Header:
    company, rest = (pieces[0], pieces[1:]) if not _only_role(pieces) else ("", pieces)
    found: dict[str, list[str]] = {"title": [], "location": [], "remote": [], "job_type": [], "salary": []}
    for piece in rest:
        found[_kind(piece, untitled=not found["title"])].append(piece)
    places = found["location"] or [piece for piece in found["remote"] if eligible_regions((), piece)]
    return Header(
        company=re.sub(r"\s*\((?:YC|yc|http)[^)]*\)?", "", company).strip(),
        title=(found["title"] or ["Several roles"])[0],
        location="; ".join(places or found["remote"][:1]),
        remote=" ".join(found["remote"] + found["location"]),
        job_type=" ".join(found["job_type"]),
        salary=next(iter(found["salary"]), ""),
    )


def _only_role(pieces: list[str]) -> bool:
    """Tell a line such as "Senior Python Engineer | REMOTE", which names no company."""
    return bool(_ROLE.search(pieces[0])) and not any(_ROLE.search(piece) for piece in pieces[1:])


def _kind(piece: str, *, untitled: bool) -> str:
    if salary_text(piece).currency or re.search(r"\d\s?k\b", piece, re.IGNORECASE):
        return "salary"
    if untitled and _ROLE.search(piece):
        return "title"
    if remote_type("", piece, ""):
        return "remote"
    if job_type(piece, ""):
        return "job_type"
    placed = eligible_regions((), piece) or _PLACE_WORDS.search(piece) or re.search(r"[A-Z]\w+, [A-Z]", piece)
    return "location" if placed or not untitled else "title"
