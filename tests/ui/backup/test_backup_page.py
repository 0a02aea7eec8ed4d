"""The place Backup: choosing a folder, backing up, proving, and bringing one back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.backup_targets import add_target, keep_rule, state
from intake.actions.restoring import restore_waits
from intake.domain.backups import Keep
from intake.storage.store import Store
from tests.ui.conftest import PASSWORD, Bench, Clock
from ui.backing_up import BackingUp
from ui.desk import Desk
from ui.models.board import CELL_ROLE
from ui.pages.backup.page import BackupPage
from ui.pages.backup.words import status_words
from ui.routes import Routes

WAIT_MS = 20_000


def cells(page: BackupPage, *, backups: bool = False) -> list[list[str]]:
    """Return the first lines of a table."""
    table = page.tables.backups if backups else page.tables.targets
    model = table.model()
    read = range(model.columnCount())
    return [[model.index(row, column).data(CELL_ROLE).first for column in read] for row in range(model.rowCount())]


def gone_from(store: Store) -> None:
    """Have the store not know of any backup, as one that is older than they are."""
    with store.transaction():
        store._connection.execute("DELETE FROM backup")


def chosen(page: BackupPage, stick: Path, qtbot: QtBot) -> None:
    """Choose the folder on the page and wait until its first backup is proven."""
    page.add()
    page.add_overlay.folder_field.set_value(str(stick))
    page.add_overlay.submit_button.click()
    qtbot.waitUntil(lambda: "✓ just now" in [row[-1] for row in cells(page, backups=True)], timeout=WAIT_MS)


def test_a_folder_is_chosen_and_the_first_backup_proven(page: BackupPage, stick: Path, qtbot: QtBot) -> None:
    """Until then the figure says that everything would be lost; afterwards it says the minutes."""
    qtbot.waitUntil(lambda: "would cost everything" in page.figure.lost_label.text(), timeout=WAIT_MS)
    chosen(page, stick, qtbot)
    assert "at most the last minute of work" in page.figure.lost_label.text()
    assert page.figure.proven_label.text() == "✓ Last proven restore: just now."
    assert cells(page)[0][:2] == [str(stick), "just now"]


def test_a_folder_that_will_not_do_is_told_at_its_field(page: BackupPage, desk: Desk, qtbot: QtBot) -> None:
    """The form stays, with the reason under the field."""
    page.add()
    page.add_overlay.folder_field.set_value(str(desk.paths.documents))
    page.add_overlay.submit_button.click()
    qtbot.waitUntil(page.add_overlay.folder_box.has_problem, timeout=WAIT_MS)
    assert "lies in the data folder" in page.add_overlay.folder_box.note.text()


def test_a_folder_that_went_is_told_on_the_page_and_in_the_bar(
    page: BackupPage, bench: Bench, desk: Desk, stick: Path, qtbot: QtBot, clock: Clock
) -> None:
    """With what to do; when it is back the next try clears it."""
    chosen(page, stick, qtbot)
    home = next(stick.iterdir())
    away = home.rename(stick.parent / "away")
    page.back_up()
    qtbot.waitUntil(lambda: cells(page)[0][-1] == "⚠ Failed", timeout=WAIT_MS)
    troubled = bench.ask(lambda store: state(store, now=desk.now()))
    assert status_words(troubled, desk.now())[1] == "danger"
    assert "Ctrl B" in status_words(troubled, desk.now())[0]
    assert "administrator" in status_words(troubled, desk.now(), manages=False)[0]
    shutil.move(away, home)
    clock.forward(6)
    page.back_up()
    qtbot.waitUntil(lambda: cells(page)[0][-1] == "⚠ Same disk", timeout=WAIT_MS)
    assert status_words(bench.ask(lambda store: state(store, now=desk.now())), desk.now()) == ("Last proven restore: just now", "")
    clock.forward(125)
    assert status_words(bench.ask(lambda store: state(store, now=desk.now())), desk.now()) == ("⚠ Last proven restore: 2 h ago", "warning")


def test_how_many_are_kept_is_the_administrators(page: BackupPage, bench: Bench, qtbot: QtBot) -> None:
    """Three numbers; one out of range is refused in words."""
    qtbot.waitUntil(lambda: page.keep_part.days_field.value() == "31", timeout=WAIT_MS)
    page.keep_part.days_field.set_value("62")
    page.keep_part.keep_button.click()
    qtbot.waitUntil(lambda: bench.ask(keep_rule) == Keep(days=62), timeout=WAIT_MS)
    page.keep_part.days_field.set_value("0")
    page.keep_part.keep_button.click()
    qtbot.waitUntil(lambda: "1 and 1000" in page.banner.text(), timeout=WAIT_MS)


def test_a_receptionist_backs_up_and_changes_nothing(receptionist: Desk, bench: Bench, desk: Desk, stick: Path, qtbot: QtBot) -> None:
    """Only what works is on screen."""
    bench.ask(lambda store: add_target(store, desk.actor, str(stick), now=desk.now()))
    routes = Routes()
    backing_up = BackingUp(receptionist, routes, routes)
    page = BackupPage(receptionist, routes)
    routes.changed.connect(page.reload)
    qtbot.addWidget(page)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: bool(cells(page)), timeout=WAIT_MS)
    shown = [each.isVisible() for each in (page.add_button, page.remove_button, page.restore_button, page.keep_part.keep_button)]
    assert shown == [False] * 4
    with qtbot.waitSignal(backing_up.changed, timeout=WAIT_MS):
        page.back_up()
    qtbot.waitUntil(lambda: bool(cells(page, backups=True)) and backing_up.running() is None, timeout=WAIT_MS)


def test_a_backup_is_brought_back_in_one_screen(
    page: BackupPage, backing_up: BackingUp, bench: Bench, desk: Desk, stick: Path, qtbot: QtBot
) -> None:
    """What it holds, what would be lost, the password; then everybody signs out, without a last backup, and it lies ready."""
    bench.arrive()
    chosen(page, stick, qtbot)
    bench.arrive("Example", "Otto")
    page.restore()
    overlay = page.restoring.overlay
    qtbot.waitUntil(overlay.isVisible, timeout=WAIT_MS)
    assert "1 patient, 1 visit and" in overlay.held_label.text()
    assert "1 intake" in overlay.loss_label.text()
    assert "✓ Proven" in overlay.held_label.text()
    assert not overlay.earlier_box.isVisible()
    overlay.password_field.set_value("not my password")
    overlay.submit_button.click()
    qtbot.waitUntil(overlay.password_box.has_problem, timeout=WAIT_MS)
    assert not restore_waits(desk.paths)
    page.desk.clock.forward(5)  # type: ignore[attr-defined]  # the test's clock: a wrong password makes the next one wait
    overlay.password_field.set_value(PASSWORD)
    with qtbot.waitSignal(page.routes.restored, timeout=WAIT_MS, check_params_cb=lambda said: "has taken the store's place" in said):
        overlay.submit_button.click()
    assert restore_waits(desk.paths)
    assert overlay.password_field.value() == ""
    closed: list[bool] = []
    backing_up.leave(lambda: closed.append(True))
    assert closed == [True]


def test_the_hour_is_backed_up_without_anybody_asking(
    backing_up: BackingUp, bench: Bench, desk: Desk, stick: Path, clock: Clock, qtbot: QtBot
) -> None:
    """Once an hour, however often it is looked; and nothing at a sign-out that comes right after."""
    bench.ask(lambda store: add_target(store, desk.actor, str(stick), now=desk.now()))

    def taken() -> int:
        return bench.ask(lambda store: len(store.backups.rows(1)))

    backing_up.look()
    qtbot.waitUntil(lambda: taken() == 1 and backing_up.running() is None, timeout=WAIT_MS)
    clock.forward(30)
    backing_up.look()
    bench.ask(lambda _store: None)
    assert backing_up.running() is None
    clock.forward(30)
    backing_up.look()
    qtbot.waitUntil(lambda: taken() == 2 and backing_up.running() is None, timeout=WAIT_MS)
    closed: list[bool] = []
    clock.forward(9)
    backing_up.leave(lambda: closed.append(True))
    qtbot.waitUntil(lambda: closed == [True], timeout=WAIT_MS)
    assert taken() == 2


def test_signing_out_takes_a_last_backup_before_the_store_is_closed(
    backing_up: BackingUp, bench: Bench, desk: Desk, stick: Path, qtbot: QtBot
) -> None:
    """Nobody waits for it, and the store stays open until it is proven."""
    bench.ask(lambda store: add_target(store, desk.actor, str(stick), now=desk.now()))
    closed: list[int] = []
    backing_up.leave(lambda: closed.append(1))
    qtbot.waitUntil(lambda: closed == [1], timeout=WAIT_MS)
    assert bench.ask(lambda store: store.backups.rows(1)[0].proven_at) == desk.now()


def test_a_backup_that_is_stopped_leaves_nothing_half(backing_up: BackingUp, bench: Bench, desk: Desk, stick: Path, qtbot: QtBot) -> None:
    """Closing the program does not wait for it."""
    bench.ask(lambda store: add_target(store, desk.actor, str(stick), now=desk.now()))
    backing_up.look()
    qtbot.waitUntil(lambda: backing_up.running() is not None, timeout=WAIT_MS)
    backing_up.stop()
    qtbot.waitUntil(lambda: backing_up.running() is None, timeout=WAIT_MS)
    home = next(stick.iterdir())
    assert [each.name for each in home.iterdir() if each.name.startswith(".")] == []


def test_empty_tables_say_what_to_do_next_and_so_do_the_keys_that_find_nothing(
    page: BackupPage, desk: Desk, bench: Bench, stick: Path, qtbot: QtBot
) -> None:
    """Without a folder every key names the one that adds it; with a folder and no backup yet, the one that writes it."""
    qtbot.waitUntil(lambda: "N adds one" in page.tables.targets.empty_words(), timeout=WAIT_MS)
    assert "Add a folder with N" in page.tables.backups.empty_words()
    refused: list[str] = []
    page.routes.refused.connect(refused.append)
    for key in (Qt.Key.Key_B, Qt.Key.Key_P, Qt.Key.Key_R, Qt.Key.Key_X):
        QTest.keyClick(page.tables.targets, key)
    assert len(refused) == 4
    assert all("with N" in words for words in refused)
    bench.ask(lambda store: add_target(store, desk.actor, str(stick), now=desk.now()))
    page.reload()
    qtbot.waitUntil(lambda: "B writes the first one" in page.tables.backups.empty_words(), timeout=WAIT_MS)
    assert page.tables.targets.empty_words() == ""
    QTest.keyClick(page.tables.targets, Qt.Key.Key_P)
    assert "B writes the first one" in refused[-1]


def test_numbers_that_are_typed_stay_while_backups_are_written(page: BackupPage, qtbot: QtBot) -> None:
    """The page is read again after each backup; what is not kept yet is not typed over."""
    qtbot.waitUntil(lambda: page.keep_part.days_field.value() == "31", timeout=WAIT_MS)
    page.keep_part.days_field.set_value("6")
    page.keep_part.show_keep(Keep())
    assert page.keep_part.days_field.value() == "6"


def test_a_low_window_scrolls_the_page_and_presses_nothing_together(page: BackupPage, qtbot: QtBot) -> None:
    """The buttons under the folders never lie over them, also with trouble told above."""
    page.banner.say("The folder is not there.")
    page.resize(700, 420)
    qtbot.waitUntil(lambda: page.tables.targets.height() >= page.tables.targets.minimumHeight())
    qtbot.waitUntil(lambda: page.tables.targets.geometry().bottom() < page.add_button.geometry().top())


def test_backups_that_the_store_does_not_know_are_listed_and_can_be_chosen(
    page: BackupPage, bench: Bench, stick: Path, qtbot: QtBot
) -> None:
    """After a restore the store knows none of those that came later; they lie there all the same, proven as they are."""
    chosen(page, stick, qtbot)
    bench.ask(gone_from)
    with qtbot.waitSignal(page.lying.found, timeout=WAIT_MS):
        page.reload()
    qtbot.waitUntil(lambda: [row[-1] for row in cells(page, backups=True)] == ["✓ just now"], timeout=WAIT_MS)
    QTest.keyClick(page.tables.backups, Qt.Key.Key_R)
    qtbot.waitUntil(page.restoring.overlay.isVisible, timeout=WAIT_MS)
    assert "✓ Proven" in page.restoring.overlay.held_label.text()


def test_a_backup_under_other_keys_is_listed_and_brought_back_with_the_secret_of_its_time(
    page: BackupPage, stick: Path, qtbot: QtBot
) -> None:
    """The store has no key to read it with: P says so, R asks."""
    chosen(page, stick, qtbot)
    qtbot.waitUntil(page.figure.bar.isHidden, timeout=WAIT_MS)
    home = next(stick.iterdir())
    other = shutil.copytree(next(home.iterdir()), home / "2031-01-01T00-00-00Z")
    content = json.loads((other / "manifest.json").read_bytes())
    later = {"taken_at": "2031-01-01T00:00:00+00:00", "key_check": "00", "seal": "00"}
    (other / "manifest.json").write_text(json.dumps({**content, **later}), encoding="utf-8")
    page.reload()
    qtbot.waitUntil(lambda: [row[-1] for row in cells(page, backups=True)] == ["Under other keys", "✓ just now"], timeout=WAIT_MS)
    page.tables.backups.selectRow(0)
    with qtbot.waitSignal(page.routes.refused, check_params_cb=lambda words: "R brings it back" in words):
        QTest.keyClick(page.tables.backups, Qt.Key.Key_P)
    QTest.keyClick(page.tables.backups, Qt.Key.Key_R)
    overlay = page.restoring.overlay
    qtbot.waitUntil(overlay.isVisible, timeout=WAIT_MS)
    assert overlay.earlier_box.isVisible()
    assert "⚠ It is not proven" in overlay.held_label.text()


def test_what_was_said_when_the_work_began_is_replaced_when_it_ends(page: BackupPage, stick: Path, bench: Bench, qtbot: QtBot) -> None:
    """A backup that is written is not being written any more; nor is one whose folder went."""
    said: list[str] = []
    page.routes.said.connect(said.append)
    chosen(page, stick, qtbot)
    qtbot.waitUntil(lambda: said[-1:] == ["The backup is written and proven."], timeout=WAIT_MS)
    assert said[0] == "Backups go there from now on; the first is being written."
    with qtbot.waitSignal(page.routes.said, timeout=WAIT_MS, check_params_cb=lambda words: "read whole and is proven" in words):
        QTest.keyClick(page.tables.backups, Qt.Key.Key_P)
    next(stick.iterdir()).rename(stick.parent / "away")
    with qtbot.waitSignal(page.routes.refused, timeout=WAIT_MS, check_params_cb=lambda words: "folder" in words.lower()):
        QTest.keyClick(page.tables.targets, Qt.Key.Key_B)


def test_the_hourly_backup_says_nothing(backing_up: BackingUp, routes: Routes, bench: Bench, desk: Desk, stick: Path, qtbot: QtBot) -> None:
    """Nobody asked for it."""
    said: list[str] = []
    for each in (routes.said, routes.refused):
        each.connect(said.append)
    bench.ask(lambda store: add_target(store, desk.actor, str(stick), now=desk.now()))
    backing_up.look()
    qtbot.waitUntil(lambda: bench.ask(lambda store: bool(store.backups.rows(1))) and backing_up.running() is None, timeout=WAIT_MS)
    assert said == []
