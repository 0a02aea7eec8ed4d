"""The thread for what is slow: order, forgetting, errors, owners that are gone."""

from __future__ import annotations

import threading
from functools import partial

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.preview.worker import Worker


class FaultError(Exception):
    """A fault of a test's own."""


def test_work_is_done_on_another_thread_and_answered_on_this_one(qtbot: QtBot, qapp: QObject) -> None:
    """The window never waits for it."""
    threads: list[int] = []
    Worker(qapp).ask(threading.get_ident, done=lambda there: threads.extend((there, threading.get_ident())))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] != threading.get_ident()
    assert threads[1] == threading.get_ident()


def test_what_nobody_waits_for_is_done_too(qtbot: QtBot, qapp: QObject) -> None:
    """Its answer goes nowhere, and the next one comes."""
    done = list[int]()
    worker = Worker(qapp)
    worker.ask(lambda: done.append(1))
    worker.ask(lambda: 2, done=done.append)
    qtbot.waitUntil(lambda: done == [1, 2])


def test_only_the_newest_of_what_has_not_begun_is_done(qtbot: QtBot, qapp: QObject) -> None:
    """Zooming fast draws the last zoom, not every one on the way."""
    gate, done = threading.Event(), list[int]()
    worker = Worker(qapp)
    worker.ask(lambda: gate.wait(5), done=lambda _: None)
    for number in range(5):
        worker.ask(partial(int, number), done=done.append, newest="page")
    gate.set()
    worker.ask(lambda: 99, done=done.append)
    qtbot.waitUntil(lambda: 99 in done)
    assert done == [4, 99]


def test_an_error_goes_to_who_asked(qtbot: QtBot, qapp: QObject) -> None:
    """And the work after it is done all the same."""

    def fail() -> int:
        raise FaultError

    errors, done = list[Exception](), list[int]()
    worker = Worker(qapp)
    worker.ask(fail, done=done.append, failed=errors.append)
    worker.ask(lambda: 1, done=done.append)
    qtbot.waitUntil(lambda: done == [1])
    assert [type(error) for error in errors] == [FaultError]


def test_an_error_that_nobody_takes_is_raised_on_the_windows_thread(qtbot: QtBot, qapp: QObject) -> None:
    """It reaches the hook for exceptions, and so the log and the person."""

    def fail() -> int:
        raise FaultError

    with qtbot.captureExceptions() as raised:
        Worker(qapp).ask(fail, done=lambda _: None)
        qtbot.waitUntil(lambda: bool(raised))
    assert raised[0][0] is FaultError


def test_an_answer_for_an_owner_that_is_gone_is_dropped(qtbot: QtBot, qapp: QObject) -> None:
    """A closed page hears nothing any more."""
    gate, ended = threading.Event(), threading.Event()
    heard: list[object] = []

    def work() -> None:
        gate.wait(5)
        ended.set()

    owner = QObject()
    Worker(owner).ask(work, done=heard.append)
    with qtbot.waitSignal(owner.destroyed):
        owner.deleteLater()
    gate.set()
    assert ended.wait(5)
    later: list[int] = []
    Worker(qapp).ask(lambda: 1, done=later.append)
    qtbot.waitUntil(lambda: later == [1])
    assert heard == []


@pytest.mark.parametrize("rounds", [200])
def test_a_worker_takes_work_again_after_it_was_idle(qtbot: QtBot, qapp: QObject, rounds: int) -> None:
    """Its thread ends when there is nothing to do, and no job falls between two threads."""
    worker, done = Worker(qapp), list[int]()
    for number in range(rounds):
        worker.ask(partial(int, number), done=done.append)
        if number % 7 == 0:
            qtbot.waitUntil(partial(done.__contains__, number))
    qtbot.waitUntil(lambda: len(done) == rounds)
    assert done == list(range(rounds))


def test_owners_that_go_while_their_work_is_told_bring_nothing_down(qtbot: QtBot, qapp: QApplication) -> None:
    """A page that is closed at the very moment its page is drawn: the program lives, and no queue stays behind."""
    before = len(qapp.children())
    heard: list[int] = []
    for number in range(300):
        owner = QObject()
        Worker(owner).ask(partial(int, number), done=heard.append)
        owner.deleteLater()
        if number % 10 == 0:
            qtbot.waitUntil(lambda: True)
    qtbot.waitUntil(lambda: len(qapp.children()) == before)
