"""What the entries of the audit tell of, by the task it takes: nobody whose role does not permit it can have done it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intake.domain.staff import EMERGENCY, PERMITTED, Task

NEEDS: Final[Mapping[str, Task]] = {
    **dict.fromkeys(("add_staff", "set_active", "choose_second_factor", "see_emergency"), Task.MANAGE_STAFF),
    **dict.fromkeys(("new_recovery_key", "confirm_recovery_key", "rotate_key"), Task.MANAGE_KEYS),
    **dict.fromkeys(("see_audit", "see_access", "export_audit"), Task.READ_AUDIT),
    **dict.fromkeys(
        (
            "change_practice", "change_clinic", "choose_idle_minutes", "take_in_file", "take_file_away", "keep_practice_snippet",
            "drop_practice_snippet", "add_backup_target", "remove_backup_target", "set_backup_keep",
        ),
        Task.MANAGE_PRACTICE,
    ),
    **dict.fromkeys(
        ("keep_record", "keep_no_more", "propose_removal", "withdraw_removal", "consent_to_removal", "export_removal", "remove_record"),
        Task.REMOVE_RECORDS,
    ),
    **dict.fromkeys(("sign_review", "add_addendum", "sign_letter", "acknowledge_prompt", "correct", "start_note"), Task.REVIEW),
    "begin_anchor_line": Task.RESTORE,
    "restore_store": Task.RESTORE,
    "check_store": Task.CHECK_STORE,
    "remove_second_factor": Task.GIVE_ACCESS,
    "emergency_access": Task.USE_EMERGENCY,
    "save_intake": Task.RECORD_INTAKE,
    "edit_patient": Task.EDIT_PATIENT,
}  # fmt: skip
"""What an entry with this action takes."""
FREE: Final = frozenset(
    {
        "set_up", "sign_in", "sign_out", "lock", "unlock", "confirm_password", "recover", "change_password", "add_signer", "renew_slot",
        "add_second_factor", "wrap_keys", "begin_notes_key", "tries_damaged", "clock_set_back", "clock_jumped", "own_entries_altered",
        "rules_changed", "mend_guards", "seal_rows", "seal_former", "former_sealed", "file_changed_elsewhere", "choose_desk_location",
        "choose_waiting_warning", "choose_printer", "choose_paper", "choose_cover_list", "search", "open_patient", "different_person",
        "open_visit", "see_board", "change_status", "undo_status", "start_draft", "take_over_draft", "drop_draft", "begin_patient_mode",
        "end_patient_mode", "import_form", "see_awaiting", "see_signed", "open_chart", "read_chart", "take_chart", "leave_chart",
        "keep_snippet", "drop_snippet", "call_clinician", "answer_call", "see_calls", "receive_amendment", "amendment_step",
        "see_amendments", "see_requests", "open_request", "change_request", "withdraw_request", "renew_request", "note_delay",
        "open_letter", "write_letter", "see_document", "preview_document", "send_document", "print_document", "export_document",
        "hand_over", "begin_print_run", "end_print_job", "verify_document", "print_form", "export_form", "print_labels", "export_labels",
        "print_envelope", "export_envelope", "account_disclosures", "print_accounting", "export_accounting", "see_on_time",
        "export_on_time", "print_intake", "pdf_intake", "print_note", "pdf_note", "print_homecare", "pdf_homecare", "print_daily_sheet",
        "export_daily_sheet", "print_access", "export_access", "see_retention", "back_up", "drill_backup", "rotate_backups",
        "find_backups", "open_backup",
    }
)  # fmt: skip
"""What nothing is asked of here: everybody at work does it, the program itself, a colleague in an emergency, or who has one of several
tasks; and what counts in it is compared elsewhere (accounts and keys, the seals of rows)."""
BY_ITSELF: Final = frozenset({"begin_anchor_line", "restore_store", "check_store", "rotate_key"})
"""What the program does by itself too, in nobody's name: after a restore, at night, and when it updates an older store."""

_TASKS: Final = {role.value: tasks for role, tasks in PERMITTED.items()}


def permits(role: str | None, action: str, *, emergency: bool = False) -> bool:
    """Tell whether somebody of this role (None: nobody) can have done what an entry tells, in an ``emergency`` or not."""
    task = NEEDS.get(action)
    if task is None:
        return action in FREE
    if role is None:
        return action in BY_ITSELF
    return gives(role, task) or (emergency and task in EMERGENCY)


def gives(role: str | None, task: Task) -> bool:
    """Tell whether a role, as the audit writes it, permits a task."""
    return task in _TASKS.get(role or "", frozenset())
