"""The chosen record: why it stays, or the steps by which it goes, with the one that is next."""

from __future__ import annotations

from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from intake.domain.retention import Reckoned, Removal
from intake.errors import IntakeError
from ui.models.board import date_words
from ui.pages.retention.words import stays_words, step_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label, set_tone
from ui.widgets.password_field import PasswordField
from ui.widgets.try_again import TryAgain, at

WIDE_PX: Final = 380
NARROW_PX: Final = 272


class RecordPanel(QScrollArea):
    """Shows one record; what is asked for is told by a signal, and done by the page."""

    proposed = Signal()
    withdrawn = Signal()
    exported = Signal()
    consented = Signal(str, str)
    """Login and password of who consents."""
    removed = Signal()
    kept = Signal(str)
    """The reason to keep the record."""
    released = Signal(str)
    """The reason to keep it no more."""

    def __init__(self, zone: ZoneInfo, *, reads_notes: bool, own_login: str, parent: QWidget | None = None) -> None:
        """Build the panel, empty; only who ``reads_notes`` may write the copy."""
        super().__init__(parent)
        self._zone = zone
        self._reads_notes = reads_notes
        self._own_login = own_login
        self._line: Reckoned | None = None
        self._removal: Removal | None = None
        self.name_label = label("", "title", wrap=True)
        self.stays_label = label("", "muted", wrap=True)
        self.step_labels = tuple(label("", "", wrap=True) for _ in range(4))
        self.next_label = label("", "hint", wrap=True)
        self.propose_button = Button(self.tr("Propose its removal"), key="P", primary=True)
        self.export_button = Button(self.tr("Write the copy…"), key="E", primary=True)
        self.remove_button = Button(self.tr("Remove for good"), key="R", primary=True)
        self.withdraw_button = Button(self.tr("Withdraw"), key="W")
        self.login_field, self.password_field = TextField(), PasswordField()
        self.login_box = FieldBox(self.tr("Login of who consents"), self.login_field)
        self.password_box = FieldBox(self.tr("Password"), self.password_field)
        self.consent_button = Button(self.tr("Consent"), key="Enter", primary=True)
        self._wait = TryAgain(self.consent_button, self)
        self.reason_field = TextField()
        self.reason_box = FieldBox(self.tr("Reason"), self.reason_field, hint=self.tr("such as a lawsuit, and until when"))
        self.keep_button = Button(self.tr("Keep it longer"), key="Enter")
        self._consent_form, self._keep_form = QWidget(), Card(self.tr("Keep this record"))
        self._lay_out()
        self._connect()
        self.show_nothing()

    @property
    def removal(self) -> Removal | None:
        """The removal of the record that is shown, None when none was proposed."""
        return self._removal

    @property
    def line(self) -> Reckoned | None:
        """The record that is shown, None when there is none, or it is gone."""
        return self._line

    def show_nothing(self) -> None:
        """Show that no record is chosen."""
        self._show(None, None, self.tr("No record is chosen"), "")
        self._offer(None)
        for each in self.step_labels:
            each.hide()

    def show_removed(self, removal: Removal) -> None:
        """Show how a record went."""
        copy = removal.copy
        digests = self.tr("SHA-256 of its copy: %1 (PDF), %2 (rows)")
        words = digests.replace("%1", copy.pdf_sha256[:16] + "…").replace("%2", copy.rows_sha256[:16] + "…") if copy else ""
        self._show(None, removal, removal.number, words)
        self._offer(None)

    def show_record(self, line: Reckoned, removal: Removal | None, today: date) -> None:
        """Show a record as it stands; what is typed for the same one stays."""
        other = self._line is None or self._line.patient_id != line.patient_id
        before = self._removal
        born = self.tr("Born %1.").replace("%1", date_words(line.dob))
        self._show(line, removal, f"{line.name} · {line.number}", f"{born} {stays_words(line, today)}")
        if other:
            self.reason_field.set_value("")
        if other or before is None or removal is None or len(before.consents) != len(removal.consents):
            self._begin_consent(removal)
        self._offer(None if line.stays(today) else line)
        self._keep_form.show()
        kept = line.keep is not None
        self._keep_form.title_label.setText(self.tr("Keep this record no longer") if kept else self.tr("Keep this record longer"))
        self.keep_button.set_words(self.tr("Keep it no longer") if kept else self.tr("Keep it longer"))
        self.withdraw_button.setVisible(removal is not None)

    def focus_step(self) -> None:
        """Put the keyboard on what is next."""
        for each in (self.propose_button, self.export_button, self.login_field, self.remove_button):
            if each.isVisible() and each.isEnabled():
                target = self.password_field if each is self.login_field and self.login_field.value() else each
                target.setFocus()
                self.ensureWidgetVisible(self.consent_button if each is self.login_field else target)
                return

    def refuse(self, error: IntakeError) -> bool:
        """Count down at the password how long the next consent has to wait; return False for an error without a wait."""
        waits = self._wait.begin(error, self.tr("Login or password is wrong. No consent was recorded."), at(self.password_box))
        if waits:
            self.password_field.set_value("")
            self.password_field.setFocus()
        return waits

    def focus_reason(self) -> None:
        """Put the keyboard on the reason to keep the record."""
        if self._keep_form.isVisible():
            self.reason_field.setFocus()
            self.ensureWidgetVisible(self.keep_button)

    def _show(self, line: Reckoned | None, removal: Removal | None, name: str, words: str) -> None:
        self._line, self._removal = line, removal
        self.name_label.setText(name)
        self.stays_label.setText(words)
        for each, (done, said) in zip(self.step_labels, step_words(removal, self._zone), strict=True):
            each.setText(f"{'✓' if done else '○'}  {said}")
            set_tone(each, "ok" if done else "")
            each.show()
        self.password_field.set_value("")
        for box in (self.login_box, self.password_box, self.reason_box):
            box.clear()

    def _begin_consent(self, removal: Removal | None) -> None:
        """Begin with who is signed in, then ask for the other person."""
        first = removal is not None and not removal.consents
        self.login_field.set_value(self._own_login if first else "")

    def _offer(self, line: Reckoned | None) -> None:
        """Show the controls of the step that is next for a record that may go, none for every other one."""
        removal = self._removal
        due = line is not None
        self.propose_button.setVisible(due and removal is None)
        self.export_button.setVisible(due and removal is not None and removal.copy is None)
        self.export_button.setEnabled(self._reads_notes)
        asks = due and removal is not None and removal.copy is not None and not removal.complete
        self._consent_form.setVisible(asks)
        self.consent_button.setVisible(asks)
        self.remove_button.setVisible(due and removal is not None and removal.complete)
        self.withdraw_button.hide()
        self._keep_form.hide()
        for each in self.step_labels:
            each.setVisible(due or removal is not None)
        self.next_label.setText(self._next_words(removal) if due else "")
        self.next_label.setVisible(due)

    def _next_words(self, removal: Removal | None) -> str:
        if removal is None:
            return self.tr("Nothing goes yet: a copy is written first, and two people have to consent.")
        if removal.copy is None:
            if not self._reads_notes:
                return self.tr("The copy holds clinicians' notes. A clinician has to write it.")
            return self.tr(
                "A PDF to read and a file with every row. They are not encrypted: keep them where only the practice can read them."
            )
        if not removal.complete:
            return self.tr("Each person types their own login and password, here or at another desk.")
        return self.tr("It cannot be brought back from here. Backups made before still hold it until they are rotated out.")

    def _lay_out(self) -> None:
        record, consent = Card(), QVBoxLayout(self._consent_form)
        consent.setContentsMargins(0, 0, 0, 0)
        consent.setSpacing(8)
        for box in (self.login_box, self.password_box):
            consent.addWidget(box)
        for each in (self.name_label, self.stays_label, *self.step_labels, self.next_label, self._consent_form):
            record.body.addWidget(each)
        record.body.addLayout(row(self.propose_button, self.export_button, self.consent_button, self.remove_button))
        record.body.addLayout(row(self.withdraw_button))
        self._keep_form.body.addWidget(self.reason_box)
        self._keep_form.body.addLayout(row(self.keep_button))
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(record)
        column.addWidget(self._keep_form)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidget(inside)

    def _connect(self) -> None:
        self.propose_button.clicked.connect(self.proposed)
        self.export_button.clicked.connect(self.exported)
        self.remove_button.clicked.connect(self.removed)
        self.withdraw_button.clicked.connect(self.withdrawn)
        self.login_field.advanced.connect(self.password_field.setFocus)
        self.password_field.advanced.connect(self._consent)
        self.consent_button.clicked.connect(self._consent)
        self.reason_field.advanced.connect(self._keep)
        self.keep_button.clicked.connect(self._keep)

    def _consent(self) -> None:
        if not self._wait.waits:
            self.consented.emit(self.login_field.value(), self.password_field.value())

    def _keep(self) -> None:
        kept = self._line is not None and self._line.keep is not None
        (self.released if kept else self.kept).emit(self.reason_field.value())
