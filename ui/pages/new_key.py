"""Giving the store a new key: the administrator's password once more, then a bar that shows how far it is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.errors import IntakeError
from ui.failures import words_of
from ui.pages.front import Front
from ui.pages.recovery import WIDE
from ui.pages.sign_in import Credentials
from ui.printrun.bar import RunBar
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField
from ui.widgets.try_again import TryAgain, at


class NewKeyPage(Front):
    """Nobody is signed in while it works: the file is written anew. It can be left until it began, not while it runs."""

    submitted = Signal(object)
    """:class:`Credentials`."""
    left = Signal()

    def __init__(self, login: str, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page for the administrator who asked."""
        super().__init__(training=training, parent=parent)
        self.card.setFixedWidth(WIDE)
        self.banner.setFixedWidth(WIDE)
        self._login = login
        self.running = False
        self.password_field, self.code_field = PasswordField(), TextField(max_length=40)
        self.password_box = FieldBox(self.tr("Password of %1").replace("%1", login), self.password_field)
        self.code_box = FieldBox(self.tr("Code from your phone"), self.code_field)
        self.code_box.hide()
        self.bar = RunBar()
        self.bar.setAccessibleName(self.tr("How far the store is written anew"))
        self.bar.hide()
        self.state_label = label("", "hint")
        self.go_button = Button(self.tr("Begin"), key="Enter", primary=True)
        self.back_button = LinkButton(self.tr("Back to the sign-in"))
        told = self.tr(
            "Everything is written anew under a new key. What somebody kept who no longer signs in — a copy of the key file, an old "
            "password — opens nothing of it. Everybody has to be signed out at every desk; passwords and the recovery key stay."
        )
        older = self.tr("Backups from before keep the key they have: take a new one afterwards, and remove old ones you no longer need.")
        self._wait = TryAgain(self.go_button, self)
        body = self.card.body
        body.addWidget(label(self.tr("New key for the store"), "place"))
        for text in (told, older):
            body.addWidget(label(text, wrap=True))
        for each in (self.password_box, self.code_box, self.bar, self.state_label):
            body.addWidget(each)
        body.addLayout(row(self.go_button, self.back_button, spacing=12))
        self.password_field.advanced.connect(self._submit)
        self.code_field.advanced.connect(self._submit)
        self.go_button.clicked.connect(self._submit)
        self.back_button.clicked.connect(self.left)
        self.setFocusProxy(self.password_field)

    def show_progress(self, done: int, whole: int) -> None:
        """Show how many of the pages are written."""
        self.bar.show_share(done, whole)
        if done >= whole:
            self.state_label.setText(self.tr("Checking what was written…"))

    def refuse(self, error: Exception) -> None:
        """Say why it was not done; the store has the key it had."""
        self._run(running=False)
        if not isinstance(error, IntakeError):
            raise error
        if error.code in ("second_factor_needed", "wrong_code"):
            self.code_box.show()
            if not self._wait.begin(error, self.tr("The code is wrong."), at(self.code_box)):
                self.code_box.show_problem(words_of(error), "" if error.code == "second_factor_needed" else "danger")
            self.code_field.setFocus()
        elif error.code in ("wrong_sign_in", "sign_in_too_soon"):
            if not self._wait.begin(error, self.tr("This is not your password."), at(self.password_box)):
                self.password_box.show_problem(words_of(error))
            self.password_field.setFocus()
        else:
            self.say(words_of(error))

    def _submit(self) -> None:
        if self.running or self._wait.waits:
            return
        self.banner.hide()
        self.password_box.clear()
        self.code_box.clear()
        if not self.password_field.value():
            self.password_box.show_problem(self.tr("Type your password."))
            return
        self._run(running=True)
        self.submitted.emit(Credentials(login=self._login, password=self.password_field.value(), code=self.code_field.value()))

    def _run(self, *, running: bool) -> None:
        self.running = running
        self.bar.show_share(0, 1)
        self.bar.setVisible(running)
        self.state_label.setText(self.tr("Writing the store anew. It can be cut off at any moment; nothing is lost.") if running else "")
        self.go_button.setEnabled(not running and not self._wait.waits)
        for each in (self.back_button, self.password_field, self.code_field):
            each.setEnabled(not running)
