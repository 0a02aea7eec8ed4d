"""The print desk's chapter: the day after, everything ready goes to paper, is handed over late with a reason, and once more as a copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from intake.domain.print_runs import RunState
from intake.domain.requests import RequestState
from ui.tour.chapter import CTRL_SHIFT, PASSWORD
from ui.tour.documents import DocumentsChapter
from ui.tour.steps import ENTER, SPACE, Photograph, Step, Tell, TourError, Until, Write, alt, ctrl, press

if TYPE_CHECKING:
    # Only for its type: loading the page early would hide what opening it costs.
    from intake.domain.print_runs import PrintRun

HOURS = 25
PRINTED = ("intake_form", "work_note")
"""What the run is to print of hers; her note left as a file already."""
OWN = ("visit_note", *PRINTED)
LATE_REASON = "The patient asked to pick it up today"
COPY_REASON = "The patient lost the first one"
ON_TIME_PAPER = "on-time.pdf"
F9 = press(Qt.Key.Key_F9)
ESCAPE = press(Qt.Key.Key_Escape)


class PrintDeskChapter(DocumentsChapter):
    """It begins with the clinician signed in, who has signed the visit."""

    def steps(self) -> Iterator[Step]:
        """Yield every step from the signature of the letter to the report on what was on time."""
        yield from self._sign_letter()
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._signed_out()
        self._clock.put_forward(hours=HOURS)
        yield from self._sign_in("print", nobody_came=True)
        yield from self._overdue()
        yield from self._print()
        yield from self._hand_over()
        yield from self._copy()
        yield from self._report()

    def _sign_letter(self) -> Iterator[Step]:
        yield from self._open_documents()
        yield Until(what="the note that was signed and saved", holds=lambda: self._stands("visit_note", RequestState.PRINTED))
        yield from self._stand_on("work_note")
        yield ENTER
        yield Until(what="the letter before its clinician", holds=lambda: self._shows("LetterPage") and self._letter().letter is not None)
        page = self._letter()
        yield Until(what="the letter as it would be printed", holds=lambda: self._is_drawn(page.view))
        yield ctrl(Qt.Key.Key_Return)
        yield Until(
            what="the question for the password",
            holds=lambda: bool(page.signing.overlay and page.signing.overlay.password_field.text_field.hasFocus()),
        )
        yield Write(text=PASSWORD)
        yield ENTER
        yield Until(what="the signed letter", holds=lambda: page.letter is not None and page.letter.signature is not None)
        yield ESCAPE
        yield Until(what="the signed letter ready to print", holds=lambda: self._stands("work_note", RequestState.READY))
        yield Photograph(name="documents-ready")

    def _overdue(self) -> Iterator[Step]:
        yield from self._open_documents()
        page = self._documents()
        yield Until(what="what is ready to print", holds=lambda: all(self._stands(kind, RequestState.READY) for kind in PRINTED))
        if any(line is None or line.due_at > self._clock() for line in map(self._line, OWN)):
            raise TourError("what was promised yesterday is not overdue")
        yield from self._stand_on("work_note")
        panel = page.document_panel
        yield Until(what="the paper beside the list", holds=lambda: self._is_drawn(panel.preview))
        yield Photograph(name="documents-overdue")

    def _print(self) -> Iterator[Step]:
        """Print everything that is ready, with one key."""
        self._work().print_runs.control.way = self._way
        yield from self._run(F9)
        yield Photograph(name="print-run")
        yield Tell(text=f"the print run: {self._way.words()}")
        yield ESCAPE
        yield Until(what="the printed documents in the list", holds=lambda: all(self._stands(kind, RequestState.PRINTED) for kind in OWN))

    def _run(self, begins: Step) -> Iterator[Step]:
        """Press the key that begins a run, and follow that to its end; every document must have come out."""
        runs: list[PrintRun] = []
        self._work().print_runs.control.ended.connect(runs.append)
        yield begins
        yield Until(what="the end of the print run", holds=lambda: bool(runs))
        if wrong := [job.words for job in runs[0].jobs if job.state is not RunState.PRINTED]:
            message = f"the run left {len(wrong)} documents unprinted: {wrong[0]}"
            raise TourError(message)

    def _hand_over(self) -> Iterator[Step]:
        """Mark all of her documents, and hand them over at once."""
        page = self._documents()
        for kind in OWN:
            yield from self._stand_on(kind)
            yield SPACE
        yield press(Qt.Key.Key_H)
        form = page.deeds.hand_over_form
        yield Until(what="the question to whom", holds=form.to_field.hasFocus)
        yield ENTER
        yield Write(text="photo")
        yield ENTER
        yield Until(what="the question why it is late", holds=form.late_field.hasFocus)
        yield Write(text=LATE_REASON)
        yield Photograph(name="hand-over")
        yield ENTER
        yield Until(what="nothing of hers owed any more", holds=lambda: form.isHidden() and not any(map(self._line, OWN)))
        yield press(Qt.Key.Key_5)
        yield Until(what="her documents among those handed over", holds=lambda: self._stands("visit_note", RequestState.DELIVERED))

    def _copy(self) -> Iterator[Step]:
        """Print the note once more, and look at its history."""
        page = self._documents()
        self._way.stem = "copy"
        yield from self._stand_on("visit_note")
        yield press(Qt.Key.Key_R)
        yield Until(what="the question why a copy", holds=page.deeds.reprint_form.reason_field.hasFocus)
        yield Write(text=COPY_REASON)
        yield from self._run(ENTER)
        yield ESCAPE
        yield press(Qt.Key.Key_V)
        history = page.document_panel.history
        yield Until(what="the copy in the history", holds=lambda: any("COPY" in words for words in history.words()))
        yield Photograph(name="handed-over")

    def _report(self) -> Iterator[Step]:
        page, path = self._documents(), self._out / ON_TIME_PAPER
        path.unlink(missing_ok=True)
        yield press(Qt.Key.Key_6)
        yield alt(Qt.Key.Key_0)
        yield Until(
            what="the report on all clinics",
            holds=lambda: bool(page.on_time and page.on_time.report and page.on_time.report.location is None),
        )
        yield Photograph(name="on-time")
        if page.on_time is not None:
            page.on_time.save_to(path, "pdf")
        yield Until(what="the saved report", holds=path.exists)
