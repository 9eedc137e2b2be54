"""Skills in several sections, each under the name of a group ("Animation", "Languages" with C++ in it): what is listed
beside the skills that we know, in a hand that nothing else is written in, is more of them.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from services.resumes.page.rows import Row, look
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.skills.languages import spoken

SAME_X = 2.0
MOST_WORDS = 5
MAY_BE = frozenset({Kind.OTHER, Kind.LANGUAGES})
LISTS = frozenset({Kind.OTHER, Kind.SKILLS})


def with_groups(parts: Sequence[Section]) -> list[Section]:
    """The sections, with the lists beside skills named skills."""
    result = list(parts)
    kinds: Counter[Kind | None] = Counter(part.kind for part in parts)
    if not kinds[Kind.SKILLS]:
        return result
    others = (part for part in parts if part.kind not in LISTS and not _is_list(part))
    elsewhere = {_hand(row) for part in others for row in part.rows}
    for order in (range(1, len(result)), range(len(result) - 2, -1, -1)):
        for at in order:
            skills, part = result[at - order.step], result[at]
            unlike = part.kind is Kind.OTHER and not any(_hand(row) in elsewhere for row in part.rows)
            own = unlike or (part.kind is Kind.LANGUAGES and kinds[part.kind] > 1)  # nobody lists languages twice
            if skills.kind is Kind.SKILLS and own and _is_list(part) and _alike(skills, part):
                result[at] = replace(part, kind=Kind.SKILLS)
    return result


def _hand(row: Row) -> tuple[object, ...]:
    return look(row.style)


def _is_list(part: Section) -> bool:
    if part.kind not in MAY_BE or not part.rows or (part.kind is Kind.OTHER and heading_kind(part.title)):
        return False
    return all(_is_item(row) for row in part.rows) and not any(spoken([row]) for row in part.rows)


def _alike(skills: Section, part: Section) -> bool:
    """The headings in one column and one hand, and what stands below them too."""
    if not skills.heading or not part.heading or not skills.rows:
        return False
    pairs = ((skills.heading, part.heading), (skills.rows[0], part.rows[0]))
    return all(abs(one.x0 - other.x0) < SAME_X and look(one.style) == look(other.style) for one, other in pairs)


def _is_item(row: Row) -> bool:
    short = all(len(line.text.split()) <= MOST_WORDS or "," in line.text for line in row.lines)
    return short and not row.dates and not row.text.rstrip().endswith(".") and "@" not in row.text
