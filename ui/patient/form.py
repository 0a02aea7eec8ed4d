"""The form in a patient's hands: screen after screen, a review, and the handback."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.pages.intake.document import IntakeDocument
from ui.patient import words
from ui.patient.answers import Line, Lines
from ui.patient.figure import DrawingScreen
from ui.patient.frame import Foot, Head, Notice
from ui.patient.handback import HandbackScreen, Why
from ui.patient.keyboard import Keyboard, has_touch
from ui.patient.plan import screens_of
from ui.patient.question_screen import QuestionScreen
from ui.patient.review import DRAWING, ReviewScreen
from ui.patient.slots import Language, Slot
from ui.patient.style import sheet
from ui.patient.welcome import WelcomeScreen
from ui.widgets.labels import label

WELCOME: Final = -1
LANGUAGE: Final = "patient.language"
_HIGH_PX: Final = 900
Shown = WelcomeScreen | QuestionScreen | DrawingScreen | ReviewScreen | HandbackScreen


class PatientForm(QWidget):
    """Everything a patient sees. ``submitted`` carries what staff typed on the handback, ``gave_back`` that it is shown."""

    submitted = Signal(object)
    gave_back = Signal()
    resumed = Signal()

    def __init__(self, document: IntakeDocument, *, on_record: bool, training: bool = False, parent: QWidget | None = None) -> None:
        """Begin with the choice of a language; ``on_record`` leaves out what the record of a known patient holds."""
        super().__init__(parent)
        self.setObjectName("patient")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(sheet())
        self.document = document
        self.screens = screens_of(document.definitions, on_record=on_record)
        self.language: Language = "en"
        self.place = WELCOME
        self._on_record = on_record
        self._from_review = False
        self._changed_last = ""
        self._by_touch = has_touch()
        self.head, self.foot = Head(), Foot()
        self.still_there, self.trouble = Notice(), Notice()
        self.keyboard = Keyboard(self.language)
        self.shown: Shown | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        if training:
            band = label(self.tr("TRAINING · invented patients only"), "band")
            band.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(band)
        for each in (self.head, self.still_there, self.trouble, self.foot, self.keyboard):
            self._column.addWidget(each)
        self._connect()
        self.go(WELCOME)

    @property
    def hidden_answers(self) -> bool:
        """Whether a handback is on screen, so that nothing of the answers is."""
        return isinstance(self.shown, HandbackScreen)

    def speak(self, language: Language) -> None:
        """Go on in a language; the first choice is kept for the desk unless a language is known."""
        self.language = language
        self._column.removeWidget(self.keyboard)
        self.keyboard.deleteLater()
        self.keyboard = Keyboard(language)
        self.keyboard.closed.connect(self._close_keyboard)
        self._column.addWidget(self.keyboard)
        if not self._on_record:
            self.document.propose(LANGUAGE, language)
        self.go(max(self.place, 0))

    def go(self, place: int, path: str = "") -> None:
        """Show a screen by its place, the review behind the last; the keyboard goes to a question."""
        self.place = place
        if place == WELCOME:
            welcome = WelcomeScreen(self.document.definitions.practice.name)
            welcome.chosen.connect(self.speak)
            self._show(welcome)
        elif place >= len(self.screens):
            self._from_review = True
            review = ReviewScreen(self.document, self.screens, self.language)
            review.chosen.connect(self._change)
            self._show(review, self._changed_last)
        else:
            screen = self.screens[place]
            kind = DrawingScreen if screen.drawing else QuestionScreen
            self._show(kind(self.document, screen, self.language), path)

    def _change(self, place: int, path: str) -> None:
        """Go from the review to an answer; the review comes back to it."""
        self._changed_last = path or DRAWING
        self.go(place, path)

    def onward(self) -> None:
        """Bring what lies below into sight; at the bottom go to the next screen that asks anything, or back to the review."""
        if isinstance(self.shown, QuestionScreen | DrawingScreen | ReviewScreen) and self.shown.has_more():
            self.shown.page_down()
        elif isinstance(self.shown, ReviewScreen):
            self.hand_back(Why.DONE)
        elif self._from_review:
            self.go(len(self.screens))
        else:
            self.go(self._next_place(1))

    def skip(self) -> None:
        """Leave the screen as it is: what has no answer stays not asked."""
        self.go(len(self.screens) if self._from_review else self._next_place(1))

    def back(self) -> None:
        """Go to the screen before that asks anything."""
        self._from_review = False
        self.go(self._next_place(-1))

    def hand_back(self, why: Why) -> None:
        """Put the answers out of sight until the screen is taken back; asking for help may be taken back by the patient."""
        handback = HandbackScreen(why, self.language)
        handback.submitted.connect(self.submitted)
        handback.resumed.connect(self._resume)
        self._show(handback)
        self.gave_back.emit()

    def _resume(self) -> None:
        self.go(self.place)
        self.resumed.emit()

    def _next_place(self, step: int) -> int:
        place = self.place + step
        while 0 <= place < len(self.screens) and not self.screens[place].applies(self.document):
            place += step
        return place

    def _show(self, screen: Shown, path: str = "") -> None:
        before, self.shown = self.shown, screen
        self.still_there.hide()
        self._column.insertWidget(self._column.indexOf(self.foot), screen, 1)
        if before is not None:
            before.hide()
            before.deleteLater()
        screen.bottomed.connect(self._tell_foot)
        if isinstance(screen, QuestionScreen | DrawingScreen):
            screen.answered.connect(self._tell_foot)
        if isinstance(screen, QuestionScreen):
            screen.ended.connect(self.foot.next_button.setFocus)
        if isinstance(screen, ReviewScreen):
            screen.built.connect(self._order_tabs)
        framed = not isinstance(screen, WelcomeScreen | HandbackScreen)
        self.foot.setVisible(framed)
        self._make_room()
        self._tell_head()
        self._tell_foot()
        self._focus_moved(None, None)
        screen.show()
        self._order_tabs()
        screen.go_to(path)

    def _order_tabs(self) -> None:
        """Have Tab come from the last answer to the way on: a screen is made later than what stands around it."""
        last, each = None, self.nextInFocusChain()
        while each is not None and each is not self:
            if self.shown is not None and self.shown.isAncestorOf(each) and each.focusPolicy() & Qt.FocusPolicy.TabFocus:
                last = each
            each = each.nextInFocusChain()
        if last is not None:
            self.foot.follow(last)

    def _tell_head(self) -> None:
        self.head.show_language(self.language)
        asked = [place for place, screen in enumerate(self.screens) if screen.applies(self.document)]
        done = sum(place < self.place for place in asked)
        if isinstance(self.shown, ReviewScreen):
            self.head.show_step(words.REVIEW.in_language(self.language), done=len(asked), of=len(asked))
        elif 0 <= self.place < len(self.screens):
            sections = list(dict.fromkeys(self.screens[place].section for place in asked))
            screen = self.screens[self.place]
            part = sections.index(screen.section) + 1 if screen.section in sections else 1
            told = words.STEP.in_language(self.language).replace("%1", str(part)).replace("%2", str(len(sections)))
            self.head.show_step(told, done=done, of=len(asked))

    def _tell_foot(self) -> None:
        language, shown = self.language, self.shown
        self.foot.show_language(language)
        more = isinstance(shown, QuestionScreen | DrawingScreen | ReviewScreen) and shown.has_more()
        ends = words.FINISH if isinstance(shown, ReviewScreen) else words.TO_REVIEW if self._from_review else words.NEXT
        self.foot.next_button.set_words(f"{words.MORE.in_language(language)} ↓" if more else ends.in_language(language))
        self.foot.skip_button.setVisible(isinstance(shown, QuestionScreen) and not self._from_review and self._has_unanswered(shown))
        self.foot.keyboard_button.setVisible(isinstance(shown, QuestionScreen) and self.keyboard.isHidden() and shown.can_write())

    def _has_unanswered(self, shown: QuestionScreen) -> bool:
        return any(not Slot(self.document, box.slot.question).answered() for box in shown.visible_boxes())

    def _connect(self) -> None:
        self.head.switched.connect(self._switch)
        self.head.help_asked.connect(self._help)
        self.foot.back.connect(self.back)
        self.foot.skip.connect(self.skip)
        self.foot.onward.connect(self.onward)
        self.foot.keyboard_asked.connect(self._open_keyboard)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def _switch(self) -> None:
        """Say everything in the other language, where one is."""
        self.speak("en" if self.language == "es" else "es")

    def _help(self) -> None:
        self.hand_back(Why.HELP)

    def _open_keyboard(self) -> None:
        """Show the keyboard, with the first line of the screen in hand if there was none."""
        self._by_touch = True
        if isinstance(self.shown, QuestionScreen) and not isinstance(QApplication.focusWidget(), Line | Lines):
            self.shown.write_first()
        self._focus_moved(None, QApplication.focusWidget())

    def _close_keyboard(self) -> None:
        self._by_touch = False
        self.keyboard.hide()
        self._tell_foot()
        self._make_room()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        """Show the keyboard of the screen where something is written by touch."""
        writes = isinstance(now, Line | Lines) and self.isAncestorOf(now)
        if writes:
            self.keyboard.follow(now)
        if self.keyboard.isHidden() is (writes and self._by_touch):
            self.keyboard.setVisible(writes and self._by_touch)
            self._tell_foot()
            self._make_room()

    def _make_room(self) -> None:
        """Give the head's room to the questions while the keyboard takes half of a low screen."""
        framed = not isinstance(self.shown, WelcomeScreen | HandbackScreen)
        self.head.setVisible(framed and (self.keyboard.isHidden() or self.height() >= _HIGH_PX))
