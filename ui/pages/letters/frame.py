"""The letter's page as it is laid out: what is said above, the fields at the left with their buttons, the paper at the right."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.letters.paper import LetterPaper
from ui.pages.page import Page
from ui.routes import Routes
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.labels import label
from ui.widgets.notices import Banner

_LINE_PX = 24
_FORM = 5
_PAPER = 6


class LetterFrame(Page):
    """The widgets of the page; what they do is said in :class:`ui.pages.letters.page.LetterPage`."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build them, with no letter yet."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Letter")
        self.banner = Banner()
        self.state_label = label("", "muted", wrap=True)
        self.view = LetterPaper(desk)
        self.own_button = Button(self.tr("Write the text yourself"), key="Ctrl E")
        self.sign_button = Button(self.tr("Sign"), key="Ctrl Enter", primary=True)
        self.print_button = Button(self.tr("Print"), key="Ctrl P", primary=True)
        self._lay_out()

    def _show_place(self, place: QPoint) -> None:
        """Keep the line that is written in view: a long text is higher than its room."""
        self.area.ensureVisible(place.x(), place.y(), 0, _LINE_PX)

    def _refuse(self, error: Exception) -> None:
        if not isinstance(error, IntakeError):
            raise error
        self.banner.say(words_of(error))

    def _lay_out(self) -> None:
        card = Card(self.tr("What it says"))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        card.body.addWidget(self.state_label)
        card.body.addWidget(self.area, 1)
        card.body.addLayout(row(self.sign_button, self.print_button, self.own_button))
        for button in (self.sign_button, self.print_button, self.own_button):
            button.hide()
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(card, _FORM)
        across.addWidget(self.view, _PAPER)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addLayout(across, 1)
