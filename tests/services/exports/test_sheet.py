"""CSV gives back what went in, and no cell of it runs."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.exports.sheet import HEADER, guarded, unguarded, write_csv

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0")) | st.text("=+-@\t\r\n' ＝a\",")


def reread(data: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(data.decode(), newline="")))


@given(CELLS)
def test_a_guarded_cell_is_no_formula_and_can_be_taken_back(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert unguarded(guarded(cell)) == cell


@given(st.lists(st.tuples(st.sampled_from(["PERSONAL INFORMATION", "SKILLS"]), CELLS, CELLS)))
def test_a_sheet_reads_back_as_it_was_written(rows: list[tuple[str, str, str]]) -> None:
    header, *body = reread(write_csv(rows))
    assert tuple(header) == HEADER
    assert [tuple(unguarded(cell) for cell in row) for row in body if row] == rows


def test_an_empty_line_stands_between_two_sections() -> None:
    body = reread(write_csv([("A", "1", "x"), ("A", "2", "y"), ("B", "1", "z")]))
    assert [bool(row) for row in body] == [True, True, True, False, True]


@pytest.mark.parametrize("cell", ["=1+1", "+49 30", "-2", "@cmd", "\t=1", "\r=1", " =1", "＝1", "'=1"])
def test_what_could_be_a_formula_is_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Python", "C++", "O'Hara", "'90s", "a=b"])
def test_what_could_not_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell
