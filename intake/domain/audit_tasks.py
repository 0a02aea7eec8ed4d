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
"""What an entry with this action takes. Looks at what a role may see are left out where several tasks open it."""
BY_ITSELF: Final = frozenset({"begin_anchor_line", "restore_store", "check_store", "rotate_key"})
"""What the program does by itself too, in nobody's name: after a restore, at night, and when it updates an older store."""

_TASKS: Final = {role.value: tasks for role, tasks in PERMITTED.items()}


def permits(role: str | None, action: str, *, emergency: bool = False) -> bool:
    """Tell whether somebody of this role (None: nobody) can have done what an entry tells, in an ``emergency`` or not."""
    task = NEEDS.get(action)
    if task is None:
        return True
    if role is None:
        return action in BY_ITSELF
    return gives(role, task) or (emergency and task in EMERGENCY)


def gives(role: str | None, task: Task) -> bool:
    """Tell whether a role, as the audit writes it, permits a task."""
    return task in _TASKS.get(role or "", frozenset())
