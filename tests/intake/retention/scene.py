"""A practice with a record from years ago that has a row in every table, with one of today, and with the last one."""

from __future__ import annotations

import dataclasses
import io
import random
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, Final

from reportlab.pdfgen.canvas import Canvas

from intake.actions.amendments import receive_amendment, take_step
from intake.actions.calls import call_clinician
from intake.actions.correcting import correct
from intake.actions.drafts import Draft, keep_draft
from intake.actions.duplicates import Decision
from intake.actions.handing_over import hand_over
from intake.actions.letters_aside import put_aside
from intake.actions.patients import edit_patient
from intake.actions.print_runs import begin_run, note_ended
from intake.actions.requests import a_request, requests_of_patient
from intake.actions.retention import consent, keep_no_more, keep_record, propose
from intake.actions.retention_copy import MadeCopy, copy_source, make_copy, note_copy, write_copy
from intake.actions.signing import add_addendum
from intake.actions.training_people import answers_of
from intake.definitions.bundle import Definitions
from intake.domain.amendments import Step
from intake.domain.coverage import Claim, Coverage
from intake.domain.documents import Made
from intake.domain.patients import Patient
from intake.domain.print_runs import RunState
from intake.domain.records import Intake
from intake.domain.retention import Removal
from intake.domain.staff import Actor, Role
from intake.storage.removals import ROWS
from intake.storage.store import Store
from tests.factories import PASSWORD, WORKSTATION, a_colleague, a_patient, a_store, a_visit, an_admin, an_intake, save
from tests.intake.requests.promising import HANDED, ask, complete_letter, print_it, sign_it
from tests.intake.review.charting import make_ready, sign, write

LONG_AGO: Final = datetime(2015, 3, 2, 15, 0, tzinfo=UTC)
LAST_ENTRY: Final = LONG_AGO + timedelta(days=20)
FREE_ON: Final = date(2022, 3, 23)
OLD, YOUNG, LAST = 1, 2, 3
_SERIAL = count(1)
_DERIVED: Final = {"find_key": "patient_id = ?1", "match_key": "patient_id = ?1", "patient_fts": "rowid = ?1"}


def left_of(store: Store, patient_id: int) -> dict[str, int]:
    """Return how many rows of a patient there are, those by which it is found too, by table; without those that have none."""
    counts = {}
    for table, where in (ROWS | _DERIVED).items():
        row = store._connection.execute(f"SELECT count(*) FROM {table} WHERE {where}", (patient_id,)).fetchone()
        counts[table] = int(row[0]) if row else 0
    return {table: count for table, count in counts.items() if count}


def now() -> datetime:
    """Return this moment: the store reckons by the clock of the machine, whatever an action is told."""
    return datetime.now(UTC)


def a_practice(data: Path, definitions: Definitions) -> None:
    """Make a data folder with all three."""
    store = a_store(data)
    admin = an_admin(store)
    desk = a_colleague(store, admin)
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    an_old_record(store, desk, clinician, definitions)
    for first, last in (("Bea", "Sample"), ("Cleo", "Testcase")):
        patient = a_patient(legal_first=first, legal_last=last, dob=date(1990, 6, 7), phone="none", email="none")
        a_young_record(store, desk, clinician, definitions, patient)
    store.close()


def actor(store: Store, login: str) -> Actor:
    """Return one of the practice: alex (administrator), casey (clinician), dana (receptionist)."""
    account = store.staff.by_login(login)
    assert account is not None
    return Actor(staff=account.staff, workstation=WORKSTATION)


def a_paper(**made: Any) -> Made:
    """Return a readable page that no other paper has."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1)
    canvas.drawString(72, 720, f"Paper {next(_SERIAL)}")
    canvas.showPage()
    canvas.save()
    return Made(**{"content": target.getvalue(), "pages": 1, "version": 1, **made})


def an_old_record(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Record a signed visit with all that can hang on it, one that nobody signed, and what was asked, said and kept of both."""
    at = LONG_AGO
    intake = _an_old_intake(definitions)
    first = save(store, desk, definitions, intake=intake, now=at)
    call_clinician(store, desk, location="loc.edison", title="Sample, Ana", visit_id=first.visit_id, now=at)
    correct(store, clinician, first.visit_id, path="answers.sx.stiff", value="yes", reason="Asked again", definitions=definitions, now=at)
    sign(store, clinician, first.visit_id, definitions, now=at + timedelta(minutes=5))
    later = at + timedelta(days=1)
    add_addendum(
        store, clinician, first.visit_id, text="More", reason="Called", password=PASSWORD, definitions=definitions, now=later
    )  # fmt: skip
    _papers(store, desk, clinician, definitions, later)
    request = receive_amendment(
        store, desk, patient_id=OLD, visit_id=first.visit_id, request="It began in June", received_on=later.date(), now=later
    )
    take_step(store, clinician, request.id, step=Step.ACCEPTED, words="So it did", password=PASSWORD, definitions=definitions, now=later)
    second = save(
        store, desk, definitions, intake=intake, patient_id=OLD, patient_version=1, now=LAST_ENTRY - timedelta(days=2)
    )  # fmt: skip
    make_ready(store, clinician, second.visit_id, definitions, now=LAST_ENTRY - timedelta(days=1))
    write(store, clinician, second.visit_id, now=LAST_ENTRY - timedelta(days=1))
    edit(store, desk, OLD, definitions, now=LAST_ENTRY - timedelta(hours=1), dob=date(1986, 3, 4))
    draft = Draft(kind="edit", content={"patient": {}, "begun": {}}, caret={}, patient_id=OLD, patient_version=2, title="Sample, Ana")
    keep_draft(store, desk, draft, now=LAST_ENTRY)
    keep_record(store, clinician, OLD, reason="Lawsuit", definitions=definitions, now=LAST_ENTRY)
    keep_no_more(store, clinician, OLD, reason="Settled", definitions=definitions, now=LAST_ENTRY)


def a_young_record(store: Store, desk: Actor, clinician: Actor, definitions: Definitions, patient: Patient) -> None:
    """Record a visit of today, signed, with a document that was handed over."""
    coverage = Coverage(payer="Example Health Plan", member_id=f"EX-{patient.legal_first}", subscriber="self")
    intake = an_intake(definitions, patient=patient, visit=a_visit(primary=coverage))
    saved = save(store, desk, definitions, intake=intake, now=now())
    sign(store, clinician, saved.visit_id, definitions, now=now())
    request = a_request(store, requests_of_patient(store, desk, saved.patient_id)[0].id)
    print_it(store, clinician, request, made=a_paper(), now=now())
    hand_over(store, desk, request.id, HANDED, definitions=definitions, now=now())


def edit(store: Store, desk: Actor, patient_id: int, definitions: Definitions, *, now: datetime, **fields: Any) -> None:
    """Change a patient as the desk does."""
    record = store.patients.get(patient_id)
    assert record is not None
    changed = dataclasses.replace(record.patient, **fields)
    decisions = tuple(Decision(patient_id=each, reason="Asked") for each in (OLD, YOUNG) if each != patient_id)
    edit_patient(
        store, desk, patient_id=patient_id, version=record.version, patient=changed, decisions=decisions, definitions=definitions, now=now
    )  # fmt: skip


def _an_old_intake(definitions: Definitions) -> Intake:
    """Return an intake with every part, none of whose dates is later than its own."""
    claim, second = Claim(accident_place="Example Road"), Coverage(payer="Example Two")
    visit = a_visit(visit_type="auto", claim=claim, secondary=second, network_disclosed=LONG_AGO.date())
    answers = answers_of(definitions.checklist, random.Random(1), asked=1.0, on=LONG_AGO.date())
    intake = an_intake(definitions, patient=a_patient(), visit=visit)
    return dataclasses.replace(intake, answers={**answers, "sx.stiff": "no", "safety.walking": "yes"})


def _papers(store: Store, desk: Actor, clinician: Actor, definitions: Definitions, at: datetime) -> None:
    """Print the note in a run, hand it over, sign one letter and begin another."""
    note = a_request(store, 1)
    run = begin_run(store, clinician, location="loc.edison", request_ids=(note.id,), cover=False, definitions=definitions, now=at)
    note_ended(store, clinician, run.jobs[0].id, state=RunState.CANCELLED, words="No paper", now=at)
    print_it(store, clinician, note, made=a_paper(), now=at)
    hand_over(store, desk, note.id, HANDED, definitions=definitions, now=at)
    signed, typed = (ask(store, desk, definitions, kind, now=at) for kind in ("work_note", "referral_letter"))
    complete_letter(store, desk, definitions, signed, now=at)
    sign_it(store, clinician, definitions, signed, now=at)
    put_aside(store, desk, typed.id, typed={"to": "Somebody"}, body=None, now=at)


def written(store: Store, removal_id: int, definitions: Definitions, folder: Path) -> MadeCopy:
    """Write the copy as the clinician, and note it."""
    casey = actor(store, "casey")
    source = copy_source(store, casey, removal_id, definitions=definitions, now=now())
    made = make_copy(source, definitions=definitions, location="loc.edison", training=False, printed_at=now())
    write_copy(made, folder)
    note_copy(store, casey, removal_id, made, now=now())
    return made


def consented(store: Store, definitions: Definitions, folder: Path, *, logins: tuple[str, ...] = ("alex", "casey")) -> Removal:
    """Take the old record all the way to its removal."""
    removal = propose(store, actor(store, "alex"), OLD, definitions=definitions, now=now())
    written(store, removal.id, definitions, folder)
    for login in logins:
        removal = consent(store, actor(store, "alex"), removal.id, login=login, password=PASSWORD, now=now())
    return removal
