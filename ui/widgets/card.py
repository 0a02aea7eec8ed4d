"""A card: the surface work lies on."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.widgets.labels import label, set_tone


class Card(QFrame):
    """A bordered surface with an optional title row; put content into :attr:`body`."""

    def __init__(self, title: str = "", subtitle: str = "", *, tone: str = "", parent: QWidget | None = None) -> None:
        """Build the card; ``tone`` is empty, ``warning``, ``danger`` or ``sunken``."""
        super().__init__(parent)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.setSpacing(8)
        self.title_label = label(title, "title")
        self.subtitle_label = label(subtitle, "muted")
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addWidget(self.title_label)
        self._head.addWidget(self.subtitle_label)
        self._head.addStretch(1)
        if title:
            outer.addLayout(self._head)
            self.setAccessibleName(title)
        else:
            self.title_label.setParent(None)
            self.subtitle_label.setParent(None)
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        outer.addLayout(self.body, 1)
        self.set_tone(tone)

    def add_beside_title(self, widget: QWidget) -> None:
        """Put a widget right after the title and subtitle."""
        self._head.insertWidget(self._head.count() - 1, widget)

    def add_trailing(self, widget: QWidget) -> None:
        """Put a widget at the right end of the title row."""
        self._head.addWidget(widget)

    def set_tone(self, tone: str) -> None:
        """Tint the card's edge: ``""``, ``warning``, ``danger``, ``sunken``."""
        set_tone(self, tone)

    def set_subtitle(self, text: str) -> None:
        """Change the quiet words after the title."""
        self.subtitle_label.setText(text)


def row(*widgets: QWidget, spacing: int = 8, stretch: bool = True) -> QHBoxLayout:
    """Return widgets side by side, with the rest of the width left free."""
    line = QHBoxLayout()
    line.setSpacing(spacing)
    for widget in widgets:
        line.addWidget(widget)
    if stretch:
        line.addStretch(1)
    return line
