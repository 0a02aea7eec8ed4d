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


_DESK = frozenset({Task.SEE_PATIENTS, Task.RECORD_INTAKE, Task.EDIT_PATIENT, Task.CHANGE_STATUS, Task.PRINT_INTAKE})
PERMITTED: dict[Role, frozenset[Task]] = {
    Role.RECEPTIONIST: _DESK,
    Role.CLINICIAN: _DESK,
    Role.PRINT_DESK: frozenset({Task.SEE_PATIENTS, Task.PRINT_INTAKE}),
    Role.ADMINISTRATOR: _DESK | {Task.MANAGE_STAFF, Task.CHECK_STORE},
}


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
    """Who acts, and from which desk."""

    staff: Staff
    workstation: str

    def must(self, task: Task) -> None:
        """Raise DeniedError unless the actor's role permits the task."""
        if task not in PERMITTED[self.staff.role]:
            code = "not_permitted"
            raise DeniedError(code, task=task.value)
