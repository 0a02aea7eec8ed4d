"""Stores of earlier versions, as their migrations left them."""

from __future__ import annotations

from pathlib import Path

from intake.paths import Paths, open_folder
from intake.storage.database import make_file
from intake.storage.driver import Connection
from intake.storage.migrations import FILES, bring_up_to_date
from tests.factories import KEYS


def a_store_before(tmp_path: Path, migration: str) -> tuple[Connection, Path, bytes]:
    """Return an open store of the version before a migration, such as ``0005``, with its path and key."""
    paths = Paths(data=tmp_path / "data", training=False)
    open_folder(paths)
    paths.open_keys.write_text(f"{KEYS.store.hex()}\n{KEYS.audit.hex()}\n", encoding="ascii")
    connection = make_file(paths.store, KEYS.store)
    bring_up_to_date(connection, paths.store, KEYS.store, files=[file for file in FILES if file.stem < migration])
    return connection, paths.store, KEYS.store
