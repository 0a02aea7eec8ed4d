"""Seals: the SHA-256 of each row of what was promised and told, and of each account; the audit carries it, and tells an altered row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from intake.storage.driver import Connection


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A table whose rows are sealed: what names a row, where the row just written is found, and the columns sealed with it."""

    name: str
    row: str
    columns: str


_STEP_COLUMNS = "request_id, number, what, words, staff_id, at"
SEALED: Final[Mapping[str, Sealed]] = {
    "request": Sealed(
        name="id",
        row="id = ?",
        columns="id, patient_id, visit_id, kind, paper, waits_for, task, location, asked_by, leaves_by, recipient, address, purpose,"
        " language, opened_at, opened_by, due_at",
    ),
    "request_step": Sealed(name="request_id || '.' || number", row="request_id = ? ORDER BY number DESC LIMIT 1", columns=_STEP_COLUMNS),
    "handover": Sealed(
        name="request_id", row="request_id = ?", columns="request_id, document_id, recipient, identity, late_reason, staff_id, at"
    ),
    "document": Sealed(
        name="id",
        row="id = ?",
        columns="id, request_id, patient_id, visit_id, kind, version, preliminary, sha256, content IS NOT NULL, pages, language, copy_of,"
        " stamp, how, target, staff_id, at",
    ),
    "disclosure": Sealed(
        name="id",
        row="id = ?",
        columns="id, patient_id, request_id, document_id, event, recipient, address, what, purpose, accountable, staff_id, at",
    ),
    "staff": Sealed(
        name="id",
        row="id = ?",
        columns="id, login, name, role, active, slot,"
        " (SELECT secret FROM second_factor WHERE second_factor.staff_id = staff.id AND confirmed_at IS NOT NULL),"
        " (SELECT group_concat(sha256, ' ') FROM spare_code WHERE spare_code.staff_id = staff.id)",
    ),
    "recovery": Sealed(name="id", row="id = ?", columns="id, slot"),
}
"""Where a request stands is not sealed with it: its steps tell that, and they are sealed one by one. An account is sealed with its
second factor and spare codes: whoever gives or takes them seals the account anew."""


class Seals:
    """The seals of the rows written since the audit's last entry; its next one tells them."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection, with nothing to tell."""
        self._connection = connection
        self._untold: dict[str, str] = {}
        self.at: datetime | None = None

    def add(self, table: str, key: int, *, at: datetime) -> None:
        """Seal the row that was just written, or written anew, at this instant."""
        sealed = SEALED[table]
        sql = f"SELECT {sealed.name}, {sealed.columns} FROM {table} WHERE {sealed.row}"  # noqa: S608 - our own words
        name, *row = self._connection.execute(sql, (key,)).fetchone() or (key,)
        self._untold[f"{table}:{name}"] = seal_of(row)
        self.at = at

    def take(self) -> str | None:
        """Return the seals not told yet as the audit tells them, and forget them; None when there are none."""
        told = " ".join(f"{name}={seal}" for name, seal in self._untold.items())
        self.forget()
        return told or None

    def forget(self) -> None:
        """Forget what was written: it is not kept after all."""
        self._untold.clear()
        self.at = None

    def kept(self, table: str) -> Iterator[tuple[str, str]]:
        """Yield name and seal of each row of a table as it stands now."""
        sealed = SEALED[table]
        for name, *row in self._connection.execute(f"SELECT {sealed.name}, {sealed.columns} FROM {table}"):  # noqa: S608 - as above
            yield str(name), seal_of(row)


def seal_of(row: list[Any]) -> str:
    """Return the SHA-256 of a row's values in the order of its columns."""
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()
