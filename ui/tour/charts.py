"""What every chapter can do in a chart: walk through the note, fill a snippet, give the password, and look."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, cast

from PySide6.QtWidgets import QApplication

from ui.tour.chapter import PASSWORD, Chapter
from ui.tour.steps import ENTER, TAB, Photograph, Step, TourError, Until, Write

if TYPE_CHECKING:
    # Only for their types: loading the pages early would hide what opening them costs.
    from ui.pages.chart.page import ChartPage
    from ui.pages.review.page import ReviewPage

LONGEST_WALK = 120


class ChartChapter(Chapter):
    """A chapter of somebody who works in charts."""

    def _snippet(self, snippet: tuple[str, tuple[str, ...]], *, picture: str = "") -> Iterator[Step]:
        """Expand an abbreviation, and fill its blanks, jumping from one to the next."""
        abbreviation, blanks = snippet
        yield Write(text=f"{abbreviation} ")
        if picture:
            yield Photograph(name=picture)
        for place, words in enumerate(blanks):
            if place:
                yield TAB
            yield Write(text=words)

    def _walk(self, *, until: str, typing: dict[str, str] | None = None) -> Iterator[Step]:
        """Go on with Tab through the note, typing what there is for each field, up to the field ``until``."""
        for _ in range(LONGEST_WALK):
            path = self._note_path()
            if path == until:
                return
            told = (typing or {}).get(path)
            if told:
                yield Write(text=told)
            if self._note_path() == path:
                yield TAB
        message = f"the walk through the note never came to {until}"
        raise TourError(message)

    def _password(self) -> Iterator[Step]:
        yield from self._password_is_asked()
        yield Write(text=PASSWORD)
        yield ENTER

    def _password_is_asked(self) -> Iterator[Step]:
        signing = self._chart().side.note.signing
        yield Until(
            what="the question for the password",
            holds=lambda: bool(signing.overlay and signing.overlay.password_field.text_field.hasFocus()),
        )

    def _at(self, path: str) -> Iterator[Step]:
        yield Until(what=f"the keyboard in {path} of the note", holds=lambda: self._note_path() == path)

    def _chart(self) -> ChartPage:
        return cast("ChartPage", self._page("ChartPage"))

    def _note_path(self) -> str:
        """Return which field of the note the keyboard is in."""
        focused = QApplication.focusWidget()
        return next((path for path, control in self._chart().side.note.form.controls().items() if control is focused), "")

    def _shows_chart_of(self, name: str) -> bool:
        chart = self._chart().state.chart if self._shows("ChartPage") else None
        return chart is not None and chart.visit.patient.patient.legal_last == name

    def _awaiting(self) -> list[str]:
        if not self._shows("ReviewPage"):
            return []
        return [line.name for line in cast("ReviewPage", self._page("ReviewPage")).lines()]
