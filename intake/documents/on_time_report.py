"""The on-time report on paper: what was promised, what came of it, week by week as a picture, and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

from intake.documents import style
from intake.documents.blocks import flowing, heading, space
from intake.documents.frame import issue
from intake.documents.on_time_picture import picture
from intake.documents.paper import Block
from intake.documents.report import Column, report_frame, report_heads, table
from intake.documents.words import moment_words
from intake.domain.on_time import OnTime, percent
from intake.domain.practice import Practice
from intake.entry.on_time_rows import NONE_DUE, PROMISE, Row, apart_words, hours, period_words, result_words, rows_of

COLUMNS: Final = (
    Column(title="", width_pt=100),
    Column(title="Requests", width_pt=34, right=True),
    Column(title="Due", width_pt=30, right=True),
    Column(title="On time", width_pt=30, right=True),
    Column(title="Late", width_pt=24, right=True),
    Column(title="Still owed", width_pt=24, right=True),
    Column(title="Due later", width_pt=24, right=True),
    Column(title="With-\ndrawn", width_pt=26, right=True),
    Column(title="Share on time", width_pt=34, right=True),
    Column(title="Median hours", width_pt=28, right=True),
    Column(title="Longest hours", width_pt=34, right=True),
    Column(title="Still owed, hours so far", width_pt=40, right=True),
)
FOOT: Final = "Hours run from the opening of a request to its handover; of those still owed, to this report."
SHARES: Final = "Share on time: handed over by the due time, of all that are due and not withdrawn."
PARTS: Final = (("clinic", "By clinic"), ("kind", "By kind of document"), ("week", "By week of the due time"))


def on_time_report(report: OnTime, *, practice: Practice, kinds: Mapping[str, str], by: str, training: bool, printed_at: datetime) -> bytes:
    """Return the report as PDF; ``kinds`` are the names of the kinds of document by key. It names no patient.

    The same arguments always give the same bytes.
    """
    location = practice.location(report.location) if report.location else practice.locations[0]
    subtitle = f"{period_words(report)} · {location.name if report.location else 'all clinics'}"
    frame = report_frame(
        practice, location, title="On-time report", subtitle=subtitle, notes=(FOOT, SHARES), training=training, printed_at=printed_at
    )  # fmt: skip
    facts = [f"As it stood {moment_words(report.asked_at.astimezone(practice.zone()))} · made by {by}"]
    heads = report_heads(frame, facts, of_a_clinic=report.location is not None)
    return issue(frame, [*_blocks(report, practice, kinds), space(4)], heads)


def _blocks(report: OnTime, practice: Practice, kinds: Mapping[str, str]) -> Iterator[Block]:
    if not report.total.count:
        yield from flowing(NONE_DUE, style.BODY)
        return
    yield heading(PROMISE)
    for sentence in (result_words(report.total), *apart_words(report.total)):
        yield from flowing(sentence, style.BODY)
    if report.total.due:
        yield space(8)
        yield picture(report)
    rows = list(rows_of(report, practice, kinds))
    for part, title in PARTS:
        if part == "clinic" and report.location:
            continue
        yield space(10)
        yield heading(title)
        of_part = [row for row in rows if row.part == part]
        yield from table(COLUMNS, [_cells(row) for row in (*of_part, rows[0])], strong=len(of_part))


def _cells(row: Row) -> list[str]:
    tally = row.tally
    counts = (tally.count, tally.due, tally.on_time, tally.late, tally.owed, tally.ahead, tally.withdrawn)
    share = "–" if tally.share is None else percent(tally.share)
    measured = (hours(tally.median_h), hours(tally.worst_h), hours(tally.owed_h))
    return [row.name, *(f"{count:,}" if count else "–" for count in counts), share, *measured]
