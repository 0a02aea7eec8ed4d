"""``find`` and ``show``: what is kept, as JSON lines."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from intake.actions.charts import read_chart
from intake.actions.patients import find as find_patients
from intake.actions.visits import open_visit
from intake.commands.output import put_line
from intake.commands.review_document import review_document
from intake.commands.session import now, session
from intake.domain.records import VisitRecord
from intake.domain.staff import Task


def find(options: Namespace) -> int:
    """Put one line for each patient that fits the text."""
    with session(options) as desk:
        for line in find_patients(desk.store, desk.actor, " ".join(options.text), now=now()):
            put_line(
                {
                    "mrn": line.number,
                    "legal_last": line.legal_last,
                    "legal_first": line.legal_first,
                    "dob": line.dob.isoformat(),
                    "phone": line.phone,
                }
            )
    return 0


def show(options: Namespace) -> int:
    """Put one visit with all that was recorded at it, in the shape of an intake; what was not asked is left out.

    Who may read the note is put the review too, without taking the chart in hand.
    """
    with session(options) as desk:
        if desk.actor.may(Task.READ_NOTE):
            chart = read_chart(desk.store, desk.actor, options.visit, definitions=desk.definitions, now=now())
            put_line({**_document(chart.visit), "review": review_document(chart)})
        else:
            put_line(_document(open_visit(desk.store, desk.actor, options.visit, definitions=desk.definitions, now=now())))
    return 0


def _document(record: VisitRecord) -> dict[str, Any]:
    return {
        "mrn": record.patient.number,
        "visit_number": record.number,
        "status": record.status.value,
        "arrived_at": record.arrived_at.isoformat(),
        "visit_day": record.visit_day.isoformat(),
        "recorded_by": record.recorded_by,
        "recorded_at": record.recorded_at.isoformat(),
        "checklist_version": record.checklist_version,
        "regions_version": record.regions_version,
        "patient": _told(record.patient.patient),
        "visit": _told(record.visit),
        "answers": {key: list(value) if isinstance(value, tuple) else value for key, value in record.answers.items()},
        "pain_drawing": [{"region": mark.region, "kind": mark.kind} for mark in record.marks],
    }


def _told(part: Any) -> dict[str, Any]:
    """Return the fields of a record that have a value, parts as groups of their own."""
    found: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if is_dataclass(value):
            value = _told(value) or None
        if value is not None:
            found[field.name] = value.isoformat() if isinstance(value, date) else value
    return found
