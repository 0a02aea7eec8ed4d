"""Runs at a real print server: what came out, what did not and why, and that nothing comes out twice."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pypdfium2
import pytest

from intake.actions.requests import documents_of, steps_of
from intake.domain.print_runs import PrintSetting, RunJob, RunState
from intake.printing import CupsWay, JobState, PrintError, jobs_now
from intake.storage.documents import sha256_of
from intake.storage.store import Store
from tests.intake.print_runs.shop import Shop
from tests.intake.printing.print_server import PrintServer


class Hears(list[RunJob]):
    """Hears of every change of a job, and may do something about it."""

    def __init__(self, then: Callable[[RunJob], None]) -> None:
        """Keep what to do."""
        super().__init__()
        self._then = then

    def append(self, job: RunJob) -> None:
        """Hear of a job."""
        super().append(job)
        self._then(job)


class Watching(CupsWay):
    """Prints as ever, and counts how often the store knows the pages when they are put."""

    def __init__(self, store: Store) -> None:
        """Look into this store."""
        self.known: list[int] = []
        self._store = store

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Count, then put."""
        self.known.append(len(self._store.documents.known(sha256_of(pdf))))
        return super().put(pdf, printer=printer, title=title, setting=setting)


def pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    with pypdfium2.PdfDocument(pdf) as document:
        return len(document)


def test_everything_ready_comes_out_once_in_order_and_is_printed(shop: Shop, server: PrintServer) -> None:
    """What the printer got is page for page what is kept, under titles that name nobody."""
    server.add("r_front", backend="keeps")
    shop.choose("r_front")
    asked = shop.order(3)
    run = shop.go(shop.begin())
    assert [job.state for job in run.jobs] == [RunState.PRINTED] * 3
    assert run.ended_at == shop.now
    assert shop.states(asked) == ["printed"] * 3
    titles = [title for _, _, title, _ in server.jobs("r_front")]
    assert titles == [f"Document {job.id}" for job in run.jobs]
    kept = [documents_of(shop.store, shop.actor, request_id) for request_id in asked]
    assert [len(each) for each in kept] == [1, 1, 1]
    assert [pages(paper.read_bytes()) for paper in server.kept("r_front")] == [each[0].pages for each in kept]
    assert [steps_of(shop.store, shop.actor, request_id)[-1].what for request_id in asked] == ["printed"] * 3


def test_each_print_is_told_to_the_disclosure_log_once(shop: Shop, server: PrintServer) -> None:
    """To the print desk of the clinic, until somebody hands it over."""
    server.add("r_told", backend="keeps")
    shop.choose("r_told")
    shop.order()
    shop.go(shop.begin())
    told = shop.store.disclosures.of_patient(shop.patient_id)
    assert [(each.event, each.recipient, each.accountable) for each in told] == [("print", "Print desk, Edison", False)]


def test_a_stopped_printer_gives_everything_back_with_its_words_and_empties_its_queue(shop: Shop, server: PrintServer) -> None:
    """Started again, it prints nothing by surprise; jobs for another printer go on."""
    server.add("r_stopped", backend="keeps")
    server.add("r_other", backend="keeps")
    server.tell("cupsdisable", "-r", "Tray 2 is open", "r_stopped")
    shop.choose("r_stopped")
    asked = shop.order(2)
    run = shop.begin()
    elsewhere = shop.order()
    shop.choose("r_other")
    other = shop.go(shop.begin())
    run = shop.go(run)
    assert [(job.state, job.words) for job in run.jobs] == [(RunState.FAILED, "Tray 2 is open")] * 2
    assert shop.states(asked) == ["ready", "ready"]
    assert [shop.trouble(request_id) for request_id in asked] == ["Tray 2 is open"] * 2
    assert shop.store.disclosures.of_patient(shop.patient_id)[1:] == ()
    server.tell("cupsenable", "r_stopped")
    assert {job.state for job in jobs_now([job.queue_id for job in run.jobs if job.queue_id]).values()} == {JobState.CANCELLED}
    assert server.kept("r_stopped") == []
    assert [job.state for job in other.jobs] == [RunState.PRINTED]
    assert shop.states(elsewhere) == ["printed"]


def test_what_failed_is_printed_by_the_next_run_and_its_trouble_is_gone(shop: Shop, server: PrintServer) -> None:
    """Once on paper, and both attempts are known."""
    server.add("r_again", backend="keeps")
    server.tell("cupsreject", "-r", "Moved to Bayonne", "r_again")
    shop.choose("r_again")
    (request_id,) = shop.order()
    assert [(job.state, job.words) for job in shop.go(shop.begin()).jobs] == [(RunState.FAILED, "Moved to Bayonne")]
    server.tell("cupsaccept", "r_again")
    assert [job.state for job in shop.go(shop.begin()).jobs] == [RunState.PRINTED]
    assert shop.states([request_id]) == ["printed"]
    assert shop.trouble(request_id) == ""
    assert len(server.kept("r_again")) == 1


def test_a_jam_is_never_taken_for_a_printed_page(shop: Shop, server: PrintServer) -> None:
    """The document stays ready, with what the printer said."""
    server.add("r_jam", backend="jams", policy="abort-job")
    shop.choose("r_jam")
    (request_id,) = shop.order()
    assert [(job.state, job.words) for job in shop.go(shop.begin()).jobs] == [(RunState.FAILED, "Paper jam in tray 2")]
    assert (shop.states([request_id]), shop.trouble(request_id)) == (["ready"], "Paper jam in tray 2")


def test_a_printer_removed_under_a_run_gives_back_what_waited(shop: Shop, server: PrintServer) -> None:
    """Of the one whose pages were on their way the queue may say that it was cancelled; else nobody can tell, and a person is asked."""
    server.add("r_leaving", backend="dawdles")
    shop.choose("r_leaving")
    asked = shop.order(3)
    printing: list[RunJob] = []

    def remove_once_printing(job: RunJob) -> None:
        if job.words == "Warming up" and not printing:
            printing.append(job)
            server.tell("lpadmin", "-x", "r_leaving")

    shop.told = Hears(remove_once_printing)
    run = shop.go(shop.begin())
    assert printing[0].id == run.jobs[0].id
    assert run.jobs[0].state in (RunState.FAILED, RunState.LOST)
    assert [job.state for job in run.jobs[1:]] == [RunState.FAILED, RunState.FAILED]
    assert shop.states(asked) == ["ready"] * 3
    assert "r_leaving is not there any more" in shop.trouble(asked[1])


def test_cancelling_gives_back_what_was_not_begun_and_empties_the_queue(shop: Shop, server: PrintServer) -> None:
    """What is printing comes out, nothing after it."""
    server.add("r_slow", backend="rests")
    shop.choose("r_slow")
    asked = shop.order(4)
    stop = Event()

    def stop_at_the_third(job: RunJob) -> None:
        if job.place == 2 and job.state is RunState.SENT:
            stop.set()

    shop.told = Hears(stop_at_the_third)
    run = shop.go(shop.begin(), stop=stop)
    states = [job.state for job in run.jobs]
    printed = states.count(RunState.PRINTED)
    assert printed <= 2
    assert states == [RunState.PRINTED] * printed + [RunState.CANCELLED] * (4 - printed)
    assert shop.states(asked) == ["printed"] * printed + ["ready"] * (4 - printed)
    assert len(server.kept("r_slow")) == printed


def test_a_print_service_that_falls_silent_leaves_nothing_bound_that_did_not_leave(
    shop: Shop, server: PrintServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each document is ready again with what stopped it, and the next run prints it."""
    server.add("r_silent", backend="keeps")
    shop.choose("r_silent")
    asked = shop.order(2)

    def fall_silent(job: RunJob) -> None:
        if job.place == 0 and job.state is RunState.PRINTED:
            monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:1")

    shop.told = Hears(fall_silent)
    first = shop.begin(request_ids=(asked[0],))
    second = shop.begin()
    assert [job.state for job in shop.go(first).jobs] == [RunState.PRINTED]
    with pytest.raises(PrintError) as silent:
        shop.go(second)
    assert silent.value.code == "no_print_service"
    assert shop.states(asked) == ["printed", "ready"]
    monkeypatch.setenv("CUPS_SERVER", server.address)
    shop.told = []
    assert [job.state for job in shop.go(shop.begin()).jobs] == [RunState.PRINTED]
    assert len(server.kept("r_silent")) == 2


def test_a_cover_list_comes_first_and_belongs_to_no_patient(shop: Shop, server: PrintServer) -> None:
    """It lists what follows, and is no document of anybody."""
    server.add("r_cover", backend="keeps")
    shop.choose("r_cover")
    shop.order(2)
    run = shop.go(shop.begin(cover=True))
    assert [(job.kind, job.document_id is None) for job in run.jobs] == [
        ("cover_list", True),
        ("intake_form", False),
        ("intake_form", False),
    ]
    first = server.kept("r_cover")[0].read_bytes()
    with pypdfium2.PdfDocument(first) as cover:
        text = cover[0].get_textpage().get_text_range()
    assert "2 documents" in text
    assert "Sample" not in text


def test_copies_and_sides_of_the_desk_reach_the_printer(shop: Shop, server: PrintServer) -> None:
    """As set for the kind at this desk; each copy begins on a sheet of its own."""
    server.add("r_copies", backend="keeps")
    shop.set_up(printer="r_copies", duplex=True, copies=2)
    shop.order()
    run = shop.go(shop.begin())
    ((_, _, _, options),) = server.jobs("r_copies")
    assert "sides=two-sided-long-edge" in options.split()
    document = documents_of(shop.store, shop.actor, run.jobs[0].request_id or 0)[0]
    assert document.pages == 3
    assert pages(server.kept("r_copies")[0].read_bytes()) == 2 * (3 + 1)


def test_without_a_printer_the_document_stays_ready_and_says_so(shop: Shop, server: PrintServer) -> None:
    """Nothing goes to whatever printer comes first."""
    (request_id,) = shop.order()
    assert [job.state for job in shop.go(shop.begin()).jobs] == [RunState.FAILED]
    assert "No printer is chosen" in shop.trouble(request_id)


def test_pages_are_kept_before_they_leave(shop: Shop, server: PrintServer) -> None:
    """Whatever comes out is known by its bytes."""
    server.add("r_before", backend="keeps")
    shop.choose("r_before")
    shop.order()
    shop.way = way = Watching(shop.store)
    shop.go(shop.begin())
    assert way.known == [1]
