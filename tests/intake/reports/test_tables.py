"""Tables for spreadsheets: nothing in them is calculated, and every letter arrives."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.interop.tables import table_csv


def cells(table: bytes) -> list[list[str]]:
    """Return the cells of a table as a program reads them."""
    return list(csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("text", ["=1+1", "+1", "-2+3", "@SUM(A1)", "\tx", "\rx", "  =1", "\n=1"])
def test_what_a_spreadsheet_would_calculate_is_written_as_text(text: str) -> None:
    """In the head as in a row; an apostrophe stands before it, and nothing of it is lost."""
    assert cells(table_csv([text], [[text]])) == [[f"'{text}"], [f"'{text}"]]


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    """A number below zero is no formula when it is a number."""
    assert cells(table_csv(["a", "b", "c"], [[-1, 0.5, None]]))[1] == ["-1", "0.5", ""]


def test_the_table_begins_with_the_mark_of_its_letters_and_ends_its_lines_as_the_standard_says() -> None:
    """A spreadsheet knows UTF-8 by the mark alone."""
    assert table_csv(["Name"], [["김 민준"]]) == b"\xef\xbb\xbfName\r\n\xea\xb9\x80 \xeb\xaf\xbc\xec\xa4\x80\r\n"


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_every_text_comes_back_and_none_begins_as_a_formula(texts: list[str]) -> None:
    """Quotes, commas, line ends, any script."""
    back = cells(table_csv(["n", *texts], [[1, *texts]]))[1][1:]
    assert [
        text.removeprefix("'") if text.startswith("'") and not given.startswith("'") else text
        for text, given in zip(back, texts, strict=True)
    ] == texts
    assert not any(text.startswith(("=", "+", "-", "@", "\t", "\r")) for text in back)
