"""What a save leaves on the screen: the numbers, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.actions.intakes import Saved
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import label


class SavedCard(QWidget):
    """Tells that an intake is saved; Enter prints, and the next intake is one key away."""

    print_asked = Signal()
    next_asked = Signal()
    today_asked = Signal()

    def __init__(self, saved: Saved, name: str, clinic: str, parent: QWidget | None = None) -> None:
        """Show the numbers of a save."""
        super().__init__(parent)
        card = Card(self.tr("✓ Saved"), self.tr("%1 is on Today at %2.").replace("%1", name).replace("%2", clinic))
        numbers = QHBoxLayout()
        numbers.setSpacing(28)
        for words, number in ((self.tr("Record"), saved.record_number), (self.tr("Visit"), saved.visit_number)):
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(label(words, "label"))
            shown = label(number, "number")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            pair.addWidget(shown)
            numbers.addLayout(pair)
        numbers.addStretch(1)
        card.body.addLayout(numbers)
        buttons = QHBoxLayout()
        self.print_button = Button(self.tr("Print the intake form"), key="Enter", primary=True)
        another = Button(self.tr("Next intake"), key=self.tr("Ctrl N"))
        today = Button(self.tr("Today"), key=self.tr("Ctrl T"))
        for button, signal in ((self.print_button, self.print_asked), (another, self.next_asked), (today, self.today_asked)):
            button.clicked.connect(signal)
            buttons.addWidget(button)
        buttons.addStretch(1)
        card.body.addSpacing(4)
        card.body.addLayout(buttons)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.addWidget(card)
        outer.addStretch(1)
        self.setAccessibleName(self.tr("Saved as %1").replace("%1", saved.record_number))
