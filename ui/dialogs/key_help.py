"""F1: the keys of the place you are in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.dialogs.overlay import Overlay
from ui.pages.page import Key
from ui.widgets.labels import KeyHint, label


class KeyHelp(Overlay):
    """Two columns: the keys here, and the keys everywhere."""

    def __init__(self, parent: QWidget) -> None:
        """Build it empty."""
        super().__init__(parent, width=720)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Keys here"))
        self._inside = QVBoxLayout(self)
        self._inside.setContentsMargins(20, 16, 20, 16)
        self._content: QWidget | None = None

    def show_keys(self, place: str, here: Sequence[Key], everywhere: Sequence[Key]) -> None:
        """Open with the keys of a place."""
        if self._content is not None:
            self._inside.removeWidget(self._content)
            self._content.deleteLater()
        self._content = QWidget()
        columns = QHBoxLayout(self._content)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(32)
        columns.addLayout(_column(place, here), 1)
        columns.addLayout(_column(self.tr("Everywhere"), everywhere), 1)
        self._inside.addWidget(self._content)
        said = "; ".join(f"{' '.join(key.keys)} {key.text}" for key in (*here, *everywhere))
        self.setAccessibleDescription(said)
        self.open()


def _column(title: str, keys: Sequence[Key]) -> QVBoxLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(7)
    grid.setColumnStretch(1, 1)
    for at, key in enumerate(keys):
        caps = QHBoxLayout()
        caps.setSpacing(4)
        for each in key.keys:
            caps.addWidget(KeyHint(each))
        caps.addStretch(1)
        grid.addLayout(caps, at, 0)
        grid.addWidget(label(key.text), at, 1)
    column = QVBoxLayout()
    column.setSpacing(12)
    column.addWidget(label(title, "title"))
    column.addLayout(grid)
    column.addStretch(1)
    return column
