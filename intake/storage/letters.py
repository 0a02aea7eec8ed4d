"""Letters as kept: what a person wrote over a template, and a clinician's signature over the whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from intake.domain.canonical import fingerprint
from intake.domain.letter_outlines import Outline, outline_of
from intake.domain.signed import instant_text as signed_text
from intake.errors import IntakeError
from intake.storage.driver import Connection
from intake.storage.letter_words import CLOSED, SEALED, LetterWords, is_encrypted, place_of, place_of_aside
from intake.storage.notes_key import NotesKey
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

    def __init__(self, connection: Connection, notes_key: NotesKey) -> None:
        """Work over this connection; what not everybody may read is encrypted under the key of the notes."""
        self._connection = connection
        self._words = LetterWords(connection, notes_key)

    def get(self, request_id: int) -> KeptLetter | None:
        """Return a request's letter, None before anything was written. Raises DeniedError for one that needs the key of the notes."""
        row = self._connection.execute(_SELECT, (request_id,)).fetchone()
        if row is None:
            return None
        values = dict(zip(_LETTER, row, strict=True))
        typed, body = self._words.read(values["typed"], values["body"], place_of(request_id))
        return KeptLetter(**{**values, "typed": typed, "body": body, "at": instant(values["at"])})

    def outline(self, request_id: int) -> Outline | None:
        """Return what is enough to count what is missing: the words, or what stands for them when they need a key that is not there."""
        row = self._connection.execute("SELECT typed, body FROM letter WHERE request_id = ?", (request_id,)).fetchone()
        if row is None:
            return None
        kept = json.loads(row[0])
        if isinstance(kept, list) and not self._words.readable:
            return Outline(typed=kept[1]["typed"], body=kept[1]["body"])
        typed, body = self._words.read(row[0], row[1], place_of(request_id))
        return Outline(typed=typed, body=body)

    def put(self, letter: KeptLetter, outline: Outline | None = None) -> None:
        """Keep a letter as it stands now, in place of what was; a signed one is refused.

        With an ``outline``, which stands for its words where these cannot be read, they are encrypted; so they are when not everybody
        may read what the request is for.
        """
        if outline is None and self._words.closed(letter.request_id):
            outline = outline_of(letter.typed, letter.body)
        typed, body = self._words.kept(letter.typed, letter.body, place_of(letter.request_id), outline)
        moment = instant_text(letter.at)
        changed = self._connection.execute(
            "UPDATE letter SET typed = ?, body = ?, version = ?, staff_id = ?, at = ? WHERE request_id = ?",
            (typed, body, letter.version, letter.staff_id, moment, letter.request_id),
        ).rowcount
        if not changed:
            row = (letter.request_id, letter.template, typed, body, letter.version, letter.staff_id, moment)
            self._connection.execute(_INSERT, row)

    def aside(self, request_id: int, staff_id: int) -> KeptAside | None:
        """Return what this person typed and is not in the letter, None when all of it is."""
        row = self._connection.execute(f"SELECT typed, body, at FROM letter_aside {_MINE}", (request_id, staff_id)).fetchone()  # noqa: S608 - our own words
        if row is None:
            return None
        typed, body = self._words.read(row[0], row[1], place_of_aside(request_id, staff_id))
        return KeptAside(typed=typed, body=body, at=instant(row[2]))

    def put_aside(self, request_id: int, staff_id: int, aside: KeptAside) -> None:
        """Keep what this person typed beside the letter, in place of what was kept there before.

        Nobody else reads it: who can encrypt it does, whatever the request says that it is for.
        """
        self.drop_aside(request_id, staff_id)
        outline = outline_of({}, None) if self._words.readable or self._words.closed(request_id) else None
        typed, body = self._words.kept(aside.typed, aside.body, place_of_aside(request_id, staff_id), outline)
        self._connection.execute(
            "INSERT INTO letter_aside (request_id, staff_id, typed, body, at) VALUES (?, ?, ?, ?, ?)",
            (request_id, staff_id, typed, body, instant_text(aside.at)),
        )

    def drop_aside(self, request_id: int, staff_id: int) -> None:
        """Let go of what this person typed beside the letter."""
        self._connection.execute(f"DELETE FROM letter_aside {_MINE}", (request_id, staff_id))  # noqa: S608 - as above

    def signed(self, request_id: int) -> bool:
        """Tell whether a letter is signed."""
        return self._connection.execute("SELECT 1 FROM letter_signature WHERE request_id = ?", (request_id,)).fetchone() is not None

    def signature(self, request_id: int) -> KeptSignature | None:
        """Return the signature of a letter, None until it is signed. Raises DeniedError for one that needs the key of the notes."""
        row = self._connection.execute(_SELECT_SIGNATURE, (request_id,)).fetchone()
        return None if row is None else self._signature(row)

    def sign(self, signature: KeptSignature) -> None:
        """Keep a signature; from then on the letter is locked, and its request is ready. It is encrypted where its letter is."""
        row = {name: getattr(signature, name) for name in _SIGNATURE}
        row["at"] = instant_text(signature.at)
        if self._words.closed(signature.request_id):
            row["content"] = self._words.sealed_content(signature.request_id, signature.content)
        self._connection.execute(_INSERT_SIGNATURE, tuple(row.values()))

    def fingerprints(self) -> dict[int, str]:
        """Return the fingerprint of each signed letter by its request."""
        return dict(self._connection.execute("SELECT request_id, fingerprint FROM letter_signature"))

    def unopened(self) -> int:
        """Return how many signed letters need the key of the notes to be compared, 0 for who has it."""
        if self._words.readable:
            return 0
        row = self._connection.execute(f"SELECT count(*) FROM letter_signature WHERE {SEALED.format('content')}").fetchone()  # noqa: S608 - as above
        return int(row[0]) if row else 0

    def altered(self) -> Iterator[int]:
        """Yield the requests whose signed letter is not as it was signed, or whose letter the tables tell otherwise.

        Of those that need the key of the notes, without it, only that they are encrypted as they have to be.
        """
        columns = ", ".join(f"letter_signature.{name}" for name in _SIGNATURE)
        rows = self._connection.execute(
            f"SELECT {columns}, letter.typed, letter.body, letter.version, request.recipient, request.address, request.purpose, {CLOSED}"  # noqa: S608 - our own names
            " FROM letter_signature JOIN request ON request.id = letter_signature.request_id"
            " LEFT JOIN letter ON letter.request_id = letter_signature.request_id ORDER BY letter_signature.request_id"
        ).fetchall()
        for *columns_of, typed, body, version, recipient, address, purpose, closed in rows:
            try:
                sealed = (is_encrypted(columns_of[1]), typed is not None and isinstance(json.loads(typed), list))
                if not self._words.readable and any(sealed):
                    same = all(sealed) and bool(closed)
                else:
                    written = (None, None) if typed is None else self._words.read(typed, body, place_of(columns_of[0]))
                    same = _is_as_signed(self._signature(tuple(columns_of)), written, version, goes=(recipient, address, purpose))
            except (IntakeError, LookupError, TypeError, ValueError):
                same = False
            if not same:
                yield columns_of[0]

    def encrypt_open(self, request_id: int | None = None) -> None:
        """Encrypt what stands in the open and is not for everybody: of one unsigned request, or of a store of before."""
        self._words.encrypt_open(request_id)

    def plain_rows(self) -> dict[str, Callable[[dict[str, Any]], dict[str, Any]]]:
        """Return by table what makes a row of it readable, as it would be kept in the open."""
        return {table: partial(self._words.plain, table) for table in ("letter", "letter_aside", "letter_signature")}

    def _signature(self, row: tuple[Any, ...]) -> KeptSignature:
        values = dict(zip(_SIGNATURE, row, strict=True))
        content = self._words.content(values["request_id"], values["content"])
        return KeptSignature(**{**values, "content": content, "at": instant(values["at"])})


def _is_as_signed(
    kept: KeptSignature, written: tuple[Mapping[str, str] | None, str | None], version: int | None, *, goes: tuple[str, str, str]
) -> bool:  # fmt: skip
    """Tell whether fingerprint, columns, letter (typed, body) and request (recipient, address, purpose) all say what was signed."""
    content = json.loads(kept.content)
    signed = content["signature"]
    columns = (signed["account"], signed["by"], signed["role"], signed["at"])
    same_way = (content["recipient"], content["address"], content["purpose"]) == goes
    same_letter = (content["typed"], content["body"], content["version"]) == (*written, version)
    told = (kept.staff_id, kept.staff_name, kept.staff_role, signed_text(kept.at))
    return fingerprint(kept.content) == kept.fingerprint and columns == told and same_letter and same_way
