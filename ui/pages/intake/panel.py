"""The panel beside the form: is this someone we know, and if so, which values stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from intake.actions.duplicates import Decision
from intake.domain.practice import Practice
from intake.domain.records import PatientRecord
from intake.matching.score import Match
from ui.pages.intake.compare import CompareList, Difference
from ui.pages.intake.match_card import MatchCard
from ui.pages.intake.problem_list import ProblemList
from ui.pages.page import Key
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import label

FIXED = 3
"""Problems, title and words stand first and stay; a stretch stands last."""


class SamePersonPanel(QWidget):
    """Shows matches, then the comparison with the one chosen, then whose visit this is.

    ``same`` carries the patient's id; ``confirmed`` the names of the fields whose kept value stands; ``undone`` that the
    patient is not that one after all; ``left`` that the keyboard goes back to the form, which answers nothing.
    """

    same = Signal(int)
    answered = Signal()
    confirmed = Signal(list)
    undone = Signal()
    left = Signal()

    def __init__(self, problems: ProblemList, practice: Practice, parent: QWidget | None = None) -> None:
        """Begin with nothing to ask, below the list of problems; ``practice`` has the names of the clinics."""
        super().__init__(parent)
        self.setAccessibleName(self.tr("Same person?"))
        self._practice = practice
        self._matches: tuple[Match, ...] = ()
        self._cards: list[MatchCard] = []
        self._reasons: dict[int, str] = {}
        self._compare: CompareList | None = None
        self._title = label(self.tr("Same person?"), "title")
        self._words = label("", "muted", wrap=True)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName("scrolled")
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        self._column.addWidget(problems)
        self._column.addWidget(self._title)
        self._column.addWidget(self._words)
        self._column.addStretch(1)
        self._below = QVBoxLayout()
        around = QVBoxLayout(inside)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(12)
        around.addLayout(self._column)
        around.addLayout(self._below)
        around.addStretch(1)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._say()

    def add_below(self, widget: QWidget) -> None:
        """Put a widget under everything that is asked here."""
        self._below.addWidget(widget)

    def show_matches(self, matches: Sequence[Match]) -> None:
        """Show who this may be; answers given before stay. Nothing moves under the keyboard while nothing changed."""
        if tuple(matches) == self._matches and self._compare is None:
            return
        focused = next((card.match.kept.patient_id for card in self._cards if card.has_keyboard()), None)
        self._matches = tuple(matches)
        self._clear()
        for match in self._matches:
            last = match.kept.last_location
            card = MatchCard(match, self._practice.location(last).name if last else "", self._reasons.get(match.kept.patient_id, ""))
            card.same.connect(self.same)
            card.different.connect(self._different)
            card.left.connect(self.left)
            self._cards.append(card)
            self._column.insertWidget(self._column.count() - 1, card)
            card.show()  # at once: a layout shows its widgets one event later, and what is hidden takes no keyboard
            if match.kept.patient_id == focused:
                card.setFocus()
        self._say()

    def show_comparison(self, record: PatientRecord, rows: Sequence[Difference]) -> None:
        """Ask field by field which value stands; without any difference the answer is there already."""
        self._clear()
        self._title.setText(self.tr("Which is right?"))
        name = record.patient.full_name()
        self._words.setText(self.tr("%1 · %2. Confirm what differs from the record.").replace("%1", name).replace("%2", record.number))
        if not rows:
            self.confirmed.emit([])
            return
        self._compare = CompareList(rows)
        self._compare.finished.connect(self.confirmed)
        self._compare.left.connect(self.left)
        self._compare.undone.connect(self.undone)
        self._column.insertWidget(FIXED, self._compare)
        self._compare.show()
        undo = Button(self.tr("Not this person"), key="N")
        undo.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        undo.clicked.connect(self.undone)
        self._column.insertWidget(FIXED + 1, undo)
        self._compare.setFocus()

    def show_patient(self, record: PatientRecord) -> None:
        """Say whose visit this is, with the way back."""
        self._clear()
        card = Card(tone="")
        card.body.addWidget(label(record.patient.full_name(), "strong", wrap=True))
        card.body.addWidget(label(record.number, "muted"))
        card.body.addWidget(label(self.tr("A new visit is added to this record."), "muted", wrap=True))
        undo = Button(self.tr("Not this person"))
        undo.clicked.connect(self.undone)
        card.body.addWidget(undo)
        self._column.insertWidget(FIXED, card)
        self._title.setText(self.tr("Known patient"))
        self._words.setText("")

    def forget(self) -> None:
        """Begin again without matches and answers."""
        self._matches = ()
        self._reasons = {}
        self._clear()
        self._say()

    def matches(self) -> tuple[Match, ...]:
        """Return the matches on screen."""
        return self._matches

    def unanswered(self) -> list[Match]:
        """Return the strong matches nobody has answered."""
        return [match for match in self._matches if match.strong and match.kept.patient_id not in self._reasons]

    def decisions(self) -> tuple[Decision, ...]:
        """Return the answers "a different person", each with its reason."""
        return tuple(Decision(patient_id=patient_id, reason=reason) for patient_id, reason in self._reasons.items())

    def take_focus(self) -> bool:
        """Put the keyboard on what is to be answered next; return False when there is nothing."""
        waiting = {match.kept.patient_id for match in self.unanswered()}
        card = next((card for card in self._cards if card.match.kept.patient_id in waiting), next(iter(self._cards), None))
        target = self._compare or card
        if target is None:
            return False
        target.setFocus()
        return True

    def has_keyboard(self) -> bool:
        """Tell whether the keyboard is in this panel."""
        return any(card.has_keyboard() for card in self._cards) or (self._compare is not None and self._compare.hasFocus())

    def keys(self) -> tuple[Key, ...]:
        """Return the keys that work while the keyboard is in this panel."""
        back = Key(keys=("Esc",), text=self.tr("back, not answered"))
        if self._compare is not None:
            return (
                Key(keys=("Enter",), text=self.tr("take what was typed")),
                Key(keys=("K",), text=self.tr("keep what is there")),
                Key(keys=("Backspace",), text=self.tr("one up")),
                Key(keys=("N",), text=self.tr("not this person")),
                back,
            )
        if any(card.asks_reason() for card in self._cards):
            return (Key(keys=("Enter",), text=self.tr("different person, for this reason")), back)
        return (
            Key(keys=("Enter",), text=self.tr("same person")),
            Key(keys=("D",), text=self.tr("different person")),
            Key(keys=("Up", "Down"), text=self.tr("other match")),
            back,
        )

    def _different(self, patient_id: int, reason: str) -> None:
        self._reasons[patient_id] = reason
        matches, self._matches = self._matches, ()
        self.show_matches(matches)
        self.answered.emit()

    def _clear(self) -> None:
        """Take away what was shown; the widgets go once their own events are over."""
        while self._column.count() > FIXED + 1:
            item = self._column.takeAt(FIXED)
            if (widget := item.widget() if item else None) is not None:
                widget.hide()
                widget.deleteLater()
        self._cards = []
        self._compare = None

    def _say(self) -> None:
        self._title.setText(self.tr("Same person?"))
        if not self._matches:
            words = self.tr("Nobody like this is known. Whoever may be the same person appears here while you type.")
        elif self.unanswered():
            words = self.tr("A strong match has to be answered before saving. F6 goes there and back; closing is not an answer.")
        else:
            words = self.tr("F6 goes there and back.")
        self._words.setText(words)
