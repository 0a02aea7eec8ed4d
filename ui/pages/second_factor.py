"""What the sign-in asks beside the password: the code of the phone, or, when the phone is gone, a way around it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from intake.errors import IntakeError, InvalidInputError
from ui.failures import words_of, words_of_problem
from ui.widgets.buttons import LinkButton
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label

_OF_THE_CODE = frozenset({"second_factor_needed", "wrong_code"})


class SecondFactor(QWidget):
    """One field, and behind a link the reason of emergency access; Enter in either is ``submitted``."""

    submitted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it asking for the code."""
        super().__init__(parent)
        self.code_field, self.reason_field = TextField(max_length=40), TextField(max_length=500)
        self.code_box = FieldBox(self.tr("Code from your phone"), self.code_field, hint=self.tr("or one of your spare codes"))
        self.reason_box = FieldBox(
            self.tr("Reason for emergency access"), self.reason_field, hint=self.tr("The administrator is shown who, when and why.")
        )
        self.gone_link = LinkButton(self.tr("The phone is gone"))
        told = self.tr(
            "Type a spare code above. Without one: clinicians give a reason here and work for up to 60 minutes; "
            "everybody else asks an administrator to take the second factor away."
        )
        self.told_label = label(told, "muted", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(8)
        for each in (self.code_box, self.gone_link, self.told_label, self.reason_box):
            inside.addWidget(each)
        self.gone_link.clicked.connect(self.show_emergency)
        self.code_field.advanced.connect(self.submitted)
        self.reason_field.advanced.connect(self.submitted)
        self.setFocusProxy(self.code_field)
        self._offer(emergency=False)

    def code(self) -> str:
        """Return the code as typed."""
        return "" if self.reason() else self.code_field.value()

    def reason(self) -> str:
        """Return the reason of emergency access, "" when it is not asked for."""
        return self.reason_field.value().strip() if self.reason_box.isVisibleTo(self) else ""

    def missing(self) -> bool:
        """Say at the field that nothing is typed, and whether that is so."""
        self.code_box.clear()
        self.reason_box.clear()
        if self.isHidden() or self.code_field.value().strip() or self.reason():
            return False
        self.code_box.show_problem(self.tr("Type the code that your phone shows."))
        self.code_field.setFocus()
        return True

    def show_emergency(self) -> None:
        """Tell the ways around the phone, and ask for a reason."""
        self._offer(emergency=True)
        self.reason_field.setFocus()

    def refuse(self, error: IntakeError) -> bool:
        """Tell what is about the code or the reason, and say whether it was."""
        if error.code in _OF_THE_CODE:
            needed = error.code == "second_factor_needed"
            self.code_box.show_understood(words_of(error)) if needed else self.code_box.show_problem(words_of(error))
            self.code_field.selectAll()
            return True
        if error.code == "emergency_not_permitted":
            self.reason_box.show_problem(words_of(error))
            return True
        if isinstance(error, InvalidInputError):
            self.reason_box.show_problem(words_of_problem(error.problems[0]))
            return True
        return False

    def forget(self) -> None:
        """Ask for nothing again: another login is being typed."""
        self.hide()
        self.code_field.set_value("")
        self.reason_field.set_value("")
        self._offer(emergency=False)

    def _offer(self, *, emergency: bool) -> None:
        self.gone_link.setVisible(not emergency)
        self.told_label.setVisible(emergency)
        self.reason_box.setVisible(emergency)
        self.code_box.clear()
        self.reason_box.clear()
