"""The foot bar: the keys that work now, and the last thing that happened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.pages.page import Key
from ui.widgets.labels import ElidedLabel, KeyHint, label

HEIGHT = 32
SAID_MS = 12_000
_MARGIN = 20
_GAP = 16


class FootBar(QFrame):
    """Keys at the left, what was just done at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the bar, empty."""
        super().__init__(parent)
        self.setFixedHeight(HEIGHT)
        self._legend: list[QWidget] = []
        self._keys = QWidget()
        self._keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self._keys)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        self.said_label = ElidedLabel("")
        self.said_label.setProperty("tone", "ok")
        self.said_label.setAccessibleName(self.tr("Last message"))
        inside = QHBoxLayout(self)
        inside.setContentsMargins(_MARGIN, 0, _MARGIN, 0)
        inside.setSpacing(_GAP)
        inside.addWidget(self._keys, 1)
        inside.addWidget(self.said_label)
        self._help = _entry(Key(keys=("F1",), text=self.tr("keys here")))
        inside.addWidget(self._help)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAID_MS)
        self._timer.timeout.connect(self._forget)

    def show_keys(self, keys: Sequence[Key]) -> None:
        """Show the keys of the place; those that find no room are left to F1."""
        for each in self._legend:
            self._row.removeWidget(each)
            each.hide()
            each.deleteLater()
        self._legend = [_entry(key) for key in keys]
        for at, each in enumerate(self._legend):
            self._row.insertWidget(at, each)
        self._fit()

    def say(self, text: str) -> None:
        """Show a message for a while."""
        self.said_label.setText(text)
        self.said_label.setAccessibleDescription(text)
        self._timer.start()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many keys as the new width holds."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        taken = self.said_label.sizeHint().width() + self._help.sizeHint().width() + 2 * _GAP
        free = self.width() - taken - 2 * _MARGIN - _GAP
        for each in self._legend:
            free -= each.sizeHint().width() + self._row.spacing()
            each.setVisible(free >= 0)

    def _forget(self) -> None:
        self.said_label.clear()
        self._fit()


def _entry(key: Key) -> QWidget:
    entry = QWidget()
    inside = QHBoxLayout(entry)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.setSpacing(4)
    for each in key.keys:
        inside.addWidget(KeyHint(each))
    inside.addWidget(label(key.text, "legend"))
    return entry
