"""A day at a desk, then a search of every folder it could have written to: no name outside the encrypted store."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QFileSystemWatcher, QSettings, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLineEdit

from intake.definitions.bundle import Definitions
from intake.logs import start_log, stop_log
from tests.intake.form_import.forms import a_form
from tests.ui.lock.room import PLANTED, Room
from tests.ui.lock.searching import names_found, spellings
from ui.choosing import file_to_save
from ui.failures import Failures
from ui.pages.preview import PreviewPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

REASON = "Qwyjiboneck"
"""A reason for a visit that stands nowhere else."""
MOVED = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


class Folders:
    """Where a program may leave something: its person's home and the folder for temporary files; and a stick that is theirs."""

    def __init__(self, root: Path, usual: Path) -> None:
        """Make them; ``usual`` is the home of all tests, which Qt may have asked for before."""
        self.usual = usual
        self.home, self.temporary, self.stick = root / "home", root / "temporary", root / "stick"
        for each in (self.home, self.temporary, self.stick):
            each.mkdir()


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, private_home: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """Send everything that has no place of its own into folders that can be searched."""
    made = Folders(tmp_path, private_home)
    for name in MOVED:
        monkeypatch.setenv(name, str(made.home))
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(made.temporary))
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    # Qt asks for the home once in its life.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(made.home))
    return made


@pytest.fixture
def touched(folders: Folders, room: Room) -> Iterator[list[str]]:
    """Yield the folder for temporary files as often as a file came into it or went, be it for a moment."""
    told: list[str] = []
    watcher = QFileSystemWatcher([str(folders.temporary)])
    watcher.directoryChanged.connect(told.append)
    yield told
    watcher.deleteLater()


def preview(room: Room, visit_id: int) -> PreviewPage:
    """Show the intake form of a visit as it would be printed."""
    room.work.routes.preview.emit(visit_id)
    page = room.work.places.current()
    assert isinstance(page, PreviewPage)
    with room.qtbot.waitSignal(page.view.canvas.drawn, timeout=20_000):
        pass
    return page


def answer_dialog(name: str) -> None:
    """Type a name into the dialog for files that is open, and press Enter."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    line = dialog.findChild(QLineEdit)
    assert line is not None
    line.setText(name)
    QTest.keyClick(line, Qt.Key.Key_Return)


def test_a_day_at_a_desk_leaves_no_name_outside_the_store(
    room: Room, desk: Desk, folders: Folders, touched: list[str], definitions: Definitions, qtbot: QtBot
) -> None:
    """Typed, saved, searched, previewed, imported, copied, crashed over, locked: the store has it, and no other file."""
    log = start_log(desk.paths.logs)
    room.begin_intake()
    room.type(PLANTED)
    saved = room.bench.arrive(PLANTED, reason=REASON)
    room.work.routes.patients.emit()
    room.type(PLANTED)
    preview(room, saved.visit_id)
    form = folders.stick / "form.pdf"
    form.write_bytes(a_form(definitions, {"patient.legal_last": PLANTED, "answers.sx.twitching": "no"}).pdf())
    room.work.dropping.take(form)
    qtbot.waitUntil(lambda: room.work.dropping.banner.text() != "", timeout=20_000)
    QGuiApplication.clipboard().setText(PLANTED)
    Failures().crashed(ValueError, ValueError(f"{PLANTED}: {REASON}"), None)
    room.locking.lock()
    room.settle()
    stop_log(log)
    kept = [desk.paths.data, folders.home, folders.usual, folders.temporary]
    assert names_found(kept, PLANTED, REASON) == []
    assert (desk.paths.logs / "desk.log").stat().st_size > 0
    assert touched == []
    room.unlock()


def test_the_name_of_a_file_that_was_saved_stands_in_no_list_of_recent_ones(room: Room, folders: Folders) -> None:
    """The dialog is our own, and what it keeps for the next time is folders."""
    QTimer.singleShot(400, room.window, lambda: answer_dialog(f"{PLANTED}.pdf"))
    chosen = file_to_save(room.window, "Save as PDF", folders.stick / "intake.pdf", "PDF (*.pdf)")
    assert chosen == folders.stick / f"{PLANTED}.pdf"
    kept = Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName())
    assert kept.is_relative_to(folders.home)
    assert folders.stick.name in kept.read_text(encoding="utf-8")
    assert names_found([folders.home, folders.usual, folders.temporary], PLANTED) == []


def test_a_dialog_for_files_that_is_open_goes_when_the_desk_locks(room: Room, folders: Folders) -> None:
    """Whoever asked for it is told that nothing was chosen."""
    QTimer.singleShot(400, room.window, room.locking.lock)
    assert file_to_save(room.window, "Save as PDF", folders.stick / "intake.pdf", "PDF (*.pdf)") is None
    assert room.locking.is_locked
    assert [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()] == []


def test_the_title_of_no_window_names_a_patient(room: Room, bench: Bench) -> None:
    """Task bars, switchers and other people's programs read it: from every place it is the program's name, or nothing."""
    saved = bench.arrive(PLANTED, reason=REASON)
    routes = room.work.routes
    places = (routes.today, routes.patients, routes.documents, routes.printing)
    titles = set()
    shows: list[Callable[[], object]] = [place.emit for place in places]
    shows += [partial(routes.place.emit, name) for name in ("settings", "audit", "backup")]
    shows += [partial(routes.patient.emit, saved.patient_id), partial(preview, room, saved.visit_id)]
    for show in shows:
        show()
        room.settle()
        titles |= {window.windowTitle() for window in QApplication.topLevelWidgets()}
        titles |= {window.title() for window in QGuiApplication.topLevelWindows()}
        titles |= {window.windowFilePath() for window in QApplication.topLevelWidgets()}
    assert not [title for title in titles if PLANTED in title]
    assert titles <= {"", "Intake Desk", QGuiApplication.applicationDisplayName()}


@pytest.mark.parametrize("number", range(len(spellings(PLANTED))))
def test_the_search_finds_a_name_in_every_spelling(folders: Folders, number: int) -> None:
    """A search that finds nothing says something only if it would have found it."""
    (folders.temporary / "deep").mkdir()
    (folders.temporary / "deep" / "core.1").write_bytes(b"\0\1" + spellings(PLANTED)[number] + b"\0")
    assert names_found([folders.temporary], PLANTED) == ["core.1"]
    assert names_found([folders.home], PLANTED) == []
