"""The daily sheet: a clinic's day in numbers, and the audit's last link, to be printed and filed where no program reaches it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from intake.documents import style
from intake.documents.blocks import Entry, flowing, grid, heading, signature, space
from intake.documents.frame import issue
from intake.documents.paper import Block
from intake.documents.report import report_frame, report_heads
from intake.documents.words import moment_words
from intake.domain.daily import Day
from intake.domain.practice import Practice
from intake.entry.audit_words import run_words
from intake.entry.dates import show_date

FOOT: Final = "The numbers name no patient. File this sheet; it proves what the audit held when it was printed."
WHAT_FOR: Final = (
    "Whoever cuts entries off the end of the audit, or puts an older store in place, cannot take this line back. "
    "Any later store must still hold it. To compare, open Audit, choose Check a printed link, and type it; or: "
)
COMMAND: Final = "python main.py check --anchor "
NO_CHECK: Final = "The store was not checked yet."


def daily_sheet(day: Day, *, practice: Practice, by: str, training: bool, printed_at: datetime) -> bytes:
    """Return the sheet of one clinic as PDF, one page. The same arguments always give the same bytes."""
    location = practice.location(day.location)
    frame = report_frame(
        practice,
        location,
        title="Daily sheet",
        subtitle=f"{show_date(day.day)} · {location.name}",
        notes=(FOOT,),
        training=training,
        printed_at=printed_at,
    )
    facts = [f"As it stood {moment_words(day.asked_at.astimezone(practice.zone()))} · made by {by}"]
    return issue(frame, [*_numbers(day), *_proof(day, practice), space(4)], report_heads(frame, facts))


def _numbers(day: Day) -> Iterator[Block]:
    visits, documents = day.visits, day.documents
    yield heading("Visits of the day")
    named = {
        "Arrived": visits.came, "Waiting": visits.waiting, "With clinician": visits.with_clinician, "Finished": visits.finished,
        "Left": visits.left, "Signed": visits.signed,
    }  # fmt: skip
    yield from grid(_entries(named), 6)
    yield space(8)
    yield heading("Documents due on the day")
    yield from grid(_entries({"Due": documents.due, "On time": documents.on_time, "Late": documents.late, "Still owed": documents.owed}), 6)
    yield space(8)
    yield heading("Work of the day at all clinics")
    yield from grid(_entries({"Audit entries": day.entries, "Refused sign-ins": day.refused}), 6)


def _entries(named: dict[str, int]) -> list[Entry]:
    return [Entry(label=label, value=f"{number:,}") for label, number in named.items()]


def _proof(day: Day, practice: Practice) -> Iterator[Block]:
    yield space(8)
    yield heading("The audit's last link")
    yield space(4)
    yield from flowing(day.last.text(), style.PATIENT)
    yield space(4)
    yield from flowing(WHAT_FOR, style.SMALL)
    yield from flowing(COMMAND + day.last.text(), style.SMALL_STRONG)
    yield space(8)
    yield heading("The last check of the store")
    if day.check is None:
        yield from flowing(NO_CHECK, style.BODY)
    else:
        at = moment_words(day.check.at.astimezone(practice.zone()))
        yield from flowing(f"{at}: {run_words(day.check)}", style.BODY)
    yield space(16)
    yield signature("Filed by", "who closes the clinic")
