"""Names that open a paragraph, "Lead Printer. Looked after the maps …", parted from the text behind them."""

import re
from collections.abc import Callable, Sequence

from services.resumes.entries.header_words import ABBREVIATED
from services.resumes.entries.lexicon import title_score
from services.resumes.entries.run_parts import part_of
from services.resumes.page.rows import Row, look
from services.resumes.periods.dates import find_dates
from services.resumes.text import Box, Line, Style

FEWEST, OFTEN = 2, 0.5
MOST_WORDS, LEAST_WORDS = 10, 3  # of a name, of a text
LONG = 40  # characters of a text behind a dash
SURE = 1.4
BEHIND = re.compile(r"\s*[)\]]?\s*(?:[.:;–—-]|,(?=\s+[A-Z]))\s+")
STOP = re.compile(r"[.。:：]\s*$")
DASH = re.compile(r"\s*[-–—]\s*$")
SENTENCE = re.compile(r"(?<=[^\W\d_]{3})\.\s+(?=[^\W\d_])")
Head = tuple[str, int]


def with_heads_apart(section: Sequence[Row], body: Style) -> tuple[list[Row], frozenset[int]]:
    """The same rows, cut in two where a name opens the text in a dated row or right below a date, which chance does
    once; and the identities of the rows that are the text behind such a name.
    """
    dated = [at for at, row in enumerate(section) if row.dates]
    rows, texts = _cut(section, dated, lambda row: _with_period(row, body))
    below = [at for at in range(1, len(rows)) if rows[at - 1].dates and not rows[at].dates]
    for head_of in (lambda row: _drawn_apart(row, body), _known_title):
        parted, more = _cut(rows, below, head_of)
        if more:
            return parted, frozenset({*texts, *more} & {id(row) for row in parted})
    return rows, texts


def _cut(
    section: Sequence[Row], places: Sequence[int], head_of: Callable[[Row], Head | None]
) -> tuple[list[Row], frozenset[int]]:
    """Cut where at least every other of the places has such a head."""
    heads = {at: head for at in places if (head := head_of(section[at]))}
    if len(heads) < max(FEWEST, OFTEN * len(places)):
        return list(section), frozenset()
    parts = {at: _parted(section[at], head) for at, head in heads.items()}
    rows = [part for at, row in enumerate(section) for part in parts.get(at, [row])]
    return rows, frozenset(id(text) for _, text in parts.values())


def _with_period(row: Row, body: Style) -> Head | None:
    """Names in other letters than the text, and a period, before a text that runs on in the same row."""
    if row.bullet or len(row.lines) != 1 or look(row.lines[0].runs[0].style)[2:] == look(body)[2:]:
        return None
    raw = "".join(run.text for run in row.lines[0].runs)
    spans = find_dates(raw)
    if len(spans) == 0 or not spans[0].is_range or look(row.lines[0].runs[-1].style)[2:] != look(body)[2:]:
        return None
    after = BEHIND.match(raw, spans[0].to)
    return (raw[: after.end()], after.end()) if after and _fit(raw[: spans[0].at], raw[after.end() :]) else None


def _drawn_apart(row: Row, body: Style) -> Head | None:
    """The name in other letters than the text after it, with a stop or a dash between; and where the text begins."""
    if row.bullet or len(row.lines) != 1 or len(row.lines[0].runs) < 2:  # noqa: PLR2004 — a name and a text
        return None
    runs = row.lines[0].runs
    first = look(runs[0].style)[2:]
    count = next((at for at, run in enumerate(runs) if run.text.strip() and look(run.style)[2:] != first), 0)
    if not count or first == look(body)[2:] or look(runs[count].style)[2:] != look(body)[2:]:
        return None
    name, text = "".join(run.text for run in runs[:count]), "".join(run.text for run in runs[count:])
    mark = re.match(r"\s*(?:[.。:：]|[-–—]\s)\s*", text)
    if mark:
        name, text = name + mark.group(), text[mark.end() :]
    dashed = DASH.search(name) is not None and len(text) > LONG
    label = name.rstrip().endswith((":", "：")) and title_score(name.rstrip(" :：")) < SURE
    ended = STOP.search(name) is not None and not label
    return (name, len(name)) if (dashed or ended) and _fit(name, text) else None


def _known_title(row: Row) -> Head | None:
    """The first sentence, where it is nothing but a post; and where the next one begins."""
    if row.bullet or len(row.lines) != 1:
        return None
    raw = "".join(run.text for run in row.lines[0].runs)
    stop = SENTENCE.search(raw)
    if stop is None or ABBREVIATED.search(raw[: stop.start() + 1]):
        return None
    name = raw[: stop.start() + 1]
    return (name, stop.end()) if title_score(name.rstrip(".")) >= SURE and _fit(name, raw[stop.end() :]) else None


def _fit(name: str, text: str) -> bool:
    short = 0 < len(name.split()) <= MOST_WORDS
    return short and len(text.split()) >= LEAST_WORDS and not text[:1].islower()


def _parted(row: Row, head: Head) -> list[Row]:
    line = row.lines[0]
    name, at = head
    box = line.box
    middle = box.x0 + box.width * at / max(sum(len(run.text) for run in line.runs), 1)
    kept = part_of(line.runs, 0, len(DASH.sub("", STOP.sub("", name)).rstrip()))
    upper = Line(line.page, Box(box.x0, box.top, middle, box.bottom), kept)
    return [Row((upper,), row.gap), Row((Line(line.page, box, part_of(line.runs, at, len(line.text) + at)),), 1.0)]
