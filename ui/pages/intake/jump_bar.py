"""The sections as chips on top of the form: what is done, what is next, and a way to jump."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import theme
from ui.pages.intake.flow import FlowRows
from ui.pages.intake.form_marks import SIGN
from ui.pages.intake.plan import SECTIONS, SHORT_NAMES, SectionPlan

CHIP_HEIGHT = 26
PADDING = 10


class JumpChip(QWidget):
    """One section: its number and name, a tick when it is done, tinted when it is, ringed when the keyboard is in it.

    A section with values from a form tells how many of them nobody has confirmed.
    """

    pressed = Signal()

    def __init__(self, number: int, name: str, parent: QWidget | None = None) -> None:
        """Show a section that is not done."""
        super().__init__(parent)
        self._number = number
        self._name = name
        self._state = ""
        self._suffix = ""
        self._to_confirm = 0
        self._current: bool | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state("", current=False)

    def show_state(self, state: str, *, current: bool, suffix: str = "", to_confirm: int = 0) -> None:
        """Show ``done``, ``wrong`` or neither; ``suffix`` is a counter behind the name."""
        if (state, current, suffix, to_confirm) == (self._state, self._current, self._suffix, self._to_confirm):
            return
        self._state, self._current, self._suffix, self._to_confirm = state, current, suffix, to_confirm
        said = {"done": self.tr("done"), "wrong": self.tr("needs attention")}.get(state, self.tr("open"))
        if to_confirm:
            said = self.tr("%1, %2 from the form to confirm").replace("%1", said).replace("%2", str(to_confirm))
        self.setAccessibleName(f"{self._number} {self._name} {suffix}".strip())
        self.setAccessibleDescription(said)
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return what the chip says."""
        sign = {"done": "✓ ", "wrong": "⚠ "}.get(self._state, "")
        left = f"{SIGN} {self._to_confirm}" if self._to_confirm else ""
        return " ".join(part for part in (f"{sign}{self._number} {self._name}", self._suffix, left) if part)

    def sizeHint(self) -> QSize:
        """Return the size with room for the bold face, so that nothing moves."""
        bold = QFontMetrics(theme.font(size_px=12, weight=QFont.Weight.DemiBold))
        return QSize(bold.horizontalAdvance(self.words()) + 2 * PADDING, CHIP_HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump."""
        self.pressed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the chip."""
        colors = theme.tokens()
        ground, ink, edge = {
            "done": (colors.ok_weak, colors.ok, colors.ok_weak),
            "wrong": (colors.danger_weak, colors.danger, colors.danger_weak),
            "form": (colors.info_weak, colors.info, colors.info_weak),
        }.get(self._state or ("form" if self._to_confirm else ""), (colors.surface, colors.muted, colors.line))
        if self._current:
            edge = ink = colors.accent
            ground = colors.surface
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(edge), 1.4 if self._current else 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 12, 12)
        painter.setPen(QColor(ink))
        painter.setFont(theme.font(size_px=12, weight=QFont.Weight.DemiBold if self._current else QFont.Weight.Normal))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words())


class JumpBar(QWidget):
    """All sections side by side. ``chosen`` carries the key of the section to go to."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build a chip per section."""
        super().__init__(parent)
        self._chips: dict[str, JumpChip] = {}
        self._states: dict[str, tuple[str, str, int]] = {}
        self._current = ""
        self._flow = FlowRows(self, gap_x=6, gap_y=6, grows=False)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for number, plan in enumerate(SECTIONS, 1):
            chip = JumpChip(number, _name(plan))
            chip.pressed.connect(partial(self.chosen.emit, plan.key))
            self._chips[plan.key] = chip
            self._flow.addWidget(chip)

    def show_state(self, key: str, state: str, suffix: str = "", to_confirm: int = 0) -> None:
        """Show how far a section is, and how many values of a form are still to be confirmed in it."""
        self._states[key] = (state, suffix, to_confirm)
        self._chips[key].show_state(state, current=key == self._current, suffix=suffix, to_confirm=to_confirm)

    def show_current(self, key: str) -> None:
        """Show which section the keyboard is in."""
        self._current = key
        for each, chip in self._chips.items():
            state, suffix, to_confirm = self._states.get(each, ("", "", 0))
            chip.show_state(state, current=each == key, suffix=suffix, to_confirm=to_confirm)

    def words(self) -> Sequence[str]:
        """Return what the chips say."""
        return [chip.words() for chip in self._chips.values()]


def _name(plan: SectionPlan) -> str:
    return QCoreApplication.translate("Intake", SHORT_NAMES.get(plan.key, plan.title))
