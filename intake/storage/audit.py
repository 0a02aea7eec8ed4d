"""The audit: who did what and when. Entries are only ever added, each chained to the one before."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from intake.domain.audit import Link, Progress
from intake.domain.documents import How
from intake.domain.staff import Actor
from intake.errors import StoreError
from intake.storage.chain import CONTENT, FIRST_LINK, Walked, entry_hash, walk
from intake.storage.driver import Connection
from intake.storage.entry_parts import changes_in, time_in
from intake.storage.in_whose_name import ALTERED, News
from intake.storage.rows import Change, insert_sql, instant_text
from intake.storage.seals import Seals
from intake.storage.signatures import Signatures

_INSERT = insert_sql("audit", (*CONTENT, "prev_hash", "hash"))
_LAST = "SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1"
_ANCHOR_LINE = (
    "SELECT json_extract(changes, '$.anchor[1]') FROM audit WHERE action IN ('check_store', 'begin_anchor_line') AND outcome = 'done'"
    " AND json_extract(changes, '$.anchor[1]') IS NOT NULL ORDER BY seq DESC LIMIT 1"
)
_LAST_NUMBER: Final = (1 << 63) - 1
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
NOT_REMOVED = (
    "NOT EXISTS (SELECT 1 FROM audit AS gone WHERE gone.action = 'remove_record' AND gone.outcome = 'done'"
    " AND gone.patient_id = audit.patient_id)"
)
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
        self.signatures = Signatures(connection)
        self._actor: Actor | None = None
        self._added: Link | None = None
        self._news = News()
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
        if action != _SET_BACK and outcome not in _TOLD_LATE:
            self._tell_set_back(actor, at, workstation)
        seq, link = self._end()
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
        found = entry_hash(self._key, link, content)
        self._connection.execute(_INSERT, (*content, link, found))
        self._added = Link(seq=seq + 1, hash=found)
        staff_id = actor.staff.id if actor else None
        self._news = self._news.with_entry(at, action, staff_id, outcome=outcome, sealed=sealed)

    def _end(self) -> tuple[int, bytes]:
        """Return number and hash of the last entry. Raises StoreError when somebody gave one the last number there is."""
        seq, link, _ = self._connection.execute(_LAST).fetchone() or (0, FIRST_LINK, None)
        if seq >= _LAST_NUMBER:
            raise StoreError("damaged_store")
        return seq, link

    def _tell_set_back(self, actor: Actor | None, at: datetime, workstation: str) -> None:
        row = self._connection.execute(_LAST).fetchone()
        if row is not None and at < time_in(row[2]) - CLOCK_SLACK:
            self.add(actor, _SET_BACK, at=at, workstation=workstation, changes={"clock": (row[2], instant_text(at))})

    def finish(self, at_work: Actor | None = None) -> None:
        """Tell at last the seals of rows that no entry came after, of who is ``at_work`` when none said whose; sign what was added."""
        while self._seals.pending():
            self.add(self._actor or at_work, "seal_rows", at=self._seals.at or self.moment())
        self._seals.forget()
        if self._added is not None and self._news.at is not None:
            if (altered := self.signatures.changed_under()) is not None:
                found = {"found": (None, f"signature_wrong {altered}")}
                self.add(self._actor, ALTERED, at=self._news.at, changes=found, outcome="not_whole")
            self.signatures.sign(self._added, self._news.whose, entries=self._news.entries, stays=self._news.stays)
        self._actor = None

    def moment(self) -> datetime:
        """Return when the last entry of this transaction was, or else the last one of all."""
        if self._news.at is not None:
            return self._news.at
        row = self._connection.execute(_LAST).fetchone()
        return time_in(row[2]) if row else datetime.now(UTC)

    def forget_sealed(self) -> None:
        """Forget the seals of rows, and entries, that are not kept after all."""
        self._seals.forget()
        self.signatures.forget()
        self._actor = None
        self._added = None
        self._news = News()

    def take_added(self) -> Link | None:
        """Return the last entry that was added since this was asked before, None when none was."""
        added, self._added = self._added, None
        self._news = News()
        self.signatures.committed()
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

    def broken_at(self, progress: Progress | None = None) -> tuple[int, int | None]:
        """Return how many entries there are, and the first number at which the chain does not hold, None if it holds."""
        walked = self.walk(progress)
        return walked.entries, walked.broken_at

    def walk(self, progress: Progress | None = None) -> Walked:
        """Walk over the whole chain and return what was seen."""
        return walk(self._connection, self._key, progress)

    def edits_of(self, patient_id: int) -> tuple[EditEntry, ...]:
        """Return the edits of a patient, the latest first."""
        rows = self._connection.execute(
            "SELECT audit.at, staff.name, audit.changes FROM audit JOIN staff ON staff.id = audit.staff_id"
            " WHERE audit.patient_id = ? AND audit.action = 'edit_patient' ORDER BY audit.seq DESC",
            (patient_id,),
        )
        return tuple(EditEntry(at=time_in(at), by=by, changes=changes_in(changes)) for at, by, changes in rows)

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
        return {row[0] for row in rows if row[0]}

    def note_signatures(self) -> Iterator[tuple[int, int, str]]:
        """Yield visit, version and fingerprint of each signature and addendum that was told."""
        yield from self._connection.execute(
            "SELECT visit_id, object_version, json_extract(changes, '$.fingerprint[1]') FROM audit"  # noqa: S608 - as above
            f" WHERE action IN ('sign_review', 'add_addendum') AND outcome = 'done' AND visit_id IS NOT NULL AND {NOT_REMOVED}"
        )

    def letter_signatures(self) -> Iterator[tuple[str, str]]:
        """Yield document number and fingerprint of each signature of a letter that was told."""
        yield from self._connection.execute(
            "SELECT json_extract(changes, '$.request[1]') AS number, json_extract(changes, '$.fingerprint[1]') FROM audit"  # noqa: S608 - as above
            f" WHERE action = 'sign_letter' AND outcome = 'done' AND number IS NOT NULL AND {NOT_REMOVED}"
        )

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


def _paper(visit_id: int, at: str, by: str, action: str, changes: str) -> PaperEntry:
    how, _, kind = action.partition("_")
    told: How = "print" if how == "print" else "file"
    target = changes_in(changes).get("target", (None, None))[1] or ""
    return PaperEntry(visit_id=visit_id, at=time_in(at), by=by, how=told, target=target, kind=_OLD_KINDS[kind])
