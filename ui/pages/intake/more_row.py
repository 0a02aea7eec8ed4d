"""The row that opens the rarely asked fields of a section."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.widgets.buttons import LinkButton
from ui.widgets.labels import KeyHint, label

MOST_NAMES = 4


class MoreRow(QWidget):
    """A link that names what it opens, and the key that does the same."""

    toggled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the row, hidden until there is something to open."""
        super().__init__(parent)
        self._link = LinkButton(self.tr("More"))
        self._link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._names = label("", "hint")
        self._link.clicked.connect(self._toggle)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self._link)
        line.addWidget(self._names)
        line.addWidget(KeyHint(self.tr("Ctrl M")))
        line.addStretch(1)
        self.hide()

    def show_names(self, names: Sequence[str], *, opened: bool) -> None:
        """Name what is hidden; without anything to open there is no row."""
        listed = ", ".join(name.lower() for name in names[:MOST_NAMES]) + (" …" if len(names) > MOST_NAMES else "")
        self._link.setText(self.tr("Less") if opened else self.tr("More"))
        self._link.setAccessibleName(self.tr("Less") if opened else self.tr("More: %1").replace("%1", listed))
        self._names.setText("" if opened else listed)
        self.setVisible(bool(names))

    def _toggle(self) -> None:
        self.toggled.emit()
