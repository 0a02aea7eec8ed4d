"""First start: the administrator's account and this desk's clinic, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.errors import Problem
from ui.failures import words_of_problem
from ui.pages.front import Front
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import ChoiceField, TextField
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField

if TYPE_CHECKING:
    from intake.domain.practice import Location, Practice


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class SetUp:
    """What was typed at first start; it has no repr, so that no log ever holds it."""

    admin_name: str
    login: str
    password: str
    location: str


class FirstStartPage(Front):
    """Four fields and one button."""

    submitted = Signal(object)
    """:class:`SetUp`."""
    restore_asked = Signal()
    """There was a store: bring a backup of it back instead."""

    def __init__(self, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page; the clinics are filled in by :meth:`show_practice`."""
        super().__init__(training=training, parent=parent)
        self.name_field = TextField()
        self.login_field = TextField()
        self.password_field = PasswordField()
        self.clinic_field = ChoiceField((), empty=self.tr("Choose…"))
        rules = self.tr("At least 15 characters; a short sentence is good. No signs or digits are demanded.")
        self.boxes = {
            "name": FieldBox(self.tr("Your name"), self.name_field, hint=self.tr("as it stands on what you print")),
            "login": FieldBox(self.tr("Login"), self.login_field, hint=self.tr("what you type to sign in")),
            "password": FieldBox(self.tr("Password"), self.password_field, hint=rules),
            "location": FieldBox(self.tr("This desk stands in"), self.clinic_field),
        }
        self.begin_button = Button(self.tr("Begin"), key="Enter", primary=True)
        self.practice_label = label("", "muted", wrap=True)
        self.restore_link = LinkButton(self.tr("Restore a backup instead"))
        self.restore_link.setVisible(not training)
        self.state_label = label("", "hint")
        self._build()

    def show_practice(self, practice: Practice) -> None:
        """Name the practice and offer its clinics."""
        words = self.tr("You will be the administrator of %1 on this desk.").replace("%1", practice.name)
        self.practice_label.setText(words)
        fill_clinics(self.clinic_field, practice.active())

    def show_state(self, text: str) -> None:
        """Say what the program is busy with, empty when with nothing."""
        self.state_label.setText(text)
        self.begin_button.setEnabled(not text)

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Say each problem at its field and go to the first."""
        self.show_state("")
        for problem in reversed(problems):
            box = self.boxes[problem.field]
            box.show_problem(words_of_problem(problem))
            box.setFocus()

    def stop(self, text: str) -> None:
        """Tell that the program cannot begin, and why."""
        self.say(text)
        self.begin_button.setEnabled(False)

    def _build(self) -> None:
        body = self.card.body
        body.addWidget(label(self.tr("Set up this desk"), "place"))
        body.addWidget(self.practice_label)
        for box in self.boxes.values():
            body.addWidget(box)
        body.addLayout(row(self.begin_button, self.restore_link, self.state_label, spacing=12))
        self.restore_link.clicked.connect(self.restore_asked)
        self.name_field.advanced.connect(self.login_field.setFocus)
        self.login_field.advanced.connect(self.password_field.setFocus)
        self.password_field.advanced.connect(self.clinic_field.setFocus)
        self.clinic_field.advanced.connect(self._submit)
        self.begin_button.clicked.connect(self._submit)
        self.setFocusProxy(self.name_field)

    def _submit(self) -> None:
        for box in self.boxes.values():
            box.clear()
        typed = SetUp(
            admin_name=self.name_field.value(),
            login=self.login_field.value(),
            password=self.password_field.value(),
            location=self.clinic_field.value(),
        )
        if missing := self._missing(typed):
            for name, words in reversed(missing.items()):
                self.boxes[name].show_problem(words)
                self.boxes[name].setFocus()
            return
        self.show_state(self.tr("One moment…"))
        self.submitted.emit(typed)

    def _missing(self, typed: SetUp) -> dict[str, str]:
        """Return what to do about each field that was left empty."""
        asked = {
            "name": (typed.admin_name, self.tr("Type your name.")),
            "login": (typed.login, self.tr("Type a login.")),
            "password": (typed.password, self.tr("Type a password.")),
            "location": (typed.location, self.tr("Choose the clinic this desk stands in.")),
        }
        return {name: words for name, (value, words) in asked.items() if not value.strip()}


class ChooseClinicPage(Front):
    """Asks a desk that has no clinic yet where it stands."""

    chosen = Signal(str)

    def __init__(self, practice: Practice, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page with the practice's clinics."""
        super().__init__(training=training, parent=parent)
        self.clinic_field = ChoiceField((), empty=self.tr("Choose…"))
        fill_clinics(self.clinic_field, practice.active())
        self.box = FieldBox(self.tr("This desk stands in"), self.clinic_field, hint=self.tr("asked once on each desk"))
        self.button = Button(self.tr("Begin"), key="Enter", primary=True)
        self.card.body.addWidget(label(self.tr("Which clinic is this?"), "place"))
        self.card.body.addWidget(self.box)
        self.card.body.addLayout(row(self.button))
        self.clinic_field.advanced.connect(self._submit)
        self.button.clicked.connect(self._submit)
        self.setFocusProxy(self.clinic_field)

    def _submit(self) -> None:
        if self.clinic_field.value():
            self.chosen.emit(self.clinic_field.value())
        else:
            self.box.show_problem(self.tr("Choose the clinic this desk stands in."))
            self.clinic_field.setFocus()


def fill_clinics(field: ChoiceField, clinics: Sequence[Location]) -> None:
    """Offer clinics by name and town."""
    for each in clinics:
        field.addItem(f"{each.name} · {each.line1}", each.key)
