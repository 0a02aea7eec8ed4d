"""Dropping a document on the window: the verdict is said in words, and no field takes the file's name for text."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from intake.cli import main
from tests.ui.conftest import PASSWORD, Bench
from tests.ui.preview.clinic import sign, write
from ui.desk import Desk
from ui.main_window import MainWindow

COPY = Qt.DropAction.CopyAction
LEFT = Qt.MouseButton.LeftButton
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(qtbot: QtBot, clinician: Desk) -> MainWindow:
    """Return a clinician's window, shown."""
    main_window = MainWindow(clinician)
    main_window.begin()
    qtbot.addWidget(main_window)
    main_window.resize(1280, 800)
    with qtbot.waitExposed(main_window):
        main_window.show()
    return main_window


def drop(window: MainWindow, *files: Path) -> QDropEvent:
    """Drag files onto the middle of the window, let them go, and return the last event."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    handle = window.windowHandle()
    QApplication.sendEvent(handle, QDragEnterEvent(QPoint(600, 400), COPY, mime, LEFT, PLAIN))
    event = QDropEvent(QPointF(600, 400), COPY, mime, LEFT, PLAIN)
    event.ignore()
    QApplication.sendEvent(handle, event)
    return event


def a_file_of_a_note(bench: Bench, clinician: Desk, target: Path) -> Path:
    """Return the file of a signed note, made without the window."""
    saved = bench.arrive()
    write(bench, clinician, saved.visit_id)
    sign(bench, clinician, saved.visit_id)
    words = ["--data", str(clinician.paths.data), "--user", "casey", "pdf", "note", saved.visit_number, "-o", str(target)]
    assert main(words) == 0
    return target


def test_a_dropped_note_is_told_to_be_the_signed_one(
    qtbot: QtBot, window: MainWindow, bench: Bench, clinician: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it equals, of which visit, and since when."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)
    file = a_file_of_a_note(bench, clinician, tmp_path / "note.pdf")
    with qtbot.waitSignal(window.document_check.told, timeout=10_000) as told:
        assert drop(window, file).isAccepted()
    assert told.args is not None
    assert told.args[1] == "ok"
    assert "equals the signed note of visit V-" in window.banner.text()
    assert "N1" in window.banner.text()


def test_a_changed_note_and_a_foreign_file_are_told_apart(
    qtbot: QtBot, window: MainWindow, bench: Bench, clinician: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One byte more is another document."""
    monkeypatch.setenv("INTAKE_PASSWORD", PASSWORD)
    file = a_file_of_a_note(bench, clinician, tmp_path / "note.pdf")
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(file.read_bytes() + b" ")
    foreign = tmp_path / "letter.pdf"
    foreign.write_bytes(b"%PDF-1.4 nothing of ours")
    for path, tone, words in ((changed, "danger", "not as it left here"), (foreign, "warning", "not known here")):
        with qtbot.waitSignal(window.document_check.told, timeout=10_000) as told:
            drop(window, path)
        assert told.args is not None
        assert told.args[1] == tone
        assert words in window.banner.text()


def test_several_files_and_one_that_is_gone_are_told_in_words(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    """Nothing fails in silence."""
    with qtbot.waitSignal(window.document_check.told) as told:
        drop(window, tmp_path / "a.pdf", tmp_path / "b.pdf")
    assert told.args == ["Drop one document at a time.", "warning"]
    with qtbot.waitSignal(window.document_check.told) as told:
        drop(window, tmp_path / "gone.pdf")
    assert told.args == ["There is no such file.", "danger"]


def test_dragged_text_is_left_to_the_fields(window: MainWindow) -> None:
    """Only files are documents."""
    mime = QMimeData()
    mime.setText("Sample")
    event = QDropEvent(QPointF(600, 400), COPY, mime, LEFT, PLAIN)
    assert not window.document_check.eventFilter(window.windowHandle(), event)


def test_the_palette_offers_the_check(window: MainWindow) -> None:
    """For whoever has no mouse in hand."""
    commands = [command for command in window.commands() if "Check a document" in command.words]
    assert [command.act for command in commands] == [window.document_check.ask]
