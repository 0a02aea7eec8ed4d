"""Second factors and spare codes as kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from intake.storage.driver import Connection
from intake.storage.rows import instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A second factor: its secret (base 32), whether a first code was typed back, and the last 30-second step that served."""

    secret: str = field(repr=False)
    confirmed: bool
    last_step: int


class Factors:
    """The tables of second factors. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def of(self, staff_id: int) -> Factor | None:
        """Return an account's second factor, None when it has none."""
        row = self._connection.execute(
            "SELECT secret, confirmed_at, last_step FROM second_factor WHERE staff_id = ?", (staff_id,)
        ).fetchone()
        return None if row is None else Factor(secret=row[0], confirmed=row[1] is not None, last_step=row[2])

    def enrolled(self) -> frozenset[int]:
        """Return the accounts whose second factor counts."""
        rows = self._connection.execute("SELECT staff_id FROM second_factor WHERE confirmed_at IS NOT NULL")
        return frozenset(row[0] for row in rows)

    def put(self, staff_id: int, secret: str, *, at: datetime) -> None:
        """Keep a new secret, which counts once a code was typed back."""
        self.remove(staff_id)
        self._connection.execute(
            "INSERT INTO second_factor (staff_id, secret, made_at) VALUES (?, ?, ?)", (staff_id, secret, instant_text(at))
        )

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
