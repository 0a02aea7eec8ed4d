"""One kind of document and how it is printed here: printer, tray, both sides, copies."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QGridLayout

from intake.actions.print_settings import MOST_COPIES
from intake.domain.print_runs import PrintSetting
from intake.printing import Abilities, Printer
from ui.widgets.buttons import Chip
from ui.widgets.fields import ChoiceField
from ui.widgets.labels import label


class KindRow(QObject):
    """The controls of one kind in a row of a grid. ``changed`` tells every change a person makes, ``advanced`` that Enter was pressed."""

    changed = Signal(str)
    advanced = Signal()
    printer_changed = Signal(str)

    def __init__(self, key: str, name: str, grid: QGridLayout, row: int) -> None:
        """Build the controls into a row of the grid."""
        super().__init__(grid)
        self.key = key
        self._name = name
        self.printer_field = ChoiceField((), empty=self.tr("System's own"))
        self.tray_field = ChoiceField((), empty=self.tr("Usual tray"))
        self.duplex_chip = Chip(self.tr("Both sides"))
        self.copies_field = ChoiceField([(str(number), str(number)) for number in range(2, MOST_COPIES + 1)], empty="1")
        grid.addWidget(label(name, "strong"), row, 0)
        controls = (self.printer_field, self.tray_field, self.duplex_chip, self.copies_field)
        for column, (control, words) in enumerate(zip(controls, self._names(), strict=True), start=1):
            control.setAccessibleName(f"{name}: {words}")
            grid.addWidget(control, row, column)
        for field in (self.printer_field, self.tray_field, self.copies_field):
            field.advanced.connect(self.advanced)
        self.printer_field.edited.connect(self._choose_printer)
        self.tray_field.edited.connect(self._tell)
        self.duplex_chip.clicked.connect(self._tell)
        self.copies_field.edited.connect(self._tell)

    def show_setting(self, setting: PrintSetting, printers: Sequence[Printer]) -> None:
        """Show how it is printed; a chosen printer that is gone stays named, as gone."""
        names = [printer.name for printer in printers]
        gone = [setting.printer] if setting.printer and setting.printer not in names else []
        _offer(
            self.printer_field,
            [*((name, name) for name in names), *((name, self.tr("%1 (not here now)").replace("%1", name)) for name in gone)],
        )
        self.printer_field.set_value(setting.printer)
        _offer(self.tray_field, [(setting.tray, setting.tray)] if setting.tray else [])
        self.tray_field.set_value(setting.tray)
        self.duplex_chip.setChecked(setting.duplex)
        self.copies_field.set_value(str(setting.copies))

    def show_abilities(self, offers: Abilities) -> None:
        """Offer the trays of the chosen printer, in its own words."""
        chosen = self.tray_field.value()
        kept = [chosen] if chosen and chosen not in offers.trays else []
        _offer(self.tray_field, [(tray, tray) for tray in (*offers.trays, *kept)])
        self.tray_field.set_value(chosen)
        self.duplex_chip.setToolTip("" if offers.duplex else self.tr("This printer does not say that it turns the page by itself."))

    def setting(self) -> PrintSetting:
        """Return how it is to be printed, as shown."""
        return PrintSetting(
            printer=self.printer_field.value(),
            tray=self.tray_field.value(),
            duplex=self.duplex_chip.isChecked(),
            copies=int(self.copies_field.value() or 1),
        )

    def _choose_printer(self) -> None:
        self.tray_field.set_value("")  # another printer has other trays
        self._tell()
        self.printer_changed.emit(self.key)

    def _tell(self) -> None:
        self.changed.emit(self.key)

    def _names(self) -> tuple[str, ...]:
        return (self.tr("printer"), self.tr("tray"), self.tr("both sides"), self.tr("copies"))


def _offer(field: ChoiceField, options: Sequence[tuple[str, str]]) -> None:
    """Put other options under the first, empty one; the choice is made anew afterwards."""
    while field.count() > 1:
        field.removeItem(1)
    for code, words in options:
        field.addItem(words, code)
