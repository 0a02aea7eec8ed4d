"""Two small sections: when a desk locks by itself, and where its printers are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.actions.idle import IDLE, LEAST_MIN, MOST_MIN, choose_idle_minutes, idle_minutes
from intake.errors import InvalidInputError, Problem
from ui.desk import Desk
from ui.pages.page import Key
from ui.pages.settings.section import Section, column
from ui.routes import Routes
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class IdleSection(Section):
    """After how many minutes without a key every desk locks."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the field; :meth:`entered` fills it."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Idle time")
        self.minutes_field = TextField(max_length=3)
        self._known = ""
        self.save_button = Button(self.tr("Save"), key="Enter", primary=True)
        hint = self.tr("%1 to %2; the usual is 10").replace("%1", str(LEAST_MIN)).replace("%2", str(MOST_MIN))
        self.boxes = {IDLE: FieldBox(self.tr("Minutes without a key or a move of the mouse"), self.minutes_field, hint=hint)}
        card = Card(self.tr("Idle time"), self.tr("for every desk of the practice"))
        told = self.tr("Then the screen is blanked and the password is asked for. What is being typed is kept.")
        card.body.addWidget(label(told, "muted", wrap=True))
        card.body.addWidget(self.boxes[IDLE])
        card.body.addLayout(row(self.save_button))
        self.across.addWidget(column(card))
        self.across.addStretch(1)
        self.minutes_field.advanced.connect(self.save)
        self.save_button.clicked.connect(self.save)
        self.setFocusProxy(self.minutes_field)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the field."""
        return (Key(keys=("Enter",), text=self.tr("save")), Key(keys=("Esc",), text=self.tr("sections")))

    def entered(self) -> None:
        """Ask for the minutes."""
        self.reload()

    def reload(self) -> None:
        """Ask for the minutes."""
        self.desk.store.ask(idle_minutes, owner=self, done=self._show, newest="idle")

    def save(self) -> None:
        """Keep what is typed."""
        desk, text = self.desk, self.minutes_field.value().strip()
        if not (text.isascii() and text.isdigit()):
            self.refused(InvalidInputError((Problem(field=IDLE, code="idle_minutes_out_of_range"),)))
            return
        done = self.said(self.tr("Kept. This desk has it at once, other desks at their next sign-in."))
        self.ask(lambda store: choose_idle_minutes(store, desk.actor, int(text), now=desk.now()), done)

    def _show(self, minutes: int) -> None:
        untouched = self.minutes_field.value() == self._known
        self._known = str(minutes)
        if untouched:  # what is typed and not saved yet stays
            self.minutes_field.set_value(self._known)


class PrintersSection(Section):
    """Leads to where this desk's printers are chosen."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the card."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Printers")
        self.open_button = Button(self.tr("Printing at this desk"), key="Enter", primary=True)
        card = Card(self.tr("Printers"), self.tr("each desk has its own"))
        told = self.tr("For each kind of document: the printer, its tray, both sides or one, and how many copies.")
        card.body.addWidget(label(told, "muted", wrap=True))
        card.body.addLayout(row(self.open_button))
        self.across.addWidget(column(card))
        self.across.addStretch(1)
        self.open_button.clicked.connect(self.routes.printing)
        self.setFocusProxy(self.open_button)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the card."""
        return (Key(keys=("Enter",), text=self.tr("printing at this desk")), Key(keys=("Esc",), text=self.tr("sections")))
