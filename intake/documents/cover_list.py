"""The cover list of a print run: what is printed, in order, with boxes to tick; of a patient no more than the desk needs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from intake.documents.blocks import space
from intake.documents.frame import issue
from intake.documents.report import Column, report_frame, report_heads, table
from intake.documents.words import moment_words
from intake.domain.practice import Location, Practice
from intake.domain.requests import WAYS, RequestLine

COLUMNS: Final = (
    Column(title="", width_pt=12, boxed=True),
    Column(title="Request", width_pt=62),
    Column(title="Document", width_pt=110),
    Column(title="Patient", width_pt=46),
    Column(title="Record", width_pt=62),
    Column(title="Leaves by", width_pt=58),
    Column(title="Due", width_pt=118),
)
FOOT: Final = "For the print desk. Shred this list when everything on it is ticked."


def cover_list(
    lines: Sequence[RequestLine],
    *,
    practice: Practice,
    location: Location,
    kinds: Mapping[str, str],
    by: str,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return the list of a run as PDF, in the order of ``lines``; ``kinds`` are the names of the kinds of document by key.

    The same arguments always give the same bytes.
    """
    zone = practice.zone()
    count = f"{len(lines)} document{'' if len(lines) == 1 else 's'}"
    subtitle = f"{count} · {moment_words(printed_at.astimezone(zone))}"
    frame = report_frame(
        practice, location, title="Print run", subtitle=subtitle, notes=(FOOT,), training=training, printed_at=printed_at
    )  # fmt: skip
    rows = [_row(line, kinds, zone) for line in lines]
    return issue(frame, [*table(COLUMNS, rows, titled=False), space(4)], report_heads(frame, [f"Printed by {by}"], COLUMNS))


def initials(name: str) -> str:
    """Return the first letters of a name that is listed as "Last, First Middle": "F. M. L."."""
    last, _, given = name.partition(",")
    return " ".join(f"{part[0]}." for part in (*given.split(), *last.split()[:1]))


def _row(line: RequestLine, kinds: Mapping[str, str], zone: ZoneInfo) -> list[str]:
    way = next((choice.label for choice in WAYS if choice.code == line.leaves_by), line.leaves_by)
    due = moment_words(line.due_at.astimezone(zone))
    return ["", line.number, kinds.get(line.kind, line.kind), initials(line.name), line.record_number, way, due]
