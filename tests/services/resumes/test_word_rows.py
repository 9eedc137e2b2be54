"""Words to lines: what stands on one row, and where a row is cut."""

from services.resumes.formats.placed import Word
from services.resumes.formats.words import lines_of
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


def page(*margins: list[Word]) -> list[Word]:
    """What stands in the margin, each beside a line of the text, which begins at 160."""
    found: list[Word] = []
    for number in range(10):
        y = 100.0 + 20 * number
        found += words("Reederei Brückmann, Bremen. Lotsin.", 160, y, style=Style("Sans", 11.0))
        margin = margins[number] if number < len(margins) else []
        found += [word._replace(box=word.box._replace(top=y, bottom=y + 10)) for word in margin]
    return found


def spread(text: str, *places: float) -> list[Word]:
    """Words of a justified line, each where it begins."""
    style = Style("Sans", 10.0, bold=True)
    return [Word(word, Box(x, 0, x + 5.0 * len(word), 10), style) for word, x in zip(text.split(), places, strict=True)]


def test_a_justified_period_ends_where_the_text_begins() -> None:
    margins = [spread("mars 2019", 60, 85), spread("Sept 2024 –", 60, 100, 151), spread("July 2011", 60, 85)]
    margins += [spread("Sept 2008 –", 60, 84, 153)]
    texts = [line.text for line in lines_of(page(*margins), 1)]
    assert {"mars 2019", "Sept 2024 –", "July 2011", "Sept 2008 –"} <= set(texts)
    assert texts.count("Reederei Brückmann, Bremen. Lotsin.") == 10


def test_two_columns_of_dates_stay_two() -> None:
    margins = [spread("2013-09 2015-06", 60, 115), spread("2010-09 2013-06", 60, 115)]
    texts = [line.text for line in lines_of(page(*margins), 1)]
    assert {"2013-09", "2015-06", "2010-09", "2013-06"} <= set(texts)


def test_a_point_in_the_next_column_is_no_part_of_a_period() -> None:
    margins = [spread("2012–2013 – Rope", 60, 120, 128), spread("2002–2004", 60)]
    texts = [line.text for line in lines_of(page(*margins), 1)]
    assert {"2012–2013", "– Rope"} <= set(texts)


def test_labels_set_flush_with_their_values_are_no_part_of_them() -> None:
    blue, black = Style("Sans", 10.0, colour="0000aa"), Style("Sans", 10.0)
    found = []
    for number, (label, value) in enumerate(
        (("Languages", "Go, Python"), ("Practice", "Postmortems"), ("Tools", "Git"))
    ):
        y = 100.0 + 14 * number
        found += words(label, 153 - 5.0 * len(label), y, 10.0, blue) + words(value, 156, y, 10.0, black)
    texts = [line.text for line in lines_of([*words("Known for calm nights", 60, 60), *found], 1)]
    assert texts[1:] == ["Languages", "Go, Python", "Practice", "Postmortems", "Tools", "Git"]
    ragged = [word._replace(style=black) if word.style == blue else word for word in found]
    moved = [
        word._replace(box=word.box._replace(x0=word.box.x0 + word.box.top, x1=word.box.x1 + word.box.top))
        for word in ragged
    ]
    assert len(lines_of(moved, 1)) == 3  # what ends and begins anywhere is one line


def test_small_capitals_that_bear_the_names_of_large_ones_are_small() -> None:
    small, plain = Style("Serif-SC", 10.0), Style("Serif", 10.0)
    found = [
        *words("InveRcaRgill, CasalgRande", 40, 40, style=small),
        *words("GitHub or LaTeX for work", 40, 60, style=plain),
    ]
    assert [line.text for line in lines_of(found, 1)] == ["Invercargill, Casalgrande", "GitHub or LaTeX for work"]
    names = words("McDonald MacDuff McDowell and Dundee", 40, 40, style=small)
    assert [line.text for line in lines_of(names, 1)] == ["McDonald MacDuff McDowell and Dundee"]
