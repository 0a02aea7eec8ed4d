"""Documents as they were issued, bytes and all. Rows are only ever added.

The bytes of a paper that not everybody may see are encrypted under the key of the notes; its SHA-256 is that of the bytes that left.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.domain.document_kinds import TASK_OF, Paper
from intake.domain.documents import How, IssuedDocument, Made
from intake.domain.staff import NEED_NOTES, Task
from intake.errors import IntakeError
from intake.storage.audit import LEFT
from intake.storage.driver import Connection
from intake.storage.letter_words import SEALED
from intake.storage.notes_key import SEALED_MORE, NotesKey
from intake.storage.rows import insert_sql, instant, instant_text
from intake.storage.seals import Seals

_INSERT = insert_sql(
    "document",
    (
        "request_id", "patient_id", "visit_id", "kind", "version", "preliminary", "sha256", "content", "pages", "language", "copy_of",
        "stamp", "how", "target", "staff_id", "at", "encrypted",
    ),
)  # fmt: skip
_SELECT = (
    "SELECT document.id, document.sha256, document.kind, document.patient_id, document.visit_id, document.request_id, document.version,"  # noqa: S608 - our own number
    f" document.preliminary, document.pages, length(document.content) - {SEALED_MORE} * document.encrypted, document.language,"
    " document.copy_of, document.stamp, document.how, document.target,"
    " staff.name, document.at FROM document JOIN staff ON staff.id = document.staff_id"
)
STAMP_OF = (
    "CASE asked.paper"
    " WHEN 'intake_form' THEN 'p' || (SELECT version FROM patient WHERE patient.id = asked.patient_id)"
    " || 'c' || (SELECT count(*) FROM correction WHERE correction.visit_id = asked.visit_id)"
    " WHEN 'letter' THEN 'p' || (SELECT version FROM patient WHERE patient.id = asked.patient_id)"
    " || 'l' || coalesce((SELECT version FROM letter WHERE letter.request_id = asked.id), 0)"
    " || CASE WHEN EXISTS (SELECT 1 FROM letter_signature WHERE letter_signature.request_id = asked.id) THEN 's'"
    " ELSE 'c' || (SELECT count(*) FROM correction WHERE correction.visit_id = asked.visit_id)"
    " || 'r' || (SELECT count(*) FROM review WHERE review.visit_id = asked.visit_id) END"
    " || 't' || (SELECT json_array(recipient, address, purpose, language) FROM request WHERE request.id = asked.id)"
    " WHEN 'records_copy' THEN 'p' || (SELECT version FROM patient WHERE patient.id = asked.patient_id)"
    " || (SELECT 'v' || count(*) || 'r' || count(review.visit_id)"
    " || 'a' || coalesce(sum((SELECT count(*) FROM addendum WHERE addendum.visit_id = visit.id)), 0)"
    " || 'c' || coalesce(sum((SELECT count(*) FROM correction WHERE correction.visit_id = visit.id)), 0)"
    " FROM visit LEFT JOIN review ON review.visit_id = visit.id WHERE visit.patient_id = asked.patient_id)"
    " ELSE 'n' || ((SELECT count(*) FROM review WHERE review.visit_id = asked.visit_id)"
    " + (SELECT count(*) FROM addendum WHERE addendum.visit_id = asked.visit_id)) END"
)
"""The state of the record that a paper is made from, of a row named ``asked``: its paper, patient, visit and request."""
_STAMP = f"SELECT {STAMP_OF} FROM (SELECT ? AS paper, ? AS patient_id, ? AS visit_id, ? AS id) AS asked"  # noqa: S608 - our own words
LAST_STAMP = (
    "(SELECT document.stamp FROM document WHERE document.request_id = asked.id AND document.preliminary = 0"
    " ORDER BY document.id DESC LIMIT 1)"
)
"""The stamp of the last document of the row named ``asked``."""
NOTE_VERSION = (
    "SELECT (SELECT count(*) FROM review WHERE review.visit_id = ?1) + (SELECT count(*) FROM addendum WHERE addendum.visit_id = ?1)"
)
# The plus takes the affinity of the column off: with it the index over the expression could not be used.
UNTOLD = (
    "SELECT document.sha256 FROM document WHERE NOT EXISTS (SELECT 1 FROM audit WHERE json_extract(audit.changes, '$.sha256[1]') ="  # noqa: S608 - as above
    f" +document.sha256 AND audit.patient_id = document.patient_id AND audit.action IN {LEFT})"
)
OF_PATIENT = (
    f"{_SELECT} WHERE document.patient_id = ? AND document.content IS NOT NULL AND NOT EXISTS (SELECT 1 FROM print_job"  # noqa: S608 - our own words
    " WHERE print_job.document_id = document.id AND print_job.state IN ('failed', 'cancelled')) ORDER BY document.id DESC"
)
_OF_REQUEST = (
    f"{_SELECT} WHERE document.request_id = ? AND NOT EXISTS (SELECT 1 FROM print_job WHERE print_job.document_id = document.id"  # noqa: S608 - our own words
    " AND print_job.state <> 'printed') ORDER BY document.id DESC"
)

_CONTENT = "content, encrypted, sha256, patient_id"
_TASKS = (
    "SELECT paper, task, EXISTS (SELECT 1 FROM letter WHERE letter.request_id = request.id"  # noqa: S608 - our own words
    f" AND {SEALED.format('letter.typed')}) FROM request WHERE id = ?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What a document is of, and how it left: by an account's id, ``target`` the printer or the kind of place."""

    kind: str
    paper: str
    patient_id: int
    visit_id: int | None
    request_id: int | None
    how: How
    target: str
    staff_id: int
    at: datetime


class Documents:
    """The table of issued documents. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, seals: Seals, notes_key: NotesKey) -> None:
        """Work over this connection; each row that is added is sealed, its bytes encrypted where not everybody may see them."""
        self._connection = connection
        self._seals = seals
        self._notes_key = notes_key

    def add(self, made: Made, leaf: Leaf, *, stamp: str | None = None) -> int:
        """Keep a document as it leaves, and return its id.

        ``stamp`` is the state of the record when what it was made of was read, None when that is the record as it stands.
        """
        if made.copy_of is not None:
            stamp = self._stamp_kept(made.copy_of)
        elif stamp is None:
            stamp = self.stamp(leaf.paper, leaf.patient_id, leaf.visit_id, leaf.request_id)
        sha256 = sha256_of(made.content)
        closed = self._closed(leaf.request_id, leaf.kind, leaf.paper)
        content = self._notes_key.seal_bytes(made.content, _place(sha256, leaf.patient_id)) if closed else made.content
        row = (
            leaf.request_id, leaf.patient_id, leaf.visit_id, leaf.kind, made.version, int(made.preliminary), sha256,
            content, made.pages, made.language, made.copy_of, stamp, leaf.how, leaf.target, leaf.staff_id, instant_text(leaf.at),
            int(closed),
        )  # fmt: skip
        document_id = int(self._connection.execute(_INSERT, row).lastrowid or 0)
        self._seals.add("document", document_id, at=leaf.at)
        return document_id

    def stamp(self, paper: str, patient_id: int, visit_id: int | None, request_id: int | None = None) -> str:
        """Return the state of the record that this paper would be made from now."""
        row = self._connection.execute(_STAMP, (paper, patient_id, visit_id, request_id)).fetchone()
        return str(row[0]) if row else ""

    def note_version(self, visit_id: int) -> int:
        """Return which version of a visit's note there is now: 1 with the signature, one more for each addendum, 0 before."""
        row = self._connection.execute(NOTE_VERSION, (visit_id,)).fetchone()
        return int(row[0]) if row else 0

    def stamp_of(self, request_id: int) -> str:
        """Return the state of the record that a request's document would be made from now. Raises LookupError."""
        row = self._connection.execute(f"SELECT {STAMP_OF} FROM request AS asked WHERE asked.id = ?", (request_id,)).fetchone()  # noqa: S608 - our own words
        if row is None:
            raise LookupError
        return str(row[0])

    def get(self, document_id: int) -> IssuedDocument | None:
        """Return a document without its bytes, None when there is none with this id."""
        row = self._connection.execute(f"{_SELECT} WHERE document.id = ?", (document_id,)).fetchone()
        return None if row is None else _issued(row)

    def content(self, document_id: int) -> bytes | None:
        """Return a document's bytes as they left, None of those from before bytes were kept.

        Raises DeniedError for a paper that needs the key of the notes, IntakeError ``note_altered`` when they are not as they were kept.
        """
        row = self._connection.execute(f"SELECT {_CONTENT} FROM document WHERE id = ?", (document_id,)).fetchone()  # noqa: S608 - our own names
        return None if row is None or row[0] is None else self._opened(*row)

    def known(self, sha256: str) -> tuple[IssuedDocument, ...]:
        """Return the documents of these bytes, the first that left first."""
        rows = self._connection.execute(f"{_SELECT} WHERE document.sha256 = ? ORDER BY document.id", (sha256,))
        return tuple(_issued(row) for row in rows)

    def of_request(self, request_id: int) -> tuple[IssuedDocument, ...]:
        """Return the documents that left for a request, the latest first; what a printer has still to bring out, or did not, is none."""
        rows = self._connection.execute(_OF_REQUEST, (request_id,))
        return tuple(_issued(row) for row in rows)

    def last_of(self, request_id: int) -> IssuedDocument | None:
        """Return the last document of a request that came out and was no preliminary one, None before there is one."""
        return next((document for document in self.of_request(request_id) if not document.preliminary), None)

    def of_patient(self, patient_id: int) -> tuple[IssuedDocument, ...]:
        """Return the documents of a patient whose bytes are kept and that no printer failed to bring out, the latest first."""
        return tuple(_issued(row) for row in self._connection.execute(OF_PATIENT, (patient_id,)))

    def all_known(self) -> dict[int, str]:
        """Return the SHA-256 of every document by its id."""
        return dict(self._connection.execute("SELECT id, sha256 FROM document"))

    def altered(self) -> Iterator[int]:
        """Yield the ids of the documents whose bytes are not those of their SHA-256.

        Without the key of the notes, of a paper that needs it, only that it has to be encrypted.
        """
        ids = [row[0] for row in self._connection.execute("SELECT id FROM document WHERE content IS NOT NULL ORDER BY id")]
        for document_id in ids:
            row = self._connection.execute(f"SELECT {_CONTENT}, request_id, kind FROM document WHERE id = ?", (document_id,)).fetchone()  # noqa: S608 - our own names
            if row is None or not self._is_as_left(*row):
                yield document_id

    def unopened(self) -> int:
        """Return how many documents need the key of the notes to be compared, 0 for who has it."""
        if self._notes_key.held:
            return 0
        row = self._connection.execute("SELECT count(*) FROM document WHERE encrypted").fetchone()
        return int(row[0]) if row else 0

    def encrypt_open(self) -> None:
        """Encrypt what a store of before holds in the open and not everybody may see; call it before the store tells of its key."""
        ids = self._connection.execute("SELECT id, request_id, kind FROM document WHERE content IS NOT NULL AND NOT encrypted").fetchall()
        for document_id, request_id, kind in ids:
            if not self._closed(request_id, kind):
                continue
            sql = "SELECT sha256, patient_id, content FROM document WHERE id = ?"
            for sha256, patient_id, content in self._connection.execute(sql, (document_id,)).fetchall():
                row = (self._notes_key.seal_bytes(content, _place(sha256, patient_id)), document_id)
                self._connection.execute("UPDATE document SET content = ?, encrypted = 1 WHERE id = ?", row)

    def plain(self, row: dict[str, Any]) -> dict[str, Any]:
        """Return a row of the table with its bytes as they left."""
        kept = {name: value for name, value in row.items() if name != "encrypted"}
        content = row["content"]
        return kept if content is None else {**kept, "content": self._opened(content, row["encrypted"], row["sha256"], row["patient_id"])}

    def untold(self) -> tuple[str, ...]:
        """Return the SHA-256 of each document of which the audit tells nothing."""
        return tuple(row[0] for row in self._connection.execute(UNTOLD))

    def _opened(self, content: bytes, encrypted: int, sha256: str, patient_id: int) -> bytes:
        return self._notes_key.open_bytes(content, _place(sha256, patient_id)) if encrypted else bytes(content)

    def _is_as_left(self, content: bytes, encrypted: int, sha256: str, patient_id: int, request_id: int | None, kind: str) -> bool:
        if encrypted and not self._notes_key.held:
            return self._closed(request_id, kind)
        try:
            return sha256_of(self._opened(content, encrypted, sha256, patient_id)) == sha256
        except IntakeError:
            return False

    def _closed(self, request_id: int | None, kind: str, paper: str = "") -> bool:
        """Tell whether not everybody may see a paper: by what it is, by its request, or because its letter is encrypted."""
        row = self._connection.execute(_TASKS, (request_id,)).fetchone()
        asked, task, letter = row or (kind, None, 0)
        tasks = {TASK_OF[each] for each in Paper if each in (kind, paper, asked)} | {each for each in Task if each == task}
        return bool(letter) or bool(tasks & NEED_NOTES)

    def _stamp_kept(self, document_id: int) -> str:
        row = self._connection.execute("SELECT stamp FROM document WHERE id = ?", (document_id,)).fetchone()
        if row is None:
            raise LookupError
        return str(row[0])


def _place(sha256: str, patient_id: int) -> str:
    return f"document {sha256} {patient_id}"


def sha256_of(content: bytes) -> str:
    """Return by what a file is known again."""
    return hashlib.sha256(content).hexdigest()


def _issued(row: tuple[Any, ...]) -> IssuedDocument:
    (
        document_id, sha256, kind, patient_id, visit_id, request_id, version, preliminary, pages, size, language, copy_of, stamp, how,
        target, by, at,
    ) = row  # fmt: skip
    return IssuedDocument(
        id=document_id,
        sha256=sha256,
        kind=kind,
        patient_id=patient_id,
        visit_id=visit_id,
        request_id=request_id,
        version=version,
        preliminary=bool(preliminary),
        pages=pages,
        size=size,
        language=language,
        copy_of=copy_of,
        stamp=stamp,
        how=how,
        target=target,
        by=by,
        at=instant(at),
    )
