"""Where the person lives: an address or a city among the contact details, told by its form and by what is around it."""

import re
from collections.abc import Iterator, Sequence

from services.resumes.contact.emails import EMAIL, aligned, follows
from services.resumes.contact.links import NETWORKS, URL, labelled_profile, may_hold_address
from services.resumes.contact.names import SEPARATORS, is_name
from services.resumes.contact.phones import DIGITS, LEAST_STRICT
from services.resumes.contact.places import STATES, address_score, is_city
from services.resumes.entries.lexicon import company_score, degree_score, school_score, title_score
from services.resumes.periods.dates import find_dates
from services.resumes.sections.headings import heading_kind
from services.resumes.skills.languages import NAMES as LANGUAGES
from services.resumes.text import Line
from services.resumes.words import lines as phrases

_PHRASES = sorted(phrases("place_labels"), key=len, reverse=True)
_LABELS = "|".join(map(re.escape, _PHRASES))
_LEADING = "|".join(re.escape(phrase) for phrase in _PHRASES if re.search(r" (?:in|i|a|à|en|em|te)$", phrase))
LABEL = re.compile(rf"(?i)^\W*(?:(?:{_LABELS})\s*[:：]\s*|(?:{_LEADING})\s+)(?=\S)")
LABEL_ONLY = re.compile(rf"(?i)^\W*(?:{_LABELS})\W*$")
OTHER_LABEL = re.compile(r"^\W*[^\W\d][^:：,\d]{1,24}(?<! No)(?<! Nr)[:：](?!//)")
STRONG = re.compile(r"\s*[|•⋄◆♦‖]\s*|\s{3,}|\t")
BASED = re.compile(
    r"\b(?:[Bb]ased|[Ll]iv(?:e|es|ing)|[Ll]ocated|[Rr]esid(?:e|es|ing)|wohnhaft|bosatt) (?:in|i) "
    r"(?P<place>[A-ZÀ-Þ][\w'’-]+(?:,? [A-ZÀ-Þ][\w'’-]+)*)"
)
PERSONAL = re.compile(
    r"(?i)\b(?:born|geb\.|geboren|née?|nat[oa] (?:il|a)|nacid[oa]|nascid[oa]|urodzon[ya]|född|født|syntynyt|"
    r"narozena?|született|doğum|родил(?:ся|ась)|dni|nie|nif|cpf|cnpj|passport|ssn|pesel|visa|permis [ab]|"
    r"patente [ab]|klasse [ab]|kat\. [ab])(?!\w)|生年月日|出生|性別|性别|国籍|민족|생년월일|성별"
)
UNFINISHED = re.compile(r"\d(?: ?[A-Z]{1,2})?$")
PREFIX = re.compile(r"^(?:г|м|с|пос|город|місто|ciudad de|town of)\.? +")
CODE = re.compile(r"(?:[A-Z][\w.-]* ){0,3}[A-Z\d-]*\d[A-Z\d-]*(?: [A-Z\d]{3})?")  # "VA 22192", "Western Cape 8005"
LEADERS = re.compile(r"\s*(?:[.·…_]\s?){4,}\s*")
LEAST_CODE = 4  # digits of a postcode
ICON = re.compile(r"^[^\w〒(]+")
HANDLE = re.compile(r"[a-z0-9@][\w.-]*$")
CONTACT_WORD = re.compile(
    r"(?i)\b(?:e-?mail|mail|phone|telephone|telefon|tel|mobile?|fax|web(?:site|seite)?|homepage|links?|portfolio|cv|r[eé]sum[eé])\b|"
    r"^(?:in|u|linkedin|github|gitlab)/"
)
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")  # when a page was printed
STATE = re.compile(r"^[^\W\d][^,]*,? [A-Z]{2}(?:,? USA?)?$")
GLUED_CODE = re.compile(r"(?<=[, ])([A-Z]{2})(\d{5})\b")
REGION_WORD = re.compile(r"(?i)\b(?:county|city|state|province|district|shire|comté|provincia|distrito)\b")
EASTERN_LAST = re.compile("[\u3040-\u9fff]$")
DANGLING = re.compile(r"\s(?:de|di|do|da|of|del|des|der|van)$")
SENTENCE = 18  # words; a longer line is no contact detail
LEAST_BETTER = 0.01  # than the best so far
LEAST, SURE, KNOWN = 1.3, 2.0, 0.85
LABELLED, AMONG, SECTION, LONE, FAR = 3.0, 0.8, 0.3, 0.5, 1.0
HEAD = 60.0  # points, in which the details of one head stand
SPREAD = 3.2  # heights of a line
LEVEL = 3.0  # points between two lines of one row
MOST_ADDRESS_LINES = 4
Found = tuple[str, Line]


def find_location(head: Sequence[Line], contacts: Sequence[Line], name: Found | None) -> Found | None:
    """`head` stands before the first section, `contacts` in sections of contact details."""
    lines = [*head, *contacts]
    details = _details(lines)
    inside = {id(line) for line in contacts}
    best: tuple[float, str, Line] | None = None
    for index, line in enumerate(lines):
        for alone, text in _candidates(line, lines[index - 1] if index else None, lines, details, name):
            score = alone + SECTION * (id(line) in inside)
            if score < LEAST or (best is not None and score <= best[0] + LEAST_BETTER):
                continue
            if not _is_other(text, address_score(text)):
                best = score, text, line
    return (_spelled(_with_row(best[1], best[2], lines)), best[2]) if best else _in_prose(lines)


def _spelled(place: str) -> str:
    """With a space between a state and a postcode that lost it: "Salem, OR97301"."""
    return GLUED_CODE.sub(lambda code: " ".join(code.groups()) if code[1] in STATES else code[0], place)


def _with_row(text: str, line: Line, lines: Sequence[Line]) -> str:
    """A region's postcode with the city and the street before it in its row: "12 Elm Street ⋄ Utrecht ⋄ VA 22192"."""
    first = line
    while CODE.fullmatch(text.rpartition(", ")[2]) and (left := _left(first, lines)):
        before = left[0]
        told = _is_lone(before.text) or address_score(before.text) >= KNOWN
        apart = first.box.x0 - before.box.x1 > 2 * line.style.size
        if apart or not told or _is_detail(before) or _is_other(before.text, address_score(before.text)):
            break
        text, first = f"{before.text.strip(' ,')}, {text}", before
    return text


def _details(lines: Sequence[Line]) -> list[Line]:
    """The lines that hold a detail, and each row of them as one line."""
    found = [line for line in lines if _is_detail(line)]
    rows = [[other for other in lines if _same_row(other, line)] for line in found]
    whole = [row[0].moved(row[0].box.joined(row[-1].box)) for row in rows if len(row) > 1]
    return [*found, *whole]


def _is_detail(line: Line) -> bool:
    text = line.text
    if "@" in text or (may_hold_address(text) and URL.search(text)) or _has_phone(text) or _is_link(line):
        return True
    return labelled_profile(text) is not None


def _has_phone(text: str) -> bool:
    return any(
        sum(c.isdigit() for c in match.group()) >= LEAST_STRICT and not find_dates(match.group())
        for match in DIGITS.finditer(text)
    )


def _candidates(
    line: Line, above: Line | None, lines: Sequence[Line], details: Sequence[Line], name: Found | None
) -> Iterator[tuple[float, str]]:
    """Each part of a line with what its form and its place are worth; some are something else by their words."""
    if len(line.text.split()) > SENTENCE or _is_link(line):
        return
    beside = [other for other in details if other is not line and _same_row(other, line)]
    anchors = [*details, *([name[1]] if name else [])]
    labelled = any(LABEL_ONLY.match(other.text) for other in (above, *_left(line, lines)) if other is not None)
    among = bool(beside) or line in details or (above is not None and above in details)
    among = (
        among
        or any(_close(line, other) for other in details)
        or _opens_list(line, above, details, name[1] if name else None)
    )
    near = among or any(_close(other, line) for other in details)
    for part in _parts(line.text):
        own = bool(LABEL.match(part))
        text = _stripped(part, labelled=own)
        if not text or (name is not None and _names(text, name[0])):
            continue
        whole = _whole(text, line, lines) if part.strip() == line.text else text
        score = address_score(whole)
        headline = whole != text and title_score(text) > 0 and address_score(text) < LEAST
        if headline or (name is not None and name[0].casefold() in whole.casefold()):
            continue
        lone = (
            _is_lone(whole) and (among or (own or labelled)) and (name is None or line is not name[1] or bool(beside))
        )
        far = not (own or labelled or near) and not any(_within(line, other) for other in anchors)
        if not near and name is not None and score >= KNOWN and _is_below_name(line, name[1]):
            near = not _is_other(whole, score)
        yield max(score, LONE * lone) + LABELLED * (own or labelled) + AMONG * near - FAR * far, whole


def _names(text: str, name: str) -> bool:
    """A part of the name, or its first letters."""
    initials = "".join(word[0] for word in re.split(r"[\s-]+", name) if word)
    return text.casefold().rstrip("-") in name.casefold() or (len(text) > 1 and initials.startswith(text))


def _is_below_name(line: Line, name: Line) -> bool:
    """Right below the name, in a size of its own."""
    down = line.box.top - name.box.bottom
    return line.page == name.page and -1 < down < name.box.height and aligned(line, name)


def _within(line: Line, other: Line) -> bool:
    return line.page == other.page and abs(line.box.top - other.box.top) < HEAD


def _is_link(line: Line) -> bool:
    """All its words point to an address of the web that is no map."""
    links = [run.link for run in line.runs if run.text.strip()]
    return bool(links) and all(link.startswith("http") and "map" not in link for link in links)


def _close(below: Line, above: Line) -> bool:
    """Right below in the same column, or set apart a little more, as lists of icons are."""
    down = below.box.top - above.box.top
    return below.page == above.page and 0 < down < SPREAD * above.box.height and aligned(below, above)


def _opens_list(line: Line, above: Line | None, details: Sequence[Line], name: Line | None) -> bool:
    """First of a list of details that keep one distance, and farther from what stands above it."""
    below = [other for other in details if _close(other, line) and other.style == line.style][:1]
    pitch = below[0].box.top - line.box.top if below else 0.0
    more = any(abs(other.box.top - line.box.top - 2 * pitch) < LEVEL and aligned(other, line) for other in details)
    elsewhere = above is None or above.page != line.page or above.box.x1 < line.box.x0
    apart = elsewhere or (above is not None and line.box.top - above.box.top > pitch + LEVEL)
    apart = apart or (above is not None and above is not name and above.style != line.style)
    return bool(below) and more and apart


def _same_row(one: Line, other: Line) -> bool:
    return one.page == other.page and abs(one.box.top - other.box.top) < LEVEL


def _left(line: Line, lines: Sequence[Line]) -> list[Line]:
    """What stands right before `line` in its row."""
    return [other for other in lines if other.box.x1 <= line.box.x0 and _same_row(other, line)][-1:]


def _parts(text: str) -> list[str]:
    """At separators and addresses, and before each "label:" of a line that lists several."""
    text = LEADERS.sub(": ", text)
    text = re.sub(
        r"\S*@\S*|(?<!\S)(?:in|u|github|gitlab|linkedin)/[^\s,]+", " | ", URL.sub(" | ", EMAIL.sub(" | ", text))
    )
    text = DIGITS.sub(lambda match: " | " if _has_phone(match.group()) else match.group(), text)
    dashed = [part for part in STRONG.split(text) if re.search(r"\w [-–—·/] \w", part)]
    return [*dashed, *(part for whole in SEPARATORS.split(text) for part in _labelled(whole))]


def _labelled(text: str) -> list[str]:
    own = LABEL.match(text)
    first = own.end() if own else 0
    parts = re.split(r"\s+(?=[^\s:：/@]{3,12}[:：](?!//))", text[first:])
    return [text[:first] + parts[0], *parts[1:]]


def _stripped(part: str, *, labelled: bool) -> str:
    text = (LABEL.sub("", part) if labelled else part).strip(" ,;|•·-–?()\ufffd")  # the letter of an icon may be left
    text = ICON.sub("", text)
    other = None if labelled else OTHER_LABEL.match(text)
    if other and address_score(text[other.end() :]) >= SURE:
        return text[other.end() :].strip()  # whatever the label calls it, an address it is
    return "" if not text or other or text.casefold() in NETWORKS or LABEL_ONLY.match(text) else text


def _whole(text: str, line: Line, lines: Sequence[Line]) -> str:
    """An address over several lines: those right below in the same column, while they still read as one."""
    best, whole, last = text, text, line
    for _ in range(MOST_ADDRESS_LINES - 1):
        below = next((other for other in lines if other is not last and follows(other, last)), None)
        if below is None or _is_detail(below) or OTHER_LABEL.match(below.text) or heading_kind(below.text):
            break
        open_ended = whole[-1] in ",-" or (UNFINISHED.search(whole) is not None and below.text[0].isalpha())
        torn = _is_torn(whole, below.text)
        glue = "" if EASTERN_LAST.search(whole) else " " if open_ended or torn else ", "
        whole = f"{whole}{glue}{below.text.strip(' ,')}"
        better = address_score(best) + 0.2 * (not (open_ended or torn))
        if address_score(whole) >= better and not _is_other(below.text, address_score(below.text)):
            best = whole
        last = below
    return best


def _is_torn(text: str, below: str) -> bool:
    """The name of a city goes over both: "… 31110-220 Belo" and "Horizonte"."""
    words, more = text.split(), below.strip(" ,").split(",")[0]
    return any(is_city(f"{' '.join(words[-count:])} {more}") for count in (1, 2) if count < len(words))


def _is_other(text: str, score: float) -> bool:
    """Its words say that it is something else."""
    personal = PERSONAL.search(text) or CONTACT_WORD.search(text) or CLOCK.search(text)
    if personal or len(text) == 1 or heading_kind(text) or (find_dates(text) and score < SURE):
        return True
    first = re.match(r"[^\W\d_]+", text)
    digits = sum(character.isdigit() for character in text)
    if score < SURE and not digits and first and first.group().casefold() in LANGUAGES:
        return True
    if digits and (score >= SURE or (score >= LEAST and digits >= LEAST_CODE)):
        return False
    plain = REGION_WORD.sub("", text)
    dangling = DANGLING.search(text) is not None
    in_state = STATE.search(text) is not None and score >= LEAST  # "MA" is a state there, and no degree
    return (
        dangling
        or title_score(text) > 0
        or school_score(text) > 0
        or (degree_score(text) > 0 and not in_state)
        or company_score(plain) > 0
    )


def _is_lone(text: str) -> bool:
    """A lone city has no form of its own; standing among the contact details is its form."""
    words = PREFIX.sub("", text).replace(",", " ").split()
    plain = bool(words) and len(words) <= 3 and is_name(" ".join(words)) and words[0][0].isalpha()  # noqa: PLR2004 — "New York City"
    return plain and not HANDLE.match(text) and not any(word.casefold() in LANGUAGES for word in words)


def _in_prose(lines: Sequence[Line]) -> Found | None:
    for line in lines:
        if found := BASED.search(line.text):
            return found["place"], line
    return None
