"""The day of the notice to an auto insurer: one day, on the form, in the request and in the letter."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta
from typing import Any

import pytest

from intake.actions.patients import open_patient
from intake.actions.visits import open_visit
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Claim, notice_due
from intake.domain.staff import Actor
from intake.storage.store import Store
from tests.factories import NOW, a_patient, a_visit, an_intake, save
from tests.intake.letters.office import Office
from tests.intake.letters.papers import AUTO

SECOND = timedelta(days=7)


@pytest.fixture
def office(store: Store, desk: Actor, definitions: Definitions) -> Office:
    """Return the practice."""
    return Office(store, desk, definitions)


def days_of(office: Office, first: Claim, second: Claim) -> tuple[date, date, date]:
    """Record two visits a week apart; return the day of the notice at the second by form and by request, and when treatment began."""
    visits = [a_visit(visit_type="auto", claim=claim) for claim in (first, second)]
    intake = [an_intake(office.definitions, visit=visit, patient=a_patient()) for visit in visits]
    saved = save(office.store, office.desk, office.definitions, intake=intake[0])
    returning: dict[str, Any] = {"patient_id": saved.patient_id, "patient_version": 1}
    visit = save(office.store, office.desk, office.definitions, intake=intake[1], now=NOW + SECOND, **returning)
    request = office.ask_for("insurer_notice", saved.patient_id, visit.visit_id)
    record = open_visit(office.store, office.desk, visit.visit_id, definitions=office.definitions, now=NOW + SECOND)
    zone = office.definitions.practice.zone()
    by_request = (request.due_at - timedelta(seconds=1)).astimezone(zone).date()
    letter = office.open(request)
    return notice_due(record.visit.claim, record.visit_day, record.treatments), by_request, date.fromisoformat(letter.values["began"])


@pytest.mark.parametrize(
    ("first", "second", "began"),
    [
        (AUTO, AUTO, date(2026, 11, 22)),
        (dataclasses.replace(AUTO, first_treatment=date(2026, 11, 16)), AUTO, date(2026, 11, 16)),
        (AUTO, dataclasses.replace(AUTO, first_treatment=date(2026, 11, 16)), date(2026, 11, 16)),
        (Claim(), Claim(), date(2026, 11, 29)),
        (dataclasses.replace(AUTO, accident_date=date(2026, 11, 14)), AUTO, date(2026, 11, 29)),
    ],
    ids=["the first visit here", "recorded at the first visit", "recorded at this visit", "no accident day", "another accident"],
)
def test_form_request_and_letter_count_from_one_day(office: Office, first: Claim, second: Claim, began: date) -> None:
    """The earliest of a recorded first treatment and the first visit here for that accident: N.J.S.A. 39:6A-5."""
    due = began + timedelta(days=21)
    assert days_of(office, first, second) == (due, due, began)


def test_a_known_patients_file_tells_what_the_form_counts_from(office: Office) -> None:
    """So that the screen says the same day before the visit is saved."""
    days_of(office, AUTO, Claim())
    treated = open_patient(office.store, office.desk, 1, now=NOW).treatments
    assert [(each.visit_day, each.accident_date) for each in treated] == [(date(2026, 11, 22), AUTO.accident_date)]
