"""A line of the review: the question, and under it the answer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.patient.style import TARGET_PX
from ui.widgets.labels import label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerRow(QPushButton):
    """One question with its answer; pressed, it leads back to the question."""

    def __init__(self, question: str, answer: str, *, answered: bool, parent: QWidget | None = None) -> None:
        """Show both; what has no answer says so in words and with a sign."""
        super().__init__(parent)
        self.setAutoDefault(False)
        self.setAccessibleName(f"{question} {answer}")
        inside = QHBoxLayout(self)
        inside.setContentsMargins(12, 8, 12, 8)
        texts = QVBoxLayout()
        texts.setSpacing(2)
        self._labels = [
            label(question, "quiet", wrap=True),
            label(answer if answered else f"○ {answer}", "strong" if answered else "", tone="" if answered else "warning", wrap=True),
        ]
        for each in self._labels:
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            texts.addWidget(each)
        inside.addLayout(texts, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setMinimumHeight(TARGET_PX)

    def answer(self) -> str:
        """Return what is shown as the answer."""
        return self._labels[1].text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press, as Space does."""
        if event.key() in _ENTER:
            self.click()
        else:
            super().keyPressEvent(event)
