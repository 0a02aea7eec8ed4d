"""A keyboard on the screen, for tablets without one: it types into the field that has the focus."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QInputDevice, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.patient.answers import Line, Lines
from ui.patient.rating import LetterKey
from ui.patient.slots import Language

_LETTERS: Final = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm,.-@")
_SPANISH: Final = ("1234567890", "qwertyuiop", "asdfghjklñ", "zxcvbnm,.-@", "áéíóúü¿¡")
_DIGITS: Final = ("123", "456", "789", "-0/")
_NAMES: Final = {
    ",": ("comma", "coma"), ".": ("period", "punto"), "-": ("hyphen", "guion"), "@": ("at sign", "arroba"), "/": ("slash", "barra"),
    "¿": ("opening question mark", "abre interrogación"), "¡": ("opening exclamation mark", "abre exclamación"),
}  # fmt: skip


def has_touch() -> bool:
    """Tell whether this machine has a screen that is touched."""
    return any(device.type() is QInputDevice.DeviceType.TouchScreen for device in QInputDevice.devices())


class Keyboard(QFrame):
    """Letters of the language, or digits where the field wants a number."""

    closed = Signal()

    def __init__(self, language: Language, parent: QWidget | None = None) -> None:
        """Build it hidden."""
        super().__init__(parent)
        self.setObjectName("keys")
        self._language: Language = language
        self._numeric: bool | None = None
        self._capital = False
        self._keys: list[LetterKey] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(12, 8, 12, 8)
        self._column.setSpacing(6)
        self._rows = QWidget()
        self._column.addWidget(self._rows)
        self.setAccessibleName("Teclado" if language == "es" else "Keyboard")
        self.hide()

    def follow(self, field: QWidget | None) -> None:
        """Offer what the field takes."""
        numeric = bool(getattr(field, "numeric", False))
        if numeric != self._numeric:
            self._numeric = numeric
            self._build()

    def type(self, text: str) -> None:
        """Type into the field that has the focus, as a key would."""
        self._send(Qt.Key.Key_unknown, text.upper() if self._capital else text)
        if self._capital:
            self._set_capital(on=False)

    def _send(self, key: Qt.Key, text: str = "") -> None:
        field = QApplication.focusWidget()
        if isinstance(field, Line | Lines):
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def _build(self) -> None:
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = QWidget()
        self._keys = []
        rows = QVBoxLayout(self._rows)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        spanish = self._language == "es"
        for letters in _DIGITS if self._numeric else _SPANISH if spanish else _LETTERS:
            row = QHBoxLayout()
            row.setSpacing(6)
            row.addStretch(1)
            for letter in letters:
                row.addWidget(self._letter(letter), 2)
            row.addStretch(1)
            rows.addLayout(row)
        rows.addLayout(self._last_row(spanish=spanish))
        self._column.addWidget(self._rows)

    def _letter(self, letter: str) -> LetterKey:
        key = LetterKey(letter, _NAMES.get(letter, (letter, letter))[self._language == "es"])
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setMaximumWidth(160 if self._numeric else 96)
        key.clicked.connect(partial(self.type, letter))
        self._keys.append(key)
        return key

    def _last_row(self, *, spanish: bool) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addStretch(1)
        self._shift = self._other("⇧", "Mayúscula" if spanish else "Capital letter")
        self._shift.setCheckable(True)
        self._shift.clicked.connect(lambda on: self._set_capital(on=on))
        space = self._other("␣" if self._numeric else ("espacio" if spanish else "space"), "Espacio" if spanish else "Space")
        space.clicked.connect(partial(self.type, " "))
        back = self._other("⌫", "Borrar" if spanish else "Delete the last letter")
        back.clicked.connect(lambda: self._send(Qt.Key.Key_Backspace))
        back.setAutoRepeat(True)
        onward = self._other("→", "Siguiente campo" if spanish else "Next field")
        onward.clicked.connect(lambda: self._send(Qt.Key.Key_Tab))
        close = self._other("▾", "Ocultar el teclado" if spanish else "Hide the keyboard")
        close.clicked.connect(self.closed)
        keys = [back, onward, close] if self._numeric else [self._shift, space, back, onward, close]
        for key in keys:
            row.addWidget(key, 6 if key is space else 2)
        row.addStretch(1)
        return row

    def _other(self, sign: str, name: str) -> LetterKey:
        key = LetterKey(sign, name, self._rows)
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return key

    def _set_capital(self, *, on: bool) -> None:
        self._capital = on
        self._shift.setChecked(on)
        for key in self._keys:
            key.setText(key.text().upper() if on else key.text().lower())
