"""What an administrator is shown first: emergency access that nobody looked at yet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.entry.audit_words import action_words
from ui.models.board import date_words
from ui.pages.front import Front
from ui.pages.recovery import WIDE
from ui.top_bar import time_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.labels import label

if TYPE_CHECKING:
    from intake.actions.emergency import Shown

_SHOWN = 6


class EmergenciesPage(Front):
    """Each use with who, when, where, why and what was done in it. Enter says that they were seen; ``audit_asked`` goes on to the audit."""

    seen = Signal()
    audit_asked = Signal()

    def __init__(self, shown: Sequence[Shown], zone: ZoneInfo, *, training: bool, parent: QWidget | None = None) -> None:
        """Show the uses, the oldest first."""
        super().__init__(training=training, parent=parent)
        self.card.setFixedWidth(WIDE)
        self.seen_button = Button(self.tr("I have seen this"), key="Enter", primary=True)
        self.audit_button = Button(self.tr("Seen, and show the audit"))
        body = self.card.body
        body.addWidget(label(self.tr("Emergency access was used"), "place"))
        body.addWidget(label(self.tr("A clinician got in without the second factor. Ask them if anything here surprises you."), wrap=True))
        for each in shown:
            body.addWidget(_card(each, zone))
        body.addLayout(row(self.seen_button, self.audit_button))
        self.seen_button.clicked.connect(self.seen)
        self.audit_button.clicked.connect(self.audit_asked)
        self.setFocusProxy(self.seen_button)


def _card(shown: Shown, zone: ZoneInfo) -> Card:
    use = shown.emergency
    begun, until = use.at.astimezone(zone), use.until.astimezone(zone)
    card = Card(use.by, use.workstation, tone="warning")
    rows = QVBoxLayout()
    rows.setSpacing(2)
    when = f"{date_words(begun.date())} · {time_words(begun)} – {time_words(until)}"
    rows.addWidget(label(when, "muted"))
    rows.addWidget(label(f"“{use.reason}”", "strong", wrap=True))
    for action, count in shown.done[:_SHOWN]:
        rows.addWidget(label(f"· {action_words(action)}" + (f" × {count}" if count > 1 else ""), "hint"))
    if len(shown.done) > _SHOWN:
        rows.addWidget(label("…", "hint"))
    card.body.addLayout(rows)
    return card
