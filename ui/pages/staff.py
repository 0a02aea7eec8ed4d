"""Staff: who may sign in here. For the administrator."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from intake.actions.accounts import accounts_with_factors, add_staff, change_password, set_active
from intake.actions.second_factor import remove_second_factor
from intake.domain.staff import Role, Staff
from intake.errors import InvalidInputError
from ui.desk import Desk
from ui.failures import words_of, words_of_problem
from ui.models.board import Cell
from ui.models.patients import Row
from ui.pages.page import Key, Page
from ui.pages.patients.rows_table import RowsTable
from ui.routes import Routes
from ui.widgets.brand import role_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.labels import label
from ui.widgets.notices import Banner
from ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from collections.abc import Callable

    from intake.errors import IntakeError
    from intake.storage.store import Store

_FORM_WIDTH = 284
_BAR = 12


class StaffPage(Page):
    """The accounts at the left; at the right a new one, and what may be changed of the chosen one."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build the page; :meth:`entered` asks for the accounts."""
        super().__init__(desk, routes, parent)
        self.title = self.tr("Staff")
        self._staff: dict[int, Staff] = {}
        self._enrolled: frozenset[int] = frozenset()
        self.banner = Banner()
        self.table = RowsTable((self.tr("Name"), self.tr("Role"), self.tr("Signs in")), (4, 5, 3), whole=(0, 2))
        self.table.setAccessibleName(self.tr("Accounts"))
        self.name_field, self.login_field, self.password_field = TextField(), TextField(), PasswordField()
        self.role_field = ChoiceField([(role.value, role_words(role)) for role in Role], empty=self.tr("Choose…"))
        rules = self.tr("At least 15 characters; a short sentence is good.")
        self.boxes = {
            "name": FieldBox(self.tr("Name"), self.name_field, hint=self.tr("as it stands on what they print")),
            "login": FieldBox(self.tr("Login"), self.login_field),
            "role": FieldBox(self.tr("Role"), self.role_field),
            "password": FieldBox(self.tr("Password"), self.password_field, hint=rules),
        }
        self.new_password_field = PasswordField()
        self.new_password_box = FieldBox(self.tr("New password"), self.new_password_field, hint=rules)
        self.chosen_label = label("", "strong")
        self.active_button = Button(self.tr("No longer signs in"), key="X")
        self.factor_button = Button(self.tr("Take the second factor away"), key="F")
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the list and of the forms."""
        return (
            Key(keys=("Up", "Down"), text=self.tr("choose")),
            Key(keys=("N",), text=self.tr("new account")),
            Key(keys=("P",), text=self.tr("new password")),
            Key(keys=("X",), text=self.tr("signs in or not")),
            *((Key(keys=("F",), text=self.tr("no second factor")),) if self._has_factor() else ()),
            Key(keys=("Enter",), text=self.tr("next field")),
            Key(keys=("Esc",), text=self.tr("list, sections")),
        )

    def entered(self) -> None:
        """Ask for the accounts."""
        self.desk.store.ask(accounts_with_factors, owner=self, done=self._show, newest="accounts")
        self.table.setFocus()

    def add(self) -> None:
        """Make the account that is typed."""
        for box in self.boxes.values():
            box.clear()
        if not self.role_field.value():
            self.boxes["role"].show_problem(self.tr("Choose what this person does."))
            self.role_field.setFocus()
            return
        desk, login, name = self.desk, self.login_field.value(), self.name_field.value()
        role, password = Role(self.role_field.value()), self.password_field.value()
        self._do(
            lambda store: add_staff(store, desk.actor, login=login, name=name, role=role, password=password, now=desk.now()),
            done=self.tr("%1 can sign in now.").replace("%1", name.strip()),
            boxes=self.boxes,
        )

    def toggle_active(self) -> None:
        """Take the chosen account's sign-in away, or give it back."""
        staff, desk = self._chosen(), self.desk
        if staff is None:
            return
        told = self.tr("%1 can no longer sign in. Access, New key for the store, shuts out what they may have kept.")
        words = told if staff.active else self.tr("%1 can sign in again.")
        self._do(
            lambda store: set_active(store, desk.actor, staff.id, active=not staff.active, now=desk.now()),
            done=words.replace("%1", staff.name),
            boxes={},
        )

    def take_factor(self) -> None:
        """Take the chosen account's second factor away: the phone is gone."""
        staff, desk = self._chosen(), self.desk
        if staff is not None and self._has_factor():
            self._do(
                lambda store: remove_second_factor(store, desk.actor, staff.id, now=desk.now()),
                done=self.tr("%1 signs in without a second factor now.").replace("%1", staff.name),
                boxes={},
            )

    def set_new_password(self) -> None:
        """Give the chosen account the password that is typed."""
        staff, desk, password = self._chosen(), self.desk, self.new_password_field.value()
        factor_goes = self._has_factor() and staff is not None and staff.id != desk.actor.staff.id
        told = self.tr("%1 has a new password, and no second factor any more.") if factor_goes else self.tr("%1 has a new password.")
        self.new_password_box.clear()
        if staff is not None:
            self._do(
                lambda store: change_password(store, desk.actor, staff.id, password=password, now=desk.now()),
                done=told.replace("%1", staff.name),
                boxes={"password": self.new_password_box},
            )

    def _do(self, work: Callable[[Store], object], *, done: str, boxes: dict[str, FieldBox]) -> None:
        self.banner.hide()
        self.desk.store.ask(work, owner=self, done=partial(self._done, done), failed=partial(self._refused, boxes))

    def _done(self, words: str, _result: object) -> None:
        for field in (self.name_field, self.login_field, self.password_field, self.new_password_field, self.role_field):
            field.set_value("")
        self.routes.said.emit(words)
        self.entered()

    def _refused(self, boxes: dict[str, FieldBox], error: IntakeError) -> None:
        if not isinstance(error, InvalidInputError):
            self.banner.say(words_of(error))
            return
        for problem in reversed(error.problems):
            box = boxes[problem.field]
            box.show_problem(words_of_problem(problem))
            box.setFocus()

    def _show(self, found: tuple[tuple[Staff, ...], frozenset[int]]) -> None:
        staff, self._enrolled = found
        self._staff = {each.id: each for each in staff}
        self.table.show_rows([_row(each, yes=self.tr("Yes"), no=self.tr("No")) for each in staff])
        self._show_chosen()

    def _chosen(self) -> Staff | None:
        key = self.table.current_key()
        return None if key is None else self._staff.get(key)

    def _has_factor(self) -> bool:
        """Say whether the chosen account has a second factor that could be taken away."""
        staff = self._chosen()
        return staff is not None and staff.id in self._enrolled

    def _show_chosen(self) -> None:
        staff = self._chosen()
        own = staff is not None and staff.id == self.desk.actor.staff.id
        self.chosen_label.setText(staff.name if staff else "")
        self.active_button.setEnabled(staff is not None and not own)
        self.factor_button.setVisible(self._has_factor())
        self.active_button.set_words(self.tr("Signs in again") if staff and not staff.active else self.tr("No longer signs in"))
        self.legend_changed.emit()

    def _lay_out(self) -> None:
        known = Card(self.tr("Accounts"), self.tr("one for each person, with one role"))
        known.body.addWidget(self.table)
        fresh, chosen = Card(self.tr("New account")), Card(self.tr("Chosen account"))
        self.add_button = Button(self.tr("Add"), key="Enter", primary=True)
        self.password_button = Button(self.tr("Set password"))
        for box in self.boxes.values():
            fresh.body.addWidget(box)
        fresh.body.addLayout(row(self.add_button))
        chosen.body.addWidget(self.chosen_label)
        chosen.body.addWidget(self.new_password_box)
        for button in (self.password_button, self.active_button, self.factor_button):
            chosen.body.addLayout(row(button))
        right = QVBoxLayout()
        right.setSpacing(12)
        for card in (fresh, chosen):
            card.setFixedWidth(_FORM_WIDTH)
            right.addWidget(card)
        right.addStretch(1)
        right.setContentsMargins(0, 0, 0, 0)
        forms = QWidget()
        forms.setObjectName("scrolled")
        forms.setLayout(right)
        self._forms = area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setFixedWidth(_FORM_WIDTH + _BAR)
        area.setWidget(forms)
        across = QHBoxLayout()
        across.setSpacing(12)
        across.addWidget(known, 1)
        across.addWidget(area)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.banner)
        outer.addLayout(across, 1)

    def _connect(self) -> None:
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.name_field.advanced.connect(self.login_field.setFocus)
        self.login_field.advanced.connect(self.role_field.setFocus)
        self.role_field.advanced.connect(self.password_field.setFocus)
        self.password_field.advanced.connect(self.add)
        self.new_password_field.advanced.connect(self.set_new_password)
        self.add_button.clicked.connect(self.add)
        self.password_button.clicked.connect(self.set_new_password)
        self.active_button.clicked.connect(self.toggle_active)
        self.factor_button.clicked.connect(self.take_factor)
        self.table.typed.connect(self._lettered)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Escape; from the list it leads on to what the page stands in."""
        if event.key() == Qt.Key.Key_Escape and not self.table.hasFocus():
            self.table.setFocus()
        else:
            super().keyPressEvent(event)

    def _lettered(self, letter: str) -> None:
        fields = {"N": self.name_field.setFocus, "P": self.new_password_field.setFocus}
        acts = {**fields, "X": self.toggle_active, "F": self.take_factor}
        if (act := acts.get(letter.upper())) is not None:
            act()
            self._forms.ensureWidgetVisible(self.new_password_box if self.new_password_field.text_field.hasFocus() else self.boxes["name"])


def _row(staff: Staff, *, yes: str, no: str) -> Row:
    may = Cell(first=yes, tone="ok", pill=True) if staff.active else Cell(first=no, pill=True)
    return Row(key=staff.id, cells=(Cell(first=staff.name, second=staff.login), Cell(first=role_words(staff.role)), may))
