"""After a crash or a power cut: every document came out once, or is ready again, or a person is asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intake.actions.print_runs import note_sending, note_sent, run_of
from intake.documents.making import made_of
from intake.domain.print_runs import PrintSetting, RunJob, RunState
from intake.printing import CupsWay, JobState, jobs_now, print_pdf
from tests.intake.print_runs.papers import a_pdf
from tests.intake.print_runs.shop import Shop
from tests.intake.printing.print_server import PrintServer


class Lasting(CupsWay):
    """A way whose pages are out at once, as where the system has no CUPS."""

    holds = False


class Crash(BaseException):
    """The power went."""


def kept(shop: Shop, job: RunJob, printer: str) -> None:
    """Come as far as to keep the pages."""
    stamp = shop.store.documents.stamp_of(job.request_id or 0)
    note_sending(shop.store, shop.actor, job.id, made_of(a_pdf()), printer=printer, stamp=stamp, now=shop.now)


def sent(shop: Shop, job: RunJob, queue_id: str) -> None:
    """Come as far as to keep under which id the queue has the pages."""
    kept(shop, job, queue_id.rpartition("-")[0])
    note_sent(shop.store, shop.actor, job.id, queue_id=queue_id, now=shop.now)


def test_what_was_only_claimed_is_ready_again(shop: Shop) -> None:
    """No page had left."""
    asked = shop.order(2)
    shop.begin()
    assert shop.recover() == ()
    assert [job.request_id for job in shop.begin().jobs] == asked


def test_a_run_that_somebody_works_on_is_left_alone(shop: Shop) -> None:
    """A desk that was heard of within the minute is alive."""
    shop.order()
    run = shop.begin()
    assert shop.recover(later_s=59) == ()
    assert run_of(shop.store, shop.actor, run.id).jobs[0].state is RunState.CLAIMED


def test_to_look_for_broken_runs_writes_only_when_there_is_one(shop: Shop) -> None:
    """Every desk looks each minute, and what is written has every window read its lists anew."""
    shop.order()
    shop.begin()
    before = shop.store.data_version()
    assert shop.recover(later_s=59) == ()
    assert shop.store.data_version() == before
    assert shop.recover(later_s=120) == ()
    assert shop.store.data_version() != before


def test_pages_that_a_queue_holds_and_nobody_let_go_are_ready_again(shop: Shop, server: PrintServer) -> None:
    """The crash came between the queue's word and its being kept: what the queue holds is taken out of it, and never printed."""
    server.add("v_held", backend="keeps")
    shop.now = datetime.now(UTC)
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    kept(shop, job, "v_held")
    queue_id = print_pdf(a_pdf(), printer="v_held", title=f"Document {job.id}", held=True)
    other = print_pdf(a_pdf(pages=9), printer="v_held", title="Held by somebody else", held=True)
    assert shop.recover() == ()
    assert shop.states([request_id]) == ["ready"]
    assert [job.state for job in jobs_now([queue_id, other]).values()] == [JobState.CANCELLED, JobState.HELD]
    assert server.kept("v_held") == []


def test_where_pages_are_out_at_once_a_person_is_asked(shop: Shop) -> None:
    """The crash came while they were painted: nobody can tell."""
    shop.way = Lasting()
    shop.order()
    (job,) = shop.begin().jobs
    kept(shop, job, "painted")
    assert [(each.id, each.state) for each in shop.recover()] == [(job.id, RunState.LOST)]


def test_what_the_queue_says_was_printed_is_printed(shop: Shop, server: PrintServer) -> None:
    """The crash came while the queue worked: its history tells."""
    server.add("v_done", backend="keeps")
    server.add("v_jam", backend="jams", policy="abort-job")
    asked = shop.order(2)
    for job, printer in zip(shop.begin().jobs, ("v_done", "v_jam"), strict=True):
        queue_id = print_pdf(a_pdf(), printer=printer, title=f"Document {job.id}")
        sent(shop, job, queue_id)
        shop.way.follow(queue_id, lambda _: None)
    assert shop.recover() == ()
    assert shop.states(asked) == ["printed", "ready"]
    assert shop.trouble(asked[1]) == "Paper jam in tray 2"


def test_a_job_still_on_its_way_is_followed_on(shop: Shop, server: PrintServer) -> None:
    """It stays bound until it has ended, however often is asked."""
    server.add("v_slow", backend="rests")
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    queue_id = print_pdf(a_pdf(), printer="v_slow", title=f"Document {job.id}")
    sent(shop, job, queue_id)
    assert [(each.id, each.state) for each in shop.recover()] == [(job.id, RunState.SENT)]
    shop.way.follow(queue_id, lambda _: None)
    assert shop.recover(later_s=0) == ()
    assert shop.states([request_id]) == ["printed"]


def test_a_job_that_was_kept_and_not_let_go_is_taken_out_of_the_queue(shop: Shop, server: PrintServer) -> None:
    """Nobody releases it any more, and nobody can: the document is ready again."""
    server.add("v_kept", backend="keeps")
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    queue_id = CupsWay().put(a_pdf(), printer="v_kept", title=f"Document {job.id}", setting=PrintSetting())
    sent(shop, job, queue_id)
    assert shop.recover() == ()
    assert shop.states([request_id]) == ["ready"]
    assert shop.trouble(request_id) == ""
    assert jobs_now([queue_id])[queue_id].state is JobState.CANCELLED


def test_a_job_at_a_printer_that_stopped_meanwhile_is_taken_out_of_its_queue(shop: Shop, server: PrintServer) -> None:
    """It would come out by surprise when the printer is started again."""
    server.add("v_stopped", backend="keeps")
    server.tell("cupsdisable", "-r", "Tray 2 is open", "v_stopped")
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    queue_id = print_pdf(a_pdf(), printer="v_stopped", title=f"Document {job.id}")
    sent(shop, job, queue_id)
    assert shop.recover() == ()
    assert (shop.states([request_id]), shop.trouble(request_id)) == (["ready"], "Tray 2 is open")
    assert jobs_now([queue_id])[queue_id].state is JobState.CANCELLED


def test_a_printer_that_went_with_its_job_leaves_the_question_to_a_person(shop: Shop, server: PrintServer) -> None:
    """Nobody saw whether it came out."""
    server.add("v_gone", backend="keeps")
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    queue_id = print_pdf(a_pdf(), printer="v_gone", title=f"Document {job.id}", held=True)
    sent(shop, job, queue_id)
    server.tell("lpadmin", "-x", "v_gone")
    assert [(each.id, each.state) for each in shop.recover()] == [(job.id, RunState.LOST)]
    assert shop.states([request_id]) == ["ready"]
    assert run_of(shop.store, shop.actor, job.run_id).ended_at == shop.now


def test_while_the_print_service_is_silent_nothing_is_settled(shop: Shop, server: PrintServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its queue may still print what it has."""
    server.add("v_silent", backend="keeps")
    (request_id,) = shop.order()
    (job,) = shop.begin().jobs
    queue_id = print_pdf(a_pdf(), printer="v_silent", title=f"Document {job.id}")
    sent(shop, job, queue_id)
    with monkeypatch.context() as away:
        away.setenv("CUPS_SERVER", "127.0.0.1:1")
        assert [(each.id, each.state) for each in shop.recover()] == [(job.id, RunState.SENT)]
    shop.way.follow(queue_id, lambda _: None)
    assert shop.recover(later_s=0) == ()
    assert shop.states([request_id]) == ["printed"]


def test_a_crash_while_documents_are_made_gives_the_rest_back(shop: Shop, server: PrintServer) -> None:
    """What was sent by then is asked of the queue later."""
    server.add("v_crash", backend="keeps")
    shop.choose("v_crash")
    asked = shop.order(3)

    class Failing(CupsWay):
        def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
            if server_has(server, "v_crash"):
                raise Crash
            return super().put(pdf, printer=printer, title=title, setting=setting)

    shop.way = Failing()
    with pytest.raises(Crash):
        shop.go(shop.begin())
    shop.way = CupsWay()
    assert shop.recover() == ()
    assert shop.states(asked)[0] == "printed"
    assert shop.states(asked)[2] == "ready"


def server_has(server: PrintServer, name: str) -> bool:
    """Tell whether a page came out."""
    return bool(server.kept(name))
