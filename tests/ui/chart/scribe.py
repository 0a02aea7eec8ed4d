"""A clinician at the keyboard of one chart's note."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from intake.actions.charts import open_chart
from ui.pages.chart.note import NotePane
from ui.pages.chart.state import ChartState

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.reviews import Chart
    from intake.storage.store import Store
    from tests.ui.conftest import Bench
    from ui.desk import Desk

PLAIN = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ENTER = Qt.Key.Key_Return
PASSWORD = "seven sample ponies"


class Scribe:
    """Opens a chart and writes its note, as in the page of a chart."""

    def __init__(self, desk: Desk, bench: Bench, visit_id: int, qtbot: QtBot) -> None:
        """Open the chart in a window of its own."""
        self.desk = desk
        self.bench = bench
        self.visit_id = visit_id
        self.qtbot = qtbot
        self.window = QWidget()
        self.state = ChartState(desk, self.window)
        self.pane = NotePane(desk, self.state)
        across = QHBoxLayout(self.window)
        across.addWidget(self.pane)
        self.window.resize(480, 860)
        qtbot.addWidget(self.window)
        self.window.show()
        self.come_back()
        self.state.show(self.read())

    def come_back(self) -> None:
        """Put this desk's window in front."""
        self.window.activateWindow()
        self.qtbot.waitUntil(self.window.isActiveWindow)

    def read(self) -> Chart:
        """Read the chart as opening it does."""
        desk, visit_id = self.desk, self.visit_id
        return self.bench.ask(lambda store: open_chart(store, desk.actor, visit_id, definitions=desk.definitions, now=desk.now()))

    @property
    def focus(self) -> QWidget:
        """The widget the keyboard is in."""
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def go(self, path: str) -> None:
        """Go to a field of the note."""
        assert self.pane.form.go_to(path)

    def type(self, text: str) -> None:
        """Type letters, each into the widget that has the keyboard then."""
        for letter in text:
            QTest.keyClicks(self.focus, letter)

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        """Press one key where the keyboard is."""
        QTest.keyClick(self.focus, key, modifiers)

    def on_disk(self) -> dict[str, Any]:
        """Return what the store holds of this clinician's note."""
        staff_id, visit_id = self.desk.actor.staff.id, self.visit_id

        def look(store: Store) -> dict[str, Any]:
            with store.reading():
                draft = store.notes.get(visit_id, staff_id)
            return dict(draft.content) if draft else {}

        return self.bench.ask(look)

    def wait_kept(self) -> None:
        """Wait until everything typed is on disk."""
        self.qtbot.waitUntil(lambda: not self.pane.keeper.is_behind(), timeout=5_000)

    def fill(self) -> None:
        """Write what a signature needs."""
        self.go("examination")
        self.type("Palpable band.")
        self.go("causes")
        self.type("2")
        self.go("plan")
        self.type("1")

    def ask_to_sign(self) -> None:
        """Press Ctrl+Enter and wait for the overlay."""
        self.press(ENTER, CTRL)
        self.qtbot.waitUntil(self.overlay_is_open)

    def overlay_is_open(self) -> bool:
        """Tell whether the signature is being asked for."""
        overlay = self.pane.signing.overlay
        return overlay is not None and overlay.isVisible()

    def sign(self) -> None:
        """Sign, with the right password."""
        self.ask_to_sign()
        self.type(PASSWORD)
        with self.qtbot.waitSignal(self.pane.signing.signed, timeout=10_000):
            self.press(ENTER)
