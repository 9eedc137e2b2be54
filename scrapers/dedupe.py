"""One advert under many ids: the same address written differently, and the same text on several boards. Pure functions.

`block_key` finds candidates by an index; `same_posting` decides between two of them, and would rather show an opening
twice than hide one behind another.
"""

import hashlib
import re
import unicodedata
from functools import lru_cache
from itertools import chain, groupby
from typing import NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.normalise.places import CITIES, COUNTRIES, REGION_WORDS, SUBDIVISIONS
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
_ASIDE = re.compile(r"\([^)]*\)")
_NOBODY = frozenset(
    ("confidential", "undisclosed", "anonymous", "unknown", "our client", "client", "stealth", "stealth startup", "n a")
)
_GENDER = re.compile(
    r"\(\s*(?:[mfwdhxi]\s*[/|,*]\s*)+[mfwdhxi]\s*\)|\b[mfw]/[mfwd](?:/[mfwdx])?\b|\(\s*(?:all genders?|gn|divers)\s*\)"
    r"|(?<=er)(?:[:*/_]-?in\b|\(in\))",
    re.IGNORECASE,
)
_TITLE_NOISE = re.compile(
    r"\b(?:fully|100|remote|remotely|hybrid|on ?site|work from home|wfh|anywhere|worldwide|only|job|role|position"
    r"|hiring|urgent|now|immediate|start|full ?time|new)\b"
)
_SPELLINGS = (
    (re.compile(r"\bsn?r\b"), "senior"),
    (re.compile(r"\bjr\b"), "junior"),
    (re.compile(r"\b(full|back|front) (stack|end)\b"), r"\1\2"),
    (re.compile(r"\biii\b"), "3"),
    (re.compile(r"\bii\b"), "2"),
)
_NOT_WORD = re.compile(r"[^\w+#.]+|(?<!\w)\.|\.(?!\w)")
_WORD = re.compile(r"\w+")
_PAY = re.compile(r"[^.\n]*(?:[$€£¥]|\b(?:usd|eur|gbp|salary|compensation|incentive)\b)[^.\n]*")
_SHINGLE = 4
_LEAST_WORDS = 25
_ALIKE = 0.8
_ALIKE_WHEN_PLACE_UNSURE = 0.9
_REPLACED = 15 + _SHINGLE - 1  # shingles in a row that the other lacks: a paragraph of its own
_READ_CHARACTERS = 20_000
_SEVERAL = re.compile(r"[;/|()•·&+\n]|\s(?:or|and|oder|und|ou|et|[-–—])\s")
_NOT_TOWN = re.compile(
    r"\b(?:remote|remoto|hybrid|only|onsite|anywhere|worldwide|world|wide|in|the|greater|area|bay area|metro"
    r"|metropolitan|region|office|hq|headquarters)\b|[^\w\s]"
)
_TOWNS = {
    "new york city": "new york", "nyc": "new york", "sf": "san francisco", "munchen": "munich", "koln": "cologne",
    "wien": "vienna", "bengaluru": "bangalore", "warszawa": "warsaw", "praha": "prague", "lisboa": "lisbon",
    "milano": "milan", "roma": "rome", "kobenhavn": "copenhagen", "geneve": "geneva", "la": "los angeles",
}  # fmt: skip


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
    """Without legal form, article, aside and punctuation: "The Acme Group, Inc." and "ACME (YC W21)" meet.

    "" for no name, and for the words of those who do not tell theirs.
    """
    said = (name or "").casefold()
    plain = " ".join(_WORD.findall((_ASIDE.sub(" ", said).strip() or said).replace(".", "").replace("&", " and ")))
    key = " ".join(_LEGAL.sub(" ", plain).split()).removesuffix(" and") or plain
    return "" if key in _NOBODY else key


def title_key(title: str) -> str:
    """Without gender marks, work-place words and punctuation; level and technology tell postings apart and stay."""
    plain = _NOT_WORD.sub(" ", _GENDER.sub(" ", title).casefold())
    for spelling, usual in _SPELLINGS:
        plain = spelling.sub(usual, plain)
    return " ".join(_TITLE_NOISE.sub(" ", plain).split()) or " ".join(plain.split())


def block_key(advert: Advert) -> str | None:
    """32 hex digits shared by adverts of one company and title; None without a company, which blocks nothing safely.

    The order of a title's words, its own town and its own company at the end do not matter.
    """
    company = company_key(advert.company)
    if not company:
        return None
    title = " ".join(sorted(_own_words(advert, company).split()))
    return hashlib.blake2b(f"{company}\n{title}".encode(), digest_size=16).hexdigest()


def _own_words(advert: Advert, company: str) -> str:
    """The title's key without what location and company say already."""
    title = title_key(advert.title)
    last = advert.location.partition(",")[0], *_place(advert.location).towns, f"at {company}", company
    for said in last:
        words = title_key(said) if said else ""
        if words and title.endswith(f" {words}"):
            title = title.removesuffix(words).strip()
    return title


def same_posting(left: Advert, right: Advert) -> bool:
    """Whether two adverts are one opening: company and title agree, places do not exclude each other, texts agree."""
    key = block_key(left)
    if key is None or key != block_key(right):
        return False
    near = _near(_place(left.location), _place(right.location))
    if near is False:
        return False
    alike = text_overlap(left.description, right.description)
    if alike is None:
        return bool(near) and bool(_place(left.location).towns)
    return alike >= (_ALIKE if near else _ALIKE_WHEN_PLACE_UNSURE) and not _replaced(
        left.description, right.description
    )


def is_front_page(url: str) -> bool:
    """Whether a canonical address names a whole site, and no advert."""
    parts = urlsplit(url)
    return not parts.path and not parts.query


def same_page(left: Advert, right: Advert) -> bool:
    """Whether two adverts with one address are one opening: not where the address is a company's list of openings."""
    return title_key(left.title) == title_key(right.title) and not apart(left, right)


def apart(left: Advert, right: Advert) -> bool:
    """Whether their places exclude each other."""
    return _near(_place(left.location), _place(right.location)) is False


def text_overlap(left: str, right: str) -> float | None:
    """Share, 0 to 1, of the shorter text's four-word runs that the longer has; None if one is too short to tell.

    Containment rather than likeness, because several boards hand out only the beginning of a text.
    """
    shingles = frozenset(_shingles(left)), frozenset(_shingles(right))
    if min(map(len, shingles)) < _LEAST_WORDS:
        return None
    shorter, longer = sorted(shingles, key=len)
    return len(shorter & longer) / len(shorter)


def _replaced(left: str, right: str) -> bool:
    """Whether each text has a paragraph that the other lacks.

    Where a board cuts or adds, one text has all of the other; two openings of one company share everything but what
    the team does.
    """
    return all(
        _longest_unshared(_shingles(one), frozenset(_shingles(other))) >= _REPLACED
        for one, other in ((left, right), (right, left))
    )


def _longest_unshared(shingles: tuple[int, ...], known: frozenset[int]) -> int:
    runs = (sum(1 for _ in run) for shared, run in groupby(shingles, known.__contains__) if not shared)
    return max(runs, default=0)


@lru_cache(maxsize=512)
def _shingles(text: str) -> tuple[int, ...]:
    """The hash of each run of four words, without what is said of pay, which changes and tells no opening apart.

    Remembered, since a chain of shops compares one text with hundreds.
    """
    words = _WORD.findall(_PAY.sub(" ", text[:_READ_CHARACTERS].casefold()))
    return tuple(map(hash, zip(*(words[start:] for start in range(_SHINGLE)), strict=False)))


class _Place(NamedTuple):
    """The towns, states, and the countries and regions of a location; a town is not also its state or country."""

    towns: frozenset[str]
    states: frozenset[str]
    regions: frozenset[str]


def _near(left: _Place, right: _Place) -> bool | None:
    """Whether two places are one; None when one of them is silent, says less, or names the whole world."""
    if left.towns and right.towns:
        return left.towns == right.towns
    if left.states and right.states and not left.states & right.states:
        return False
    if not left.regions or not right.regions:
        return None
    if not left.regions & right.regions:
        return False
    return None if left.towns or right.towns else True


@lru_cache(maxsize=4096)
def _place(location: str) -> _Place:
    parts = [[_bare(piece) for piece in part.split(",")] for part in _SEVERAL.split(location.casefold())]
    towns = frozenset(chain.from_iterable(map(_towns, parts)))
    states = frozenset(piece for piece in chain.from_iterable(parts) if piece in _STATES and piece not in towns)
    return _Place(towns, states, frozenset(eligible_regions((), location)) - {"worldwide"})


def _towns(pieces: list[str]) -> list[str]:
    """The first piece, unless it is a state, country or region; a list of known towns, all of them."""
    first, *rest = pieces
    stated = any(piece in SUBDIVISIONS for piece in rest)
    wide = first in COUNTRIES or first in REGION_WORDS or (first in SUBDIVISIONS and first not in _CITIES)
    if not first or (wide and not (stated and first in SUBDIVISIONS)):
        return []
    listed = [piece for piece in rest if piece in _CITIES and piece not in SUBDIVISIONS and piece not in COUNTRIES]
    return [_TOWNS.get(one, one) for one in (first, *(listed if first in _CITIES else ()))]


def _bare(piece: str) -> str:
    plain = unicodedata.normalize("NFKD", piece)
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_NOT_TOWN.sub(" ", letters).split())


_SHORT = 3  # letters of a state's code, which is written out elsewhere
_STATES = frozenset(_bare(name) for name in SUBDIVISIONS if len(name) > _SHORT) - {""}
_CITIES = frozenset(_bare(name) for name in CITIES)
