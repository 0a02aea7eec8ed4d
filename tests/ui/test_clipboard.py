"""What is copied here: to be pasted, in no history, and gone when the person goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QTextEdit

from ui.clipboard import HINTS, Clipboard, marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def clipboard(qapp: QApplication) -> Iterator[Clipboard]:
    """Yield the program's clipboard over an empty one of the system."""
    QGuiApplication.clipboard().clear()
    made = Clipboard()
    yield made
    made.forget()


def held() -> QMimeData:
    """Return what any program would be given."""
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    return data


def copied(qtbot: QtBot, text: str) -> None:
    """Copy a text with the keys of a person."""
    field = QLineEdit(text)
    qtbot.addWidget(field)
    field.show()
    field.setFocus()
    for key in (Qt.Key.Key_A, Qt.Key.Key_C):
        QTest.keyClick(field, key, CTRL)


def test_what_is_copied_from_a_field_carries_every_mark_and_can_be_pasted(clipboard: Clipboard, qtbot: QtBot) -> None:
    """Windows' history and cloud, Klipper, and the convention of macOS are asked not to keep it."""
    copied(qtbot, "Sample, Ana")
    assert held().text() == "Sample, Ana"
    assert {name: held().data(name).data() for name in HINTS} == HINTS
    field = QLineEdit()
    qtbot.addWidget(field)
    field.paste()
    assert field.text() == "Sample, Ana"


def test_a_text_with_a_look_keeps_its_look(clipboard: Clipboard, qtbot: QtBot) -> None:
    """Every format it was copied in stays."""
    area = QTextEdit()
    qtbot.addWidget(area)
    area.setHtml("<b>Sample</b>, Ana")
    area.moveCursor(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    area.selectAll()
    area.copy()
    assert held().text() == "Sample, Ana"
    assert "Sample" in held().html()
    assert all(held().hasFormat(name) for name in HINTS)


def test_it_is_gone_when_the_person_goes(clipboard: Clipboard, qtbot: QtBot) -> None:
    """At the lock, at the sign-out and at the end."""
    copied(qtbot, "Sample, Ana")
    clipboard.forget()
    assert QGuiApplication.clipboard().text() == ""


def test_forgetting_nothing_is_no_trouble(clipboard: Clipboard) -> None:
    """The most usual case."""
    clipboard.forget()
    clipboard.forget()
    assert QGuiApplication.clipboard().text() == ""


def test_what_carries_a_mark_already_is_not_set_anew(clipboard: Clipboard, qtbot: QtBot) -> None:
    """A second round would never end."""
    copied(qtbot, "Sample, Ana")
    with qtbot.assertNotEmitted(QGuiApplication.clipboard().dataChanged):
        clipboard._mark(QClipboard.Mode.Clipboard)


def test_the_marks_are_those_that_windows_and_klipper_read() -> None:
    """Names as Microsoft and KDE give them; a DWORD of 0 says no."""
    data = marked(QMimeData())
    windows = 'application/x-qt-windows-mime;value="{}"'
    assert data.data("x-kde-passwordManagerHint").data() == b"secret"
    assert data.hasFormat(windows.format("ExcludeClipboardContentFromMonitorProcessing"))
    assert data.data(windows.format("CanIncludeInClipboardHistory")).data() == bytes(4)
    assert data.data(windows.format("CanUploadToCloudClipboard")).data() == bytes(4)
