"""What is seen of a locked desk: who locked it, a field for the password, and the way to the sign-in for somebody else."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from intake.domain.staff import Staff
from intake.errors import IntakeError
from ui.failures import words_of
from ui.pages.front import Front
from ui.widgets.brand import role_words
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField
from ui.widgets.try_again import TryAgain, at

_FORGET_MS: Final = 60_000
_OTHER_KEYS: Final = "Ctrl+Shift+L"
"""The keys by which somebody else signs in where the desk is not locked."""


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
        self.other_button = Button(self.tr("Another person signs in"), key="Ctrl Shift L")
        self.state_label = label("", "hint")
        self._wait = TryAgain(self.unlock_button, self)
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
        self.show_state("")
        wrong = error.code == "wrong_sign_in"
        if not self._wait.begin(error, self.tr("This is not your password."), at(self.password_box)):
            self.password_box.show_problem(self.tr("This is not your password. Try again.") if wrong else words_of(error))
        self.password_field.text_field.selectAll()
        self.password_field.setFocus()

    def show_state(self, text: str) -> None:
        """Say what the program is busy with, empty when with nothing; meanwhile nothing can be pressed."""
        self.state_label.setText(text)
        self.unlock_button.setEnabled(not text and not self._wait.waits)
        self.other_button.setEnabled(not text)

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
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence(_OTHER_KEYS), self, self.other_button.click, context=within)

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
