"""What the training clinic promised before today: documents due soon, overdue, waiting for a signature, and one handed over."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from intake.actions.acknowledging import acknowledge
from intake.actions.charts import open_chart, read_chart
from intake.actions.handing_over import hand_over
from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.actions.notes import keep_note
from intake.actions.printing import issue_paper
from intake.actions.requests import open_request
from intake.actions.setup import TRAINING_CLINIC
from intake.actions.signing import sign_review
from intake.actions.training_people import EARLIER, answers_of, person, said_by, visit_of
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.records import Intake
from intake.domain.requests import Handover, NewRequest
from intake.domain.staff import Actor
from intake.storage.store import Store

NOTE: Final = {
    "history": "Stiff since the weekend, began after gardening.",
    "examination": "Active rotation left 40 degrees, right 60 degrees.",
    "impression": "Neck muscle spasm.",
    "plan": {"heat": "15 minutes, three times a day"},
}
TAKEN: Final = timedelta(minutes=35)
"""From arrival to signature."""
AUTO: Final = 5
"""Which one came after an accident, by the reason of the visit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who works at the training clinic, with the clinician's password."""

    receptionist: Actor
    clinician: Actor
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """A visit of before: how many hours ago, whether it was signed, which documents were asked for, whether its note was handed over."""

    hours_ago: float
    signed: bool = False
    asked_for: tuple[str, ...] = ()
    delivered: bool = False


PROMISED: Final = (
    _Before(hours_ago=26.5),
    _Before(hours_ago=23.2),
    _Before(hours_ago=25.2, signed=True),
    _Before(hours_ago=20.4, signed=True, asked_for=("work_note", "home_care")),
    _Before(hours_ago=30, signed=True, delivered=True),
    _Before(hours_ago=21.5, signed=True, asked_for=("insurer_notice", "records_copy")),
)


def fill_requests(store: Store, desk: Desk, *, definitions: Definitions, now: datetime, seed: int) -> None:
    """Record what was promised before today at the first clinic; the same for the same seed."""
    rng = random.Random(seed)  # noqa: S311 - invented people, no secret
    for place, before in enumerate(PROMISED):
        arrived = now - timedelta(hours=before.hours_ago)
        saved = save_intake(
            store, desk.receptionist, SaveRequest(intake=_intake(place, rng, definitions, arrived)), definitions=definitions, now=arrived
        )
        if before.signed:
            _sign(store, desk, saved.visit_id, definitions, arrived + TAKEN)
        for kind in before.asked_for:
            _ask(store, desk, saved, kind, definitions, arrived + TAKEN)
        if before.delivered:
            _hand_over(store, desk, saved, definitions, arrived + 4 * TAKEN)


def _intake(place: int, rng: random.Random, definitions: Definitions, arrived: datetime) -> Intake:
    active = definitions.practice.active()
    location = next((each for each in active if each.key == TRAINING_CLINIC), active[0])
    on = arrived.astimezone(definitions.practice.zone()).date()
    return Intake(
        patient=person(place, rng, location=location, on=on, people=EARLIER),
        visit=visit_of(place, rng, location=location, practice=definitions.practice, on=on),
        answers=answers_of(definitions.checklist, rng, asked=0.2, on=on, said=said_by(place) if place == AUTO else {}),
    )


def _sign(store: Store, desk: Desk, visit_id: int, definitions: Definitions, at: datetime) -> None:
    chart = open_chart(store, desk.clinician, visit_id, definitions=definitions, now=at)
    for prompt in chart.prompts:
        acknowledge(store, desk.clinician, prompt.id, words="Asked and examined", definitions=definitions, now=at)
    keep_note(store, desk.clinician, visit_id, content=NOTE, caret={}, now=at)
    sign_review(store, desk.clinician, visit_id, password=desk.password, definitions=definitions, now=at)


def _ask(store: Store, desk: Desk, saved: Saved, kind: str, definitions: Definitions, at: datetime) -> None:
    new = NewRequest(patient_id=saved.patient_id, visit_id=saved.visit_id, kind=kind, asked_by="patient", leaves_by="")
    open_request(store, desk.receptionist, new, definitions=definitions, now=at)


def _hand_over(store: Store, desk: Desk, saved: Saved, definitions: Definitions, at: datetime) -> None:
    """Print a visit's note and hand it to the patient."""
    from intake.documents.counting import page_count  # noqa: PLC0415 - the PDF library is read for training only
    from intake.documents.issuing import note_of_chart, version_of  # noqa: PLC0415 - as above

    chart = read_chart(store, desk.clinician, saved.visit_id, definitions=definitions, now=at)
    content = note_of_chart(chart, definitions, training=True, printed_at=at)
    made = Made(content=content, pages=page_count(content), version=version_of(chart))
    issue_paper(
        store, desk.clinician, made, visit_id=saved.visit_id, kind=Paper.VISIT_NOTE, how="print", target="Front desk", now=at
    )  # fmt: skip
    (request_id,) = (line.id for line in store.request_lists.of_patient(saved.patient_id, limit=1))
    handover = Handover(to=chart.patient.full_name(), identity="photo_id")
    hand_over(store, desk.receptionist, request_id, handover, definitions=definitions, now=at)
