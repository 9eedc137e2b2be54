"""Curricula with a column of labels beside a column of values, as the European one: "Dates   May 2019 – now", "Position
held   Nurse". Each entry is put in the order of other résumés, and the labels go.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from services.resumes.entries.header_words import is_prose
from services.resumes.page.rows import Row
from services.resumes.text import Line

SAME_X = 4.0
LEAST_LABELS, MOST_WORDS = 3, 10
NEW_ENTRY = 2.0  # lines of space
INLINE = re.compile(r"^\s*(?P<label>[^:：\d]{2,40}?)\s*[:：](?:\s|$)")
BRACKETED = re.compile(r"^\s*[【［\[](?P<label>[^】］\]\d]{2,20})[】］\]]\s*(?=\S)")  # 【会社名】三笠機工
INLINE_WORDS = 4
# In the order they are asked: "main activities of the company" speaks of activities.
ROLES = {
    "text": re.compile(
        r"(?i)activit|responsab|atividad|actividad|funcion(?:es)|tarea|tarefa|tätigkeit|aufgabe|mission|mansion|attivit|"
        r"werkzaamheden|arbetsuppgifter|obowiązk|zadani|verantwoordelijk|principal subjects|skills covered|materias|"
        r"matières|materie|fächer|competências adquiridas|tehtävät|náplň|mô tả|opis|описание|обязанност|περιγραφή|"
        r"görevler|תיאור|المهام|業務内容|職務内容|工作内容|职责|담당"
    ),
    "company": re.compile(
        r"(?i)employ|empreg|emplead|empresa|entreprise|azienda|datore|arbeitgeber|unternehmen|werkgever|pracodawc|"
        r"arbetsgivar|organi[sz]|company|institu|établissement|centro|scuola|escola|école|schule|instelling|szkoł|"
        r"university|school|työnantaj|oppilaito|zaměstnav|škola|zamestnáv|công ty|trường|šola|poslodav|angajator|"
        r"munkáltató|işveren|okul|работодател|организац|компани|учебное|εργοδότ|ίδρυμα|מעסיק|מוסד|חברה|الشركة|جهة|الجامعة|"
        r"会社名|勤務先|公司|学校|회사|학교"
    ),
    "title": re.compile(
        r"(?i)position|occupation|cargo|puesto|profesión|função|fonction|poste|stelle|funktion|beruf|qualific|cualific|"
        r"título|titre|titolo|title|diplom|abschluss|degree|award|functie|stanowisk|befattning|lavoro|role|ammatti|"
        r"tehtävänim|tutkin|pozice|pozícia|titul|chức vụ|vị trí|bằng cấp|położenie|beosztás|funcți|görev|unvan|derece|"
        r"должност|специальност|степень|θέση|τίτλος|תפקיד|תואר|المسمى|المنصب|الدرجة|役職|职位|学位|직위|학위"
    ),
    "date": re.compile(
        r"(?i)^\W*(?:dat[aeo]s?|dates?|dat[au]m|fechas?|period|zeitraum|from|since|duration|päivämäär|období|thời gian|"
        r"tarih|dönem|период|даты|ημερομην|תקופה|תאריכים|الفترة|التاريخ|期間|时间|기간)"
    ),
}
ORDER = ("date", "title", "company", "", "text")


@dataclass
class _Field:
    """`label` as written, over one line or two; `rows` are what stands beside and below it."""

    label: str
    rows: list[Row] = field(default_factory=list)
    given: str = ""

    @property
    def named(self) -> str:
        """The role by the label's words."""
        return self.given or next((role for role, pattern in ROLES.items() if pattern.search(self.label)), "")

    @property
    def role(self) -> str:
        """The same; where the words are unknown, by whether a date or running text stands beside them."""
        if (known := self.named) or not self.rows:
            return known
        if self.rows[0].dates:
            return "date"
        return "text" if len(self.rows) > 1 or is_prose(self.rows[0].text) else ""


def names_field(label: str) -> bool:
    """Whether the words of a label say what it names."""
    return any(pattern.search(label) for pattern in ROLES.values())


def without_label_column(section: Sequence[Row]) -> list[Row]:
    """The same rows where there is no such column."""
    pairs = [row for row in section if len(row.lines) == 2 and row.lines[0].box.x1 < row.lines[1].box.x0]  # noqa: PLR2004
    if len(pairs) < LEAST_LABELS:
        return list(section)
    start = Counter(round(row.lines[1].box.x0) for row in pairs).most_common(1)[0][0]
    labelled = [row for row in pairs if _near(row.lines[1].box.x0, start)]
    fields = _fields(section, [row.lines[0] for row in labelled], start)
    return _told(fields) if _is_form(fields) else list(section)


def without_inline_labels(section: Sequence[Row]) -> list[Row]:
    """The same for labels that stand before a colon, where they come back or say what they name."""
    labels = [_inline_label(row) for row in section]
    times = Counter(label for label in labels if label)
    fields: list[_Field] = []
    for row, label in zip(section, labels, strict=True):
        if label and (times[label] > 1 or names_field(label)):
            fields.append(_Field(label))
            value = row.lines[0].text.partition(label)[2].lstrip(" :：】］]")
            first = row.lines[0]
            rest = (Line(first.page, first.box, (first.runs[-1]._replace(text=value),)),) if value else ()
            lines = (*rest, *row.lines[1:])
        elif not fields:
            return list(section)
        else:
            lines = row.lines
            if fields[-1].named != "text" and fields[-1].rows and not row.text[:1].islower():
                fields.append(_Field(f"text {len(fields)}", given="text"))  # what no label names tells of the entry
        if lines:
            fields[-1].rows.append(Row(lines, row.gap))
    return _told(fields) if _is_form(fields) else list(section)


def _inline_label(row: Row) -> str:
    text = row.lines[0].text
    found = BRACKETED.match(text) or (None if row.bullet else INLINE.match(text))
    return found["label"].strip() if found and len(found["label"].split()) <= INLINE_WORDS else ""


def _is_form(fields: Sequence[_Field]) -> bool:
    """Labels that say what they name, or unknown ones that each entry has."""
    if {"date", "title"} <= {one.named for one in fields} and len(fields) >= LEAST_LABELS:
        return True
    times = Counter(one.label.casefold() for one in fields)
    again = {one.label.casefold(): one.role for one in fields if times[one.label.casefold()] > 1}
    return len(again) >= LEAST_LABELS and "date" in again.values()


def _told(fields: Sequence[_Field]) -> list[Row]:
    return [row for entry in _entries(fields) for row in _sorted(entry)]


def _near(one: float, other: float) -> bool:
    return abs(one - other) < SAME_X


def _fields(section: Sequence[Row], labels: Sequence[Line], start: float) -> list[_Field]:
    """Nothing where a row fits neither column, or a label is no label."""
    left, right = (Counter(round(getattr(line.box, side)) for line in labels) for side in ("x0", "x1"))
    edges = [("x0", left.most_common(1)[0]), ("x1", right.most_common(1)[0])]
    side, (edge, count) = max(edges, key=lambda item: item[1][1])
    if count < 0.7 * len(labels):
        return []
    fields: list[_Field] = []
    for row in section:
        first = row.lines[0]
        in_labels = first.box.x1 < start and _near(getattr(first.box, side), edge)
        if in_labels and (not fields or not first.text[:1].islower()):
            if (row.dates[:1] and row.dates[0][0] == 0) or len(first.text.split()) > MOST_WORDS:
                return []
            fields.append(_Field(first.text))
        elif in_labels:
            fields[-1].label += " " + first.text
        elif not fields or not _near(first.box.x0, start):
            return []
        values = row.lines[1:] if in_labels else row.lines
        if values:
            fields[-1].rows.append(Row(values, row.gap))
    return fields


def _entries(fields: Sequence[_Field]) -> list[list[_Field]]:
    """A label that comes back begins another entry."""
    entries: list[list[_Field]] = []
    for one in fields:
        if not entries or one.label.casefold() in {other.label.casefold() for other in entries[-1]}:
            entries.append([])
        entries[-1].append(one)
    return entries


def _sorted(entry: Sequence[_Field]) -> list[Row]:
    result: list[Row] = []
    for one in sorted(entry, key=lambda one: ORDER.index(one.role)):
        rows = one.rows
        if one.role == "text" and rows and not rows[0].bullet:
            first, *rest = rows[0].lines
            run = first.runs[0]
            bulleted = Line(first.page, first.box, (run._replace(text="• " + run.text.lstrip()), *first.runs[1:]))
            rows = [Row((bulleted, *rest), rows[0].gap), *rows[1:]]
        result += rows
    return [Row(row.lines, NEW_ENTRY if at == 0 else min(row.gap, 1.0)) for at, row in enumerate(result)]
