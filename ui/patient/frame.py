"""What stands around every screen: where one is, the other language, help; back, skip, next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from ui.patient import words
from ui.patient.buttons import BigButton
from ui.patient.slots import Language
from ui.patient.style import NARROW_PX
from ui.widgets.labels import label


class Head(QFrame):
    """The part of the form and how far it is, the other language, and the way to help."""

    switched = Signal()
    help_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it in English; :meth:`show_language` changes the words."""
        super().__init__(parent)
        self.setObjectName("head")
        self.step = label("", "strong")
        self.language_button = BigButton("")
        self.help_button = BigButton("", quiet=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        for each in (self.language_button, self.help_button):
            each.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self.step, 1)
        line.addWidget(self.help_button)
        line.addWidget(self.language_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 8, 20, 10)
        column.setSpacing(8)
        column.addLayout(line)
        column.addWidget(self.bar)
        self.language_button.clicked.connect(self.switched)
        self.help_button.clicked.connect(self.help_asked)

    def show_language(self, language: Language) -> None:
        """Say everything in this language; the other one is named in itself."""
        self.language_button.set_words(words.SWITCH.in_language(language))
        self.help_button.set_words(words.HELP.in_language(language))

    def show_step(self, text: str, *, done: int, of: int) -> None:
        """Say which part this is, and how far the form is filled in."""
        self.step.setText(text)
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(done)
        self.bar.setAccessibleName(text)


class Foot(QFrame):
    """Back, skip, next, and the keyboard of the screen."""

    back = Signal()
    skip = Signal()
    onward = Signal()
    keyboard_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it without words."""
        super().__init__(parent)
        self.setObjectName("foot")
        self.back_button = BigButton()
        self.skip_button = BigButton(quiet=True)
        self.keyboard_button = BigButton(quiet=True)
        self.next_button = BigButton(primary=True)
        line = QHBoxLayout(self)
        line.setContentsMargins(20, 10, 20, 10)
        line.setSpacing(10)
        line.addWidget(self.back_button)
        line.addStretch(1)
        line.addWidget(self.keyboard_button)
        line.addWidget(self.skip_button)
        line.addWidget(self.next_button)
        self.next_button.setMinimumWidth(180)
        self.back_button.clicked.connect(self.back)
        self.skip_button.clicked.connect(self.skip)
        self.next_button.clicked.connect(self.onward)
        self.keyboard_button.clicked.connect(self.keyboard_asked)

    def follow(self, widget: QWidget) -> None:
        """Be where Tab goes after this widget."""
        for button in (self.back_button, self.keyboard_button, self.skip_button, self.next_button):
            QWidget.setTabOrder(widget, button)
            widget = button

    def show_language(self, language: Language) -> None:
        """Say everything in this language."""
        narrow = self.width() < NARROW_PX
        self.back_button.set_words(words.BACK.in_language(language))
        self.skip_button.set_words(words.SKIP.in_language(language))
        self.keyboard_button.set_words(words.KEYBOARD.in_language(language))
        self.keyboard_button.setText("⌨" if narrow else words.KEYBOARD.in_language(language))


class Notice(QFrame):
    """A word to the patient between the head and the questions."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build it hidden."""
        super().__init__(parent)
        self.setObjectName("notice")
        self._title = label("", "strong", wrap=True)
        self._note = label("", wrap=True)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 12, 20, 12)
        for each in (self._title, self._note):
            each.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            inside.addWidget(each)
        self.hide()

    def say(self, title: str, note: str = "") -> None:
        """Say something until it is hidden."""
        self._title.setText(title)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.setAccessibleName(title)
        self.setAccessibleDescription(note)
        self.show()
