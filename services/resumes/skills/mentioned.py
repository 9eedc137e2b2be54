"""Skills that running text mentions, for a résumé that lists none: few words, each hard to mistake."""

from collections.abc import Sequence

from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind
from services.resumes.skills.section import ListedSkill
from services.skills.mention import Mention
from services.skills.vocabulary import canonical, find

TELLING = frozenset({None, Kind.SUMMARY, Kind.EXPERIENCE, Kind.PROJECTS, Kind.OTHER, Kind.VOLUNTEERING})
TECHNICAL = frozenset({"language", "framework", "database", "cloud", "tool"})
GENERAL = frozenset({"natural-language", "certification"})
PROSE = 5  # words of a row that tells something; shorter ones name an employer, a title or a field of study
SEVERAL = 3


def mentioned(parts: Sequence[Section]) -> list[ListedSkill]:
    """Tools by name, and methods of several words, out of sentences: no field of a degree, no language, no noun. And
    lines that are skills as a whole, where there are several. Each once.
    """
    telling = [part for part in parts if part.kind in TELLING]
    rows = [row for part in telling for row in part.rows if not row.dates]
    whole = [line for row in rows for line in row.lines if len(row.text.split()) < PROSE and _is_skill(line.text)]
    found = [
        ListedSkill(mention.surface, line)
        for row in rows
        if len(row.text.split()) >= PROSE
        for line in row.lines
        for mention in find(line.text)
        if _is_telling(mention)
    ]
    found += [ListedSkill(line.text, line) for line in whole if len(whole) >= SEVERAL]
    once: dict[str, ListedSkill] = {}
    for skill in found:
        once.setdefault(skill.name.casefold(), skill)
    return list(once.values())


def _is_skill(text: str) -> bool:
    return canonical(text) is not None and all(mention.kind not in GENERAL for mention in find(text))


def _is_telling(mention: Mention) -> bool:
    if mention.kind in GENERAL:
        return False
    return mention.kind in TECHNICAL or " " in mention.surface.strip()
