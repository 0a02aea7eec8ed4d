"""The clinician's chapter of the tour: from the call at the desk to the signed note, its addendum and its papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt

from ui.tour import written
from ui.tour.chapter import CTRL_SHIFT, PASSWORD
from ui.tour.charts import LONGEST_WALK, ChartChapter
from ui.tour.patient import TYPED
from ui.tour.steps import DOWN, ENTER, TAB, Photograph, Step, Tell, TourError, Until, Write, alt, ctrl, press

if TYPE_CHECKING:
    # Only for their types: loading the pages early would hide what opening them costs.
    from ui.pages.preview import PreviewPage
    from ui.pages.review.page import ReviewPage

NAME = f"{TYPED['patient.legal_last']}, {TYPED['patient.legal_first']}"
NOTE_PAPER = "visit-note.pdf"
SHEET_PAPER = "home-care-es.pdf"
ESCAPE = press(Qt.Key.Key_Escape)
F6 = press(Qt.Key.Key_F6)


class ClinicChapter(ChartChapter):
    """The clinician's chapter; it begins at whatever screen the desk was left at."""

    def steps(self) -> Iterator[Step]:
        """Yield every step from switching the user to the check of the saved note."""
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._sign_in("clinic")
        yield from self._called()
        before = self._driver.keystrokes
        yield ENTER
        yield Until(what="the chart of the called visit", holds=lambda: self._shows_chart_of(TYPED["patient.legal_last"]))
        yield Photograph(name="chart")
        yield from self._acknowledge()
        yield from self._correct()
        yield from self._write()
        pictured = self._driver.keystrokes
        yield from self._wrong_password()
        pictured = self._driver.keystrokes - pictured
        yield from self._sign()
        spent = self._driver.keystrokes - before - pictured
        yield Tell(text=f"keystrokes of the review, from opening the chart to the signature: {spent}")
        yield from self._add()
        yield from self._papers()
        yield from self._next()
        yield from self._lists()
        yield from self._verify()

    def _called(self) -> Iterator[Step]:
        work = self._work()
        yield Until(what="the desk's call on top", holds=lambda: "Rivera" in work.call_banner.text())
        yield Photograph(name="called")
        yield ctrl(Qt.Key.Key_R)
        yield Until(what="the called visit first in the list", holds=lambda: self._awaiting()[:1] == [NAME])
        yield Photograph(name="review")

    def _acknowledge(self) -> Iterator[Step]:
        rows = self._chart().glance.prompts
        pictured = False
        for left in range(len(rows.waiting()), 0, -1):
            yield press(Qt.Key.Key_A)
            yield Until(what="the field for what was done", holds=lambda: any(row.field.hasFocus() for row in rows.waiting()))
            yield Write(text=self._done_about_prompt())
            if not pictured:
                yield Photograph(name="acknowledging")
                pictured = True
            yield ENTER
            yield Until(what="the acknowledged prompt", holds=partial(self._fewer_wait, left))
        if not pictured:
            raise TourError("no prompt waited on the chart of the called visit")
        yield Photograph(name="acknowledged")

    def _correct(self) -> Iterator[Step]:
        glance = self._chart().glance
        for _ in range(LONGEST_WALK):
            item = glance.reported.current()
            if item is not None and item.path == written.CORRECTED:
                break
            yield DOWN
        yield press(Qt.Key.Key_E)
        yield Until(what="the editor of the answer", holds=glance.correct_box.has_keyboard)
        yield Write(text=written.CORRECTED_TO)
        yield Until(what="the field for the reason", holds=glance.correct_box.reason_field.hasFocus)
        yield Write(text=written.CORRECTION_REASON)
        yield Photograph(name="correcting")
        yield ENTER
        yield Until(what="the corrected answer", holds=self._is_corrected)

    def _write(self) -> Iterator[Step]:
        page = self._chart()
        yield F6
        yield from self._at("history")
        yield from self._snippet(written.HISTORY, picture="snippet")
        yield TAB
        yield from self._at("examination")
        yield from self._snippet(written.EXAMINATION)
        yield TAB
        yield from self._at("findings")
        yield Write(text=written.FINDING_GROUPS)
        yield from self._walk(until="causes", typing=written.FINDINGS)
        yield Photograph(name="examination")
        yield Write(text=written.CAUSE_KEYS)
        yield from self._walk(until="codes")
        yield Write(text=written.CODE_SOUGHT)
        yield Photograph(name="code")
        yield ENTER
        yield Until(what="the picked code", holds=lambda: page.state.get("codes") == [written.CODE])
        yield from self._walk(until="plan", typing={"impression": written.IMPRESSION})
        yield Write(text=written.PLAN_KEYS)
        yield from self._walk(until="plan_text", typing=written.PLAN)
        yield Photograph(name="plan")
        yield from self._walk(until="totals.ndi")
        yield Write(text=written.NDI)
        yield Until(what="the draft on disk", holds=lambda: page.side.said.text().startswith("Draft saved"))
        yield Photograph(name="ready-to-sign")

    def _wrong_password(self) -> Iterator[Step]:
        """Ask for the signature, and be refused at the field."""
        note = self._chart().side.note
        yield ctrl(Qt.Key.Key_Return)
        yield from self._password_is_asked()
        yield Photograph(name="signing")
        yield Write(text=f"not-{PASSWORD}")
        yield ENTER
        yield Until(
            what="the refusal at the password", holds=lambda: bool(note.signing.overlay and note.signing.overlay.password_box.has_problem())
        )
        yield Photograph(name="wrong-password")
        yield ESCAPE

    def _sign(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_Return)
        yield from self._password()
        yield Until(what="the signed note", holds=lambda: self._chart().state.is_signed)
        yield Photograph(name="signed")

    def _add(self) -> Iterator[Step]:
        page = self._chart()
        yield ctrl(Qt.Key.Key_D)
        yield Until(what="the reason of the addendum", holds=page.side.note.addendum.reason_line.hasFocus)
        yield Write(text=written.ADDENDUM_REASON)
        yield ENTER
        yield Write(text=written.ADDENDUM)
        yield Photograph(name="addendum")
        yield ctrl(Qt.Key.Key_Return)
        yield from self._password()
        yield Until(what="the signed addendum", holds=lambda: bool(page.state.chart and page.state.chart.addenda))
        yield Photograph(name="addendum-signed")

    def _papers(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_P)
        yield from self._paper(NOTE_PAPER, picture="visit-note")
        yield ESCAPE
        yield Until(what="the chart again", holds=lambda: self._shows("ChartPage"))
        yield alt(Qt.Key.Key_H)
        yield Until(what="the home-care sheet", holds=self._paper_is_shown)
        page = cast("PreviewPage", self._page("PreviewPage"))
        if page.setting is not None and page.setting.language != "es":
            yield press(Qt.Key.Key_L)
        usual = page.paper()
        yield press(Qt.Key.Key_G)
        yield Until(what="the sheet in large print", holds=lambda: page.paper() is not usual)
        yield from self._paper(SHEET_PAPER, picture="home-care")
        yield ESCAPE
        yield Until(what="the chart after the sheet", holds=lambda: self._shows("ChartPage"))

    def _next(self) -> Iterator[Step]:
        """Go on to the next chart that awaits review."""
        yield ctrl(Qt.Key.Key_J)
        yield Until(
            what="the next chart",
            holds=lambda: not self._shows_chart_of(TYPED["patient.legal_last"]) and self._chart().state.chart is not None,
        )
        yield Photograph(name="next-chart")
        yield ESCAPE

    def _lists(self) -> Iterator[Step]:
        yield Until(what="the signed visit gone from the list", holds=lambda: self._shows("ReviewPage") and NAME not in self._awaiting())
        yield press(Qt.Key.Key_S)
        page = cast("ReviewPage", self._page("ReviewPage"))
        yield Until(what="the visit among the signed ones", holds=lambda: page.shows_signed() and page.signed.model().rowCount() > 0)
        yield Photograph(name="signed-list")
        yield ctrl(Qt.Key.Key_T)
        yield Until(what="the visit on Today", holds=lambda: NAME in self._names())
        yield Photograph(name="today-signed")

    def _verify(self) -> Iterator[Step]:
        work = self._work()
        work.document_check.check(self._out / NOTE_PAPER)
        yield Until(what="the verdict on the saved note", holds=lambda: bool(work.banner.text()))
        if "equals the signed note" not in work.banner.text():
            raise TourError("the saved note was not known again")
        yield Photograph(name="verified")

    def _done_about_prompt(self) -> str:
        """Return what was done about the prompt whose field is open."""
        page = self._chart()
        row = next(row for row in page.glance.prompts.waiting() if row.field.hasFocus())
        prompts = page.state.chart.prompts if page.state.chart else ()
        rule = next((each.rule_id for each in prompts if row.words is not None and each.id == row.words.id), "")
        return written.DONE_ABOUT_PROMPT.get(rule, written.DONE)

    def _fewer_wait(self, than: int) -> bool:
        return len(self._chart().glance.prompts.waiting()) < than

    def _is_corrected(self) -> bool:
        chart = self._chart().state.chart
        return chart is not None and bool(chart.corrections)
