"""What a résumé says outright about which words are title or employer: labels, table heads, the headline."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from services.resumes.page.forms import INLINE, is_table_head, opens_table
from services.resumes.page.label_words import ASIDE, role_of
from services.resumes.page.rows import Row
from services.resumes.text import Line

Hints = Mapping[str, frozenset[str]]
NONE: Hints = {}
LABELS = {
    "title": re.compile(
        r"(?i)\b(?:position|title|role|designation|occupation|stelle|funktion|poste|cargo|puesto|qualifica|functie|stanowisko|"
        r"befattning|stilling|pozice|должность|mansione|görev|ünvan|θέση|chức\s+vụ|vị\s+trí|jabatan|posisi)\b|"
        r"役職|職種|職位|职位|职务|岗位|직위|직책|직급|المنصب|المسمى|الوظيفة|תפקיד|ตำแหน่ง"
    ),
    "company": re.compile(
        r"(?i)\b(?:employer|company|organi[sz]ation|arbeitgeber|unternehmen|firma|employeur|entreprise|empresa|azienda|datore|"
        r"werkgever|pracodawca|arbetsgivare|arbejdsgiver|işveren|şirket|kurum|zaměstnavatel|работодатель|компания|организация|εταιρεία|εργοδότης|công\s+ty|perusahaan)\b|"
        r"会社名|勤務先|公司|单位|회사|근무처|직장|الشركة|جهة العمل|صاحب العمل|מעסיק|חברה|บริษัท"
    ),
}
SAME_X = 6.0
LONGEST_LABEL = 8  # words: "Nome e indirizzo del datore di lavoro"
PARTS = re.compile(r"\s*[|•·,/–—]\s*|\s{3,}")


def hints_of(section: Sequence[Row], head: Iterable[Line]) -> Hints:
    """Texts by role. What stands beside a name at the top of the page is what the person calls the present job."""
    found: dict[str, set[str]] = {"title": set(), "company": set()}
    for line in head:
        found["title"] |= {plain(part) for part in (line.text, *PARTS.split(line.text))}
    for role, text in (*_labelled(section), *_tabled(section)):
        found[role] |= {plain(text), plain(text.partition(",")[0])}
    return {role: frozenset(texts - {""}) for role, texts in found.items()}


@lru_cache(maxsize=2048)
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
    opened = opens_table(section)
    for index, row in enumerate(section):
        if is_table_head(row) or (opened and index == 0):
            columns = [(line.box.x0, _role(line.text)) for line in row.lines]
            continue
        same = len(row.lines) == len(columns)  # where the page has no columns, the cells are counted
        for number, line in enumerate(row.lines if len(row.lines) > 1 else ()):
            role = next((name for x, name in columns if abs(x - line.box.x0) < SAME_X), "")
            role = role or (columns[number][1] if same else "")
            if role:
                yield role, line.text


def _role(label: str) -> str:
    if len(label.split()) > LONGEST_LABEL or ASIDE.search(label):
        return ""
    known = next((role for role, pattern in LABELS.items() if pattern.search(label)), "")
    return known or (role if (role := role_of(label)) in LABELS else "")
