"""Who may do what: the one table of roles, drawn from the data by which it is enforced."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intake.domain.roles import MAY_WORDS, ROLE_NAMES, RoleLine, role_table
from intake.domain.staff import Role
from ui.desk import Desk
from ui.models.board import Cell
from ui.models.patients import Row
from ui.pages.page import Key
from ui.pages.patients.rows_table import RowsTable
from ui.pages.settings.section import Section
from ui.routes import Routes
from ui.widgets.card import Card
from ui.widgets.labels import label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from intake.domain.roles import May


class RolesSection(Section):
    """A line for each task, a column for each role."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the table."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Roles")
        self.table = RowsTable((self.tr("Task"), *(ROLE_NAMES[role] for role in Role)), (8, 3, 3, 3, 3), whole=(1, 2, 3, 4))
        self.table.setAccessibleName(self.tr("Roles and what they may do"))
        card = Card(self.tr("Roles"), self.tr("what each person may see and do, here and on the command line"))
        card.body.addWidget(self.table)
        self.means_label = label("", "", wrap=True)
        card.body.addWidget(self.means_label)
        told = self.tr("The table cannot be changed: it is part of the program, and the same for every practice.")
        card.body.addWidget(label(told, "hint", wrap=True))
        self.across.addWidget(card)
        self.table.selectionModel().currentRowChanged.connect(self._tell)
        self.table.show_rows([_row(number, line) for number, line in enumerate(role_table())])
        self.setFocusProxy(self.table)

    def _tell(self) -> None:
        key = self.table.current_key()
        words = None if key is None else role_table()[key].words
        self.means_label.setText(f"{words.name}: {words.means}" if words else "")

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the table."""
        return (Key(keys=("Up", "Down"), text=self.tr("read on")), Key(keys=("Esc",), text=self.tr("sections")))


def _row(number: int, line: RoleLine) -> Row:
    cells = [_cell(line.may[role]) for role in Role]
    return Row(key=number, cells=(Cell(first=line.words.name, second=line.words.means), *cells))


def _cell(may: May) -> Cell:
    """Return one answer; the long one stands in two lines, so that the tasks keep their room."""
    if may == "no":
        return Cell(first="–")
    if may == "yes":
        return Cell(first=MAY_WORDS[may], tone="ok", pill=True)
    first, _, last = MAY_WORDS[may].rpartition(" ")
    return Cell(first=first, second=last, tone="warning")
