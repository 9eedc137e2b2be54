"""What a sentence claims, and which claims its sources do not bear out.

English only: the rules know English first-person phrases, capitals as a sign of a name, and number words. Three things
they cannot see, and say so here: an invented skill written in small letters that the vocabulary does not know, an
invented quality ("calm under pressure"), and a true fact told of the wrong project.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services.letters.claims_names import contacts, proper_names, skills
from services.letters.claims_numbers import dates, numbers
from services.letters.claims_work import degrees, employers, feats, titles
from services.letters.context import Sentence, Sources, clauses, whole


@dataclass(frozen=True, slots=True)
class Claim:
    """`text` is the words without support, `kind` what they claim, `sentence` where they stood."""

    kind: str
    text: str
    sentence: str


def unsupported(text: str, sources: Sources) -> list[Claim]:
    """Every claim in one sentence that no source bears out."""
    sentence = whole(text, sources)
    pieces = clauses(sentence)
    found: dict[tuple[str, str], Claim] = {}
    for kind, rule, read in (*((*one, pieces) for one in _BY_CLAUSE), *((*one, [sentence]) for one in _WHOLE)):
        for piece in read:
            for words in rule(piece, sources):
                found.setdefault((kind, words), Claim(kind, words, text))
    return list(found.values())


Rule = Callable[[Sentence, Sources], Iterator[str]]
_BY_CLAUSE: tuple[tuple[str, Rule], ...] = (
    ("number", numbers),
    ("skill", skills),
    ("name", proper_names),
    ("title", titles),
    ("degree", degrees),
    ("achievement", feats),
)
_WHOLE: tuple[tuple[str, Rule], ...] = (("date", dates), ("employer", employers), ("contact", contacts))
