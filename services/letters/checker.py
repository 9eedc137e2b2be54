"""Nothing is made up: what a text claims must stand in the résumé or the posting, or the sentence goes."""

from dataclasses import dataclass

from services.letters.claims import Claim, unsupported
from services.letters.context import Sources
from services.letters.facts import LetterFacts
from services.letters.sentences import sentences


@dataclass(frozen=True, slots=True)
class Checked:
    """`text` keeps the sentences that hold; `dropped` says what was wrong with the others."""

    text: str
    dropped: tuple[Claim, ...]


def check(text: str, facts: LetterFacts) -> Checked:
    """Line by line, so that salutation, paragraphs and signature stay where they are."""
    sources = Sources.of(facts)
    dropped: list[Claim] = []
    lines: list[str] = []
    for line in text.splitlines():
        kept = [one for one in sentences(line) if not _report(one, sources, dropped)]
        if kept or not line.strip():
            lines.append(" ".join(kept))
    return Checked(_joined(lines), tuple(dropped))


def _report(sentence: str, sources: Sources, dropped: list[Claim]) -> bool:
    claims = unsupported(sentence, sources)
    dropped.extend(claims)
    return bool(claims)


def _joined(lines: list[str]) -> str:
    """One blank line at most between paragraphs."""
    kept = [line for index, line in enumerate(lines) if line or (index and lines[index - 1])]
    return "\n".join(kept).strip()
