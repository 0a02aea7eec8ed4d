"""The figure that counts: what is lost with the disk now, and how long ago a backup was proven."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.actions.backup_targets import BackupState
from ui.pages.backup.words import ago_words, figure_words
from ui.printrun.bar import RunBar
from ui.widgets.buttons import Button
from ui.widgets.card import Card
from ui.widgets.labels import label, set_tone

_PARTS = 1000


class Figure(Card):
    """One sentence, one line under it, and the button; a bar while a copy is being written."""

    pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it without words."""
        super().__init__(parent=parent)
        self.lost_label, self.proven_label = label("", "title", wrap=True), label("", wrap=True)
        self.now_button = Button(self.tr("Back up now"), key="B", primary=True)
        self.bar = RunBar()
        self.bar.hide()
        self.now_button.clicked.connect(self.pressed)
        words = QVBoxLayout()
        words.setSpacing(4)
        for each in (self.lost_label, self.proven_label):
            words.addWidget(each)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addLayout(words, 1)
        across.addWidget(self.now_button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(across)
        self.body.addWidget(self.bar)

    def show_state(self, state: BackupState, now: datetime) -> None:
        """Show how it stands."""
        self.lost_label.setText(figure_words(state, now))
        if state.proven_at is None:
            words = self.tr("⚠ No backup was proven yet.")
        else:
            words = self.tr("✓ Last proven restore: %1.").replace("%1", ago_words(state.proven_at, now))
        late = state.late(now)
        self.proven_label.setText(words if not late or state.proven_at is None else words.replace("✓", "⚠"))
        set_tone(self.proven_label, "warning" if late else "ok")
        self.set_tone("warning" if late else "")
        self.setAccessibleName(f"{self.lost_label.text()} {words}")

    def show_progress(self, part: float) -> None:
        """Show how far a copy is, nothing when it is done."""
        self.bar.setVisible(part < 1)
        self.bar.show_share(round(part * _PARTS), _PARTS)
