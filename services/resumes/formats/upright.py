"""Words that lie on their side, up or down the edge of a page: headings beside what they announce.

Each phrase becomes one word as it would stand in a row: level with the text that begins or ends where it does, or in
the middle of its own height.
"""

from collections.abc import Iterator, Sequence

from services.resumes.formats.placed import Word
from services.resumes.text import Box

SAME_X = 2.0  # points
SPACE = 1.0  # of a line's height, between two words of one phrase
LEVEL = 0.6  # of a line's height


def laid_flat(words: Sequence[Word]) -> list[Word]:
    """All words, those that lie on their side as phrases in rows. In the order of the page's own text."""
    flat = [word for word in words if not word.upright]
    if len(flat) == len(words):
        return flat
    edges = [word.box for word in flat]
    return flat + [_flat(phrase, edges) for phrase in _phrases([word for word in words if word.upright])]


def _phrases(words: Sequence[Word]) -> Iterator[list[Word]]:
    phrase: list[Word] = []
    for word in words:
        if phrase and not _goes_on(phrase[-1], word):
            yield phrase
            phrase = []
        phrase.append(word)
    if phrase:
        yield phrase


def _goes_on(last: Word, word: Word) -> bool:
    one, other = last.box, word.box
    gap = max(one.top, other.top) - min(one.bottom, other.bottom)
    return last.style == word.style and abs(one.x0 - other.x0) < SAME_X and gap < SPACE * one.width


def _flat(phrase: Sequence[Word], others: Sequence[Box]) -> Word:
    box = phrase[0].box
    for word in phrase[1:]:
        box = box.joined(word.box)
    size = box.width
    if any(abs(other.top - box.top) < LEVEL * size for other in others):
        top = box.top
    else:
        top = (box.top + box.bottom - size) / 2
    text = " ".join(word.text for word in phrase)
    return phrase[0]._replace(text=text, box=box._replace(top=top, bottom=top + size), upright=False)
