"""Asked once before a patient gets the screen: into which intake, and on which screen."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QScreen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.dialogs.overlay import Overlay
from ui.widgets.buttons import Button
from ui.widgets.card import row
from ui.widgets.labels import label

_WIDTH = 520
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class GivingCard(Overlay):
    """Says what happens; a button for each screen. ``chosen`` carries the screen."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        """Build it hidden."""
        super().__init__(parent, width=_WIDTH)
        self._into = label("", "strong", wrap=True)
        self._on_record = label(
            self.tr("Nothing of this patient's record is shown: name, address and phone are not asked. Ask for changes by voice."),
            "muted",
            wrap=True,
        )
        self.begin_buttons: list[Button] = []
        self._buttons = QHBoxLayout()
        self.cancel_button = Button(self.tr("Cancel"), key="Esc")
        self.cancel_button.clicked.connect(self.close_over)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 18, 20, 18)
        inside.setSpacing(12)
        inside.addWidget(label(self.tr("Hand the screen to the patient"), "place"))
        inside.addWidget(self._into)
        inside.addWidget(
            label(
                self.tr(
                    "The patient sees the questions and nothing else. The screen comes back with your password, or with the login of "
                    "anyone on the staff. The answers stay a draft until you save them."
                ),
                "muted",
                wrap=True,
            )
        )
        inside.addWidget(self._on_record)
        self._buttons.setSpacing(8)
        inside.addLayout(self._buttons)
        self.setAccessibleName(self.tr("Hand the screen to the patient"))

    def ask(self, title: str, *, on_record: bool, screens: Sequence[QScreen], here: QScreen) -> None:
        """Offer every screen, the one the desk works on first."""
        self._into.setText(self.tr("Into the intake: %1").replace("%1", title) if title else self.tr("Into a new intake"))
        self._on_record.setVisible(on_record)
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self.cancel_button:
                widget.deleteLater()
        others = [screen for screen in screens if screen is not here]
        begin = Button(self.tr("Begin on this screen") if others else self.tr("Begin"), key="Enter", primary=True)
        begin.clicked.connect(partial(self._choose, here))
        self.begin_buttons = [begin]
        for place, screen in enumerate(others, start=2):
            other = Button(self.tr("Begin on screen %1").replace("%1", str(place)))
            other.clicked.connect(partial(self._choose, screen))
            self.begin_buttons.append(other)
        self._buttons.addLayout(row(*self.begin_buttons, self.cancel_button))
        self.open()
        begin.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin with Enter."""
        if event.key() in _ENTER and self.begin_buttons:
            self.begin_buttons[0].click()
        else:
            super().keyPressEvent(event)

    def _choose(self, screen: QScreen) -> None:
        self.close_over()
        self.chosen.emit(screen)
