"""Section headings in eight languages: which section a short line announces, if any.

A heading is read by its words, not by a list of whole phrases: "Relevant Work Experience" is experience because
"experience" names the section and the other words only qualify it.
"""

import re
import unicodedata
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import lru_cache

from services.resumes.words import lines, table, words


class Kind(StrEnum):
    SUMMARY = "summary"
    EXPERIENCE = "experience"
    EDUCATION = "education"
    SKILLS = "skills"
    PROJECTS = "projects"
    VOLUNTEERING = "volunteering"
    CERTIFICATIONS = "certifications"
    LANGUAGES = "languages"
    CONTACT = "contact"
    LINKS = "links"
    AWARDS = "awards"
    PUBLICATIONS = "publications"
    INTERESTS = "interests"
    REFERENCES = "references"
    TRAINING = "training"
    OTHER = "other"


QUALIFIERS = words("heading_qualifiers")
FIELDS = words("heading_fields")  # fields of work: "Sales experience", but not "Sales internship", which is a post
# A word may stand under one kind only: the first that claims it.
_KIND_OF_WORD = {word: Kind(kind) for kind, names in reversed(table("heading_names")) for word in names.split()}
_CJK = {name.casefold(): Kind(kind) for kind, names in table("heading_names_cjk") for name in names.split()}
# Whole headings whose words mislead; "-" announces nothing ("Curriculum vitae").
_PHRASES = {phrase: None if kind == "-" else Kind(kind) for kind, phrase in table("heading_phrases")}
_PHRASES = {**dict.fromkeys(lines("document_titles")), **_PHRASES}


def folded(text: str) -> str:
    """Without accents and dots, in small letters; kana keep theirs."""
    if text.isascii():
        return text.casefold()
    letters = (c for c in unicodedata.normalize("NFKD", text.casefold()) if c in _KANA or not unicodedata.combining(c))
    return unicodedata.normalize("NFC", "".join(letters)).replace("ı", "i").replace("ς", "σ")


_KANA = frozenset("\u3099\u309a")
NAMES = {folded(word): kind for word, kind in _KIND_OF_WORD.items()}
_FOLDED_QUALIFIERS = frozenset(map(folded, QUALIFIERS))
_FOLDED_PHRASES = {folded(phrase): kind for phrase, kind in _PHRASES.items() if kind}
_OF_FIELDS = {
    word: Kind(kind) for kind, names in table("heading_nouns") for word in names.split() if kind != Kind.EDUCATION
}
_COMPACT = {re.sub(r"\W", "", name): kind for name, kind in {**_KIND_OF_WORD, **_PHRASES}.items() if kind}
# Where two sections share a heading, the one with entries wins: "Skills & Awards" is skills, "Language Skills" is not.
_PRIORITY = {
    kind: number
    for number, kind in enumerate(
        (
            Kind.VOLUNTEERING,
            Kind.PROJECTS,
            Kind.EXPERIENCE,
            Kind.EDUCATION,
            Kind.LANGUAGES,
            Kind.SKILLS,
            Kind.CERTIFICATIONS,
            Kind.PUBLICATIONS,
            Kind.AWARDS,
            Kind.REFERENCES,
            Kind.INTERESTS,
            Kind.TRAINING,
            Kind.SUMMARY,
            Kind.LINKS,
            Kind.CONTACT,
            Kind.OTHER,
        )
    )
}
_NUMBERED = re.compile(
    r"^(?:section|part|partie|teil|abschnitt|sección|seção|sezione|parte|deel|del|część|chapter|kapitel|chapitre|capítulo|"
    r"capitolo)\s+(?:[a-z]|\d{1,2}|[ivx]{1,4})\b[\s:.–—-]*|^[a-z][.)]\s+"
)
_REMARK = re.compile(r"\s*[(\[][^()\[\]]{3,40}[)\]]?$")
SPACED = re.compile(r"(?:\S\s+){3,}\S")  # letters set apart, words further
_EDGES = re.compile(r"^[\W\d_]+|[\W_]+$")
_WORD = re.compile(r"[^\s/&+,·|:;()\-–—]+(?:-[^\s/&+,·|:;()–—]+)*|[&+/]")
_JOINED = re.compile(r"\s*[&+/,]\s*|\s(?:and|und|et|y|e|en|og|och|i)\s")
_SKILLS_FIRST = {Kind.SKILLS, Kind.LANGUAGES}  # languages are found among skills, not skills among languages
LONGEST_WORDS = 6
LEAST_LETTERS, MOST_LETTERS = 6, 34


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> Kind | None:
    """The section that `text` announces; None when it is not made of heading words alone."""
    plain = normalised(text)
    if not plain or len(plain) > 60:  # noqa: PLR2004 — no heading is this long
        return None
    if plain in _PHRASES:
        return _PHRASES[plain]
    if (kind := _CJK.get(re.sub(r"[\s　]", "", plain))) or (kind := _cjk_compound(plain)):
        return kind
    if {_by_words(part, _KIND_OF_WORD, QUALIFIERS) for part in _JOINED.split(plain)} == _SKILLS_FIRST:
        return Kind.SKILLS
    found = _by_words(plain, _KIND_OF_WORD, QUALIFIERS) or _by_folded_words(plain) or _tracked(text)
    found = found or _in_a_field(plain)
    return found or _in_two_languages(plain) or _of_a_form(plain)


def _by_words(plain: str, names: Mapping[str, Kind], qualifiers: AbstractSet[str]) -> Kind | None:
    words = [word.rstrip(".") for word in _WORD.findall(plain)]
    kinds = [names[word] for word in words if word in names]
    if not kinds or any(word not in names and word not in qualifiers for word in words):
        return None
    if len(words) > LONGEST_WORDS:
        return None
    strong = [kind for kind in kinds if kind not in _WEAK] or kinds
    return min(strong, key=_PRIORITY.__getitem__)


def _in_a_field(plain: str) -> Kind | None:
    """Thus "Kitchen experience" and "Compétences rédactionnelles": the name and a field of work, in any order."""
    words = plain.split()
    for name, rest in ((words[-1], words[:-1]), (words[0], words[1:])):
        if name in _OF_FIELDS and rest and all(word in FIELDS or word in QUALIFIERS for word in rest):
            return _OF_FIELDS[name]
    return None


def _by_folded_words(plain: str) -> Kind | None:
    """Without accents, which capitals often leave out: "EXPERIENCE", "ΕΚΠΑΙΔΕΥΣΗ", "EĞİTİM"."""
    bare = folded(plain)
    return _FOLDED_PHRASES.get(bare) or _by_words(bare, NAMES, _FOLDED_QUALIFIERS)


def _of_a_form(plain: str) -> Kind | None:
    """Thus "Section B – Education" and "Employment history (most recent first)"."""
    bare = _REMARK.sub("", _NUMBERED.sub("", plain)).strip(" :")
    return heading_kind(bare) if bare and bare != plain else None


def _in_two_languages(plain: str) -> Kind | None:
    """Thus "Dovednosti / Skills", where both say the same."""
    parts = [part for part in re.split(r"\s*[/|]\s*", plain) if part]
    kinds = {heading_kind(part) for part in parts} if len(parts) == 2 else {None}  # noqa: PLR2004 — one beside the other
    return kinds.pop() if len(kinds) == 1 else None


# What stands first in such a heading and says the least of it: "特技・スキル", "自己紹介・職歴".
_BESIDE = frozenset({Kind.INTERESTS, Kind.OTHER, Kind.SUMMARY})
# These words also qualify other sections ("Personal Projects", "Additional Skills", "Academic Projects").
_WEAK = frozenset({Kind.OTHER, Kind.CONTACT, Kind.SUMMARY})


def _tracked(text: str) -> Kind | None:
    """Capitals set so wide that their spaces are lost or stand between letters: "WORKEXPER IENCE"."""
    plain = re.sub(r"\W", "", text.casefold())
    if not text.isupper() or not LEAST_LETTERS <= len(plain) <= MOST_LETTERS:
        return None
    if plain in _COMPACT:
        return _COMPACT[plain]
    for cut in range(2, len(plain) - 1):
        first, second = plain[:cut], plain[cut:]
        if all(part in _KIND_OF_WORD or part in QUALIFIERS for part in (first, second)):
            kinds = [_KIND_OF_WORD[part] for part in (first, second) if part in _KIND_OF_WORD]
            if kinds:
                return min(kinds, key=_PRIORITY.__getitem__)
    return None


def _cjk_compound(plain: str) -> Kind | None:
    """Thus "スキル・資格" and "学歴／職歴": the first part decides."""
    parts = [part for part in re.split(r"[・／/&＆、与和及\s]", plain) if part]
    kinds = [_CJK.get(part) for part in parts]
    if len(parts) < 2 or not all(kinds):  # noqa: PLR2004 — one part is no compound
        return None
    return kinds[0] if kinds[0] not in _BESIDE else min((kind for kind in kinds if kind), key=_PRIORITY.__getitem__)


@lru_cache(maxsize=8192)
def normalised(text: str) -> str:
    """Case folded, without bullets, numbers in front, colons behind or letters spaced apart."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if SPACED.fullmatch(folded):
        folded = " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", folded))
    return re.sub(r"\s+", " ", _EDGES.sub("", folded.casefold().replace("’", "'"))).strip()


def count_words(text: str) -> int:
    """Letters that are set apart make one word."""
    return 1 if SPACED.fullmatch(text.strip()) else len(text.split())
