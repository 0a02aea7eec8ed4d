"""The store's thread: answers come back on the window's thread, errors always, stale answers never."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from intake.errors import IntakeError
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.tasks import StoreThread

if TYPE_CHECKING:
    from intake.storage.store import Store


def test_an_answer_is_delivered_on_the_thread_of_the_window(desk: Desk, qtbot: QtBot) -> None:
    """The work runs elsewhere; what is done with its answer runs here."""
    seen: list[tuple[threading.Thread, threading.Thread]] = []
    desk.store.ask(
        lambda _: threading.current_thread(), owner=desk.store, done=lambda worker: seen.append((worker, threading.current_thread()))
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is not threading.main_thread()
    assert seen[0][1] is threading.main_thread()


def test_what_nobody_waits_for_is_done_too(desk: Desk, bench: Bench) -> None:
    """Its answer goes nowhere, and the next one comes."""
    done = list[int]()
    desk.store.ask(lambda _: done.append(1), owner=desk.store)
    bench.ask(lambda _: None)
    assert done == [1]


def test_the_answer_for_a_page_that_is_gone_is_dropped(desk: Desk, bench: Bench) -> None:
    """A closed page is never called again."""
    begin, answers = threading.Event(), list[bool]()
    page = QObject()
    desk.store.ask(lambda _: begin.wait(5), owner=page, done=answers.append)
    delete(page)
    begin.set()
    bench.ask(lambda _: None)
    assert answers == []


def test_the_error_of_a_page_that_is_gone_is_told(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """An error is never lost: without its asker it goes to the signal."""
    page = QObject()

    def fail(_: Store) -> None:
        raise IntakeError("disk_full")

    with qtbot.waitSignal(desk.store.failed) as told:
        desk.store.ask(fail, owner=page, done=lambda _: None, failed=lambda _: None)
        delete(page)
    assert isinstance(told.args[0], IntakeError)


def test_an_error_without_a_taker_is_told(desk: Desk, qtbot: QtBot) -> None:
    """Who asks without saying what to do on failure still gets the failure told."""

    def fail(_: Store) -> None:
        raise IntakeError("disk_full")

    with qtbot.waitSignal(desk.store.failed):
        desk.store.ask(fail, owner=desk.store, done=lambda _: None)


def test_only_the_newest_of_the_waiting_asks_is_done(desk: Desk, bench: Bench) -> None:
    """While the store is busy, the keystrokes of a search that were overtaken are forgotten."""
    hold, done = threading.Event(), list[str]()
    desk.store.ask(lambda _: hold.wait(5), owner=desk.store, done=lambda _: None)

    def look(text: str, _: Store) -> str:
        return text

    for text in ("r", "ri", "riv"):
        desk.store.ask(partial(look, text), owner=desk.store, done=done.append, newest="search")
    hold.set()
    bench.ask(lambda _: None)
    assert done == ["riv"]


def test_a_store_that_cannot_be_opened_is_told_with_its_reason(qtbot: QtBot) -> None:
    """The window hears why, and the thread ends."""

    def refuse() -> Store:
        raise IntakeError("damaged_store")

    thread = StoreThread(refuse)
    with qtbot.waitSignal(thread.refused) as told:
        thread.start()
    assert told.args[0].code == "damaged_store"
    assert thread.stop()
