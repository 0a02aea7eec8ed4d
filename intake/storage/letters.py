"""Letters as kept: what a person wrote over a template, and a clinician's signature over the whole."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.domain.canonical import fingerprint
from intake.domain.signed import instant_text as signed_text
from intake.storage.driver import Connection
from intake.storage.rows import insert_sql, instant, instant_text, select_sql

_LETTER = ("request_id", "template", "typed", "body", "version", "staff_id", "at")
_SIGNATURE = ("request_id", "content", "fingerprint", "staff_id", "staff_name", "staff_role", "at")
_INSERT = insert_sql("letter", _LETTER)
_SELECT = select_sql("letter", _LETTER, "request_id")
_INSERT_SIGNATURE = insert_sql("letter_signature", _SIGNATURE)
_SELECT_SIGNATURE = select_sql("letter_signature", _SIGNATURE, "request_id")
_MINE = "WHERE request_id = ? AND staff_id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptLetter:
    """A letter's row: ``template`` is the key of its template, ``version`` rises with every change."""

    request_id: int
    template: str
    typed: Mapping[str, str]
    body: str | None
    version: int
    staff_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAside:
    """What somebody typed into a letter and could not be kept in it, exactly as typed."""

    typed: Mapping[str, str]
    body: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSignature:
    """A letter's signature: ``content`` is the canonical form of everything signed, ``fingerprint`` that of it."""

    request_id: int
    content: str
    fingerprint: str
    staff_id: int
    staff_name: str
    staff_role: str
    at: datetime


class Letters:
    """The tables of letters and their signatures. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def get(self, request_id: int) -> KeptLetter | None:
        """Return a request's letter, None before anything was written."""
        row = self._connection.execute(_SELECT, (request_id,)).fetchone()
        if row is None:
            return None
        values = dict(zip(_LETTER, row, strict=True))
        return KeptLetter(**{**values, "typed": json.loads(values["typed"]), "at": instant(values["at"])})

    def put(self, letter: KeptLetter) -> None:
        """Keep a letter as it stands now, in place of what was; a signed one is refused."""
        typed = json.dumps(dict(letter.typed), ensure_ascii=False)
        moment = instant_text(letter.at)
        changed = self._connection.execute(
            "UPDATE letter SET typed = ?, body = ?, version = ?, staff_id = ?, at = ? WHERE request_id = ?",
            (typed, letter.body, letter.version, letter.staff_id, moment, letter.request_id),
        ).rowcount
        if not changed:
            row = (letter.request_id, letter.template, typed, letter.body, letter.version, letter.staff_id, moment)
            self._connection.execute(_INSERT, row)

    def aside(self, request_id: int, staff_id: int) -> KeptAside | None:
        """Return what this person typed and is not in the letter, None when all of it is."""
        row = self._connection.execute(f"SELECT typed, body, at FROM letter_aside {_MINE}", (request_id, staff_id)).fetchone()  # noqa: S608 - our own words
        return None if row is None else KeptAside(typed=json.loads(row[0]), body=row[1], at=instant(row[2]))

    def put_aside(self, request_id: int, staff_id: int, aside: KeptAside) -> None:
        """Keep what this person typed beside the letter, in place of what was kept there before."""
        self.drop_aside(request_id, staff_id)
        typed = json.dumps(dict(aside.typed), ensure_ascii=False)
        self._connection.execute(
            "INSERT INTO letter_aside (request_id, staff_id, typed, body, at) VALUES (?, ?, ?, ?, ?)",
            (request_id, staff_id, typed, aside.body, instant_text(aside.at)),
        )

    def drop_aside(self, request_id: int, staff_id: int) -> None:
        """Let go of what this person typed beside the letter."""
        self._connection.execute(f"DELETE FROM letter_aside {_MINE}", (request_id, staff_id))  # noqa: S608 - as above

    def signature(self, request_id: int) -> KeptSignature | None:
        """Return the signature of a letter, None until it is signed."""
        row = self._connection.execute(_SELECT_SIGNATURE, (request_id,)).fetchone()
        return None if row is None else _signature(row)

    def sign(self, signature: KeptSignature) -> None:
        """Keep a signature; from then on the letter is locked, and its request is ready."""
        row = tuple(getattr(signature, name) for name in _SIGNATURE)
        self._connection.execute(_INSERT_SIGNATURE, tuple(instant_text(part) if isinstance(part, datetime) else part for part in row))

    def fingerprints(self) -> dict[int, str]:
        """Return the fingerprint of each signed letter by its request."""
        return dict(self._connection.execute("SELECT request_id, fingerprint FROM letter_signature"))

    def altered(self) -> Iterator[int]:
        """Yield the requests whose signed letter is not as it was signed, or whose letter the tables tell otherwise."""
        columns = ", ".join(f"letter_signature.{name}" for name in _SIGNATURE)
        rows = self._connection.execute(
            f"SELECT {columns}, letter.typed, letter.body, letter.version, request.recipient, request.address, request.purpose"  # noqa: S608 - our own names
            " FROM letter_signature JOIN request ON request.id = letter_signature.request_id"
            " LEFT JOIN letter ON letter.request_id = letter_signature.request_id ORDER BY letter_signature.request_id"
        ).fetchall()
        for *columns_of, typed, body, version, recipient, address, purpose in rows:
            kept = _signature(tuple(columns_of))
            if not _is_as_signed(kept, typed, body, version, goes=(recipient, address, purpose)):
                yield kept.request_id


def _is_as_signed(kept: KeptSignature, typed: str | None, body: str | None, version: int | None, *, goes: tuple[str, str, str]) -> bool:
    """Tell whether fingerprint, columns, letter and request (recipient, address, purpose) all say what was signed."""
    try:
        content = json.loads(kept.content)
        signed = content["signature"]
        columns = (signed["account"], signed["by"], signed["role"], signed["at"])
        written = (None if typed is None else json.loads(typed), body, version)
        same_way = (content["recipient"], content["address"], content["purpose"]) == goes
        same_letter = (content["typed"], content["body"], content["version"]) == written
    except (LookupError, TypeError, ValueError):
        return False
    told = (kept.staff_id, kept.staff_name, kept.staff_role, signed_text(kept.at))
    return fingerprint(kept.content) == kept.fingerprint and columns == told and same_letter and same_way


def _signature(row: tuple[Any, ...]) -> KeptSignature:
    values = dict(zip(_SIGNATURE, row, strict=True))
    return KeptSignature(**{**values, "at": instant(values["at"])})
