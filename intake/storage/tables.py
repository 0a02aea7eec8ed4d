"""The tables of one open store, each with what it needs: the only place that puts them together."""

from __future__ import annotations

from intake.security.slots import StoreKeys
from intake.storage.amendments import Amendments
from intake.storage.audit import Audit
from intake.storage.awaiting import Awaiting
from intake.storage.backups import Backups
from intake.storage.board import Board
from intake.storage.calls import Calls
from intake.storage.check_runs import CheckRuns
from intake.storage.closed_texts import ClosedTexts
from intake.storage.corrections import Corrections
from intake.storage.disclosures import Disclosures
from intake.storage.documents import Documents
from intake.storage.drafts import Drafts
from intake.storage.driver import Connection
from intake.storage.emergencies import Emergencies
from intake.storage.entries import Entries
from intake.storage.factors import Factors
from intake.storage.letters import Letters
from intake.storage.matches import Matches
from intake.storage.notes import Holds, NoteDrafts, Snippets
from intake.storage.notes_key import NotesKey
from intake.storage.on_time import Promises
from intake.storage.overrides import Overrides
from intake.storage.patients import Patients
from intake.storage.practice_snippets import PracticeSnippets
from intake.storage.print_runs import PrintRuns
from intake.storage.prompts import Prompts
from intake.storage.removals import Removals
from intake.storage.request_lists import RequestLists
from intake.storage.requests import Requests
from intake.storage.retention import Retention
from intake.storage.reviews import Reviews
from intake.storage.seals import Seals
from intake.storage.search import Search
from intake.storage.settings import Settings
from intake.storage.staff import StaffTable
from intake.storage.traces import Traces
from intake.storage.visits import Visits


class Tables:
    """Every table of one open store. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, keys: StoreKeys) -> None:
        """Work over this connection."""
        self.seals = Seals(connection)
        self.notes_key = NotesKey(connection, keys.notes)
        self.texts = ClosedTexts(connection, self.notes_key)
        self.staff = StaffTable(connection, self.seals, self.notes_key)
        self.audit = Audit(connection, keys.audit, self.seals)
        self._open_desk(connection)
        self._open_clinician(connection)
        self._open_paper(connection)
        self._open_practice(connection)

    def _open_desk(self, connection: Connection) -> None:
        """Add what the front desk records and finds."""
        self.patients = Patients(connection)
        self.visits = Visits(connection)
        self.drafts = Drafts(connection)
        self.search = Search(connection)
        self.matches = Matches(connection)
        self.board = Board(connection)
        self.calls = Calls(connection)
        self.amendments = Amendments(connection)

    def _open_clinician(self, connection: Connection) -> None:
        """Add what clinicians read and write."""
        self.awaiting = Awaiting(connection)
        self.holds = Holds(connection)
        self.notes = NoteDrafts(connection, self.texts)
        self.snippets = Snippets(connection)
        self.prompts = Prompts(connection, self.texts)
        self.corrections = Corrections(connection, self.texts)
        self.reviews = Reviews(connection, self.texts)

    def _open_paper(self, connection: Connection) -> None:
        """Add what was promised, printed and handed over."""
        self.promises = Promises(connection)
        self.requests = Requests(connection, self.seals)
        self.request_lists = RequestLists(connection)
        self.letters = Letters(connection, self.notes_key)
        self.documents = Documents(connection, self.seals, self.notes_key)
        self.disclosures = Disclosures(connection, self.seals)
        self.print_runs = PrintRuns(connection)

    def _open_practice(self, connection: Connection) -> None:
        """Add what the practice set, who gets in, what is proven about the others, and what may be removed from them."""
        self.settings = Settings(connection)
        self.practice_snippets = PracticeSnippets(connection)
        self.overrides = Overrides(connection)
        self.factors = Factors(connection)
        self.emergencies = Emergencies(connection)
        self.backups = Backups(connection)
        self.traces = Traces(connection)
        self.entries = Entries(connection)
        self.check_runs = CheckRuns(connection)
        self.retention = Retention(connection)
        plain = {"document": self.documents.plain, **self.letters.plain_rows(), **self.texts.plain_rows()}
        self.removals = Removals(connection, plain)
