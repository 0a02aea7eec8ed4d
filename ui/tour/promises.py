"""The receptionist's promises: the note of the visit is owed by itself, a note for work is asked for and written for the signature."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from PySide6.QtCore import Qt

from intake.domain.requests import RequestState
from ui.tour.clock import ZONE
from ui.tour.documents import DocumentsChapter
from ui.tour.steps import ENTER, Photograph, Step, Until, Write, ctrl, press

DAYS_OFF = 3
LIMITS = "No levantar más de 10 libras"


class PromiseChapter(DocumentsChapter):
    """It begins with the receptionist signed in."""

    def steps(self) -> Iterator[Step]:
        """Yield every step from the list of what is owed to the letter that waits for its signature."""
        yield from self._open_documents()
        yield Until(what="the note of the new visit, owed by itself", holds=lambda: self._stands("visit_note", RequestState.WAITING))
        yield from self._stand_on("visit_note")
        yield Photograph(name="documents")
        yield from self._ask("i", "intake_form")
        yield from self._ask("w", "work_note", picture="new-request")
        yield from self._write()
        yield press(Qt.Key.Key_Escape)
        yield Until(what="the letter waiting for a signature", holds=lambda: self._stands("work_note", RequestState.WAITING))

    def _ask(self, letter: str, kind: str, *, picture: str = "") -> Iterator[Step]:
        """Ask for a document of the visit; its kind is picked by its first letter."""
        yield press(Qt.Key.Key_N)
        form = self._documents().deeds.new_form
        yield Write(text="ana river")
        yield Until(what="the patient among those found", holds=lambda: not form.patient_pick.list_view.isHidden())
        yield ENTER
        yield Until(what="her visit in the new request", holds=lambda: bool(form.visit_field.value()) and form.kind_field.hasFocus())
        yield Write(text=letter)
        yield Until(what=f"the kind {kind}", holds=lambda: form.kind_field.value() == kind)
        if picture:
            yield Photograph(name=picture)
        yield ctrl(Qt.Key.Key_S)
        yield Until(what="the new request in hand", holds=lambda: self._line(kind) is not None and self._is_on(kind))

    def _write(self) -> Iterator[Step]:
        """Write what the patient agrees to tell: the days off and what to allow for, not the reason."""
        yield ENTER
        yield Until(what="the letter", holds=lambda: self._shows("LetterPage") and self._letter().form is not None)
        today = self._clock().astimezone(ZONE)
        days = {key: f"{today + timedelta(days=days):%m/%d/%Y}" for key, days in (("off_from", 0), ("back_on", DAYS_OFF))}
        yield from self._write_letter({"consent_absence": "y", **days, "consent_limits": "y", "limits": LIMITS, "consent_reason": "n"})
        page = self._letter()
        yield Until(
            what="the letter on disk", holds=lambda: not page.keeper.is_behind() and page.letter is not None and not page.letter.missing
        )
        yield from self._paper_rests(page.view)
        yield Photograph(name="letter")
