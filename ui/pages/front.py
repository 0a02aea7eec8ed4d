"""The ground of what stands before the work: sign-in, first start, choosing the clinic."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui.widgets.brand import Mark
from ui.widgets.card import Card
from ui.widgets.labels import label
from ui.widgets.notices import Banner

CARD_WIDTH = 380


class Front(QWidget):
    """A card in the middle of the window, the program's name above it, a banner for trouble, the training band on top."""

    def __init__(self, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the ground with an empty :attr:`card`."""
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.banner = Banner()
        self.banner.setFixedWidth(CARD_WIDTH)
        self.card = Card()
        self.card.setFixedWidth(CARD_WIDTH)
        self.card.body.setSpacing(12)
        self.beside: QBoxLayout = QHBoxLayout()
        self.beside.setSpacing(12)
        self.beside.addWidget(self.card, 0, Qt.AlignmentFlag.AlignTop)
        middle = QVBoxLayout()
        middle.setContentsMargins(20, 20, 20, 20)
        middle.setSpacing(16)
        middle.addStretch(2)
        middle.addLayout(_name())
        told = QHBoxLayout()  # in a row: what is only aligned gets no room for words that wrap
        told.addStretch(1)
        told.addWidget(self.banner)
        told.addStretch(1)
        middle.addLayout(told)
        across = QHBoxLayout()
        across.addStretch(1)
        across.addLayout(self.beside)
        across.addStretch(1)
        middle.addLayout(across)
        middle.addStretch(3)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if training:
            from ui.top_bar import TrainingBand  # noqa: PLC0415 - a real desk paints its first window without it

            outer.addWidget(TrainingBand())
        outer.addWidget(_scrolled(middle), 1)

    def say(self, text: str, *, tone: str = "danger") -> None:
        """Tell trouble above the card."""
        self.banner.say(text, tone=tone)


def _name() -> QHBoxLayout:
    name = QHBoxLayout()
    name.setSpacing(10)
    name.addStretch(1)
    name.addWidget(Mark(22))
    name.addWidget(label("Intake Desk", "place"))
    name.addStretch(1)
    return name


def _scrolled(middle: QVBoxLayout) -> QScrollArea:
    inner = QWidget()
    inner.setObjectName("scrolled")
    inner.setLayout(middle)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inner)
    return area
