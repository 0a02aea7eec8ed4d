"""The store as the actions see it: its tables, transactions, and whether anything changed."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from intake.paths import Paths
from intake.placing import unfinished_file
from intake.storage.amendments import Amendments
from intake.storage.audit import Audit
from intake.storage.awaiting import Awaiting
from intake.storage.board import Board
from intake.storage.calls import Calls
from intake.storage.corrections import Corrections
from intake.storage.database import make_file, open_file, prepare
from intake.storage.disclosures import Disclosures
from intake.storage.documents import Documents
from intake.storage.drafts import Drafts
from intake.storage.driver import Connection
from intake.storage.faults import told
from intake.storage.guards import altered_guards
from intake.storage.keys import OWNER_ONLY, StoreKeys, make_keys, read_keys
from intake.storage.letters import Letters
from intake.storage.matches import Matches
from intake.storage.migrations import bring_up_to_date, refuse_other_realm, stamp
from intake.storage.notes import Holds, NoteDrafts, Snippets
from intake.storage.on_time import Promises
from intake.storage.patients import Patients
from intake.storage.print_runs import PrintRuns
from intake.storage.prompts import Prompts
from intake.storage.request_lists import RequestLists
from intake.storage.requests import Requests
from intake.storage.reviews import Reviews
from intake.storage.seals import Seals
from intake.storage.search import Search
from intake.storage.settings import Settings
from intake.storage.staff import StaffTable
from intake.storage.traces import Traces
from intake.storage.visits import Visits


class Store:
    """One open store. It belongs to one thread; everything that is written is written inside ``transaction``."""

    def __init__(self, connection: Connection, keys: StoreKeys) -> None:
        """Work over this connection; ``open_store`` makes one that is ready."""
        self._connection = connection
        self._commits = 0
        self.patients = Patients(connection)
        self.visits = Visits(connection)
        self.staff = StaffTable(connection)
        self.drafts = Drafts(connection)
        self.seals = Seals(connection)
        self.audit = Audit(connection, keys.audit, self.seals)
        self.search = Search(connection)
        self.matches = Matches(connection)
        self.board = Board(connection)
        self.settings = Settings(connection)
        self.reviews = Reviews(connection)
        self.notes = NoteDrafts(connection)
        self.holds = Holds(connection)
        self.snippets = Snippets(connection)
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
        self.traces = Traces(connection)

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

    def integrity(self) -> Iterator[str]:
        """Return what is wrong with the pages, or, when every page is as it was written, with rows and indexes."""
        with told():
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

    def close(self) -> None:
        """Close the store."""
        with told():
            self._connection.close()


def open_store(paths: Paths) -> Store:
    """Open the data folder's store, making a new one when there is none.

    Raises StoreError: ``newer_store``, ``not_our_store``, ``damaged_store``, ``wrong_realm``, ``read_only_folder``,
    ``disk_full``, ``disk_failed``, ``store_busy``, and those of the key file.
    """
    if not paths.store.exists():
        _make(paths)
    keys = read_keys(paths.key)
    connection = open_file(paths.store, keys.store)
    try:
        with told():
            refuse_other_realm(connection, paths.realm)
            bring_up_to_date(connection, paths.store, keys.store)
            prepare(connection)
    except BaseException:
        connection.close()
        raise
    return Store(connection, keys)


def _make(paths: Paths) -> None:
    """Make a new store beside its place and move it there whole."""
    with told():
        keys = read_keys(paths.key) if paths.key.exists() else make_keys(paths.key)
        with unfinished_file(paths.store) as unfinished:
            unfinished.touch(mode=OWNER_ONLY, exist_ok=False)
            connection = make_file(unfinished, keys.store)
            try:
                bring_up_to_date(connection, unfinished, keys.store)
                stamp(connection, paths.realm)
            finally:
                connection.close()
