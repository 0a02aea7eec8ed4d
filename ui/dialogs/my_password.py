"""My password: the present one, then the new one."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from intake.actions.accounts import change_own_password
from intake.errors import IntakeError
from ui.desk import Desk
from ui.failures import words_of
from ui.pages.documents.form_overlay import FormOverlay, enter_walks
from ui.routes import Routes
from ui.widgets.field_box import FieldBox
from ui.widgets.password_field import PasswordField
from ui.widgets.try_again import TryAgain, at

_AT_PRESENT = frozenset({"not_your_password", "sign_in_too_soon"})


class MyPassword(FormOverlay):
    """Changes the password of who is signed in; a wrong present one counts as a failed sign-in."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, action=self.tr("Change it"), width=420)
        self._desk = desk
        self._routes = routes
        self.present_field, self.password_field = PasswordField(), PasswordField()
        rules = self.tr("At least 15 characters; a short sentence is good.")
        self.boxes = {
            "present": FieldBox(self.tr("Present password"), self.present_field),
            "password": FieldBox(self.tr("New password"), self.password_field, hint=rules),
        }
        for box in self.boxes.values():
            self.body.addWidget(box)
        self._wait = TryAgain(self.submit_button, self)
        enter_walks(self.present_field, self.password_field)
        self.password_field.advanced.connect(self.submitted)
        self.submitted.connect(self._submit)

    def begin(self) -> None:
        """Open it empty."""
        self.say(self.tr("My password"), self.tr("It is what opens the records for you. Nobody can look it up, nor can an administrator."))
        self._forget()
        self.clear_problems()
        self._wait.show()
        self.open()
        self.present_field.setFocus()

    def close_over(self) -> None:
        """Forget what was typed."""
        self._forget()
        super().close_over()

    def refuse(self, error: Exception) -> None:
        """Say at its field why nothing was changed."""
        self.submit_button.setEnabled(True)
        if isinstance(error, IntakeError) and error.code in _AT_PRESENT:
            self.clear_problems()
            if not self._wait.begin(error, self.tr("This is not your password."), at(self.boxes["present"])):
                self.boxes["present"].show_problem(words_of(error))
            self.present_field.setFocus()
        else:
            super().refuse(error)
        self._place()  # what is wrong may need a second line

    def _submit(self) -> None:
        if not self.submit_button.isEnabled():
            return
        desk, present, password = self._desk, self.present_field.value(), self.password_field.value()
        self.submit_button.setEnabled(False)
        desk.store.ask(
            lambda store: change_own_password(store, desk.actor, present=present, password=password, now=desk.now()),
            owner=self,
            done=self._changed,
            failed=self.refuse,
        )

    def _changed(self, _: object) -> None:
        self.submit_button.setEnabled(True)
        self.close_over()
        self._routes.said.emit(self.tr("You have a new password."))

    def _forget(self) -> None:
        for field in (self.present_field, self.password_field):
            field.set_value("")
