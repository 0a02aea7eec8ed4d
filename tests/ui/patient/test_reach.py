"""What a patient cannot reach: key by key, button by button, window by window."""

from __future__ import annotations

from itertools import product

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.patient.patient import Patient
from ui.main_window import MainWindow
from ui.patient.answers import Line
from ui.patient.guard import may_type
from ui.routes import Routes

CTRL, ALT, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier
META, NONE = Qt.KeyboardModifier.MetaModifier, Qt.KeyboardModifier.NoModifier
LETTERS = [Qt.Key(code) for code in (*range(ord("A"), ord("Z") + 1), *range(ord("0"), ord("9") + 1))]
F_KEYS = [Qt.Key(Qt.Key.Key_F1.value + number) for number in range(24)]
LEAVING = [Qt.Key.Key_Escape, Qt.Key.Key_Menu, Qt.Key.Key_Insert, Qt.Key.Key_Print, Qt.Key.Key_Help, Qt.Key.Key_Back, Qt.Key.Key_Pause]
EDITING = [Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Left, Qt.Key.Key_Up]
TABLE = [
    *product(LETTERS, [CTRL, ALT, META, CTRL | SHIFT, ALT | SHIFT]),
    *product(F_KEYS, [NONE, CTRL, ALT, SHIFT, CTRL | SHIFT]),
    *product(LEAVING, [NONE, CTRL, ALT, SHIFT, META]),
    *product(EDITING, [CTRL, ALT, META]),
    (Qt.Key.Key_Delete, SHIFT),
    (Qt.Key.Key_Insert, SHIFT),
]


class Watched:
    """What must stay as it is, whatever a patient presses."""

    def __init__(self, patient: Patient) -> None:
        """Remember what is on screen, what is answered, and where every route leads."""
        self._patient = patient
        self._spies = [QSignalSpy(getattr(patient.window.routes, name)) for name in signals_of(patient.window.routes)]
        self._before = self._now()

    def changes(self) -> list[str]:
        """Return what is not as it was."""
        return [] if self._now() == self._before else [f"{self._before} became {self._now()}"]

    def _now(self) -> tuple[object, ...]:
        patient = self._patient
        shown = [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]
        return (
            patient.form.shown,
            patient.form.language,
            shown == [patient.mode.windows.front],
            QApplication.activeWindow() is patient.mode.windows.front,
            patient.mode.document.snapshot(),
            [spy.count() for spy in self._spies],
            patient.window.isHidden(),
        )


def signals_of(routes: Routes) -> list[str]:
    """Return the names of every way from a page to another place."""
    return [name for name, value in vars(Routes).items() if type(value).__name__ == "Signal"]


def chords_of_the_program(window: MainWindow) -> list[tuple[Qt.Key, Qt.KeyboardModifier]]:
    """Return every shortcut that is there in the whole program, of pages that are open too."""
    found = []
    for shortcut in window.findChildren(QShortcut):
        sequences = shortcut.keys()
        for sequence in sequences:
            combination = QKeySequence(sequence)[0]  # type: ignore[index]  # a sequence of one chord
            found.append((combination.key(), combination.keyboardModifiers()))
    return found


def test_no_key_of_the_program_or_the_system_does_anything(window: MainWindow, patient: Patient) -> None:
    """Alt+F4, Escape, Ctrl+Q, Ctrl+K, F1, F9, Ctrl+W and every other chord, one after the other, on a field and on a button."""
    own = chords_of_the_program(window)
    assert (Qt.Key.Key_K, CTRL) in own
    assert (Qt.Key.Key_F7, NONE) in own
    patient.choose("en")
    for target in (patient.box("patient.legal_last").controls[0], patient.form.foot.next_button):
        target.setFocus()
        watched = Watched(patient)
        for key, modifiers in [*own, *TABLE]:
            QTest.keyClick(target, key, modifiers)
            assert watched.changes() == [], f"{key.name} with {modifiers}"


def test_the_same_keys_work_for_the_staff_before_and_after(window: MainWindow, patient: Patient, qtbot: QtBot) -> None:
    """The test above would find a key that works."""
    patient.go()
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    assert window.palette_box.isVisible()


def test_the_window_does_not_close(patient: Patient) -> None:
    """Neither by its own command, nor when the program is asked to quit."""
    front = patient.mode.windows.front
    assert not front.close()
    assert front.isVisible()
    quits = QEvent(QEvent.Type.Quit)
    application = QApplication.instance()
    assert application is not None
    QApplication.sendEvent(application, quits)
    assert front.isVisible()


def test_the_windows_of_the_staff_stay_hidden_whatever_shows_them(patient: Patient) -> None:
    """A message that would raise the main window changes nothing."""
    assert patient.window.isHidden()
    patient.window.show()
    assert patient.window.isHidden()
    assert patient.window.palette_box.isHidden()


def test_a_key_sent_to_the_hidden_window_does_nothing(patient: Patient) -> None:
    """Even an event that finds its way to a window of the staff is stopped."""
    QTest.keyClick(patient.window, Qt.Key.Key_K, CTRL)
    assert patient.window.palette_box.isHidden()


def test_no_menu_opens_and_nothing_is_pasted_by_mouse(patient: Patient) -> None:
    """The right button and the long press open nothing, the middle one pastes nothing."""
    patient.choose("en")
    line = patient.box("patient.legal_last").controls[0]
    QGuiApplication.clipboard().setText("Earlier, Person")
    for button in (Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        QTest.mouseClick(line, button, pos=line.rect().center())
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, line.rect().center(), line.mapToGlobal(line.rect().center()))
    QApplication.sendEvent(line, menu)
    assert QApplication.activePopupWidget() is None
    assert patient.mode.document.text("patient.legal_last") == ""


def test_text_of_an_earlier_patient_is_not_pasted(patient: Patient) -> None:
    """What lies on the clipboard stays there: Ctrl+V and Shift+Insert write nothing, Ctrl+C takes nothing along."""
    patient.choose("en")
    line = patient.box("patient.legal_last").controls[0]
    assert isinstance(line, Line)
    QGuiApplication.clipboard().setText("Earlier, Person")
    for key, modifiers in ((Qt.Key.Key_V, CTRL), (Qt.Key.Key_Insert, SHIFT)):
        QTest.keyClick(line, key, modifiers)
    assert line.text() == ""
    patient.write("patient.legal_last", "Sample")
    line.selectAll()
    for key, modifiers in ((Qt.Key.Key_C, CTRL), (Qt.Key.Key_X, CTRL), (Qt.Key.Key_Delete, SHIFT)):
        QTest.keyClick(line, key, modifiers)
    assert QGuiApplication.clipboard().text() == "Earlier, Person"
    assert line.text() == "Sample"


def test_nothing_can_be_dropped_on_the_screen(patient: Patient) -> None:
    """A file or a text dragged over it is not taken."""
    patient.choose("en")
    line = patient.box("patient.legal_last").controls[0]
    mime = QMimeData()
    mime.setText("dropped")
    action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(line, QDragEnterEvent(line.rect().center(), action, mime, left, NONE))
    QApplication.sendEvent(line, QDropEvent(QPointF(line.rect().center()), action, mime, left, NONE))
    assert patient.mode.document.text("patient.legal_last") == ""


@pytest.mark.parametrize(("key", "modifiers", "text"), [
    (Qt.Key.Key_A, NONE, "a"), (Qt.Key.Key_A, SHIFT, "A"), (Qt.Key.Key_Ntilde, NONE, "ñ"), (Qt.Key.Key_Dead_Acute, NONE, ""),
    (Qt.Key.Key_Q, CTRL | ALT, "@"), (Qt.Key.Key_5, Qt.KeyboardModifier.KeypadModifier, "5"), (Qt.Key.Key_Tab, NONE, "\t"),
    (Qt.Key.Key_Backtab, SHIFT, ""), (Qt.Key.Key_Left, SHIFT, ""),
])  # fmt: skip
def test_a_key_that_fills_in_the_form_is_let_through(key: Qt.Key, modifiers: Qt.KeyboardModifier, text: str) -> None:
    """Letters of every keyboard, with AltGr as Windows tells it, dead keys, and the keys that move."""
    assert may_type(QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text))


def test_nothing_of_the_staff_is_named_on_the_screen(patient: Patient) -> None:
    """No window title, no name of who is signed in."""
    front = patient.mode.windows.front
    assert front.windowTitle() == "Intake Desk"
    assert front.windowFlags() & Qt.WindowType.FramelessWindowHint
    assert front.windowFlags() & Qt.WindowType.WindowStaysOnTopHint
    assert front.isFullScreen()
    assert not [words for words in patient.read() if patient.window.desk.actor.staff.name in words]
