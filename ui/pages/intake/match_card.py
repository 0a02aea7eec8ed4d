"""One kept patient who may be the one being typed: who, why, and the two answers."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.entry.dates import show_date
from intake.entry.phones import show_phone
from intake.matching.score import Match
from intake.wording import text_of
from ui.pages.intake.editors import LineEditor
from ui.pages.intake.flow import FlowRows
from ui.pages.intake.keys import is_advance, is_plain
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import Pill, label


class MatchCard(Card):
    """Enter says it is the same person, D that it is another; another person needs a reason.

    ``same`` and ``different`` carry the patient's id; ``left`` is Escape, which answers nothing.
    """

    same = Signal(int)
    different = Signal(int, str)
    left = Signal()

    def __init__(self, match: Match, clinic: str = "", reason: str = "", parent: QWidget | None = None) -> None:
        """Show the match; ``clinic`` is where the person was last, ``reason`` that of an answer given before."""
        super().__init__(tone="warning" if match.strong and not reason else "", parent=parent)
        self.match = match
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._reason = LineEditor(placeholder=self.tr("Why is it another person? Enter keeps it"))
        self._answers = QWidget()
        self._answered = label("", "muted", wrap=True)
        self._arrange(clinic)
        self._reason.setAccessibleName(self.tr("Why it is another person"))
        self._reason.advanced.connect(self._answer)
        self._show_reason(reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer, move between the cards, or leave without an answer."""
        if is_advance(event) and not self._reason.hasFocus():
            self.same.emit(self.match.kept.patient_id)
        elif is_plain(event) and event.key() == Qt.Key.Key_D and not self._reason.hasFocus():
            self.ask_reason()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif is_plain(event) and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not self._reason.hasFocus():
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is on this card or in its reason."""
        return self.hasFocus() or self._reason.hasFocus()

    def asks_reason(self) -> bool:
        """Tell whether the keyboard is in the reason."""
        return self._reason.hasFocus()

    def ask_reason(self) -> None:
        """Ask why it is another person."""
        self._reason.show()
        self._reason.setFocus()

    def _arrange(self, clinic: str) -> None:
        kept = self.match.kept
        name = ", ".join(part for part in (kept.legal_last, kept.legal_first) if part)
        title = QHBoxLayout()
        title.setSpacing(6)
        words = label(name, "strong", wrap=True)
        title.addWidget(words, 1)
        title.addWidget(label(kept.number, "muted"), 0, Qt.AlignmentFlag.AlignTop)
        phones = [show_phone(phone) for phone in kept.phones[:1] if phone.startswith("+")]
        born = self.tr("b. %1").replace("%1", show_date(kept.dob)) if kept.dob else ""
        here = self.tr("%1, last here %2").replace("%2", show_date(kept.last_here)).replace("%1", clinic) if kept.last_here else ""
        details = " · ".join(part for part in (born, *phones, here) if part)
        reasons = QWidget()
        flow = FlowRows(reasons, gap_x=6, gap_y=4, grows=False)
        said = [text_of(reason.code) for reason in self.match.reasons]
        for text in said:
            flow.addWidget(Pill(text, "warning" if self.match.strong else "neutral"))
        buttons = FlowRows(self._answers, gap_x=6, gap_y=4, grows=False)
        self._same = Button(self.tr("Same person"), key="↵", primary=self.match.strong)
        self._different = Button(self.tr("Different…"), key="D")
        for button in (self._same, self._different):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            buttons.addWidget(button)
        self._same.clicked.connect(self._say_same)
        self._different.clicked.connect(self.ask_reason)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addLayout(title)
        column.addWidget(label(details, "muted", wrap=True))
        column.addWidget(reasons)
        column.addWidget(self._answers)
        column.addWidget(self._reason)
        column.addWidget(self._answered)
        self.body.addLayout(column)
        self.setAccessibleName(f"{name}, {details}, {', '.join(said)}")
        self.setAccessibleDescription(self.tr("Enter: same person. D: different person."))

    def _show_reason(self, reason: str) -> None:
        self._reason.setVisible(False)
        self._answered.setVisible(bool(reason))
        self._answered.setText(self.tr("✓ Different person: %1").replace("%1", reason))
        self._answers.setVisible(True)

    def _say_same(self) -> None:
        self.same.emit(self.match.kept.patient_id)

    def _answer(self) -> None:
        if reason := self._reason.value().strip():
            self.different.emit(self.match.kept.patient_id, reason)
