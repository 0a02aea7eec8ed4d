"""The audit: who did what and when. Entries are only ever added, each chained to the one before."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from intake.domain.documents import How
from intake.domain.staff import Actor
from intake.storage.driver import Connection
from intake.storage.rows import Change, insert_sql, instant, instant_text
from intake.storage.seals import Seals

_CONTENT = (
    "seq", "at", "staff_id", "staff_role", "workstation", "action", "patient_id", "visit_id", "object_version", "changes",
    "reason", "outcome",
)  # fmt: skip
_INSERT = insert_sql("audit", (*_CONTENT, "prev_hash", "hash"))
_ALL = (
    "SELECT seq, at, staff_id, staff_role, workstation, action, patient_id, visit_id, object_version, changes,"
    " reason, outcome, prev_hash, hash FROM audit ORDER BY seq"
)
_BEFORE = "'print_intake', 'pdf_intake', 'print_note', 'pdf_note', 'print_homecare', 'pdf_homecare'"
LEFT = f"('send_document', 'print_document', 'export_document', {_BEFORE})"
"""The actions by which a document leaves or is about to, those from before its bytes were kept too."""
PAPERS = (
    "SELECT audit.visit_id, audit.at, staff.name, audit.action, audit.changes FROM audit JOIN staff ON staff.id = audit.staff_id"  # noqa: S608 - our own words
    f" WHERE audit.patient_id = ? AND audit.action IN ({_BEFORE}) ORDER BY audit.seq DESC"
)
TELLS_OF_PAPER = (
    "SELECT 1 FROM audit WHERE json_extract(changes, '$.sha256[1]') = ? AND patient_id = ? AND visit_id IS ?"  # noqa: S608 - as above
    f" AND action IN {LEFT}"
)
_OLD_KINDS = {"intake": "intake_form", "note": "visit_note", "homecare": "home_care"}
"""What the kinds are called now that older actions name."""
FIRST_LINK = bytes(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditEntry:
    """One edit of a patient: when, by whom (name), and each field's old and new value as stored."""

    at: datetime
    by: str
    changes: dict[str, Change]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperEntry:
    """A document that left the program: of which visit, when, by whom (name), how, and where to.

    ``visit_id`` is None of one of the whole record. ``document_id`` is that of the kept bytes, None of a document from before
    they were kept.
    """

    visit_id: int | None
    at: datetime
    by: str
    how: How
    target: str
    kind: str
    document_id: int | None = None
    is_copy: bool = False


class Audit:
    """The table of audit entries. Adding goes inside the transaction of what it tells."""

    def __init__(self, connection: Connection, key: bytes, seals: Seals | None = None) -> None:
        """Work over this connection; ``key`` keys the chain, ``seals`` are told by the entry that comes after them."""
        self._connection = connection
        self._key = key
        self._seals = seals or Seals(connection)
        self._actor: Actor | None = None
        self._told: dict[int, set[str]] = {}
        self._searches: dict[int, str] = {}

    def add(  # noqa: PLR0913 - the parts of an entry, each named at the call
        self,
        actor: Actor | None,
        action: str,
        *,
        at: datetime,
        workstation: str = "",
        patient_id: int | None = None,
        visit_id: int | None = None,
        object_version: int | None = None,
        changes: Mapping[str, Change] | None = None,
        reason: str | None = None,
        outcome: str = "done",
    ) -> None:
        """Add an entry; ``actor`` is None when nobody is known yet, and then ``workstation`` says where."""
        last = self._connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
        seq, link = (last[0] + 1, last[1]) if last else (1, FIRST_LINK)
        sealed = self._seals.take()
        told = {**(changes or {}), **({"sealed": (None, sealed)} if sealed else {})}
        self._actor = actor
        content = (
            seq,
            instant_text(at),
            actor.staff.id if actor else None,
            actor.staff.role.value if actor else None,
            actor.workstation if actor else workstation,
            action,
            patient_id,
            visit_id,
            object_version,
            json.dumps(told, ensure_ascii=False) if told else "{}",
            reason,
            outcome,
        )
        self._connection.execute(_INSERT, (*content, link, self._hash(link, content)))

    def finish(self) -> None:
        """Tell, as the last thing of a transaction, the seals of rows that no entry came after."""
        if self._seals.at is not None:
            self.add(self._actor, "seal_rows", at=self._seals.at)
        self._actor = None

    def forget_sealed(self) -> None:
        """Forget the seals of rows that are not kept after all."""
        self._seals.forget()
        self._actor = None

    def sealed(self) -> dict[str, tuple[str, int | None]]:
        """Return of each row that was sealed, by table and name, its last seal and the patient that entry is of."""
        rows = self._connection.execute(
            "SELECT json_extract(changes, '$.sealed[1]') AS told, patient_id FROM audit WHERE told IS NOT NULL ORDER BY seq"
        )
        parted = ((seal.partition("="), patient_id) for told, patient_id in rows for seal in told.split(" "))
        return {name: (seal, patient_id) for (name, _, seal), patient_id in parted}

    def broken_at(self) -> tuple[int, int | None]:
        """Return how many entries there are, and the first number at which the chain does not hold, None if it holds."""
        link, expected = FIRST_LINK, 1
        for row in self._connection.execute(_ALL):
            content, prev_hash, found = row[: len(_CONTENT)], row[-2], row[-1]
            if content[0] != expected or prev_hash != link or not hmac.compare_digest(found, self._hash(link, content)):
                return expected, expected
            link, expected = found, expected + 1
        return expected - 1, None

    def edits_of(self, patient_id: int) -> tuple[EditEntry, ...]:
        """Return the edits of a patient, the latest first."""
        rows = self._connection.execute(
            "SELECT audit.at, staff.name, audit.changes FROM audit JOIN staff ON staff.id = audit.staff_id"
            " WHERE audit.patient_id = ? AND audit.action = 'edit_patient' ORDER BY audit.seq DESC",
            (patient_id,),
        )
        return tuple(
            EditEntry(at=instant(at), by=by, changes={path: (old, new) for path, (old, new) in json.loads(changes).items()})
            for at, by, changes in rows
        )

    def papers_of(self, patient_id: int) -> tuple[PaperEntry, ...]:
        """Return what was printed or saved of a patient's documents before their bytes were kept, the latest first."""
        rows = self._connection.execute(PAPERS, (patient_id,))
        return tuple(_paper(*row) for row in rows)

    def tells_of_paper(self, patient_id: int, visit_id: int | None, sha256: str) -> bool:
        """Tell whether a document of a patient with these bytes was told to have left."""
        return self._connection.execute(TELLS_OF_PAPER, (sha256, patient_id, visit_id)).fetchone() is not None

    def forms_taken(self, sha256: str) -> int:
        """Return how often the filled form with this SHA-256 was imported."""
        row = self._connection.execute(
            "SELECT count(*) FROM audit WHERE json_extract(changes, '$.sha256[1]') = ? AND action = 'import_form'", (sha256,)
        ).fetchone()
        return int(row[0]) if row else 0

    def documents_told(self) -> set[str]:
        """Return the SHA-256 of each document with kept bytes that was told to have left, or to be about to."""
        rows = self._connection.execute(
            "SELECT json_extract(changes, '$.sha256[1]') FROM audit WHERE action IN ('send_document', 'print_document', 'export_document')"
        )
        return {row[0] for row in rows}

    def signatures(self) -> Iterator[tuple[int, int, str]]:
        """Yield visit, version and fingerprint of each signature and addendum that was told."""
        rows: Iterable[tuple[Any, ...]] = self._connection.execute(
            "SELECT visit_id, object_version, changes FROM audit WHERE action IN ('sign_review', 'add_addendum') AND outcome = 'done'"
        )
        for visit_id, version, changes in rows:
            yield visit_id, version, json.loads(changes)["fingerprint"][1]

    def letter_signatures(self) -> Iterator[tuple[str, str]]:
        """Yield document number and fingerprint of each signature of a letter that was told."""
        rows: Iterable[tuple[str]] = self._connection.execute("SELECT changes FROM audit WHERE action = 'sign_letter' AND outcome = 'done'")
        for (changes,) in rows:
            told = json.loads(changes)
            yield told["request"][1], told["fingerprint"][1]

    def tells(self, actor: Actor, what: str) -> bool:
        """Tell whether this is news since the person signed in here, and remember it."""
        told = self._told.setdefault(actor.staff.id, set())
        news = what not in told
        told.add(what)
        return news

    def begins_search(self, actor: Actor, text: str) -> bool:
        """Tell whether this text begins a search: more or fewer letters of the last one are still that one."""
        last = self._searches.get(actor.staff.id, "")
        self._searches[actor.staff.id] = text
        return not last or not (text.startswith(last) or last.startswith(text))

    def forget_told(self, staff_id: int) -> None:
        """Begin anew what is told once per sign-in."""
        self._told.pop(staff_id, None)
        self._searches.pop(staff_id, None)

    def _hash(self, link: bytes, content: tuple[Any, ...]) -> bytes:
        text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        return hmac.digest(self._key, link + text.encode(), hashlib.sha256)


def _paper(visit_id: int, at: str, by: str, action: str, changes: str) -> PaperEntry:
    how, _, kind = action.partition("_")
    told: How = "print" if how == "print" else "file"
    return PaperEntry(visit_id=visit_id, at=instant(at), by=by, how=told, target=json.loads(changes)["target"][1], kind=_OLD_KINDS[kind])
