"""What the window does by itself: the check of the night, and the watch over the clock."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from intake.actions.audit_reading import read_audit
from intake.domain.audit import Asked, CheckRun, Entry
from ui.clock_watch import ClockWatch
from ui.nightly import NightlyCheck
from ui.store_check import StoreCheck

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench, Clock
    from ui.desk import Desk


def entries(bench: Bench, desk: Desk, action: str) -> tuple[Entry, ...]:
    """Return the entries of an action."""
    return bench.ask(lambda store: read_audit(store, desk.actor, Asked(action=action), now=desk.now())).entries


def test_a_store_that_is_due_is_checked_by_itself(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """The audit says that nobody asked for it, and at which desk it was made."""
    nightly = NightlyCheck(desk)
    with qtbot.waitSignal(nightly.found, timeout=30_000) as caught:
        nightly.look()
    run = caught.args[0]
    assert isinstance(run, CheckRun)
    assert (run.good, run.by, run.workstation) == (True, None, desk.workstation)
    [entry] = entries(bench, desk, "check_store")
    assert (entry.staff_id, entry.workstation) == (None, desk.workstation)


def test_a_store_that_was_checked_is_left_alone_until_the_next_day(desk: Desk, bench: Bench, clock: Clock, qtbot: QtBot) -> None:
    """Two looks within the day are one check, one after it is another."""
    nightly = NightlyCheck(desk)
    with qtbot.waitSignal(nightly.found, timeout=30_000):
        nightly.look()
    nightly.look()
    assert len(entries(bench, desk, "check_store")) == 1
    clock.forward(60 * 24 + 1)
    with qtbot.waitSignal(nightly.found, timeout=30_000):
        nightly.look()
    assert len(entries(bench, desk, "check_store")) == 2


def test_nothing_begins_once_it_was_stopped(desk: Desk, bench: Bench) -> None:
    """The store is about to be closed."""
    nightly = NightlyCheck(desk)
    nightly.stop()
    nightly.look()
    assert entries(bench, desk, "check_store") == ()


def test_a_check_that_is_given_up_records_nothing(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """It ends soon, and another one can begin."""
    check = StoreCheck(desk)
    check.begin()
    check.stop()
    qtbot.waitUntil(lambda: not check.runs(), timeout=30_000)
    assert entries(bench, desk, "check_store") == ()
    with qtbot.waitSignal(check.found, timeout=30_000):
        check.begin()


def test_a_clock_that_goes_ahead_is_told(desk: Desk, bench: Bench, clock: Clock) -> None:
    """An hour that did not pass; a minute of it is no news."""
    counter = [100.0]
    watch = ClockWatch(desk, steady=lambda: counter[0])
    clock.forward(1)
    watch.look()
    assert entries(bench, desk, "clock_jumped") == ()
    clock.forward(60)
    counter[0] += 60
    watch.look()
    [entry] = entries(bench, desk, "clock_jumped")
    assert entry.changes["clock"] == (
        (clock() - timedelta(minutes=59)).isoformat(timespec="seconds"),
        clock().isoformat(timespec="seconds"),
    )
