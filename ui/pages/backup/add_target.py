"""Choosing one more folder that backups go to."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.choosing import folder_to_use
from ui.pages.documents.form_overlay import FormOverlay
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField


class AddTarget(FormOverlay):
    """``chosen`` carries the folder that was typed or picked."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, action=self.tr("Back up there"))
        self.folder_field = TextField()
        hint = self.tr("The whole path, on another disk than the store's: a stick, a second drive, a share.")
        self.folder_box = FieldBox(self.tr("Folder"), self.folder_field, hint=hint)
        self.pick_button = Button(self.tr("Choose…"))
        self.boxes = {"folder": self.folder_box}
        self.body.addWidget(self.folder_box)
        self.body.addLayout(row(self.pick_button))
        self.pick_button.clicked.connect(self._pick)
        self.folder_field.advanced.connect(self._submit)
        self.submitted.connect(self._submit)

    def begin(self) -> None:
        """Open it."""
        text = self.tr(
            "A backup holds everything, encrypted; it opens with a password that was good when it was taken, or with the recovery key. "
            "Keep a stick as carefully as the store itself."
        )
        self.say(self.tr("One more folder for backups"), text)
        self.clear_problems()
        self.open()
        self.folder_field.setFocus()

    def _pick(self) -> None:
        folder = folder_to_use(self, self.tr("Folder for backups"))
        if folder is not None:
            self.folder_field.set_value(str(folder))
            self.folder_field.setFocus()

    def _submit(self) -> None:
        self.clear_problems()
        self.chosen.emit(self.folder_field.value())
