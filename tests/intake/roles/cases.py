"""Which task each action asks for, and which actions ask for none and why. A new action stands in one of the two, or a test fails."""

from __future__ import annotations

from typing import Final

from intake.actions.drafts import Draft
from intake.domain.amendments import Step
from intake.domain.document_kinds import Paper
from intake.domain.staff import Task
from tests.intake.roles.case import Case, each
from tests.intake.roles.scene import FORM, LABELS, NOTE, ON_THE_SPOT
from tests.intake.roles.trust_cases import TRUST_CASES, TRUST_INNER, TRUST_OPEN

_LETTER: Final = {"request_id": "=letter_id"}
_EDIT: Final = Draft(kind="edit", content={}, caret={}, patient_id=1, patient_version=1)
_AMENDMENT: Final = Draft(kind="amendment", content={}, caret={}, patient_id=1)
CASES: Final[tuple[Case, ...]] = (
    *each(
        Task.SEE_PATIENTS, "amendments.amendments_of", "amendments.open_amendments", "amendments.amendments_due", "calls.open_calls",
        "desk_settings.choose_waiting_warning", "duplicates.possible_duplicates", "issuing.document_of",
        "labels.make_envelope", "patients.find", "patients.open_patient", "printing.papers_of", "visits.open_visit", "visits.today",
    ),
    Case(action="labels.make_labels", task=Task.SEE_PATIENTS, given={"wanted": LABELS}),
    Case(action="patient_papers.source_of", task=Task.SEE_PATIENTS, given={"kind": "labels"}),
    Case(action="patient_papers.source_of", task=Task.ACCOUNT_DISCLOSURES, given={"kind": "accounting"}),
    Case(action="patient_papers.note_paper", task=Task.SEE_PATIENTS, given={"wanted": ON_THE_SPOT}),
    *each(Task.RECORD_INTAKE, "drafts.keep_draft", "form_import.import_form", "form_import.keep_form", "patient_mode.begin_patient_mode"),
    Case(action="intakes.save_intake", task=Task.RECORD_INTAKE, given={"request": "=save"}),
    Case(action="drafts.keep_draft", task=Task.EDIT_PATIENT, given={"draft": _EDIT}),
    Case(action="drafts.keep_draft", task=Task.RECORD_AMENDMENT, given={"draft": _AMENDMENT}),
    *each(Task.EDIT_PATIENT, "patients.edit_patient"),
    *each(Task.CHANGE_STATUS, "visits.change_status", "visits.undo_status"),
    Case(action="calls.call_clinician", task=Task.CALL_CLINICIAN, given={"visit_id": 2}),
    *each(Task.CALL_CLINICIAN, "calls.call_state"),
    *each(Task.RECORD_AMENDMENT, "amendments.receive_amendment"),
    Case(action="amendments.take_step", task=Task.DECIDE_AMENDMENT, given={"step": Step.DENIED}),
    *each(
        Task.READ_NOTE, "charts.open_chart", "charts.read_chart", "charts.changed_hands", "charts.leave_chart", "charts.earlier",
        "material.charts_of", "reviewing.signed",
    ),
    *each(
        Task.REVIEW, "acknowledging.acknowledge", "addenda.add_addendum", "calls.answer_call", "charts.take_chart", "correcting.correct",
        "notes.keep_note", "notes.my_snippets", "notes.keep_snippet", "notes.drop_snippet", "reviewing.awaiting",
        "reviewing.awaiting_count", "reviewing.next_to_review", "signing.sign_review",
    ),
    Case(action="letters.sign_letter", task=Task.REVIEW, given=_LETTER),
    *each(
        Task.PRINT_INTAKE, "print_settings.choose_printer", "print_settings.keep_print_setting", "print_settings.want_cover_list",
        "issuing.content_of", "printing.begin_print", "printing.issue_paper", "printing.note_look",
    ),
    Case(action="forms.make_form", task=Task.PRINT_INTAKE, given={"wanted": FORM}),
    Case(action="printing.begin_print", task=Task.PRINT_NOTE, given={"paper": NOTE}),
    Case(action="printing.issue_paper", task=Task.PRINT_NOTE, given={"kind": Paper.VISIT_NOTE}),
    Case(action="printing.note_look", task=Task.PRINT_NOTE, given={"kind": Paper.VISIT_NOTE}),
    Case(action="issuing.keep_document", task=Task.PRINT_NOTE, given={"kind": "visit_note"}),
    *each(Task.PRINT_NOTE, "material.material_of"),
    *each(
        Task.HANDLE_REQUESTS, "handing_over.hand_over", "on_time.on_time", "print_runs.begin_run",
        "print_runs.end_run", "print_runs.find_lost", "print_runs.give_back", "print_runs.note_ended", "print_runs.note_sending",
        "print_runs.note_sent", "print_runs.run_of", "print_runs.settle_lost", "request_opening.open_request",
        "requests.change_request", "requests.clinicians_owing", "requests.count_requests", "requests.documents_of",
        "requests.list_requests", "requests.note_delay", "requests.renew", "requests.request_line", "requests.request_of",
        "requests.requests_of_patient", "requests.steps_of", "requests.withdraw",
    ),
    Case(action="on_time.note_on_time", task=Task.HANDLE_REQUESTS, given={"form": "pdf"}),
    Case(action="destinations.payer_on_file", task=Task.HANDLE_REQUESTS, given={"kind": "=letter_kind"}),
    Case(action="print_runs.reprint_run", task=Task.PRINT_NOTE),
    Case(action="print_runs.reprint_run", task=Task.WRITE_LETTER, given=_LETTER),
    Case(action="printing.end_print", task=Task.HANDLE_REQUESTS, given={"run": "=run"}),
    *(
        Case(action=action, task=Task.WRITE_LETTER, given=_LETTER)
        for action in (
            "letters.keep_letter", "letters.letter_of", "letters.open_letter", "letters_aside.aside_of", "letters_aside.let_go",
            "letters_aside.put_aside",
        )
    ),
    *each(Task.VERIFY_DOCUMENT, "verifying.verify"),
    *each(Task.ACCOUNT_DISCLOSURES, "disclosing.accounting", "labels.make_accounting"),
    *TRUST_CASES,
)  # fmt: skip

OPEN: Final[dict[str, str]] = {
    **TRUST_OPEN,
    "drafts.drop_draft": "Refuses every draft but the actor's own.",
    "drafts.my_amendments": "Returns what the actor typed and nothing else.",
    "drafts.my_drafts": "Returns what the actor typed and nothing else.",
    "drafts.my_edits": "Returns what the actor typed and nothing else.",
    "patient_mode.end_patient_mode": "Signs in whoever takes the screen back; every role may.",
    "signing.missing_for_signature": "Looks at a chart that was read already; it opens nothing.",
}
"""Open to everybody who is signed in, and why."""

INNER: Final[dict[str, str]] = {
    **TRUST_INNER,
    "addenda.append_addendum": "of adding an addendum and of deciding an amendment",
    "calls.answer_for_visit": "of opening a chart",
    "charts.chart_of": "of reading a chart",
    "charts.refuse_taken": "of signing",
    "disclosing.disclose": "of printing, saving and handing over",
    "disclosing.disclose_list": "of printing lists",
    "drafts.finish_draft": "of saving what was typed",
    "drafts.must_own": "of keeping a draft",
    "forms.note_form": "of making a form",
    "issuing.note_printed": "of printing",
    "issuing.tell_printed": "of printing",
    "labels.note_left": "of making labels",
    "letters.follow_letter": "of signing a review",
    "material.copy_of": "of printing a copy",
    "patients.note_decisions": "of saving an intake",
    "patients.update": "of editing a patient and of saving an intake",
    "request_opening.promise_again": "of changing a visit's status",
    "request_opening.promise_note": "of saving an intake",
    "request_opening.release_note": "of changing a visit's status",
    "requests.make_ready_again": "of printing",
}
"""Parts of other actions, which ask first: nothing outside ``intake.actions`` may use them."""
