"""Using the recovery key: an administrator's account gets a new password."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.errors import IntakeError, InvalidInputError
from ui.failures import words_of, words_of_problem
from ui.pages.front import Front
from ui.pages.recovery import WIDE, mistyped_words
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField
from ui.widgets.try_again import TryAgain, at

_AT = {"recovery_key_mistyped": "key", "recovery_key_other": "key", "not_an_administrator": "login"}
"""At which field an error is told; any other stands above the card."""


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class RecoveryTyped:
    """What was typed; it has no repr, so that no log ever holds it."""

    key: str
    login: str
    password: str


class UseRecoveryPage(Front):
    """Three fields: the key from the sheet, the administrator's login, the new password."""

    submitted = Signal(object)
    """:class:`RecoveryTyped`."""
    left = Signal()

    def __init__(self, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page."""
        super().__init__(training=training, parent=parent)
        self.card.setFixedWidth(WIDE)
        self.banner.setFixedWidth(WIDE)
        self.key_field, self.login_field, self.password_field = TextField(max_length=200), TextField(), PasswordField()
        rules = self.tr("At least 15 characters; a short sentence is good.")
        self.boxes = {
            "key": FieldBox(self.tr("Recovery key"), self.key_field, hint=self.tr("eleven groups of five; small letters will do")),
            "login": FieldBox(self.tr("Login of an administrator"), self.login_field),
            "password": FieldBox(self.tr("New password"), self.password_field, hint=rules),
        }
        self.go_button = Button(self.tr("Set the password"), key="Enter", primary=True)
        self.back_button = LinkButton(self.tr("Back to the sign-in"))
        self.state_label = label("", "hint")
        self._wait = TryAgain(self.go_button, self)
        body = self.card.body
        body.addWidget(label(self.tr("Use the recovery key"), "place"))
        body.addWidget(label(self.tr("It gives an administrator's account a new password, and takes its second factor away."), wrap=True))
        for box in self.boxes.values():
            body.addWidget(box)
        body.addLayout(row(self.go_button, self.back_button, self.state_label, spacing=12))
        self.key_field.advanced.connect(self.login_field.setFocus)
        self.login_field.advanced.connect(self.password_field.setFocus)
        self.password_field.advanced.connect(self._submit)
        self.go_button.clicked.connect(self._submit)
        self.back_button.clicked.connect(self.left)
        self.setFocusProxy(self.key_field)

    def refuse(self, error: Exception) -> None:
        """Say why nothing was changed, at its field."""
        self.go_button.setEnabled(True)
        self.state_label.setText("")
        if isinstance(error, InvalidInputError):
            for problem in error.problems:
                self._tell(problem.field, words_of_problem(problem))
        elif isinstance(error, IntakeError) and self._wait.begin(error, self.tr("This is not the recovery key."), at(self.boxes["key"])):
            self.boxes["key"].setFocus()
        elif isinstance(error, IntakeError) and error.code in _AT:
            self._tell(_AT[error.code], mistyped_words(error, self.key_field.value()))
        elif isinstance(error, IntakeError):
            self.say(words_of(error))
        else:
            raise error

    def _tell(self, field: str, words: str) -> None:
        box = self.boxes.get(field, self.boxes["login"])
        box.show_problem(words)
        box.setFocus()

    def _submit(self) -> None:
        if not self.go_button.isEnabled():
            return
        self.banner.hide()
        for box in self.boxes.values():
            box.clear()
        typed = RecoveryTyped(key=self.key_field.value(), login=self.login_field.value(), password=self.password_field.value())
        asked = {
            "password": (typed.password, self.tr("Type a new password.")),
            "login": (typed.login, self.tr("Type the login.")),
            "key": (typed.key, self.tr("Type the key as it stands on the sheet.")),
        }
        missing = {name: words for name, (value, words) in asked.items() if not value.strip()}
        for name, words in missing.items():
            self._tell(name, words)
        if not missing:
            self.go_button.setEnabled(False)
            self.state_label.setText(self.tr("One moment…"))
            self.submitted.emit(typed)
