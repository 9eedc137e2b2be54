"""Words to lines: what stands on one row, and where a row is cut."""

from services.resumes.formats.words import Word, lines_of
from services.resumes.text import Box, Style


def words(text: str, x: float, y: float, size: float = 10.0, style: Style | None = None) -> list[Word]:
    """Words of `size` points in a row, with the usual space between."""
    style = style or Style("Sans", size)
    found = []
    for word in text.split():
        end = x + 0.5 * size * len(word)
        found.append(Word(word, Box(x, y, end, y + size), style))
        x = end + 0.28 * size
    return found


def test_two_small_lines_beside_a_tall_name_are_two() -> None:
    name = words("Aritz Loidi", 40, 33, 31.0)
    small = [*words("Getaria, Gipuzkoa", 480, 38), *words("+34 622 55 01 43", 470, 50)]
    assert {"Getaria, Gipuzkoa", "+34 622 55 01 43"} <= {line.text for line in lines_of([*name, *small], 1)}


def test_small_words_stay_in_the_row_of_a_large_one() -> None:
    row = [*words("Aritz", 40, 33, 16.0), *words("Loidi MSc", 90, 37)]
    assert [line.text for line in lines_of(row, 1)] == ["Aritz Loidi MSc"]
