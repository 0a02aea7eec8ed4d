"""Entries of the audit for other programs: a table for a spreadsheet, or one JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final
from zoneinfo import ZoneInfo

from intake.domain.audit import Entry
from intake.entry.audit_words import action_words, outcome_words, person_words, stamp_words
from intake.interop.tables import Cell, table_csv

HEAD: Final = (
    "Entry", "Time UTC", "Time at the clinics", "Person", "Login", "Role", "Desk", "Action", "Action in words", "Record", "Visit",
    "Version", "Outcome", "Reason", "Old and new",
)  # fmt: skip


def audit_csv(entries: Iterable[Entry], zone: ZoneInfo) -> bytes:
    """Return entries as CSV. A patient stands in it by record number only; old and new values are JSON in one cell."""
    return table_csv(HEAD, (_cells(entry, zone) for entry in entries))


def audit_json_lines(entries: Iterable[Entry]) -> bytes:
    """Return entries as UTF-8, one JSON object a line."""
    return "".join(json.dumps(entry_object(entry), ensure_ascii=False) + "\n" for entry in entries).encode()


def entry_object(entry: Entry) -> dict[str, object]:
    """Return an entry as JSON holds it; names are left out, record number and login say who."""
    return {
        "seq": entry.seq,
        "at": entry.at.isoformat(timespec="milliseconds"),
        "login": entry.staff_login,
        "role": entry.role.value if entry.role else None,
        "workstation": entry.workstation,
        "action": entry.action,
        "mrn": entry.record_number,
        "visit": entry.visit_number,
        "version": entry.object_version,
        "outcome": entry.outcome,
        "reason": entry.reason,
        "changes": {path: list(change) for path, change in entry.changes.items()},
    }


def _cells(entry: Entry, zone: ZoneInfo) -> list[Cell]:
    told = {path: list(change) for path, change in entry.changes.items()}
    return [
        entry.seq,
        entry.at.isoformat(timespec="milliseconds"),
        stamp_words(entry.at, zone),
        person_words(entry),
        entry.staff_login,
        entry.role.value if entry.role else None,
        entry.workstation,
        entry.action,
        action_words(entry.action),
        entry.record_number,
        entry.visit_number,
        entry.object_version,
        outcome_words(entry.outcome),
        entry.reason,
        json.dumps(told, ensure_ascii=False) if told else None,
    ]
