"""Runs that go wrong beyond the printer: a page that cannot be made, a service without an answer, a clock that was ahead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event

import pytest

from intake.actions.material import material_of
from intake.actions.print_runs import keep_alive, run_of
from intake.actions.running import Runner
from intake.domain.print_runs import PrintSetting, RunState
from intake.errors import IntakeError
from intake.printing import CupsWay, HeldJob, JobState, UnansweredError, jobs_now
from intake.storage.store import Store
from tests.intake.print_runs.shop import Ask, Shop, T
from tests.intake.printing.print_server import PrintServer


class Late(CupsWay):
    """A way whose service takes the pages, and answers when nobody waits any more."""

    def __init__(self) -> None:
        """Begin silent."""
        self.silent = True
        self.put_ids: list[str] = []

    def put(self, pdf: bytes, *, printer: str, title: str, setting: PrintSetting) -> str:
        """Have the pages taken, and hear nothing of it."""
        queue_id = super().put(pdf, printer=printer, title=title, setting=setting)
        if self.silent:
            self.put_ids.append(queue_id)
            raise UnansweredError("no_print_service")
        return queue_id

    def held(self, printer: str) -> tuple[HeldJob, ...]:
        """Hear nothing either."""
        if self.silent:
            raise UnansweredError("no_print_service")
        return super().held(printer)


class Stumbling(Ask):
    """Asks the store, and meets a record that nothing is ready for."""

    def __init__(self, store: Store, request_id: int) -> None:
        """Stumble over what this request's document is made of."""
        super().__init__(store)
        self._request_id = request_id

    def __call__(self, work: Callable[[Store], T]) -> T:
        """Do it, or fail as only a defect fails."""
        if isinstance(work, partial) and work.func is material_of and work.keywords["request_id"] == self._request_id:
            raise ZeroDivisionError("Sample, Ana")
        return super().__call__(work)


def test_pages_that_a_service_took_without_an_answer_are_taken_out_before_they_are_printed_anew(shop: Shop, server: PrintServer) -> None:
    """As long as it is silent nobody knows, and nothing is printed again; then each comes out once."""
    server.add("t_late", backend="keeps")
    shop.now = datetime.now(UTC)
    shop.choose("t_late")
    asked = shop.order(2)
    shop.way = late = Late()
    run = shop.go(shop.begin())
    assert [job.state for job in run.jobs] == [RunState.SENDING, RunState.FAILED]
    assert [job.state for job in shop.recover()] == [RunState.SENDING]
    late.silent = False
    assert shop.recover() == ()
    assert [job.state for job in jobs_now(late.put_ids).values()] == [JobState.CANCELLED]
    assert shop.states(asked) == ["ready", "ready"]
    assert [job.state for job in shop.go(shop.begin()).jobs] == [RunState.PRINTED] * 2
    assert len(server.kept("t_late")) == 2


def test_a_document_that_cannot_be_made_fails_alone_with_an_incident_number(shop: Shop, server: PrintServer) -> None:
    """The others of its run come out."""
    server.add("t_made", backend="keeps")
    shop.choose("t_made")
    asked = shop.order(2)
    runner = Runner(Stumbling(shop.store, asked[0]), shop.way, shop.desk(), pause_s=0.05)
    run = runner.go(shop.begin(), seen=shop.told.append, stop=Event())
    assert [job.state for job in run.jobs] == [RunState.FAILED, RunState.PRINTED]
    assert shop.states(asked) == ["ready", "printed"]
    assert "Incident number: " in shop.trouble(asked[0])
    assert "Sample" not in shop.trouble(asked[0])


def test_a_claim_from_the_future_is_given_back_after_a_minute_of_silence(shop: Shop) -> None:
    """The clock was a day ahead when the run began and broke off: nobody waits for the day to pass."""
    right = shop.now
    asked = shop.order()
    shop.now = right + timedelta(days=1)
    shop.begin()
    shop.now = right
    assert shop.recover(later_s=0) == ()
    shop.recover(later_s=61)
    assert [job.request_id for job in shop.begin().jobs] == asked


def test_a_run_of_a_desk_whose_clock_is_ahead_is_left_alone_while_it_lives(shop: Shop) -> None:
    """It is heard of again and again, whatever time it says it is."""
    shop.order()
    run = shop.begin()
    for _ in range(4):
        keep_alive(shop.store, run.id, now=shop.now + timedelta(days=1))
        shop.recover(later_s=61)
    assert run_of(shop.store, shop.actor, run.id).jobs[0].state is RunState.CLAIMED


def test_what_another_run_has_is_said_to_be_there(shop: Shop, store: Store) -> None:
    """By whom and at which desk; when that run is over without it, it is ready again."""
    asked = shop.order(2)
    shop.begin()
    for request_ids in (None, (asked[1],)):
        with pytest.raises(IntakeError) as taken:
            shop.begin(request_ids=request_ids)
        assert (taken.value.code, taken.value.facts["count"]) == ("with_another_run", 1 if request_ids else 2)
        assert taken.value.facts["by"] == shop.actor.staff.name
        assert taken.value.facts["desk"] == shop.actor.workstation
    assert store.print_runs.taken("loc.union") == ()
    shop.recover()
    assert len(shop.begin().jobs) == 2
