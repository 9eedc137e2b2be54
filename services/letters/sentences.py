"""Text → paragraphs → sentences, and back."""

import re

_END = re.compile(r"(?<=[.!?])\s+(?=[\"“‘(]?[A-Z0-9À-Þ])")
# "e.g." or the initial in "Anna B. Weber" end no sentence; the "R." in "Python and R." does.
_ABBREVIATED = re.compile(
    r"(?:\b(?:e\.g|i\.e|Mr|Mrs|Ms|Dr|Sr|Jr|Inc|Co|Ltd|St|vs|No|Ph\.D|[BM]\.(?:S|A|Sc))|(?:^|\b[A-Z]\w+\s)[A-Z])\.$"
)


def paragraphs(text: str) -> list[str]:
    return [" ".join(piece.split()) for piece in re.split(r"\n\s*\n", text) if piece.strip()]


def sentences(paragraph: str) -> list[str]:
    found: list[str] = []
    for piece in filter(None, map(str.strip, _END.split(paragraph))):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] += f" {piece}"
        else:
            found.append(piece)
    return found


def count_words(text: str) -> int:
    return len(text.split())
