"""Somebody at the page of a letter: what they press, what they see, and what is on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from intake.actions.letters import keep_letter, open_letter
from ui.pages.letters.page import LetterPage
from ui.routes import Routes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.letters import Letter
    from tests.ui.conftest import Bench
    from ui.desk import Desk
    from ui.pages.letters.field_row import FieldRow
    from ui.pages.letters.form import LetterForm

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


class Writer:
    """Writes one letter by the keyboard alone."""

    def __init__(self, desk: Desk, bench: Bench, request_id: int, qtbot: QtBot) -> None:
        """Open the letter, on screen and with the keyboard."""
        self.bench, self.qtbot, self.request_id = bench, qtbot, request_id
        self.page = LetterPage(desk, Routes(), request_id)
        self.page.routes.changed.connect(self.page.reload)  # as the window does
        self.said: list[str] = []
        self.page.routes.said.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(1200, 760)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitActive(self.page)
        self.page.entered()
        qtbot.waitUntil(lambda: self.page.form is not None)

    @property
    def form(self) -> LetterForm:
        """The fields."""
        assert self.page.form is not None
        return self.page.form

    @property
    def focus(self) -> QWidget:
        """What has the keyboard."""
        self.qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        held = QApplication.focusWidget()
        assert isinstance(held, QWidget)
        return held

    def row(self, key: str) -> FieldRow:
        """Return one field."""
        return self.form.rows[key]

    def go(self, key: str) -> None:
        """Put the keyboard into a field, as a click does."""
        self.row(key).editor.setFocus()
        self.qtbot.waitUntil(self.row(key).editor.hasFocus)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focus, key, modifier)

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self.focus, text)

    def agree(self, key: str) -> None:
        """Say yes to a consent, which goes on to the first of its fields, and wait until it is on disk."""
        self.go(key)
        self.press(Qt.Key.Key_Y)
        self.settled()

    def settled(self) -> None:
        """Wait until everything typed is on disk."""
        self.qtbot.waitUntil(lambda: not self.page.keeper.is_behind())

    def on_disk(self) -> Letter:
        """Return the letter as the store has it."""
        desk = self.page.desk
        return self.bench.ask(lambda store: open_letter(store, desk.actor, self.request_id, definitions=desk.definitions, now=desk.now()))

    def shows(self) -> list[str]:
        """Return the keys of the fields on screen."""
        return [key for key, row in self.form.rows.items() if row.isVisible()]


def write_elsewhere(bench: Bench, desk: Desk, request_id: int, **typed: str) -> None:
    """Keep a letter from another desk."""
    bench.ask(
        lambda store: keep_letter(store, desk.actor, request_id, typed=typed, body=None, definitions=desk.definitions, now=desk.now())
    )
