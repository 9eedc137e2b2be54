"""Who the résumé is about: name, headline, e-mail, phone, place, links, out of its head and its contact sections."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import phonenumbers

from services.resumes.dates import find_dates
from services.resumes.headings import heading_kind
from services.resumes.lexicon import company_score, degree_score, school_score, title_score
from services.resumes.links import NETWORKS, URL
from services.resumes.places import has_place_label, place_score, without_label
from services.resumes.text import Line

EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}(?![\w])")
SEPARATORS = re.compile(r"\s+/\s+|\s+[|•·∙⋄◦♦◆▪‖~–—-]+\s+|\s*[|•·⋄‖]\s*|\s{3,}|\t|　")
LABEL = re.compile(
    r"(?i)^\W*(?:phone|tel(?:efon|éfono|efone|ephone)?|mobile?|cell|handy|móvil|email|e-mail|mail|courriel|correo|website|"
    r"web|homepage|portfolio|name|nom|nombre|nome|氏名|名前|姓名|住所|電話(?:番号)?|电话|手机|邮箱|メール|性别|address|adress|adres|adresa|osoite|cím|telefoon|e-post|"
    r"adresse|anschrift|location|wohnort|linkedin|github|contact|kontakt)\s*[:：.]\s*"
)
NAME_LABEL = re.compile(
    r"(?i)^\W*(?:full name|name|nom|nombre|nome|氏\s*名|名前|姓\s*名)\s*[:：]?\s+(?=\S)|^(?:氏名|名前|姓名|"
    r"name)\s*[:：]\s*"
)
NAME_ONLY = re.compile(
    r"(?i)\W*(?:full name|name|nom|nombre|nome|naam|namn|navn|imię i nazwisko|ad soyad|氏\s*名|名前|姓\s*名)\W*"
)
NOT_NAME = re.compile(
    r"(?i)\b(?:curriculum|vitae|r[eé]sum[eé]|lebenslauf|cv|page|confidential|profile|履歴書|職務経歴書|业绩|"
    r"業績調書|简历)\b|履歴書|職務経歴書|業績調書|简历|個人簡歷|[@\d:/\\#&+=%$]"
)
CJK_NAME = re.compile(r"^[一-鿿々゠-ヿ぀-ゟ]{1,6}[\s　]?[一-鿿々゠-ヿ぀-ゟ]{0,8}$")
PARTICLES = frozenset(
    [
        "de",
        "da",
        "do",
        "dos",
        "del",
        "della",
        "di",
        "van",
        "von",
        "der",
        "den",
        "la",
        "le",
        "el",
        "bin",
        "ibn",
        "al",
        "zu",
        "ter",
        "ten",
        "y",
        "e",
        "af",
    ]
)
PHONE_LABEL = re.compile(r"(?i)(?:phone|tel|mobile?|cell|handy|móvil|電話|携帯|电话|手机)\S*\s*[:：.]?\s*$")
POSTAL = re.compile(r"〒|\W?\d{3}-\d{4}(?!\d)|\W?\d{5}(?:-\d{4})?\s[A-Z]")
PLACE_LABEL = re.compile(
    r"(?i)\W*(?:location|address|adresse|anschrift|wohnort|dirección|endereço|indirizzo|住所|地址|lieu|ciudad|city)\W*"
)
POST_NOMINAL = re.compile(
    r"(?:(?:Ph\.?\s?D|Dr|M\.?D|MBA|PMP|CPA|RN|Jr|Sr|[BM]\.?Sc|[BM]\.?A|[BM]\.?Eng|Esq|P\.?E|I{2,3}|[A-Z]{2,5})\.?(?:,\s*|\s+|$))+"
)
MOST_NAME_LINES, LARGE = 3, 12.5
SENTENCE = 18  # words; a longer line is no contact detail
LEAST_PLACE = 0.9
MOST_LINES = 80  # of a head or a contact section
LEVEL = 3.0  # points between two lines of one row
DIGITS = re.compile(r"[+(]?\d[\d\s().\-–/]{6,20}\d")


@dataclass(frozen=True)
class Contact:
    """Values with the line each stood on; None where nothing was found."""

    name: tuple[str, Line] | None
    headline: tuple[str, Line] | None
    email: tuple[str, Line] | None
    phone: tuple[str, Line] | None
    location: tuple[str, Line] | None


def contact(head: Sequence[Line], rest: Sequence[Line], everything: Sequence[Line], region: str) -> Contact:
    """`head` stands before the first section, `rest` in contact sections, `everything` is the whole text in order."""
    head, rest = head[:MOST_LINES], rest[:MOST_LINES]
    near = [*head, *rest]
    email = _email(near) or _email(everything)
    name = _name(head or everything[:12], email) or _name(everything[:12], email)
    places = _location(near, name)
    return Contact(
        name=name,
        headline=_headline(head, name),
        email=email,
        phone=_phone(near, region) or _phone(everything, region, strict=True),
        location=places,
    )


def _email(lines: Sequence[Line]) -> tuple[str, Line] | None:
    for index, line in enumerate(lines):
        if "@" in line.text:
            if match := EMAIL.search(line.text):
                address = re.sub(r"\s", "", match.group())
                return _continued(address, match.end() == len(line.text), lines, index), line
            for following in lines[index + 1 : index + 3]:
                if match := EMAIL.search(line.text + following.text):
                    return match.group(), line
        for link in line.links:
            if link.lower().startswith("mailto:") and EMAIL.search(link):
                return EMAIL.search(link).group(), line  # type: ignore[union-attr]
    for index, line in enumerate(lines[1:], 1):
        if line.text.startswith("@") and (match := EMAIL.search(lines[index - 1].text + line.text)):
            return match.group(), lines[index - 1]
    return None


def _continued(address: str, at_end: bool, lines: Sequence[Line], index: int) -> str:
    """A narrow column cut the address: the link behind it, or the next line, has the rest."""
    for link in lines[index].links:
        whole = link.removeprefix("mailto:")
        if whole.lower().startswith(address.lower()) and EMAIL.fullmatch(whole):
            return whole
    following = lines[index + 1] if index + 1 < len(lines) else None
    if at_end and following and re.fullmatch(r"\.[a-z]{2,6}(?:\.[a-z]{2,6})?", following.text):
        return address + following.text
    before = lines[index - 1] if index else None
    broken = before is not None and (address[0] in "._-" or before.text.endswith(("-", ".", "_")))
    opens = lines[index].text.startswith(address)
    if before and broken and opens and re.fullmatch(r"[A-Za-z0-9._-]+", before.text):
        return before.text + address
    return address


def _phone(lines: Sequence[Line], region: str, *, strict: bool = False) -> tuple[str, Line] | None:
    """The best candidate: a valid number before a possible one before mere digits; the first among equals."""
    found = sorted(_phones(lines, region, strict=strict), key=lambda item: -item[0])
    return (found[0][1], found[0][2]) if found else None


def _phones(lines: Sequence[Line], region: str, *, strict: bool) -> Iterator[tuple[int, str, Line]]:
    for line in lines:
        text = line.text
        spans = [(span.at, span.to) for span in find_dates(text)]
        for match in DIGITS.finditer(text):
            if any(start < match.end() and match.start() < stop for start, stop in spans):
                continue
            if URL.search(text) and any(
                match.start() >= u.start() and match.end() <= u.end() for u in URL.finditer(text)
            ):
                continue
            raw = match.group().strip()
            digits = sum(character.isdigit() for character in raw)
            if 7 <= digits <= 15 and not (strict and digits < 9):  # noqa: PLR2004 — E.164's limits
                number = normalised_phone(raw, region)
                labelled = (
                    raw.startswith("+")
                    or bool(PHONE_LABEL.search(text[: match.start()]))
                    or any("tel:" in link for link in line.links)
                )
                postal = bool(POSTAL.match(text[max(match.start() - 1, 0) :]))
                yield (3 * labelled + 2 * number.startswith("+") + (digits >= 9) - 4 * postal), number, line  # noqa: PLR2004


def normalised_phone(raw: str, region: str) -> str:
    """E.164 when the number is possible where it seems to be from; otherwise as written."""
    try:
        number = phonenumbers.parse(raw.replace("(0)", ""), None if raw.startswith("+") else region)
    except phonenumbers.NumberParseException:
        return raw
    if phonenumbers.is_possible_number(number):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return raw


def _name(lines: Sequence[Line], email: tuple[str, Line] | None) -> tuple[str, Line] | None:
    """The largest words in the head that could be a name; the e-mail address may confirm it."""
    best: tuple[float, str, Line] | None = None
    local = re.sub(r"[^a-z]", "", email[0].split("@")[0].lower()) if email else ""
    for position, line in enumerate(lines[:25]):
        for text in _name_texts(line, lines, position):
            if not is_name(text):
                continue
            score = line.style.size - 0.7 * position + 1.5 * line.style.bold + 1.0 * (" " in text)
            words = re.sub(r"[^a-z ]", "", text.lower()).split()
            score += 6.0 * any(len(word) > 2 and word in local for word in words)  # noqa: PLR2004 — initials prove nothing
            labelled = position > 0 and NAME_ONLY.fullmatch(lines[position - 1].text) is not None
            score += 8.0 * (labelled or bool(NAME_LABEL.match(line.text))) - 20.0 * bool(NAME_ONLY.fullmatch(text))
            score -= 6.0 * (title_score(text) >= 1.4) + 4.0 * (place_score(text) >= 1.5)  # noqa: PLR2004
            score -= 8.0 * bool(heading_kind(text))
            score += 0.8 * (len(text.split()) > 1 and text != line.text and text.startswith(line.text.rstrip("-")))
            if best is None or score > best[0]:
                best = score, text, line
    return (_cased(best[1]), best[2]) if best else None


def _name_texts(line: Line, lines: Sequence[Line], position: int) -> Iterator[str]:
    text = NAME_LABEL.sub("", line.text)
    text = re.sub(r"(?i)[\s|–—-]*\b(?:curriculum vitae|r[eé]sum[eé]|lebenslauf|cv)\b[\s|–—-]*", " ", text).strip(" |")
    first = line.runs[0].text.strip() if len({run.style for run in line.runs if run.text.strip()}) > 1 else ""
    for raw in (*SEPARATORS.split(text), *([first] if " " in first and first != text else [])):
        part = _untitled(re.sub(r"\s*[(（].*?[)）]\s*", " ", raw).strip(" ,|"))
        yield part
        whole, last = part, line
        for below in lines[position + 1 : position + MOST_NAME_LINES]:
            alike = below.style == line.style and line.style.size > LARGE and _is_right_below(below, last, 2.0)
            if not alike or len(below.text.split()) > 2 or len(whole.split()) > 2 or below.text in whole:  # noqa: PLR2004
                break
            whole = f"{whole}{'' if whole.endswith('-') else ' '}{below.text}"
            last = below
            yield whole


def _untitled(text: str) -> str:
    """Without the profession behind a comma; "PhD" belongs to the name as written."""
    head, comma, tail = text.partition(", ")
    return head if comma and not POST_NOMINAL.fullmatch(tail) and title_score(tail) > 0 else text


def is_name(text: str) -> bool:
    """Could be a person's name by its form."""
    words = text.split()
    spaceless = "".join(words)
    if not 1 <= len(words) <= 5 or len(text) > 45 or NOT_NAME.search(text) or NOT_NAME.search(spaceless):  # noqa: PLR2004
        return False
    if CJK_NAME.match(text):
        return True
    # Arabic, Hebrew or Hangul know no capitals.
    words = [word.strip("\"“”„'‘’«»") or word for word in words]
    proper = [word for word in words if word[0] == word[0].upper() or word.casefold() in PARTICLES]
    return len(proper) == len(words) and all(re.fullmatch(r"[^\W\d_][^\d_]*", word) for word in words)


def _cased(name: str) -> str:
    if re.fullmatch(r"(?:[\u3040-\u9fff] ){2,}[\u3040-\u9fff]", name):
        return name.replace(" ", "")  # letters spaced apart
    letters = [character for character in name if character.isalpha()]
    if not name.isupper() or len(letters) < 4 or (not name.isascii() and any(c > "぀" for c in letters)):  # noqa: PLR2004
        return name
    return " ".join(word.capitalize() if len(word) > 2 or "." not in word else word for word in name.split())  # noqa: PLR2004


def _headline(head: Sequence[Line], name: tuple[str, Line] | None) -> tuple[str, Line] | None:
    """A short line beside the name that is not a contact detail."""
    if name is None or name[1] not in head:
        return None
    at = list(head).index(name[1])
    around = [*head[at + 1 : at + 5], *head[max(at - 2, 0) : at]]
    plain = [line for line in around if _could_be_headline(line)]
    titled = [line for line in plain if title_score(line.text) > 0]
    chosen = (titled or [line for line in plain if line in head[at + 1 : at + 2]])[:1]
    return (chosen[0].text.strip(" |•·"), chosen[0]) if chosen else None


def _could_be_headline(line: Line) -> bool:
    text = line.text
    if "@" in text or URL.search(text) or DIGITS.search(text) or heading_kind(text) or LABEL.match(text):
        return False
    if place_score(text) >= 1.5 and title_score(text) == 0:  # noqa: PLR2004
        return False
    return 1 <= len(text.split()) <= 14 and len(text) > 3 and not text.endswith(".")  # noqa: PLR2004


def _location(lines: Sequence[Line], name: tuple[str, Line] | None) -> tuple[str, Line] | None:
    best: tuple[float, str, Line] | None = None
    contact_rows = [line for line in lines if "@" in line.text or DIGITS.search(line.text)]
    for index, line in enumerate(lines):
        if len(line.text.split()) > SENTENCE:
            continue
        labelled = index > 0 and bool(PLACE_LABEL.fullmatch(lines[index - 1].text))
        beside = any(abs(line.box.top - other.box.top) < LEVEL and line.page == other.page for other in contact_rows)
        for part in _parts(line.text):
            text = _place_text(part, line, lines)
            if not text or (name and text == name[0]):
                continue
            score = place_score(text) + 3.0 * has_place_label(part) + 2.5 * labelled
            # A lone city has no form of its own; standing among the contact details is its form.
            score += 0.9 * (beside and is_name(text) and (name is None or line is not name[1]))
            if score >= LEAST_PLACE and (best is None or score > best[0] + 0.01):
                best = score, text, line
    return (best[1], best[2]) if best else None


def _place_text(part: str, line: Line, lines: Sequence[Line]) -> str:
    """The part as a place; empty when its words say that it is something else."""
    text = without_label(LABEL.sub("", EMAIL.sub("", part)).strip(" ,;|•·"))
    if not text or LABEL.match(text + ":") or URL.search(text) or text.casefold() in NETWORKS or find_dates(text):
        return ""
    text = _whole_place(text, line, lines) if part == line.text else text
    addressed = place_score(text) > 2 and any(character.isdigit() for character in text)  # noqa: PLR2004 — a street
    other = (title_score(text) > 0 and not addressed) or school_score(text) or degree_score(text) or company_score(text)
    return "" if other or heading_kind(text) else text


def _parts(text: str) -> list[str]:
    """At separators and addresses, and before each "label:" of a line that lists several."""
    text = URL.sub(" | ", EMAIL.sub(" | ", text))
    return [part for whole in SEPARATORS.split(text) for part in re.split(r"\s+(?=[^\s:：/@]{2,12}[:：](?!//))", whole)]


def _whole_place(text: str, line: Line, lines: Sequence[Line]) -> str:
    """An address that a narrow column broke: the lines right below in the same column, while they still read as one."""
    best, whole, last = text, text, line
    for _ in range(2):
        below = next((other for other in lines if _is_right_below(other, last)), None)
        if below is None or "@" in below.text or URL.search(below.text):
            break
        whole = f"{whole} {below.text}".strip()
        if place_score(whole) >= max(place_score(best), 0.9):
            best = whole
        last = below
    return best


def _is_right_below(other: Line, line: Line, most: float = 0.6) -> bool:
    if other.page != line.page or other.style != line.style:
        return False
    distance = other.box.top - line.box.bottom
    overlap = min(other.box.x1, line.box.x1) - max(other.box.x0, line.box.x0)
    return -0.5 * line.box.height < distance < most * line.box.height and other.box.top > line.box.top and overlap > 0
