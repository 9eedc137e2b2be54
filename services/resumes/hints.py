"""What a résumé says outright about which words are title or employer: labels, table heads, the headline."""

import re
from collections.abc import Iterable, Mapping, Sequence

from services.resumes.forms import INLINE, is_table_head
from services.resumes.rows import Row
from services.resumes.text import Line

Hints = Mapping[str, frozenset[str]]
NONE: Hints = {}
LABELS = {
    "title": re.compile(
        r"(?i)\b(?:position|title|role|designation|occupation|stelle|funktion|poste|cargo|puesto|qualifica|functie|stanowisko|"
        r"befattning|stilling|pozice|должность|mansione)\b|役職|職種|职位|직위"
    ),
    "company": re.compile(
        r"(?i)\b(?:employer|company|organi[sz]ation|arbeitgeber|unternehmen|firma|employeur|entreprise|empresa|azienda|datore|"
        r"werkgever|pracodawca|arbetsgivare|arbejdsgiver|işveren|zaměstnavatel|работодатель|компания)\b|会社名|勤務先|公司|회사"
    ),
}
SAME_X = 6.0
PARTS = re.compile(r"\s*[|•·,/–—]\s*|\s{3,}")


def hints_of(section: Sequence[Row], head: Iterable[Line]) -> Hints:
    """Texts by role. What stands beside a name at the top of the page is what the person calls the present job."""
    found: dict[str, set[str]] = {"title": set(), "company": set()}
    for line in head:
        found["title"] |= {plain(part) for part in (line.text, *PARTS.split(line.text))}
    for role, text in (*_labelled(section), *_tabled(section)):
        found[role] |= {plain(text), plain(text.partition(",")[0])}
    return {role: frozenset(texts - {""}) for role, texts in found.items()}


def plain(text: str) -> str:
    return re.sub(r"\W+", " ", text.casefold()).strip()


def _labelled(section: Sequence[Row]) -> Iterable[tuple[str, str]]:
    for row in section:
        inline = INLINE.match(row.lines[0].text)
        if len(row.lines) > 1 and (role := _role(row.lines[0].text)):
            yield role, row.lines[1].text
        elif inline and (role := _role(inline["label"])):
            yield role, inline["value"]


def _tabled(section: Sequence[Row]) -> Iterable[tuple[str, str]]:
    columns: list[tuple[float, str]] = []
    for row in section:
        if is_table_head(row):
            columns = [(line.box.x0, _role(line.text)) for line in row.lines]
            continue
        for line in row.lines if len(row.lines) > 1 else ():
            role = next((name for x, name in columns if abs(x - line.box.x0) < SAME_X), "")
            if role:
                yield role, line.text


def _role(label: str) -> str:
    if len(label.split()) > 5:  # noqa: PLR2004 — a label is short
        return ""
    return next((role for role, pattern in LABELS.items() if pattern.search(label)), "")
