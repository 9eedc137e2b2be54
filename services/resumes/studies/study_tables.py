"""The first rows of a table of studies, which say what its columns hold: "Examination | Board / University | Year"."""

import re
from collections.abc import Sequence

from services.resumes.page.rows import Row
from services.resumes.words import words

FEWEST = 2
WORD = re.compile(r"[^\W\d_]+|%")
CAPTION = words("study_captions")  # what such columns are called, and the words between the names


def without_captions(section: Sequence[Row]) -> list[Row]:
    """The rows below such captions; all of them where the section begins with anything else."""
    count = next((at for at, row in enumerate(section) if row.dates or not all(_caption(row))), len(section))
    named = sum(len(row.lines) for row in section[:count])
    return list(section[count:] if named >= FEWEST and count < len(section) else section)


def _caption(row: Row) -> list[bool]:
    found = [WORD.findall(line.text.casefold()) for line in row.lines]
    return [bool(each) and all(word in CAPTION for word in each) for each in found]
