"""Reading the audit: entries by period, person, action, patient and outcome; who looked at one record; and both taken out as files."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from intake.actions.emergency import refuse_ended
from intake.domain.audit import AccessReport, Asked, Entry, EntryPage, Viewer
from intake.domain.on_time import begin_of
from intake.domain.records import PatientRecord
from intake.domain.staff import Actor, Staff, Task
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.interop.audit_table import audit_csv, audit_json_lines
from intake.storage.entries import PAGE
from intake.storage.store import Store

Form = Literal["csv", "jsonl"]
MOST_EXPORTED: Final = 200_000
"""More entries than that go out in several files, by period; one of them is some hundred megabytes."""
MOST_REPORTED: Final = 20_000
EARLIEST: Final = date(2000, 1, 1)
LATEST: Final = date(2199, 12, 31)


def asked_days(first: date, last: date, zone: ZoneInfo) -> Asked:
    """Return the entries of whole days at the clinics. Raises InvalidInputError for a period there is not."""
    if not (EARLIEST <= first <= LATEST and EARLIEST <= last <= LATEST):
        raise InvalidInputError((Problem(field="period", code="period_out_of_range"),))
    if last < first:
        raise InvalidInputError((Problem(field="period", code="period_backwards"),))
    return Asked(first=begin_of(first, zone), before=begin_of(last + timedelta(days=1), zone))


def read_audit(
    store: Store, actor: Actor, asked: Asked, *, now: datetime, after: tuple[datetime, int] | None = None, size: int = PAGE
) -> EntryPage:
    """Return entries, the latest first; ``after`` is where the page before ended. Asking the same again is recorded once per sign-in."""
    _must_read(store, actor, now)
    with store.reading():
        page = store.entries.page(asked, after=after, size=size)
    if store.audit.tells(actor, f"see_audit {asked}"):
        with store.transaction(lasting=False):
            store.audit.add(actor, "see_audit", at=now, patient_id=asked.patient_id, changes=_told(store, asked))
    return page


def people(store: Store, actor: Actor, *, now: datetime) -> tuple[Staff, ...]:
    """Return every account, for choosing whose entries to read."""
    _must_read(store, actor, now)
    with store.reading():
        return store.staff.all()


def actions_taken(store: Store, actor: Actor, *, now: datetime) -> tuple[str, ...]:
    """Return every action there is an entry of."""
    _must_read(store, actor, now)
    with store.reading():
        return store.entries.actions()


def access_report(store: Store, actor: Actor, patient_id: int, *, first: date, last: date, zone: ZoneInfo, now: datetime) -> AccessReport:
    """Return who did what with a patient's record on these days; it is recorded.

    Raises IntakeError ``patient_not_found``, ``too_many_entries``, InvalidInputError for a period there is not.
    """
    _must_read(store, actor, now)
    asked = replace(asked_days(first, last, zone), patient_id=patient_id)
    with store.reading():
        if store.patients.get(patient_id) is None:
            raise IntakeError("patient_not_found")
        entries = _all(store, asked, MOST_REPORTED)
    with store.transaction():
        store.audit.add(actor, "see_access", at=now, patient_id=patient_id, changes={"period": (None, f"{first}/{last}")})
    return AccessReport(
        patient_id=patient_id, first=first, last=last, asked_at=now, entries=entries, viewers=_viewers(entries)
    )  # fmt: skip


def patient_of(store: Store, actor: Actor, patient_id: int, *, now: datetime) -> PatientRecord:
    """Return whose record an access report is of; making the report is what is recorded. Raises IntakeError ``patient_not_found``."""
    _must_read(store, actor, now)
    with store.reading():
        record = store.patients.get(patient_id)
    if record is None:
        raise IntakeError("patient_not_found")
    return record


def note_access_report(
    store: Store, actor: Actor, report: AccessReport, content: bytes, *, way: Literal["print", "file"], now: datetime
) -> None:
    """Record that an access report left the program."""
    _must_read(store, actor, now)
    changes = {
        "period": (None, f"{report.first}/{report.last}"),
        "entries": (None, str(len(report.entries))),
        "sha256": (None, hashlib.sha256(content).hexdigest()),
    }
    with store.transaction():
        action = "print_access" if way == "print" else "export_access"
        store.audit.add(actor, action, at=now, patient_id=report.patient_id, changes=changes)


def export_audit(store: Store, actor: Actor, asked: Asked, *, form: Form, zone: ZoneInfo, now: datetime) -> bytes:
    """Return entries as a table for a spreadsheet or as JSON lines, the latest first; it is recorded with its SHA-256.

    Raises IntakeError ``too_many_entries`` (``most``).
    """
    _must_read(store, actor, now)
    with store.reading():
        entries = _all(store, asked, MOST_EXPORTED)
    content = audit_csv(entries, zone) if form == "csv" else audit_json_lines(entries)
    told = {"form": (None, form), "entries": (None, str(len(entries))), "sha256": (None, hashlib.sha256(content).hexdigest())}
    with store.transaction():
        store.audit.add(actor, "export_audit", at=now, patient_id=asked.patient_id, changes={**_told(store, asked), **told})
    return content


def _must_read(store: Store, actor: Actor, now: datetime) -> None:
    actor.must(Task.READ_AUDIT)
    refuse_ended(store, actor, Task.READ_AUDIT, now=now)


def _all(store: Store, asked: Asked, most: int) -> tuple[Entry, ...]:
    entries = tuple(store.entries.every(asked, most=most))
    if len(entries) > most:
        raise IntakeError("too_many_entries", most=f"{most:,}")
    return entries


def _told(store: Store, asked: Asked) -> dict[str, tuple[str | None, str | None]]:
    """Return what was asked for as the audit tells it; of the patient its own column does."""
    told = {
        "first": asked.first.isoformat() if asked.first else None,
        "before": asked.before.isoformat() if asked.before else None,
        "staff": store.staff.by_id(asked.staff_id).login if asked.staff_id is not None else "nobody" if asked.nobody else None,
        "action": asked.action,
        "outcome": asked.outcome,
    }
    return {name: (None, value) for name, value in told.items() if value is not None}


def _viewers(entries: Iterable[Entry]) -> tuple[Viewer, ...]:
    """Return the same counted by person, who did most first."""
    of_person: dict[int | None, list[Entry]] = defaultdict(list)
    for entry in entries:
        of_person[entry.staff_id].append(entry)
    counted = (
        Viewer(name=each[0].staff_name, role=each[0].role, count=len(each), first=each[-1].at, last=each[0].at)
        for each in of_person.values()
    )
    return tuple(sorted(counted, key=lambda viewer: (-viewer.count, viewer.name or "")))
