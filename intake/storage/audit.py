"""The audit: who did what and when. Entries are only ever added, each chained to the one before."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from intake.domain.audit import Link, Progress
from intake.domain.documents import How
from intake.domain.staff import Actor
from intake.storage.chain import CONTENT, FIRST_LINK, broken_at, entry_hash
from intake.storage.driver import Connection
from intake.storage.rows import Change, insert_sql, instant, instant_text
from intake.storage.seals import Seals

_INSERT = insert_sql("audit", (*CONTENT, "prev_hash", "hash"))
_LAST = "SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1"
_ANCHOR_LINE = (
    "SELECT json_extract(changes, '$.anchor[1]') FROM audit WHERE action IN ('check_store', 'begin_anchor_line')"
    " AND json_extract(changes, '$.anchor[1]') IS NOT NULL ORDER BY seq DESC LIMIT 1"
)
_SET_BACK = "clock_set_back"
_TOLD_LATE = ("refused", "too_soon")
"""What is told of tries to sign in when the store opens next."""
CLOCK_SLACK: Final = timedelta(minutes=2)
"""How far an entry may lie before the one it follows without this being told: desks wait for each other, and clocks are trimmed."""
_BEFORE = "'print_intake', 'pdf_intake', 'print_note', 'pdf_note', 'print_homecare', 'pdf_homecare'"
LEFT = f"('send_document', 'print_document', 'export_document', {_BEFORE})"
"""The actions by which a document leaves or is about to, those from before its bytes were kept too."""
PAPERS = (
    "SELECT audit.visit_id, audit.at, staff.name, audit.action, audit.changes FROM audit JOIN staff ON staff.id = audit.staff_id"  # noqa: S608 - our own words
    f" WHERE audit.patient_id = ? AND audit.action IN ({_BEFORE}) ORDER BY audit.seq DESC"
)
TELLS_OF_PAPER = (
    f"SELECT 1 FROM audit WHERE json_extract(changes, '$.sha256[1]') = ? AND patient_id = ? AND visit_id IS ? AND action IN {LEFT}"  # noqa: S608 - our own words
)
NOT_REMOVED = "NOT EXISTS (SELECT 1 FROM audit AS gone WHERE gone.action = 'remove_record' AND gone.patient_id = audit.patient_id)"
"""What is told of a record that was taken away later is compared with nothing any more."""
_OLD_KINDS = {"intake": "intake_form", "note": "visit_note", "homecare": "home_care"}
"""What the kinds are called now that older actions name."""


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
        self._added: Link | None = None
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
        """Add an entry; ``actor`` is None when nobody is known yet, and then ``workstation`` says where.

        When the clock was set back since the last entry, an entry says so first.
        """
        seq, link, before = self._connection.execute(_LAST).fetchone() or (0, FIRST_LINK, None)
        if before and at < instant(before) - CLOCK_SLACK and action != _SET_BACK and outcome not in _TOLD_LATE:
            self.add(actor, _SET_BACK, at=at, workstation=workstation, changes={"clock": (before, instant_text(at))})
            seq, link, _ = self._connection.execute(_LAST).fetchone() or (seq, link, None)
        sealed = self._seals.take()
        told = {**(changes or {}), **({"sealed": (None, sealed)} if sealed else {})}
        self._actor = actor
        content = (
            seq + 1,
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
        found = self._hash(link, content)
        self._connection.execute(_INSERT, (*content, link, found))
        self._added = Link(seq=seq + 1, hash=found)

    def finish(self) -> None:
        """Tell, as the last thing of a transaction, the seals of rows that no entry came after."""
        if self._seals.at is not None:
            self.add(self._actor, "seal_rows", at=self._seals.at)
        self._actor = None

    def forget_sealed(self) -> None:
        """Forget the seals of rows, and entries, that are not kept after all."""
        self._seals.forget()
        self._actor = None
        self._added = None

    def take_added(self) -> Link | None:
        """Return the last entry that was added since this was asked before, None when none was."""
        added, self._added = self._added, None
        return added

    def last(self) -> Link | None:
        """Return the last entry of all, None of an empty audit."""
        row = self._connection.execute(_LAST).fetchone()
        return None if row is None else Link(seq=row[0], hash=row[1])

    def hash_at(self, seq: int) -> bytes | None:
        """Return the hash of an entry, None when there is no such entry."""
        row = self._connection.execute("SELECT hash FROM audit WHERE seq = ?", (seq,)).fetchone()
        return None if row is None else bytes(row[0])

    def anchor_line(self) -> str | None:
        """Return the name of the anchor's line that was told last, None when none ever was."""
        row = self._connection.execute(_ANCHOR_LINE).fetchone()
        return None if row is None else str(row[0])

    def sealed(self) -> dict[str, tuple[str, int | None]]:
        """Return of each row that was sealed and not removed since, by table and name, its last seal and the patient that entry is of."""
        rows = self._connection.execute(
            "SELECT json_extract(changes, '$.sealed[1]') AS told, patient_id FROM audit WHERE told IS NOT NULL ORDER BY seq"
        )
        parted = ((seal.partition("="), patient_id) for told, patient_id in rows for seal in told.split(" "))
        sealed = {name: (seal, patient_id) for (name, _, seal), patient_id in parted}
        for name in self._removed():
            sealed.pop(name, None)
        return sealed

    def _removed(self) -> Iterator[str]:
        """Yield the names of the rows that went with their patient."""
        for (names,) in self._connection.execute("SELECT json_extract(changes, '$.removed[0]') FROM audit WHERE action = 'remove_record'"):
            yield from names.split(" ")

    def broken_at(self, progress: Progress | None = None) -> tuple[int, int | None]:
        """Return how many entries there are, and the first number at which the chain does not hold, None if it holds."""
        return broken_at(self._connection, self._key, progress)

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
            "SELECT json_extract(changes, '$.sha256[1]') FROM audit"  # noqa: S608 - our own words
            f" WHERE action IN ('send_document', 'print_document', 'export_document') AND {NOT_REMOVED}"
        )
        return {row[0] for row in rows}

    def signatures(self) -> Iterator[tuple[int, int, str]]:
        """Yield visit, version and fingerprint of each signature and addendum that was told."""
        rows: Iterable[tuple[Any, ...]] = self._connection.execute(
            "SELECT visit_id, object_version, changes FROM audit"  # noqa: S608 - as above
            f" WHERE action IN ('sign_review', 'add_addendum') AND outcome = 'done' AND {NOT_REMOVED}"
        )
        for visit_id, version, changes in rows:
            yield visit_id, version, json.loads(changes)["fingerprint"][1]

    def letter_signatures(self) -> Iterator[tuple[str, str]]:
        """Yield document number and fingerprint of each signature of a letter that was told."""
        rows: Iterable[tuple[str]] = self._connection.execute(
            f"SELECT changes FROM audit WHERE action = 'sign_letter' AND outcome = 'done' AND {NOT_REMOVED}"  # noqa: S608 - as above
        )
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
        return entry_hash(self._key, link, content)


def _paper(visit_id: int, at: str, by: str, action: str, changes: str) -> PaperEntry:
    how, _, kind = action.partition("_")
    told: How = "print" if how == "print" else "file"
    return PaperEntry(visit_id=visit_id, at=instant(at), by=by, how=told, target=json.loads(changes)["target"][1], kind=_OLD_KINDS[kind])
