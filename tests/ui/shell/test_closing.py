"""Closing the window: a last backup as at a sign-out, for so long and no longer, and never in the way of the close."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.actions.backup_targets import add_target
from intake.errors import StoreError
from intake.storage.driver import connect
from intake.storage.store import open_store
from tests.factories import KEYS
from tests.ui.lock.test_in_the_program import signed_in
from tests.ui.shell.test_app import Start, start, the_sign_in
from ui.app import App
from ui.failures import words_of
from ui.pages.closing import ClosingPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.staff import Actor
    from intake.paths import Paths

__all__ = ["start"]
LONG_MS = 20_000


@pytest.fixture
def app(start: Start, paths: Paths, administrator: Actor, qtbot: QtBot) -> App:
    """Return the program with the administrator at work."""
    made = start(paths)
    qtbot.waitUntil(the_sign_in(made).sign_in_button.isEnabled, timeout=LONG_MS)
    signed_in(made, qtbot)
    return made


@pytest.fixture
def stick(app: App, tmp_path: Path, qtbot: QtBot) -> Path:
    """Return a folder that backups go to, of which the desk knows; none lies there."""
    folder = tmp_path / "stick"
    folder.mkdir()
    work, beside = app.work, app.at_work
    assert work is not None
    assert beside is not None
    desk = work.desk
    desk.store.ask(lambda store: add_target(store, desk.actor, str(folder), now=desk.now()), owner=work)
    beside.backing_up.changed.emit()
    qtbot.waitUntil(beside.has_last_backup, timeout=LONG_MS)
    return folder


def written(stick: Path) -> list[str]:
    """Return the files of backups, half ones among them."""
    return [each.name for each in stick.rglob("*") if each.is_file() and "store" in each.name]


def test_closing_the_window_takes_a_last_backup_and_signs_out(app: App, stick: Path, paths: Paths, qtbot: QtBot) -> None:
    """The window stays with a page that says so, and closes by itself when the backup is proven."""
    app.window.close()
    assert app.window.isVisible()
    qtbot.waitUntil(lambda: not app.window.isVisible(), timeout=LONG_MS)
    store = open_store(paths, KEYS)
    try:
        (row,) = store.backups.rows(1)
        assert row.proven_at is not None
        actions = [each[0] for each in store._connection.execute("SELECT action FROM audit ORDER BY seq")]  # what was told
    finally:
        store.close()
    assert "sign_out" in actions


@pytest.mark.parametrize("way", ["key", "cross"])
def test_nobody_has_to_wait_for_it(app: App, stick: Path, way: str, qtbot: QtBot) -> None:
    """Esc, or the cross once more, closes at once; nothing half-written is left."""
    app.window.close()
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), ClosingPage) or not app.window.isVisible(), timeout=LONG_MS)
    page = app.window.centralWidget()
    if way == "key" and isinstance(page, ClosingPage):
        QTest.keyClick(page, Qt.Key.Key_Escape)
    else:
        app.window.close()
    assert not app.window.isVisible()
    qtbot.waitUntil(lambda: not [name for name in written(stick) if name.startswith(".")], timeout=LONG_MS)


def test_with_nothing_to_back_up_the_window_closes_at_once(app: App) -> None:
    """No folder was chosen: there is nothing to wait for."""
    app.window.close()
    assert not app.window.isVisible()


def test_a_backup_that_takes_too_long_never_loses_the_close(app: App, stick: Path, qtbot: QtBot) -> None:
    """After its time the window closes with whatever is written."""
    app.window.close()
    assert app.window.isVisible()
    app._closing._bound.setInterval(1)
    app._closing._bound.start()
    qtbot.waitUntil(lambda: not app.window.isVisible(), timeout=LONG_MS)


def test_a_sign_out_that_the_store_refuses_is_told_and_the_person_works_on(app: App, stick: Path, paths: Paths, qtbot: QtBot) -> None:
    """The window neither closes over the work nor without the backup, however often it is tried; once the store writes, it does both."""
    work, bound = app.work, app._closing._bound
    assert work is not None
    work.desk.store.ask(lambda store: store._connection.execute("PRAGMA busy_timeout = 20").fetchone(), owner=work)
    work.desk.store.ask(lambda store: store.staff.all(), owner=work, done=lambda _: work.routes.place.emit("patients"))
    qtbot.waitUntil(lambda: work.places.place_of(work.places.current()) == "patients", timeout=LONG_MS)
    other = connect(str(paths.store), KEYS.store, timeout_s=5)
    other.execute("BEGIN IMMEDIATE")
    for _ in range(2):
        with qtbot.waitSignal(work.stayed, timeout=LONG_MS):
            app.window.close()
            assert bound.isActive()
        assert app.window.isVisible()
        assert app.window.centralWidget() is work
        assert work.banner.isVisible()
        assert words_of(StoreError("store_busy")) in work.banner.text()
        assert not bound.isActive()
    other.execute("ROLLBACK")
    other.close()
    app.window.close()
    assert app.window.isVisible()
    qtbot.waitUntil(lambda: not app.window.isVisible(), timeout=LONG_MS)
    store = open_store(paths, KEYS)
    try:
        assert [row.proven_at is not None for row in store.backups.rows(1)] == [True]
    finally:
        store.close()


def test_a_later_sign_out_leads_to_the_sign_in_and_not_to_the_close_that_failed(app: App, stick: Path, paths: Paths, qtbot: QtBot) -> None:
    """What was to come after the sign-out that was refused is forgotten with it."""
    work = app.work
    assert work is not None
    work.desk.store.ask(lambda store: store._connection.execute("PRAGMA busy_timeout = 20").fetchone(), owner=work)
    other = connect(str(paths.store), KEYS.store, timeout_s=5)
    other.execute("BEGIN IMMEDIATE")
    with qtbot.waitSignal(work.stayed, timeout=LONG_MS):
        app.window.close()
    other.execute("ROLLBACK")
    other.close()
    work.leave()
    qtbot.waitUntil(lambda: app.work is None, timeout=LONG_MS)
    assert the_sign_in(app).isVisible()
