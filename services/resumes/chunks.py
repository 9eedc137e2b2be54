"""A résumé in pieces small enough to embed: by section, then by length at sentence ends, never across sections."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from services.resumes.sections.finding import sections
from services.resumes.text import ExtractedText

SIZE = 1_000
OVERLAP = 200
MOST = 48  # eight full pages have forty; a book must not hold the model for a minute
SENTENCE = re.compile(r"(?<=[.!?;])\s+|(?<=[。！？；])|\n+")


@dataclass(frozen=True)
class Chunk:
    """`number` counts from 0 over the whole text; `section` is its kind ("experience") or "head" before the first."""

    number: int
    section: str
    text: str


def split(text: ExtractedText) -> tuple[Chunk, ...]:
    """Chunks of about 1,000 characters; each but a section's first repeats about 200 of the one before. MOST at most:
    what comes after them has no vector.
    """
    chunks: list[Chunk] = []
    for part in sections(text):
        name = part.kind.value if part.kind else "head"
        body = "\n".join(row.text for row in part.rows)
        whole = f"{part.title}\n{body}".strip() if part.title else body.strip()
        for piece in _pieces(whole):
            if len(chunks) == MOST:
                return tuple(chunks)
            chunks.append(Chunk(len(chunks), name, piece))
    return tuple(chunks)


def _pieces(text: str) -> Iterator[str]:
    """Windows over whole sentences; a sentence longer than a window is cut."""
    if len(text) <= SIZE:
        if text:
            yield text
        return
    window: list[str] = []
    fresh = False
    for sentence in _sentences(text):
        if fresh and sum(map(len, window)) + len(sentence) > SIZE:
            yield "".join(window).strip()
            window, fresh = _tail(window), False
            while window and sum(map(len, window)) + len(sentence) > SIZE:
                window.pop(0)
        window.append(sentence)
        fresh = True
    if fresh and (last := "".join(window).strip()):
        yield last


def _sentences(text: str) -> Iterator[str]:
    """The text cut behind sentence ends and line ends; joined again they are the text."""
    start = 0
    for match in SENTENCE.finditer(text):
        yield from _cut(text[start : match.end()])
        start = match.end()
    yield from _cut(text[start:])


def _cut(sentence: str) -> Iterator[str]:
    for start in range(0, len(sentence), SIZE - OVERLAP):
        yield sentence[start : start + SIZE - OVERLAP]


def _tail(window: list[str]) -> list[str]:
    """The last sentences, about OVERLAP characters of them."""
    kept: list[str] = []
    for sentence in reversed(window):
        if sum(map(len, kept)) + len(sentence) > OVERLAP:
            break
        kept.insert(0, sentence)
    return kept
