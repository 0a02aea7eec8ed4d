"""A practice with documents that are ready, and a run of them on printers of the tests' own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event
from typing import Any, TypeVar

from intake.actions.print_runs import begin_run
from intake.actions.print_settings import choose_printer, keep_print_setting
from intake.actions.recovering import recover
from intake.actions.requests import open_request, request_of
from intake.actions.running import RunDesk, Runner
from intake.definitions.bundle import Definitions
from intake.domain.print_runs import PrintRun, PrintSetting, RunJob
from intake.domain.requests import NewRequest, Request
from intake.domain.staff import Actor
from intake.printing import CupsWay, PrintWay
from intake.storage.store import Store
from tests.factories import NOW

T = TypeVar("T")
KIND = "intake_form"
EDISON = "loc.edison"


@dataclass(kw_only=True)
class Shop:
    """Who prints what: ``now`` is the practice's clock, ``told`` what a run said of its jobs."""

    store: Store
    actor: Actor
    definitions: Definitions
    visit_id: int
    patient_id: int
    way: PrintWay = field(default_factory=CupsWay)
    now: datetime = NOW
    told: list[RunJob] = field(default_factory=list)

    def order(self, count: int = 1, *, kind: str = KIND, language: str = "en") -> list[int]:
        """Ask for documents of the visit, a minute apart, and return the ids of the requests."""
        new = NewRequest(
            patient_id=self.patient_id, visit_id=self.visit_id, kind=kind, asked_by="patient", leaves_by="hand", language=language
        )
        asked = [NOW + timedelta(minutes=minute) for minute in range(count)]
        self.now = max(self.now, *asked)
        return [open_request(self.store, self.actor, new, definitions=self.definitions, now=at).id for at in asked]

    def choose(self, printer: str, *, kind: str = KIND) -> None:
        """Choose the printer of this desk for a kind."""
        choose_printer(self.store, self.actor, kind, printer, now=self.now)

    def set_up(self, *, kind: str = KIND, **setting: Any) -> None:
        """Choose printer, sides and copies of this desk for a kind."""
        keep_print_setting(self.store, self.actor, kind, PrintSetting(**setting), now=self.now)

    def begin(self, *, cover: bool = False, request_ids: tuple[int, ...] | None = None) -> PrintRun:
        """Claim what is ready."""
        return begin_run(
            self.store, self.actor, location=EDISON, request_ids=request_ids, cover=cover, definitions=self.definitions, now=self.now
        )

    def go(self, run: PrintRun, *, stop: Event | None = None) -> PrintRun:
        """Print a run to its end."""
        return Runner(self.runs_on, self.way, self.desk(), pause_s=0.05).go(run, seen=self.told.append, stop=stop or Event())

    def recover(self, *, later_s: int = 61) -> tuple[RunJob, ...]:
        """Look for what a crash left, so many seconds later."""
        self.now += timedelta(seconds=later_s)
        return recover(self.runs_on, self.way, self.desk())

    def desk(self) -> RunDesk:
        """Return who prints."""
        return RunDesk(actor=self.actor, definitions=self.definitions, training=False, clock=lambda: self.now)

    def request(self, request_id: int) -> Request:
        """Return a request as it stands."""
        return request_of(self.store, self.actor, request_id)

    def states(self, request_ids: list[int]) -> list[str]:
        """Return where requests stand."""
        return [self.request(request_id).state.value for request_id in request_ids]

    def trouble(self, request_id: int) -> str:
        """Return what the printer said of a request's document."""
        line = self.store.request_lists.line(request_id)
        assert line is not None
        return line.trouble

    @property
    def runs_on(self) -> Ask:
        """Return how a run asks the store."""
        return Ask(self.store)


class Ask:
    """Asks the store at once: in these tests one thread does all."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self._store = store

    def __call__(self, work: Callable[[Store], T]) -> T:
        """Do it."""
        return work(self._store)
