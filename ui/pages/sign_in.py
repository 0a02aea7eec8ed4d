"""Signing in: who works at this desk now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.errors import IntakeError
from ui.failures import words_of
from ui.pages.front import CARD_WIDTH, Front
from ui.pages.second_factor import SecondFactor
from ui.widgets.brand import role_words
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField
from ui.widgets.try_again import TryAgain, at

if TYPE_CHECKING:
    from intake.domain.staff import Staff


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Credentials:
    """What was typed at sign-in; it has no repr, so that no log ever holds it."""

    login: str
    password: str
    code: str = ""
    emergency: str = ""


class SignInPage(Front):
    """Login and password, told at the field when they are wrong; the code of the phone when the account has one."""

    submitted = Signal(object)
    """:class:`Credentials`."""
    recovery_asked = Signal()
    """The password is gone: use the recovery key."""
    restore_asked = Signal()
    """The store is gone: bring a backup back."""

    def __init__(self, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page; it can be typed into before the store is open."""
        super().__init__(training=training, parent=parent)
        self.login_field = TextField()
        self.password_field = PasswordField()
        self.login_box = FieldBox(self.tr("Login"), self.login_field)
        self.password_box = FieldBox(self.tr("Password"), self.password_field)
        self.second = SecondFactor()
        self.recovery_link = LinkButton(self.tr("Use the recovery key"))
        self.restore_link = LinkButton(self.tr("Restore a backup"))
        self.sign_in_button = Button(self.tr("Sign in"), key="Enter", primary=True)
        self.state_label = label("", "hint")
        self.accounts_card: Card | None = None
        self._wait = TryAgain(self.sign_in_button, self)
        self.card.body.addWidget(label(self.tr("Sign in"), "place"))
        self.card.body.addWidget(self.login_box)
        self.card.body.addWidget(self.password_box)
        self.card.body.addWidget(self.second)
        self.card.body.addLayout(row(self.sign_in_button, self.state_label, spacing=12))
        self.card.body.addLayout(row(self.recovery_link, self.restore_link, spacing=12))
        self.recovery_link.setVisible(not training)
        self.restore_link.setVisible(not training)
        self.second.hide()
        self.second.submitted.connect(self._submit)
        self.recovery_link.clicked.connect(self.recovery_asked)
        self.restore_link.clicked.connect(self.restore_asked)
        self.login_field.edited.connect(self.second.forget)
        self.login_field.advanced.connect(self.password_field.setFocus)
        self.password_field.advanced.connect(self._submit)
        self.sign_in_button.clicked.connect(self._submit)
        self.setFocusProxy(self.login_field)

    def show_state(self, text: str) -> None:
        """Say what the program is busy with, empty when with nothing."""
        self.state_label.setText(text)

    def show_accounts(self, accounts: Sequence[Staff], password: str) -> None:
        """List the ready accounts of the training clinic: pressing one fills the fields."""
        if self.accounts_card is not None:
            return
        card = Card(self.tr("Ready accounts"), self.tr("training only"))
        card.setFixedWidth(CARD_WIDTH)
        for each in accounts:
            pick = Button(each.login)
            pick.setFixedWidth(86)
            pick.setAccessibleName(self.tr("Fill in %1").replace("%1", each.login))
            pick.clicked.connect(partial(self._fill, each.login, password))
            card.body.addLayout(row(pick, label(each.name), label(role_words(each.role), "muted"), spacing=10))
        card.body.addWidget(label(self.tr("The password of all of them: %1").replace("%1", password), "muted"))
        self.accounts_card = card
        self.beside.addWidget(card)

    def refuse(self, error: IntakeError) -> None:
        """Say at the password why the sign-in was refused; after a wrong try the next one has to wait a little."""
        self.show_state("")
        if self._tell_second(error):
            return
        if not self._wait.begin(error, self.tr("Login or password is wrong."), at(self.password_box)):
            self.password_box.show_problem(words_of(error))
        self.password_field.text_field.selectAll()
        self.password_field.setFocus()

    def _tell_second(self, error: IntakeError) -> bool:
        """Tell at its field what is about the second factor or emergency access, and say whether it was."""
        if not self.second.refuse(error):
            return False
        self.second.show()
        self._wait.begin(error, self.tr("The code is wrong."), at(self.second.code_box))
        self.second.setFocus()
        return True

    def stop(self, text: str) -> None:
        """Tell that nobody can sign in, and why."""
        self.say(text)
        self.show_state("")
        for each in (self.login_field, self.password_field, self.sign_in_button):
            each.setEnabled(False)

    def _fill(self, login: str, password: str) -> None:
        self.login_field.set_value(login)
        self.password_field.set_value(password)
        self.sign_in_button.setFocus()

    def _submit(self) -> None:
        if not self.sign_in_button.isEnabled():
            return
        self.banner.hide()
        self.login_box.clear()
        self.password_box.clear()
        if not self.login_field.value().strip():
            self.login_box.show_problem(self.tr("Type your login."))
            self.login_field.setFocus()
        elif not self.password_field.value():
            self.password_box.show_problem(self.tr("Type your password."))
            self.password_field.setFocus()
        elif not self.second.missing():
            self.show_state(self.tr("Signing in…"))
            self.submitted.emit(
                Credentials(
                    login=self.login_field.value().strip(), password=self.password_field.value(), code=self.second.code(),
                    emergency=self.second.reason(),
                )
            )  # fmt: skip
