"""What stands between an edit and its keeping: another desk's edit, or somebody who looks like the same person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.actions.duplicates import Decision
from intake.domain.merging import Clash, Merged, Value
from intake.entry.phones import show_phone
from intake.entry.reading import shown
from intake.matching.score import Match
from intake.wording import text_of
from ui.models.board import date_words
from ui.pages.intake.choices import Pick
from ui.pages.intake.editors import SegmentEditor
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import Pill, label

THEIRS, MINE = "theirs", "mine"


def _tr(text: str) -> str:
    return QCoreApplication.translate("Patients", text)


class ConflictCard(Card):
    """Another desk was first: each field both changed, with both values, and one to be chosen."""

    def __init__(self, merged: Merged, *, by: str, when: str, on: date, parent: QWidget | None = None) -> None:
        """Ask about every clash; what only they changed is told and taken over."""
        super().__init__(_tr("Another desk changed this record first"), tone="warning", parent=parent)
        self.set_subtitle(f"{by}, {when}")
        self._choices: dict[str, SegmentEditor] = {}
        for words, fields in ((_tr("Taken over from them: %1"), merged.taken), (_tr("Kept from you: %1"), merged.kept)):
            for field in fields:
                text = _value(field.about.label, shown(field, getattr(merged.patient, field.name), on))
                self.body.addWidget(label(words.replace("%1", text), "muted", wrap=True))
        for clash in merged.clashes:
            self._ask(clash, on)
        nothing = _tr("Nothing is in each other's way. Ctrl S keeps both.")
        choose = _tr("Choose a value in each line (1 theirs, 2 yours), then save again with Ctrl S.")
        self.body.addWidget(label(choose if merged.clashes else nothing, "hint", wrap=True))

    def mine(self) -> frozenset[str] | None:
        """Return the paths of the fields that keep my value, None while one is not chosen."""
        picked = {path: choice.value() for path, choice in self._choices.items()}
        if not all(picked.values()):
            return None
        return frozenset(path for path, code in picked.items() if code == MINE)

    def focus_first(self) -> None:
        """Put the keyboard on the first line that is not chosen."""
        for choice in self._choices.values():
            if not choice.value():
                choice.setFocus()
                return

    def _ask(self, clash: Clash, on: date) -> None:
        picks = [
            Pick(code=THEIRS, label=_tr("theirs: %1").replace("%1", _words(clash, clash.theirs, on)), letter="t"),
            Pick(code=MINE, label=_tr("yours: %1").replace("%1", _words(clash, clash.mine, on)), letter="y"),
        ]
        choice = SegmentEditor(clash.field.about.label, picks)
        choice.setMinimumHeight(30)
        self._choices[clash.field.path] = choice
        line = QHBoxLayout()
        line.setSpacing(12)
        name = label(clash.field.about.label, "label")
        name.setMinimumWidth(140)
        line.addWidget(name)
        line.addWidget(choice, 1)
        self.body.addLayout(line)


class SamePersonCard(Card):
    """With these values the patient looks like somebody who has another record: each one is answered, with a reason."""

    opened = Signal(int)
    """Somebody's record is to be shown instead."""

    def __init__(self, matches: Sequence[Match], parent: QWidget | None = None) -> None:
        """Ask about every match."""
        super().__init__(_tr("The same person as another record?"), tone="warning", parent=parent)
        self._reasons: dict[int, FieldBox] = {}
        for match in matches:
            self._ask(match)
        hint = _tr("Say why it is a different person, then save again with Ctrl S. If it is the same person, cancel and open that record.")
        self.body.addWidget(label(hint, "hint", wrap=True))

    def decisions(self) -> tuple[Decision, ...] | None:
        """Return the answers, None while one has no reason; the field then says so."""
        found = []
        for patient_id, box in self._reasons.items():
            reason = self._field(patient_id).value().strip()
            if reason:
                found.append(Decision(patient_id=patient_id, reason=reason))
            else:
                box.show_problem(_tr("Say in a few words why this is someone else."))
        return tuple(found) if len(found) == len(self._reasons) else None

    def focus_first(self) -> None:
        """Put the keyboard into the first reason that is missing."""
        for patient_id in self._reasons:
            if not self._field(patient_id).value().strip():
                self._field(patient_id).setFocus()
                return

    def _field(self, patient_id: int) -> TextField:
        control = self._reasons[patient_id].control
        assert isinstance(control, TextField)  # noqa: S101 - made as one, right below
        return control

    def _ask(self, match: Match) -> None:
        kept = match.kept
        name = ", ".join(part for part in (kept.legal_last, kept.legal_first) if part)
        born = _tr("b. %1").replace("%1", date_words(kept.dob)) if kept.dob else ""
        phones = [show_phone(phone) for phone in kept.phones if phone.startswith("+")]
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(label(name, "strong"))
        line.addWidget(label(" · ".join(part for part in (kept.number, born, *phones) if part), "muted"))
        line.addStretch(1)
        pills = QHBoxLayout()
        pills.setSpacing(6)
        for reason in match.reasons:
            pills.addWidget(Pill(text_of(reason.code), "warning"))
        pills.addStretch(1)
        box = FieldBox(_tr("A different person, because"), TextField())
        self._reasons[kept.patient_id] = box
        opener = Button(_tr("Open that record"))
        opener.clicked.connect(lambda: self.opened.emit(kept.patient_id))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(box, 1)
        row.addWidget(opener)
        column = QVBoxLayout()
        column.setSpacing(6)
        column.addLayout(line)
        column.addLayout(pills)
        column.addLayout(row)
        self.body.addLayout(column)


def _words(clash: Clash, value: Value, on: date) -> str:
    return shown(clash.field, value, on) or _tr("empty")


def _value(name: str, text: str) -> str:
    return f"{name}: {text or _tr('empty')}"
