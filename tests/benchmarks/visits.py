"""Three visits for each patient of a large store: nearly all signed long ago, the latest ones await review.

What was signed is written by bulk statements, with the store's triggers and indexes put aside for the time; it has the rows that
lists and charts read, not the answers of years. What awaits review is written as the program writes it, prompts included.
"""

from __future__ import annotations

import dataclasses
import random
from datetime import datetime, timedelta

from intake.actions.calls import call_clinician
from intake.actions.prompting import raise_first
from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.canonical import canonical
from intake.domain.coverage import Coverage
from intake.domain.records import Intake
from intake.domain.reviews import Note
from intake.domain.signed import note_content, patient_content
from intake.domain.staff import Actor, Role
from intake.domain.visits import Status
from intake.storage.store import Store
from intake.storage.visits import Arrival
from tests.factories import a_patient, a_visit, an_intake

EACH = 3
AWAITING = 5_000
WHOLE_EVERY = 100
LEFT_EVERY = 100
CALLED = 5
YEARS = 6
ASIDE = "SELECT name, sql FROM sqlite_schema WHERE type = ? AND sql IS NOT NULL AND tbl_name IN ('visit', 'awaiting', 'review')"
OLD_VISITS = """
WITH RECURSIVE number (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM number WHERE id < :last)
INSERT INTO visit (
    id, patient_id, status, status_at, arrived_at, visit_day, recorded_by, recorded_at, checklist_version, regions_version,
    location, visit_type, reason
)
SELECT id, 1 + (id - 1) % :patients, iif(id % :left, 'finished', 'left'), at, at, substr(at, 1, 10), 1, at, :checklist, :regions,
    (SELECT key FROM place WHERE place.number = id % :places), 'none', 'Stiff neck since Monday'
FROM (SELECT id, strftime('%Y-%m-%dT%H:%M:%S.000+00:00', :first + id * :step_s, 'unixepoch') AS at FROM number)
"""
OLD_REVIEWS = """
INSERT INTO review (
    visit_id, content, fingerprint, staff_id, staff_name, staff_role, at, location, form_version, rules_version, code_release
)
SELECT id, :content, printf('%064x', id), :staff, :name, 'clinician', arrived_at, location, :form, :rules, :codes
FROM visit WHERE status = 'finished' ORDER BY id
"""
OLD_AWAITING = """
INSERT INTO awaiting (visit_id, location, urgency, gone, arrived_at) SELECT id, location, 4, 1, arrived_at FROM visit WHERE status = 'left'
"""


def add_visits(store: Store, definitions: Definitions, *, patients: int, until: datetime) -> None:
    """Give every patient EACH visits; the last of the latest patients await review, minute by minute until this moment."""
    waiting = min(AWAITING, patients)
    _add_signed(store, definitions, patients=patients, count=EACH * patients - waiting, until=until - timedelta(minutes=waiting))
    usual = _intakes(definitions)
    staff = store.staff.all()[0]
    desk = Actor(staff=staff, workstation="desk-1")
    with store.transaction(lasting=False):
        for offset in range(waiting):
            _add_waiting(store, definitions, usual[offset % len(usual)], patients - offset, offset, until)
    recent = store.awaiting.lines(None, limit=CALLED * WHOLE_EVERY)[::WHOLE_EVERY]
    for line in recent:
        call_clinician(store, desk, visit_id=line.visit_id, location=line.location, title="Sample", now=until)


def _add_signed(store: Store, definitions: Definitions, *, patients: int, count: int, until: datetime) -> None:
    """Write the old visits: signed, but for those who left."""
    execute = store._connection.execute
    aside = [row for kind in ("trigger", "index") for row in [(kind, *found) for found in execute(ASIDE, (kind,))]]
    execute("PRAGMA foreign_keys = OFF")
    for kind, name, _ in aside:
        execute(f"DROP {kind} {name}")
    places = [place.key for place in definitions.practice.active()]
    execute("CREATE TEMP TABLE place (number INTEGER PRIMARY KEY, key TEXT)")
    store._connection.executemany("INSERT INTO place VALUES (?, ?)", list(enumerate(places)))
    first = until - timedelta(days=365 * YEARS)
    clinician = next(staff for staff in store.staff.all() if staff.role is Role.CLINICIAN)
    given = {
        "last": count, "patients": patients, "left": LEFT_EVERY, "places": len(places), "first": int(first.timestamp()),
        "step_s": (until - first).total_seconds() / max(count, 1), "checklist": definitions.checklist.version,
        "regions": definitions.regions.version, "content": _content(), "staff": clinician.id, "name": clinician.name,
        "form": definitions.review_form.version, "rules": definitions.prompts.version, "codes": definitions.codes.release,
    }  # fmt: skip
    execute("BEGIN")
    for sql in (OLD_VISITS, OLD_REVIEWS, OLD_AWAITING):
        execute(sql, given)
    execute("COMMIT")
    for _, _, sql in reversed(aside):
        execute(sql)
    execute("DROP TABLE place")
    execute("PRAGMA foreign_keys = ON")


def _content() -> str:
    """Return what a short signed note holds of itself, as far as a chart reads it back."""
    note = Note(
        history="Stiff since Monday, began after gardening.",
        examination="Active rotation left 40 degrees.",
        impression="Neck muscle spasm.",
        plan={"heat": "15 minutes, three times a day"},
    )
    return canonical({"note": note_content(note), "patient": patient_content(a_patient())})


def _intakes(definitions: Definitions) -> list[Intake]:
    """Return what people say who wait: one with the whole checklist, the others mostly no, some with a prompt of each level."""
    asked = {question.key: "no" for question in definitions.checklist.still_to_ask({})}
    said: list[dict[str, Answer]] = [{}] * 12
    said += [{"safety.dexterity": "yes"}, {"safety.cancer_history": "yes"}, {"safety.arm_weakness": "yes"}, {"safety.chest": "yes"}]
    few = [Intake(patient=a_patient(), visit=a_visit(), answers={**asked, **each}) for each in said]
    rng = random.Random(1)
    return [an_intake(definitions), *(rng.choice(few) for _ in range(WHOLE_EVERY - 1))]


def _add_waiting(store: Store, definitions: Definitions, said: Intake, patient_id: int, offset: int, until: datetime) -> None:
    """Write a visit that awaits review, with its prompts and a policy to be matched by."""
    at = until - timedelta(minutes=offset)
    member_id = f"EX{patient_id}"
    places = definitions.practice.active()
    visit = dataclasses.replace(
        said.visit,
        location=places[offset % len(places)].key,
        primary=Coverage(payer="Example Health Plan", member_id=member_id, subscriber="self"),
    )
    kept = store.patients.get(patient_id)
    assert kept is not None
    intake = dataclasses.replace(said, patient=kept.patient, visit=visit)
    arrival = Arrival(
        at=at,
        day=at.date(),
        recorded_by=1,
        checklist_version=definitions.checklist.version,
        regions_version=definitions.regions.version,
    )
    visit_id = store.visits.add(patient_id, intake, arrival)
    raise_first(store, visit_id, intake, at.date(), definitions=definitions, now=at)
    store.visits.move(visit_id, Status.FINISHED if offset % 3 else Status.WAITING, at=at)
    store.matches.replace(patient_id, kept.patient, (), kept.patient, (member_id,))
