"""What it takes to change what is sealed, by table: a seal that somebody tells whose role permits none of it counts for nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from intake.domain.audit_tasks import gives
from intake.domain.staff import Task

_ANYBODY: Final = frozenset({Task.SEE_PATIENTS})
_PAPERS: Final = frozenset({Task.HANDLE_REQUESTS})
_SIGNED: Final = frozenset({Task.REVIEW})
_RETENTION: Final = frozenset({Task.REMOVE_RECORDS})
_PRACTICE: Final = frozenset({Task.MANAGE_PRACTICE})
CHANGES: Final[Mapping[str, frozenset[Task]]] = {
    **dict.fromkeys(("request", "request_step", "handover", "document", "disclosure"), _PAPERS),
    "patient": frozenset({Task.RECORD_INTAKE, Task.EDIT_PATIENT}),
    "visit": frozenset({Task.RECORD_INTAKE, Task.CHANGE_STATUS, Task.REVIEW}),
    "visit_asked": frozenset({Task.RECORD_INTAKE}),
    "visit_noted": _ANYBODY,
    **dict.fromkeys(("review", "addendum", "letter_signature", "correction", "acknowledgement"), _SIGNED),
    "letter": frozenset({Task.WRITE_LETTER}),
    "amendment": frozenset({Task.RECORD_AMENDMENT}),
    "amendment_step": frozenset({Task.DECIDE_AMENDMENT}),
    **dict.fromkeys(("keep", "removal"), _RETENTION),
    "second_factor": _ANYBODY,
    "emergency_use": frozenset({Task.USE_EMERGENCY, Task.MANAGE_STAFF}),
    **dict.fromkeys(("override", "practice_snippet", "backup_target"), _PRACTICE),
}
"""One of these tasks. Accounts, keys and the recovery key are compared by themselves; prompts are raised by whoever is at work."""
_OF_SETTINGS: Final[Mapping[tuple[str, str], frozenset[Task]]] = {
    ("practice", "second_factor_roles"): frozenset({Task.MANAGE_STAFF}),
    **dict.fromkeys((("practice", "rules_in_use"), ("practice", "restored")), _ANYBODY),
}
_OF_ALL: Final = frozenset({"practice", ""})
"""The scopes of what holds at every desk."""
_BY_ITSELF: Final = frozenset({("tries", "told"), ("practice", "restored")})
"""The settings by which the program keeps in mind, before anybody is in, what it told and where it stopped."""


def tells(role: str | None, table: str, setting: tuple[str, str] | None = None) -> bool:
    """Tell whether somebody of this role (None: nobody) may change rows of a table; of settings, the one named by scope and name."""
    if setting is not None and setting in _BY_ITSELF:
        return True
    wanted = CHANGES.get(table, frozenset()) if setting is None else _of_setting(*setting)
    return role is not None and any(gives(role, task) for task in wanted)


def unsigned(setting: tuple[str, str] | None) -> bool:
    """Tell whether a seal counts that nobody signed: one of what the program keeps in mind by itself."""
    return setting is not None and setting in _BY_ITSELF


def _of_setting(scope: str, name: str) -> frozenset[Task]:
    """Return what it takes to change a setting: a desk's anybody who is at it."""
    return _OF_SETTINGS.get((scope, name), _PRACTICE if scope in _OF_ALL else _ANYBODY)
