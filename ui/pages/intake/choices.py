"""Answers side by side: picked by letter, digit, arrows and Space, or with the mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pages.intake.choice_paint import CHIP_HEIGHT, SEGMENT_HEIGHT, chip_rects, lead_width, paint_chips, paint_segments
from ui.pages.intake.hotkeys import hot_letters
from ui.pages.intake.keys import is_advance, is_plain, is_retreat

_ONE_LINE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """One answer: its code, its label, and the letter that picks it when that is not taken from the label."""

    code: str
    label: str
    letter: str = ""


class Choices(QWidget):
    """One question's answers as joined buttons (``joined``) or as separate chips, one or several of them picked.

    ``picked`` carries the codes after a person changed them; ``advanced`` and ``retreated`` ask for the next and the previous
    field; ``entered`` is Right on a question whose details stand beside it.
    """

    picked = Signal(list)
    advanced = Signal()
    retreated = Signal()
    entered = Signal()

    def __init__(
        self,
        name: str,
        picks: Sequence[Pick],
        *,
        several: bool = False,
        joined: bool = True,
        enters: bool = False,
        lead: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show the answers of the question ``name``; ``lead`` is written before the chips, ``enters`` gives Right to ``entered``."""
        super().__init__(parent)
        self._several = several
        self._joined = joined
        self._enters = enters
        self._codes: list[str] = []
        self._cursor = 0
        self._rects: list[QRect] = []
        self._measured: dict[int, list[QRect]] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed if joined else QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(not joined)
        self.setSizePolicy(policy)
        self.show_picks(name, picks, lead=lead)

    def show_picks(self, name: str, picks: Sequence[Pick], *, lead: str = "") -> None:
        """Change the words, for another language; what is picked stays."""
        self.name = name
        self.picks = tuple(picks)
        self.lead = lead
        self._measured = {}
        letters = hot_letters([pick.label for pick in picks])
        self.letters = tuple(pick.letter or letter for pick, letter in zip(picks, letters, strict=True))
        self._relayout()
        self._tell()

    def is_state(self) -> bool:
        """Tell whether this answers a question whose details stand beside it."""
        return self._enters

    def codes(self) -> list[str]:
        """Return what is picked, in the order of the answers."""
        return list(self._codes)

    def show_codes(self, codes: Sequence[str]) -> None:
        """Show what is picked, without telling anyone."""
        self._codes = [pick.code for pick in self.picks if pick.code in codes]
        if self._codes and not self._several:
            self._cursor = self._index(self._codes[0])
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size on one line."""
        if self._joined:
            return QSize(150, SEGMENT_HEIGHT)
        rects = self._chips(_ONE_LINE)
        return QSize((rects[-1].right() if rects else 0) + 4, CHIP_HEIGHT + 4)

    def minimumSizeHint(self) -> QSize:
        """Return a width at which the longest chip still fits."""
        return QSize(60, self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Chips wrap, joined buttons do not."""
        return not self._joined

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped chips."""
        if self._joined:
            return SEGMENT_HEIGHT
        rects = self._chips(width)
        return (rects[-1].bottom() + 3) if rects else CHIP_HEIGHT

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick, move, clear or go on."""
        if is_advance(event) or (is_plain(event) and event.key() == Qt.Key.Key_Down):
            self.advanced.emit()
        elif is_retreat(event) or (is_plain(event) and event.key() == Qt.Key.Key_Up):
            self.retreated.emit()
        elif not is_plain(event) or not self._answered_by(event):
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Pick what was clicked; a second click takes it back."""
        for index, rect in enumerate(self._rects):
            if event.button() is Qt.MouseButton.LeftButton and rect.contains(event.position().toPoint()):
                self._cursor = index
                self._toggle(index)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the places of the answers again."""
        super().resizeEvent(event)
        self._relayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the answers; colour is never alone: what is picked is also bold and filled."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._joined:
            paint_segments(painter, self, self._rects, self._codes)
        else:
            paint_chips(painter, self, self._rects, self._codes, self._cursor)

    def _answered_by(self, event: QKeyEvent) -> bool:
        key, text = event.key(), event.text().casefold()
        if key in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._set([])
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(1 if key == Qt.Key.Key_Right else -1)
        elif key == Qt.Key.Key_Space:
            self._toggle(self._cursor)
        elif text and text in self.letters:
            self._pick(self.letters.index(text))
        elif text.isdecimal() and 0 < int(text) <= len(self.picks):
            self._pick(int(text) - 1)
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        """Move between the answers; joined buttons are radio buttons, so that the answer moves along."""
        if self._enters:
            if step > 0:
                self.entered.emit()
            return
        self._cursor = min(max(self._cursor + step, 0), len(self.picks) - 1)
        if self._joined:
            self._set([self.picks[self._cursor].code])
        self.update()

    def _pick(self, index: int) -> None:
        self._cursor = index
        if self._several:
            self._toggle(index)
            return
        self._set([self.picks[index].code])
        self.advanced.emit()

    def _toggle(self, index: int) -> None:
        code = self.picks[index].code
        if self._several:
            self._set([kept for kept in self._codes if kept != code] if code in self._codes else [*self._codes, code])
        else:
            self._set([] if self._codes == [code] else [code])

    def _set(self, codes: list[str]) -> None:
        before = self._codes
        self.show_codes(codes)
        if self._codes != before:
            self.picked.emit(self.codes())

    def _index(self, code: str) -> int:
        return next(index for index, pick in enumerate(self.picks) if pick.code == code)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew in another font."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._measured = {}

    def _chips(self, width: int) -> list[QRect]:
        """Return the places of the chips at a width; layouts ask many times over."""
        if width not in self._measured:
            metrics = self.fontMetrics()
            self._measured[width] = chip_rects(metrics, [pick.label for pick in self.picks], lead_width(metrics, self.lead), width)
        return self._measured[width]

    def _relayout(self) -> None:
        if self._joined:
            weights = [self.fontMetrics().horizontalAdvance(pick.label) + 18 for pick in self.picks]
            total = max(sum(weights), 1)
            edges = [round(self.width() * sum(weights[:index]) / total) for index in range(len(self.picks) + 1)]
            self._rects = [QRect(left, 0, right - left, self.height()) for left, right in pairwise(edges)]
        else:
            self._rects = self._chips(self.width())
        self.updateGeometry()
        self.update()

    def _tell(self) -> None:
        """Say name, answer and keys to a screen reader."""
        given = ", ".join(pick.label for pick in self.picks if pick.code in self._codes) or self.tr("not asked")
        keys = ", ".join(f"{letter.upper()} {pick.label}" for letter, pick in zip(self.letters, self.picks, strict=True))
        self.setAccessibleName(self.name)
        self.setAccessibleDescription(self.tr("%1. Keys: %2. Delete: not asked.").replace("%1", given).replace("%2", keys))
