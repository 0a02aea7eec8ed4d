"""What was told to whom. Rows are only ever added."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.domain.documents import Disclosure
from intake.storage.driver import Connection
from intake.storage.rows import insert_sql, instant, instant_text
from intake.storage.seals import Seals

_INSERT = insert_sql(
    "disclosure",
    (
        "patient_id", "request_id", "document_id", "event", "recipient", "address", "what", "purpose", "accountable", "staff_id", "at",
    ),
)  # fmt: skip
_SELECT = (
    "SELECT disclosure.at, disclosure.event, disclosure.recipient, disclosure.address, disclosure.what, disclosure.purpose,"
    " disclosure.accountable, staff.name FROM disclosure JOIN staff ON staff.id = disclosure.staff_id"
    " WHERE disclosure.patient_id = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Whose document was told of, and which one; both ids are None when there is none."""

    patient_id: int
    request_id: int | None
    document_id: int | None


class Disclosures:
    """The table of disclosures. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, seals: Seals) -> None:
        """Work over this connection; each row that is added is sealed."""
        self._connection = connection
        self._seals = seals

    def add(self, about: About, told: Disclosure, *, staff_id: int) -> None:
        """Keep one disclosure."""
        row = (
            about.patient_id, about.request_id, about.document_id, told.event, told.recipient, told.address, told.what, told.purpose,
            int(told.accountable), staff_id, instant_text(told.at),
        )  # fmt: skip
        self._seals.add("disclosure", int(self._connection.execute(_INSERT, row).lastrowid or 0), at=told.at)

    def patients(self, disclosure_ids: Iterable[int]) -> dict[int, int]:
        """Return the patient of each of these disclosures that is there."""
        wanted = json.dumps(list(disclosure_ids))
        return dict(
            self._connection.execute("SELECT id, patient_id FROM disclosure WHERE id IN (SELECT value FROM json_each(?))", (wanted,))
        )

    def of_patient(self, patient_id: int) -> tuple[Disclosure, ...]:
        """Return all that was told of a patient, the latest first."""
        rows = self._connection.execute(f"{_SELECT} ORDER BY disclosure.at DESC, disclosure.id DESC", (patient_id,))
        return tuple(_disclosure(row) for row in rows)

    def accountable(self, patient_id: int, *, since: datetime) -> tuple[Disclosure, ...]:
        """Return the accountable disclosures of a patient from an instant on, the latest first."""
        rows = self._connection.execute(
            f"{_SELECT} AND disclosure.accountable AND disclosure.at >= ? ORDER BY disclosure.at DESC, disclosure.id DESC",
            (patient_id, instant_text(since)),
        )
        return tuple(_disclosure(row) for row in rows)


def _disclosure(row: tuple[Any, ...]) -> Disclosure:
    at, event, recipient, address, what, purpose, accountable, by = row
    return Disclosure(
        at=instant(at),
        event=event,
        recipient=recipient,
        address=address,
        what=what,
        purpose=purpose,
        accountable=bool(accountable),
        by=by,
    )
