"""Seals: the SHA-256 of each row that somebody's work left; the audit carries it, and tells an altered row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Final

from intake.storage.driver import Connection, DriverError
from intake.storage.entry_parts import TOLD, TOLD_ALL, TOLD_GONE, seals_in, words_in
from intake.storage.sealed_tables import ROWS_SEALED, Sealed

_STEP_COLUMNS = "request_id, number, what, words, staff_id, at"
SEALED_FIRST: Final[Mapping[str, Sealed]] = {
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
    "signer": Sealed(name="id", row="id = ?", columns="id, staff_id, hex(public), since"),
}
"""Where a request stands is not sealed with it: its steps tell that, and they are sealed one by one. An account is sealed with its
second factor and spare codes: whoever gives or takes them seals the account anew."""

SEALED: Final[Mapping[str, Sealed]] = {**SEALED_FIRST, **ROWS_SEALED}
"""All of them: those that were sealed from the first, each by who writes it, and those whose every writing the store seals itself."""
AT_ONCE: Final = 500
"""How many seals one entry of the audit tells at most."""
_ALL_SEALED: Final = (
    f"SELECT seq, {TOLD_ALL} AS told FROM audit"  # noqa: S608 - our own words
    " WHERE action IN ('set_up', 'former_sealed') AND told IS NOT NULL ORDER BY seq"
)
_TOLD_AFTER: Final = f"SELECT {TOLD} AS told FROM audit WHERE seq > ? AND told IS NOT NULL"  # noqa: S608 - our own words
GOING: Final = frozenset(table for table, sealed in ROWS_SEALED.items() if sealed.goes)
"""The tables whose rows an action may take away one by one."""
_VISIT_OF: Final = {
    "correction": "SELECT visit_id FROM correction WHERE id = ?",
    "acknowledgement": "SELECT visit_id FROM acknowledgement JOIN prompt ON prompt.id = prompt_id WHERE prompt_id = ?",
}
_REMOVED: Final = f"SELECT {TOLD_GONE} FROM audit WHERE action = 'remove_record' AND outcome = 'done'"  # noqa: S608 - our own words
_BAD_VALUE: Final = ("", "SQLITE_ERROR")


class Seals:
    """The seals of the rows written since the audit's last entry; its next one tells them."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection, with nothing to tell."""
        self._connection = connection
        self._untold: dict[str, str] = {}
        self._written: dict[tuple[str, str], None] = {}
        self._watching = False
        self._noting = False
        self.at: datetime | None = None

    def begin(self) -> None:
        """Note, from the beginning of a transaction to its end, which rows are written: nobody who writes one has to say so."""
        self._noting = True
        if not self._watching:
            self._connection.create_function("row_written", 2, self._note)
            for trigger in _TRIGGERS:
                self._connection.execute(trigger)
            self._watching = True

    def add(self, table: str, key: int, *, at: datetime) -> None:
        """Seal the row that was just written, or written anew, at this instant."""
        sealed = SEALED_FIRST[table]
        sql = f"SELECT {sealed.name}, {sealed.columns} FROM {table} WHERE {sealed.row}"  # noqa: S608 - our own words
        name, *row = self._connection.execute(sql, (key,)).fetchone() or (key,)
        self._untold[f"{table}:{name}"] = seal_of(row)
        self.at = at

    def add_former(self, table: str, names: Iterable[str]) -> None:
        """Have rows told that stand there unsealed, as if they were just written."""
        self._written.update(((table, name), None) for name in names)

    def pending(self) -> bool:
        """Tell whether there is anything that no entry told yet."""
        return bool(self._untold or self._written)

    def take(self) -> str | None:
        """Return the next seals not told yet as the audit tells them, and forget them; None when there are none.

        A row that is not there any more has no seal: ``name=`` alone.
        """
        seals = dict(self._untold)
        for table, name in tuple(islice(self._written, AT_ONCE)):
            seals[f"{table}:{name}"] = self._now(table, name)
            del self._written[table, name]
        self._untold.clear()
        self.at = None
        return " ".join(f"{name}={seal}" for name, seal in seals.items()) or None

    def forget(self) -> None:
        """Note nothing any more, and forget what was written: it was told, or is not kept after all."""
        self._noting = False
        self._untold.clear()
        self._written.clear()
        self.at = None

    def _note(self, table: str, name: int | str | None) -> None:
        if self._noting and name is not None:
            self._written[table, str(name)] = None

    def kept(self, table: str) -> Iterator[tuple[str, str]]:
        """Yield name and seal of each row of a table as it stands now; a row that cannot be sealed has a seal like no other."""
        sealed = SEALED[table]
        if sealed.parts:
            for name in self.names(table):
                yield name, self._now(table, name) or "gone"
            return
        for name, *row in self._connection.execute(f"SELECT {sealed.name}, {sealed.columns} FROM {table}"):  # noqa: S608 - as above
            yield str(name), seal_of(row)

    def names(self, table: str) -> tuple[str, ...]:
        """Return the names of all rows of a table."""
        rows = self._connection.execute(f"SELECT {SEALED[table].name} FROM {SEALED[table].table or table}")  # noqa: S608 - as above
        return tuple(str(row[0]) for row in rows.fetchall())

    def all_sealed(self) -> dict[str, int]:
        """Return the tables of which every row is sealed, each with the entry that told so first; some were sealed from the first."""
        found: dict[str, int] = {}
        for seq, told in self._connection.execute(_ALL_SEALED):
            for table in words_in(told):
                found.setdefault(table, seq)
        return found

    def told(self) -> dict[str, tuple[str, int | None]]:
        """Return of each row that was sealed and not removed since, by table and name, its last seal and the patient that entry is of."""
        rows = self._connection.execute(
            f"SELECT {TOLD} AS told, patient_id FROM audit WHERE told IS NOT NULL ORDER BY seq"  # noqa: S608 - our own words
        )
        sealed: dict[str, tuple[str, int | None]] = {}
        for told, patient_id in rows:
            for name, seal in seals_in(told):
                if seal:
                    sealed[name] = (seal, patient_id)
                elif name.partition(":")[0] in GOING:  # a row of any other table goes with its patient only
                    sealed.pop(name, None)
        for name in self._removed():
            sealed.pop(name, None)
        return sealed

    def told_of(self, name: str) -> str:
        """Return the last seal that was told of a row by its name, nothing when none was."""
        rows = self._connection.execute(
            f"SELECT {TOLD} AS told FROM audit WHERE instr(changes, ?) > 0 AND told IS NOT NULL ORDER BY seq DESC",  # noqa: S608 - as above
            (f"{name}=",),
        )
        seals = (dict(seals_in(told)) for (told,) in rows)
        return next((found[name] for found in seals if name in found), "")

    def _removed(self) -> Iterator[str]:
        """Yield the names of the rows that went with their patient."""
        for (names,) in self._connection.execute(_REMOVED):
            yield from words_in(names or b"")

    def told_after(self, seq: int) -> Iterator[str]:
        """Yield the table and name of each row whose seal an entry after that one tells."""
        for (told,) in self._connection.execute(_TOLD_AFTER, (seq,)):
            yield from (name for name, _ in seals_in(told))

    def patient_of(self, table: str, row_id: str) -> int | None:
        """Return the patient of a row that has one, None when it is not there."""
        row = self._connection.execute(f"SELECT patient_id FROM {table} WHERE id = ?", (row_id,)).fetchone()  # noqa: S608 - as above
        return None if row is None else int(row[0])

    def visit_of(self, table: str, row_id: str) -> int | None:
        """Return the visit of a correction or acknowledgement, None when it is not there."""
        row = self._connection.execute(_VISIT_OF[table], (row_id,)).fetchone()
        return None if row is None else int(row[0])

    def _now(self, table: str, name: str) -> str:
        """Return the seal of a row as it stands, nothing when it is not there."""
        try:
            row = self._connection.execute(_SELECTS[table], (name,)).fetchone()
        except DriverError as error:  # a value that no column here could have; a fault of the file is told by its name
            if getattr(error, "sqlite_errorname", "") not in _BAD_VALUE:
                raise
            return "unreadable"
        return "" if row is None else seal_by_column(SEALED[table].labels, row)


def _select(table: str, sealed: Sealed) -> str:
    return f"SELECT {sealed.columns} FROM {sealed.source or sealed.table or table} WHERE {sealed.row}"  # noqa: S608 - our own words


def _triggers() -> Iterator[str]:
    """Yield the triggers of this connection that notice which sealed rows are written. Nobody else has them, and no file."""
    for table, sealed in ROWS_SEALED.items():
        for part, name in sealed.parts.items():
            changed = f"UPDATE OF {', '.join(sealed.updates)}" if sealed.updates and part == (sealed.table or table) else "UPDATE"
            for event, rows in (("INSERT", ("NEW",)), (changed, ("OLD", "NEW")), ("DELETE", ("OLD",))):
                if event != "DELETE" or sealed.goes:
                    yield _trigger(table, part, event, [name.format(row=row) for row in rows])


def _trigger(table: str, part: str, event: str, names: Sequence[str]) -> str:
    noted = " ".join(f"SELECT row_written('{table}', {name});" for name in names)
    when = event.partition(" ")[0].lower()
    return f"CREATE TEMP TRIGGER IF NOT EXISTS seal_{table}_{part}_{when} AFTER {event} ON main.{part} BEGIN {noted} END"


_SELECTS: Final = {table: _select(table, sealed) for table, sealed in ROWS_SEALED.items()}
_TRIGGERS: Final = tuple(_triggers())


def seal_of(row: list[Any]) -> str:
    """Return the SHA-256 of a row's values in the order of its columns."""
    return hashlib.sha256(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def seal_by_column(labels: Sequence[str], row: Sequence[Any]) -> str:
    """Return the SHA-256 of a row's values by column, without those that are NULL."""
    values = {label: value for label, value in zip(labels, row, strict=True) if value is not None}
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, separators=(",", ":"), default=_bytes).encode()).hexdigest()


def _bytes(value: bytes) -> dict[str, str]:
    return {"bytes": value.hex()}
