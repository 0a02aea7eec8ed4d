"""What is seen while the window waits for the last backup: how far it is, and a way not to wait."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ui.pages.front import Front
from ui.printrun.bar import RunBar
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.labels import label

_PARTS = 1000


class ClosingPage(Front):
    """Everybody is signed out by then. ``skipped`` closes without the backup."""

    skipped = Signal()

    def __init__(self, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page with an empty bar."""
        super().__init__(training=training, parent=parent)
        self.bar = RunBar()
        self.bar.setAccessibleName(self.tr("How far the last backup is"))
        self.bar.show_share(0, _PARTS)
        self.skip_button = Button(self.tr("Close now, without it"), key="Esc")
        told = self.tr("You are signed out, and what you typed is kept. A last backup is written; then the window closes by itself.")
        body = self.card.body
        body.addWidget(label(self.tr("Closing"), "place"))
        body.addWidget(label(told, "muted", wrap=True))
        body.addWidget(self.bar)
        body.addLayout(row(self.skip_button))
        self.skip_button.clicked.connect(self.skipped)
        QShortcut(QKeySequence("Esc"), self, self.skipped.emit, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self.setAccessibleName(self.tr("Closing"))
        self.setAccessibleDescription(told)
        self.setFocusProxy(self.skip_button)

    def show_progress(self, part: float) -> None:
        """Show how much of the backup is written."""
        self.bar.show_share(round(part * _PARTS), _PARTS)
