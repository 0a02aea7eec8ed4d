"""A print run of 200 documents: prepared against the bare PDF functions of the same documents, and the memory it takes."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import TypeVar

import pytest

from intake.actions.charts import read_chart
from intake.actions.print_runs import begin_run
from intake.actions.requests import open_request
from intake.actions.running import RunDesk, Runner
from intake.definitions.bundle import Definitions
from intake.documents.issuing import home_care_of_chart, intake_of_record, note_of_chart
from intake.domain.print_runs import PrintRun, PrintSetting, RunState
from intake.domain.requests import NewRequest
from intake.domain.staff import Actor, Role
from intake.printing import Abilities, HeldJob, Job, JobState, Printer, PrinterState, Seen
from intake.storage.store import Store
from tests.benchmarks.conftest import Tell
from tests.factories import NOW, a_colleague, a_store, an_admin
from tests.intake.review.charting import sign
from tests.intake.review_actions.arrivals import arrive

T = TypeVar("T")
VISITS = 20
EACH = {"intake_form": 4, "home_care": 5}
"""Beside the visit note that every visit is promised: ten documents for each."""
DOCUMENTS = VISITS * (1 + sum(EACH.values()))
LEAST_RATE = 0.67
WARM = 40
MOST_GROWTH_MIB = 24
"""Over what it takes after WARM documents: the store's own page cache may fill to 16 MiB."""


class Tray:
    """A printer that takes every page at once, and notes what memory this process has then."""

    holds = True

    def __init__(self) -> None:
        """Begin with nothing printed."""
        self.resident_kib: list[int] = []
        self.bytes = 0

    def printers(self) -> tuple[Printer, ...]:
        """Return one printer."""
        return (Printer(name="tray", description="", state=PrinterState.READY, default=True),)

    def abilities(self, printer: str) -> Abilities:  # noqa: ARG002 - as every way is asked
        """Return nothing special."""
        return Abilities()

    def send(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:  # noqa: ARG002 - as above
        """Take the pages."""
        self.bytes += len(pdf)
        self.resident_kib.append(resident_kib())
        return f"{printer}-{len(self.resident_kib)}"

    put = send

    def release(self, job_id: str) -> None:
        """Print nothing."""

    def follow(self, job_id: str, seen: Seen) -> Job:  # noqa: ARG002 - as above
        """Say that it is done."""
        return self.look([job_id])[job_id]

    def look(self, job_ids: Iterable[str]) -> Mapping[str, Job]:
        """Say that all is done."""
        return {job_id: Job(id=job_id, printer="tray", state=JobState.DONE) for job_id in job_ids}

    def held(self, printer: str) -> tuple[HeldJob, ...]:  # noqa: ARG002 - as above
        """Hold nothing."""
        return ()

    def clear(self, job_id: str) -> None:
        """Keep nothing."""

    def cancel(self, job_id: str) -> None:
        """Leave it."""


class Ask:
    """Asks the store on the same thread."""

    def __init__(self, store: Store) -> None:
        """Keep the store."""
        self._store = store

    def __call__(self, work: Callable[[Store], T]) -> T:
        """Do it."""
        return work(self._store)


def resident_kib() -> int:
    """Return the resident memory of this process."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Store]:
    """Open a store of its own."""
    opened = a_store(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def printer(shop: Store, definitions: Definitions) -> Actor:
    """Return somebody who prints, with DOCUMENTS ready."""
    admin = an_admin(shop)
    clinician = a_colleague(shop, admin, role=Role.CLINICIAN, login="casey")
    for _ in range(VISITS):
        visit_id = arrive(shop, clinician, definitions, location="loc.edison")
        sign(shop, clinician, visit_id, definitions)
        patient_id = shop.visits.patient_of(visit_id) or 0
        for kind, count in EACH.items():
            new = NewRequest(patient_id=patient_id, visit_id=visit_id, kind=kind, asked_by="patient", leaves_by="hand")
            for _ in range(count):
                open_request(shop, clinician, new, definitions=definitions, now=NOW)
    return a_colleague(shop, admin, role=Role.PRINT_DESK, login="pat")


def bare_s(shop: Store, actor: Actor, definitions: Definitions) -> float:
    """Return how long the bare functions take for the same documents, what they are made of read before."""
    charts = [read_chart(shop, actor, visit_id, definitions=definitions, now=NOW) for visit_id in range(1, VISITS + 1)]
    start = time.perf_counter()
    for chart in charts:
        note_of_chart(chart, definitions, training=False, printed_at=NOW)
        for _ in range(EACH["intake_form"]):
            intake_of_record(chart.visit, definitions, training=False, printed_at=NOW)
        for _ in range(EACH["home_care"]):
            home_care_of_chart(chart, definitions, language="en", large=False, training=False, printed_at=NOW)
    return time.perf_counter() - start


def run_s(shop: Store, actor: Actor, definitions: Definitions, tray: Tray) -> tuple[float, PrintRun]:
    """Return how long a run of everything takes, from the key to its end."""
    later = NOW + timedelta(hours=1)
    desk = RunDesk(actor=actor, definitions=definitions, training=False, clock=lambda: later)
    start = time.perf_counter()
    run = begin_run(shop, actor, location="loc.edison", cover=False, definitions=definitions, now=later)
    run = Runner(Ask(shop), tray, desk).go(run, seen=lambda _: None, stop=Event())
    return time.perf_counter() - start, run


def test_a_run_of_200_documents_is_nearly_as_quick_as_their_pdfs_and_needs_no_memory_of_its_own(
    shop: Store, printer: Actor, definitions: Definitions, tell: Tell
) -> None:
    """At least two thirds of the rate of the bare functions, reading, keeping and auditing included; memory is flat."""
    tray = Tray()
    before = bare_s(shop, printer, definitions)
    taken, run = run_s(shop, printer, definitions, tray)
    bare = (before + bare_s(shop, printer, definitions)) / 2
    assert [job.state for job in run.jobs] == [RunState.PRINTED] * DOCUMENTS
    growth = (max(tray.resident_kib[WARM:]) - tray.resident_kib[WARM]) / 1024
    tell(
        f"print run: {DOCUMENTS} documents, {tray.bytes / 2**20:.1f} MiB, in {taken:.2f} s, bare {bare:.2f} s,"
        f" rate {bare / taken:.2f} (at least {LEAST_RATE}); memory grew {growth:.1f} MiB (at most {MOST_GROWTH_MIB})"
    )
    assert bare / taken >= LEAST_RATE
    assert growth <= MOST_GROWTH_MIB
