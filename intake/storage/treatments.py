"""What starts treatment after an accident, as kept: a patient's visits of one type with what their claims say."""

from __future__ import annotations

from datetime import date

from intake.domain.coverage import Claim, Treatment, treatment_began
from intake.storage.driver import Connection

_OTHERS = (
    "SELECT visit.visit_day, claim.accident_date, claim.first_treatment FROM visit JOIN claim ON claim.visit_id = visit.id"
    " WHERE visit.patient_id = ? AND visit.visit_type = ? AND visit.id <> ? AND visit.status <> 'left'"
    " AND claim.accident_date IS NOT NULL ORDER BY visit.id"
)
_THIS = (
    "SELECT visit.patient_id, visit.visit_type, visit.visit_day, claim.accident_date, claim.first_treatment"
    " FROM visit LEFT JOIN claim ON claim.visit_id = visit.id WHERE visit.id = ?"
)


def treatments(connection: Connection, patient_id: int, visit_type: str, *, besides: int = 0) -> tuple[Treatment, ...]:
    """Return a patient's visits of one type for accidents of a known day, ``besides`` one; nobody who left was treated."""
    rows = connection.execute(_OTHERS, (patient_id, visit_type, besides))
    return tuple(
        Treatment(visit_day=date.fromisoformat(day), accident_date=_day(hurt), first_treatment=_day(first)) for day, hurt, first in rows
    )


def first_treated_on(connection: Connection, visit_id: int) -> date | None:
    """Return the day on which treatment began for the accident that brought the patient, None when there is no such visit."""
    row = connection.execute(_THIS, (visit_id,)).fetchone()
    if row is None:
        return None
    patient_id, visit_type, day, accident, first = row
    claim = Claim(accident_date=_day(accident), first_treatment=_day(first))
    others = treatments(connection, patient_id, visit_type, besides=visit_id)
    return treatment_began(claim, date.fromisoformat(day), others)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
