"""The people who work with the program, and what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from intake.errors import DeniedError


class Role(StrEnum):
    """One role per person."""

    RECEPTIONIST = "receptionist"
    CLINICIAN = "clinician"
    PRINT_DESK = "print_desk"
    ADMINISTRATOR = "administrator"


class Task(StrEnum):
    """What an action needs its actor to be allowed."""

    SEE_PATIENTS = "see_patients"
    RECORD_INTAKE = "record_intake"
    EDIT_PATIENT = "edit_patient"
    CHANGE_STATUS = "change_status"
    PRINT_INTAKE = "print_intake"
    MANAGE_STAFF = "manage_staff"
    CHECK_STORE = "check_store"
    READ_NOTE = "read_note"
    REVIEW = "review"
    PRINT_NOTE = "print_note"
    CALL_CLINICIAN = "call_clinician"
    RECORD_AMENDMENT = "record_amendment"
    DECIDE_AMENDMENT = "decide_amendment"
    VERIFY_DOCUMENT = "verify_document"
    HANDLE_REQUESTS = "handle_requests"
    WRITE_LETTER = "write_letter"
    ACCOUNT_DISCLOSURES = "account_disclosures"
    READ_AUDIT = "read_audit"
    MANAGE_PRACTICE = "manage_practice"
    MANAGE_KEYS = "manage_keys"
    BACK_UP = "back_up"
    RESTORE = "restore"
    REMOVE_RECORDS = "remove_records"
    USE_EMERGENCY = "use_emergency"
    GIVE_ACCESS = "give_access"


_EVERYBODY = frozenset({Task.SEE_PATIENTS, Task.PRINT_INTAKE, Task.VERIFY_DOCUMENT, Task.HANDLE_REQUESTS, Task.WRITE_LETTER, Task.BACK_UP})
_DESK = _EVERYBODY | {Task.RECORD_INTAKE, Task.EDIT_PATIENT, Task.CHANGE_STATUS, Task.CALL_CLINICIAN, Task.RECORD_AMENDMENT}
_NOTE = frozenset({Task.READ_NOTE, Task.PRINT_NOTE, Task.ACCOUNT_DISCLOSURES})
_TRUST = frozenset({Task.MANAGE_STAFF, Task.GIVE_ACCESS, Task.CHECK_STORE, Task.READ_AUDIT, Task.MANAGE_PRACTICE, Task.MANAGE_KEYS})
PERMITTED: dict[Role, frozenset[Task]] = {
    Role.RECEPTIONIST: _DESK,
    Role.CLINICIAN: _DESK | _NOTE | {Task.REVIEW, Task.DECIDE_AMENDMENT, Task.USE_EMERGENCY, Task.REMOVE_RECORDS},
    Role.PRINT_DESK: _EVERYBODY | _NOTE,
    Role.ADMINISTRATOR: _DESK | _TRUST | {Task.ACCOUNT_DISCLOSURES, Task.RESTORE, Task.REMOVE_RECORDS},
}
EMERGENCY: frozenset[Task] = frozenset({Task.READ_AUDIT, Task.CHECK_STORE, Task.GIVE_ACCESS})
"""What emergency access permits beside the role's own tasks: to see who did what, whether all is whole, and to let a colleague in again."""
HOLD_NOTES: frozenset[Role] = frozenset(role for role in Role if {Task.READ_NOTE, Task.MANAGE_STAFF} & PERMITTED[role])
"""The roles whose passwords open the key of the notes: who reads them, and who gives that key to those who do."""
NEED_NOTES: frozenset[Task] = frozenset(task for task in Task if any(task not in PERMITTED[role] for role in set(Role) - HOLD_NOTES))
"""The tasks for which a paper is encrypted under the key of the notes: those that not every role without that key has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """One account. ``login`` is what is typed at sign-in, ``name`` what is shown and printed."""

    id: int
    login: str
    name: str
    role: Role
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts, and from which desk; ``emergency`` says that emergency access is in use."""

    staff: Staff
    workstation: str
    emergency: bool = False

    def may(self, task: Task) -> bool:
        """Tell whether the actor's role, or emergency access, permits the task."""
        return task in PERMITTED[self.staff.role] or (self.emergency and task in EMERGENCY)

    def must(self, task: Task) -> None:
        """Raise DeniedError unless the actor's role permits the task."""
        if not self.may(task):
            code = "not_permitted"
            raise DeniedError(code, task=task.value)
