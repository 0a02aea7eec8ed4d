"""Buttons, chips and quiet links."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from ui import theme
from ui.widgets.labels import KeyHint, label


class Button(QPushButton):
    """A button that shows the key that presses it. One on a screen is ``primary``."""

    def __init__(self, text: str, *, key: str = "", primary: bool = False, parent: QWidget | None = None) -> None:
        """Build the button; ``key`` is only shown, the shortcut itself belongs to the page."""
        super().__init__(parent)
        self.setProperty("primary", primary)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._words = label(text)
        self._inside = inside = QHBoxLayout(self)
        inside.setContentsMargins(13, 0, 13 if not key else 9, 0)
        inside.setSpacing(8)
        inside.addWidget(self._words, 0, Qt.AlignmentFlag.AlignCenter)
        if key:
            inside.addWidget(KeyHint(key), 0, Qt.AlignmentFlag.AlignVCenter)
        for child in self.findChildren(QWidget):
            child.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(text)

    def set_words(self, text: str) -> None:
        """Change what the button says."""
        self._words.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def words(self) -> str:
        """Return what the button says."""
        return self._words.text()

    def sizeHint(self) -> QSize:
        """Return the size of the words and the key."""
        return QSize(self._inside.sizeHint().width(), 30)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class Chip(QPushButton):
    """A small toggle: one of several answers, or a tab of a panel."""

    def __init__(self, text: str, *, checked: bool = False, parent: QWidget | None = None) -> None:
        """Build the chip."""
        super().__init__(text.replace("&", "&&"), parent)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        """Return room for the words in the weight they have when checked, so that nothing moves."""
        words = theme.metrics(size_px=theme.LABEL_PX, weight=QFont.Weight.DemiBold).horizontalAdvance(self.text())
        return QSize(math.ceil(words) + 20, 24)


class LinkButton(QPushButton):
    """A quiet action in running text."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        """Build the link."""
        super().__init__(text, parent)
        self.setFlat(True)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)
