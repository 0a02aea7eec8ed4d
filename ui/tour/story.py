"""The story of the tour: a receptionist's morning, from the sign-in to the paper in the patient's hand."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from ui.tour.chapter import CTRL_SHIFT
from ui.tour.forms import FormChapter
from ui.tour.patient import SAID, TYPED
from ui.tour.steps import DOWN, ENTER, SPACE, Photograph, Step, Tell, Until, Write, alt, ctrl, press


class Story(FormChapter):
    """The receptionist's chapter."""

    said = SAID

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
        yield from self._fill(until="answers.safety.walking")
        yield from self._call()
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

    def _call(self) -> Iterator[Step]:
        """Do what the notice above the form says the moment an answer brings it: call a clinician."""
        notice = self._intake().prompt_banner
        yield Until(what="the notice of what a clinician has to see", holds=lambda: "clinician" in notice.text())
        yield Photograph(name="tell-a-clinician")
        yield press(Qt.Key.Key_F7)
        yield Until(what="the call in the notice", holds=lambda: "was called" in notice.text())

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
        yield Until(what="the accounts of the practice", holds=lambda: self._shows("SettingsPage"))
        yield Photograph(name="staff")
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._sign_in("desk")
        yield Until(what="the draft offered back", holds=lambda: any("Halfway" in title for title in self._drafts()))
        yield Photograph(name="draft-offered-back")

    @staticmethod
    def _draw() -> Iterator[Step]:
        """Mark an ache at the base of the skull and a burning in the region below it in the list."""
        yield Write(text="base")
        yield from (Write(text="1"), SPACE, DOWN, Write(text="2"), SPACE)

    def _drafts(self) -> list[str]:
        return self._work().rail.draft_titles()
