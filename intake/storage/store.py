"""The store as the actions see it: its tables, transactions, and whether anything changed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager

from intake.errors import StoreError
from intake.paths import Paths
from intake.placing import sync_file, sync_folder, unfinished_file
from intake.security.slots import StoreKeys
from intake.storage.amendments import Amendments
from intake.storage.anchor import Anchor, anchor_files
from intake.storage.audit import Audit
from intake.storage.awaiting import Awaiting
from intake.storage.backups import Backups
from intake.storage.board import Board
from intake.storage.calls import Calls
from intake.storage.check_runs import CheckRuns
from intake.storage.copying import beside
from intake.storage.corrections import Corrections
from intake.storage.database import OWNER_ONLY, make_file, open_file, prepare
from intake.storage.disclosures import Disclosures
from intake.storage.documents import Documents
from intake.storage.drafts import Drafts
from intake.storage.driver import Connection
from intake.storage.emergencies import Emergencies
from intake.storage.entries import Entries
from intake.storage.factors import Factors
from intake.storage.faults import told
from intake.storage.guards import altered_guards
from intake.storage.letters import Letters
from intake.storage.matches import Matches
from intake.storage.migrations import bring_up_to_date, refuse_other_realm, stamp
from intake.storage.notes import Holds, NoteDrafts, Snippets
from intake.storage.on_time import Promises
from intake.storage.overrides import Overrides
from intake.storage.patients import Patients
from intake.storage.practice_snippets import PracticeSnippets
from intake.storage.presence import Presence, enter, gate
from intake.storage.print_runs import PrintRuns
from intake.storage.prompts import Prompts
from intake.storage.removals import Removals
from intake.storage.request_lists import RequestLists
from intake.storage.requests import Requests
from intake.storage.retention import Retention
from intake.storage.reviews import Reviews
from intake.storage.rewriting import sweep
from intake.storage.seals import Seals
from intake.storage.search import Search
from intake.storage.settings import Settings
from intake.storage.staff import StaffTable
from intake.storage.traces import Traces
from intake.storage.visits import Visits


class Store:
    """One open store. It belongs to one thread; everything that is written is written inside ``transaction``."""

    def __init__(self, connection: Connection, paths: Paths, keys: StoreKeys, presence: Presence | None = None) -> None:
        """Work over this connection; ``open_store`` makes one that is ready. ``presence`` tells others that it is open."""
        self._connection = connection
        self._presence = presence
        self.paths = paths
        self.keys = keys
        self._commits = 0
        self.patients = Patients(connection)
        self.visits = Visits(connection)
        self.factors = Factors(connection)
        self.emergencies = Emergencies(connection)
        self.drafts = Drafts(connection)
        self.seals = Seals(connection)
        self.staff = StaffTable(connection, self.seals)
        self.audit = Audit(connection, keys.audit, self.seals)
        self.anchor = Anchor(keys.audit, anchor_files(paths, keys.audit), writes=presence is not None)
        self.search = Search(connection)
        self.matches = Matches(connection)
        self.board = Board(connection)
        self.settings = Settings(connection)
        self.backups = Backups(connection)
        self.reviews = Reviews(connection)
        self.notes = NoteDrafts(connection)
        self.holds = Holds(connection)
        self.snippets = Snippets(connection)
        self.practice_snippets = PracticeSnippets(connection)
        self.overrides = Overrides(connection)
        self.prompts = Prompts(connection)
        self.corrections = Corrections(connection)
        self.awaiting = Awaiting(connection)
        self.calls = Calls(connection)
        self.amendments = Amendments(connection)
        self.promises = Promises(connection)
        self.requests = Requests(connection, self.seals)
        self.letters = Letters(connection)
        self.request_lists = RequestLists(connection)
        self.documents = Documents(connection, self.seals)
        self.disclosures = Disclosures(connection, self.seals)
        self.print_runs = PrintRuns(connection)
        self._open_proof(connection)

    def _open_proof(self, connection: Connection) -> None:
        """Add the tables of what is proven about the others, and of what may be removed from them."""
        self.traces = Traces(connection)
        self.entries = Entries(connection)
        self.check_runs = CheckRuns(connection)
        self.retention = Retention(connection)
        self.removals = Removals(connection)

    @contextmanager
    def transaction(self, *, lasting: bool = True) -> Generator[None]:
        """Write all or nothing; at the end it is on disk.

        It takes the right to write at once, so that what it reads stays true until it commits. With ``lasting`` false the
        commit does not wait for the disk: it outlives this program's end, but perhaps not a power cut.
        """
        with told():
            if not lasting:
                self._connection.execute("PRAGMA synchronous = NORMAL")
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                try:
                    yield
                    self.audit.finish()
                    self._connection.execute("COMMIT")
                except BaseException:
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
            fill(Store(connection, paths, keys))
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
