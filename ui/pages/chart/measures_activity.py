"""One activity of the patient's choice with its rating."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.pages.chart.note_field import NoteField
from ui.pages.chart.snippets_line import NoteLine

_SCORE_WIDTH = 56


class ActivityRow(QWidget):
    """What it is, in the patient's words, and how well it goes."""

    def __init__(self, number: int, name_field: NoteLine, score_field: NoteLine, parent: QWidget | None = None) -> None:
        """Build the row; ``number`` counts from 1."""
        super().__init__(parent)
        self.name_field = name_field
        self.score_field = score_field
        for field in (name_field, score_field):
            field.setProperty("kind", "small")
        name_field.setPlaceholderText(self.tr("Activity"))
        name_field.setAccessibleName(self.tr("Activity %1").replace("%1", str(number)))
        score_field.setPlaceholderText("0-10")
        score_field.setFixedWidth(_SCORE_WIDTH)
        score_field.setAccessibleName(self.tr("Activity %1, 0 unable to 10 as before").replace("%1", str(number)))
        line = QWidget()
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(8)
        across.addWidget(name_field, 1)
        across.addWidget(score_field)
        self.box = NoteField("", line)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.box)

    def show_activity(self, name: str, score: str) -> None:
        """Show a name and a rating as typed."""
        self.name_field.show_value(name)
        self.score_field.show_value(score)

    def activity(self) -> dict[str, str]:
        """Return both as typed."""
        return {"name": self.name_field.text(), "score": self.score_field.text()}

    def set_writable(self, *, on: bool) -> None:
        """Let it be typed into, or only read."""
        self.name_field.lock(on=not on)
        self.score_field.lock(on=not on)
