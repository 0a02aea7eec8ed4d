"""A receptionist who runs programs of her own: her own password, our library, the data folder, and nothing of anybody else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from intake.domain.audit import Link
from intake.paths import Paths
from intake.security.ring import read_ring
from intake.security.signing import Signer
from intake.security.slots import secret_of
from intake.storage.anchor import Anchor, Mark, anchor_files
from intake.storage.chain import CONTENT, FIRST_LINK, entry_hash
from intake.storage.driver import Connection, connect
from intake.storage.rows import insert_sql, instant_text
from intake.storage.seals import SEALED, seal_of
from intake.storage.signatures import message
from tests.factories import NOW, PASSWORD, WORKSTATION

_INSERT = insert_sql("audit", (*CONTENT, "prev_hash", "hash"))


class Rogue:
    """Dana, with the keys out of her own slot. The guards are away while she works, and all is in its place again afterwards."""

    def __init__(self, paths: Paths, login: str = "dana") -> None:
        """Open her slot, as her password does."""
        opened = read_ring(paths.ring).opened(login, secret_of(PASSWORD))
        assert opened is not None
        self.paths = paths
        self.keys = opened.keys[0]
        self.signer = Signer(opened.private_half)

    @contextmanager
    def at_work(self, *, signs: bool = False) -> Iterator[Connection]:
        """Work on the file; then make every hash anew, put the guards back, and note the last link in both files.

        With ``signs`` she also signs the whole as far as its end, with the only key she has.
        """
        connection = connect(str(self.paths.store), self.keys.store, timeout_s=5)
        guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        last = self._chain(connection)
        if signs:
            (store_id,) = connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchone() or ("",)
            signed = (last.seq, self.signer.public, self.signer.sign(message(store_id, last)))
            connection.execute("INSERT INTO audit_signature (seq, public, signature) VALUES (?, ?, ?)", signed)
        for _, sql in guards:
            connection.execute(sql)
        connection.close()
        self._note(last)

    def _chain(self, connection: Connection) -> Link:
        """Make every hash anew with the right key, and return the last link."""
        link, seq = FIRST_LINK, 0
        for *content, before, found in connection.execute(
            f"SELECT {', '.join(CONTENT)}, prev_hash, hash FROM audit ORDER BY seq"
        ).fetchall():
            seq, made = content[0], entry_hash(self.keys.audit, link, tuple(content))
            if (before, found) != (link, made):
                connection.execute("UPDATE audit SET prev_hash = ?, hash = ? WHERE seq = ?", (link, made, seq))
            link = made
        return Link(seq=seq, hash=link)

    def _note(self, last: Link) -> None:
        """Have both files hold this link, in the line that they had."""
        files = anchor_files(self.paths, self.keys.audit)
        anchor = Anchor(self.keys.audit, files)
        marks = dict(anchor.marks())
        for place, path in files:
            mark = marks[place]
            if isinstance(mark, Mark):
                anchor._write_new(path, mark.line, last, b"")

    @staticmethod
    def tell(connection: Connection, staff_id: int | None, role: str | None, action: str, **more: Any) -> int:
        """Write an entry in anybody's name and return its number."""
        (seq,) = connection.execute("SELECT 1 + max(seq) FROM audit").fetchone() or (1,)
        changes: Mapping[str, Any] = more.pop("changes", {})
        content = {
            "seq": seq, "at": instant_text(NOW), "staff_id": staff_id, "staff_role": role, "workstation": WORKSTATION, "action": action,
            "changes": json.dumps(changes), "outcome": "done", **more,
        }  # fmt: skip
        connection.execute(_INSERT, (*(content.get(name) for name in CONTENT), bytes(32), bytes(32)))
        return int(seq)

    @staticmethod
    def seal(connection: Connection, table: str, key: int) -> str:
        """Return what the audit would tell of a row as it stands now."""
        sealed = SEALED[table]
        name, *row = connection.execute(f"SELECT {sealed.name}, {sealed.columns} FROM {table} WHERE {sealed.row}", (key,)).fetchone() or (
            key,
        )
        return f"{table}:{name}={seal_of(row)}"


def move_up(connection: Connection, gone: int) -> None:
    """Take an entry away and give every later one the number before its own."""
    connection.execute("DELETE FROM audit WHERE seq = ?", (gone,))
    later = [seq for (seq,) in connection.execute("SELECT seq FROM audit WHERE seq > ? ORDER BY seq", (gone,)).fetchall()]
    for seq in later:
        connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (seq - 1, seq))


def anchors(paths: Paths, audit_key: bytes) -> list[Path]:
    """Return both files of the anchor."""
    return [path for _, path in anchor_files(paths, audit_key)]
