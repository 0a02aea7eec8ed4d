"""Accounts as kept, and how often signing in failed."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from intake.domain.staff import Role, Staff
from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account with its hashed password."""

    staff: Staff
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failures:
    """How often in a row signing in failed, and when last."""

    count: int = 0
    at: datetime | None = None


class StaffTable:
    """The table of accounts. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

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
        row = self._connection.execute(
            "SELECT id, login, name, role, active, password FROM staff WHERE login = ?", (login.strip(),)
        ).fetchone()
        if row is None:
            return None
        staff = Staff(id=row[0], login=row[1], name=row[2], role=Role(row[3]), active=bool(row[4]))
        return Account(staff=staff, password=row[5])

    def add(self, *, login: str, name: str, role: Role, password: str, at: datetime) -> Staff:
        """Keep a new account; ``password`` is the hash."""
        staff_id = self._connection.execute(
            "INSERT INTO staff (login, name, role, password, active, created_at) VALUES (?, ?, ?, ?, 1, ?)",
            (login, name, role.value, password, instant_text(at)),
        ).lastrowid
        return Staff(id=staff_id, login=login, name=name, role=role)

    def by_id(self, staff_id: int) -> Staff:
        """Return an account. Raises KeyError."""
        row = self._connection.execute("SELECT id, login, name, role, active FROM staff WHERE id = ?", (staff_id,)).fetchone()
        if row is None:
            raise KeyError(staff_id)
        return Staff(id=row[0], login=row[1], name=row[2], role=Role(row[3]), active=bool(row[4]))

    def set_active(self, staff_id: int, *, active: bool) -> None:
        """Let an account sign in, or no longer."""
        self._connection.execute("UPDATE staff SET active = ? WHERE id = ?", (int(active), staff_id))

    def set_password(self, staff_id: int, password: str) -> None:
        """Keep a new password; ``password`` is the hash."""
        self._connection.execute("UPDATE staff SET password = ? WHERE id = ?", (password, staff_id))

    def failures(self, login: str) -> Failures:
        """Return the failures of a login since it last succeeded; unknown logins are counted together as ``""``."""
        row = self._connection.execute("SELECT count, at FROM sign_in_failure WHERE login = ?", (login,)).fetchone()
        return Failures() if row is None else Failures(count=row[0], at=instant(row[1]))

    def count_failure(self, login: str, *, at: datetime) -> int:
        """Count one more failure and return how many it makes."""
        self._connection.execute(
            "INSERT INTO sign_in_failure (login, count, at) VALUES (?, 1, ?)"
            " ON CONFLICT (login) DO UPDATE SET count = count + 1, at = excluded.at",
            (login, instant_text(at)),
        )
        return self.failures(login).count

    def forget_failures(self, login: str) -> None:
        """Begin counting anew."""
        self._connection.execute("DELETE FROM sign_in_failure WHERE login = ?", (login,))
