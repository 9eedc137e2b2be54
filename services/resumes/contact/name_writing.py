"""How a name is written down: letters set apart, capitals, the last name first."""

import itertools
import re

from services.resumes.contact.places import place_score
from services.resumes.entries.lexicon import title_score
from services.resumes.sections.headings import folded
from services.resumes.words import words

PARTICLES = words("name_particles")
_LETTERS = r"Ph\.?\s?D|Dr|M\.?D|MBA|PMP|CPA|RN|Jr|Sr|[BM]\.?Sc|[BM]\.?A|[BM]\.?Eng|Esq|P\.?E|I{2,3}"
KNOWN_LETTERS = re.compile(rf"(?:(?:{_LETTERS})\.?(?:,\s*|\s+|$))+")
POST_NOMINAL = re.compile(rf"(?:(?:{_LETTERS}|[A-Z]{{2,5}})\.?(?:,\s*|\s+|$))+")
SPACED = re.compile(r"(?:[\u3040-\u9fff] ){2,}[\u3040-\u9fff]")
TRACKED = re.compile(r"(?:[^\W\d_]\s+){3,}[^\W\d_]")  # letters set wide apart
PRONOUNS = re.compile(r"(?i)\s+(?:she|he|they|her|him|them|sie|er|elle|il|ella|él)/\w+(?:/\w+)?$")
INITIALS, FEW = 2, 4  # letters, and letters of a whole name that may be its initials
LEAST_WHOLE = 7  # letters of a whole name
LEAST_PART = 3  # letters of a name within a word
SMALL_CAPITALS = 0.75  # the share of capitals in a word whose other letters are of a smaller face


def untracked(text: str, local: str) -> str:
    """Words of letters set apart or run together, whole again: by wider spaces, or by the words of the e-mail address
    before its sign.
    """
    text = PRONOUNS.sub("", text)
    if TRACKED.fullmatch(text.strip()):
        pieces = [re.sub(r"\s", "", piece) for piece in re.split(r"\s{2,}", text.strip())]
        text = " ".join(pieces) if len(pieces) > 1 else _parted(pieces[0], local)
    if text.isupper() and text.isalpha():
        return _parted(text, local)
    return _healed(text.split(), local) if sum(len(word) == 1 for word in text.split()) > 1 else text


def _healed(pieces: list[str], local: str) -> str:
    """Words that a face of small capitals tore at their accents, as the address writes them: "R A Í SSA"."""
    parts = {part for part in re.split(r"[^a-z]+", local.lower()) if len(part) >= LEAST_PART}
    longest = 2 * max(map(len, parts), default=0)  # accents may be letters of their own
    whole: list[str] = []
    while pieces:
        lengths = itertools.accumulate(map(len, pieces))
        most = sum(1 for _ in itertools.takewhile(lambda length: length <= longest, lengths))
        count = next((n for n in range(most, 1, -1) if folded("".join(pieces[:n])) in parts), 1)
        whole.append("".join(pieces[:count]))
        pieces = pieces[count:]
    return re.sub(r"(?<!\S)(\w) ([^\W\x00-\x7f])(?!\S)", r"\1\2", " ".join(whole))


def as_addressed(text: str, local: str) -> str:
    """The name that a text opens with, where what follows touches it: "JANE ROEBAKER" beside "jane.roe"."""
    own = "".join(part for part in re.split(r"[^a-z]+", local.lower()))
    letters = 0
    for end, character in enumerate(text, 1):
        letters += character.isalpha()
        if letters == len(own):
            whole = folded(re.sub(r"[\W\d_]", "", text[:end])) == own
            touching = len(own) >= LEAST_WHOLE and text[end : end + 1].isupper() and title_score(text[end:]) > 0
            return text[:end] if whole and touching else ""
    return ""


def _parted(word: str, local: str) -> str:
    """Two words in one, as the address parts them: "JANEROE" beside "jane.roe"."""
    parts = [part for part in re.split(r"[^a-z]+", local.lower()) if part]
    plain = word.casefold()
    for part in parts:
        rest = len(plain) - len(part)
        if len(part) < LEAST_PART or rest < LEAST_PART - 1 or len(parts) == 1:
            continue
        if plain.startswith(part):
            return f"{word[: len(part)]} {word[len(part) :]}"
        if plain.endswith(part):
            return f"{word[:rest]} {word[rest:]}"
    return word


def in_order(name: str) -> str:
    """The first name first: "Roe, Jane" as "Jane Roe"."""
    last, comma, first = name.partition(", ")
    own = [word for word in last.split() if word.casefold() not in PARTICLES]
    turned = comma and len(own) == 1 and 1 <= len(first.split()) <= 2 and not KNOWN_LETTERS.fullmatch(first)  # noqa: PLR2004
    other = place_score(first) >= 1.5 or title_score(first) > 0  # noqa: PLR2004 — "Roe, Berlin" or "Roe, Baker"
    return f"{first} {last}" if turned and not other and "," not in first else name


def cased(name: str) -> str:
    """Capitals as names have them; what stands in the capitals of a title keeps them."""
    if SPACED.fullmatch(name):
        return name.replace(" ", "")  # letters spaced apart
    before, comma, behind = name.partition(", ")
    east = any(c > "぀" for c in before if c.isalpha())
    if sum(map(str.isalpha, name)) < FEW or east or not _is_capital(before):
        return name
    letters = KNOWN_LETTERS if " " not in before else POST_NOMINAL
    behind = behind if letters.fullmatch(behind) else " ".join(map(_capital, behind.split()))
    names = [
        word.casefold() if word.casefold() in PARTICLES and number else _capital(word)
        for number, word in enumerate(before.split())
    ]
    return f"{' '.join(names)}{comma}{behind}"


def _is_capital(text: str) -> bool:
    """All in capitals, but for letters that a face of capitals lacks: "JAN KüSTER"."""
    return all(_share(word) >= SMALL_CAPITALS for word in text.split() if any(map(str.isalpha, word)))


def _share(word: str) -> float:
    """Of capitals among the letters of a word; one small letter among ASCII capitals says something else."""
    letters = [character for character in word if character.isalpha()]
    plain = any(character.islower() and character.isascii() for character in letters)
    return 0.0 if plain else sum(map(str.isupper, letters)) / len(letters)


def _capital(word: str) -> str:
    """Each part begins with a capital: "Osei-Tutu", "O'Brien"; initials keep theirs."""
    if (len(word) <= INITIALS and "." in word) or re.fullmatch("I{2,3}|IV", word):
        return word
    return re.sub(r"[^\W\d_]+", lambda part: part.group().capitalize(), word)
