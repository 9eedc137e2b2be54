"""One advert under many ids: the same address written differently, and the same text on several boards. Pure functions.

`block_key` finds candidates by an index; `same_posting` decides between two of them.
"""

import hashlib
import re
from typing import NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from rapidfuzz import fuzz

from scrapers.normalise.places import COUNTRIES, REGION_WORDS, SUBDIVISIONS
from scrapers.normalise.regions import eligible_regions

_TRACKING = re.compile(
    r"^(?:utm_\w+|gh_src|gh_jid_src|lever-(?:source|origin)(?:\[\])?|ref|refid|referrer|source|src|trk|trackingid|gclid|fbclid"
    r"|mc_cid|mc_eid|via|rltr|pagenum|jobboard|applicationsource|adref|se)$",
    re.IGNORECASE,
)
_LEGAL = re.compile(
    r"\b(?:inc|incorporated|llc|ltd|limited|plc|corp|corporation|co|company|gmbh|ag|se|kg|ug|ohg|mbh|sa|sas|sarl|srl|spa"
    r"|bv|nv|ab|as|aps|oy|oyj|pty|pte|pvt|private|sp z o o|s r o|holding|holdings|group|the|usa|international)\b"
)
_GENDER = re.compile(
    r"\(\s*(?:[mfwdhxi]\s*[/|,*]\s*)+[mfwdhxi]\s*\)|\b[mfw]/[mfwd](?:/[mfwdx])?\b|\(all genders?\)", re.IGNORECASE
)
_TITLE_NOISE = re.compile(
    r"\b(?:fully|100|remote|remotely|hybrid|on ?site|work from home|wfh|anywhere|worldwide|only|job|role|position"
    r"|hiring|urgent|now|immediate|start|full ?time|new)\b"
)
_NOT_WORD = re.compile(r"[^\w+#.]+|(?<!\w)\.|\.(?!\w)")
_WORD = re.compile(r"\w+")
_SHINGLE = 4
_LEAST_WORDS = 25
_ALIKE = 0.6
_ALIKE_WHEN_PLACE_UNSURE = 0.8
_TITLES_ALIKE = 96.0


class Advert(Protocol):
    """What comparing needs; `Posting` has it, and so may a row of the catalogue."""

    @property
    def title(self) -> str: ...
    @property
    def company(self) -> str | None: ...
    @property
    def location(self) -> str: ...
    @property
    def description(self) -> str: ...


def canonical_url(url: str) -> str:
    """One spelling for one page: https, no "www.", tracking parameters, fragment or last slash, and a sorted query."""
    written = "".join(letter for letter in url if letter.isprintable()).strip()
    try:
        parts = urlsplit(written)
        port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    except ValueError:
        return written
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return written
    host = re.sub(r"^(?:www\.)+", "", parts.hostname)
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0])))
    return urlunsplit(("https", host + port, parts.path.rstrip("/ "), query, ""))


def company_key(name: str | None) -> str:
    """Without legal form, article and punctuation: "The Acme Group, Inc." and "ACME" meet."""
    plain = " ".join(_WORD.findall((name or "").casefold().replace(".", "").replace("&", " and ")))
    return " ".join(_LEGAL.sub(" ", plain).split()) or plain


def title_key(title: str) -> str:
    """Without gender marks, work-place words and punctuation; level and technology tell postings apart and stay."""
    plain = _NOT_WORD.sub(" ", _GENDER.sub(" ", title).casefold())
    plain = re.sub(r"\bsr\b", "senior", re.sub(r"\bjr\b", "junior", plain))
    return " ".join(_TITLE_NOISE.sub(" ", plain).split()) or " ".join(plain.split())


def block_key(advert: Advert) -> str | None:
    """32 hex digits shared by adverts of one company and title; None without a company, which blocks nothing safely."""
    company = company_key(advert.company)
    if not company:
        return None
    return hashlib.blake2b(f"{company}\n{title_key(advert.title)}".encode(), digest_size=16).hexdigest()


def same_posting(left: Advert, right: Advert) -> bool:
    """Whether two adverts are one opening: company and title agree, places do not exclude each other, texts overlap."""
    if not company_key(left.company) or company_key(left.company) != company_key(right.company):
        return False
    if fuzz.token_sort_ratio(title_key(left.title), title_key(right.title)) < _TITLES_ALIKE:
        return False
    if _numerals(left.title) != _numerals(right.title):
        return False
    near = _near(_place(left), _place(right))
    if near is False:
        return False
    alike = text_overlap(left.description, right.description)
    if alike is None:
        return bool(near)
    return alike >= (_ALIKE if near else _ALIKE_WHEN_PLACE_UNSURE)


def text_overlap(left: str, right: str) -> float | None:
    """Share, 0 to 1, of the shorter text's four-word runs that the longer has; None if one is too short to tell.

    Containment rather than likeness, because several boards hand out only the beginning of a text.
    """
    shingles = _shingles(left), _shingles(right)
    if min(map(len, shingles)) < _LEAST_WORDS:
        return None
    shorter, longer = sorted(shingles, key=len)
    return len(shorter & longer) / len(shorter)


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return frozenset(zip(*(words[start:] for start in range(_SHINGLE)), strict=False))


def _numerals(title: str) -> frozenset[str]:
    """Levels and requisition numbers: "Engineer II" is not "Engineer III", however alike they are spelt."""
    return frozenset(re.findall(r"\b(?:\d+|i{1,3}|iv|v)\b", title.casefold()))


class _Place(NamedTuple):
    """A town, or "" where none is named, and the countries and regions of a location."""

    town: str
    regions: frozenset[str]


def _near(left: _Place, right: _Place) -> bool | None:
    """Whether two places are one; None when one of them is silent, or names the whole world."""
    if left.town and right.town:
        return left.town == right.town
    if not left.regions or not right.regions:
        return None
    return bool(left.regions & right.regions)


def _place(advert: Advert) -> _Place:
    regions = frozenset(eligible_regions((), advert.location)) - {"worldwide"}
    first = re.split(r"[,;/|(]", advert.location.casefold())[0]
    words = re.sub(r"\b(?:remote|remoto|hybrid|only|onsite|anywhere|worldwide|world|wide|in|the)\b|[^\w\s]", " ", first)
    town = " ".join(words.split())
    whole = town in COUNTRIES or town in REGION_WORDS or town in SUBDIVISIONS
    return _Place("" if whole else town, regions)
