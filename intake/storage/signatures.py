"""Signatures under the audit: each commit that adds entries is signed by those in whose names they are, with keys of their own.

A signature holds for its entry and every one before it. So most of them give way to the next of the same session.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from intake.domain.audit import Link
from intake.security.signing import Signer, is_signed
from intake.storage.driver import Connection
from intake.storage.entry_parts import TOLD, seals_in
from intake.storage.in_whose_name import Whose
from intake.storage.seals import seal_of

KEEP_EVERY: Final = 100
"""How many entries lie between two signatures of a session that stay; those under what must stand alone stay anyway."""
_HEAD: Final = b"intake-desk audit signature 1\0"
_LATER: Final = (
    "SELECT min(later.since) FROM signer AS own JOIN signer AS later ON later.staff_id IS own.staff_id AND later.id > own.id"
    " WHERE own.public = ?"
)
_GIVE_WAY: Final = "DELETE FROM audit_signature WHERE public = ? AND seq = ? AND signature = ?"
_TELLER: Final = (
    f"SELECT seq, staff_id, staff_role, action, json_extract(changes, '$.role[1]'), json_extract(changes, '$.active[1]'), {TOLD}"  # noqa: S608 - our own words
    " FROM audit WHERE seq = ?"
)
_OF_ACCOUNTS: Final = (
    f"SELECT seq, {TOLD} AS told FROM audit WHERE changes <> '{{}}' AND told IS NOT NULL"  # noqa: S608 - as above
    " AND (instr(told, 'staff:') OR instr(told, 'signer:') OR instr(told, 'recovery:')) ORDER BY seq"
)
_THEIRS: Final = (
    "(SELECT max(seq) FROM audit WHERE patient_id = held.patient_id AND audit.staff_id = deed.staff_id AND outcome = 'done' AND action ="
)
_DECIDED: Final = (
    f"SELECT 'retention_altered', deed.staff_id, held.patient_id, {_THEIRS} 'consent_to_removal')"  # noqa: S608 - our own words
    " FROM removal_consent AS deed JOIN removal AS held ON held.id = deed.removal_id UNION ALL"
    f" SELECT 'amendment_altered', deed.staff_id, held.patient_id, {_THEIRS} 'amendment_step')"
    " FROM amendment_step AS deed JOIN amendment AS held ON held.id = deed.amendment_id"
)
_EMERGENCY: Final = (
    "SELECT 1 FROM audit AS told JOIN audit AS used ON used.staff_id = told.staff_id AND used.seq <= told.seq"
    " WHERE told.seq = ? AND used.staff_id = ? AND used.action = 'emergency_access' AND used.outcome = 'done'"
    " AND used.at >= strftime('%Y-%m-%dT%H:%M:%f+00:00', told.at, '-61 minutes')"
)
_LAST_OF: Final = (
    "SELECT (SELECT max(seq) FROM audit_signature WHERE public = signer.public) AS last, public FROM signer"
    " WHERE staff_id = ? ORDER BY last DESC LIMIT 1"
)
_SELECT: Final = (
    "SELECT signed.seq, signed.public, signed.signature, audit.hash FROM audit_signature AS signed"
    " LEFT JOIN signer ON signer.public = signed.public LEFT JOIN audit ON audit.seq = signed.seq"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature: of which entry, by which key, the signature, and the hash the entry has now, None of one that is not there."""

    seq: int
    public: bytes
    signature: bytes
    hash: bytes | None

    def holds(self, store_id: str) -> bool:
        """Tell whether the entry, and so every one before it, is the one that was signed."""
        return self.hash is not None and is_signed(self.public, message(store_id, Link(seq=self.seq, hash=self.hash)), self.signature)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptSigner:
    """A key as it was registered: whose it is, and since which entry."""

    id: int
    whose: Whose
    public: bytes
    since: int
    seal: str


@dataclass(frozen=True, slots=True)
class Teller:
    """An entry that tells the seals of accounts or keys: its number, who made it, and the seals by table and name."""

    seq: int
    staff_id: int | None
    role: str | None
    action: str
    told_role: str | None
    told_active: str | None
    sealed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Last:
    """The session's last signature with one key: of which entry, how many entries since one that stays, and whether it stays itself."""

    link: Link
    signature: bytes
    count: int
    stays: bool


class Signatures:
    """The tables of signers and signatures, and the keys that the people at work in this session have."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection, with nobody's key: nothing is signed."""
        self._connection = connection
        self._signers: dict[Whose, Signer] = {}
        self._holder: Signer | None = None
        self._last: dict[bytes, _Last] = {}
        self._signed: dict[bytes, _Last] = {}
        self._store_id = ""

    def hold(self, whose: Whose, private_half: bytes) -> bool:
        """Sign with this key from now on, also what nobody did; without effect, and False, when it is not the one registered."""
        found = self.add(whose, private_half)
        self._holder = self._signers[whose] if found else None
        return found

    def add(self, whose: Whose, private_half: bytes) -> bool:
        """Sign with this key what is done in its owner's name; False when it is not the one registered."""
        signer = Signer(private_half)
        if self.owner(signer.public) != (whose,):
            self._signers.pop(whose, None)
            return False
        self._signers[whose] = signer
        return True

    @contextmanager
    def lent(self, whose: Whose, private_half: bytes) -> Generator[None]:
        """Sign with this key for a while: somebody types their password at a colleague's desk."""
        before = self._signers.get(whose)
        self.add(whose, private_half)
        try:
            yield
        finally:
            self._signers.pop(whose, None)
            if before is not None:
                self._signers[whose] = before

    def begun(self) -> int | None:
        """Return since which entry there are signatures, None in a store that has none yet, also one whose tables are of before."""
        if self._connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'signer'").fetchone() is None:
            return None
        row = self._connection.execute("SELECT min(since) FROM signer").fetchone()
        return None if row is None else row[0]

    def keys(self, staff_id: int) -> tuple[bytes, ...]:
        """Return every key a person had, the present one first."""
        rows = self._connection.execute("SELECT public FROM signer WHERE staff_id = ? ORDER BY id DESC", (staff_id,))
        return tuple(row[0] for row in rows)

    def last_of(self, staff_id: int) -> Signature | None:
        """Return the last signature of a person, None when there is none."""
        row = self._connection.execute(_LAST_OF, (staff_id,)).fetchone()
        row = row and self._connection.execute(f"{_SELECT} WHERE signed.seq = ? AND signed.public = ?", row).fetchone()
        return None if row is None else Signature(*row)

    def entries_of(self, staff_id: int, *, after: int) -> Iterator[tuple[int, str, str]]:
        """Yield number, action and outcome of each entry in a person's name that comes after one, the latest first."""
        sql = "SELECT seq, action, outcome FROM audit WHERE staff_id = ? AND seq > ? ORDER BY seq DESC"
        yield from self._connection.execute(sql, (staff_id, after))

    def all(self) -> Iterator[Signature]:
        """Yield every signature in the order of the entries."""
        for row in self._connection.execute(f"{_SELECT} ORDER BY signed.seq"):
            yield Signature(*row)

    def signers(self) -> tuple[KeptSigner, ...]:
        """Return every key that was registered, in that order, each with the seal of its row."""
        names = "id, staff_id, public, since, hex(public)"
        rows = self._connection.execute(f"SELECT {names} FROM signer ORDER BY id").fetchall()  # noqa: S608 - our own words
        return tuple(
            KeptSigner(id=row[0], whose=row[1], public=row[2], since=row[3], seal=seal_of([row[0], row[1], row[4], row[3]])) for row in rows
        )

    def tellers(self, numbers: Iterable[int]) -> tuple[Teller, ...]:
        """Return what these entries tell of accounts and keys, in their order."""
        rows = (self._connection.execute(_TELLER, (seq,)).fetchone() for seq in numbers)
        return tuple(_teller(row) for row in rows if row is not None)

    def telling_of_accounts(self) -> tuple[int, ...]:
        """Return the numbers of the entries that tell the seal of an account, a key that signs or the recovery key."""
        return tuple(row[0] for row in self._connection.execute(_OF_ACCOUNTS).fetchall())

    def decided(self) -> Iterator[tuple[str, int, int, int | None]]:
        """Yield by what it is found who consented to a removal or decided an amendment, of which patient, and the entry of theirs on it."""
        yield from self._connection.execute(_DECIDED)

    def in_emergency(self, teller: Teller) -> bool:
        """Tell whether who told something used emergency access just then."""
        return self._connection.execute(_EMERGENCY, (teller.seq, teller.staff_id)).fetchone() is not None

    def last_of_key(self, since: int) -> int:
        """Return the last entry that a key may sign which another one follows ``since`` an entry: the one that tells of it.

        A clock that was set back is told first, and takes the seals along.
        """
        row = self._connection.execute("SELECT action = 'clock_set_back' FROM audit WHERE seq = ?", (since,)).fetchone()
        return since + 1 if row is not None and row[0] else since

    def owner(self, public: bytes) -> tuple[Whose] | None:
        """Return whose key this is, None when it is nobody's."""
        row = self._connection.execute("SELECT staff_id FROM signer WHERE public = ?", (public,)).fetchone()
        return None if row is None else (row[0],)

    def stale(self, whose: Whose) -> bool:
        """Tell whether another key took the place of the one that this session signs with for somebody."""
        signer = self._signers.get(whose)
        return signer is not None and self._until(signer.public) is not None

    def changed_under(self) -> int | None:
        """Return the number of an entry that is not the one that this session signed, None when all are."""
        for each in self._last.values():
            row = self._connection.execute("SELECT hash FROM audit WHERE seq = ?", (each.link.seq,)).fetchone()
            if row is None or row[0] != each.link.hash:
                return each.link.seq
        return None

    def sign(self, link: Link, whose: Iterable[Whose], *, entries: int, stays: bool) -> None:
        """Sign the audit as far as an entry, as those whose entries are among the last ones and as who holds the session.

        ``stays`` says that this signature never gives way. A key whose place another one took signs nothing any more.
        """
        signers = {signer.public: signer for each in whose if (signer := self._signers.get(each)) is not None}
        if self._holder is not None:
            signers[self._holder.public] = self._holder
        for public, signer in signers.items():
            until = self._until(public)
            if until is None or link.seq <= until:
                self._sign(signer, link, entries=entries, stays=stays)

    def committed(self) -> None:
        """Remember what was signed: it is kept."""
        self._last.update(self._signed)
        self._signed.clear()

    def forget(self) -> None:
        """Forget what was signed: it is not kept after all."""
        self._signed.clear()

    def _sign(self, signer: Signer, link: Link, *, entries: int, stays: bool) -> None:
        public, before = signer.public, self._last.get(signer.public)
        signature = signer.sign(message(self._id(), link))
        self._connection.execute("INSERT INTO audit_signature (seq, public, signature) VALUES (?, ?, ?)", (link.seq, public, signature))
        count = entries + (before.count if before else 0)
        if before is not None:
            if before.stays or before.count >= KEEP_EVERY:
                count = entries
            else:
                self._connection.execute(_GIVE_WAY, (public, before.link.seq, before.signature))
        self._signed[public] = _Last(link=link, signature=signature, count=count, stays=stays)

    def _until(self, public: bytes) -> int | None:
        """Return the last entry that a key may sign, None while it is the present one."""
        row = self._connection.execute(_LATER, (public,)).fetchone()
        return None if row is None or row[0] is None else self.last_of_key(int(row[0]))

    def _id(self) -> str:
        if not self._store_id:
            row = self._connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchone()
            self._store_id = str(row[0]) if row else ""
        return self._store_id


def message(store_id: str, link: Link) -> bytes:
    """Return what is signed: which store, which entry, and its hash, to which every entry before is chained."""
    return _HEAD + f"{store_id}\0{link.seq}\0".encode() + link.hash


def _teller(row: tuple[Any, ...]) -> Teller:
    seq, staff_id, role, action, told_role, told_active, sealed = row
    return Teller(seq, staff_id, role, action, told_role, told_active, dict(seals_in(sealed or b"")))
