"""The codes of the audit and of a check in words, for screen, paper and command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from intake.domain.audit import CheckRun, Entry, Finding
from intake.entry.audit_actions import ACTIONS

OUTCOMES: Final = {
    "done": "Done",
    "refused": "Refused",
    "too_soon": "Refused, too soon after the last try",
    "wrong_code": "Refused, wrong code",
    "code_asked": "Asked for the code of the second factor",
    "not_whole": "Found not whole",
    "failed": "Failed",
}
FINDINGS: Final = {
    "pages_damaged": "pages of the file are damaged ({place} found)",
    "audit_broken": "the audit breaks at entry {place}: it is missing, was altered, or stands in another's place",
    "audit_cut": "entries {place} of the audit are missing at its end: the file was cut, or is an older one",
    "another_past": "entry {place} of the audit is not the one that was noted outside the file: this is another past",
    "anchor_altered": "the last link noted outside the file ({place}) was altered",
    "anchor_missing": "the last link noted outside the file is missing: audit-anchor.txt beside the store",
    "anchor_begun_anew": "the last link noted outside the file was taken away and begun anew since the last check",
    "signature_wrong": "entry {place} of the audit is not the one that was signed: it, or one before it, was written anew",
    "entries_unsigned": "entries stand in the name of {place}, and that person did not sign them",
    "own_work_altered": "at a sign-in, what that person had done last was not as it was signed ({place})",
    "signer_not_told": "the key by which {place} signs was not given by anybody who may",
    "signer_gone": "a key that signed, told of in entry {place}, is missing or was altered",
    "not_permitted_entry": "entry {place} tells of what nobody of that role can have done",
    "loose_references": "{place} rows refer to rows that are not there",
    "in_no_list": "{place} visits are in no list",
    "account_altered": "the account {place} (role, password, second factor) is not as the audit tells it",
    "recovery_altered": "the recovery key is not the one that the audit tells of",
    "notes_key_altered": "the key of the notes is not the one that the audit tells of",
    "notes_key_missing": "the key of the notes is missing for {place}, who should hold it",
    "notes_key_surplus": "the key of the notes was given to {place}, who should not hold it",
    "guard_altered": "the guard {place} is missing or was altered",
    "signed_altered": "{place} is not as it was signed",
    "document_altered": "the document {place}… is not as it left",
    "request_altered": "the request {place} is not as it was recorded",
    "disclosure_altered": "what was told of {place} is not as it was recorded",
    "patient_altered": "the record {place} is not as somebody kept it",
    "visit_altered": "the visit {place} is not as somebody kept it",
    "letter_altered": "the letter {place} is not as somebody wrote it",
    "amendment_altered": "a request to amend the record of {place} is not as it was recorded",
    "retention_altered": "whether {place} is kept or may be removed is not as it was recorded",
    "emergency_altered": "emergency access number {place} is not as it was recorded",
    "setting_altered": "the setting {place} is not as somebody chose it",
    "rule_altered": "the practice's own file {place} is not as it was taken in",
    "snippet_altered": "the practice's snippet {place} is not as somebody wrote it",
    "target_altered": "folder number {place} for backups is not as it was chosen",
    "patient_gone": "the record {place} is not there, though nobody removed it by the rules",
}
PLACES: Final = {"data": "beside the store", "desk": "at this desk"}
ROLES: Final = {
    "receptionist": "receptionist", "clinician": "clinician", "print_desk": "print desk", "administrator": "administrator",
}  # fmt: skip
BY_ITSELF: Final = "Intake Desk itself"
NOBODY: Final = "Nobody signed in"
SHOWN: Final = 3


def action_words(action: str) -> str:
    """Return an action in words."""
    return ACTIONS.get(action) or action.replace("_", " ").capitalize()


def outcome_words(outcome: str) -> str:
    """Return an outcome in words."""
    return OUTCOMES.get(outcome) or outcome.replace("_", " ").capitalize()


def person_words(entry: Entry) -> str:
    """Return who acted, in words also when it was nobody."""
    if entry.staff_name:
        return entry.staff_name
    return NOBODY if entry.action in ("sign_in", "recover", "open_backup") else BY_ITSELF


def role_words(entry: Entry) -> str:
    """Return the role that who acted had then, empty when it was nobody."""
    return ROLES[entry.role.value] if entry.role else ""


def finding_words(finding: Finding) -> str:
    """Return what is wrong in words that begin small and end without a full stop."""
    place, told = PLACES.get(finding.place, finding.place), FINDINGS.get(finding.code)
    if told is None:  # found by a later version, or on another desk
        return f"{finding.code.replace('_', ' ')} ({place})"
    return told.format(place=place)


def found_words(findings: Sequence[Finding], *, entries: int, last: str) -> str:
    """Return what a check found as one line: that all is whole, or exactly what is not."""
    if not findings:
        return f"All is whole: {entries:,} audit entries. Last link {last}."
    told = "; ".join(finding_words(finding) for finding in findings[:SHOWN])
    more = f"; and {len(findings) - SHOWN} more" if len(findings) > SHOWN else ""
    return f"Not whole: {told}{more}."


def run_words(run: CheckRun) -> str:
    """Return what a check that was made found as one line."""
    return found_words(run.findings, entries=run.entries, last=run.last)


def stamp_words(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant as it stands in a list, to the second."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")
