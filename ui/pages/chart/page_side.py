"""The right side of a chart: the note, and beside it the earlier visits, under their tabs."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from intake.domain.reviews import Chart
from ui.desk import Desk
from ui.pages.chart.earlier import EarlierPane
from ui.pages.chart.note import NotePane
from ui.pages.chart.state import ChartState
from ui.pages.page import Key
from ui.widgets.buttons import Chip
from ui.widgets.labels import ElidedLabel


class SidePane(QFrame):
    """Alt+1 shows the note, Alt+2 the earlier visits."""

    legend_changed = Signal()

    def __init__(self, desk: Desk, state: ChartState, parent: QWidget | None = None) -> None:
        """Build both; the note is shown."""
        super().__init__(parent)
        self._state = state
        # Each part is given its place when it is made: to move one later would dress everything in it a second time.
        self._stack = QStackedWidget(self)
        self.note = NotePane(desk, state, self._stack)
        self.earlier = EarlierPane(desk, self._stack)
        self.tabs = (Chip(self.tr("Note"), checked=True), Chip(self.tr("Earlier visits")))
        self.said = ElidedLabel("", "muted")
        for pane in (self.note, self.earlier):
            self._stack.addWidget(pane)
        self._lay_out()
        for place, tab in enumerate(self.tabs):
            tab.clicked.connect(partial(self.choose, place))
            QShortcut(QKeySequence(f"Alt+{place + 1}"), self, partial(self.choose, place))
        self.note.draft_state.connect(self.said.setText)
        self.note.legend_changed.connect(self.legend_changed)
        state.cleared.connect(self._clear)
        state.loaded.connect(self._load)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of what is shown."""
        return self.note.legend() if self._stack.currentWidget() is self.note else ()

    def choose(self, place: int) -> None:
        """Show one of them and put the keyboard there."""
        self._show(place)
        self.focus_first()
        self.legend_changed.emit()

    def focus_first(self) -> None:
        """Put the keyboard where work begins in what is shown."""
        if self._stack.currentWidget() is self.note:
            self.note.focus_first()
        else:
            self.earlier.setFocus()

    def show_earlier(self, chart: Chart, before: Sequence[Chart]) -> None:
        """Take the visits before, the latest first."""
        words = self.tr("Earlier visits (%1)").replace("%1", str(len(before)))
        self.tabs[1].setText(words)
        self.tabs[1].setAccessibleName(words)
        self.tabs[1].updateGeometry()
        self.earlier.show_visits(chart, before)

    def _show(self, place: int) -> None:
        for index, tab in enumerate(self.tabs):
            tab.setChecked(index == place)
        self._stack.setCurrentIndex(place)
        if place == 1:
            self.earlier.build()

    def _clear(self) -> None:
        self.said.setText("")

    def _load(self, chart: Chart) -> None:
        self.tabs[1].setText(self.tr("Earlier visits"))
        self.earlier.show_visits(None, ())
        self._show(0)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        for tab in self.tabs:
            head.addWidget(tab)
        head.addStretch(1)
        head.addWidget(self.said)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 14, 12)
        column.setSpacing(10)
        column.addLayout(head)
        column.addWidget(self._stack, 1)
        self.setAccessibleName(self.tr("Note and earlier visits"))
