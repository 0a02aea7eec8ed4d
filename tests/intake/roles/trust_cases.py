"""The tasks asked for by the actions of access, audit, backup, the practice and removal; and the open ones among them."""

from __future__ import annotations

from typing import Final
from zoneinfo import ZoneInfo

from intake.actions.practice_settings import ClinicForm, PracticeForm
from intake.actions.retention_copy import MadeCopy
from intake.domain.audit import AccessReport, Asked, Link
from intake.domain.backups import Keep, KeptBackup, Manifest
from intake.domain.staff import Role, Task
from tests.factories import NOW, PASSWORD, TODAY
from tests.intake.roles.case import Case, each

_MANIFEST: Final = Manifest(
    store_id="", realm="real", taken_at=NOW, workstation="desk-1", schema="", key_check="", audit_seq=1, audit_hash="", counts={}, files={}
)  # fmt: skip
_REPORT: Final = AccessReport(patient_id=1, first=TODAY, last=TODAY, asked_at=NOW, entries=(), viewers=())
TRUST_SCENE: Final[dict[str, object]] = {
    "zone": ZoneInfo("America/New_York"), "asked": Asked(), "target_id": 1, "folder": "relative", "keep": Keep(),
    "link": Link(seq=1, hash=bytes(32)), "why": "A reason", "shown": (), "removal_id": 1, "code": "000000",
    "roles": frozenset({Role.CLINICIAN}), "backup": KeptBackup(folder="", name="", manifest=_MANIFEST), "action": "unlock",
    "present": PASSWORD, "expected": NOW,
}  # fmt: skip
"""What these actions are given, by the names of their parameters."""
_FILE: Final = {"name": "homecare/neck-care-1.toml"}
_CLINIC: Final = ClinicForm(line1="1 Sample Street", city="Union", state="NJ", zip_code="07083")

TRUST_CASES: Final[tuple[Case, ...]] = (
    *each(Task.MANAGE_STAFF, "accounts.add_staff", "accounts.set_active", "emergency.see_emergencies", "emergency.unseen_emergencies"),
    *each(Task.MANAGE_STAFF, "second_factor.choose_roles_with_second_factor"),
    *each(Task.GIVE_ACCESS, "accounts.change_password", "second_factor.remove_second_factor"),
    Case(action="emergency.begin_emergency", task=Task.USE_EMERGENCY, recorded=True),
    *each(Task.MANAGE_KEYS, "key_advice.key_advice", "recovery.new_recovery_key", "recovery.recovery_state"),
    Case(action="recovery.confirm_recovery_key", task=Task.MANAGE_KEYS, given={"typed": ""}),
    *each(Task.READ_AUDIT, "audit_reading.access_report", "audit_reading.actions_taken", "audit_reading.patient_of"),
    *each(Task.READ_AUDIT, "audit_reading.people", "audit_reading.read_audit"),
    Case(action="audit_reading.export_audit", task=Task.READ_AUDIT, given={"form": "csv"}),
    Case(action="audit_reading.note_access_report", task=Task.READ_AUDIT, given={"report": _REPORT, "content": b"", "way": "file"}),
    *each(Task.CHECK_STORE, "check.check_store", "check.checking", "check.check_printed", "check.latest_checks"),
    Case(action="check.record_check", task=Task.CHECK_STORE, given={"report": "=checked", "took_ms": 1}),
    *each(Task.HANDLE_REQUESTS, "daily.count_day", "daily.make_daily_sheet"),
    *each(Task.BACK_UP, "backup_targets.backups_at", "backup_targets.targets"),
    Case(action="backup_targets.take_up_found", task=Task.BACK_UP, given={"found": {}, "workstation": "desk-1"}),
    *each(Task.MANAGE_PRACTICE, "backup_targets.add_target", "backup_targets.remove_target", "backup_targets.set_keep_rule"),
    *each(Task.RESTORE, "check.accept_store", "restoring.loss_since", "restoring.open_signed_in"),
    *each(Task.MANAGE_PRACTICE, "idle.choose_idle_minutes", "setup.choose_desk_location", "practice_settings.practice_form"),
    Case(action="practice_settings.change_practice", task=Task.MANAGE_PRACTICE, given={"form": PracticeForm(name="Sample")}),
    Case(action="practice_settings.clinic_form", task=Task.MANAGE_PRACTICE, given={"key": "loc.union"}),
    Case(action="practice_settings.change_clinic", task=Task.MANAGE_PRACTICE, given={"key": "loc.union", "form": _CLINIC}),
    *each(Task.MANAGE_PRACTICE, "notes.keep_practice_snippet", "notes.drop_practice_snippet"),
    *each(Task.MANAGE_PRACTICE, "overrides.changed_elsewhere", "overrides.own_files"),
    Case(action="overrides.content_in_use", task=Task.MANAGE_PRACTICE, given=_FILE),
    Case(action="overrides.put_back", task=Task.MANAGE_PRACTICE, given=_FILE),
    Case(action="overrides.take_away", task=Task.MANAGE_PRACTICE, given=_FILE),
    Case(action="overrides.take_in", task=Task.MANAGE_PRACTICE, given={**_FILE, "content": b""}),
    *each(Task.REMOVE_RECORDS, "retention.keep_no_more", "retention.keep_record", "retention.overview", "retention.propose"),
    *each(Task.REMOVE_RECORDS, "retention.remove", "retention.removal_of", "retention.search_kept", "retention.withdraw"),
    *each(Task.REMOVE_RECORDS, "retention.consent", "retention.forget_words"),
    *each(Task.REMOVE_RECORDS, "retention_copy.copy_source", also=Task.READ_NOTE),
    Case(
        action="retention_copy.note_copy",
        task=Task.REMOVE_RECORDS,
        also=Task.READ_NOTE,
        given={"made": MadeCopy(name="", pdf=b"", rows=b"")},
    ),
)

TRUST_OPEN: Final[dict[str, str]] = {
    "access.confirm": "Holds the actor's own password against what was typed.",
    "access.lock": "Everybody who is signed in may lock the desk.",
    "access.sign_out": "Everybody who is signed in may leave.",
    "access.unlock": "Lets only the person in who is signed in, with the password.",
    "accounts.change_own_password": "Changes the actor's own account only, with its present password.",
    "accounts.may_stay": "Asks about the actor's own account only.",
    "clock.note_clock_jump": "Records what this desk's clock did; it opens nothing.",
    "confirming.confirm_password": "Holds the actor's own password against what was typed.",
    "emergency.refuse_ended": "Only ever refuses, after the task was asked for.",
    "notes.practice_snippets": "Asks for one of two tasks: writing notes or managing the practice.",
    "rules_in_use.note_rules": "Records which versions are in use since the sign-in; it opens nothing.",
    "second_factor.begin_enrolment": "Gives the actor's own account a second factor.",
    "second_factor.confirm_enrolment": "Confirms the actor's own second factor.",
    "second_factor.must_enrol": "Asks about the actor's own account only.",
}

TRUST_INNER: Final[dict[str, str]] = {
    "found_backups.remember": "of looking what lies in a folder and of taking backups away",
    "closing_notes.begin_notes": "of signing in; only who may hold the key of the notes chooses it",
    "new_key.exchange_key": "of giving the store a new key",
    "own_keys.begin_signing": "of signing in",
    "own_keys.tell_altered": "of signing in",
    "overrides.put": "of taking a file in and of changing the practice",
    "second_factor.refuse_reach": "of changing a password and of taking a second factor away",
}
