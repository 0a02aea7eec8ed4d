"""What is seen of a locked desk: who locked it, a field for the password, and the way to the sign-in for somebody else."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from intake.domain.staff import Staff
from intake.errors import IntakeError
from ui.failures import words_of
from ui.pages.front import Front
from ui.widgets.brand import role_words
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField

_FORGET_MS: Final = 60_000
_SECOND_MS: Final = 1_000


class LockScreen(Front):
    """Asks for the password of the person whose work lies under it.

    ``unlock_asked`` carries what was typed; ``other_asked`` tells that somebody else wants to work here.
    """

    unlock_asked = Signal(str)
    other_asked = Signal()

    def __init__(self, staff: Staff, why: str, *, training: bool, parent: QWidget) -> None:
        """Build it; ``why`` says what locked the desk."""
        super().__init__(training=training, parent=parent)
        self.password_field = PasswordField()
        self.password_box = FieldBox(self.tr("Password"), self.password_field)
        self.unlock_button = Button(self.tr("Unlock"), key="Enter", primary=True)
        self.other_button = LinkButton(self.tr("Another person signs in"))
        self.state_label = label("", "hint")
        self._left_s = 0
        self._each_second = QTimer(self)
        self._each_second.setInterval(_SECOND_MS)
        self._each_second.timeout.connect(self._count_down)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_FORGET_MS)
        self._forget.timeout.connect(self.clear)
        self._arrange(staff, why)
        self._connect()
        self.setAccessibleName(self.tr("Locked"))
        self.setAccessibleDescription(why)
        self.setFocusProxy(self.password_field)

    def refuse(self, error: IntakeError) -> None:
        """Say at the field why it stays locked; after a wrong try the next one has to wait, and the seconds are counted."""
        wrong = error.code == "wrong_sign_in"
        self.password_box.show_problem(self.tr("This is not your password. Try again.") if wrong else words_of(error))
        self._left_s = int(error.facts.get("wait_s", 0))
        self._show_wait()
        if self._left_s:
            self._each_second.start()
        self.password_field.text_field.selectAll()
        self.password_field.setFocus()

    def show_state(self, text: str) -> None:
        """Say what the program is busy with, empty when with nothing; meanwhile nothing can be pressed."""
        self.state_label.setText(text)
        for each in (self.unlock_button, self.other_button):
            each.setEnabled(not text)

    def clear(self) -> None:
        """Forget what was typed and left standing."""
        self._forget.stop()
        self.password_field.set_value("")

    def _arrange(self, staff: Staff, why: str) -> None:
        self.card.body.addWidget(label(self.tr("Locked"), "place"))
        self.card.body.addLayout(row(label(staff.name), label(role_words(staff.role), "muted"), spacing=8))
        self.card.body.addWidget(label(why, "muted", wrap=True))
        self.card.body.addWidget(self.password_box)
        self.card.body.addLayout(row(self.unlock_button, self.state_label, spacing=12))
        self.card.body.addLayout(row(self.other_button))

    def _connect(self) -> None:
        self.password_field.advanced.connect(self._submit)
        self.password_field.text_field.edited.connect(self._forget.start)
        self.unlock_button.clicked.connect(self._submit)
        self.other_button.clicked.connect(self.other_asked)

    def _submit(self) -> None:
        if not self.unlock_button.isEnabled():
            return
        self.password_box.clear()
        if not self.password_field.value():
            self.password_box.show_problem(self.tr("Type your password."))
            self.password_field.setFocus()
            return
        self.show_state(self.tr("Unlocking…"))
        self.unlock_asked.emit(self.password_field.value())

    def _count_down(self) -> None:
        self._left_s -= 1
        self._show_wait()

    def _show_wait(self) -> None:
        """Say how long the next try has to wait; somebody else need not."""
        waits = self._left_s > 0
        self.show_state("")
        self.unlock_button.setEnabled(not waits)
        if waits:
            self.state_label.setText(self.tr("The next try can be made in %1 s.").replace("%1", str(self._left_s)))
        else:
            self._each_second.stop()
