"""The one table of roles: what each task lets a person do or see, in words, and which role may. Screen and docs are drawn from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from intake.domain.staff import EMERGENCY, PERMITTED, Role, Task

Kind = Literal["see", "do"]
May = Literal["yes", "no", "with_emergency"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWords:
    """A task in words: its name in the table, what it lets a person ``see`` or ``do``, and the whole of it in a sentence."""

    task: Task
    kind: Kind
    name: str
    means: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleLine:
    """One line of the table: a task in words, and for each role whether it may."""

    words: TaskWords
    may: dict[Role, May]


ROLE_NAMES: Final[dict[Role, str]] = {
    Role.RECEPTIONIST: "Receptionist",
    Role.CLINICIAN: "Clinician",
    Role.PRINT_DESK: "Print desk",
    Role.ADMINISTRATOR: "Administrator",
}

MAY_WORDS: Final[dict[May, str]] = {"yes": "may", "no": "may not", "with_emergency": "with emergency access"}


def _sees(task: Task, name: str, means: str) -> TaskWords:
    return TaskWords(task=task, kind="see", name=name, means=means)


def _does(task: Task, name: str, means: str) -> TaskWords:
    return TaskWords(task=task, kind="do", name=name, means=means)


TASK_WORDS: Final[tuple[TaskWords, ...]] = (
    _sees(
        Task.SEE_PATIENTS, "Patients and visits", "Find a patient, open the record and the checklist of a visit, see Today and open calls."
    ),
    _does(
        Task.RECORD_INTAKE, "Record an intake", "Take a new patient or a new visit, hand the screen to the patient, read a filled form in."
    ),
    _does(Task.EDIT_PATIENT, "Change patient data", "Correct name, contact and coverage; every change keeps the old value."),
    _does(Task.CHANGE_STATUS, "Move a visit on", "Say that a patient waits, is seen or has left, and take that back."),
    _does(Task.CALL_CLINICIAN, "Call a clinician", "Ask a clinician to come to the patient in hand, and see whether one comes."),
    _does(Task.RECORD_AMENDMENT, "Take a request to amend", "Write down what a patient wants changed in the record."),
    _sees(Task.READ_NOTE, "Clinicians’ notes", "Read charts, notes and signatures, and which visits are signed."),
    _does(Task.REVIEW, "Review and sign", "Answer prompts, write and sign a note, correct an answer, add an addendum, keep snippets."),
    _does(Task.DECIDE_AMENDMENT, "Decide a request to amend", "Accept or deny it, with the words that go to the patient."),
    _does(
        Task.PRINT_INTAKE, "Print intake papers", "Print or save the intake form, empty forms and cover lists, and set how a desk prints."
    ),
    _does(Task.PRINT_NOTE, "Print clinical papers", "Print or save the visit note, the home-care sheet and a copy of the record."),
    _does(Task.HANDLE_REQUESTS, "Promised documents", "Open a request, follow it, print what is ready, hand it over or withdraw it."),
    _does(Task.WRITE_LETTER, "Letters", "Write a letter for a request and keep it; a clinician signs those that need it."),
    _does(Task.VERIFY_DOCUMENT, "Check a paper", "Hold a PDF against the record and see whether it is the one that left."),
    _sees(
        Task.ACCOUNT_DISCLOSURES, "Accounting of disclosures", "See to whom a patient’s information was given and why, and print that list."
    ),
    _does(Task.MANAGE_STAFF, "Accounts", "Make an account, give it its role, let it sign in no longer."),
    _does(Task.GIVE_ACCESS, "Let a colleague in again", "Give a new password, or take a second factor away that is lost."),
    _does(
        Task.MANAGE_PRACTICE,
        "Practice settings",
        "Change name, letterhead, clinics, idle time, practice snippets and the practice’s own files.",
    ),
    _does(Task.MANAGE_KEYS, "Keys of the store", "Change the store’s key, print a new recovery key."),
    _sees(Task.READ_AUDIT, "Audit", "See who did what and when, and who looked at a chart; export it."),
    _does(Task.CHECK_STORE, "Check the store", "Have every page, reference, seal and audit entry checked."),
    _does(Task.BACK_UP, "Back up", "Make a backup now, and see when one was last proven."),
    _does(Task.RESTORE, "Restore", "Put a backup in the place of the store."),
    _does(
        Task.REMOVE_RECORDS,
        "Remove old records",
        "Propose or consent to the removal of records past their legal time; it takes two people.",
    ),
    _does(
        Task.USE_EMERGENCY,
        "Emergency access",
        "Sign in without the second factor, with a reason, for an hour; it is told to the administrator.",
    ),
)
"""Every task, in the order of a day: the desk, the clinician, paper, the practice."""


def may(role: Role, task: Task) -> May:
    """Tell whether a role may do a task: always, never, or only with emergency access."""
    if task in PERMITTED[role]:
        return "yes"
    return "with_emergency" if task in EMERGENCY and Task.USE_EMERGENCY in PERMITTED[role] else "no"


def role_table() -> tuple[RoleLine, ...]:
    """Return the table, a line for each task."""
    return tuple(RoleLine(words=words, may={role: may(role, words.task) for role in Role}) for words in TASK_WORDS)


def roles_page() -> str:
    """Return ``docs/roles.md``: the table as Markdown."""
    names = [ROLE_NAMES[role] for role in Role]
    signs: dict[May, str] = {**MAY_WORDS, "yes": "✓", "no": "–"}
    rows = [f"| {line.words.name} | {line.words.means} | {' | '.join(signs[line.may[role]] for role in Role)} |" for line in role_table()]
    return "\n".join(
        (*_PAGE_HEAD, f"| task | what it lets a person see or do | {' | '.join(names)} |", "|---|---|" + ":-:|" * len(names), *rows, "")
    )


_PAGE_HEAD: Final = (
    "# Who may do what",
    "",
    "Made by `make docs` from `intake/domain/roles.py`; a test fails while the two differ. The same table stands in the program under",
    "Settings, Roles. It is enforced in `intake/actions`, for the window and the command line alike: every action asks for one of these",
    "tasks, or stands in `tests/intake/roles/cases.py` with the reason why it is open to everybody who is signed in. Another test calls",
    "every action as every role.",
    "",
    f"✓ may · – may not · {MAY_WORDS['with_emergency']}: only while it is in use, for an hour, with a reason that is audited.",
    "",
)
