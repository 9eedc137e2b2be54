"""Curricula written as forms ("Employer: …", "Dates   …"): labels that name a field are taken off its value."""

import re
from collections.abc import Sequence

from services.resumes.page.label_words import role_of
from services.resumes.page.rows import Row, look
from services.resumes.text import Line, Run

LONGEST = 24  # characters of a column's name
FIELD_LABEL = re.compile(
    r"""(?ix) ^\W*(?: dates?(?:\s*\(?from.{0,8}to\)?)? | period | duration | from | zeitraum
    | période | periodo | período | data
    | (?:occupation\s+or\s+)?position(?:\s+held)?s? | (?:job\s+)?title | role | designation | occupation
    | stelle | funktion
    | poste(?:\s+occupé)? | cargo | puesto | qualifica
    | (?:name\s+(?:and\s+address\s+)?of\s+)?employer | company(?:\s+name)? | organi[sz]ation | arbeitgeber
    | unternehmen | firma | employeur | entreprise | empresa | azienda | datore
    | (?:title\s+of\s+)?qualification(?:\s+awarded)? | degree | diploma | abschluss | diplôme | título
    | titolo(?:\s+di\s+studio)?
    | (?:name\s+(?:and\s+type\s+)?of\s+)?(?:institution|university|school|college) | institute | hochschule
    | établissement | institución | instituição | istituto
    | field(?:\s+of\s+study)? | major | subject | fachrichtung | location | place | city | ort | lieu | lugar | local
    | 年 | 月 | 年月 | 取得(?:日|年月)?
    | 会社名 | 勤務先 | 役職 | 職種 | 期間 | 期间 | 起止(?:时间|年月)
    | 在籍期間 | 学校名 | 公司 | 职位 | 时间 | 学校 | 专业
    | 学位 ) \s*[:：]?\s*$"""
)
TEXT_LABEL = re.compile(
    r"""(?ix) ^\W*(?: (?:main\s+)?activities(?:\s+and\s+responsibilities)? | (?:key\s+)?responsibilities | duties
    | description | tasks
    | aufgaben | tätigkeiten | missions?
    | actividades | funciones | atividades | mansioni | 業務内容 | 職務内容 | 工作内容 | 职责 ) \s*[:：]?\s*$"""
)
LONGEST_LABEL = 48  # of one that we know: "School, college and/or university attended"
CELLS = 3
SAME_X = 3.0  # points
INLINE = re.compile(r"^\s*(?P<label>[^:：]{2,45})\s*[:：]\s+(?P<value>\S.*)$")


def without_labels(section: Sequence[Row]) -> list[Row]:
    """The same rows with field labels gone; a label of running text becomes a bullet before it."""
    section = section[1:] if opens_table(section) else section
    section = [row for at, row in enumerate(section) if not is_table_head(row, first=at == 0)]
    if sum(1 for row in section if _label(row)) < 3:  # noqa: PLR2004 — a form has at least three of them
        return list(section)
    return [_bare(row) for row in section]


def opens_table(section: Sequence[Row]) -> bool:
    """Whether the first row names the columns of the others."""
    return len(section) > 1 and _names_columns(section[0], section[1]) and not _again(section)


def _names_columns(head: Row, first: Row) -> bool:
    """Whether a row names the columns of a table, in words we need not know: a dated row of as many cells stands below
    it, and it is drawn otherwise.
    """
    if len(head.lines) < 2 or len(head.lines) != len(first.lines) or head.dates or not first.dates:  # noqa: PLR2004
        return False
    short = all(len(line.text) <= LONGEST and not any(c.isdigit() for c in line.text) for line in head.lines)
    heads, below = ({look(line.style)[1:] for line in row.lines} for row in (head, first))
    level = len(head.lines) >= CELLS and all(
        abs(upper.box.x0 - lower.box.x0) <= SAME_X for upper, lower in zip(head.lines, first.lines, strict=True)
    )
    if level:  # the names of a table may be as heavy as its head, its dates are not
        below = {look(first.lines[at].style)[1:] for at, _ in first.dates}
    return short and len({style[1:] for style in heads}) == 1 and not heads & below


def _again(section: Sequence[Row]) -> bool:
    """Whether rows like the first come back: each then heads an entry, and none the table. Two cells prove little."""
    head = section[0]
    alike = [row for row in section[1:] if len(row.lines) == len(head.lines) and not row.dates]
    same = any(look(row.style)[1:] == look(head.style)[1:] for row in alike)
    return same or (len(head.lines) < CELLS and sum(bool(row.dates) for row in section) < CELLS)


def is_table_head(row: Row, *, first: bool = False) -> bool:
    """A row of labels alone: "Period   Employer   Position" above a table; one is enough right below a heading."""
    if (first or len(row.lines) > 1) and all(FIELD_LABEL.match(line.text) for line in row.lines):
        return True
    return _heads_columns(row)


def _heads_columns(row: Row) -> bool:
    """Several short texts, most of them known labels, the one of the dates among them, and no date."""
    texts = [line.text for line in row.lines]
    if (
        len(texts) < CELLS
        or row.dates
        or any(len(text) > LONGEST_LABEL or any(c.isdigit() for c in text) for text in texts)
    ):
        return False
    roles = [role_of(text) for text in texts]
    named = {role for role in roles if role}
    return "date" in named and len(named) >= CELLS - 1 and roles.count("") * 3 <= len(roles)


def _label(row: Row) -> str:
    """The label a row opens with: a line of its own before others, or the words before a colon."""
    first = row.lines[0].text
    if len(row.lines) > 1 and _is_label(first):
        return first
    inline = INLINE.match(first)
    return inline["label"] if inline and _is_label(inline["label"]) else ""


def _is_label(text: str) -> bool:
    return bool(FIELD_LABEL.match(text) or TEXT_LABEL.match(text))


def _bare(row: Row) -> Row:
    label = _label(row)
    if not label:
        return row
    lines = (
        row.lines[1:]
        if len(row.lines) > 1 and _is_label(row.lines[0].text)
        else (_after_colon(row.lines[0]), *row.lines[1:])
    )
    if TEXT_LABEL.match(label):
        first = lines[0].runs[0]
        bulleted = Line(
            lines[0].page, lines[0].box, (first._replace(text="• " + first.text.lstrip()), *lines[0].runs[1:])
        )
        lines = (bulleted, *lines[1:])
    return Row(tuple(lines), row.gap)


def _after_colon(line: Line) -> Line:
    inline = INLINE.match(line.text)
    value = inline["value"] if inline else line.text
    return Line(line.page, line.box, (Run(value, line.runs[-1].style, line.runs[-1].link),))
