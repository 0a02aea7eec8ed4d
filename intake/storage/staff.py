"""Accounts as kept, with the slots that their passwords open, and the recovery key's."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from intake.domain.staff import HOLD_NOTES, Role, Staff
from intake.errors import IntakeError
from intake.security.slots import Slot, slot_from_json
from intake.storage.driver import Connection
from intake.storage.notes_key import NotesKey
from intake.storage.rows import instant, instant_text
from intake.storage.seals import Seals

_SIGN_IN = "SELECT role, slot FROM staff WHERE active = 1 ORDER BY id"
_LAST_KEY = "SELECT seq, at FROM audit WHERE action = 'rotate_key' AND outcome = 'done' ORDER BY seq DESC LIMIT 1"
_LEFT = (
    "SELECT DISTINCT staff.name FROM audit JOIN staff ON staff.login = json_extract(audit.changes, '$.login[1]')"
    " WHERE audit.action = 'set_active' AND json_extract(audit.changes, '$.active[1]') = 'no' AND audit.seq > ?"
    " AND staff.active = 0 ORDER BY staff.name"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with the slot that its password opens, as it is ``written``."""

    staff: Staff
    written: str = field(repr=False)

    @property
    def slot(self) -> Slot:
        """Return the slot. Raises IntakeError ``account_not_as_told`` when there stands something else."""
        return _needed(_read(self.written))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """An account as the check compares it with the audit: role, whether it may sign in, and by what its signatures are checked."""

    id: int
    login: str
    role: str
    active: bool
    signer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recovery:
    """The recovery key's slot: when it was made, when its print was typed back, when it was last used."""

    slot: Slot = field(repr=False)
    made_at: datetime
    confirmed_at: datetime | None
    used_at: datetime | None


class StaffTable:
    """The table of accounts. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, seals: Seals, notes_key: NotesKey) -> None:
        """Work over this connection; the audit tells the ``seals`` of what is written, slots are given the key of the notes."""
        self._connection = connection
        self._seals = seals
        self._notes_key = notes_key

    def any(self) -> bool:
        """Tell whether there is an account at all."""
        return self._connection.execute("SELECT 1 FROM staff LIMIT 1").fetchone() is not None

    def all(self) -> tuple[Staff, ...]:
        """Return every account by name."""
        rows = self._connection.execute("SELECT id, login, name, role, active FROM staff ORDER BY name, id")
        return tuple(
            Staff(id=staff_id, login=login, name=name, role=Role(role), active=bool(active)) for staff_id, login, name, role, active in rows
        )

    def by_login(self, login: str) -> Account | None:
        """Return the account of a login typed in any case, None when there is none."""
        row = self._connection.execute("SELECT id, login, name, role, active, slot FROM staff WHERE login = ?", (login.strip(),)).fetchone()
        if row is None:
            return None
        staff = Staff(id=row[0], login=row[1], name=row[2], role=Role(row[3]), active=bool(row[4]))
        return Account(staff=staff, written=row[5])

    def add(self, *, login: str, name: str, role: Role, slot: Slot, at: datetime) -> Staff:
        """Keep a new account with the slot that its password opens."""
        staff_id = self._connection.execute(
            "INSERT INTO staff (login, name, role, slot, active, created_at) VALUES (?, ?, ?, ?, 1, ?)",
            (login, name, role.value, _written(slot), instant_text(at)),
        ).lastrowid
        self._share_notes(role, slot)
        self._register(staff_id, slot, at=at)
        self.seal(staff_id, at=at)
        return Staff(id=staff_id, login=login, name=name, role=role)

    def seal(self, staff_id: int, *, at: datetime) -> None:
        """Have the audit tell the account as it stands now, with its second factor: the last thing of whoever changed it."""
        self._seals.add("staff", staff_id, at=at)

    def by_id(self, staff_id: int) -> Staff:
        """Return an account. Raises KeyError."""
        row = self._connection.execute("SELECT id, login, name, role, active FROM staff WHERE id = ?", (staff_id,)).fetchone()
        if row is None:
            raise KeyError(staff_id)
        return Staff(id=row[0], login=row[1], name=row[2], role=Role(row[3]), active=bool(row[4]))

    def set_active(self, staff_id: int, *, active: bool) -> None:
        """Let an account sign in, or no longer; what its slot opens is what it was before anything is written."""
        given = self._role_and_slot(staff_id) if active else None  # what is no slot can still be switched off
        self._connection.execute("UPDATE staff SET active = ? WHERE id = ?", (int(active), staff_id))
        if given is not None:
            self._share_notes(*given)
        self._notes_key.keep_only(self.slots())

    def set_slot(self, staff_id: int, slot: Slot, *, role: Role | None, at: datetime) -> None:
        """Keep the slot of a new password, for a role that who calls compared with the audit; of None it gets no key of the notes.

        Raises DeniedError when it is to open the notes, and who gives it cannot.
        """
        self._register(staff_id, slot, at=at)
        self._connection.execute("UPDATE staff SET slot = ? WHERE id = ?", (_written(slot), staff_id))
        if role is not None:
            self._share_notes(role, slot)
        self._notes_key.keep_only(self.slots())

    def _register(self, staff_id: int | None, slot: Slot, *, at: datetime) -> None:
        """Keep by what the signatures of this slot's owner are checked from the next entry of the audit on."""
        if not slot.signer or self._connection.execute("SELECT 1 FROM signer WHERE public = ?", (slot.signer,)).fetchone() is not None:
            return
        signer_id = self._connection.execute(
            "INSERT INTO signer (staff_id, public, since) SELECT ?, ?, 1 + coalesce(max(seq), 0) FROM audit", (staff_id, slot.signer)
        ).lastrowid
        self._seals.add("signer", signer_id, at=at)

    def may_share(self, as_told: Collection[int]) -> tuple[Slot, ...]:
        """Return the slots of who may have the key of the notes and is among those who are ``as_told``, and the recovery key's.

        Call it before a store of before is written to, which is about to get that key.
        """
        rows = self._connection.execute("SELECT id, role, slot FROM staff WHERE active = 1 ORDER BY id").fetchall()
        kept = self.recovery()
        held = (_read(slot) for staff_id, role, slot in rows if staff_id in as_told and role in HOLD_NOTES)
        return (*(slot for slot in held if slot), *((kept.slot,) if kept else ()))

    def unshared(self) -> tuple[str, ...]:
        """Return the logins of who should hold the key of the notes and has no share of it, "" for the recovery key."""
        shared = self._notes_key.shared_with()
        held = [_read(slot) for role, slot in self._connection.execute(_SIGN_IN).fetchall() if role in HOLD_NOTES]
        if (kept := self.recovery()) is not None:
            held.append(kept.slot)
        return tuple(slot.login for slot in held if slot and slot.public not in shared)

    def overshared(self) -> tuple[str, ...]:
        """Return the logins of those to whose slots the key of the notes is sealed, and must not be; "" for a slot that is nobody's."""
        found = self._connection.execute("SELECT role, active, slot FROM staff ORDER BY id").fetchall()
        rows = [(role, active, slot) for role, active, written in found if (slot := _read(written))]
        held = {slot.public for role, active, slot in rows if active and role in HOLD_NOTES}
        logins = {slot.public: slot.login for _, _, slot in rows}
        kept = self.recovery()
        others = self._notes_key.shared_with() - held - ({kept.slot.public} if kept else set())
        return tuple(sorted(logins.get(public, "") for public in others))

    def slot_of(self, staff_id: int) -> Slot:
        """Return the slot that an account's password opens, whether it may sign in or not.

        Raises KeyError, and IntakeError ``account_not_as_told`` when there stands something else.
        """
        return self._role_and_slot(staff_id)[1]

    def _role_and_slot(self, staff_id: int) -> tuple[Role, Slot]:
        row = self._connection.execute("SELECT role, slot FROM staff WHERE id = ?", (staff_id,)).fetchone()
        if row is None:
            raise KeyError(staff_id)
        return Role(row[0]), _needed(_read(row[1]))

    def _share_notes(self, role: Role, slot: Slot) -> None:
        """Seal the key of the notes to one slot that was just given: never to what merely stands in the table."""
        if role in HOLD_NOTES:
            self._notes_key.give(slot)

    def slots(self) -> tuple[Slot, ...]:
        """Return the slots of who may sign in, and the recovery key's; nobody signs in by what is no slot."""
        rows = self._connection.execute("SELECT slot FROM staff WHERE active = 1 ORDER BY id").fetchall()
        kept = self.recovery()
        return (*(slot for row in rows if (slot := _read(row[0]))), *((kept.slot,) if kept else ()))

    def signing(self) -> tuple[Signing, ...]:
        """Return of each account that has a slot what a check compares with the audit."""
        sql = "SELECT id, login, role, active, json_extract(slot, '$.signer') FROM staff WHERE json_valid(slot) ORDER BY id"
        return tuple(
            Signing(id=row[0], login=row[1], role=row[2], active=bool(row[3]), signer=str(row[4] or ""))
            for row in self._connection.execute(sql).fetchall()
        )

    def recovery_signer(self) -> str:
        """Return by what the recovery key's signatures are checked, in hexadecimal, empty when it signs nothing."""
        row = self._connection.execute("SELECT json_extract(slot, '$.signer') FROM recovery WHERE json_valid(slot)").fetchone()
        return str(row[0] or "") if row else ""

    def hashes(self) -> tuple[tuple[int, str, str], ...]:
        """Return id, login and password hash of each account from before there were slots."""
        rows = self._connection.execute("SELECT id, login, slot FROM staff WHERE slot LIKE '$argon2id$%'").fetchall()
        return tuple((row[0], row[1], row[2]) for row in rows)

    def new_key_at(self) -> datetime | None:
        """Return when the store got its key, None when never since it was made."""
        row = self._connection.execute(_LAST_KEY).fetchone()
        return instant(row[1]) if row else None

    def left_since_new_key(self) -> tuple[str, ...]:
        """Return the names of who was switched off since the store got its key, and is still."""
        row = self._connection.execute(_LAST_KEY).fetchone()
        rows = self._connection.execute(_LEFT, (row[0] if row else 0,))
        return tuple(each[0] for each in rows)

    def recovery(self) -> Recovery | None:
        """Return the recovery key's slot, None when no key was made yet, or what stands there is no slot."""
        row = self._connection.execute("SELECT slot, made_at, confirmed_at, used_at FROM recovery").fetchone()
        if row is None:
            return None
        written, made_at, confirmed_at, used_at = row
        if (slot := _read(written)) is None:
            return None
        return Recovery(
            slot=slot,
            made_at=instant(made_at),
            confirmed_at=instant(confirmed_at) if confirmed_at else None,
            used_at=instant(used_at) if used_at else None,
        )

    def put_recovery(self, slot: Slot, *, at: datetime) -> None:
        """Keep the slot of a new recovery key, which nobody has typed back yet."""
        self._connection.execute(
            "INSERT INTO recovery (id, slot, made_at) VALUES (1, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " slot = excluded.slot, made_at = excluded.made_at, confirmed_at = NULL, used_at = NULL",
            (_written(slot), instant_text(at)),
        )
        self._notes_key.give(slot)
        self._notes_key.keep_only(self.slots())
        self._register(None, slot, at=at)
        self._seals.add("recovery", 1, at=at)

    def confirm_recovery(self, *, at: datetime) -> None:
        """Record that the printed key was typed back."""
        self._connection.execute("UPDATE recovery SET confirmed_at = ?", (instant_text(at),))

    def use_recovery(self, *, at: datetime) -> None:
        """Record that the recovery key was used."""
        self._connection.execute("UPDATE recovery SET used_at = ?", (instant_text(at),))


def _read(written: str) -> Slot | None:
    """Return the slot that a row has, None for what is none: a password's hash from before there were slots, or what somebody put there."""
    try:
        return slot_from_json(json.loads(written))
    except (IntakeError, ValueError, RecursionError):
        return None


def _needed(slot: Slot | None) -> Slot:
    if slot is None:
        raise IntakeError("account_not_as_told")
    return slot


def _written(slot: Slot) -> str:
    return json.dumps(slot.to_json(), ensure_ascii=False)
