"""Settings as kept: small texts by scope, which is a workstation."""

from __future__ import annotations

from intake.storage.driver import Connection


class Settings:
    """The table of settings. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def get(self, scope: str, name: str) -> str | None:
        """Return a setting, None when it was never made."""
        row = self._connection.execute("SELECT value FROM setting WHERE scope = ? AND name = ?", (scope, name)).fetchone()
        return None if row is None else str(row[0])

    def put(self, scope: str, name: str, value: str) -> None:
        """Keep a setting."""
        self._connection.execute(
            "INSERT INTO setting (scope, name, value) VALUES (?, ?, ?) ON CONFLICT (scope, name) DO UPDATE SET value = excluded.value",
            (scope, name, value),
        )
