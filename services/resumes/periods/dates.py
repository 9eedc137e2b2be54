"""Dates and date ranges in the forms résumés use, in eight languages.

Points are found first and joined to ranges by what stands between them; that reads "Jan – Mar 2020", "seit 2016",
"2021-03-01 —" and "2012 年 09 月 - 至今" with the same few rules.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from services.resumes.periods.month_names import MONTH, month_number

SEASONS = (
    "spring|summer|autumn|fall|winter|frühling|frühjahr|sommer|herbst|lato|wiosna|jesień|zima|vår|höst|vinter|zomer|lente|"
    "voorjaar|najaar|yaz|printemps|été|automne|hiver|primavera"
)
NUMBERED = (("cy", "cm"), ("iy", "im"), ("py", "pm"), ("ty", "tm"), ("xy", "xm"), ("my_y", "my_m"))
MOST_SPANS = 24
ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925}

_YEAR = r"(?:19[4-9]\d|20[0-4]\d)"
_POINT = re.compile(
    rf"""
    (?P<era>令和|平成|昭和)\s*(?P<ey>\d{{1,2}}|元)\s*年(?:\s*(?P<em>\d{{1,2}})\s*月)?
  | (?P<cy>{_YEAR})\s*[年년]度?(?:\s*(?P<cm>1[0-2]|0?[1-9])\s*[月월](?:\s*\d{{1,2}}\s*[日일])?)?
  | (?:(?<![\d/.\-])|(?<=[./]\d\d-))(?P<iy>{_YEAR})(?:[-./‐]|\s/\s)(?P<im>1[0-2]|0?[1-9])
      (?:[-./‐](?:3[01]|[12]\d|0?[1-9]))?(?:(?![\d/]|[-.]\d)|(?<=[./]\d\d)(?=-{_YEAR}))
  | (?<![\d/.\-])(?P<da>[0-3]?\d)(?P<sep>[./-])(?P<db>[0-3]?\d)(?P=sep)
      (?P<dy>{_YEAR})(?!\d)
  | (?<![\d/.\-])[0-3]?\d\.\s(?P<pm>1[0-2]|0?[1-9])\.\s(?P<py>{_YEAR})(?!\d)
  | (?<![\d/.])(?P<my_m>1[0-2]|0?[1-9])\s?[-/.]\s?(?P<my_y>{_YEAR})(?!\d)
  | (?<![\w])(?:(?:[0-3]?\d)(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?)?(?P<mn>{MONTH})(?![^\W\d_])(?:\.|,)?[\s/-]*
      (?:(?:3[01]|[12]?\d)(?:st|nd|rd|th)?,\s*)?(?:(?:de|del|of)\s+)?(?:(?P<mn_y>{_YEAR})|['’](?P<mn_yy>\d\d))(?!\d)
  | (?<![\d/.\-])(?P<ny>{_YEAR})[-/.,]?\s?(?P<nm>{MONTH})\b(?!\.?\s?(?:{_YEAR}|['’]\d\d))
  | (?<![\w])tháng\s+(?P<tm>1[0-2]|0?[1-9])(?:\s*[/-]\s*|\s*,?\s+năm\s+|\s+)(?P<ty>{_YEAR})(?!\d)
  | (?<!\d)(?P<xm>1[0-2]|0?[1-9])\s*[月월],?\s*(?P<xy>{_YEAR})(?!\s*[年년]|\d)
  | (?<![\w])(?:{SEASONS}|Q[1-4]|[1-4]Q|H[12]|WS|SS|T[1-4])[\s/,]*(?:of\s+|de\s+)?(?P<sy>{_YEAR})(?:/\d\d)?(?!\d)
  | (?<![\w.,/$€£¥#@+-])(?P<y>{_YEAR})(?![\d%]|[,.]\d|\s?\+|\w)
  | (?<![\w.,/$€£¥#@])(?<=[-–—])(?P<y2>{_YEAR})(?![\d%]|[,.]\d|\s?\+|\w)
  | (?<![\w/.])(?P<wm>1[0-2]|0?[1-9])[/'’](?P<wy>\d\d)(?![\d/%])
  | (?<![\w])(?P<bare>{MONTH})\b\.?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NOW = re.compile(
    r"""(?ix) (?<!\w)(?:present(?:ly)?|current(?:ly)?|now|today|ongoing|(?:till|to)\s+(?:date|now)|date|heute|jetzt|
    aktuell|laufend|
    gegenwart|dato|
    aujourd[’']?\s?hui|actuel(?:lement)?|ce\s+jour|présent|en\s+cours|maintenant|actualidad|actualmente|actual|presente|
    hoy|la\s+fecha|ahora|atual(?:mente)?|o\s+momento|hoje|oggi|attuale|attualmente|in\s+corso|
    heden|nu|obecnie|(?:do\s+)?chwili\s+obecnej|teraz|nadal|nuvarande|pågående|tills\s+vidare|nuværende|nå|nåværende|
    i\s?dag|d\.d\.|andauernd|vandaag|(?:do\s+)?dzi(?:siaj|ś)|doposud|kini|kasalukuyan|vigente|
    nykyinen|tällä\s+hetkellä|nyt|halen|hâlen|günümüz|devam(?:\s+ediyor)?|bugün|şu\s+an|současnost|dosud|nyní|
    (?:în\s+)?prezent|jelenleg|napjainkig|jelen|(?:по\s+)?настоящее(?:\s+время)?|н\.\s?в\.?|сейчас|теперішній\s+час|
    дотепер|наст\.\s?вр(?:\.|емя)|днес|danas|trenutno|toistaiseksi|nykyään|praegu|dabar|šobrīd|dnes|súčasnosť|(?:až\s+)?dodnes|
    ปัจจุบัน|अब\s+तक|वर्तमान|сьогодні|σήμερα|παρόν|τώρα|hiện\s+(?:tại|nay)|nay|sekarang|saat\s+ini|
    اليوم|الآن|حتى\s+الآن|الحاضر|היום|הווה|כיום)(?!\w)|現在|至今|现在|今|目前|在職中?|継続中|현재|재직\s?중"""
)
_BETWEEN = re.compile(
    r"""(?ix) [\s,.)(]* (?:[-–—−‒―~〜～→➔>/]+|\bto\b|\buntil\b|\btill\b|\bthrough\b|\bbis\b|\bau\b|\bà\b|\bal\b|\ba\b|
    \bate\b|
    \baté\b|\bhasta\b|\bfino\b|\bà\s+ao\b|から|부터|至|到|\band\b|\bund\b|
    \baž\b|\baž\s+do\b|\btot\b|\bt/m\b|\bdo\b|\btil\b|\btills\b|\bđến\b|\bпо\b|\bдо\b|\bέως\b|\bως\b|\bsampai\b|\bîn\b|\bإلى\b|\bحتى\b|\bעד\b)
    [\s]*(?:\b(?:a|ad|al|la|le|zum|the|el|o|os)\b\s*)?"""
)
_SINCE = re.compile(
    r"(?i)(?:\b(?:since|from|seit|ab|depuis|desde|dal|da|sinds|vanaf|od|sedan|från|siden|fra|alkaen|từ|с|з|από|sejak|منذ|מאז)\b[\s:]*(?:the\s+|le\s+|el\s+|o\s+)?)$"
)
_OPEN = re.compile(r"\s*[-–—−~〜]+\s*(?:$|[)|·•,]|\s{2})")
_SHORT_YEAR = re.compile(r"\s?[-–—/]\s?['’]?(\d\d)(?![\d/.\-])")


@dataclass(frozen=True)
class DateSpan:
    """`start` and `end` are "2021-03" or "2021", empty when unknown; `at` and `to` are offsets into the text read."""

    start: str
    end: str
    current: bool
    at: int
    to: int

    @property
    def is_range(self) -> bool:
        return self.current or bool(self.end)


@dataclass(frozen=True)
class _Point:
    value: str
    at: int
    to: int
    month: int = 0
    weak: bool = False


def main_span(spans: Sequence[DateSpan]) -> DateSpan | None:
    """The first range, or the first date."""
    return next((span for span in spans if span.is_range), spans[0] if spans else None)


def has_date(text: str) -> bool:
    return bool(find_dates(text))


def is_now(text: str) -> bool:
    """A word for the present day, and nothing else."""
    return _NOW.fullmatch(text.strip()) is not None


def whole_date(text: str) -> DateSpan | None:
    """The date or period that a text is, from its first letter to its last; None where it says more or less."""
    spans = find_dates(text)
    return spans[0] if len(spans) == 1 and spans[0].to - spans[0].at == len(text) else None


@lru_cache(maxsize=8192)
def find_dates(text: str) -> tuple[DateSpan, ...]:
    """The dates and ranges in `text`, left to right, never overlapping; no more than a line of a résumé may hold."""
    if not any(character.isdigit() for character in text):
        return ()
    return tuple(islice(_spans(text[:2000]), MOST_SPANS))


def _spans(text: str) -> Iterator[DateSpan]:
    points = list(_points(text))
    index = 0
    while index < len(points):
        point = points[index]
        following = points[index + 1] if index + 1 < len(points) else None
        joined = following is not None and _BETWEEN.fullmatch(text[point.to : following.at]) is not None
        if following is not None and joined and not (following.month and not following.value):
            start = point.value or f"{following.value[:4]}-{point.month:02d}"
            yield _ordered(start, following.value, point.at, following.to)
            index += 2
            continue
        index += 1
        if point.value and (span := _single(text, point)):
            yield span


def _ordered(start: str, end: str, at: int, to: int) -> DateSpan:
    """A range written newest first is turned round."""
    if end[:4] < start[:4]:
        start, end = end, start
    return DateSpan(start, end, False, at, to)


def _single(text: str, point: _Point) -> DateSpan | None:  # noqa: PLR0911 — one form of date after the other
    """A point alone, open-ended, up to now, or up to a short year ("2014–16")."""
    rest = text[point.to :]
    if (gap := _BETWEEN.match(rest)) and (now := _NOW.match(rest[gap.end() :])):
        return DateSpan(point.value, "", True, point.at, point.to + gap.end() + now.end())
    if now := re.match(r"\s*(?:至今|現在|现在)", rest):
        return DateSpan(point.value, "", True, point.at, point.to + now.end())
    if point.weak:
        return None
    if since := _SINCE.search(text[: point.at]):
        return DateSpan(point.value, "", True, since.start(), point.to)
    if len(point.value) == 4 and (short := _SHORT_YEAR.match(rest)):  # noqa: PLR2004 — a year alone
        year = point.value[:2] + short.group(1)
        if 0 <= int(year) - int(point.value) < 20:  # noqa: PLR2004 — nobody studies longer
            return DateSpan(point.value, year, False, point.at, point.to + short.end())
    if opened := _OPEN.match(rest):
        return DateSpan(point.value, "", True, point.at, point.to + opened.end())
    return DateSpan(point.value, "", False, point.at, point.to)


def _points(text: str) -> Iterator[_Point]:
    for match in _POINT.finditer(text):
        point = _point(match)
        if point is not None:
            yield point


def _point(match: re.Match[str]) -> _Point | None:
    found = {name: value for name, value in match.groupdict().items() if value}
    at, to = match.span()
    if "bare" in found:
        return _Point("", at, to, month_number(found["bare"]), weak=True)
    if "wy" in found:
        return _Point(_iso(_century(found["wy"]), found["wm"]), at, to, 0, weak=True)
    value = _named(found) or _numbered(found) or found.get("sy") or found.get("y") or found.get("y2") or ""
    return _Point(value, at, to) if value else None


def _named(found: Mapping[str, str]) -> str:
    """A year and a month by its name, whichever comes first."""
    if "ny" in found:
        return _iso(found["ny"], str(month_number(found["nm"])))
    if "mn" in found:
        return _iso(found.get("mn_y") or _century(found["mn_yy"]), str(month_number(found["mn"])))
    return ""


def _numbered(found: Mapping[str, str]) -> str:
    """A year and, where it is told, a month by its number."""
    if "era" in found:
        reign = 1 if found["ey"] == "元" else int(found["ey"])
        return _iso(str(ERAS[found["era"]] + reign), found.get("em"))
    if "dy" in found:
        return _iso(found["dy"], _month_of(int(found["da"]), int(found["db"]), found["sep"]))
    return next((_iso(found[year], found.get(month)) for year, month in NUMBERED if year in found), "")


def _month_of(first: int, second: int, separator: str) -> str | None:
    """Day and month in either order; with slashes and no proof the American order is taken."""
    month = second if first > 12 or separator == "." else first  # noqa: PLR2004 — months in a year
    return str(month) if 1 <= month <= 12 else None  # noqa: PLR2004


def _iso(year: str, month: str | None) -> str:
    return f"{year}-{int(month):02d}" if month else year


def _century(year: str) -> str:
    return ("19" if int(year) > 50 else "20") + year  # noqa: PLR2004 — nobody reads a résumé from 2051
