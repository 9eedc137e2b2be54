"""Skills under no heading of theirs, in rows that a label opens: "Software: Word, Excel" below "Additional"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from services.resumes.contact.emails import EMAIL
from services.resumes.contact.links import URL
from services.resumes.page.rows import Row, without_bullet
from services.resumes.sections.finding import Section
from services.resumes.sections.headings import Kind, folded, heading_kind
from services.resumes.skills.languages import is_spoken
from services.resumes.skills.skill_names import MARKED, is_name
from services.resumes.text import Run
from services.resumes.words import lines
from services.skills.vocabulary import canonical

ROW = re.compile(r"^(?P<label>[^:：,;|•·]{2,48}?)\s*[:：](?!//)\s*(?P<rest>.*)$")
ENTRIES = frozenset({Kind.EXPERIENCE, Kind.EDUCATION, Kind.PROJECTS, Kind.VOLUNTEERING, Kind.PUBLICATIONS})
SKILL_LABELS = frozenset(map(folded, lines("skill_labels")))
SKILL_WORDS = frozenset(word for label in SKILL_LABELS for word in label.split() if " " not in label)
MOST_LABEL, MOST_ITEM, LEAST_ROWS = 5, 4, 2  # words of a label and of an item, rows of a list that nothing names
WRAPPED = 1.25  # usual gaps above the rest of a row
KNOWN = 0.5  # of the items of a single row
NO_ITEM = re.compile(r"\d{3}|[.!?]\s|^[\W\d]*$|^[A-Za-z]$")


@dataclass(frozen=True)
class _Labelled:
    """A row with what wraps below it; `kind` is what its label announces, None where that says nothing."""

    label: str
    kind: Kind | None
    rows: tuple[Row, ...]

    @property
    def items(self) -> list[str]:
        text = " ".join(row.text for row in self.rows)
        rest = text[text.index(next(mark for mark in text if mark in ":：")) + 1 :]
        return [item.strip(" .") for item in MARKED.split(rest) if item.strip(" .")]


def labelled_lists(parts: Sequence[Section]) -> list[Row]:
    """The rows of all sections but those of jobs, studies and the like, each with its label."""
    found: list[Row] = []
    for part in parts:
        if part.kind in ENTRIES or (part.kind is None and len(parts) > 1):
            continue
        labelled = list(_labelled(part.rows))
        sure = [row for row in labelled if _is_sure(row)]
        likely = [row for row in labelled if row not in sure and row.kind is None and _is_list(row.items)]
        mates = len(sure) + len(likely) + sum(row.kind is not None for row in labelled)
        likely = [row for row in likely if mates >= LEAST_ROWS or _is_known(row.items)]
        found += [_bare(row) for whole in labelled if whole in sure or whole in likely for row in whole.rows]
    return found


def labels_others(rows: Sequence[Row]) -> bool:
    """Some of them have labels, and one of these announces something else than skills."""
    return any(row.kind not in {None, Kind.SKILLS} and not _is_sure(row) for row in _labelled(rows))


def _labelled(rows: Sequence[Row]) -> Iterator[_Labelled]:
    current: _Labelled | None = None
    for row in rows:
        match = ROW.match(without_bullet(row.text))
        label = match["label"].strip() if match and len(match["label"].split()) <= MOST_LABEL else ""
        if label:
            if current:
                yield current
            current = _Labelled(label, _kind(label), (row,))
        elif current and not row.bullet and 0 <= row.gap < WRAPPED and not row.dates:
            current = replace(current, rows=(*current.rows, row))
        elif current:
            yield current
            current = None
    if current:
        yield current


def _kind(label: str) -> Kind | None:
    words = folded(label).split()
    named = folded(label) in SKILL_LABELS or (words[-1] in SKILL_WORDS and len(words) <= 2)  # noqa: PLR2004 — "Design software"
    return Kind.SKILLS if named else heading_kind(label)


def _is_sure(row: _Labelled) -> bool:
    """Named as skills; or named as languages, and no language anybody speaks."""
    if row.kind is Kind.LANGUAGES:
        return _is_list(row.items) and not any(map(is_spoken, row.items))
    return row.kind is Kind.SKILLS and bool(row.items) and not any(row.dates for row in row.rows)


def _is_list(items: Sequence[str]) -> bool:
    text = ", ".join(items)
    plain = all(is_name(item) and len(item.split()) <= MOST_ITEM and not NO_ITEM.search(item) for item in items)
    return len(items) > 1 and plain and not EMAIL.search(text) and not URL.search(text)


def _is_known(items: Sequence[str]) -> bool:
    return sum(canonical(item) is not None for item in items) >= KNOWN * len(items)


def _bare(row: Row) -> Row:
    """Without its bullet, which would part the list that wraps below it."""
    line = row.lines[0]
    text = without_bullet(line.text)
    if text == line.text:
        return row
    return replace(row, lines=(replace(line, runs=(Run(text, line.style),)), *row.lines[1:]))
