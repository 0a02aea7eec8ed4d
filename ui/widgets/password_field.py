"""A password: hidden, or shown on request; pasting is allowed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from ui.widgets.buttons import Chip
from ui.widgets.fields import TextField


class PasswordField(QWidget):
    """A text field that hides what is typed, with a toggle that shows it."""

    advanced = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the field, hiding."""
        super().__init__(parent)
        self.text_field = TextField()
        self.text_field.setEchoMode(QLineEdit.EchoMode.Password)
        self.text_field.advanced.connect(self.advanced)
        self.show_chip = Chip(self.tr("Show"))
        self.show_chip.toggled.connect(self._show)
        inside = QHBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(6)
        inside.addWidget(self.text_field, 1)
        inside.addWidget(self.show_chip, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setFocusProxy(self.text_field)

    def value(self) -> str:
        """Return the password as typed."""
        return self.text_field.text()

    def set_value(self, text: str) -> None:
        """Put a password in, or empty the field."""
        self.text_field.setText(text)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """Name the field itself: that is where the focus is."""
        super().setAccessibleName(name)
        self.text_field.setAccessibleName(name)
        self.show_chip.setAccessibleName(self.tr("Show the password"))

    def setAccessibleDescription(self, text: str) -> None:  # noqa: N802 - Qt's name
        """Describe the field itself."""
        super().setAccessibleDescription(text)
        self.text_field.setAccessibleDescription(text)

    def _show(self, shown: bool) -> None:  # noqa: FBT001 - the argument of Qt's toggled
        self.text_field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
