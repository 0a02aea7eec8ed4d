"""``audit``, ``report access`` and ``pdf daily``: who did what, who looked at a record, and the day in numbers with the last link."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path
from typing import Final

from intake.actions.audit_reading import Form, access_report, asked_days, export_audit, note_access_report, patient_of, people, read_audit
from intake.actions.labels import Way, patient_numbered
from intake.commands.of_patient import clinic_of
from intake.commands.output import put_line
from intake.commands.reports import day_of
from intake.commands.session import Session, now, session
from intake.commands.writing import replacing
from intake.domain.audit import AccessReport, Asked
from intake.domain.numbers import record_number
from intake.errors import IntakeError
from intake.interop.audit_table import audit_csv, audit_json_lines, entry_object

TABLES: Final[dict[str, Form]] = {".csv": "csv", ".jsonl": "jsonl"}
NOBODY: Final = "-"


def audit(options: Namespace) -> int:
    """Put one line for each entry that fits, the latest first; or write them to a file and put one line."""
    with session(options) as desk:
        asked = _asked(desk, options)
        if options.output is None:
            _put_all(desk, asked)
            return 0
        form = TABLES.get(Path(options.output).suffix.lower())
        if form is None:
            raise IntakeError("table_form")
        content = export_audit(desk.store, desk.actor, asked, form=form, zone=desk.definitions.practice.zone(), now=now())
        with replacing(Path(options.output), content):
            put_line({"file": options.output, "bytes": len(content)})
    return 0


def access(options: Namespace) -> int:
    """Write who looked at a record in the form that the file's name ends with, and put one line."""
    target = Path(options.output)
    if target.suffix.lower() not in (*TABLES, ".pdf"):
        raise IntakeError("report_form")
    if options.record is None:
        raise IntakeError("number_missing")
    first, last = day_of(options.first), day_of(options.last)
    with session(options) as desk:
        patient_id, zone = patient_numbered(options.record), desk.definitions.practice.zone()
        report = access_report(desk.store, desk.actor, patient_id, first=first, last=last, zone=zone, now=now())
        content = _written(desk, report, target.suffix.lower())
        with replacing(target, content):
            note_access_report(desk.store, desk.actor, report, content, way="file", now=now())
    told = {"file": options.output, "mrn": record_number(patient_id), "entries": len(report.entries)}
    put_line({**told, "people": len(report.viewers), "bytes": len(content)})
    return 0


def daily(options: Namespace) -> int:
    """Write the daily sheet of a clinic and put one line."""
    from intake.actions.daily import make_daily_sheet  # noqa: PLC0415 - a command loads only what it needs

    with session(options) as desk:
        day = day_of(options.day) if options.day else desk.today()
        way = Way(how="file", target="file", location=options.clinic or clinic_of(desk), training=desk.paths.training)
        content = make_daily_sheet(desk.store, desk.actor, day, way, definitions=desk.definitions, now=now())
        with replacing(Path(options.output), content):
            put_line({"file": options.output, "day": day.isoformat(), "clinic": way.location, "bytes": len(content)})
    return 0


def _asked(desk: Session, options: Namespace) -> Asked:
    today = desk.today().isoformat()
    asked = asked_days(day_of(options.first or today), day_of(options.last or today), desk.definitions.practice.zone())
    return replace(
        asked,
        staff_id=_staff_id(desk, options.person) if options.person not in (None, NOBODY) else None,
        nobody=options.person == NOBODY,
        action=options.action,
        patient_id=patient_numbered(options.record) if options.record else None,
        outcome=options.outcome,
    )


def _staff_id(desk: Session, login: str) -> int:
    """Return whose login this is. Raises IntakeError ``unknown_person``."""
    found = next((staff.id for staff in people(desk.store, desk.actor, now=now()) if staff.login.casefold() == login.casefold()), None)
    if found is None:
        raise IntakeError("unknown_person")
    return found


def _put_all(desk: Session, asked: Asked) -> None:
    moment, after = now(), None
    while True:
        page = read_audit(desk.store, desk.actor, asked, now=moment, after=after)
        for entry in page.entries:
            put_line(entry_object(entry))
        after = page.after()
        if after is None:
            return


def _written(desk: Session, report: AccessReport, suffix: str) -> bytes:
    practice = desk.definitions.practice
    if suffix != ".pdf":
        return audit_csv(report.entries, practice.zone()) if suffix == ".csv" else audit_json_lines(report.entries)
    from intake.documents.access_report import access_report_pdf  # noqa: PLC0415 - a table needs no paper

    return access_report_pdf(
        report,
        patient=patient_of(desk.store, desk.actor, report.patient_id, now=now()),
        practice=practice,
        location=practice.location(clinic_of(desk)),
        by=desk.actor.staff.name,
        training=desk.paths.training,
        printed_at=now(),
    )
