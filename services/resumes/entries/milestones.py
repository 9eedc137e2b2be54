"""Registers of a life, one event a line: entered a school, left it; joined a firm, left it. As in Japanese forms.

Both events of one place become one row with a period, as other résumés have it.
"""

import re
from collections.abc import Sequence

from services.resumes.page.rows import Row
from services.resumes.periods.dates import find_dates
from services.resumes.text import Line, Run

BEGUN = re.compile(r"(?:に|へ)?(?:入学|編入学?|入社|入職|入所|入行|入局|入省|入庁|着任|採用)$")
ENDED = re.compile(
    r"(?:を|より)?(?:(?:一身上|会社|契約|自己)の?都合に?より|契約期間?満了(?:に?より|のため)?|任期満了に?より)?"
    r"(?:卒業見?込?み?|修了見?込?み?|中途退学|中退|退学|退社|退職|退所|退行|離職)(?:[（(](?P<with>[^）)]+)[)）])?$"
)
WIDE = re.compile(r"\s*\u3000\s*|\s{2,}")
SAME = re.compile(r"^(?:同|同社|同校|同上|〃)?$")
GOES_ON = re.compile(r"^(?:現在に至る|在職中|在学中|現在在職中)$")
END_OF_ALL = re.compile(r"^以上$")


def lived(found: Sequence[Row]) -> list[Row]:
    """The same rows, with what began and what ended as one; `found` as they are where nothing of the kind is said."""
    if not any(BEGUN.search(row.text) for row in found):
        return list(found)
    result: list[Row] = []
    begun: dict[str, int] = {}  # the rows that have no end yet, by the name of the place
    for row in found:
        start, end = _place(row, BEGUN), _place(row, ENDED)
        at = _opened(begun, end) if end is not None else None
        if start:
            begun[start] = len(result)
            result.append(_without_event(row, BEGUN))
        elif at is not None:
            result[at] = _closed(result[at], row)
            begun = {name: other for name, other in begun.items() if other != at}
        elif GOES_ON.match(row.text) and begun:
            last = max(begun.values())
            result[last] = _dated(result[last], "現在")
        elif not END_OF_ALL.match(row.text):
            result.append(_without_event(row, ENDED) if end else row)
    return result


def _place(row: Row, event: re.Pattern[str]) -> str | None:
    """The name in a row that ends in such an event, "" where it is left out; None for any other row."""
    if not row.dates or row.dates[0][0] != 0 or not event.search(row.text):
        return None
    rest = event.sub("", re.sub(r"\s+", " ", row.text[row.dates[0][1].to :])).strip()
    return rest.split(" ")[0] if rest else ""


def _opened(begun: dict[str, int], name: str) -> int | None:
    if SAME.match(name):
        return max(begun.values(), default=None)
    return next((at for other, at in begun.items() if other.startswith(name) or name.startswith(other)), None)


def _without_event(row: Row, event: re.Pattern[str]) -> Row:
    lines: list[Line] = []
    for line in row.lines:
        text = event.sub("", line.text).strip()
        if text == line.text and not WIDE.search(text):
            lines.append(line)
            continue
        for number, part in enumerate(WIDE.split(text) if text else ()):
            box = line.box._replace(x0=line.box.x0 + number)
            lines.append(Line(line.page, box, (line.runs[0]._replace(text=part),)))
    return Row(tuple(lines), row.gap)


def _closed(above: Row, row: Row) -> Row:
    """With the date of the second event, and the degree that it brought."""
    event = ENDED.search(row.text)
    gained = event["with"] if event else None
    closed = _dated(above, row.lines[0].text[: row.dates[0][1].to])
    last = closed.lines[-1]
    box = last.box._replace(x0=last.box.x1 + 1, x1=last.box.x1 + 2)
    return (
        Row((*closed.lines, Line(last.page, box, (last.runs[0]._replace(text=gained),))), above.gap)
        if gained
        else closed
    )


def _dated(row: Row, end: str) -> Row:
    """The period that begins with the row's own date."""
    first, span = row.lines[0], find_dates(row.lines[0].text)[0]
    text = f"{first.text[: span.to]}～{end}"
    rest = first.text[span.to :]
    runs = (first.runs[0]._replace(text=text), *((Run(rest, first.style),) if rest.strip() else ()))
    return Row((Line(first.page, first.box, runs), *row.lines[1:]), row.gap)
