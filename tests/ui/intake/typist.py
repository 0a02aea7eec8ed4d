"""A person at the keyboard of one intake form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from ui.pages.intake.page import IntakePage
from ui.routes import IntakeStart, Routes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.desk import Desk

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return


class Typist:
    """Types into an intake page with its panel beside it, as in the main window; counts the keys."""

    def __init__(self, desk: Desk, qtbot: QtBot, start: IntakeStart | None = None, routes: Routes | None = None) -> None:
        """Open the page in a window of its own and wait until it is built."""
        self.qtbot = qtbot
        self.desk = desk
        self.keys_pressed = 0
        self.window = QWidget()
        self.routes = routes or Routes(self.window)
        self.page = IntakePage(desk, self.routes, start or IntakeStart())
        across = QHBoxLayout(self.window)
        across.addWidget(self.page, 3)
        panel = self.page.panel()
        assert panel is not None
        across.addWidget(panel, 1)
        self.window.resize(1240, 860)
        qtbot.addWidget(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitExposed(self.window)
        self.page.entered()
        qtbot.waitUntil(lambda: self.page.form.is_built and self.page.form.isEnabled(), timeout=20_000)

    @property
    def focus(self) -> QWidget:
        """The widget the keyboard is in."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def path(self) -> str:
        """The field the keyboard is in."""
        return self.page.form.path_at()[0]

    def type(self, text: str) -> Typist:
        """Type characters, one key each."""
        for letter in text:
            if letter.isascii():
                QTest.keyClicks(self.focus, letter)
            else:  # QTest knows no keys beyond ASCII
                QApplication.sendEvent(self.focus, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, PLAIN, letter))
            self.keys_pressed += 1
        return self

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN, times: int = 1) -> Typist:
        """Press a key, some times over."""
        for _ in range(times):
            QTest.keyClick(self.focus, key, modifiers)
            self.keys_pressed += 1
        return self

    def enter(self, text: str = "") -> Typist:
        """Type a value and go on."""
        return self.type(text).press(ENTER)

    def paste(self, text: str) -> Typist:
        """Paste what no key types."""
        QGuiApplication.clipboard().setText(text)
        return self.press(Qt.Key.Key_V, CTRL)

    def go(self, path: str) -> Typist:
        """Put the keyboard on a field."""
        assert self.page.form.go_to(path), path
        return self

    def text(self, path: str) -> str:
        """Return what the form holds at a path."""
        return self.page.document.text(path)

    def identity(self, last: str = "Rivera", first: str = "Ana", dob: str = "3485", sex: str = "f", phone: str = "7325550148") -> Typist:
        """Type the first section."""
        self.enter(last).enter(first).enter(dob).type(sex)
        return self.enter(phone)

    def safety_questions(self, key: str = "n") -> Typist:
        """Ask the questions that have to be asked, from the first, and answer each with one key."""
        required = self.desk.definitions.checklist.still_to_ask({})
        return self.go(f"answers.{required[0].key}").type(key * len(required))

    def rest(self) -> Typist:
        """Type everything else a usual intake needs, from the first field of contact to the last notice.

        Of the checklist only what has to be asked is asked.
        """
        self.type("myy").enter()  # mobile, may text, may leave message; no email
        self.enter("12 Sample St").enter().enter("08837")
        self.enter("en").type("n")
        self.enter("Bob Sample").enter("7325550149").enter("Brother")
        self.type("n").enter("Stiff neck since Monday").type("w").enter()
        self.type("s").enter()
        self.press(Qt.Key.Key_N, ALT).press(Qt.Key.Key_N, ALT)
        self.type("nnnnnnn").safety_questions()
        self.press(Qt.Key.Key_8, CTRL)
        return self.type("sd").enter().enter().enter().enter()

    def rest_of_known_patient(self) -> Typist:
        """Type the visit of a patient whose demographics are on record."""
        self.go("visit.visit_type").type("n").enter("Stiff neck again").type("w").enter().type("s").enter()
        self.press(Qt.Key.Key_N, ALT).press(Qt.Key.Key_N, ALT).type("nnnnnnn").safety_questions()
        return self.press(Qt.Key.Key_8, CTRL).type("sd")

    def save(self) -> Typist:
        """Press Ctrl+S and wait for the number."""
        self.press(Qt.Key.Key_S, CTRL)
        self.qtbot.waitUntil(lambda: self.page.saved is not None, timeout=10_000)
        return self

    def drafted(self) -> Typist:
        """Wait until everything typed is on disk."""
        keeper = self.page.keeper
        self.qtbot.waitUntil(lambda: keeper.draft_id is not None and not keeper.is_behind(), timeout=5_000)
        return self

    def matched(self) -> Typist:
        """Wait until the last look for matches was answered."""
        self.qtbot.waitUntil(lambda: not self.page.probe.is_waiting(), timeout=5_000)
        return self
