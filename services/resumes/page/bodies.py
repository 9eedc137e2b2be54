"""What stands below a header: paragraphs and bullet points, each made whole again from its lines."""

from collections.abc import Sequence

from services.resumes.page.rows import Row, joined, without_bullet

WIDE_GAP = 1.25
INDENT = 3.0
SHORT_LINE = 0.72


def paragraphs(body: Sequence[Row]) -> tuple[str, tuple[str, ...]]:
    """(running text, highlights). Bullets may be drawn as shapes; then indentation and spacing tell them."""
    if not body:
        return "", ()
    left = min(row.x0 for row in body)
    right = max(row.x1 for row in body)
    indented = any(row.x0 > left + INDENT for row in body)
    texts: list[tuple[bool, list[str]]] = []
    last: Row | None = None
    for row in body:
        item = row.bullet or (indented and row.x0 > left + INDENT and not any(r.bullet for r in body))
        if last is None or not texts or _begins(row, last, item, texts[-1][0], left, right):
            texts.append((item, []))
        texts[-1][1].append(without_bullet(row.text) if row.bullet else row.text)
        last = row
    plain = [joined(lines) for item, lines in texts if not item]
    items = tuple(text for item, lines in texts if item and (text := joined(lines)))
    return "\n".join(text for text in plain if text), items


def _begins(row: Row, last: Row, item: bool, in_item: bool, left: float, right: float) -> bool:
    if row.bullet:
        return True
    if in_item and not item and any((row.x0 > left + INDENT, row.gap < WIDE_GAP)) and _is_wrapped(last, left, right):
        return False
    if item != in_item:
        return not (in_item and last.bullet and row.x0 > last.x0 + INDENT)
    return row.gap > WIDE_GAP or not _is_wrapped(last, left, right)


def _is_wrapped(row: Row, left: float, right: float) -> bool:
    """The line was full, so the next one may continue it."""
    return row.x1 - left > SHORT_LINE * (right - left)
