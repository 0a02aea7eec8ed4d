"""What the list shows: which days, whose entries, which action, which outcome, whose record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from intake.actions.audit_reading import asked_days
from intake.domain.audit import Asked
from intake.domain.staff import Staff
from intake.entry.audit_words import OUTCOMES, action_words
from intake.entry.dates import understand_date
from intake.errors import InvalidInputError
from ui.desk import Desk
from ui.models.board import date_words
from ui.pages.intake.flow import FlowRows
from ui.widgets.buttons import Chip
from ui.widgets.card import row
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.labels import label, set_tone

_CHOICE_PX = 150
_DATE_PX = 110
NOBODY = "nobody"
_WEEK_DAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """First and last day."""

    first: date
    last: date


class FilterBar(QWidget):
    """Chips, fields and choices over the list. ``changed`` tells that other entries are wanted."""

    changed = Signal()
    left = Signal()
    """Enter was pressed in a field: the keyboard is to go back to the list."""
    record_dropped = Signal()
    """Entries of all records are wanted again."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Begin with the last seven days."""
        super().__init__(parent)
        self._desk = desk
        self._letter = "W"
        self.patient_id: int | None = None
        self.chips = {
            "D": Chip(self.tr("D Today"), parent=self),
            "W": Chip(self.tr("W Last 7 days"), checked=True, parent=self),
            "M": Chip(self.tr("M This month"), parent=self),
            "B": Chip(self.tr("B Month before"), parent=self),
            "Y": Chip(self.tr("Y Last 12 months"), parent=self),
        }
        self.first_field, self.last_field = (TextField(self, max_length=30) for _ in range(2))
        self.person_field = ChoiceField([], self, empty=self.tr("Everybody"))
        self.action_field = ChoiceField([], self, empty=self.tr("Every action"))
        self.outcome_field = ChoiceField(list(OUTCOMES.items()), self, empty=self.tr("Every outcome"))
        self.record_chip = Chip(self.tr("R Any record"), parent=self)
        self._name()
        self._connect()
        self._lay_out()
        self.choose("W")

    def period(self) -> Period | None:
        """Return the days that stand in the two fields, None when one of them is no day or they stand backwards."""
        today = self._desk.today()
        read = [understand_date(field.value(), today, birth=False).value for field in (self.first_field, self.last_field)]
        for field, day in zip((self.first_field, self.last_field), read, strict=True):
            set_tone(field, "" if day else "danger")
        first, last = read
        if first is None or last is None:
            return None
        if first > last:
            set_tone(self.last_field, "danger")
            return None
        return Period(first=first, last=last)

    def asked(self) -> Asked | None:
        """Return what the store is asked for, None while the days make no period."""
        period = self.period()
        if period is None:
            return None
        try:
            days = asked_days(period.first, period.last, self._desk.zone)
        except InvalidInputError:
            set_tone(self.first_field, "danger")
            return None
        person = self.person_field.value()
        return replace(
            days,
            staff_id=int(person) if person and person != NOBODY else None,
            nobody=person == NOBODY,
            action=self.action_field.value() or None,
            outcome=self.outcome_field.value() or None,
            patient_id=self.patient_id,
        )

    def choose(self, letter: str, *_: bool) -> None:
        """Take the days of a chip."""
        today = self._desk.today()
        this_month = today.replace(day=1)
        before = this_month - timedelta(days=1)
        periods = {
            "D": (today, today),
            "W": (today - timedelta(days=_WEEK_DAYS), today),
            "M": (this_month, today),
            "B": (before.replace(day=1), before),
            "Y": (this_month.replace(year=today.year - 1), today),
        }
        self._letter = letter
        for field, day in zip((self.first_field, self.last_field), periods[letter], strict=True):
            field.set_value(date_words(day))
        self._check_chips()
        self.changed.emit()

    def offer(self, people: Sequence[Staff], actions: Sequence[str]) -> None:
        """Offer these accounts and actions; what is chosen stays."""
        nobody = (NOBODY, self.tr("Nobody signed in"))
        _offer(self.person_field, [*((str(staff.id), staff.name) for staff in people), nobody])
        _offer(self.action_field, sorted(((action, action_words(action)) for action in actions), key=lambda pair: pair[1]))

    def show_record(self, patient_id: int | None, name: str = "") -> None:
        """Want the entries of one record only, or of all with None."""
        self.patient_id = patient_id
        self.record_chip.setChecked(patient_id is not None)
        words = self.tr("R Any record") if patient_id is None else f"R {name}  ✕"
        self.record_chip.setText(words.replace("&", "&&"))
        self.record_chip.setAccessibleName(words)
        self.record_chip.updateGeometry()
        self.changed.emit()

    def narrows(self) -> bool:
        """Tell whether anything but the days is chosen."""
        return any(field.value() for field in self._choices()) or self.patient_id is not None

    def widen(self) -> None:
        """Want everything of these days again."""
        for field in self._choices():
            field.set_value("")
        self.show_record(None)

    def _choices(self) -> tuple[ChoiceField, ...]:
        return self.person_field, self.action_field, self.outcome_field

    def _typed(self) -> None:
        self._letter = ""
        self._check_chips()
        self.changed.emit()

    def _check_chips(self) -> None:
        for each, chip in self.chips.items():
            chip.setChecked(each == self._letter)

    def _press_record(self) -> None:
        self.record_chip.setChecked(self.patient_id is not None)
        self.record_dropped.emit()

    def _connect(self) -> None:
        for letter, chip in self.chips.items():
            chip.clicked.connect(partial(self.choose, letter))
        for field in (self.first_field, self.last_field):
            field.edited.connect(self._typed)
            field.advanced.connect(self.left)
        for choice in self._choices():
            choice.edited.connect(self.changed)
            choice.advanced.connect(self.left)
        self.record_chip.clicked.connect(self._press_record)

    def _name(self) -> None:
        names = {
            self.first_field: (self.tr("First day"), "F"),
            self.last_field: (self.tr("Last day"), "L"),
            self.person_field: (self.tr("Person"), "P"),
            self.action_field: (self.tr("Action"), "A"),
            self.outcome_field: (self.tr("Outcome"), "O"),
        }
        for field, (name, key) in names.items():
            field.setAccessibleName(name)
            field.setToolTip(f"{name} · {key}")
            field.setProperty("kind", "small")
            field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _lay_out(self) -> None:
        flow = FlowRows(self, gap_x=6, gap_y=6, grows=False)
        for chip in self.chips.values():
            flow.addWidget(chip)
        for field in (self.first_field, self.last_field):
            field.setFixedWidth(_DATE_PX)
        days = QWidget(self)
        line = row(self.first_field, label("–", "muted"), self.last_field, spacing=6, stretch=False)
        line.setContentsMargins(0, 0, 0, 0)
        days.setLayout(line)
        flow.addWidget(days)
        for choice in self._choices():
            flow.insert(flow.count(), choice, least=_CHOICE_PX, starts=choice is self.person_field)
        flow.addWidget(self.record_chip)


def _offer(field: ChoiceField, options: Sequence[tuple[str, str]]) -> None:
    chosen = field.value()
    if [(str(field.itemData(row)), field.itemText(row)) for row in range(1, field.count())] == list(options):
        return
    while field.count() > 1:
        field.removeItem(1)
    for code, words in options:
        field.addItem(words, code)
    field.set_value(chosen)
