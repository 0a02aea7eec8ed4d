"""Tables as CSV that a spreadsheet opens as what was written: the right letters, and nothing that it would calculate."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

BOM: Final = "\ufeff"
"""Without it a spreadsheet takes UTF-8 for the letters of its own country."""
_CALCULATED: Final = ("=", "+", "-", "@", "\t", "\r")
"""A cell that begins so is taken for a formula. Source: OWASP, "CSV Injection"."""
Cell = str | int | float | None


def table_csv(head: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return a table as CSV by RFC 4180: UTF-8 with a byte order mark, lines ended by CR LF; None is an empty cell.

    Text that a spreadsheet would take for a formula gets an apostrophe in front. Numbers are written as they are.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow([_harmless(cell) for cell in head])
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return (BOM + target.getvalue()).encode("utf-8")


def _harmless(cell: Cell) -> Cell:
    if isinstance(cell, str) and cell.lstrip(" \n").startswith(_CALCULATED):
        return f"'{cell}"
    return cell
