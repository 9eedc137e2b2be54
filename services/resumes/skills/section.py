"""Skills as the résumé lists them: names under group names, without levels, bars or sentences."""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from services.resumes.page.rows import BULLET, Row, body_style, look, without_bullet
from services.resumes.periods.dates import find_dates
from services.resumes.sections.headings import Kind, heading_kind
from services.resumes.skills.languages import is_spoken, names_language
from services.resumes.skills.own_rows import own_rows
from services.resumes.skills.ratings import without_ratings
from services.resumes.skills.skill_names import (
    LABEL,
    MARKED,
    MARKS,
    MOST_WORDS,
    clean,
    is_level,
    is_name,
    is_told,
    names_in,
    without_bars,
    without_level,
)
from services.resumes.text import Line, Run, Style
from services.skills.vocabulary import canonical

DASHED = re.compile(
    rf"^\s*(?P<name>[^,:;|•()]{{2,40}}?)(?:\s+[–—-]|(?<=[\u3040-\u9fff])[–—])\s+(?P<rest>[^{MARKS}]+[{MARKS}].*)$"
)
LEADERS = re.compile(r"\s*(?:\.{3,}|(?:\. ){3,}\.?|…{2,})\s*(?=\S)")  # dots that lead the eye to what is far right
LEAST_SPOKEN, LEAST_OTHERS = 2, 2
# Groups of a section that holds more than skills, and labels that are no skill where they list nothing.
NO_SKILLS = frozenset({Kind.INTERESTS, Kind.CERTIFICATIONS, Kind.AWARDS, Kind.REFERENCES, Kind.EDUCATION})
BESIDES = NO_SKILLS | {Kind.LANGUAGES, Kind.SKILLS}
ANNOUNCED = BESIDES - {Kind.EDUCATION}  # "Field studies" are a skill
BESIDE = 0.5  # of the usual gap: too little for a line below
FLUSH = 1.0  # points, between the right ends of lines set flush right
TOUCHING = 0.5  # of a line's height
LARGER = 1.08
APART = 1.15  # of the usual gap
EASTERN_LABEL = re.compile(r"([\u3040-\u9fff\uac00-\ud7af]{1,8}) +(?=[A-Za-z])")
EASTERN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
TIGHT = 0.8  # of the usual gap, between the items of one list
LABEL_WORDS = 4
MOST_LABEL = 5  # words; a longer one is a sentence
COLUMN = 6.0  # points
SET_APART = 1.2  # usual gaps
INSET, MOST_INSET = 8.0, 60.0


@dataclass
class Group:
    """A group while it is being read; `lines` are the texts of its lines in order."""

    name: str = ""
    line: Line | None = None
    level: str = ""
    lines: list[tuple[str, Line]] = field(default_factory=list)


@dataclass(frozen=True)
class ListedSkill:
    name: str
    line: Line


@dataclass(frozen=True)
class ListedGroup:
    name: str
    level: str
    skills: tuple[ListedSkill, ...]


def listed(section: Sequence[Row]) -> list[ListedGroup]:
    """Groups in order; a group that lists nothing is itself the skill."""
    body = body_style(section)
    section = _without_a_column_of_levels(
        [_without_heading(_rejoined(_without_leaders(row))) for row in _level(own_rows(section))]
    )
    groups: list[ListedGroup] = []
    loose: list[ListedSkill] = []
    levels = sum(is_level(line.text) for row in section for line in row.lines[1:])
    bare = without_level if levels > 1 else str
    for group in _groups(section, body):
        group.name = bare(group.name)
        told = names_in(group.lines) if not (group.name and is_told(group.lines)) else []
        skills = tuple(ListedSkill(bare(name), line) for name, line in told if not _is_heading(name))
        if (kind := _kind_of(group.name)) in NO_SKILLS or (kind in BESIDES and not skills):
            continue
        if group.name and group.lines and all(find_dates(text) for text, _ in group.lines):
            continue  # prizes, papers, memberships
        if group.name and skills:
            groups.append(ListedGroup(group.name, group.level, skills))
        elif group.line is not None and is_name(group.name) and not _is_heading(group.name):
            loose.append(ListedSkill(clean(group.name), group.line))
        else:
            loose += skills
    return [*groups, *([ListedGroup("", "", tuple(loose))] if loose else [])]


def _kind_of(name: str) -> Kind | None:
    """What the name of a group announces; two words of studies name what was studied: "Diary studies"."""
    kind = heading_kind(name)
    return None if kind is Kind.EDUCATION and len(name.split()) > 1 else kind


def _is_heading(name: str) -> bool:
    """Thus "Technical skills" or "Other languages", which announce a list and are no item of one."""
    words = name.split()
    if len(words) < 2 or heading_kind(name) not in ANNOUNCED or canonical(name):  # noqa: PLR2004 — a word may be a skill
        return False
    return len({kind for word in words if (kind := heading_kind(word)) is not None} - {Kind.OTHER}) == 1


def _without_a_column_of_levels(section: list[Row]) -> list[Row]:
    """Where each row is a skill and its level, the skills, whatever their styles."""
    rated = all(len(row.lines) == 2 and is_level(row.lines[1].text) for row in section)  # noqa: PLR2004 — as said
    return [Row(row.lines[:1], row.gap) for row in section] if rated else without_ratings(section)


def _level(section: Sequence[Row]) -> list[Row]:
    """A label set a little higher than the list beside it shares its row."""
    result: list[Row] = []
    for row in section:
        if result and 0 <= row.gap < BESIDE and len(result[-1].lines) == 1 and row.x0 > result[-1].x1:
            result[-1] = Row((*result[-1].lines, *row.lines), result[-1].gap)
        else:
            result.append(row)
    return result


def _without_leaders(row: Row) -> Row:
    """Thus "Frontend ........ React, Vue": a name and what is said of it."""
    text = row.text
    if not ("..." in text or ". ." in text or "……" in text) or not LEADERS.search(text):
        return row
    lines = [replace(line, runs=(Run(LEADERS.sub(": ", line.text), line.style),)) for line in row.lines]
    return Row(tuple(lines), row.gap)


def _rejoined(row: Row) -> Row:
    """A row of justified text is no row of cells: some of its pieces end in a comma and others do not; nor is a word
    of another size that nearly touches the one before it.
    """
    commas = sum(line.text.endswith((",", ";")) for line in row.lines)
    if 0 < commas < len(row.lines) - 1:
        return Row((_as_one(row.lines),), row.gap)
    lines: list[Line] = []
    for line in row.lines:
        near = lines and line.box.x0 - lines[-1].box.x1 < TOUCHING * line.box.height
        lines[-1:] = [_as_one([lines[-1], line])] if near else [*lines[-1:], line]
    return Row(tuple(lines), row.gap)


def _as_one(lines: Sequence[Line]) -> Line:
    first, *rest = lines
    runs = (*first.runs, *(run._replace(text=" " + run.text) for line in rest for run in line.runs))
    return Line(first.page, first.box.joined(lines[-1].box), runs)


def without_languages(groups: list[ListedGroup]) -> list[ListedGroup]:
    """Languages that stand among skills are another list; where there is nothing else, they are the skills."""
    names = [skill.name for group in groups for skill in group.skills]
    spoken = [name for name in names if is_spoken(name)]
    groups = [group for group in groups if not _names_languages(group)] if len(groups) > 1 else groups
    if len(names) - len(spoken) < LEAST_OTHERS:
        return groups
    if len(spoken) < LEAST_SPOKEN:
        return groups
    kept = [replace(group, skills=tuple(s for s in group.skills if not is_spoken(s.name))) for group in groups]
    return [group for group in kept if group.skills]


def _names_languages(group: ListedGroup) -> bool:
    names = [skill.name for skill in group.skills]
    return heading_kind(group.name) is Kind.LANGUAGES and 2 * sum(map(names_language, names)) >= len(names)


def _groups(section: Sequence[Row], body: Style) -> Iterator[Group]:
    """Rows of group names open columns; what stands below a name belongs to it."""
    columns: list[tuple[float, Group]] = [(0.0, Group())]
    heading = _heading_style(section, body)
    parents = _parents(section)
    named = len(section) > 1 and all(_eastern_label(row.text) or _is_label_and_list(row) for row in section)
    for row in section:
        if len(row.lines) == 2 and _is_heading_again(row):  # noqa: PLR2004 — a heading and the first skill
            yield from (group for _, group in columns)
            columns = [(0.0, Group("", None, "", [(line.text, line) for line in row.lines[1:]]))]
            continue
        if beside := _columns_of(row, named=named):
            yield from (group for _, group in columns)
            columns = beside
            continue
        if _is_label_and_list(row):
            yield from (group for _, group in columns)
            columns = [(0.0, Group(without_bullet(row.lines[0].text).strip(" :："), row.lines[0]))]
            for line in row.lines[1:]:
                columns[0][1].lines.append((without_bars(line.text).strip(), line))
            continue
        names = [
            line for line in row.lines if (id(line) in parents or _is_label(line, heading)) and not is_level(line.text)
        ]
        if names and len(names) == len(row.lines):
            yield from (group for _, group in columns)
            columns = [(line.box.x0, Group(without_bullet(line.text).strip(" :："), line)) for line in row.lines]
            continue
        if names and names[0] is row.lines[0] and len(row.lines) > 1:
            yield from (group for _, group in columns)
            columns = [(0.0, Group(without_bullet(names[0].text).strip(" :："), names[0]))]
        for line in row.lines:
            if line not in names or line is not row.lines[0]:
                yield from _add(columns, line, row, named=named)
    yield from (group for _, group in columns)


def _is_heading_again(row: Row) -> bool:
    """The heading of the section beside its first skill, as on a new page."""
    title, first = row.lines
    titled = heading_kind(title.text) is Kind.SKILLS and canonical(title.text) is None
    return titled and not MARKED.search(first.text) and not is_level(first.text)


def _add(columns: list[tuple[float, Group]], line: Line, row: Row, *, named: bool) -> Iterator[Group]:
    text = without_bullet(without_bars(line.text)).strip()
    if label := _label_of(line, named=named):
        at = next((at for at, (x, _) in enumerate(columns) if abs(x - line.box.x0) < COLUMN), None)
        if at is None or len(columns) == 1:
            yield from (group for _, group in columns)
            columns[:] = [(0.0, Group(label[0], line))]
        else:  # the columns beside it go on
            yield columns[at][1]
            columns[at] = columns[at][0], Group(label[0], line)
        text = label[1]
    group = _column(columns, line)
    if is_level(text):
        group.level = group.level or text
    elif text:
        fresh = row.bullet or (group.lines and _is_list_of_its_own(text, row, group.lines[-1][0]))
        group.lines.append(("\n" + text if fresh else text, line))


def _is_list_of_its_own(text: str, row: Row, above: str) -> bool:
    """Set apart from a list above that is at its end."""
    ended = not MARKED.search(above.strip()[-1:]) and not text[0].islower()
    return ended and row.gap > SET_APART and all(map(MARKED.search, (text, above)))


def _label_of(line: Line, *, named: bool) -> tuple[str, str] | None:
    """A label that a line opens with, and what is behind it: "Tools: Figma", "Tools — Figma, Sketch", in bold."""
    text = without_bullet(without_bars(line.text)).strip()
    if match := LABEL.match(text) or DASHED.match(text):
        return (match["name"], match["rest"]) if len(match["name"].split()) <= MOST_LABEL else None
    styled = _styled_label(line) or (_eastern_label(text) if named else "")
    if not styled or styled == text:
        return None
    return styled.strip(" :–—-"), text.removeprefix(styled).strip(" :–—-")


def _columns_of(row: Row, *, named: bool) -> list[tuple[float, Group]]:
    """The groups of a row in which each line opens with a label and goes on with a list; else none."""
    labels = [_label_of(line, named=named) for line in row.lines]
    if len(labels) == 1 or not all(label and label[1] for label in labels):
        return []
    pairs = [(line, label) for line, label in zip(row.lines, labels, strict=True) if label]
    return [(line.box.x0, Group(name, line, "", [(rest, line)])) for line, (name, rest) in pairs]


def _without_heading(row: Row) -> Row:
    """Thus "Skills – Proofing": the heading in front of the first item of a list with dashes."""
    line = row.lines[0]
    match = re.match(r"(?P<title>.{2,30}?)\s+(?P<rest>[–—-]\s+\S.*)$", line.text)
    if match is None or heading_kind(match["title"]) is not Kind.SKILLS:
        return row
    return Row((Line(line.page, line.box, (Run(match["rest"], line.runs[-1].style),)), *row.lines[1:]), row.gap)


def _styled_label(line: Line) -> str:
    """Thus "**Frontend** React, Vue": a start in bold, or in a face, size and colour of its own, before a list."""
    runs = [run for run in line.runs if without_bullet(run.text + "x") != "x"]  # the bullet may be drawn apart
    if len(runs) < 2:  # noqa: PLR2004 — a label and a list
        return ""
    label, rest = runs[0].style, runs[1].style
    first = without_bullet(runs[0].text).strip()
    own = label.colour != rest.colour and (label.font != rest.font or label.size != rest.size)
    own = own or (label != rest and heading_kind(first) in BESIDES)
    if rest.bold or not (label.bold or own):
        return ""
    listed = MARKED.search("".join(run.text for run in runs[1:])) is not None
    return first if 0 < len(first.split()) <= LABEL_WORDS and listed and first[0].isalpha() else ""


def _eastern_label(text: str) -> str:
    """Thus "中间件 Kafka, Redis": letters of one script, a space, and a list in the other."""
    match = EASTERN_LABEL.match(text)
    return match[1] if match and MARKED.search(text) else ""


def _column(columns: list[tuple[float, Group]], line: Line) -> Group:
    left = [group for x, group in columns if x <= line.box.x0 + 6]
    return left[-1] if left else columns[0][1]


def _heading_style(section: Sequence[Row], body: Style) -> set[tuple[object, ...]]:
    """Styles of group names: unlike the body, on short lines without separators, each followed by something else."""
    found: set[tuple[object, ...]] = set()
    lines = [line for row in section for line in row.lines]
    styles = {look(line.style)[1:] for line in lines}
    if len(styles) < 2:  # noqa: PLR2004
        return found
    # A larger size alone is an accident of fonts, unless the line is set off from what is above it.
    gaps = sorted(row.gap for row in section if row.gap > 0)
    apart = APART * max(gaps[len(gaps) // 2] if gaps else 1.0, 1.0)
    opening = {id(row.lines[0]) for number, row in enumerate(section) if number == 0 or row.gap > apart or row.gap < 0}
    opening |= {id(line) for row in section for line in row.lines[1:] if id(row.lines[0]) in opening}
    foreign: set[tuple[object, ...]] = set()
    for line in lines:
        style = line.style
        drawn = (style.bold and not body.bold) or (style.italic and not body.italic)
        larger = style.size > (
            body.size + 0.4 if style.colour != body.colour else max(LARGER * body.size, body.size + 0.4)
        )
        stands_out = drawn or (larger and id(line) in opening)
        if stands_out and not MARKED.search(line.text) and len(line.text.split()) <= MOST_WORDS:
            (found if _has_mates(line, lines, body) else foreign).add(look(style)[1:])
    marked = {look(line.style)[1:] for line in lines if MARKED.search(without_bullet(line.text))}
    return found - marked - foreign


def _has_mates(line: Line, lines: Sequence[Line], body: Style) -> bool:
    """A face without the letters of a word draws it in another: only among words of one script does weight tell."""
    eastern = bool(EASTERN.search(line.text))
    return any(bool(EASTERN.search(other.text)) == eastern for other in lines if other.style == body)


def _is_label_and_list(row: Row) -> bool:
    """Thus "Frontend      React, Vue": a name without commas beside a list with them."""
    first, rest = row.lines[0].text, row.lines[1:]
    plain = not MARKED.search(without_bullet(first)) and len(first.split()) <= MOST_WORDS and not is_level(first)
    listed = all(MARKED.search(without_bullet(line.text)) for line in rest)
    titled = _kind_of(first.strip(" :：")) in BESIDES and canonical(first) is None
    return bool(rest) and plain and (listed or titled)


def _parents(section: Sequence[Row]) -> set[int]:
    """Lines above an indented or bulleted list: group names by their place, whatever their style."""
    found: set[int] = set()
    right = max((row.x1 for row in section), default=0.0)
    marked = [len(MARKED.findall(without_bullet(row.text))) > 1 for row in section]
    pairs = sum(1 for one, other in itertools.pairwise(marked) if not one and other)
    alternating = pairs > 1 and not marked[0] and pairs >= len(marked) - sum(marked)
    flush = len(section) > 2 and all(abs(row.x1 - right) < FLUSH for row in section)  # noqa: PLR2004 — not by chance
    for number, row in enumerate(section):
        if row.bullet:
            continue
        for line in row.lines:
            below = _below(section[number + 1 : number + 3], line)
            text = line.text
            listed = MARKED.search(text) or re.search("[:：] *[^ ]", text)
            if below is None or listed or len(text.split()) > MOST_WORDS or is_level(text):
                continue
            inset = below.box.x0 - line.box.x0
            above = section[number - 1] if number else None
            fresh = above is None or row.gap > 1.2 or above.x1 < 0.85 * right  # noqa: PLR2004 — not a wrapped list
            if (
                len(row.lines) == 1
                and (fresh or alternating)
                and len(MARKED.findall(below.text)) > 1
                and len(text.split()) <= LABEL_WORDS
            ):
                found.add(id(line))
            after = section[number + 2] if number + 2 < len(section) else None
            tight = after is not None and 0 <= after.gap < TIGHT and section[number + 1].gap > 1.5 * TIGHT
            if len(row.lines) == 1 and tight and (row.gap < 0 or row.gap > TIGHT) and len(text.split()) <= LABEL_WORDS:
                found.add(id(line))
            centred = flush or abs(below.box.x1 - line.box.x1) < FLUSH
            if (INSET < inset < MOST_INSET and not centred) or (BULLET.match(below.text) and inset >= -2):  # noqa: PLR2004 — points
                found.add(id(line))
    return found


def _below(rows: Sequence[Row], line: Line) -> Line | None:
    """The next line in the same column that is not a level."""
    for row in rows:
        own = [other for other in row.lines if line.box.x0 - 3 <= other.box.x0 < line.box.x0 + MOST_INSET]
        plain = [other for other in own if not is_level(other.text)]
        if plain:
            return plain[0]
        if not own:
            return None
    return None


def _is_label(line: Line, heading: set[tuple[object, ...]]) -> bool:
    text = line.text.strip()
    if text.endswith((":", "：")) and len(text.split()) <= MOST_WORDS and not MARKED.search(text[:-1]):
        return True
    return bool(look(line.style)[1:] in heading and len(text.split()) <= MOST_WORDS)
