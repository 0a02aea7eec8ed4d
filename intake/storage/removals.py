"""Removals: their steps, the rows that go with a patient, and the end itself."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from intake.domain.numbers import record_number
from intake.domain.retention import Copy, Deed, Removal
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text
from intake.storage.seals import SEALED

_VISITS = "(SELECT id FROM visit WHERE patient_id = ?1)"
_REQUESTS = "(SELECT id FROM request WHERE patient_id = ?1)"
_OF_VISIT = f"visit_id IN {_VISITS}"
_OF_REQUEST = f"request_id IN {_REQUESTS}"
ROWS: Final = {
    "patient": "id = ?1",
    "former_dob": "patient_id = ?1",
    "keep": "patient_id = ?1",
    "visit": "patient_id = ?1",
    **dict.fromkeys(("coverage", "claim", "safety", "notices", "answer", "mark", "correction"), _OF_VISIT),
    "prompt": _OF_VISIT,
    "acknowledgement": f"prompt_id IN (SELECT id FROM prompt WHERE {_OF_VISIT})",  # noqa: S608 - our own words
    **dict.fromkeys(("review", "addendum", "note_draft", "hold", "awaiting"), _OF_VISIT),
    "call": f"{_OF_VISIT} OR draft_id IN (SELECT id FROM draft WHERE patient_id = ?1)",  # noqa: S608 - as above
    "draft": "patient_id = ?1",
    "amendment": "patient_id = ?1",
    "amendment_step": "amendment_id IN (SELECT id FROM amendment WHERE patient_id = ?1)",
    "request": "patient_id = ?1",
    **dict.fromkeys(("request_step", "letter", "letter_aside", "letter_signature", "handover"), _OF_REQUEST),
    "print_job": f"{_OF_REQUEST} OR document_id IN (SELECT id FROM document WHERE patient_id = ?1)",  # noqa: S608 - as above
    "document": "patient_id = ?1",
    "disclosure": "patient_id = ?1",
}
"""Which rows of which table are a patient's record; ``?1`` is the patient. The keys by which records are found are derived."""
_MERGED_AT_ONCE: Final = 32
_SELECT: Final = (
    "SELECT removal.id, removal.patient_id, removal.years, removal.staff_id, staff.name, removal.at FROM removal"
    " JOIN staff ON staff.id = removal.staff_id"
)


class Removals:
    """The tables of removals. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, plain: Mapping[str, Callable[[dict[str, Any]], dict[str, Any]]]) -> None:
        """Work over this connection; ``plain`` tells by table how a row of it is opened that is encrypted."""
        self._connection = connection
        self._opened = plain

    def get(self, removal_id: int) -> Removal | None:
        """Return a removal that was not withdrawn, None when there is none."""
        row = self._connection.execute(f"{_SELECT} WHERE removal.id = ? AND removal.withdrawn_at IS NULL", (removal_id,)).fetchone()
        return None if row is None else self._removal(row)

    def of_patient(self, patient_id: int) -> Removal | None:
        """Return the removal of a patient that was not withdrawn, carried out or not."""
        row = self._connection.execute(f"{_SELECT} WHERE removal.patient_id = ? AND removal.withdrawn_at IS NULL", (patient_id,)).fetchone()
        return None if row is None else self._removal(row)

    def open(self) -> tuple[Removal, ...]:
        """Return what was proposed and is not carried out yet, the first proposed first."""
        where = "WHERE removal.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM removed WHERE removed.removal_id = removal.id)"
        return tuple(self._removal(row) for row in self._connection.execute(f"{_SELECT} {where} ORDER BY removal.id").fetchall())

    def carried_out(self, *, limit: int) -> tuple[Removal, ...]:
        """Return the last removals that were carried out, the latest first."""
        sql = f"{_SELECT} JOIN removed ON removed.removal_id = removal.id ORDER BY removed.at DESC, removal.id DESC LIMIT ?"
        return tuple(self._removal(row) for row in self._connection.execute(sql, (limit,)).fetchall())

    def propose(self, patient_id: int, *, years: int, staff_id: int, at: datetime) -> int:
        """Keep a proposal and return its id."""
        row = (patient_id, years, staff_id, instant_text(at))
        return int(
            self._connection.execute("INSERT INTO removal (patient_id, years, staff_id, at) VALUES (?, ?, ?, ?)", row).lastrowid or 0
        )

    def withdraw(self, removal_id: int, *, staff_id: int, at: datetime) -> None:
        """Take a proposal back; the record stays."""
        self._connection.execute(
            "UPDATE removal SET withdrawn_by = ?, withdrawn_at = ? WHERE id = ?", (staff_id, instant_text(at), removal_id)
        )

    def note_copy(self, removal_id: int, copy: tuple[str, str], *, staff_id: int, at: datetime) -> None:
        """Keep that a copy was written, by the SHA-256 of its PDF and of its rows."""
        self._connection.execute(
            "INSERT INTO removal_export (removal_id, number, pdf_sha256, rows_sha256, staff_id, at)"
            " SELECT ?1, 1 + count(*), ?2, ?3, ?4, ?5 FROM removal_export WHERE removal_id = ?1",
            (removal_id, *copy, staff_id, instant_text(at)),
        )

    def consent(self, removal_id: int, *, staff_id: int, at: datetime) -> None:
        """Keep somebody's consent."""
        self._connection.execute(
            "INSERT INTO removal_consent (removal_id, staff_id, at) VALUES (?, ?, ?)", (removal_id, staff_id, instant_text(at))
        )

    def remove(self, removal: Removal, *, staff_id: int, at: datetime) -> None:
        """Take the patient away with all that hangs on it, in one statement."""
        self._connection.execute(
            "INSERT INTO removed (patient_id, removal_id, staff_id, at) VALUES (?, ?, ?, ?)",
            (removal.patient_id, removal.id, staff_id, instant_text(at)),
        )

    def sealed_names(self, patient_id: int) -> tuple[str, ...]:
        """Return the names by which the audit sealed a patient's rows."""
        found = []
        for kind, sealed in SEALED.items():
            table = sealed.table or kind
            if table in ROWS:
                sql = f"SELECT {sealed.name} FROM {table} WHERE {ROWS[table]} ORDER BY 1"  # noqa: S608 - as above
                found += [f"{kind}:{name}" for (name,) in self._connection.execute(sql, (patient_id,))]
        return tuple(found)

    def rows_of(self, patient_id: int) -> dict[str, list[dict[str, Any]]]:
        """Return all rows of a patient by table and column, opened; bytes as base64. Raises DeniedError without the key of the notes."""
        found = {table: list(self._rows(table, where, patient_id)) for table, where in ROWS.items()}
        return {table: rows for table, rows in found.items() if rows}

    def merge_words(self) -> bool:
        """Write a piece of the word index anew without the words of who is gone; tell whether there is more to do.

        Until then they stand in it, though nothing finds them.
        """
        before = self._changes()
        self._connection.execute("INSERT INTO patient_fts (patient_fts, rank) VALUES ('merge', ?)", (-_MERGED_AT_ONCE,))
        return self._changes() - before > 1

    def empty_log(self) -> None:
        """Have the pages of the write-ahead log moved into the store and the log emptied; outside a transaction.

        Somebody who reads just then keeps it for a while; it is encrypted like the store.
        """
        self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def _changes(self) -> int:
        row = self._connection.execute("SELECT total_changes()").fetchone()
        return int(row[0]) if row else 0

    def _rows(self, table: str, where: str, patient_id: int) -> Iterator[dict[str, Any]]:
        names = [row[1] for row in self._connection.execute(f"PRAGMA table_info({table})")]
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE {where}"  # noqa: S608 - as above
        for values in self._connection.execute(sql, (patient_id,)):
            row = dict(zip(names, values, strict=True))
            opened = self._opened[table](row) if table in self._opened else row
            yield {name: _plain(value) for name, value in opened.items()}

    def _removal(self, row: tuple[Any, ...]) -> Removal:
        removal_id, patient_id, years, staff_id, by, at = row
        copy = self._connection.execute(
            "SELECT pdf_sha256, rows_sha256, staff.name, at FROM removal_export JOIN staff ON staff.id = staff_id"
            " WHERE removal_id = ? ORDER BY number DESC LIMIT 1",
            (removal_id,),
        ).fetchone()
        consents = self._connection.execute(
            "SELECT staff_id, staff.name, at FROM removal_consent JOIN staff ON staff.id = staff_id WHERE removal_id = ? ORDER BY at",
            (removal_id,),
        )
        ended = self._connection.execute(
            "SELECT staff_id, staff.name, at FROM removed JOIN staff ON staff.id = staff_id WHERE removal_id = ?", (removal_id,)
        ).fetchone()
        return Removal(
            id=removal_id,
            patient_id=patient_id,
            number=record_number(patient_id),
            years=years,
            proposed=_deed((staff_id, by, at)),
            copy=Copy(pdf_sha256=copy[0], rows_sha256=copy[1], by=copy[2], at=instant(copy[3])) if copy else None,
            consents=tuple(_deed(each) for each in consents),
            ended=_deed(ended) if ended else None,
        )


def _deed(row: tuple[Any, ...]) -> Deed:
    return Deed(staff_id=row[0], by=row[1], at=instant(row[2]))


def _plain(value: Any) -> Any:
    return {"base64": base64.b64encode(value).decode("ascii")} if isinstance(value, bytes) else value
