"""What patients fill in themselves: a form from home that is imported and looked through, and the screen in a patient's hands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.preview.worker import Worker
from ui.tour.chapter import CTRL_SHIFT, PASSWORD
from ui.tour.documents import DocumentsChapter
from ui.tour.forms import FormChapter
from ui.tour.steps import ENTER, SPACE, Photograph, Step, Tell, TourError, Until, Write, press

if TYPE_CHECKING:
    # Only for their types: loading the pages early would hide what opening them costs.
    from ui.patient.handback import HandbackScreen
    from ui.patient.mode import PatientMode

F3 = press(Qt.Key.Key_F3)
MOST_SECTIONS = 12
PATIENT = ("Prueba", "Elena")
"""Last and first name, as this patient types them."""


class FromPatientsChapter(FormChapter, DocumentsChapter):
    """It begins with the receptionist signed in."""

    def steps(self) -> Iterator[Step]:
        """Yield every step from the empty form to the screen that is back at the desk."""
        yield from self._import()
        yield from self._look_through()
        yield from self._give_screen()
        yield from self._answer()
        yield from self._take_back()

    def _import(self) -> Iterator[Step]:
        """Let a patient fill in the form, and drop the file on the window."""
        from ui.tour.filling import FILLED, fill_in  # noqa: PLC0415 - it brings the PDF libraries, after the window

        work = self._work()
        filled = partial(fill_in, self._out, work.desk.definitions, location=work.desk.location, now=self._clock())
        Worker(work).ask(filled, done=work.dropping.take)
        yield Until(what="the offer to import the filled form", holds=work.dropping.banner.button.hasFocus)
        yield ENTER
        yield Until(what="the draft from the form", holds=lambda: self._shows("IntakePage") and self._intake().form.is_built)
        marked = len(self._intake().document.to_confirm())
        yield Tell(text=f"answers filled in on the form: {len(FILLED)}; imported, each to be confirmed: {marked}")
        if marked != len({name.partition("::")[0] for name in FILLED}):
            raise TourError("the form lost an answer on its way")

    def _look_through(self) -> Iterator[Step]:
        document = self._intake().document
        first = len(document.to_confirm())
        yield F3
        yield Until(what="the first value confirmed", holds=lambda: len(document.to_confirm()) == first - 1)
        yield Photograph(name="form-imported")
        for _ in range(MOST_SECTIONS):
            if document.to_confirm():
                yield press(Qt.Key.Key_F3, Qt.KeyboardModifier.ShiftModifier)
        yield Until(what="every value confirmed", holds=lambda: not document.to_confirm())

    def _give_screen(self) -> Iterator[Step]:
        """Leave the draft, and give the screen to somebody else for a new one."""
        work = self._work()
        yield press(Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        yield Until(what="Today before the screen is given away", holds=lambda: self._shows("TodayPage"))
        yield press(Qt.Key.Key_P, CTRL_SHIFT)
        yield Until(what="the card that gives the screen away", holds=lambda: work.giving.card is not None and work.giving.card.isVisible())
        yield ENTER
        yield Until(what="the screen in the patient's hands", holds=lambda: work.giving.mode is not None and self._is_patients())

    def _answer(self) -> Iterator[Step]:
        """Choose Spanish, and answer the first questions."""
        from ui.patient.question_screen import QuestionScreen  # noqa: PLC0415 - patient mode is on: loaded already
        from ui.patient.welcome import WelcomeScreen  # noqa: PLC0415 - as above

        form = self._mode().form
        if not isinstance(form.shown, WelcomeScreen):
            raise TourError("the patient is not asked for a language first")
        yield from self._tab_to("Spanish", form.shown.buttons["es"])
        yield SPACE
        yield Until(what="the first questions in Spanish", holds=lambda: isinstance(form.shown, QuestionScreen) and form.language == "es")
        last, first = PATIENT
        yield Write(text=last)
        yield ENTER
        yield Write(text=first)
        yield Photograph(name="patient-mode")
        document = self._mode().document
        if (document.text("patient.legal_last"), document.text("patient.legal_first")) != PATIENT:
            raise TourError("the patient's answers are not in the draft")

    def _take_back(self) -> Iterator[Step]:
        """Call the staff from the patient's screen, and take it back with the password."""
        form = self._mode().form
        yield from self._tab_to("the way to help", form.head.help_button)
        yield SPACE
        yield Until(what="the screen that asks for the staff", holds=lambda: form.hidden_answers)
        yield from self._tab_to("the staff's password", self._handback().password_field)
        yield Photograph(name="handback")
        yield Write(text=PASSWORD)
        yield ENTER
        yield Until(what="the draft of what the patient answered", holds=self._has_draft)

    def _mode(self) -> PatientMode:
        mode = self._work().giving.mode
        if mode is None:
            raise TourError("no patient has the screen")
        return mode

    def _handback(self) -> HandbackScreen:
        from ui.patient.handback import HandbackScreen  # noqa: PLC0415 - as above

        shown = self._mode().form.shown
        if not isinstance(shown, HandbackScreen):
            raise TourError("the patient's screen does not ask for the staff")
        return shown

    def _is_patients(self) -> bool:
        return self._app.window.isHidden() and QApplication.activeWindow() is self._mode().windows.front

    def _has_draft(self) -> bool:
        if self._work().giving.mode is not None or not self._shows("IntakePage") or not self._intake().form.is_built:
            return False
        return self._intake().document.text("patient.legal_last") == PATIENT[0]
