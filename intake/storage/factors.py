"""Second factors and spare codes as kept.

A secret is sealed to the slot of the person whose it is: only that password opens it, whoever else reads the store.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from intake.errors import DeniedError, IntakeError
from intake.security.slots import Slot
from intake.storage.driver import Connection
from intake.storage.rows import instant_text

_PURPOSE: Final = b"intake-desk sealed second factor 1"
_HEAD: Final = "sealed1:"
"""What a sealed secret begins with; no secret of before does, which is base 32."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A second factor: its sealed secret, whether a first code was typed back, and the last 30-second step that served."""

    sealed: str = field(repr=False)
    confirmed: bool
    last_step: int


class Factors:
    """The tables of second factors. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection; who is at work opens nothing yet."""
        self._connection = connection
        self._opened: tuple[Slot, bytes] | None = None
        self._known: dict[str, str] = {}

    def take_up(self, slot: Slot, private_half: bytes) -> None:
        """Open from now on what is sealed to this slot, and nothing of whoever was at work before."""
        self._opened = (slot, private_half)
        self._known.clear()

    def secret_of(self, factor: Factor) -> str | None:
        """Return the secret (base 32) for a phone or a check, None when it is sealed to somebody else, or is not as it was kept."""
        if factor.sealed in self._known:
            return self._known[factor.sealed]
        if self._opened is None or not factor.sealed.startswith(_HEAD):
            return None
        slot, private_half = self._opened
        try:
            raw = base64.b64decode(factor.sealed.removeprefix(_HEAD), validate=True)
            return slot.unseal_bytes(private_half, raw, _PURPOSE).decode("ascii")
        except (IntakeError, ValueError, binascii.Error):
            return None

    def of(self, staff_id: int) -> Factor | None:
        """Return an account's second factor, None when it has none."""
        row = self._connection.execute(
            "SELECT secret, confirmed_at, last_step FROM second_factor WHERE staff_id = ?", (staff_id,)
        ).fetchone()
        return None if row is None else Factor(sealed=row[0], confirmed=row[1] is not None, last_step=row[2])

    def enrolled(self) -> frozenset[int]:
        """Return the accounts whose second factor counts."""
        rows = self._connection.execute("SELECT staff_id FROM second_factor WHERE confirmed_at IS NOT NULL")
        return frozenset(row[0] for row in rows)

    def put(self, staff_id: int, secret: str, *, at: datetime) -> None:
        """Keep a new secret of who is at work, sealed to the slot that was opened at sign-in, whatever stands in the table by now.

        It counts once a code was typed back. Raises DeniedError when nobody opened a slot here.
        """
        if self._opened is None:
            code = "put_out"
            raise DeniedError(code)
        slot, _ = self._opened
        self.remove(staff_id)
        self._connection.execute(
            "INSERT INTO second_factor (staff_id, secret, made_at) VALUES (?, ?, ?)",
            (staff_id, self._sealed(secret, slot), instant_text(at)),
        )

    def seal_anew(self, staff_id: int, slot: Slot) -> bool:
        """Seal a secret to its owner's new slot; remove the second factor when who is at work cannot open it, and tell whether it went."""
        factor = self.of(staff_id)
        if factor is None:
            return False
        secret = self.secret_of(factor)
        if secret is None:
            self.remove(staff_id)
            return factor.confirmed
        self._connection.execute("UPDATE second_factor SET secret = ? WHERE staff_id = ?", (self._sealed(secret, slot), staff_id))
        return False

    def open_secrets(self) -> dict[int, str]:
        """Return the secrets of a store of before, which stand in the open, by account."""
        rows = self._connection.execute(
            "SELECT staff_id, secret FROM second_factor WHERE secret NOT LIKE ? ORDER BY staff_id", (f"{_HEAD}%",)
        )
        return {row[0]: row[1] for row in rows.fetchall()}

    def close_secret(self, staff_id: int, secret: str, slot: Slot) -> None:
        """Seal a secret that stood in the open."""
        self._connection.execute("UPDATE second_factor SET secret = ? WHERE staff_id = ?", (_seal(secret, slot), staff_id))

    def confirm(self, staff_id: int, *, at: datetime) -> None:
        """Have it count from now on."""
        self._connection.execute("UPDATE second_factor SET confirmed_at = ? WHERE staff_id = ?", (instant_text(at), staff_id))

    def use_step(self, staff_id: int, step: int) -> None:
        """Remember the step whose code served, so that neither it nor an earlier one serves again."""
        self._connection.execute("UPDATE second_factor SET last_step = ? WHERE staff_id = ?", (step, staff_id))

    def remove(self, staff_id: int) -> None:
        """Take an account's second factor and spare codes away."""
        self._connection.execute("DELETE FROM second_factor WHERE staff_id = ?", (staff_id,))
        self._connection.execute("DELETE FROM spare_code WHERE staff_id = ?", (staff_id,))

    def put_spare(self, staff_id: int, hashes: tuple[str, ...]) -> None:
        """Keep new spare codes in place of the old ones, each as its SHA-256."""
        self._connection.execute("DELETE FROM spare_code WHERE staff_id = ?", (staff_id,))
        self._connection.executemany("INSERT INTO spare_code (staff_id, sha256) VALUES (?, ?)", [(staff_id, each) for each in hashes])

    def use_spare(self, staff_id: int, sha256: str, *, at: datetime) -> bool:
        """Use a spare code up and tell whether it was one that was left."""
        cursor = self._connection.execute(
            "UPDATE spare_code SET used_at = ? WHERE staff_id = ? AND sha256 = ? AND used_at IS NULL", (instant_text(at), staff_id, sha256)
        )
        return cursor.rowcount == 1

    def _sealed(self, secret: str, slot: Slot) -> str:
        """Return a secret sealed to a slot; who has just typed it in goes on with it until the program ends."""
        sealed = _seal(secret, slot)
        self._known[sealed] = secret
        return sealed


def _seal(secret: str, slot: Slot) -> str:
    return _HEAD + base64.b64encode(slot.seal_bytes(secret.encode("ascii"), _PURPOSE)).decode("ascii")
