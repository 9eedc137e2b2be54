"""Reading a pasted job advert by rules: title, company, place, pay, kind of work, skills. What is not said is None."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from core.errors import BadRequest
from services.matching import money
from services.matching.places import city_of, country_of
from services.matching.titles import read as read_title
from services.skills.vocabulary import find

SHORTEST = 50
_TITLE_AT_MOST = 120
_PLACE_AT_MOST = 60
_HEAD_LINES = 12
_SENTENCES = 5
_NAME_WORDS = 6
_TAGS = 15
_THOUSAND = 1000
_YEARLY = {"hour": 2080, "hr": 2080, "h": 2080, "day": 260, "week": 52, "month": 12, "mo": 12}

_LABEL = {
    "title": r"(?:job\s+)?title|position|role|stelle|poste",
    "company": r"company(?:\s+name)?|employer|organi[sz]ation|unternehmen|entreprise",
    "location": r"(?:job\s+)?location|place|based\s+in|standort|ort|lieu",
    "salary": r"salary(?:\s+range)?|compensation|pay(?:\s+range)?|gehalt|salaire",
}
_LABELLED = {
    name: re.compile(rf"^\W{{0,3}}(?:{words})\**\s*[:：]\**\s*(.+)$", re.IGNORECASE) for name, words in _LABEL.items()
}
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_AT = re.compile(r"^(?P<title>.{3,100}?)\s+(?:at|@|bei|chez)\s+(?P<company>[^\s].{1,60})$")
_HIRING = re.compile(
    r"^(?P<company>[A-Z][\w&.,' -]{1,60}?)\s+(?:is\s+(?:looking\s+for|hiring|seeking)|seeks|sucht|recherche|recrute)\s+"
    r"(?:an?\s+|our\s+(?:next\s+)?|einen?\s+|une?\s+)?(?P<title>.{3,100}?)(?:[.!,]|\s+(?:to|in|for|who|with)\s|$)"
)
_ABOUT = re.compile(
    r"^\W{0,3}about\s+(?!us\b|you\b|the\b|this\b|our\b)(?P<company>[A-Z][\w&.' -]{1,50}?)\s*:?$", re.IGNORECASE
)
_IS_A = re.compile(r"(?:^|[.\n]\s*)(?P<company>[A-Z][\w&.'-]*(?:\s+[A-Z][\w&.'-]*){0,3})\s+is\s+(?:an?|the|one\s+of)\s")
_BASED = re.compile(r"\b(?:based|located|office|offices)\s+in\s+(?P<place>[A-Z][\w.'-]+(?:[ ,]+[A-Z][\w.'-]+){0,3})")
_ASIDE = re.compile(r"\s*\([^)]*\)$")
_WORK_PLACE = re.compile(r"\(?\b(?:remote|hybrid|on-?site)(?:\s+only)?\b(?:\s+in\b)?\)?", re.IGNORECASE)
_CUT = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")

_HYBRID = re.compile(r"\bhybrid\b|\bdays?\s+(?:a|per)\s+week\s+(?:in|at)\s+(?:the|our)\s+office", re.IGNORECASE)
_ONSITE = re.compile(
    r"\b(?:on-?\s?site|in[- ]office|in[- ]person|no\s+remote|not\s+(?:a\s+)?remote|vor\s+ort)\b", re.IGNORECASE
)
_REMOTE = re.compile(
    r"\b(?:remote|remotely|work\s+from\s+(?:home|anywhere)|télétravail|home\s?office|distributed)\b", re.IGNORECASE
)
_JOB_TYPES = (
    ("freelance", re.compile(r"\bfreelanc\w*|\bfreiberuflich", re.IGNORECASE)),
    ("part-time", re.compile(r"\bpart[- ]?time\b|\bteilzeit\b|\btemps\s+partiel\b", re.IGNORECASE)),
    ("permanent", re.compile(r"\bfull[- ]?time\b|\bpermanent\b|\bvollzeit\b|\bunbefristet|\bcdi\b", re.IGNORECASE)),
    (
        "contract",
        re.compile(
            r"\bcontractor\b|\bcontract\s+(?:role|position|to)\b|\bcontract\b(?=\s*[|,\n(])|\bcdd\b", re.IGNORECASE
        ),
    ),
)
_CODES = "|".join(sorted(money.US_DOLLARS_PER_UNIT))
_SIGN = rf"(?:US\$|R\$|[$€£¥₹]|zł|\b(?:{_CODES})\b)"
_NUMBER = r"\d{1,3}(?:[.,' ]\d{3})+|\d{1,7}(?:[.,]\d{1,2})?"
_SALARY = re.compile(
    rf"(?P<before>{_SIGN})?\s?(?P<low>{_NUMBER})\s?(?P<low_k>[kK]\b)?"
    rf"(?:\s?(?:-|–|—|to|bis|à)\s?(?:{_SIGN})?\s?(?P<high>{_NUMBER})\s?(?P<high_k>[kK]\b)?)?\s?(?P<after>{_SIGN})?"
    r"(?:\s*(?:gross|brutto)?\s*(?:/|per|an?|pro|par)\s*(?P<period>hour|hr|h|day|week|month|mo|year|annum|yr)\b)?"
)
_LEAST_YEARLY, _MOST_YEARLY = 5_000, 5_000_000


@dataclass(frozen=True)
class ReadPosting:
    """Salaries are whole units a year."""

    title: str
    description: str
    company: str | None = None
    url: str | None = None
    location: str | None = None
    remote_type: str | None = None
    job_type: str | None = None
    salary_min: int | None = None
    salary_max: int | None = None
    salary_currency: str | None = None
    tags: list[str] = field(default_factory=list)


def read(text: str) -> ReadPosting:
    """Raises BadRequest for a text too short to be an advert."""
    text = text.replace("\x00", "").strip()
    if len(text) < SHORTEST:
        raise BadRequest(f"Paste the whole job text: at least {SHORTEST} characters.", code="TEXT_TOO_SHORT")
    lines = [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]
    title, company = _title_and_company(lines, text)
    low, high, currency = _salary(lines)
    url = _URL.search(text)
    return ReadPosting(
        title=title[:255],
        description=text,
        company=company[:255] if company else None,
        url=url[0].rstrip(".,;")[:500] if url else None,
        location=_location(lines, text),
        remote_type=_remote_type(text),
        job_type=next((name for name, said in _JOB_TYPES if said.search(text)), None),
        salary_min=low,
        salary_max=high,
        salary_currency=currency,
        tags=list(dict.fromkeys(mention.skill for mention in find(text)))[:_TAGS],
    )


def _labelled(name: str, lines: Sequence[str]) -> str | None:
    return next((match[1].strip(" *") for line in lines if (match := _LABELLED[name].match(line))), None)


def _title_and_company(lines: Sequence[str], text: str) -> tuple[str, str | None]:
    title, company = _labelled("title", lines), _labelled("company", lines)
    pieces = _CUT.split(lines[0])
    if len(pieces) > 1:
        title, company = _from_pieces(pieces, title, company)
    for pattern in (_HIRING, _AT):
        for line in lines[:_SENTENCES]:
            match = pattern.match(line)
            if match and _is_title(match["title"]) and _is_name(match["company"]):
                title, company = title or match["title"], company or match["company"].strip(" .,!|")
    title = title or next((line for line in lines[:_HEAD_LINES] if _is_title(line)), lines[0])
    company = company or _named_company(lines, text)
    return title.strip(" *#"), company


def _from_pieces(pieces: Sequence[str], title: str | None, company: str | None) -> tuple[str | None, str | None]:
    """`Acme | Backend Engineer | Berlin`, or the other way round."""
    titles = [piece for piece in pieces if _is_title(piece)]
    title = title or (titles[0] if titles else None)
    others = [piece for piece in pieces[:2] if piece != title and not _is_place(piece) and not _URL.match(piece)]
    several = title is not None or len(pieces) > len(("company", "place"))
    return title, company or (_ASIDE.sub("", others[0]) if others and several else None)


def _named_company(lines: Sequence[str], text: str) -> str | None:
    for line in lines:
        if match := _ABOUT.match(line):
            return match["company"]
    found = _IS_A.search(text)
    if found and found["company"].split()[0].lower() not in {"this", "it", "there", "he", "she", "the", "our", "we"}:
        return found["company"]
    return None


def _is_name(text: str) -> bool:
    """Few words, the first with a capital or a digit."""
    return len(text.split()) <= _NAME_WORDS and not text[:1].islower() and text[:1].isalnum()


def _is_title(text: str) -> bool:
    """Words of a known line of work, and no sentence."""
    plain = text.strip(" *#")
    if (
        not plain
        or plain[0] in "-•"
        or len(plain) > _TITLE_AT_MOST
        or plain.endswith((".", ":", "?"))
        or _URL.search(plain)
    ):
        return False
    return bool(read_title(plain).families)


def _location(lines: Sequence[str], text: str) -> str | None:
    if said := _labelled("location", lines):
        return said[:255]
    for piece in _head_pieces(lines):
        if _is_place(piece):
            return _WORK_PLACE.sub("", piece).strip(" *#,;/") or None
    based = _BASED.search(text)
    return based["place"].strip(" ,.") if based else None


def _head_pieces(lines: Sequence[str]) -> Iterator[str]:
    for line in lines[:_HEAD_LINES]:
        yield from _CUT.split(line)


def _is_place(text: str) -> bool:
    plain = _WORK_PLACE.sub(" ", text).strip(" ,;/()")
    short = 0 < len(plain) <= _PLACE_AT_MOST and not plain.endswith(".")
    return short and not _is_title(text) and (country_of(plain) is not None or city_of(plain) is not None)


def _remote_type(text: str) -> str | None:
    for name, said in (("hybrid", _HYBRID), ("onsite", _ONSITE), ("full", _REMOTE)):
        if said.search(text):
            return name
    return None


def _salary(lines: Sequence[str]) -> tuple[int | None, int | None, str | None]:
    """The line labelled as salary first, then any amount with a currency that a year's pay could be."""
    said = _labelled("salary", lines)
    for line in ([said] if said else []) + list(lines):
        for match in _SALARY.finditer(line):
            currency = money.code(match["before"] or match["after"])
            low, high = _yearly(match, "low"), _yearly(match, "high")
            if currency and low and _LEAST_YEARLY <= low <= (high or low) <= _MOST_YEARLY:
                return low, high or low, currency
    return None, None, None


def _yearly(match: re.Match[str], which: str) -> int | None:
    written = match[which]
    if not written:
        return None
    grouped = re.fullmatch(r"\d{1,3}(?:[.,' ]\d{3})+", written)
    number = float(re.sub(r"[.,' ]", "", written) if grouped else written.replace(",", "."))
    thousands = match[f"{which}_k"] or (which == "low" and match["high_k"] and number < _THOUSAND)
    return round(number * (_THOUSAND if thousands else 1) * _YEARLY.get((match["period"] or "").lower(), 1))
