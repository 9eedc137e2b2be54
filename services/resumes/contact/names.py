"""The person's name: by its size and place at the top, by its form, by its label, and by the e-mail address."""

import itertools
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from services.resumes.contact.emails import NEAR, follows
from services.resumes.contact.name_writing import (
    INITIALS,
    KNOWN_LETTERS,
    PARTICLES,
    POST_NOMINAL,
    SPACED,
    as_addressed,
    cased,
    in_order,
    untracked,
)
from services.resumes.contact.places import place_score
from services.resumes.entries.lexicon import company_score, title_score
from services.resumes.sections.headings import heading_kind
from services.resumes.text import Line, Run, Style
from services.resumes.words import lines as phrases

SEPARATORS = re.compile(r"\s+/\s+|\s+[^\w\s&+@.,:;()'\"’/#]{1,2}\s+|\s*[|•·⋄◆‖]\s*|\s{3,}|\t|　")
_LABELS = "|".join(
    r"\s*".join(map(re.escape, phrase)) if phrase[0] >= "\u3040" else re.escape(phrase)
    for phrase in sorted(phrases("name_labels"), key=len, reverse=True)
)
_NUMBER = r"\W*(?:\d{1,2}(?:\.\d)?[.)]\s*)?"  # forms count their rows
NAME_LABEL = re.compile(rf"(?i)^{_NUMBER}(?:{_LABELS})(?:\s*\([^)]*\))?(?:\s*[:：]\s*|\s+)(?=\S)")
NAME_ONLY = re.compile(rf"(?i){_NUMBER}(?:{_LABELS})(?:\s*\([^)]*\))?\W*")
READING = re.compile(r"ふりがな|フリガナ|furigana|pinyin|読み")
_TITLE = r"\b(?:curriculum vitae|r[eé]sum[eé]|lebenslauf|cv|biodata)\b"
TITLE = re.compile(rf"(?i){_TITLE}")
TITLED = re.compile(
    rf"(?i)[\s|–—:-]*{_TITLE}"
    r"(?:\s+(?:of|von|de|di|van|af|av|for)\b)?[\s|–—:-]*"
)
GREETING = re.compile(
    r"(?i)^(?:(?:hi|hello|hey|hallo|hola|bonjour)(?: there)?[,!.]?\s+)?"
    r"(?:i['’]m|i am|my name is|ich bin|je suis|soy)\s+|"
    r"^(?:candidate|applicant|bewerber(?:in)?|kandidat(?:in)?)\s*[:：]\s*"
)
NOT_NAME = re.compile(
    r"(?i)\b(?:curriculum|vitae|europeo?|european|européen|formato?|page|confidential|profile|seite)\b|[@\d:/\\#&+=%$]|[履経]歴|履历|简历|簡歷|이력서"
)
DOCUMENT = frozenset(re.sub(r"\s", "", phrase) for phrase in phrases("document_titles"))
CJK_NAME = re.compile(r"^[一-鿿々゠-ヿ぀-ゟ]{1,6}[\s　]?[一-鿿々゠-ヿ぀-ゟ]{0,8}$|^[가-힣]{2,5}$")
# "d'Aubigny", "ffoulkes", "al-Khatib", "deVries": small at first, and a name still
SMALL_NAME = re.compile(r"[dl]['’][^\W\d_]|ff[^\W\d_]|[^\W\d_A-Z]{2,}[-'’]?[A-Z][a-z]+")
MOST_WORDS, LEAST, MOST = 6, 2, 50  # the words and the letters of a name
MOST_LINES, MOST_NAME_LINES, LARGE = 25, 4, 12.5
EMPHASIS = 0.8  # of the first name's size
GRID = 6  # lines of a form, between a label and what stands below it
LONGEST_LETTERS = 4  # of what a name may end in before a dot: "Jr."
MOST_FIRST = 3  # names in the lines before the last
LONGEST_LINE = 60  # letters
LONG_WORD = re.compile(r"[^\W\d_]{3,}")
SURE, CONFIRMED = 2, (0.0, 6.0, 14.0)  # words of a name in the e-mail address, and what they are worth
LEAST_BETTER = 0.01  # than the best so far
SMALLER = 1.2  # times, between a name and the title on its line
Found = tuple[str, Line]


def find_name(lines: Sequence[Line], email: str, small: float) -> Found | None:
    """The largest words in the head that could be a name; the e-mail address may confirm it. `small` is the size of the
    smallest words on the pages: a name in it is no larger than the rest and ends with its line.
    """
    best: tuple[float, str, Line] | None = None
    address = email.split("@", maxsplit=1)[0].lower()
    for position, line in enumerate(lines[:MOST_LINES]):
        for text in _texts(line, lines, position, small, address):
            proof = confirmed(text, email)
            name = text.title() if text.islower() and proof == SURE and line.style.size > LARGE else text
            if not is_name(name) or (not proof and heading_kind(name)):
                continue
            score = _gain(name, line, lines, position) + CONFIRMED[proof]
            if best is not None and score <= best[0] + LEAST_BETTER:
                continue
            score -= _loss(name, line, lines[position - 1] if position else None)
            if best is None or score > best[0] + LEAST_BETTER:
                best = score, name, line
    return (in_order(cased(best[1])), best[2]) if best else None


def named_anywhere(lines: Sequence[Line], email: str) -> Found | None:
    """The first words that are the e-mail address's own, wherever they stand: in a rail, a footer, a signature."""
    local = email.split("@", maxsplit=1)[0].lower()
    letters = re.sub(r"[^a-z]", "", local)
    for line in lines:
        long = [word in letters or not word.isascii() for word in LONG_WORD.findall(line.text.lower())]
        if len(line.text) <= LONGEST_LINE and sum(long) > 1 and sum(_own_words(line.text, email)) > 1:
            for text in (*_texts(line, (), 0, math.inf, local), line.text):
                own = _own_words(text, email)
                if len(own) > 1 and all(own) and is_name(text):
                    return in_order(cased(text)), line
    return None


def _gain(text: str, line: Line, lines: Sequence[Line], position: int) -> float:
    """What speaks for a name: size, place, label."""
    above = lines[position - 1] if position else None
    score = line.style.size - 0.7 * position + 1.5 * line.style.bold + 1.0 * (" " in text or bool(CJK_NAME.match(text)))
    over = [other for other in lines[max(position - GRID, 0) : position] if other is above or follows(line, other)]
    labelled = any(NAME_ONLY.fullmatch(other.text) for other in over)
    score += 8.0 * (labelled or bool(NAME_LABEL.match(line.text)))
    # A size of its own sets the name off from what follows; the words of several lines are worth more than the first.
    return score + 0.1 * (text == _first_size(line)) + 0.04 * len(text) * _goes_on(text, line)


def _loss(text: str, line: Line, above: Line | None) -> float:
    """What speaks against one: that it says something else, or goes on elsewhere."""
    loss = 20.0 * bool(NAME_ONLY.fullmatch(text))
    loss += 6.0 * (title_score(text) >= 1.4) + 4.0 * (place_score(text) >= 1.5)  # noqa: PLR2004
    loss += 8.0 * bool(heading_kind(text)) + 3.0 * (company_score(text) >= 2)  # noqa: PLR2004 — "Inc", "GmbH"
    loss += 6.0 * bool(READING.search(line.text) or (above is not None and READING.search(above.text)))
    loss += 2.0 * (len(text.split()) > 2 and text[0] >= "\u3040" and not SPACED.fullmatch(text))  # noqa: PLR2004 — a title behind it
    return loss + 3.0 * (text.endswith("-") or text.rsplit(maxsplit=1)[-1].casefold() in PARTICLES)  # goes on elsewhere


def _goes_on(text: str, line: Line) -> bool:
    return text != line.text and text.startswith(line.text.split("  ")[0].rstrip("-")) and len(text) > len(line.text)


def confirmed(text: str, email: str) -> int:
    """How many of its words stand in the e-mail address, SURE at most; initials prove nothing."""
    return min(sum(_own_words(text, email)), SURE)


@lru_cache(maxsize=2048)
def _own_words(text: str, email: str) -> tuple[bool, ...]:
    """For each word longer than initials, whether the address holds it or a part of it between hyphens."""
    local = re.sub(r"[^a-z]", "", email.split("@", maxsplit=1)[0].lower())
    folded = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss").replace("ø", "o").replace("ł", "l"))
    words = re.sub(r"[^a-z -]", "", folded).split()
    parts = [[part for part in word.split("-") if len(part) > INITIALS] for word in words]
    return tuple(any(part in local for part in each) for each in parts if each)


def _texts(line: Line, lines: Sequence[Line], position: int, small: float, local: str) -> Iterator[str]:
    text = GREETING.sub("", NAME_LABEL.sub("", line.text))
    titled = TITLE.search(line.text) is not None
    text = untracked((TITLED.sub(" ", text) if titled else text).strip(" |"), local)
    if GREETING.match(line.text):
        text = text.rstrip(".!")
    if titled:
        text = re.sub(r"['’]s$", "", text)  # "Jane Roe's résumé"
    if line.style.size > LARGE and (own := as_addressed(text, local)):
        yield own
    first = _first_style(line)
    for raw in (*SEPARATORS.split(text), *text.split(": ")[:1], *([first] if " " in first and first != text else [])):
        part = _untitled(re.sub(r"\s*[(（].*?[)）]\s*|\s+[ㅡ─―]+$", " ", raw).strip(" ,|:!"))
        yield part
        if line.style.size > max(LARGE, small) and part:
            yield from _over_lines(part, line, lines, position)
            yield from _with_neighbour(part, line, lines, position)
            yield from _letters_below(part, line, lines, position)


def _first_style(line: Line) -> str:
    """The words in the style a line begins in, where another follows."""
    return _before_change([(run.text, run.style) for run in line.runs])


def _first_size(line: Line) -> str:
    """The words of the size a line begins with, in whatever weights and colours, where much smaller ones follow."""
    runs = [run for run in line.runs if run.text.strip()]
    return _before_change([(run.text, SMALLER * run.style.size > runs[0].style.size or _is_small(run)) for run in runs])


def _is_small(run: Run) -> bool:
    """Particles, which small capitals set smaller."""
    return all(word.casefold() in PARTICLES for word in run.text.split())


def _before_change(runs: Sequence[tuple[str, object]]) -> str:
    told = [run for run in runs if run[0].strip()]
    same = list(itertools.takewhile(lambda run: run[1] == told[0][1], told))
    return "".join(text for text, _ in same).strip() if len(same) < len(told) else ""


def _over_lines(part: str, line: Line, lines: Sequence[Line], position: int) -> Iterator[str]:
    """The name with what stands below or beside it in its own large style, line by line."""
    own, whole, taken = line.runs[0].style, part, [line]
    for below in lines[position + 1 : position + 3 * MOST_NAME_LINES]:
        words = _opening(below, own)
        if not words or not any(_is_below(below, above) or _is_beside(below, above) for above in taken):
            continue
        plain = words.partition(", ")
        open_ended = whole.split()[-1].casefold() in PARTICLES
        few = _names(words if not POST_NOMINAL.fullmatch(plain[2]) else plain[0]) <= 2 + open_ended
        long = _names(whole) > MOST_FIRST and not open_ended
        if not few or long or words in whole or _is_other(words) or _is_usual(own, lines):
            return
        whole = f"{whole}{'' if whole.endswith('-') else ' '}{words}"
        taken.append(below)
        yield whole


def _names(text: str) -> int:
    """Words without the small ones."""
    return sum(word.casefold() not in PARTICLES for word in text.split())


def _is_other(words: str) -> bool:
    """A title, a heading or what the document is called, in the style of the name."""
    document = re.sub(r"\W", "", words).casefold() in DOCUMENT
    return title_score(words) >= 1 or document or bool(heading_kind(words)) or place_score(words) >= 2  # noqa: PLR2004


def _with_neighbour(part: str, line: Line, lines: Sequence[Line], position: int) -> Iterator[str]:
    """One large word with the one above, below or beside it, in whatever sizes and weights: a first and a last name."""
    if " " in part or _is_other(part) or not is_name(part):
        return
    for at in range(max(position - 2, 0), min(position + 3, len(lines))):
        other = lines[at]
        word = other.text.strip() if at != position and other.style.size > LARGE else ""
        if not word or " " in word or word == part or _is_other(word) or not is_name(word):
            continue
        above, below = (other, line) if at < position else (line, other)
        tall = below.style.size > EMPHASIS * above.style.size  # the last name is drawn no smaller
        if tall and (_is_below(below, above) or _is_beside(below, above)):
            yield f"{above.text.strip()} {below.text.strip()}"


def _letters_below(part: str, line: Line, lines: Sequence[Line], position: int) -> Iterator[str]:
    """Thus "Jane Roe," above "CPA"."""
    for below in lines[position + 1 : position + 3]:
        if line.text.rstrip().endswith(",") and KNOWN_LETTERS.fullmatch(below.text) and _is_below(below, line):
            yield f"{part}, {below.text.strip()}"


def _opening(line: Line, style: Style) -> str:
    """The words in a style that a line begins with."""
    return "".join(run.text for run in itertools.takewhile(lambda run: run.style == style, line.runs)).strip()


def _is_beside(line: Line, before: Line) -> bool:
    """Behind it on the same row, no further than words set wide apart."""
    gap = line.box.x0 - before.box.x1
    return line.page == before.page and line.box.top == before.box.top and 0 <= gap < 2.5 * before.style.size


def _is_usual(style: object, lines: Sequence[Line]) -> bool:
    """More lines than a name can have are in this style."""
    return sum(1 for line in lines if line.style == style) > MOST_NAME_LINES


def _is_below(below: Line, above: Line) -> bool:
    overlap = min(below.box.x1, above.box.x1) - max(below.box.x0, above.box.x0)
    down = below.box.top - above.box.top
    return below.page == above.page and 0 < down < 1.5 * NEAR * above.box.height and overlap > 0


def _untitled(text: str) -> str:
    """Without the profession behind a comma; "PhD" belongs to the name as written."""
    head, *tail = text.split(", ")
    letters = list(itertools.takewhile(POST_NOMINAL.fullmatch, tail))
    return ", ".join([head, *letters]) if title_score(", ".join(tail[len(letters) :])) > 0 else text


@lru_cache(maxsize=4096)
def is_name(text: str) -> bool:
    """Could be a person's name by its form."""
    words = text.split()
    spaceless = "".join(words)
    if not (1 <= _names(text) <= MOST_WORDS and len(words) <= 2 * MOST_WORDS and LEAST <= len(text) <= MOST):
        return False
    if len(words) > MOST_FIRST and text.endswith(".") and len(words[-1]) > LONGEST_LETTERS:
        return False  # a sentence
    if spaceless.casefold() in DOCUMENT or NOT_NAME.search(text) or NOT_NAME.search(spaceless):
        return False
    if CJK_NAME.match(text):
        return True
    # Arabic, Hebrew or Hangul know no capitals.
    words = [word.strip("\"“”„'‘’«»") or word for word in words]
    proper = [
        word for word in words if word[0] == word[0].upper() or word.casefold() in PARTICLES or SMALL_NAME.match(word)
    ]
    return len(proper) == len(words) and all(re.fullmatch(r"[^\W\d_][^\d_]*", word) for word in words)
