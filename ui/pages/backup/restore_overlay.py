"""Bringing a backup back, step by step on one screen: what it holds, what would be lost, who says so."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from intake.domain.backups import KeptBackup, Loss
from ui.desk import Desk
from ui.pages.backup.words import consequence_words, held_words, loss_words
from ui.pages.documents.form_overlay import FormOverlay, enter_walks
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.password_field import PasswordField


class RestoreOverlay(FormOverlay):
    """``confirmed`` carries the password, and for a backup with other keys the one of its time or the recovery key."""

    confirmed = Signal(str, str, str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, action=self.tr("Bring this backup back"), width=620)
        self._desk = desk
        self.held_label, self.loss_label = label("", wrap=True), label("", "strong", tone="warning", wrap=True)
        self.after_label = label(consequence_words(), "muted", wrap=True)
        self.password_field, self.earlier_field, self.recovery_field = PasswordField(), PasswordField(), TextField()
        self.password_box = FieldBox(self.tr("Your password"), self.password_field, hint=self.tr("to confirm that it is you"))
        other = self.tr("this backup was written with other keys than the store has now")
        self.earlier_box = FieldBox(self.tr("Your password when it was taken"), self.earlier_field, hint=other)
        self.recovery_box = FieldBox(self.tr("Or the recovery key of that time"), self.recovery_field)
        self.working_label = label(self.tr("Reading and checking the whole backup…"), tone="info")
        self.boxes = {"password": self.password_box, "earlier_password": self.earlier_box, "recovery_key": self.recovery_box}
        for each in (self.held_label, self.loss_label, self.after_label, *self.boxes.values(), self.working_label):
            self.body.addWidget(each)
        enter_walks(self.password_field, self.earlier_field, self.recovery_field)
        self.submitted.connect(self._submit)

    def begin(self, backup: KeptBackup, loss: Loss, *, other_keys: bool) -> None:
        """Open it for a backup."""
        self.say(self.tr("Bring a backup back"))
        self.held_label.setText(held_words(backup, self._desk.zone))
        self.loss_label.setText("⚠ " + loss_words(loss))
        self.earlier_box.setVisible(other_keys)
        self.recovery_box.setVisible(other_keys)
        self._forget()
        self.clear_problems()
        self.show_working(working=False)
        self.open()
        self.password_field.setFocus()

    def show_working(self, *, working: bool) -> None:
        """Show or hide that the backup is being read and checked."""
        self.working_label.setVisible(working)
        self.submit_button.setEnabled(not working)
        self._place()

    def close_over(self) -> None:
        """Close, and forget what was typed: it is all secret."""
        self._forget()
        super().close_over()

    def _forget(self) -> None:
        for field in (self.password_field, self.earlier_field, self.recovery_field):
            field.set_value("")

    def _submit(self) -> None:
        if not self.submit_button.isEnabled():
            return
        self.clear_problems()
        if self.password_field.value():
            self.confirmed.emit(self.password_field.value(), self.earlier_field.value(), self.recovery_field.value())
        else:
            self.password_box.show_problem(self.tr("Type your password."))
            self.password_field.setFocus()
