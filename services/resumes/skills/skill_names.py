"""The skills a few lines name: items of a list, whole where a narrow column wrapped them, without levels or bars."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from services.resumes.page.rows import joined, look
from services.resumes.periods.dates import find_dates
from services.resumes.sections.headings import folded
from services.resumes.text import Line
from services.resumes.words import words
from services.skills.vocabulary import canonical, find

LEVELS = frozenset(map(folded, words("levels")))
SMALL = words("connectors") | words("of")
MARKS = ",;|¦•·∙⋄●▪‣、，；｜；،؛◆◇♦⬥◊❖✦▸►➤→»›⁃"
SEPARATOR = re.compile(rf"\s*[{MARKS}]\s*|\s+[/–—~]\s+|\s{{3,}}|\t|\s+-\s+")
MARKED = re.compile(rf"[{MARKS}]|\s[/~]\s")
WIDE = re.compile(r"\S(?:\s{3,}|\t)\S")
LABEL = re.compile(r"^\s*(?P<name>[^:：,;•|()]{2,48}?)(?:\s*[(（][^()（）]{1,20}[)）])?\s*[:：]\s*(?P<rest>.*)$")
PROGRAMS = frozenset({"language", "framework", "database", "tool"})
LEVEL_FIRST = re.compile(r"^[(（\[](?P<level>[^()（）\[\]]{3,24})[)）\]]\s*(?=\S)")
BRACKETS = re.compile(r"[(（\[]")
BOTH = re.compile(r"\s+(?:and|und|et|y|e|og|och|en|&)\s+")
INTRO = re.compile(
    r"(?i)^(?:(?:highly|very|good|strong|basic|solid|working|advanced|excellent|sehr|gute|sichere[rs]?)\s+)*"
    r"(?:proficien(?:t|cy)|skilled|experienced?|knowledge|familiar(?:ity)?|expertise|understanding|kenntnisse|umgang|"
    r"connaissances?|maîtrise|manejo|conocimientos?|dominio|conoscenza|conhecimentos?)\s+"
    r"(?:in|of|with|using|mit|von|de|du|des|di|del|em)\s+(?=\S)"
)
BARS = re.compile(r"[■□●○★☆▪▫◼◻⬤◯✩✭⭐▰▱█░▓▒]{2,}|(?<![\w.])\d{1,3}\s?%|(?<!\w)\d{1,2}\s?/\s?(?:5|10|100)(?!\w)|[★☆]+")
LEVEL_IN_BRACKETS = re.compile(r"\s*[(（\[][^)）\]]*[)）\]]?\s*$")
YEARS = re.compile(
    r"(?i)[(\[]?\s*\d+\+?\s*(?:years?|yrs?|jahre?|ans|años|anos|anni|年)(?:\s+(?:of\s+)?experience)?\s*[)\]]?"
)
MOST_WORDS = 6
LONGEST = 60
FURNITURE = re.compile(
    r"(?i)©|@|//|\bwww\.|^curriculum vit|^(?:references?|referenzen|références|referencias|referenze)\b.*\b(?:request|"
    r"anfrage|wunsch|demande|solicit\w+|richiesta)$|"
    r"^(?:page|seite|página|pagina|sida|side|strona|strana|oldal|sivu|sayfa|страница|стр|σελίδα)\.? ?\d"
)
MARK_FIRST = re.compile(r"^[\s>»*~+·•–—\uf000-\uf8ff-]+(?=\s*[^\W_])")
DATED = 0.5  # of a text that is a date
SAME_X, FLUSH = 6.0, 1.0  # points, where lines begin and where they end
LEVEL_WORDS, TOLD = 5, 4.5  # words of a level, and between two commas of a sentence
LEAST_LEVELLED, LEVELLED = 3, 0.6  # items that end in a level, and their share
LEAST_WIDE, USUAL = 2, 1.1
FAR = 2.2  # heights of a line, from one to the next within one item
SINGLE = 1.25  # of the size of the words, from line to line within one item
TIGHT, LEADING = 0.8, 1.7  # of the usual distance and of a line's height, within one item
LOWER = 0.6  # the share of items that begin with a capital where a small letter goes on with the one above
LEAST_SPACED, CAPITALS, PIECE, SMALL_WORDS = 5, 0.4, 2.5, 0.15
LEAST_PIECES = 3  # of a row of names that are all known
Lines = Sequence[tuple[str, Line]]


def names_in(lines: Lines) -> list[tuple[str, Line]]:
    """(name, line) in order. `lines` are texts with the line each stood on; a new line before a text marks a bullet."""
    lines = [(text, line) for text, line in lines if not FURNITURE.search(text)]
    marked = any(MARKED.search(text) for text, _ in lines)
    blocks: list[tuple[list[str], list[Line]]] = []
    for number, (text, line) in enumerate(lines):
        above = _above(blocks, line) if marked or not text.startswith("\n") else None
        bulleted = text.startswith("\n")
        goes_on = not bulleted and _is_wrapped(lines, number) if marked else _goes_on(lines, number, above)
        if goes_on and (block := blocks[-1] if marked else above):
            block[0].append(text.strip())
            block[1].append(line)
        else:
            blocks.append(([text.strip()], [line]))
    wide = any(WIDE.search(text) for text, _ in lines)
    spaced = not marked and not wide and _is_spaced([" ".join(texts) for texts, _ in blocks])
    found = [
        (name, own[0])
        for texts, own in blocks
        for name in (_spaced(" ".join(texts)) if spaced else _split(_continued(texts)))
    ]
    return _without_levels(found)


def _is_wrapped(lines: Lines, number: int) -> bool:
    """Whether a line of a marked list goes on with the one before it: its first word would not have fitted there."""
    if number == 0:
        return False
    (before, last), (text, line) = lines[number - 1], lines[number]
    far = last.page == line.page and line.box.top - last.box.top > FAR * max(last.box.height, line.box.height)
    if far or (is_level(_outside(before)[-1]) and not text[:1].islower()):
        return False  # the level ends the item, on this line or on one between the two
    if SEPARATOR.search(before[-1:]) or text[:1].islower() or not text.strip():
        return True
    ends, opens = _outside(before)[-1], _outside(text)[0]
    if canonical(ends) and canonical(opens) and canonical(f"{ends} {opens}") is None:
        return False  # two skills
    widest = max(other.box.width for _, other in lines)
    return last.page != line.page or last.box.width + _word_width(text, line) > widest


def _outside(text: str) -> list[str]:
    return [part.strip() for part in _outside_brackets(text)] or [""]


def _word_width(text: str, line: Line) -> float:
    """Of the first word with the space before it, in points."""
    return line.box.width * len(text.split(maxsplit=1)[0]) / max(len(text.strip()), 1) + 0.3 * line.box.height


def _above(blocks: Sequence[tuple[list[str], list[Line]]], line: Line) -> tuple[list[str], list[Line]] | None:
    """The last item that begins where `line` begins."""
    return next((block for block in reversed(blocks) if _in_column(block[1][-1], line)), None)


def _in_column(one: Line, other: Line) -> bool:
    """They begin or end at one place, or have one middle as words in a frame do."""
    left, right = abs(one.box.x0 - other.box.x0), abs(one.box.x1 - other.box.x1)
    middle = abs(one.box.x0 + one.box.x1 - other.box.x0 - other.box.x1) / 2
    return min(left, 2 * middle) < SAME_X or right < FLUSH


def _goes_on(lines: Lines, number: int, above: tuple[list[str], list[Line]] | None) -> bool:
    """Whether a line of an unmarked list is the rest of the item above it."""
    text, line = lines[number]
    if above is None or not text.strip() or len(" ".join(above[0]).split()) + len(text.split()) > MOST_WORDS:
        return False
    last, whole = above[1][-1], " ".join(above[0])
    down = line.box.top - last.box.top
    if line.page != last.page or down <= 0 or look(line.style)[1:] != look(last.style)[1:]:
        return False
    known = canonical(text) is not None
    if known and canonical(whole):
        return False  # two skills
    named = not known and canonical(f"{whole} {text}") is not None
    small = text[0].islower() and whole[0].isupper() and down <= SINGLE * line.style.size
    framed = small and abs(line.box.x0 - last.box.x0) >= SAME_X
    full = framed or _is_full(lines, text, line, last)
    return named or (full and (small or _is_tight(lines, text, down)))


def _is_full(lines: Lines, text: str, line: Line, last: Line) -> bool:
    """The first word would not have fitted above."""
    return last.box.width + _word_width(text, line) > max(other.box.width for _, other in lines)


def _is_tight(lines: Lines, text: str, down: float) -> bool:
    """Nearer than items are to each other; or as near, beginning small among capitals."""
    height = lines[0][1].box.height
    distances = sorted(_distances(lines))
    usual = distances[len(distances) // 2]
    wide = sum(1 for distance in distances if TIGHT * distance > down)
    if wide >= LEAST_WIDE and down < min(TIGHT * usual, LEADING * height):
        return True
    capital = sum(1 for other, _ in lines if other.strip()[:1].isupper())
    return text[0].islower() and down <= USUAL * usual and capital >= LOWER * len(lines)


def _distances(lines: Lines) -> Iterator[float]:
    for number, (_, line) in enumerate(lines):
        below = [other for _, other in lines[number + 1 :] if _in_column(line, other)]
        if below and below[0].page == line.page:
            yield below[0].box.top - line.box.top


def _is_spaced(texts: Sequence[str]) -> bool:
    """Items parted by nothing but spaces: long rows of short names, each with a capital."""
    whole = " ".join(texts).split()
    if len(whole) > 1 and all(canonical(piece) for text in texts for piece in _spaced(text)):
        return max(len(_spaced(text)) for text in texts) >= LEAST_PIECES
    if len(whole) < LEAST_SPACED * len(texts) or any(text.endswith(".") for text in texts):
        return False
    capital = sum(1 for word in whole if not word[0].islower())
    small = sum(1 for word in whole if word.casefold() in SMALL)
    pieces = [piece for text in texts for piece in _spaced(text)]
    return capital >= CAPITALS * len(whole) and small <= SMALL_WORDS * len(whole) and len(whole) <= PIECE * len(pieces)


def _spaced(text: str) -> list[str]:
    """Split before each capital, but within no skill that the vocabulary knows."""
    inside = [(mention.start, mention.end) for mention in find(text)]
    pieces: list[str] = []
    for match in re.finditer(r"\S+", text):
        held = any(start < match.start() < end for start, end in inside)
        if pieces and (held or match.group()[0].islower()):
            pieces[-1] += " " + match.group()
        else:
            pieces.append(match.group())
    return [name for piece in pieces if is_name(name := clean(piece))]


def _without_levels(found: list[tuple[str, Line]]) -> list[tuple[str, Line]]:
    """A list in which most names end in a level has a level behind each: "Python expert", "SQL good"."""
    bare = [without_level(name) for name, _ in found]
    levelled = sum(1 for (name, _), plain in zip(found, bare, strict=True) if plain != name)
    if levelled < max(LEAST_LEVELLED, LEVELLED * len(found)):
        return found
    return [(plain, line) for (_, line), plain in zip(found, bare, strict=True)]


def without_level(name: str) -> str:
    """Without the level words it ends in, unless the whole is a skill: "Machine learning"."""
    parts = name.split()
    at = next((at for at in range(1, len(parts)) if is_level(" ".join(parts[at:]))), None)
    return name if at is None or canonical(name) else " ".join(parts[:at])


def _continued(texts: Sequence[str]) -> str:
    whole = ""
    for text in texts:
        whole = joined([whole, text]) if whole else text
    return whole


def _split(text: str) -> Iterator[str]:
    if _is_sentence(text):
        yield from (mention.surface for mention in find(text))
        return
    for raw in _outside_brackets(text):
        plain = re.sub(r"(?i)^(?:and|und|et|y|e|&)\s+", "", raw.strip())
        label = LABEL.match(plain)
        part = label["rest"] if label else plain
        bare = INTRO.sub("", part)
        for piece in (_known(bare) if bare != part or BOTH.search(part) else []) or [part]:
            name = clean(piece)
            if is_name(name):
                yield name
            elif name and len(name.split()) > MOST_WORDS:
                yield from (mention.surface for mention in find(name))


def _known(item: str) -> list[str]:
    """The skill or the two that words name, where each is known: "Python and Java", which together are none."""
    both = BOTH.split(item.rstrip("."))
    if len(both) == 1 or canonical(item) is not None:
        return [item] if canonical(item) is not None else []
    if _are_programs(both):
        return both
    return both if all(canonical(clean(each)) for each in both) else []


def _are_programs(both: Sequence[str]) -> bool:
    """Two names of one word each, at least one of them of a program: "Linux and Windows"."""
    named = len(both) == 2 and all(" " not in each and each[:1].isupper() for each in both)  # noqa: PLR2004 — a pair
    return named and any(mention.kind in PROGRAMS for each in both for mention in find(each))


def _outside_brackets(text: str) -> Iterator[str]:
    """Split at separators that are not inside brackets."""
    if not BRACKETS.search(text):
        yield from SEPARATOR.split(text)
        return
    depth, start = 0, 0
    index = 0
    while index < len(text):
        character = text[index]
        depth += (character in "(（[") - (character in ")）]" and depth > 0)
        match = SEPARATOR.match(text, index) if depth == 0 else None
        if match and match.end() > index:
            yield text[start:index]
            start = index = match.end()
        else:
            index += 1
    yield text[start:]


def _is_sentence(text: str) -> bool:
    words = text.split()
    commas = len(MARKED.findall(text)) + len(WIDE.findall(text))
    return len(words) > 8 and len(words) > 5 * (commas + 1)  # noqa: PLR2004 — a list has short items


def is_told(lines: Lines) -> bool:
    """What is behind a name tells of it, in many words between its commas: "led teams of bakers in three shops"."""
    text = " ".join(text for text, _ in lines)
    return len(text.split()) > TOLD * (len(MARKED.findall(text)) + len(WIDE.findall(text)) + len(lines))


@lru_cache(maxsize=4096)
def without_bars(text: str) -> str:
    """Without what is drawn or counted to say how well: "■■■□", "80 %", "4/5"."""
    return text if text.isascii() and "%" not in text and "/" not in text else BARS.sub("", text)


def clean(name: str) -> str:
    """Without bars, years and levels in brackets or after a dash."""
    name = MARK_FIRST.sub("", YEARS.sub("", without_bars(name))).rstrip(" .:;,–—-•|")
    name = re.sub(r"^(?:[ :;,–—•|-]|\.(?![A-Za-z]))+", "", name)
    opening = LEVEL_FIRST.match(name)
    if opening and is_level(opening["level"]):
        name = name[opening.end() :]
    bracket = LEVEL_IN_BRACKETS.search(name)
    if bracket and is_level(bracket.group().strip(" ()（）[]")):
        name = name[: bracket.start()]
    before, dash, after = name.rpartition(" - ")
    return (before if dash and is_level(after) else name).strip()


@lru_cache(maxsize=4096)
def is_level(text: str) -> bool:
    words = re.findall(r"[\w-]+", folded(text))
    return (
        0 < len(words) <= LEVEL_WORDS
        and all(word in LEVELS or word.isdecimal() or re.fullmatch(r"[abc][12]", word) for word in words)
        and canonical(text) is None
    )


def is_name(name: str) -> bool:
    if not name or FURNITURE.search(name) or len(name) > LONGEST or len(name.split()) > MOST_WORDS or is_level(name):
        return False
    dated = sum(span.to - span.at for span in find_dates(name)) > DATED * len(name) and canonical(name) is None
    return not dated and any(character.isalpha() for character in name)
