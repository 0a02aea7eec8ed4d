"""The story of the tour: a receptionist's morning, from the sign-in to the paper in the patient's hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from ui.app import App
from ui.tour.driver import Driver
from ui.tour.patient import ANSWERED, TYPED
from ui.tour.steps import DOWN, ENTER, SPACE, TAB, Photograph, Step, Tell, TourError, Until, Write, alt, ctrl, press

if TYPE_CHECKING:
    # Only for their types: loading the pages early would hide what opening them costs.
    from ui.main_window import MainWindow
    from ui.models.board import BoardModel
    from ui.pages.intake.page import IntakePage
    from ui.pages.page import Page
    from ui.pages.patients.page import PatientsPage
    from ui.pages.preview import PreviewPage
    from ui.pages.sign_in import SignInPage
    from ui.pages.today import TodayPage

PASSWORD = "training-clinic-1"  # noqa: S105 - of the training clinic's invented accounts, shown on its sign-in screen
CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
LONGEST_WALK = 400


class Story:
    """Yields the steps; each part begins where the one before ended."""

    def __init__(self, app: App, driver: Driver, out: Path) -> None:
        """Take the program, the driver that counts the keys, and the folder for the papers."""
        self._app = app
        self._driver = driver
        self._out = out

    def steps(self) -> Iterator[Step]:
        """Yield every step of the tour."""
        yield from self._sign_in("desk")
        yield from self._today()
        yield from self._new_patient()
        yield from self._paper("intake-new-patient.pdf")
        yield from self._on_today()
        yield from self._returning_patient()
        yield from self._find()
        yield from self._draft_survives_a_switch()

    def _sign_in(self, login: str) -> Iterator[Step]:
        yield Until(what="the sign-in with its ready accounts", holds=self._at_sign_in)
        if not self._driver.keystrokes:
            yield Photograph(name="sign-in")
        yield Write(text=login)
        yield TAB
        yield Write(text=PASSWORD)
        yield ENTER
        yield Until(what="today's visits after the sign-in", holds=lambda: self._shows("TodayPage") and self._rows() > 0)

    def _today(self) -> Iterator[Step]:
        yield Photograph(name="today")
        here = self._rows()
        yield alt(Qt.Key.Key_0)
        yield Until(what="the visits of all clinics", holds=lambda: self._rows() > here)
        yield Photograph(name="today-all-clinics")
        yield alt(Qt.Key.Key_2)
        yield Until(what="the visits of this clinic again", holds=lambda: self._rows() == here)
        yield press(Qt.Key.Key_F1)
        yield Until(what="the keys of this place", holds=self._work().key_help.isVisible)
        yield Photograph(name="keys-here")
        yield press(Qt.Key.Key_Escape)

    def _new_patient(self) -> Iterator[Step]:
        before = self._driver.keystrokes
        yield ctrl(Qt.Key.Key_N)
        yield from self._form_is_ready()
        yield from self._fill(until="visit.visit_type")
        yield Photograph(name="new-intake")
        yield from self._fill(until="answers.sx.stiff")
        typed = self._driver.keystrokes
        yield Photograph(name="checklist-in-spanish")
        yield press(Qt.Key.Key_F2)
        yield Photograph(name="checklist-in-english")
        yield press(Qt.Key.Key_F2)
        shown = self._driver.keystrokes - typed
        yield from self._fill(until="pain_drawing")
        yield from self._draw()
        yield Photograph(name="pain-drawing")
        yield ENTER
        yield from self._fill(until="")
        yield Photograph(name="notices-and-save")
        yield ctrl(Qt.Key.Key_S)
        yield Until(what="the record number after the save", holds=lambda: self._intake().saved is not None)
        spent = self._driver.keystrokes - before - shown
        yield Tell(text=f"keystrokes of a complete new-patient intake, checklist and drawing included: {spent}")
        yield Photograph(name="saved")
        yield ENTER

    def _paper(self, name: str) -> Iterator[Step]:
        yield Until(what="the intake form in the preview", holds=self._paper_is_shown)
        yield Photograph(name="preview")
        page, path = cast("PreviewPage", self._page("PreviewPage")), self._out / name
        path.unlink(missing_ok=True)
        page.save_to(path)
        yield Until(what="the saved PDF", holds=path.exists)

    def _on_today(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_T)
        name = f"{TYPED['patient.legal_last']}, {TYPED['patient.legal_first']}"
        yield Until(what="the new visit on Today", holds=lambda: name in self._names())
        yield Photograph(name="today-with-the-new-visit")

    def _returning_patient(self) -> Iterator[Step]:
        """Let the same person come back with day and month of her birth swapped, and be recognised."""
        yield ctrl(Qt.Key.Key_N)
        yield from self._form_is_ready()
        yield Write(text="Riverasample")
        yield ENTER
        yield Write(text="Ana Maria")
        yield ENTER
        yield Write(text="4385")
        yield ENTER
        yield Until(what="the possible match beside the form", holds=lambda: bool(self._intake().same_person.matches()))
        yield Photograph(name="same-person")
        yield press(Qt.Key.Key_F6)
        yield press(Qt.Key.Key_Escape)
        yield Until(what="the match still unanswered after Escape", holds=lambda: bool(self._intake().same_person.matches()))
        yield press(Qt.Key.Key_F6)
        yield ENTER
        yield Until(what="the comparison field by field", holds=lambda: self._intake().returning.record is not None)
        yield Photograph(name="which-is-right")

    def _find(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_K)
        yield Write(text="0148 riv")
        yield Until(what="the patient in the find box", holds=self._work().palette_box.isVisible)
        yield Photograph(name="find-anything")
        yield press(Qt.Key.Key_Escape)
        yield ctrl(Qt.Key.Key_F)
        yield Write(text="ana river")
        yield Until(
            what="the patient among those found",
            holds=lambda: self._found() > 0,
        )
        yield Photograph(name="patients")
        yield ENTER
        yield Until(what="the patient's record", holds=lambda: self._shows("PatientPage"))
        yield Until(what="the patient's visits", holds=lambda: self._page("PatientPage").title != "")
        yield Photograph(name="patient")

    def _draft_survives_a_switch(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_N)
        yield from self._form_is_ready()
        yield Write(text="Halfway")
        yield Until(what="the draft on disk", holds=lambda: self._intake().draft_id is not None)
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._sign_in("admin")
        yield Until(what="no draft of somebody else", holds=lambda: not self._drafts())
        yield ctrl(Qt.Key.Key_U)
        yield Until(what="the accounts of the practice", holds=lambda: self._shows("StaffPage"))
        yield Photograph(name="staff")
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._sign_in("desk")
        yield Until(what="the draft offered back", holds=lambda: any("Halfway" in title for title in self._drafts()))
        yield Photograph(name="draft-offered-back")

    def _form_is_ready(self) -> Iterator[Step]:
        yield Until(what="an empty form with the keyboard in its first field", holds=self._first_field_waits)

    def _fill(self, *, until: str) -> Iterator[Step]:
        """Walk on with Enter, typing what the patient says, up to the field ``until`` ("" is the save button)."""
        for _ in range(LONGEST_WALK):
            path = self._path()
            if path in (until, ""):
                break
            told = TYPED.get(path) or ANSWERED.get(path.removeprefix("answers."))
            if told:
                yield Write(text=told)
            if self._path() == path:
                yield ENTER
        if self._path() != until:
            raise TourError(f"the walk through the form never came to {until or 'the save button'}")

    @staticmethod
    def _draw() -> Iterator[Step]:
        """Mark an ache at the base of the skull and a burning in the region below it in the list."""
        yield Write(text="base")
        yield from (Write(text="1"), SPACE, DOWN, Write(text="2"), SPACE)

    def _at_sign_in(self) -> bool:
        page = self._app.window.centralWidget()
        return type(page).__name__ == "SignInPage" and cast("SignInPage", page).accounts_card is not None

    def _work(self) -> MainWindow:
        work = self._app.work
        if work is None:
            raise TourError("nobody is signed in")
        return work

    def _shows(self, kind: str) -> bool:
        return self._app.work is not None and type(self._app.work.places.current()).__name__ == kind

    def _page(self, kind: str) -> Page:
        page = self._work().places.current()
        if page is None or not self._shows(kind):
            raise TourError(f"{type(page).__name__} is shown, not {kind}")
        return page

    def _intake(self) -> IntakePage:
        return cast("IntakePage", self._page("IntakePage"))

    def _path(self) -> str:
        return self._intake().form.path_at()[0]

    def _first_field_waits(self) -> bool:
        return self._shows("IntakePage") and self._intake().form.is_built and self._path() == "patient.legal_last"

    def _paper_is_shown(self) -> bool:
        return self._shows("PreviewPage") and cast("PreviewPage", self._page("PreviewPage")).view.shows_paper()

    def _rows(self) -> int:
        return len(self._names())

    def _names(self) -> list[str]:
        if not self._shows("TodayPage"):
            return []
        board = cast("BoardModel", cast("TodayPage", self._page("TodayPage")).table.rows.model())
        return [board.line(row).name for row in range(board.rowCount())]

    def _found(self) -> int:
        return cast("PatientsPage", self._page("PatientsPage")).table.model().rowCount()

    def _drafts(self) -> list[str]:
        return self._work().rail.draft_titles()
