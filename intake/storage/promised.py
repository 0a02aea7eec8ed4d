"""Whether documents are as they left, requests stand where something led, and all of it is as the audit sealed it."""

from __future__ import annotations

from dataclasses import dataclass

from intake.domain.numbers import document_number, record_number
from intake.storage.seals import SEALED
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


def altered_promises(store: Store) -> Altered:
    """Return what was altered, removed or added past the audit. Call it inside ``steady``."""
    told = store.audit.sealed()
    broken = {table: _broken(store, table, told) for table in SEALED}
    requests = set(store.traces.impossible())
    requests.update(int(name.partition(".")[0]) for table in _OF_REQUEST for name in broken[table])
    whose = store.disclosures.patients(int(name) for name in broken["disclosure"])
    disclosures = {_whose(name, whose.get(int(name)) or told.get(f"disclosure:{name}", ("", None))[1]) for name in broken["disclosure"]}
    return Altered(
        documents=_documents(store, broken["document"]),
        requests=tuple(document_number(request_id) for request_id in sorted(requests)),
        disclosures=tuple(sorted(disclosures)),
        accounts=(*_logins(store, broken["staff"]), *("" for _ in broken["recovery"])),
    )


def _broken(store: Store, table: str, told: dict[str, tuple[str, int | None]]) -> set[str]:
    """Return the names of the rows of a table that are not as sealed, are sealed and gone, or are there and were never sealed."""
    prefix = f"{table}:"
    sealed = {name.removeprefix(prefix): seal for name, (seal, _) in told.items() if name.startswith(prefix)}
    kept = dict(store.seals.kept(table))
    unsealed = kept.keys() - sealed.keys()
    accounted = store.traces.accounted(table) if unsealed else set()
    return {name for name, seal in sealed.items() if kept.get(name) != seal} | (unsealed - accounted)


def _documents(store: Store, broken: set[str]) -> tuple[str, ...]:
    kept = store.documents.all_known()
    found = {kept[document_id] for document_id in store.documents.altered()}
    found.update(store.documents.untold())
    found.update(store.audit.documents_told() - set(kept.values()))
    found.update(kept[int(name)] for name in broken if int(name) in kept)
    return tuple(sorted(sha256[:12] for sha256 in found))


def _logins(store: Store, broken: set[str]) -> tuple[str, ...]:
    """Return the logins of accounts, the number of one that is gone."""
    logins = {str(staff.id): staff.login for staff in store.staff.all()} if broken else {}
    return tuple(sorted(logins.get(name, name) for name in broken))


def _whose(name: str, patient_id: int | None) -> str:
    return name if patient_id is None else record_number(patient_id)
