"""The on-time report as a table for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intake.domain.on_time import OnTime
from intake.domain.practice import Practice
from intake.entry.on_time_rows import Row, rows_of
from intake.interop.tables import Cell, table_csv

HEAD: Final = (
    "Part", "Name", "From", "To", "Requests", "Due", "On time", "Late", "Still owed", "Due later", "Withdrawn", "Share on time",
    "Median hours", "Longest hours", "Longest hours so far, still owed",
)  # fmt: skip


def on_time_csv(report: OnTime, *, practice: Practice, kinds: Mapping[str, str]) -> bytes:
    """Return the report as CSV, one line for the whole, each clinic, each kind and each week.

    The share is a number from 0 to 1; what cannot be measured is an empty cell.
    """
    return table_csv(HEAD, [_cells(row) for row in rows_of(report, practice, kinds)])


def _cells(row: Row) -> list[Cell]:
    tally = row.tally
    counts = (tally.count, tally.due, tally.on_time, tally.late, tally.owed, tally.ahead, tally.withdrawn)
    measured = (tally.median_h, tally.worst_h, tally.owed_h)
    return [
        row.part,
        row.name,
        row.first.isoformat(),
        row.last.isoformat(),
        *counts,
        None if tally.share is None else round(tally.share, 4),
        *(None if hours is None else round(hours, 2) for hours in measured),
    ]
