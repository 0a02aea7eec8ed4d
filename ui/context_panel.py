"""The panel at the right of the work."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget


class ContextPanel(QFrame):
    """The panel at the right; each page may put its own widget there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it hidden."""
        super().__init__(parent)
        self._stack = QStackedWidget()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(16, 14, 16, 14)
        inside.addWidget(self._stack)
        self.setAccessibleName(self.tr("Context"))
        self.hide()

    def show_of(self, widget: QWidget | None) -> None:
        """Show a page's widget, or nothing."""
        if widget is not None:
            if self._stack.indexOf(widget) < 0:
                self._stack.addWidget(widget)
            self._stack.setCurrentWidget(widget)
        self.setVisible(widget is not None)
