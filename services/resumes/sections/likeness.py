"""What a line announces that is drawn like the headings of its document, though its words alone make it none."""

import re

from services.resumes.sections.headings import FIELDS, NAMES, QUALIFIERS, Kind, folded, normalised
from services.resumes.words import table, words

MOST_WORDS = 4
LEAST_ENDING = 7  # letters of a word that may end a longer one: "Berufserfahrung"
WORD = re.compile(r"[^\W\d_][\w'’./-]*[^\W_]|[^\W\d_]")
_GROUPS = {folded(word): Kind(kind) for kind, names in reversed(table("heading_groups")) for word in names.split()}
_NOUNS = {folded(word): Kind(kind) for kind, names in table("heading_nouns") for word in names.split()}
_BESIDE = frozenset(map(folded, QUALIFIERS | FIELDS | words("connectors")))


def kind_by_likeness(text: str) -> Kind | None:
    """Thus "Methods" and "Databases & Cloud", "Bartending experience", "Laborerfahrung"; None for other words."""
    found = [folded(word) for word in WORD.findall(normalised(text))]
    if not found or len(found) > MOST_WORDS or any(c.isdigit() for c in text):
        return None
    kinds = [_GROUPS[word] for word in found if word in _GROUPS]
    if kinds and all(word in _GROUPS or (word in _BESIDE and word not in NAMES) for word in found):
        return kinds[0]
    for word in (found[-1], found[0]):
        if word in _NOUNS:
            return _NOUNS[word]
    ends = (kind for noun, kind in _NOUNS.items() if len(noun) >= LEAST_ENDING and found[-1].endswith(noun))
    return next(ends, None)
