"""Whether a few words are a place: by form ("City, ST"), and by the names of countries, states and cities."""

import re
from functools import lru_cache

from phonenumbers import SUPPORTED_REGIONS

from services.resumes.words import lines, words

STATES = words("state_codes")
COUNTRIES = lines("countries")
STATE_NAMES = lines("states")
CITIES = lines("cities")
_CJK = re.compile(
    r"^[一-鿿぀-ヿ]{1,8}(?:都|道|府|県|省|市|区|縣)[一-鿿぀-ヿ\w\s,、-]{0,20}$|^(?:北京|上海|广州|深圳|杭州|东京|"
    r"東京|大阪|京都|成都|武汉|南京)$"
)
_CJK_PART = re.compile(r"^[一-鿿]{1,6}[都道府県省市区縣]$")
_WORK_PLACE = re.compile(
    r"(?i)^\(?(?:fully )?(?:remote|hybrid|on-?site|télétravail|homeoffice|home office|teletrabajo|remoto|リモート|"
    r"远程)\)?(?:[\s,(/-]+.{0,30})?$"
)
_POSTCODE = re.compile(
    r"\b(?:\d{5}(?:-\d{3,4})?|[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{3}-\d{4}|\d{2}-\d{3}|"
    r"\d{3} \d{2}|\d{4} ?[A-Z]{2}|\d{4})\b"
)
_CITY = re.compile(
    r"^(?:[A-ZÀ-ÞĀ-Ž][\w’'.-]+|de|del|la|le|los|am|an|der|upon|do|da|di|of|the|sur|St\.?|"
    r"D\.C\.)(?:[ -](?:[A-ZÀ-ÞĀ-Žİ][\w’'.-]*|de|del|la|le|los|am|an|der|upon|do|da|di|of|the|sur|y|e))*$"
)
_LABEL = re.compile(
    r"(?i)^(?:location|address|adresse|anschrift|wohnort|dirección|ubicación|endereço|indirizzo|localização|"
    r"residenza|domicilio|lieu|住所|現住所|地址|所在地|city|based in|lives in)\s*[:：]\s*"
)

KNOWN_CITY, SURE_CITY = 1.7, 2.5  # the name of a city may also be a surname or a brand


@lru_cache(maxsize=4096)
def place_score(text: str) -> float:  # noqa: PLR0911 — one form of place after the other
    """0 knows nothing; 1 has the form of a place; 2 and more is sure."""
    plain = _LABEL.sub("", text).strip(" ,.;()|·•-–")
    if not plain or len(plain) > 70 or any(mark in plain for mark in "@:!?") or len(plain.split()) > 9:  # noqa: PLR2004
        return 0.0
    if _WORK_PLACE.match(plain):
        return 2.5
    if _CJK.match(plain):
        return 2.5
    if plain.casefold() in COUNTRIES or plain.casefold() in STATE_NAMES:
        return 2.2
    without_code = _POSTCODE.sub("", plain).strip(" ,-")
    parts = [part.strip(" .()") for part in re.split(r"\s*[,/(]\s*|\s+[-–—·]\s+", without_code) if part.strip(" .()")]
    if not parts:
        return 0.0
    if any(_CJK_PART.match(piece) for part in parts for piece in part.split()):
        return 2.2
    if len(parts) == 1:
        return _single_score(parts[0], without_code != plain)
    known = _is_region(parts[-1]) or is_city(parts[0]) or (_is_region(parts[0]) and is_city(parts[-1]))
    if is_city(parts[0]) and len(parts) == 2 and len(parts[1].split()) == 1:  # noqa: PLR2004 — "Rzeszów, podkarpackie"
        return 2.4
    formed = all(_CITY.match(part) or _is_region(part) or any(c.isdigit() for c in part) for part in parts)
    street = any(c.isdigit() for c in plain) and is_city(parts[-1])
    if (known or street) and formed:
        return 3.0 if len(parts) <= 6 else 2.0  # noqa: PLR2004 — street, city, state, country
    return 1.0 if formed and len(parts) <= 3 and not any(c.isdigit() for c in plain) else 0.0  # noqa: PLR2004


def _single_score(part: str, with_code: bool) -> float:
    words = part.split()
    if words[0].isdigit() and len(words) > 2 and is_city(words[-1]):  # noqa: PLR2004 — "902 Neil Ave Columbus"
        return SURE_CITY
    if is_city(part):
        return SURE_CITY if with_code else KNOWN_CITY
    if len(words) > 1 and words[-1] in STATES and words[-1].isupper() and _CITY.match(part):
        return 1.8
    return 1.5 if with_code and _CITY.match(part) else 0.0


_CODE = re.compile(
    r"(?<![\d-])(?:[A-Z]{1,2}-)?(?:\d{5}(?:-\d{3,4})?|\d{6,7}|[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}|"
    r"[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{3}-\d{4}|\d{2}-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2}|\d{4}(?:-\d{3})?)(?![\d-])"
)
_SURE_CODE = re.compile(r"(?<!\d)\d{5,7}(?!\d)|\d{2,5}-\d{3,4}|\d{3} \d{2}|\d[A-Z]{2}\b|\d{4} ?[A-Z]{2}\b|[A-Z]\d[A-Z]")
_EAST = re.compile(
    r"〒|^(?=[^。！!.]{2,40}$)(?:.*[\s,、\d-])?[一-鿿]{1,7}[都道府県省市区州縣郡町村](?:[一-鿿ぁ-ヿ\w\s,、・ヶ-]*)$|"
    r"^[가-힣\s\w,-]*(?:시|도|구|동|로|길)(?:\s|$)|"
    r"^(?:北京|上海|天津|重庆|广州|深圳|杭州|东京|東京|大阪|京都|成都|武汉|南京|台北|香港|서울|부산)"
)
_UNIT = re.compile(
    "[都道府県省市区州縣郡町村시도구동]|^(?:北京|上海|天津|重庆|广州|深圳|杭州|东京|東京|大阪|京都|成都|武汉|南京|台北|香港)"
)
_STREETS, _STREET_ENDINGS = words("streets"), tuple(words("street_endings"))
_SMALL = re.compile(
    r"(?:d[aeou]s?|d['’].+|l['’].+|del|della|dei|delle|nel|nella|sul|sulla|ai|alla|la|le|les|los|las|el|an|am|im|in|der|den|zu|zur|upon|of|the|sur|y|e|et|und|op|van|i|nad|pod|na|u|ul|nr|no|apt|c/o|bis|ter|[гмс]|пос|дер|обл|nr|co)\.?$"
)
FORM, CODE, STREET, REGION, CITY, LONE_CITY, PAIR = 0.2, 1.1, 0.9, 1.2, 0.9, 0.7, 0.4
LONGEST_ADDRESS, MOST_ADDRESS_WORDS = 120, 14


@lru_cache(maxsize=2048)
def address_score(text: str) -> float:
    """How much `text` reads like where somebody lives: postcode, street, region, known city, words that are names."""
    plain = _LABEL.sub("", text).strip(" ,.;()|·•-–")
    words = re.findall(r"[^\s,/()·]+", plain)
    if not plain or len(plain) > LONGEST_ADDRESS or len(words) > MOST_ADDRESS_WORDS or re.search("[@!?]|://", plain):
        return 0.0
    if _WORK_PLACE.match(plain):
        return 2.5
    if _EAST.search(plain):
        return 2.0 + 0.3 * len(set(_UNIT.findall(plain))) + 0.2 * ("〒" in plain)
    region = plain.count(",") == 1 and len(plain.rpartition(",")[2].split()) == 1  # "Rzeszów, podkarpackie"
    if not all(_is_proper(word) for word in (words[:-1] if region else words)):
        return 0.0
    found = [_signs(part) for part in re.split(r"\s*[,/(]\s*|\s+[-–—·]\s+", plain) if part.strip(" .()")]
    if not found:
        return 0.0
    coded, street, region, known = (any(signs) for signs in zip(*found, strict=True))
    coded = coded and any(c.isalpha() for c in _CODE.sub(" ", plain))
    city = known * (LONE_CITY if len(found) == 1 and not (coded or street or region) else CITY)
    pair = PAIR * (1 < len(found) <= 4 and not any(c.isdigit() for c in plain))  # noqa: PLR2004 — "City, Region"
    return FORM + CODE * coded + STREET * street + REGION * region + city + pair


def _signs(part: str) -> tuple[bool, bool, bool, bool]:
    """Of one part between two commas: a postcode beside a name, a street, a region, a known city."""
    part = part.strip(" .()")
    bare = _CODE.sub(" ", part).strip(" .()")
    words = bare.split()
    if _is_street(bare if _SURE_CODE.search(part) or not _is_named(part) else part):
        number = next((at for at, word in enumerate(words) if word.casefold().strip(".") in _STREETS), 0)
        behind = number > 1 or (len(words) > 1 and words[-2][:1].isdigit())  # "902 Neil Ave Columbus"
        return False, True, _ends_in_region(bare), behind and is_city(words[-1])
    known = is_city(bare) or any(is_city(word) for word in words[-1:])
    region = _is_region(bare) or _ends_in_region(bare)
    return bare != part, False, region, known


def _is_proper(word: str) -> bool:
    first = next((c for c in word if c.isalnum()), "")
    return (
        not first
        or first.isdigit()
        or first.upper() == first
        or bool(_SMALL.match(word))
        or word.casefold().strip(".") in _STREETS
    )


def _is_street(part: str) -> bool:
    """A number beside a word for a street, or at either end of a name."""
    words = [word.casefold().strip(".") for word in part.split()]
    numbered = any(word[0].isdigit() for word in words if word)
    named = _is_named(part)
    ends = len(words) > 1 and words[0][:1].isdigit() != words[-1][:1].isdigit() and len(words) <= 6  # noqa: PLR2004
    return (numbered and (named or ends)) or (named and len(words) > 1 and len(words) <= 5)  # noqa: PLR2004


def _is_named(part: str) -> bool:
    words = [word.casefold().strip(".") for word in part.split()]
    saint = words[:1] == ["st"]
    return any(word in _STREETS or word.endswith(_STREET_ENDINGS) for word in words[saint:])


def _ends_in_region(part: str) -> bool:
    """Thus "Ohio US", "Columbus OH", "Bayern DE"."""
    words = part.split()
    return len(words) > 1 and any(_is_region(" ".join(words[-count:])) for count in (1, 2, 3) if count < len(words))


def is_city(part: str) -> bool:
    return part in CITIES or (part.isupper() and len(part) > 3 and part.title() in CITIES)  # noqa: PLR2004 — "SAP"


def _is_region(part: str) -> bool:
    return part in STATES or part in SUPPORTED_REGIONS or part.casefold() in COUNTRIES or part.casefold() in STATE_NAMES
