"""Who opens a backup, when nobody is signed in: login and password, or the recovery key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.actions.restore_access import Typed
from intake.errors import IntakeError
from ui.pages.recovery import mistyped_words
from ui.widgets.buttons import LinkButton
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.password_field import PasswordField


class RestoreFields(QWidget):
    """The fields, of which only those are shown that are needed. ``submitted`` tells Enter in the last one."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build them for a password."""
        super().__init__(parent)
        self.login_field, self.password_field, self.code_field = TextField(), PasswordField(), TextField()
        self.earlier_field, self.recovery_field = PasswordField(), TextField()
        self.login_box = FieldBox(self.tr("Login"), self.login_field, hint=self.tr("of somebody who may bring backups back"))
        self.password_box = FieldBox(self.tr("Password"), self.password_field)
        self.code_box = FieldBox(self.tr("Code of your phone"), self.code_field)
        self.earlier_box = FieldBox(self.tr("Your password when it was taken"), self.earlier_field)
        self.recovery_box = FieldBox(self.tr("Recovery key, as it was printed before the backup was taken"), self.recovery_field)
        self.other_link = LinkButton("")
        self._recovering = False
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        for each in (self.login_box, self.password_box, self.code_box, self.earlier_box, self.recovery_box):
            inside.addWidget(each)
        inside.addLayout(row(self.other_link))
        self.login_field.advanced.connect(self.password_field.setFocus)
        for field in (self.password_field, self.code_field, self.earlier_field, self.recovery_field):
            field.advanced.connect(self.submitted)
        self.other_link.clicked.connect(self._other)
        self.setFocusProxy(self.login_field)
        self._show_way(recovering=False)

    def by_recovery_key(self) -> bool:
        """Tell whether the recovery key is asked."""
        return self._recovering

    def recovery_key(self) -> str:
        """Return the recovery key as typed."""
        return self.recovery_field.value()

    def typed(self) -> Typed:
        """Return what was typed for the way by password."""
        return Typed(
            login=self.login_field.value(), password=self.password_field.value(), code=self.code_field.value(),
            earlier_password=self.earlier_field.value(),
        )  # fmt: skip

    def complete(self) -> bool:
        """Tell whether something was typed where something has to be, and say so at the field where not."""
        needed = [(self.recovery_box, self.recovery_field.value())]
        if not self._recovering:
            needed = [(self.login_box, self.login_field.value()), (self.password_box, self.password_field.value())]
        for box, _ in needed:
            box.clear()
        empty = [box for box, value in needed if not value.strip()]
        for box in empty[:1]:
            box.show_problem(self.tr("This is needed."))
            box.setFocus()
        return not empty

    def show_refused(self, error: IntakeError) -> bool:
        """Say at its field why the backup did not open, and tell whether it was about one."""
        boxes = {
            "wrong_sign_in": self.password_box,
            "sign_in_too_soon": self.recovery_box if self._recovering else self.password_box,
            "second_factor_needed": self.code_box,
            "wrong_code": self.code_box,
            "wrong_earlier_password": self.earlier_box,
            "recovery_key_mistyped": self.recovery_box,
            "recovery_key_other": self.recovery_box,
        }
        box = boxes.get(error.code)
        if box is None:
            return False
        box.show()
        box.show_problem(mistyped_words(error, self.recovery_key()))
        box.setFocus()
        return True

    def forget(self) -> None:
        """Forget everything that is secret."""
        for field in (self.password_field, self.code_field, self.earlier_field, self.recovery_field):
            field.set_value("")

    def _other(self) -> None:
        self._show_way(recovering=not self._recovering)
        (self.recovery_field if self._recovering else self.login_field).setFocus()

    def _show_way(self, *, recovering: bool) -> None:
        self._recovering = recovering
        for each in (self.login_box, self.password_box):
            each.setVisible(not recovering)
        self.code_box.hide()
        self.earlier_box.hide()
        self.recovery_box.setVisible(recovering)
        self.other_link.setText(self.tr("Use a password") if recovering else self.tr("Use the recovery key"))
        self.other_link.setAccessibleName(self.other_link.text())
