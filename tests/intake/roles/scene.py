"""A clinic in which every action finds what it asks for: the store in which the walk over actions and roles is done."""

from __future__ import annotations

from typing import Any, Final

from intake.actions.amendments import receive_amendment
from intake.actions.calls import call_clinician
from intake.actions.charts import open_chart
from intake.actions.drafts import Draft
from intake.actions.forms import FormWanted
from intake.actions.issuing import keep_document
from intake.actions.labels import Labels, Way
from intake.actions.on_time import on_time
from intake.actions.patient_papers import Wanted, source_of
from intake.actions.printing import VisitPaper, begin_print, paper_stamp
from intake.actions.request_opening import open_request
from intake.definitions.bundle import Definitions
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.print_runs import PrintSetting, RunState
from intake.domain.requests import Filter, Handover, NewRequest
from intake.domain.staff import Actor, Role
from intake.domain.visits import Status
from intake.interop.filled_form import FilledForm
from intake.storage.check import examine
from intake.storage.store import Store
from tests.factories import PASSWORD, TODAY, a_colleague, a_patient
from tests.intake.review_actions.arrivals import LATER, NOW_ANSWERS, arrive
from tests.intake.roles.trust_cases import TRUST_SCENE

MADE: Final = Made(content=b"%PDF-1.7", pages=1, preliminary=True)
WAY: Final = Way(how="file", target="file", location="loc.edison", training=False)
LETTER: Final = "work_note"
_RAW: Final[dict[str, Any]] = {"patient": {"legal_last": "Sample"}, "visit": {}, "answers": {}, "pain_drawing": []}


def a_scene(store: Store, admin: Actor, definitions: Definitions) -> dict[str, object]:
    """Fill the store and return what an action is given, by the names of its parameters."""
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="quinn")
    visit_id = arrive(store, admin, definitions, NOW_ANSWERS)
    arrive(store, admin, definitions, NOW_ANSWERS)
    call_clinician(store, admin, visit_id=visit_id, location="loc.edison", title="Sample, Ana", now=LATER)
    receive_amendment(store, admin, patient_id=1, visit_id=1, request="June", received_on=TODAY, now=LATER)
    new = NewRequest(patient_id=1, visit_id=1, kind=LETTER, asked_by="patient", leaves_by="hand")
    letter = open_request(store, admin, new, definitions=definitions, now=LATER)
    with store.transaction():
        document_id = keep_document(
            store, admin, MADE, kind="intake_form", patient_id=1, visit_id=1, request_id=None, how="file", target="file", now=LATER
        )
    report = on_time(store, admin, first=TODAY, last=TODAY, location=None, definitions=definitions, now=LATER)
    chart = open_chart(store, clinician, 2, definitions=definitions, now=LATER)
    source = source_of(store, admin, 1, "labels", definitions=definitions, now=LATER)
    sheet = VisitPaper(visit_id=2, kind=Paper.INTAKE_FORM, made=MADE, stamp=paper_stamp(store, 2, Paper.INTAKE_FORM))
    run = begin_print(store, admin, sheet, setting=PrintSetting(printer="front"), now=LATER)
    made = {"letter_id": letter.id, "new": new, "report": report, "chart": chart, "source": source, "run": run, "checked": examine(store)}
    return {**_WORDS, **TRUST_SCENE, **_ids(visit_id, document_id), **made, "definitions": definitions}


def _ids(visit_id: int, document_id: int) -> dict[str, object]:
    return {
        "visit_id": visit_id, "visit": visit_id, "patient_id": 1, "prompt_id": 1, "amendment_id": 1, "call_id": 1, "request_id": 1,
        "document_id": document_id, "staff_id": 2, "job_id": 1, "run_id": 1, "draft_id": None,
    }  # fmt: skip


_WORDS: Final[dict[str, object]] = {
    "now": LATER, "words": "Seen", "text": "Sample text", "reason": "A reason", "password": PASSWORD, "request": "June",
    "received_on": TODAY, "location": "loc.edison", "title": "Sample, Ana", "login": "robin2", "name": "Robin Sample",
    "role": Role.RECEPTIONIST, "active": True, "path": "answers.safety.chest", "value": "no", "kind": Paper.INTAKE_FORM,
    "draft": Draft(content={}, caret={}), "patient": a_patient(legal_last="Other"), "member_ids": (), "pdf": b"", "made": MADE,
    "form": FilledForm(sha256="", version="", language="en", patient=None, raw=_RAW, paths=(), oddities=(), empty=(), notes=()),
    "handover": Handover(to="Ana Sample", identity="photo_id"), "how": "file", "target": "file", "size": "envelope-10",
    "typed": {}, "body": None,
    "content": {}, "caret": {}, "abbreviation": ".sample", "first": TODAY, "last": TODAY, "version": 1, "printer": "front",
    "queue_id": "7", "state": RunState.PRINTED, "came_out": True, "cover": False, "wanted": True, "kind_key": "intake_form",
    "setting": PrintSetting(), "sha256": "ab" * 32, "where": Filter(), "leaves_by": "hand", "recipient": "", "address": "",
    "purpose": "to_patient", "language": "en", "status": Status.WITH_CLINICIAN, "day": TODAY,
    "way": WAY, "key": "loc.union", "minutes": 15, "after": None,
    "paper": VisitPaper(visit_id=1, kind=Paper.INTAKE_FORM, made=MADE, stamp=""),
}  # fmt: skip

FORM: Final = FormWanted(form="blank", language="en")
LABELS: Final = Labels(sheet="letter-3x10")
ON_THE_SPOT: Final = Wanted(kind="labels", sheet="letter-3x10")
NOTE: Final = VisitPaper(visit_id=1, kind=Paper.VISIT_NOTE, made=MADE, stamp="")
