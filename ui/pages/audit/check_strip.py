"""The strip over the list: whether all was whole when it was looked at last, and the check that is being made."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from intake.actions.check import can_accept
from intake.domain.audit import CheckRun, Finding, Link
from intake.domain.staff import Task
from intake.entry.audit_words import finding_words
from ui.desk import Desk
from ui.pages.audit.words import check_words, findings_words, next_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card, row
from ui.widgets.fields import TextField
from ui.widgets.labels import Pill, label

_BAR_PX = 160
_MOST_PX = 132
"""So high grows the list of findings; more of them are scrolled."""


class CheckStrip(Card):
    """A pill, a line of words and two buttons; under them what was found, and what to do about it.

    ``asked`` begins a check, ``typed`` carries a printed link as typed, ``looked_into`` asks to accept what was found.
    """

    asked = Signal()
    typed = Signal(str)
    looked_into = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        """Build it before anything is known."""
        super().__init__(parent=parent)
        self._zone = desk.zone
        self._may_accept = desk.may(Task.RESTORE)
        self.run: CheckRun | None = None
        self.pill = Pill(self.tr("Not checked yet"))
        self.words_label = label(self.tr("The store was not checked yet."), wrap=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(_BAR_PX, 8)
        self.bar.setAccessibleName(self.tr("Progress of the check"))
        self.bar.hide()
        self.check_button = Button(self.tr("Check now"), key="C")
        self.link_button = Button(self.tr("Check a printed link"), key="K")
        self.link_field = TextField(placeholder=self.tr("4711-7QK2-M4XP-9T0B-3HWC-8F, as the daily sheet shows it"), max_length=60)
        self.link_field.setAccessibleName(self.tr("Printed link"))
        self.link_field.hide()
        self.link_label = label("", "strong", wrap=True)
        self.link_label.hide()
        self.check_button.clicked.connect(self.asked)
        self.link_button.clicked.connect(self.open_link)
        self.link_field.advanced.connect(self._send)
        line = row(self.pill, self.words_label, self.bar, self.check_button, self.link_button, stretch=False)
        line.setStretch(1, 1)
        self.body.addLayout(line)
        self.findings_label = label("", tone="danger", wrap=True)
        self.findings = _Findings(self.findings_label)
        self.next_label = label("", wrap=True)
        self.accept_button = Button(self.tr("Looked into it"), key="I")
        self.accept_button.clicked.connect(self.looked_into)
        self.accept_button.hide()
        self._next = _beside(self.next_label, self.accept_button)
        for each in (self.findings, self._next):
            each.hide()
        for each in (self.findings, self._next, self.link_field, self.link_label):
            self.body.addWidget(each)

    def show_run(self, run: CheckRun | None) -> None:
        """Show what the last check found."""
        self._show_idle()
        self.run = run
        if run is None:
            return
        self.pill.show_text(self.tr("✓ Whole") if run.good else self.tr("⚑ Not whole"), "ok" if run.good else "danger")
        self.words_label.setText(check_words(run, self._zone))
        self.findings_label.setText(findings_words(run))
        for each in (self.findings, self._next):
            each.setHidden(run.good)
        offered = can_accept(run.findings)
        self.next_label.setText(next_words(run, offered=offered, may=self._may_accept))
        self.accept_button.setVisible(offered and self._may_accept)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far the check is; ``total`` is 0 before that is known."""
        self.check_button.setEnabled(False)
        for each in (self.findings, self._next):
            each.hide()
        self.bar.show()
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.pill.show_text(self.tr("Checking"), "info")
        words = self.tr("%1 of %2 entries and signed visits").replace("%2", f"{total:,}").replace("%1", f"{done:,}")
        self.words_label.setText(words if total else self.tr("Reading every page of the file"))

    def show_failed(self, words: str) -> None:
        """Say why there was no check."""
        self._show_idle()
        self.pill.show_text(self.tr("⚑ No check was made"), "danger")
        self.words_label.setText(words)

    def open_link(self) -> None:
        """Show the field for a printed link and put the keyboard there."""
        self.link_field.show()
        self.link_field.setFocus()
        self.link_field.selectAll()

    def close_link(self) -> bool:
        """Hide the field again, and tell whether it was shown."""
        shown = self.link_field.isVisible()
        for each in (self.link_field, self.link_label):
            each.hide()
        return shown

    def show_link(self, link: Link | None, finding: Finding | None) -> None:
        """Say whether the store holds a printed link; None for the link says that it was mistyped."""
        if link is None:
            words = "⚠ " + self.tr("This is not a last link as it is printed. Compare it with the sheet, sign by sign.")
        elif finding is None:
            words = "✓ " + self.tr("The store holds this link: entry %1 is the one that was printed.").replace("%1", f"{link.seq:,}")
        else:
            words = "⚑ " + self.tr("Not whole: %1.").replace("%1", finding_words(finding))
        self.link_label.setText(words)
        self.link_label.show()

    def _show_idle(self) -> None:
        self.bar.hide()
        self.check_button.setEnabled(True)

    def _send(self) -> None:
        self.typed.emit(self.link_field.value())


def _beside(words: QLabel, button: Button) -> QWidget:
    held = QWidget()
    across = QHBoxLayout(held)
    across.setContentsMargins(0, 0, 0, 0)
    across.setSpacing(12)
    across.addWidget(words, 1)
    across.addWidget(button)
    return held


class _Findings(QScrollArea):
    """The findings, as high as they are up to a limit; the arrows scroll what is more."""

    def __init__(self, told: QLabel) -> None:
        super().__init__()
        self._told = told
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 6, 0)
        column.addWidget(told)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("What the check found"))
        grows = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        grows.setHeightForWidth(True)
        self.setSizePolicy(grows)

    def heightForWidth(self, width: int) -> int:
        """Return the height of the words, as far as there is room for them."""
        return min(self._told.heightForWidth(max(1, width - 6)), _MOST_PX)

    def hasHeightForWidth(self) -> bool:
        """Words that wrap are higher where there is less room."""
        return True

    def sizeHint(self) -> QSize:
        """Return the height for the width it has."""
        return QSize(super().sizeHint().width(), self.heightForWidth(max(self.width(), 200)))
