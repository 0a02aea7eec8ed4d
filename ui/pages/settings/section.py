"""What every section of the settings is made of: a scrolled column of cards, and a form that keeps what is typed until it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from intake.errors import IntakeError, InvalidInputError
from ui.desk import Desk
from ui.failures import words_of, words_of_problem
from ui.pages.page import Page
from ui.routes import Routes
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake.storage.store import Store

T = TypeVar("T")
FORM_WIDTH = 328
ASIDE_WIDTH = 284
"""Of what stands beside a list."""
BAR = 12
"""The room that a column leaves for its scroll bar."""


class Section(Page):
    """One section. It is a page of its own, so that whatever is a page already can be one."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build an empty section; put what it shows into :attr:`across`."""
        super().__init__(desk, routes, parent)
        self.banner = Banner()
        self.boxes: Mapping[str, FieldBox] = {}
        self.across = QHBoxLayout()
        self.across.setSpacing(12)
        outer = QVBoxLayout(self)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addLayout(self.across, 1)

    def ask(self, work: Callable[[Store], T], done: Callable[[T], None]) -> None:
        """Have something done with the store; what it refuses is told at its field, or above them all."""
        self.banner.hide()
        for box in self.boxes.values():
            box.clear()
        self.desk.store.ask(work, owner=self, done=done, failed=self.refused)

    def refused(self, error: Exception) -> None:
        """Tell why something was refused, each problem at its field."""
        if isinstance(error, InvalidInputError) and all(problem.field in self.boxes for problem in error.problems):
            for problem in reversed(error.problems):
                box = self.boxes[problem.field]
                box.show_problem(words_of_problem(problem))
                box.setFocus()
        elif isinstance(error, IntakeError):
            self.banner.say(words_of(error))
        else:
            self.desk.store.failed.emit(error)

    def said(self, words: str) -> Callable[[object], None]:
        """Return what says these words in the foot bar and shows the section anew."""
        return partial(self._say, words)

    def _say(self, words: str, _result: object) -> None:
        self.routes.said.emit(words)
        self.reload()


def holder(*widgets: QWidget) -> QWidget:
    """Return controls side by side as the one control of a field; the first of them has the focus."""
    held = QWidget()
    line = row(*widgets)
    line.setContentsMargins(0, 0, 0, 0)
    held.setLayout(line)
    held.setFocusProxy(widgets[0])
    return held


def column(*cards: QWidget, width: int = FORM_WIDTH) -> QScrollArea:
    """Return cards one under the other, of a fixed width, that scroll when there is no room for them."""
    inside = QWidget()
    inside.setObjectName("scrolled")
    rows = QVBoxLayout(inside)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(12)
    for card in cards:
        card.setFixedWidth(width)
        rows.addWidget(card)
    rows.addStretch(1)
    area = _Column(inside)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFixedWidth(width + BAR)
    return area


class _Column(QScrollArea):
    """Brings what the keyboard comes to into view."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self._inside = inside
        self.setWidget(inside)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now)
