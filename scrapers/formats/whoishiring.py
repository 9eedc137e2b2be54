"""Hacker News "Who is hiring?": free text whose first line is, by custom, "Company | Role | Place | REMOTE | Pay".

Nobody holds to the order, so each piece is read for what it is: pay, a form of work, a place, a role, or none of these,
which in the first place is the company's name.
"""

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass

from scrapers.formats.hiringwords import (
    ASIDE,
    ASIDE_ONLY,
    BATCH,
    FORM,
    GLUE,
    HIRING,
    LABEL,
    NO_ADVERT,
    PLACE,
    PLACELESS,
    ROLE_FIRST,
    ROLE_LAST,
    ROLE_WORD,
    SENTENCE,
    SOME_ROLES,
    URL,
    WORKPLACE,
)
from scrapers.normalise.regions import eligible_regions
from scrapers.normalise.salary import salary_text
from scrapers.normalise.text import line

_TAG = re.compile(r"<[^>]+>")
_BREAK = re.compile(r"<p>|<br\s*/?>|\n")
_PIPES = re.compile(r"\s*(?:\||¦|│|•|·|\s//\s|;\s)\s*")
_DASHES = re.compile(r"\s+(?:[–—]|-{1,2}|::)\s+|\s*—\s*")
_TALK = re.compile(r"[?]|\bI\b|\bmy\b|\bthanks\b", re.IGNORECASE)
_COMMAS = re.compile(r",\s+")
_OF_TWO = re.compile(r"^(?P<title>.+?)\s+(?:at|@)\s+(?P<company>[A-Z0-9][\w.&'’ -]{0,60}?)$")
_ASIDE_IN = re.compile(r"\s*\([^)]*\)\s*$")
_TAIL_ROLES = re.compile(
    r"(?<=\S)\s+(?:multiple|various|several|open)\s(?:[\w/&-]+\s){0,3}(?:roles|positions|openings)\b.*$", re.IGNORECASE
)
_LEADING_FORM = re.compile(r"^(?:full|part)[\s-]?time\s+(?=\w)", re.IGNORECASE)
_OPENING = re.compile(r"^(?:we(?:'|’)?re |we are |now |is |are )?hiring(?: for| an?)?:?\s+", re.IGNORECASE)
_MOST_WORDS = 14  # longer pieces are prose that followed on the line
_FEW_WORDS = 6
_STRONG, _WEAK = 3, 1


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
    lines = [line(_TAG.sub(" ", part)) for part in _BREAK.split(comment.strip())]
    lines = [part for part in lines if part]
    if not lines or NO_ADVERT.search(lines[0]):
        return None
    first = lines[0]
    split = _outside(_PIPES, first)
    if len(split) < 2:  # noqa: PLR2004 - one piece is not a list
        return _of_labels(lines[:12]) or _of_dashes(first) or _of_sentence(first)
    pieces = [piece for each in split for piece in _apart(_bare(each)) if piece]
    return _sorted_out(pieces) if len(pieces) > 1 else None


def _outside(mark: re.Pattern[str], text: str) -> list[str]:
    """Split at a mark wherever no bracket is open."""
    parts, start = [], 0
    for found in mark.finditer(text):
        before = text[start : found.start()]
        if before.count("(") <= before.count(")"):
            parts.append(before)
            start = found.end()
    return [*parts, text[start:]]


def _apart(piece: str) -> list[str]:
    """As two pieces "Acme - Remote"; "Engineer - Video Management" and "Hybrid - Berlin" are one."""
    parts = _outside(_DASHES, piece)
    told = [_pure_form(part) or bool(WORKPLACE.match(part)) or (_place(part) and not _role(part)) for part in parts]
    return parts if any(told) and not all(told) and not _pay(piece) else [piece]


def _of_labels(lines: Sequence[str]) -> Header | None:
    """A line each: "Company: Acme", "Role: Engineer"."""
    labelled = filter(None, map(LABEL.match, lines))
    said = {each["label"].lower(): each["rest"].strip() for each in labelled}
    names = {"company": ("company",), "title": ("role", "position", "title", "job title"), "location": ("location",)}
    found = {kind: next((said[name] for name in labels if name in said), "") for kind, labels in names.items()}
    if not (found["company"] and found["title"]):
        return None
    return Header(
        company=_company(_bare(found["company"])),
        title=_bare(found["title"]),
        location=found["location"],
        remote=said.get("remote", ""),
        job_type=said.get("type", ""),
        salary=said.get("salary", "") or said.get("compensation", ""),
    )


def _of_dashes(first: str) -> Header | None:
    """Between dashes or commas; without pipes a role must be among the pieces, or it is a sentence like any other."""
    for split, others in ((_outside(_DASHES, first), 0), (_outside(_COMMAS, first), 1)):
        pieces = [piece for piece in map(_bare, split) if piece]
        heads = sum(_role(piece) >= _STRONG for piece in pieces)
        beside = sum(_kind(piece) in {"remote", "place", "form", "salary"} for piece in pieces)
        few = len(first.split()) <= 3 * _MOST_WORDS and not _TALK.search(first)
        if len(pieces) > 1 and heads and beside >= others and heads + beside >= len(pieces) - 1 and few:
            return _sorted_out(pieces)
    return None


def _of_sentence(first: str) -> Header | None:
    """As in "Acme is hiring a data engineer in Berlin."."""
    plain = " ".join(BATCH.sub(" ", re.sub(r"\(\s*\)", " ", URL.sub(" ", first))).split())
    found = SENTENCE.match(plain)
    if not found or _role(found["title"]) < _STRONG:
        company = HIRING.match(plain)
        return Header(_company(_bare(company["company"])), "Several roles", "", "", "", "") if company else None
    place = (found["place"] or "").strip(" .!,")
    return Header(_company(_bare(found["company"])), _bare(found["title"]), place, first if place else "", "", "")


def _bare(piece: str) -> str:
    """Without addresses, the prose that follows them and the brackets they leave; "" when nothing else is there."""
    plain = html.unescape(piece).strip(' *#|,:-–—_"“”')
    before, *after = URL.split(plain)
    if after and len(" ".join(after).split()) > _FEW_WORDS and before.strip(" (-–—:"):
        plain = before
    short = re.sub(r"\(\s*[\w-]+(?:\.[\w-]+)+(?:/\S*)?\s*\)", " ", URL.sub(" ", plain))
    short = re.sub(r"[(\[]\s*(?:[,;&]|and|\s)*[)\]]", " ", re.sub(r"([(\[])\s*[,;]\s*", r"\1", short))
    short = re.sub(r"[(\[]\s*[)\]]?\s*$", "", short).strip(' *#|,:-–—_"“”/')
    for left, right in ("()", "[]"):
        if short.count(left) > short.count(right):
            short = short + right if short.rfind(left) < len(short) - 1 else short.rstrip(left)
        elif short.count(right) > short.count(left):
            short = short.replace(right, "", 1) if short.startswith(right) else short.rstrip(f" {right}")
    short = " ".join(short.split())
    if not short and plain:
        return _of_address(plain)
    return short


def _of_address(plain: str) -> str:
    """A piece that is one address only names a company where no path follows: "acme.ai", not "acme.ai/jobs"."""
    host = re.fullmatch(r"\(?([\w-]+\.(?:ai|io|dev|app|co|com|fm|so|xyz))/?\)?", plain, re.IGNORECASE)
    return host.group(1) if host else ""


def _sorted_out(pieces: list[str]) -> Header | None:
    pieces = [pieces[0], *(_before_prose(piece, _company(pieces[0])) for piece in pieces[1:])]
    kinds = [_kind(piece) for piece in pieces]
    company = _company_at([_ASIDE_IN.sub(" ", piece).strip() or piece for piece in pieces])
    name = pieces[company] if company is not None else ""
    rest = [(piece, kind) for at, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)) if at != company]
    best = max((piece for piece, kind in rest if kind == "title"), key=_role, default="")
    title, name = _title(best, name)
    rest = [(piece, _beside_title(piece) if kind == "title" else kind) for piece, kind in rest if piece != best]
    of = {kind: [piece for piece, found in rest if found == kind] for kind in ("place", "remote", "form", "salary")}
    if not (title or any(of.values())):
        return None
    placed = [piece for piece, kind in rest if kind == "place" or (kind == "remote" and _place(piece))]
    aside = _ASIDE_IN.search(name)
    if aside and _is_where(aside.group()):
        name = name[: aside.start()]
        placed = placed or [aside.group().strip(" ()")]
    return Header(
        company=_company(name),
        title=title or "Several roles",
        location="; ".join(placed or of["remote"][:1]),
        remote=" ".join(of["remote"] + of["place"]),
        job_type=" ".join(of["form"]),
        salary=next(iter(of["salary"]), ""),
    )


def _before_prose(piece: str, company: str) -> str:
    """What stands before "Acme is …", where the text goes on in the same line."""
    if not company or len(piece.split()) <= _MOST_WORDS:
        return piece
    return re.split(rf"(?<=\S)\s+(?={re.escape(company)}\s+[a-z])", piece)[0]


def _company_at(pieces: Sequence[str]) -> int | None:
    """The first piece, unless it is plainly something else and another piece is nothing in particular."""
    kinds = [_kind(piece) for piece in pieces]
    names = [at for at, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)) if kind == "" and _nameable(piece)]
    others_are_roles = any(_role(piece) >= _STRONG for piece in pieces[1:])
    lone_place = kinds[0] == "place" and "place" not in kinds[1:] and "," in pieces[0]
    plainly_else = (
        lone_place
        or kinds[0] in {"salary", "form"}
        or ASIDE_ONLY.match(pieces[0])
        or (kinds[0] == "remote" and WORKPLACE.match(pieces[0]))
    )
    if not plainly_else and not (kinds[0] == "title" and _role(pieces[0]) >= _STRONG and not others_are_roles):
        return 0
    return names[0] if names else None


def _is_where(aside: str) -> bool:
    """Of "(London or NYC)" true; "(International Division)" belongs to the name."""
    inside = aside.strip(" ()")
    spelt_out = len(inside) > len("USA") and eligible_regions((), inside) not in {(), ("worldwide",)}
    named = spelt_out or PLACE.search(inside)
    return bool(named or WORKPLACE.search(aside))


def _beside_title(piece: str) -> str:
    """What a piece is that names a role too, once another one is the title."""
    return "remote" if WORKPLACE.search(piece) else "place" if _place(piece) else "title"


def _nameable(piece: str) -> bool:
    return len(piece.split()) <= _FEW_WORDS and not ASIDE.search(piece)


def _title(best: str, company: str) -> tuple[str, str]:
    """The title and, where one piece names both, the company that it names."""
    for piece, other in ((company, not best), (best, not company)):
        if other and (found := _TAIL_ROLES.search(piece)) and not piece.lower().startswith("hiring"):
            return found.group().strip(), piece[: found.start()]
    if not company and (both := _OF_TWO.match(best)):
        return both["title"], both["company"]
    title = _OPENING.sub("", _LEADING_FORM.sub("", best))
    return ("" if title.lower().startswith(("we ", "our ")) else title), company


def _company(name: str) -> str:
    """The name alone: no batch of an accelerator, no motto, no "is hiring"; "" for what is a sentence."""
    if len(name.split()) > _MOST_WORDS and "," in name:
        return ""
    name = BATCH.sub(" ", name).strip() or name.strip(" []()")
    name = re.sub(r"\s+(?:is|are)\s+(?:now\s+)?(?:hiring|looking)\b.*$", "", name, flags=re.IGNORECASE)
    name = re.sub(r"\s+(?:[–—]|-{1,2})\s+\S+\s+\S+.*$|:\s+\S+\s+\S+.*$|,\s+(?:an?|the|your|we)\s.*$", "", name)
    return " ".join(name.split()).strip(" *#|,:;-–—([")


def _kind(piece: str) -> str:
    """One of title, place, remote, form, salary, aside; "" for what is none of these."""
    words = len(piece.split())
    opening = " ".join(piece.split()[:_FEW_WORDS])
    prose = words > _MOST_WORDS and piece.count(",") * 5 < words and not (_place(opening) or WORKPLACE.search(opening))
    tests = (
        ("aside", bool(ASIDE_ONLY.match(piece))),
        ("salary", _pay(piece)),
        ("form", _pure_form(piece) or (prose and bool(FORM.match(piece)))),
        ("aside", prose and not _role(piece)),
        ("title", _role(piece) >= _STRONG and not (WORKPLACE.match(piece) and _place(piece))),
        ("remote", bool(WORKPLACE.search(piece))),
        ("place", _place(piece) and not ASIDE.search(piece)),
        ("aside", bool(ASIDE.search(piece)) or words > _MOST_WORDS),
        ("title", bool(_role(piece))),
    )
    return next((kind for kind, is_so in tests if is_so), "")


def _pay(piece: str) -> bool:
    if ASIDE.search(piece) and not re.search(r"salary|equity|bonus|\d\s?k\b", piece, re.IGNORECASE):
        return False
    return bool(salary_text(piece).currency or re.search(r"\d\s?k\b", piece, re.IGNORECASE)) and _role(piece) < _STRONG


def _pure_form(piece: str) -> bool:
    """Nothing but forms of work and what joins them: "Full-time / Contract (1099), 20 hrs/week"."""
    return bool(FORM.search(piece)) and not re.search(r"[^\W\d_]", GLUE.sub(" ", FORM.sub(" ", piece)))


def _place(piece: str) -> bool:
    if PLACELESS.search(piece):
        return False
    return bool(PLACE.search(piece) or eligible_regions((), piece))


def _role(piece: str) -> int:
    """How much a piece is a role: 3 where a role is its head ("Staff Engineer (Go)"), 1 where one is named in it."""
    if SOME_ROLES.search(piece):
        return _STRONG if not WORKPLACE.match(piece) else 0
    if len(piece.split()) > 3 * _MOST_WORDS:
        return 0
    for part in re.split(
        r"\s*(?:[(\[,/&+;]|\s[-–—]\s|\band\b|\bor\b|\bwith\b|\bfor\b|\bat\b|\bin\b|\bto\b|@)\s*", piece
    ):
        if ROLE_LAST.search(part.strip(" )].!:")) or ROLE_FIRST.match(part):
            return _STRONG
    return _WEAK if ROLE_WORD.search(piece) else 0
