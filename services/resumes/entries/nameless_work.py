"""Projects and papers under a heading that promised work: entries with one name each, beside sections of whole jobs."""

from collections.abc import Mapping, Sequence

from services.resumes.entries.lexicon import title_score
from services.resumes.entries.likelihood import Found
from services.resumes.profile import Experience

OFTEN = 0.5


def projects_among(sections: Mapping[int, Sequence[Found[Experience]]]) -> set[int]:
    """The keys of the sections none of whose entries has a post or two names of its own, where at least every other
    entry of another section has both.
    """
    named = {key: sum(_names(job) > 1 for job in found) for key, found in sections.items()}
    whole = {key for key, found in sections.items() if found and named[key] >= OFTEN * len(found)}
    return {
        key for key, found in sections.items()
        if found and not named[key] and whole - {key} and not any(title_score(job.value.title) > 0 for job in found)
    }  # fmt: skip


def _names(job: Found[Experience]) -> int:
    """How many names stand in the entry itself, not above it or in another one."""
    own = {id(line) for row in job.entry.header for line in row.lines}
    pieces = (job.pieces.get(role) for role in ("title", "company"))
    return len({piece.text for piece in pieces if piece is not None and id(piece.line) in own})
