"""Phone numbers: what is one by its form, its label and its country, and what only looks like one."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import phonenumbers

from services.resumes.contact.links import URL
from services.resumes.periods.dates import find_dates
from services.resumes.text import Line
from services.resumes.words import lines as phrases

_DASHES = "–—‐‑‒−－ー"
DIGITS = re.compile(rf"[+＋(（]?\d[\d\s().（）\u00a0/{_DASHES}-]{{6,22}}\d")
_LABELS = "|".join(map(re.escape, sorted(phrases("phone_labels"), key=len, reverse=True)))
LABEL = re.compile(
    rf"(?i)(?:{_LABELS}|(?<!\w)[tmph](?=[:.]))[^\s\d]*\s*(?:番号|号码|번호|nr|no)?\.?\s*[:：.]?\s*[\[(（]?$"
)
OTHER = re.compile(
    r"(?i)(?:(?:\b(?:(?:tele)?fax|(?<!, )id|passport|passnummer|licen[cs]e|permit|dni|nie|nif|cpf|cnpj|ssn|nip|"
    r"pesel|orcid|isbn|issn|doi|gpa|born|birth|geb|geboren|naissance|nacimiento|nascita|nascimento|syntynyt|född|født|"
    r"doğum|zip|postal|plz|student|matrikel\w*|reg|vat|ust|siret|iban|konto|account)\b|φαξ|факс)[^\d\n,;|•·]{0,24}$|"
    r"(?:ファックス|传真|傳真|팩스|生年月日|出生|생년월일|身份证|〒)[^\d]{0,8}$)"
)
POSTAL = re.compile(r"〒|\W?\d{3}-\d{4}(?![\d-])|\W?\d{5}(?:-\d{4})?\s[A-Z]|\W?\d{5}-\d{3}(?!\d)")
RESEARCHER = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]")
REST = re.compile(r"[-\s]*(\d[\d\s]{1,8})(?!\S)")
LEAST, MOST, LEAST_STRICT = 7, 15, 9  # digits
LABEL_WORDS = 3
LEAST_GROUPS = 3  # of digits, in a number that a house number may follow
DATED = 0.8  # of a number's digits inside a date
LINKED, VALID, POSSIBLE, LABELLED, NOT_ONE = 4.0, 3.0, 2.0, 3.0, 4.0
REACH = 120  # letters before a number in which its label stands


class _Number(NamedTuple):
    """`written` is E.164 where the number is possible."""

    written: str
    possible: bool
    valid: bool


def find_phone(lines: Sequence[Line], region: str, *, strict: bool = False) -> tuple[str, Line] | None:
    """The best candidate: labelled and valid before possible before mere digits; the first among equals."""
    found = sorted((item for item in _phones(lines, region, strict=strict) if item[0] >= 0), key=lambda item: -item[0])
    return (found[0][1], found[0][2]) if found else None


def _phones(lines: Sequence[Line], region: str, *, strict: bool) -> Iterator[tuple[float, str, Line]]:
    for index, line in enumerate(lines):
        text = line.text
        numbers = list(DIGITS.finditer(text))
        if not numbers:
            continue
        dates = [(span.at, span.to) for span in find_dates(text)]
        hidden = [(match.start(), match.end()) for pattern in (URL, RESEARCHER) for match in pattern.finditer(text)]
        above = lines[index - 1].text if index and len(lines[index - 1].text.split()) <= LABEL_WORDS else ""
        for match in numbers:
            inside = any(start <= match.start() and match.end() <= stop for start, stop in hidden)
            if inside or _is_dated(match, dates):
                continue
            raw = _first(match.group().strip(), region)
            digits = sum(character.isdigit() for character in raw)
            if LEAST <= digits <= MOST and not (strict and digits < LEAST_STRICT):
                raw = _whole(raw, not text[match.end() :].strip(" -–"), lines[index + 1 : index + 2], region)
                before = text[: match.start()] if text[: match.start()].strip() else above
                postal = bool(POSTAL.match(text[max(match.start() - 1, 0) :]))
                yield _score(raw, before, line, region) - NOT_ONE * postal, normalised(raw, region), line


def _first(raw: str, region: str) -> str:
    """The number before what parts it from other digits: "+30 694 555 0188 – 24100", "+33 2 98 55 01 47 23 rue …"."""
    parts = re.split(rf"\s+[{_DASHES}/-]\s+", raw)
    valid = [part for part in parts if _is_valid(part, region)]
    if len(parts) > 1 and valid:
        return valid[0]
    groups = raw.split()
    if raw[0] not in "+＋" or len(groups) <= LEAST_GROUPS or _is_valid(raw, region):
        return raw
    shorter = " ".join(groups[:-1])
    return shorter if _is_valid(shorter, region) else raw


def _is_valid(raw: str, region: str) -> bool:
    return _parsed(raw, region).valid


def _whole(raw: str, last: bool, following: Sequence[Line], region: str) -> str:
    """A number that a line's end broke, with the digits that begin the next line."""
    tail = REST.match(following[0].text) if last and following else None
    if tail is None or _is_valid(raw, region):
        return raw
    return f"{raw}{tail[1]}" if _is_valid(f"{raw}{tail[1]}", region) else raw


def _is_dated(match: re.Match[str], dates: Sequence[tuple[int, int]]) -> bool:
    """Most of its digits belong to a date; "080-5555-0132" only holds what could be one."""
    held = sum(
        character.isdigit() and any(start <= match.start() + at < stop for start, stop in dates)
        for at, character in enumerate(match.group())
    )
    return held >= DATED * sum(character.isdigit() for character in match.group())


def _score(raw: str, before: str, line: Line, region: str) -> float:
    digits = re.sub(r"\D", "", raw)
    linked = any(link.startswith("tel:") and re.sub(r"\D", "", link)[-6:] == digits[-6:] for link in line.links)
    before = before[-REACH:]
    labelled = raw[0] in "+＋" or bool(LABEL.search(before))
    number = _parsed(raw, region)
    score = LINKED * linked + LABELLED * labelled + VALID * number.valid + POSSIBLE * number.possible
    score += len(digits) >= LEAST_STRICT
    return score - NOT_ONE * 2 * bool(OTHER.search(before))


@lru_cache(maxsize=512)
def _parsed(raw: str, region: str) -> _Number:
    try:
        plain = re.sub(r"[(（]0[)）]", "", raw).replace("＋", "+")
        number = phonenumbers.parse(plain, None if plain.startswith("+") else region)
    except phonenumbers.NumberParseException:
        return _Number(raw, possible=False, valid=False)
    possible = phonenumbers.is_possible_number(number)
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164) if possible else raw
    return _Number(written, possible, phonenumbers.is_valid_number(number))


def normalised(raw: str, region: str) -> str:
    """E.164 when the number is possible where it seems to be from; otherwise as written."""
    return _parsed(raw, region).written
