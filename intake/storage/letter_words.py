"""A letter's words as the store holds them: in the open, or encrypted under the key of the notes where not everybody may read them.

Encrypted, ``typed`` is a list of the encrypted words and of what stands for them where it is counted what is missing, ``body`` is
among the words, and a signature's ``content`` is a text in quotes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from intake.domain.letter_outlines import Outline, outline_of
from intake.domain.staff import NEED_NOTES
from intake.storage.driver import Connection
from intake.storage.notes_key import NotesKey

SEALED = "json_type({0}) <> 'object'"
"""Whether a column is encrypted."""
CLOSED = "request.task IN ('" + "', '".join(sorted(task.value for task in NEED_NOTES)) + "')"
"""Whether not everybody may read what a request is for."""
_OPEN_LETTERS = (
    "SELECT letter.request_id, letter.typed, letter.body FROM letter JOIN request ON request.id = letter.request_id"  # noqa: S608 - our own words
    f" WHERE {CLOSED} AND (?1 IS NULL OR request.id = ?1) AND NOT {SEALED.format('letter.typed')}"
)
_OPEN_ASIDES = (
    "SELECT letter_aside.request_id, letter_aside.staff_id, letter_aside.typed, letter_aside.body FROM letter_aside"  # noqa: S608 - as above
    " JOIN request ON request.id = letter_aside.request_id"
    f" WHERE {CLOSED} AND (?1 IS NULL OR request.id = ?1) AND NOT {SEALED.format('letter_aside.typed')}"
)
_OPEN_SIGNATURES = (
    "SELECT letter_signature.request_id, letter_signature.content FROM letter_signature"  # noqa: S608 - as above
    " JOIN request ON request.id = letter_signature.request_id"
    f" WHERE {CLOSED} AND NOT {SEALED.format('letter_signature.content')}"
)


class LetterWords:
    """Seals and opens the words of letters. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, notes_key: NotesKey) -> None:
        """Work over this connection, with the key as it is held."""
        self._connection = connection
        self._notes_key = notes_key

    @property
    def readable(self) -> bool:
        """Tell whether everything can be read here."""
        return self._notes_key.held

    def kept(self, typed: Mapping[str, str], body: str | None, place: str, outline: Outline | None) -> tuple[str, str | None]:
        """Return both columns as they are kept; with an outline encrypted."""
        if outline is None:
            return json.dumps(dict(typed), ensure_ascii=False), body
        words = self._notes_key.seal(json.dumps({"typed": dict(typed), "body": body}, ensure_ascii=False), place)
        return json.dumps([words, {"typed": dict(outline.typed), "body": outline.body}]), None

    def read(self, typed: str, body: str | None, place: str) -> tuple[Mapping[str, str], str | None]:
        """Return what both columns say. Raises DeniedError without a key that is needed."""
        kept = json.loads(typed)
        if not isinstance(kept, list):
            return kept, body
        words = json.loads(self._notes_key.open(str(kept[0]), place))
        return words["typed"], words["body"]

    def closed(self, request_id: int) -> bool:
        """Tell whether not everybody may read a request's letter; one that is encrypted stays so, whatever its request says now."""
        row = self._connection.execute(
            f"SELECT {CLOSED} OR EXISTS (SELECT 1 FROM letter WHERE letter.request_id = request.id AND {SEALED.format('letter.typed')})"  # noqa: S608 - our own words
            " FROM request WHERE id = ?",
            (request_id,),
        ).fetchone()
        return row is not None and bool(row[0])

    def content(self, request_id: int, content: str) -> str:
        """Return what was signed. Raises DeniedError without a key that is needed."""
        if not is_encrypted(content):
            return content
        return self._notes_key.open(str(json.loads(content)), _place_of_signature(request_id))

    def sealed_content(self, request_id: int, content: str) -> str:
        """Return what was signed as it is kept encrypted."""
        return json.dumps(self._notes_key.seal(content, _place_of_signature(request_id)))

    def encrypt_open(self, request_id: int | None = None) -> None:
        """Encrypt what stands in the open and is not for everybody: of one unsigned request, or of a store of before.

        What is signed can be encrypted as long as the store does not tell of its key yet.
        """
        letters = self._connection.execute(_OPEN_LETTERS, (request_id,)).fetchall()
        asides = self._connection.execute(_OPEN_ASIDES, (request_id,)).fetchall()
        signatures = self._connection.execute(_OPEN_SIGNATURES).fetchall() if request_id is None else []
        for letter_of, typed, body in letters:
            words = json.loads(typed)
            kept = self.kept(words, body, place_of(letter_of), outline_of(words, body))
            self._connection.execute("UPDATE letter SET typed = ?, body = ? WHERE request_id = ?", (*kept, letter_of))
        for aside_of, staff_id, typed, body in asides:
            kept = self.kept(json.loads(typed), body, place_of_aside(aside_of, staff_id), outline_of({}, None))
            self._connection.execute(
                "UPDATE letter_aside SET typed = ?, body = ? WHERE request_id = ? AND staff_id = ?", (*kept, aside_of, staff_id)
            )
        for signed_of, content in signatures:
            row = (self.sealed_content(signed_of, content), signed_of)
            self._connection.execute("UPDATE letter_signature SET content = ? WHERE request_id = ?", row)

    def plain(self, table: str, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row of one of these tables with its words readable, as it would be kept in the open."""
        if table == "letter_signature":
            return {**row, "content": self.content(row["request_id"], row["content"])}
        place = place_of(row["request_id"]) if table == "letter" else place_of_aside(row["request_id"], row["staff_id"])
        typed, body = self.read(row["typed"], row["body"], place)
        return {**row, "typed": json.dumps(dict(typed), ensure_ascii=False), "body": body}


def is_encrypted(content: str) -> bool:
    """Tell whether what was signed is kept encrypted."""
    return content.startswith('"')


def place_of(request_id: int) -> str:
    """Return where a letter's words are kept."""
    return f"letter {request_id}"


def place_of_aside(request_id: int, staff_id: int) -> str:
    """Return where is kept what somebody typed beside a letter."""
    return f"letter_aside {request_id} {staff_id}"


def _place_of_signature(request_id: int) -> str:
    return f"letter_signature {request_id}"
