"""Whether documents are as they left, requests stand where something led, and all of it is as the audit sealed it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from intake.domain.numbers import document_number, record_number
from intake.storage.altered_rows import Told, broken_names, serial_of
from intake.storage.seals import SEALED_FIRST
from intake.storage.store import Store

_OF_REQUEST = ("request", "request_step", "handover")


@dataclass(frozen=True, slots=True, kw_only=True)
class Altered:
    """What is not as it was: documents by the beginning of their SHA-256, requests by number, disclosures by the patient's number.

    A disclosure of which nothing tells whose it was is known by its own number. Accounts stand by login, "" for the recovery key's slot.
    """

    documents: tuple[str, ...]
    requests: tuple[str, ...]
    disclosures: tuple[str, ...]
    accounts: tuple[str, ...]


def altered_promises(store: Store, told: Told) -> Altered:
    """Return what was altered, removed or added past the audit. Call it inside ``steady``."""
    broken = {table: broken_names(store, table, told) for table in SEALED_FIRST}
    requests = {name for table in _OF_REQUEST for name in broken[table]} | {str(request_id) for request_id in store.traces.impossible()}
    whose = {str(serial): patient_id for serial, patient_id in store.disclosures.patients(_serials(broken["disclosure"])).items()}
    of_entries = told.get("disclosure", {})
    disclosures = {_whose(name, whose.get(name) or of_entries.get(name, ("", None))[1]) for name in broken["disclosure"]}
    return Altered(
        documents=_documents(store, broken["document"]),
        requests=_requests(requests),
        disclosures=tuple(sorted(disclosures)),
        accounts=(*_logins(store, broken["staff"]), *("" for _ in broken["recovery"])),
    )


def _requests(names: set[str]) -> tuple[str, ...]:
    """Return the numbers of requests, each once, and after them the names that tell none."""
    others = sorted(name for name in names if serial_of(name) is None)
    return (*(document_number(serial) for serial in sorted(_serials(names))), *others)


def _serials(names: Iterable[str]) -> set[int]:
    return {serial for name in names if (serial := serial_of(name)) is not None}


def _documents(store: Store, broken: set[str]) -> tuple[str, ...]:
    kept = store.documents.all_known()
    found = {kept[document_id] for document_id in store.documents.altered()}
    found.update(store.documents.untold())
    found.update(store.audit.documents_told() - set(kept.values()))
    found.update(kept[serial] for serial in _serials(broken) & kept.keys())
    return tuple(sorted(sha256[:12] for sha256 in found))


def _logins(store: Store, broken: set[str]) -> tuple[str, ...]:
    """Return the logins of accounts, the number of one that is gone."""
    logins = {str(staff.id): staff.login for staff in store.staff.all()} if broken else {}
    return tuple(sorted(logins.get(name, name) for name in broken))


def _whose(name: str, patient_id: int | None) -> str:
    return name if patient_id is None else record_number(patient_id)
