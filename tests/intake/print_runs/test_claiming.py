"""What a run claims, what a role may print, how each job is kept, and printing again as a copy."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2
import pytest

from intake.actions.print_runs import begin_run, note_ended, note_sending, note_sent, reprint_run, run_of, settle_lost
from intake.actions.print_settings import choose_printer, cover_list_wanted, keep_print_setting, print_setting, want_cover_list
from intake.actions.requests import documents_of, steps_of
from intake.definitions.bundle import Definitions
from intake.documents.making import made_of
from intake.domain.documents import Made
from intake.domain.print_runs import PrintSetting, RunJob, RunState
from intake.domain.requests import RequestState
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError, InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW
from tests.intake.print_runs.papers import a_pdf
from tests.intake.print_runs.shop import EDISON, Shop
from tests.intake.printing.print_server import PrintServer


def came_out(shop: Shop, job: RunJob, made: Made | None = None) -> None:
    """Let a job's pages come out of a printer."""
    stamp = shop.store.documents.stamp_of(job.request_id or 0)
    note_sending(shop.store, shop.actor, job.id, made or made_of(a_pdf()), printer="front", stamp=stamp, now=shop.now)
    note_sent(shop.store, shop.actor, job.id, queue_id=f"front-{job.id}", now=shop.now)
    note_ended(shop.store, shop.actor, job.id, state=RunState.PRINTED, now=shop.now)


def test_a_run_claims_all_that_is_ready_here_in_the_order_of_the_clock(shop: Shop) -> None:
    """What was asked for first is due first."""
    asked = shop.order(3)
    assert [job.request_id for job in shop.begin().jobs] == asked


def test_what_a_run_has_no_other_run_takes(shop: Shop) -> None:
    """The second desk that presses the key is told who has it."""
    shop.order(2)
    shop.begin()
    with pytest.raises(IntakeError) as nothing:
        shop.begin()
    assert nothing.value.code == "with_another_run"


def test_only_what_was_picked_is_claimed(shop: Shop) -> None:
    """Of these requests, and only those that are ready."""
    asked = shop.order(3)
    assert [job.request_id for job in shop.begin(request_ids=(asked[2], asked[0], 4711)).jobs] == [asked[0], asked[2]]


def test_what_waits_for_a_signature_is_in_no_run(shop: Shop) -> None:
    """The visit note of an unsigned visit is promised and not printed."""
    (request_id,) = shop.order()
    assert [job.request_id for job in shop.begin().jobs] == [request_id]


def test_a_role_claims_only_what_it_may_print(shop: Shop, print_desk: Actor, definitions: Definitions) -> None:
    """A receptionist's run leaves records copies to those who may read notes."""
    (form,) = shop.order()
    shop.actor, desk = print_desk, shop.actor
    (records,) = shop.order(kind="records_copy")
    shop.actor = desk
    assert [job.request_id for job in shop.begin().jobs] == [form]
    run = begin_run(shop.store, print_desk, location=EDISON, cover=False, definitions=definitions, now=shop.now)
    assert [job.request_id for job in run.jobs] == [records]


def test_a_printed_document_is_printed_once(shop: Shop) -> None:
    """Whoever follows the job too, one step, one disclosure."""
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    came_out(shop, job)
    note_ended(shop.store, shop.actor, job.id, state=RunState.FAILED, words="late", now=shop.now)
    assert [step.what for step in steps_of(shop.store, shop.actor, request_id)] == ["ready", "printed"]
    assert len(shop.store.disclosures.of_patient(shop.patient_id)) == 1
    assert run_of(shop.store, shop.actor, job.run_id).jobs[0].state is RunState.PRINTED


def test_a_job_given_back_is_not_sent_any_more(shop: Shop) -> None:
    """A desk that slept finds its job gone before a page leaves."""
    shop.order()
    (job,) = shop.begin().jobs
    shop.recover()
    with pytest.raises(ConflictError) as late:
        came_out(shop, job)
    assert late.value.code == "job_given_back"


def test_pages_of_a_record_that_moved_on_are_refused(shop: Shop) -> None:
    """They are made anew, so that nothing printed is older than it says."""
    shop.order()
    (job,) = shop.begin().jobs
    with pytest.raises(ConflictError) as moved:
        note_sending(shop.store, shop.actor, job.id, made_of(a_pdf()), printer="front", stamp="p0c0", now=shop.now)
    assert moved.value.code == "record_moved_on"
    assert run_of(shop.store, shop.actor, job.run_id).jobs[0].state is RunState.CLAIMED


def test_a_preliminary_paper_is_in_no_run(shop: Shop) -> None:
    """It would stop the clock of what nobody signed."""
    shop.order()
    (job,) = shop.begin().jobs
    with pytest.raises(IntakeError) as refused:
        came_out(shop, job, made_of(a_pdf(), preliminary=True))
    assert refused.value.code == "not_signed"


def test_a_reprint_needs_a_reason_and_something_that_left(shop: Shop) -> None:
    """Nothing is printed twice without being asked."""
    (request_id,) = shop.order()
    with pytest.raises(InvalidInputError):
        reprint_run(shop.store, shop.actor, request_id, reason=" ", definitions=shop.definitions, now=shop.now)
    with pytest.raises(IntakeError) as nothing:
        reprint_run(shop.store, shop.actor, request_id, reason="Lost", definitions=shop.definitions, now=shop.now)
    assert nothing.value.code == "nothing_to_copy"
    shop.begin()
    with pytest.raises(ConflictError) as busy:
        reprint_run(shop.store, shop.actor, request_id, reason="Lost", definitions=shop.definitions, now=shop.now)
    assert busy.value.code == "already_printing"


def test_a_lost_job_keeps_its_document_until_somebody_says_what_came_of_it(shop: Shop) -> None:
    """It is in no other run meanwhile."""
    asked = shop.order(2)
    jobs = shop.begin().jobs
    for job in jobs:
        stamp = shop.store.documents.stamp_of(job.request_id or 0)
        note_sending(shop.store, shop.actor, job.id, made_of(a_pdf()), printer="front", stamp=stamp, now=shop.now)
        note_ended(shop.store, shop.actor, job.id, state=RunState.LOST, now=shop.now)
    assert [job.id for job in shop.recover(later_s=0)] == [job.id for job in jobs]
    with pytest.raises(IntakeError):
        shop.begin()
    settle_lost(shop.store, shop.actor, jobs[0].id, came_out=True, now=shop.now)
    settle_lost(shop.store, shop.actor, jobs[1].id, came_out=False, now=shop.now)
    assert [shop.request(request_id).state for request_id in asked] == [RequestState.PRINTED, RequestState.READY]
    assert [job.request_id for job in shop.begin().jobs] == [asked[1]]
    with pytest.raises(IntakeError) as settled:
        settle_lost(shop.store, shop.actor, jobs[0].id, came_out=False, now=shop.now)
    assert settled.value.code == "job_not_lost"


def test_a_document_of_a_job_that_failed_counts_as_not_issued(shop: Shop) -> None:
    """Its pages were kept and never came out: there is nothing to copy."""
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    stamp = shop.store.documents.stamp_of(request_id)
    note_sending(shop.store, shop.actor, job.id, made_of(a_pdf()), printer="front", stamp=stamp, now=shop.now)
    note_ended(shop.store, shop.actor, job.id, state=RunState.FAILED, words="Load letter paper", now=shop.now)
    with pytest.raises(IntakeError) as nothing:
        reprint_run(shop.store, shop.actor, request_id, reason="Lost", definitions=shop.definitions, now=shop.now)
    assert nothing.value.code == "nothing_to_copy"
    assert shop.trouble(request_id) == "Load letter paper"


def test_each_desk_prints_each_kind_its_own_way(store: Store, desk: Actor, definitions: Definitions) -> None:
    """Printer, tray, sides and copies; another printer has other trays."""
    kind = definitions.document_kinds.kind("records_copy")
    assert print_setting(store, desk.workstation, kind) == PrintSetting(duplex=True)
    mine = PrintSetting(printer="front", tray="Tray 2", copies=2)
    keep_print_setting(store, desk, kind.key, mine, now=NOW)
    assert print_setting(store, desk.workstation, kind) == mine
    assert print_setting(store, "desk-2", kind) == PrintSetting(duplex=True)
    choose_printer(store, desk, kind.key, "back", now=NOW + timedelta(minutes=1))
    assert print_setting(store, desk.workstation, kind) == PrintSetting(printer="back", copies=2)
    with pytest.raises(InvalidInputError):
        keep_print_setting(store, desk, kind.key, PrintSetting(copies=0), now=NOW)


def test_a_desk_says_whether_its_runs_begin_with_a_list(store: Store, desk: Actor) -> None:
    """Without a word there is none."""
    assert not cover_list_wanted(store, desk.workstation)
    want_cover_list(store, desk, wanted=True, now=NOW)
    assert cover_list_wanted(store, desk.workstation)
    assert not cover_list_wanted(store, "desk-2")


def test_a_reprint_is_the_document_as_it_left_marked_as_a_copy(shop: Shop, server: PrintServer) -> None:
    """The record may say something else by now; the copy says what was said then, and when it was copied."""
    server.add("c_front", backend="keeps")
    shop.choose("c_front")
    (request_id,) = shop.order()
    shop.go(shop.begin())
    run = reprint_run(shop.store, shop.actor, request_id, reason="Coffee on it", definitions=shop.definitions, now=shop.now)
    assert [job.state for job in shop.go(run).jobs] == [RunState.PRINTED]
    copy, first = documents_of(shop.store, shop.actor, request_id)
    assert (copy.copy_of, copy.pages, first.copy_of) == (first.id, first.pages, None)
    with pypdfium2.PdfDocument(server.kept("c_front")[1].read_bytes()) as printed:
        said = [page.get_textpage().get_text_range() for page in printed]
    assert len(said) == first.pages
    assert all("COPY" in text and "Printed again Nov 22, 2026" in text for text in said)
    last = steps_of(shop.store, shop.actor, request_id)[-1]
    assert (last.what, last.words) == ("reprinted", "Coffee on it")
    assert shop.request(request_id).state is RequestState.PRINTED
