"""A person with the screen of patient mode in their hands: keys, mouse and fingers, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from intake.actions.drafts import Draft, my_drafts
from tests.ui.conftest import PASSWORD
from ui.patient.answers import Line, Lines
from ui.patient.form import PatientForm
from ui.patient.handback import HandbackScreen
from ui.patient.mode import PatientMode
from ui.patient.question import QuestionBox
from ui.patient.question_screen import QuestionScreen
from ui.patient.review import ReviewScreen

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.main_window import MainWindow


class Patient:
    """Gets the screen from the staff, answers, hands it back."""

    def __init__(self, window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
        """Stand at the desk."""
        self.window = window
        self.bench = bench
        self.qtbot = qtbot
        self.touch = QTest.createTouchDevice()

    @property
    def mode(self) -> PatientMode:
        """The patient mode that is on."""
        mode = self.window.giving.mode
        assert mode is not None
        return mode

    @property
    def form(self) -> PatientForm:
        """What the patient sees."""
        return self.mode.form

    @property
    def focus(self) -> QWidget:
        """The widget the keyboard is in."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def take_screen(self) -> None:
        """Be given the screen: the key of the staff, and Enter on its card."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)
        QTest.keyClick(self.window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        card = self.window.giving.card
        assert card is not None
        assert card.isVisible()
        QTest.keyClick(self.focus, Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.window.giving.mode is not None)
        front = self.mode.windows.front
        self.qtbot.waitUntil(lambda: front.isVisible() and QApplication.activeWindow() is front)

    def choose(self, language: str) -> None:
        """Touch a language on the first screen."""
        shown = self.form.shown
        self.press(shown.buttons[language])  # type: ignore[union-attr]  # the first screen has them

    def go_to(self, path: str) -> QuestionBox:
        """Come to the screen that asks something, as "Next" and "Back" lead there."""
        place = next(place for place, screen in enumerate(self.form.screens) if any(question.path == path for question in screen.questions))
        self.form.go(place, path)
        return self.box(path)

    def box(self, path: str) -> QuestionBox:
        """Return a question of the screen that is shown."""
        assert isinstance(self.form.shown, QuestionScreen)
        return self.form.shown.boxes[path]

    def press(self, widget: QWidget) -> None:
        """Click with the left button."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=widget.rect().center())

    def tap(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Touch with a finger."""
        point = widget.rect().center() if at is None else at
        QTest.touchEvent(widget, self.touch).press(0, point, widget).commit()
        QTest.touchEvent(widget, self.touch).release(0, point, widget).commit()

    def pick(self, path: str, code: str) -> None:
        """Click an answer of a question on screen."""
        self.press(next(each for each in self.box(path).controls if getattr(each, "code", "") == code))

    def write(self, path: str, text: str) -> None:
        """Write into the line of a question on screen, key by key."""
        line = next(each for each in self.box(path).controls if isinstance(each, Line | Lines))
        line.setFocus()
        QTest.keyClicks(line, text)

    def review(self) -> ReviewScreen:
        """Go on to the review."""
        self.form.go(len(self.form.screens))
        assert isinstance(self.form.shown, ReviewScreen)
        shown = self.form.shown
        self.qtbot.waitUntil(lambda: not shown.is_building())
        return shown

    def handback(self) -> HandbackScreen:
        """Return the handback that is on screen."""
        assert isinstance(self.form.shown, HandbackScreen)
        return self.form.shown

    def finish(self) -> HandbackScreen:
        """Go to the end of the review and say that all is done."""
        self.review()
        for _ in range(200):
            if isinstance(self.form.shown, HandbackScreen):
                break
            self.press(self.form.foot.next_button)
        return self.handback()

    def sign(self, password: str = PASSWORD, login: str = "") -> None:
        """Be the staff who takes the screen back."""
        handback = self.handback()
        for field, text in ((handback.login_field, login), (handback.password_field, password)):
            field.setFocus()
            QTest.keyClicks(field, text)
        QTest.keyClick(handback.password_field, Qt.Key.Key_Return)

    def read(self) -> list[str]:
        """Return every word that can be read on the screens, and what stands in fields."""
        found: list[str] = []
        for window in self.mode.windows.all():
            found += [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
            found += [each.text() for each in window.findChildren(QAbstractButton) if each.isVisible()]
            found += [each.text() for each in window.findChildren(QLineEdit) if each.isVisible()]
        return [words for words in found if words]

    def drafts(self) -> tuple[Draft, ...]:
        """Return the drafts on disk of who gave the screen."""
        return self.bench.ask(lambda store: my_drafts(store, self.window.desk.actor))

    def content(self) -> dict[str, Any]:
        """Return what the one draft on disk holds, once everything typed is there."""
        if self.window.giving.mode is not None:
            keeper = self.mode.keeper
            self.qtbot.waitUntil(lambda: not keeper.is_behind())
        (draft,) = self.drafts()
        return dict(draft.content)

    def audited(self) -> list[str]:
        """Return the names of the actions that were recorded, in order."""
        return self.bench.ask(lambda store: [row[0] for row in store._connection.execute("SELECT action FROM audit ORDER BY seq")])

    def go(self) -> None:
        """Leave, so that the next test finds no window above all others."""
        self.window.giving.abandon()
