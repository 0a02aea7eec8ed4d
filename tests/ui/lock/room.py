"""One desk with its window, its work and its lock, as the application puts them together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import delete, isValid

from tests.ui.conftest import PASSWORD
from ui.clipboard import Clipboard
from ui.desk_window import DeskWindow
from ui.lock.locking import Locking
from ui.lock.screen import LockScreen
from ui.main_window import MainWindow
from ui.pages.intake.page import IntakePage
from ui.routes import IntakeStart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

PLANTED = "Zyzzyvath"
"""A family name that stands nowhere else."""


class Room:
    """Somebody works here; the lock is one call away."""

    def __init__(self, desk: Desk, bench: Bench, qtbot: QtBot) -> None:
        """Show the work and wait until its first page is read."""
        self.desk, self.bench, self.qtbot = desk, bench, qtbot
        self.window = DeskWindow()
        self.window.resize(1280, 800)
        self.work = MainWindow(desk)
        self.window.setCentralWidget(self.work)
        self.clipboard = Clipboard(self.window)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitActive(self.window)
        self.work.begin()
        self.locking = Locking(self.window, self.work, desk, self.clipboard)
        self.settle()

    @property
    def focus(self) -> QWidget:
        """The widget the keyboard is in."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    @property
    def screen(self) -> LockScreen:
        """What is shown of the locked desk."""
        assert self.locking.screen is not None
        return self.locking.screen

    def settle(self) -> None:
        """Wait until everything asked of the store so far is answered."""
        self.bench.ask(lambda _: None)

    def type(self, text: str) -> None:
        """Type letters where the keyboard is."""
        QTest.keyClicks(self.focus, text)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key where the keyboard is."""
        QTest.keyClick(self.focus, key, modifiers)

    def begin_intake(self) -> IntakePage:
        """Open an empty intake and wait until it can be typed into."""
        self.work.routes.intake.emit(IntakeStart())
        page = self.work.places.current()
        assert isinstance(page, IntakePage)
        self.qtbot.waitUntil(lambda: page.form.is_built and page.form.isEnabled(), timeout=20_000)
        return page

    def unlock(self, password: str = PASSWORD) -> None:
        """Type the password into the locked screen and wait until it opens."""
        self.type(password)
        with self.qtbot.waitSignal(self.locking.unlocked, timeout=10_000):
            self.press(Qt.Key.Key_Return)

    def go(self) -> None:
        """Close the window and have nothing left of it, locked or not."""
        if isValid(self.work):
            self.work.giving.abandon()
        self.window.close()
        delete(self.window)

    def heard(self) -> list[str]:
        """Return everything a screen reader can say of this program's windows, shown or hidden."""
        words: list[str] = []
        application = QApplication.instance()
        assert application is not None
        _hear(QAccessible.queryAccessibleInterface(application), words)
        _hear(QAccessible.queryAccessibleInterface(self.window), words)
        return words

    def picture(self) -> bytes:
        """Return the window as it is on screen, pixel by pixel."""
        image = self.window.grab().toImage()
        return bytes(image.constBits())


def _hear(interface: QAccessibleInterface | None, words: list[str]) -> None:
    if interface is None or not interface.isValid():
        return
    words += [interface.text(each) for each in (QAccessible.Text.Name, QAccessible.Text.Value, QAccessible.Text.Description)]
    for number in range(interface.childCount()):
        _hear(interface.child(number), words)
