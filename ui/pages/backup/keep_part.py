"""How many hours, days and months backups are kept of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QWidget

from intake.domain.backups import Keep
from ui.widgets.buttons import Button
from ui.widgets.fields import TextField
from ui.widgets.labels import label

_WIDE = 52
_MOST = 1000


class KeepPart(QWidget):
    """One line with three numbers; ``chosen`` carries a :class:`Keep`."""

    chosen = Signal(object)

    def __init__(self, *, may: bool, parent: QWidget | None = None) -> None:
        """Build the line; who may not change it only reads it."""
        super().__init__(parent)
        self.hours_field, self.days_field, self.months_field = (TextField(max_length=4) for _ in range(3))
        self._known = ("", "", "")
        self.keep_button = Button(self.tr("Keep so"))
        words = (self.tr("Keep the last backup of each of the latest"), self.tr("hours,"), self.tr("days and"), self.tr("months"))
        names = (self.tr("Hours"), self.tr("Days"), self.tr("Months"))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(label(words[0], "muted"))
        for field, name, after in zip((self.hours_field, self.days_field, self.months_field), names, words[1:], strict=True):
            field.setFixedWidth(_WIDE)
            field.setValidator(QIntValidator(1, _MOST, field))
            field.setAccessibleName(name)
            field.setReadOnly(not may)
            field.advanced.connect(self._choose)
            line.addWidget(field)
            line.addWidget(label(after, "muted"))
        line.addWidget(self.keep_button)
        line.addStretch(1)
        self.keep_button.setVisible(may)
        self.keep_button.clicked.connect(self._choose)

    def show_keep(self, keep: Keep) -> None:
        """Show the numbers; those that are typed and not kept yet stay."""
        fields = (self.hours_field, self.days_field, self.months_field)
        untouched = tuple(field.value() for field in fields) == self._known
        self._known = (str(keep.hours), str(keep.days), str(keep.months))
        if untouched:
            for field, number in zip(fields, self._known, strict=True):
                field.set_value(number)

    def _choose(self) -> None:
        hours, days, months = (int(field.value() or 0) for field in (self.hours_field, self.days_field, self.months_field))
        self.chosen.emit(Keep(hours=hours, days=days, months=months))
