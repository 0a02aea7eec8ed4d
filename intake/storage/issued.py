"""Documents that left the program, known by the SHA-256 of their bytes. Rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from intake.storage.driver import Connection
from intake.storage.rows import instant, instant_text


@dataclass(frozen=True, slots=True, kw_only=True)
class IssuedDocument:
    """One document: of which visit, of which kind, and of a note the version, 0 while it was preliminary."""

    visit_id: int
    kind: str
    version: int
    at: datetime


class Issued:
    """The table of issued documents. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def get(self, sha256: str) -> IssuedDocument | None:
        """Return what these bytes are, None when they never left here."""
        row = self._connection.execute("SELECT visit_id, kind, version, at FROM issued WHERE sha256 = ?", (sha256,)).fetchone()
        return None if row is None else IssuedDocument(visit_id=row[0], kind=row[1], version=row[2], at=instant(row[3]))

    def add(self, sha256: str, document: IssuedDocument, staff_id: int) -> None:
        """Keep that these bytes left the program; the first time is the one that counts."""
        if self.get(sha256) is None:
            self._connection.execute(
                "INSERT INTO issued (sha256, visit_id, kind, version, staff_id, at) VALUES (?, ?, ?, ?, ?, ?)",
                (sha256, document.visit_id, document.kind, document.version, staff_id, instant_text(document.at)),
            )
