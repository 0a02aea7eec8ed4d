"""Which rows are not as the audit sealed them, told as what a person can find: a record, a visit, a setting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from intake.domain.audit import Finding
from intake.domain.numbers import document_number, record_number, visit_number, whole_number
from intake.storage.sealed_tables import ROWS_SEALED
from intake.storage.store import Store

Told = Mapping[str, Mapping[str, tuple[str, int | None]]]
"""By table and name of each row that was sealed, its last seal and the patient that entry is of."""


def by_table(sealed: Mapping[str, tuple[str, int | None]]) -> Told:
    """Return what was sealed, as the audit names it, by table: once for all tables, each of which then looks at its own alone."""
    told: dict[str, dict[str, tuple[str, int | None]]] = {}
    for named, seal in sealed.items():
        table, _, name = named.partition(":")
        told.setdefault(table, {})[name] = seal
    return told


def altered_rows(store: Store, told: Told) -> tuple[Finding, ...]:
    """Return what was altered, removed or added past the audit, each place once. Call it inside ``steady``."""
    all_sealed = store.seals.all_sealed()
    gone = {str(patient_id) for patient_id in store.retention.gone()}
    found = []
    for table in ROWS_SEALED:
        names = broken_names(store, table, told, all_sealed=table in all_sealed)
        if table == "patient":
            names -= gone  # told by itself
        found += [_finding(store, table, name) for name in names]
    return tuple(dict.fromkeys(sorted(found, key=lambda finding: (finding.code, finding.place))))


def broken_names(store: Store, table: str, told: Told, *, all_sealed: bool = True) -> set[str]:
    """Return the names of the rows of a table that are not as sealed, are sealed and gone, or are there and were never sealed."""
    sealed = told.get(table, {})
    kept = dict(store.seals.kept(table))
    unsealed = kept.keys() - sealed.keys() if all_sealed else set()
    accounted = store.traces.accounted(table) if unsealed else set()
    return {name for name, (seal, _) in sealed.items() if kept.get(name) != seal} | (unsealed - accounted)


def serial_of(name: str) -> int | None:
    """Return the number of what a row belongs to, None when its name tells none."""
    return whole_number(name.partition(".")[0])


def _finding(store: Store, table: str, name: str) -> Finding:
    code, place = _FOUND[table]
    return Finding(code=code, place=place(store, name))


def _numbered(number: Callable[[int], str]) -> Callable[[Store, str], str]:
    """Return how a row is named by the number of what it belongs to."""

    def place(_: Store, name: str) -> str:
        serial = serial_of(name)
        return name if serial is None else number(serial)

    return place


def _of_patient(table: str) -> Callable[[Store, str], str]:
    """Return how a row is named by the patient's record, by its own number when it is gone."""

    def place(store: Store, name: str) -> str:
        patient_id = store.seals.patient_of(table, name.partition(".")[0])
        return name if patient_id is None or patient_id < 0 else record_number(patient_id)

    return place


def _of_visit(table: str) -> Callable[[Store, str], str]:
    """Return how a row is named by its visit, by its table and own number when it is gone."""

    def place(store: Store, name: str) -> str:
        visit_id = store.seals.visit_of(table, name)
        return f"{table} {name}" if visit_id is None else visit_number(visit_id)

    return place


def _words(_: Store, name: str) -> str:
    try:
        return " ".join(bytes.fromhex(part).decode("utf-8", "replace") for part in name.split("."))
    except ValueError:  # a name that this program never gave
        return name


def _login(store: Store, name: str) -> str:
    return next((staff.login for staff in store.staff.all() if str(staff.id) == name), name)


def _itself(_: Store, name: str) -> str:
    return name


_FOUND: Final[Mapping[str, tuple[str, Callable[[Store, str], str]]]] = {
    "patient": ("patient_altered", _numbered(record_number)),
    "visit": ("visit_altered", _numbered(visit_number)),
    "visit_asked": ("visit_altered", _numbered(visit_number)),
    "visit_noted": ("visit_altered", _numbered(visit_number)),
    "correction": ("visit_altered", _of_visit("correction")),
    "acknowledgement": ("visit_altered", _of_visit("acknowledgement")),
    "review": ("signed_altered", _numbered(visit_number)),
    "addendum": ("signed_altered", _numbered(visit_number)),
    "letter": ("letter_altered", _numbered(document_number)),
    "letter_signature": ("signed_altered", _numbered(document_number)),
    "amendment": ("amendment_altered", _of_patient("amendment")),
    "amendment_step": ("amendment_altered", _of_patient("amendment")),
    "keep": ("retention_altered", _of_patient("keep")),
    "removal": ("retention_altered", _of_patient("removal")),
    "second_factor": ("account_altered", _login),
    "emergency_use": ("emergency_altered", _itself),
    "setting": ("setting_altered", _words),
    "override": ("rule_altered", _words),
    "practice_snippet": ("snippet_altered", _words),
    "backup_target": ("target_altered", _itself),
}
