"""The store as the actions see it: its tables, transactions, and whether anything changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from intake.domain.audit import Finding
from intake.domain.staff import Actor, Staff
from intake.errors import DeniedError, StoreError
from intake.paths import Paths
from intake.placing import sync_file, sync_folder, unfinished_file
from intake.security.slots import Slot, StoreKeys
from intake.storage.anchor import Anchor, anchor_files
from intake.storage.copying import beside
from intake.storage.database import BUSY_TIMEOUT_S, OWNER_ONLY, make_file, open_file, prepare
from intake.storage.driver import Connection
from intake.storage.faults import told
from intake.storage.guards import altered_guards, mend_rules
from intake.storage.migrations import bring_up_to_date, refuse_other_realm, stamp
from intake.storage.presence import Presence, enter, gate
from intake.storage.rewriting import sweep
from intake.storage.tables import Tables

PROBE_MS: Final = 200
ROOM: Final = 2
"""How often the file's own size must be free to write it anew: for the log, and to spare for others meanwhile."""


class Store(Tables):
    """One open store. It belongs to one thread; everything that is written is written inside ``transaction``."""

    def __init__(self, connection: Connection, paths: Paths, keys: StoreKeys, presence: Presence | None = None) -> None:
        """Work over this connection; ``open_store`` makes one that is ready. ``presence`` tells others that it is open."""
        self._connection = connection
        self._presence = presence
        self.paths = paths
        self.keys = keys
        self._held_for: Staff | None = None
        self.held: bytes | None = None
        self._commits = 0
        self._guarded = False
        self._schema: int | None = None
        super().__init__(connection, keys)
        self.anchor = Anchor(keys.audit, anchor_files(paths, keys.audit), writes=presence is not None)

    @contextmanager
    def transaction(self, *, lasting: bool = True, parting: bool = False) -> Generator[None]:
        """Write all or nothing; at the end it is on disk.

        It takes the right to write at once, so that what it reads stays true until it commits. With ``lasting`` false the
        commit does not wait for the disk: it outlives this program's end, but perhaps not a power cut. Raises DeniedError
        ``put_out`` when whoever it is held for may not act any more, unless it is of their ``parting``: a draft, a try, the way out.
        """
        with told():
            if not lasting:
                self._connection.execute("PRAGMA synchronous = NORMAL")
            try:
                self.seals.begin()
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    mended = self._mend_guards()
                    if not parting:
                        self._refuse_put_out()
                    yield
                    self._tell_mended(mended)
                    self.audit.finish(None if parting or self._held_for is None else Actor(staff=self._held_for, workstation=""))
                    self._connection.execute("COMMIT")
                except BaseException:
                    self._schema = None
                    self.audit.forget_sealed()
                    if self._connection.in_transaction:
                        self._connection.execute("ROLLBACK")
                    raise
                if (added := self.audit.take_added()) is not None and lasting:
                    self.anchor.keep(added, self.audit.hash_at)
            finally:
                if not lasting:
                    self._connection.execute("PRAGMA synchronous = FULL")
        self._commits += 1

    def guard(self) -> None:
        """From now on, put back before anything is written what somebody altered in the store's triggers and views, and tell it."""
        self._guarded = True
        with self.transaction(parting=True):
            pass

    def _mend_guards(self) -> tuple[str, ...]:
        """Return the names of the triggers and views that had to be put back as they were made."""
        if not self._guarded or self._schema == (now := self._schema_version()):
            return ()
        mended = mend_rules(self._connection)
        self._schema = self._schema_version() if mended else now
        return mended

    def _schema_version(self) -> int:
        """Return a number that changes with every change of tables, triggers and views, whoever makes it."""
        row = self._connection.execute("PRAGMA schema_version").fetchone()
        return int(row[0]) if row else 0

    def _tell_mended(self, names: tuple[str, ...]) -> None:
        """Tell what was put back, among what checks find and in the audit."""
        if not names:
            return
        at = self.audit.moment()
        findings = (Finding(code="guard_altered", place=name) for name in names)
        self.check_runs.add_found(findings, actor=None, last=self.audit.last(), at=at)
        self.audit.add(None, "mend_guards", at=at, changes={"guards": (" ".join(names), None)}, outcome="not_whole")

    def hold(self, slot: Slot, private_half: bytes) -> None:
        """Go on with what this slot opens: the key of the notes, or none, and that of signatures. Raises IntakeError ``keys_damaged``."""
        with told():
            self.notes_key.take_up(slot, private_half)
            self.factors.take_up(slot, private_half)
            kept = self.staff.by_login(slot.login) if slot.login else None
            self.audit.signatures.hold(kept.staff.id if kept else None, private_half)
        self._held_for = kept.staff if kept else None
        self.held = private_half
        self.keys = replace(self.keys, notes=self.notes_key.key)

    def held_by(self, staff_id: int) -> bool:
        """Tell whether this goes on with what this person's slot opens, or with nobody's."""
        return self._held_for is None or self._held_for.id == staff_id

    def _refuse_put_out(self) -> None:
        """Refuse when the account was switched off, or has another role or password, since it signed in: no window has to notice first."""
        if self._held_for is None:
            return
        now = self.staff.by_id(self._held_for.id)
        if not now.active or now.role is not self._held_for.role or self.audit.signatures.stale(now.id):
            raise DeniedError("put_out")

    @contextmanager
    def reading(self) -> Generator[None]:
        """Read outside a transaction; a fault of the file is told as in one."""
        with told():
            yield

    @contextmanager
    def steady(self) -> Generator[None]:
        """Read the store as it is at the first look, whatever others write meanwhile; it holds nobody up."""
        with told():
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")

    def data_version(self) -> int:
        """Return a number that is another one after this or any other process committed."""
        with told():
            row = self._connection.execute("PRAGMA data_version").fetchone()
        return self._commits + (int(row[0]) if row else 0)

    def identity(self) -> str:
        """Return what tells this store from every other one: 32 hexadecimal digits."""
        with told():
            row = self._connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchone()
        return str(row[0]) if row else ""

    def integrity(self) -> Iterator[str]:
        """Return what is wrong with the pages, or, when every page is as it was written, with rows and indexes."""
        with told():
            rows = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
            if rows:
                # That check reads the file past its log: a page that a power cut left half written is written again from the log.
                self._connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
                rows = self._connection.execute("PRAGMA cipher_integrity_check").fetchall()
            rows = rows or self._connection.execute("PRAGMA integrity_check").fetchall()
        return (str(row[0]) for row in rows if row != ("ok",))

    def can_write_anew(self) -> bool:
        """Tell, hardly waiting, whether the file could be written anew now: there is room, and nobody else reads or writes."""
        with told():
            if shutil.disk_usage(self.paths.store.parent).free < ROOM * self.paths.store.stat().st_size:
                return False
            self._connection.execute(f"PRAGMA busy_timeout = {PROBE_MS}").fetchone()
            try:
                # Who reads the file and nothing of its log is in the way only of a log that holds something.
                version = self._connection.execute("PRAGMA user_version").fetchone() or (0,)
                self._connection.execute(f"PRAGMA user_version = {int(version[0])}")
                row = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            finally:
                self._connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_S * 1000:.0f}").fetchone()
        return row is not None and row[0] == 0

    def write_anew(self) -> bool:
        """Write the file anew without its free pages, empty its log, and tell whether both were possible; outside a transaction."""
        with told():
            self._connection.execute("VACUUM")
            row = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return row is not None and row[0] == 0

    def altered_guards(self) -> tuple[str, ...]:
        """Return the names of the triggers that are not as this program made them."""
        with told():
            return altered_guards(self._connection)

    def loose_references(self) -> int:
        """Return how many rows refer to a row that is not there."""
        with told():
            return len(self._connection.execute("PRAGMA foreign_key_check").fetchall())

    @contextmanager
    def connection_beside(self) -> Generator[Connection]:
        """Give a connection of its own to the same file, for work on another thread; who is given it only reads."""
        with beside(self.paths.store, self.keys.store) as connection:
            prepare(connection)
            yield connection

    def close(self) -> None:
        """Close the store."""
        with told():
            self._connection.close()
        if self._presence is not None:
            self._presence.leave()


def open_store(paths: Paths, keys: StoreKeys) -> Store:
    """Open the data folder's store.

    Raises StoreError: ``newer_store``, ``not_our_store``, ``damaged_store``, ``wrong_realm``, ``read_only_folder``,
    ``disk_full``, ``disk_failed``, ``store_busy``, ``store_missing``.
    """
    with gate(paths.desks):
        sweep(paths.store)
        return open_store_inside(paths, keys)


def open_store_inside(paths: Paths, keys: StoreKeys) -> Store:
    """Open the data folder's store as ``open_store`` does, for who holds the gate already."""
    if not paths.store.exists():
        raise StoreError("store_missing")
    presence = enter(paths.desks)
    try:
        return Store(_opened(paths, keys), paths, keys, presence)
    except BaseException:
        presence.leave()
        raise


def make_store(paths: Paths, keys: StoreKeys, fill: Callable[[Store], object]) -> None:
    """Make the data folder's store with what ``fill`` puts into it and move it to its place whole; call it inside the gate."""
    with told(), unfinished_file(paths.store) as unfinished:
        unfinished.touch(mode=OWNER_ONLY, exist_ok=False)
        connection = make_file(unfinished, keys.store)
        try:
            bring_up_to_date(connection, unfinished, keys.store)
            stamp(connection, paths.realm)
            _hurry(connection)
            store = Store(connection, paths, keys)
            with store.transaction():
                store.notes_key.make()
            fill(store)
        finally:
            connection.close()
        sync_file(unfinished)
    with told():
        sync_folder(paths.store.parent)


def _opened(paths: Paths, keys: StoreKeys) -> Connection:
    connection = open_file(paths.store, keys.store)
    try:
        with told():
            refuse_other_realm(connection, paths.realm)
            bring_up_to_date(connection, paths.store, keys.store)
            prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _hurry(connection: Connection) -> None:
    """Write without waiting for the disk: nobody relies on the file before it is whole and in its place."""
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "foreign_keys = ON", "recursive_triggers = ON"):
        connection.execute(f"PRAGMA {pragma}").fetchone()
