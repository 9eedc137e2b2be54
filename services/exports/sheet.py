"""CSV that a spreadsheet opens as text and never runs."""

import csv
from collections.abc import Iterable
from io import StringIO

HEADER = ("SECTION", "KEY", "VALUE")
_GUARD = "'"
# What begins a formula in Excel, LibreOffice or Google Sheets; the wide forms do so where Japanese is typed.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def write_csv(rows: Iterable[tuple[str, str, str]]) -> bytes:
    """Rows of (section, key, value), with an empty line between two sections. UTF-8, lines end as RFC 4180 says."""
    file = StringIO(newline="")
    sheet = csv.writer(file)
    sheet.writerow(HEADER)
    before = None
    for section, key, value in rows:
        if before not in (None, section):
            sheet.writerow(())
        before = section
        sheet.writerow((guarded(section), guarded(key), guarded(value)))
    return file.getvalue().encode()


def guarded(cell: str) -> str:
    """With an apostrophe before what would be a formula. A cell that already looks guarded gets one more, so that
    `unguarded` gives back every cell as it was.
    """
    return _GUARD + cell if cell.lstrip(f" {_GUARD}").startswith(_FORMULA) else cell


def unguarded(cell: str) -> str:
    return cell.removeprefix(_GUARD) if cell.lstrip(f" {_GUARD}").startswith(_FORMULA) else cell
