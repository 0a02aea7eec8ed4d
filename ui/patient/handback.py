"""The last screen: nothing of the answers is on it, and only a member of the staff leads on from it."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from intake.domain.text import Text
from intake.errors import IntakeError
from ui.failures import words_of
from ui.pages.sign_in import Credentials
from ui.patient import words
from ui.patient.answers import Line
from ui.patient.buttons import BigButton
from ui.patient.question_screen import Scrolled
from ui.patient.slots import Language
from ui.widgets.labels import label, set_tone
from ui.widgets.try_again import TryAgain

_WIDTH_PX = 560
_FORGET_MS = 60_000


class Why(Enum):
    """What led here: the words, and whether the patient may go back to the answers."""

    DONE = (words.HAND_BACK, words.HAND_BACK_NOTE, False)
    NOW = (words.HAND_NOW, words.HAND_NOW_NOTE, False)
    HELP = (words.HELP_TITLE, words.HELP_NOTE, True)

    @property
    def title(self) -> Text:
        """What the patient is asked to do."""
        return self.value[0]

    @property
    def note(self) -> Text:
        """What becomes of the answers."""
        return self.value[1]

    @property
    def goes_back(self) -> bool:
        """Whether the patient may go on with the answers without the staff."""
        return self.value[2]


class Secret(Line):
    """A password, hidden; it is never learned and never offered."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Build the field."""
        super().__init__(name, parent=parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(self.inputMethodHints() | Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoAutoUppercase)


class HandbackScreen(Scrolled):
    """Asks the patient to bring the screen to the desk. ``submitted`` carries what a member of the staff typed."""

    submitted = Signal(object)
    """:class:`ui.pages.sign_in.Credentials`; an empty login is that of who gave the screen away."""
    resumed = Signal()

    def __init__(self, why: Why, language: Language, parent: QWidget | None = None) -> None:
        """Say why, in the patient's language; the desk's part is in its own."""
        super().__init__(parent)
        self.why = why
        self.login_field = Line(self.tr("Login of a member of the staff"))
        self.login_field.setPlaceholderText(self.tr("Login (empty: who gave the screen)"))
        self.password_field = Secret(self.tr("Password"))
        self.password_field.setPlaceholderText(self.tr("Password"))
        self.take_button = BigButton(self.tr("Take the screen back"))
        self.note = label("", tone="warning", wrap=True)
        self.resume_button = BigButton(words.GO_ON.in_language(language), primary=True)
        self.wait = TryAgain(self.take_button, self)
        self._forget = QTimer(self)
        self._forget.setSingleShot(True)
        self._forget.setInterval(_FORGET_MS)
        self._forget.timeout.connect(self._clear)
        self._arrange(language)
        self._connect()

    def refuse(self, error: IntakeError) -> None:
        """Say why the screen was not taken back; after a wrong try the next one has to wait."""
        if not self.wait.begin(error, self.tr("Login or password is wrong."), self.say):
            self.say(words_of(error))
        self.password_field.clear()
        self.password_field.setFocus()

    def say(self, text: str) -> None:
        """Say something at the password."""
        self.note.setText(text)
        self.note.setVisible(bool(text))
        set_tone(self.note, "warning")

    def go_to(self, path: str = "") -> None:
        """Put the keyboard where the staff types."""
        (self.resume_button if self.why.goes_back else self.password_field).setFocus()

    def _arrange(self, language: Language) -> None:
        title = label(self.why.title.in_language(language), "title", wrap=True)
        note = label(self.why.note.in_language(language), wrap=True)
        for line in (title, note):
            line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setAccessibleName(title.text())
        self.setAccessibleDescription(note.text())
        card = QFrame()
        card.setObjectName("box")
        card.setMaximumWidth(_WIDTH_PX)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(24, 20, 24, 22)
        inside.setSpacing(12)
        inside.addWidget(label(self.tr("For the staff"), "quiet"))
        for each in (self.login_field, self.password_field, self.note, self.take_button):
            inside.addWidget(each)
        self.note.hide()
        self.column.addStretch(2)
        self.column.addWidget(title)
        self.column.addWidget(note)
        self.column.addWidget(self.resume_button, 0, Qt.AlignmentFlag.AlignHCenter)
        self.resume_button.setVisible(self.why.goes_back)
        self.column.addSpacing(20)
        holder = QWidget()
        centered = QVBoxLayout(holder)
        centered.setContentsMargins(0, 0, 0, 0)
        centered.addWidget(card)
        holder.setMaximumWidth(_WIDTH_PX)
        self.column.addWidget(holder, 0, Qt.AlignmentFlag.AlignHCenter)
        card.setMinimumWidth(min(_WIDTH_PX, 420))
        self.column.addStretch(3)

    def _connect(self) -> None:
        self.login_field.returnPressed.connect(self.password_field.setFocus)
        self.password_field.returnPressed.connect(self._submit)
        self.take_button.clicked.connect(self._submit)
        self.resume_button.clicked.connect(self.resumed)
        for field in (self.login_field, self.password_field):
            field.typed.connect(self._forget.start)

    def _clear(self) -> None:
        """Forget what was typed and left standing."""
        self.login_field.clear()
        self.password_field.clear()

    def _submit(self) -> None:
        if not self.take_button.isEnabled():
            return
        if not self.password_field.text():
            self.say(self.tr("Type your password."))
            self.password_field.setFocus()
            return
        self.say("")
        self.take_button.setEnabled(False)
        self.submitted.emit(Credentials(login=self.login_field.text().strip(), password=self.password_field.text()))
