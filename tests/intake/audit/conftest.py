"""A store with some entries, its files, and what somebody with a SQLite shell and the key does to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.check import check_store
from intake.domain.audit import Finding
from intake.domain.staff import Actor
from intake.paths import Paths
from intake.storage.driver import Connection, connect
from intake.storage.store import Store
from tests.factories import KEYS, NOW, a_store, an_admin
from tests.intake.audit.practice import a_practice
from tests.intake.audit.rogue import Rogue

GUARDS = ("audit_never_changed", "audit_never_removed", "audit_only_appended")


class Folder:
    """A data folder whose store is opened, written to, closed, and tampered with while it is closed."""

    def __init__(self, data: Path) -> None:
        """Make the store with its administrator."""
        self.data = data
        self.aside = data.parent / "aside"
        store = a_store(data)
        self.admin: Actor = an_admin(store)
        store.close()

    @contextmanager
    def opened(self) -> Iterator[Store]:
        """Open the store for a while."""
        store = a_store(self.data)
        try:
            yield store
        finally:
            store.close()

    def write(self, count: int, *, minutes: int = 0) -> None:
        """Add entries, each in a transaction of its own."""
        with self.opened() as store:
            for number in range(count):
                with store.transaction():
                    store.audit.add(self.admin, "search", at=NOW + timedelta(minutes=minutes), reason=f"number {number}")

    def check(self) -> tuple[Finding, ...]:
        """Check the store as the administrator and return what was found."""
        with self.opened() as store:
            return check_store(store, self.admin, now=NOW + timedelta(hours=1)).findings()

    def keep_aside(self, *names: str) -> None:
        """Copy files of the data folder, as a thief or a careless restore would."""
        self.aside.mkdir(exist_ok=True)
        for name in names:
            shutil.copy2(self.data / name, self.aside / name)

    def put_back(self, *names: str) -> None:
        """Put the copies in place of what is there now."""
        for path in self.data.glob("store.db-*"):
            path.unlink()
        for name in names:
            shutil.copy2(self.aside / name, self.data / name)

    def tamper(self, work: Callable[[Connection], object]) -> None:
        """Have somebody who holds the store's key, and not the audit's, work on the file with the guards away, and put them back."""
        connection = connect(str(self.data / "store.db"), KEYS.store, timeout_s=5)
        guards = [connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone() for name in GUARDS]
        for name in GUARDS:
            connection.execute(f"DROP TRIGGER {name}")
        work(connection)
        for guard in guards:
            assert guard is not None
            connection.execute(guard[0])
        connection.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a data folder with a store of some entries, and a desk of its own."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    made = Folder(tmp_path / "data")
    made.write(12)
    return made


@pytest.fixture(scope="session")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a practice that is made once, to be copied."""
    data = tmp_path_factory.mktemp("practice") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(data.parent / "state"))
        a_practice(Paths(data=data, training=False))
    return data


@pytest.fixture
def rogue(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rogue:
    """Return dana, at home with the folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(first, tmp_path / "data")
    return Rogue(Paths(data=tmp_path / "data", training=False))
