"""A returning patient: what is kept beside what was typed, confirmed field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake.domain.fields import described
from intake.domain.patients import Patient
from intake.entry.retyping import typed_patient
from intake.entry.showing import shown
from ui import theme
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.keys import is_advance, is_plain

ROW = 62
VALUES = 88
"""Where the values begin, in pixels from the left."""
PREFIX = "patient."


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that is kept in one way and was typed in another, both in words."""

    name: str
    label: str
    kept: str
    typed: str


def differences(document: IntakeDocument, kept: Patient) -> tuple[Difference, ...]:
    """Return the fields that have to be confirmed: typed, kept, and not the same."""
    found = []
    for field in described(Patient, "patient"):
        value = getattr(kept, field.name)
        text = document.text(field.path).strip()
        if not text or value is None or field.path in document.proposed:
            continue
        reading = document.read(field.path)
        if reading.value != value:
            words = reading.understood.partition(" · ")[0] if reading.value is not None else text
            found.append(Difference(name=field.name, label=field.about.label, kept=shown(field, value), typed=words or text))
    return tuple(found)


def merged(document: IntakeDocument, kept: Patient, keep_existing: Sequence[str]) -> dict[str, str]:
    """Return the patient's texts after confirming: typed where something was typed, kept where it was not or was chosen."""
    texts = typed_patient(kept)
    for field in described(Patient, "patient"):
        text = document.text(field.path)
        if text.strip() and field.path not in document.proposed and field.name not in keep_existing:
            texts[field.name] = text
    return texts


class CompareList(QWidget):
    """Enter takes what was typed, K keeps what is there, Backspace goes back one, N is "not this person".

    ``finished`` carries the names of the fields whose kept value stands.
    """

    finished = Signal(list)
    left = Signal()
    undone = Signal()

    def __init__(self, rows: Sequence[Difference], parent: QWidget | None = None) -> None:
        """Show the differences, none of them confirmed."""
        super().__init__(parent)
        self._rows = tuple(rows)
        self._chosen: dict[str, bool] = {}
        self._at = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._describe()

    def sizeHint(self) -> QSize:
        """Return the height of all rows."""
        return QSize(280, ROW * len(self._rows))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Confirm a field, or go back."""
        if is_advance(event) or (is_plain(event) and event.key() == Qt.Key.Key_T):
            self._choose(keep=False)
        elif is_plain(event) and event.key() == Qt.Key.Key_K:
            self._choose(keep=True)
        elif is_plain(event) and event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Up):
            self._at = max(self._at - 1, 0)
            self._describe()
        elif is_plain(event) and event.key() == Qt.Key.Key_N:
            self.undone.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Confirm what was clicked: the upper line keeps, the lower one takes what was typed."""
        row, inside = divmod(int(event.position().y()), ROW)
        if row < len(self._rows):
            self._at = row
            self._choose(keep=inside < ROW * 2 // 3)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw each field with both values; the one that will stand is bold and marked."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index in range(len(self._rows)):
            self._paint_row(painter, index)

    def _paint_row(self, painter: QPainter, index: int) -> None:
        colors, row = theme.tokens(), self._rows[index]
        box = QRect(1, index * ROW + 1, self.width() - 2, ROW - 4)
        current = index == self._at
        painter.setPen(QColor(colors.focus if current and self.hasFocus() else colors.line))
        painter.setBrush(QColor(colors.accent_weak if current else colors.surface))
        painter.drawRoundedRect(box, 6, 6)
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        painter.setPen(QColor(colors.muted))
        inside = box.adjusted(10, 4, -10, -4)
        painter.drawText(inside, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, row.label)
        kept = self._chosen.get(row.name)
        lines = ((self.tr("K  kept"), row.kept, kept is True), (self.tr("Enter  typed"), row.typed, kept is False))
        for place, (word, value, stands) in enumerate(lines):
            line = QRect(inside.left(), inside.top() + 16 + place * 18, inside.width(), 18)
            painter.setFont(theme.font(size_px=theme.LABEL_PX))
            painter.setPen(QColor(colors.muted))
            painter.drawText(line, _LEFT, ("✓ " if stands else "") + word)
            face = theme.font(weight=QFont.Weight.DemiBold if stands else QFont.Weight.Normal)
            painter.setFont(face)
            painter.setPen(QColor(colors.text))
            beside = line.adjusted(VALUES, 0, 0, 0)
            painter.drawText(beside, _LEFT, QFontMetrics(face).elidedText(value, Qt.TextElideMode.ElideRight, beside.width()))

    def _choose(self, *, keep: bool) -> None:
        self._chosen[self._rows[self._at].name] = keep
        if len(self._chosen) == len(self._rows):
            self.finished.emit([name for name, kept in self._chosen.items() if kept])
            return
        self._at = next(index for index, row in enumerate(self._rows) if row.name not in self._chosen)
        self._describe()

    def _describe(self) -> None:
        row = self._rows[self._at]
        words = self.tr("%1: kept %2, typed %3. Enter takes what was typed, K keeps what is there.")
        self.setAccessibleName(words.replace("%1", row.label).replace("%2", row.kept).replace("%3", row.typed))
        self.update()


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
