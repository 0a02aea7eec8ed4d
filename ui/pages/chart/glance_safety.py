"""The safety banner: blood thinners, allergies, opioids and what else matters, as pills that cannot be overlooked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.pages.chart.glance_facts import SafetyPill
from ui.pages.intake.flow import FlowRows, laid_out_once
from ui.widgets.labels import Pill, Tone

MOST_LETTERS = 60
_TONES: dict[str, Tone] = {"yes": "warning", "unsure": "warning", "not_asked": "info", "no": "neutral"}
_SIGNS = {"yes": "⚠ ", "unsure": "⚠ ", "not_asked": "? ", "no": ""}


class SafetyBanner(QWidget):
    """Pills side by side; those of the visit before serve again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Begin without a pill."""
        super().__init__(parent)
        self._pills: list[Pill] = []
        self._flow = FlowRows(self, gap_x=6, gap_y=6, grows=False)

    def show_pills(self, pills: Sequence[SafetyPill]) -> None:
        """Show these pills, in their order."""
        with laid_out_once(self):
            while len(self._pills) < len(pills):
                self._pills.append(Pill(parent=self))
                self._flow.addWidget(self._pills[-1])
            for widget, pill in zip(self._pills, pills, strict=False):
                widget.show_text(_SIGNS[pill.state] + _cut(pill.words), _TONES[pill.state])
                widget.setToolTip(pill.words)
                widget.setAccessibleName(pill.words)
            for place, widget in enumerate(self._pills):
                widget.setVisible(place < len(pills))
        self.setAccessibleName("; ".join(pill.words for pill in pills))

    def words(self) -> list[str]:
        """Return what the pills say, in their order."""
        return [pill.text() for pill in self._pills if not pill.isHidden()]


def _cut(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= MOST_LETTERS else line[: MOST_LETTERS - 1].rstrip() + "…"
