"""What every chapter at the place Documents can do: stand on a line, write a letter, follow a print run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from intake.domain.requests import RequestState
from ui.tour.chapter import Chapter
from ui.tour.patient import TYPED
from ui.tour.steps import DOWN, ENTER, TAB, Step, TourError, Until, Write, ctrl, press

if TYPE_CHECKING:
    # Only for their types: loading the pages early would hide what opening them costs.
    from PySide6.QtWidgets import QWidget

    from intake.domain.requests import RequestLine
    from ui.pages.documents.page import DocumentsPage
    from ui.pages.letters.form import LetterForm
    from ui.pages.letters.page import LetterPage
    from ui.preview.pages import PageImage
    from ui.preview.view import PreviewView

NAME = TYPED["patient.legal_last"]
SHIFT_ENTER = press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
LONGEST_WALK = 80
REST_S = 1.0
"""How long a paper has stood still when it is taken for the last one: it is made anew a moment after each pause in the typing."""


class DocumentsChapter(Chapter):
    """A chapter of somebody who works at the print desk."""

    def _open_documents(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_O)
        yield Until(what="the documents that are owed", holds=lambda: self._shows("DocumentsPage") and bool(self._documents().lines()))

    def _stand_on(self, kind: str) -> Iterator[Step]:
        """Walk to the patient's document of this kind."""
        yield press(Qt.Key.Key_Home)
        for _ in range(LONGEST_WALK):
            if self._is_on(kind):
                return
            yield DOWN
        message = f"the walk through the list never came to {kind}"
        raise TourError(message)

    def _write_letter(self, said: dict[str, str]) -> Iterator[Step]:
        """Go from field to field, typing what is said; a consent opens the fields after it."""
        for key, words in said.items():
            yield Until(what=f"the field {key} of the letter", holds=partial(self._is_asked, key))
            yield from self._walk_to(key)
            yield Write(text=words)

    def _walk_to(self, key: str) -> Iterator[Step]:
        for _ in range(LONGEST_WALK):
            here, order = self._letter_field(), list(self._letter_form().rows)
            if here == key:
                return
            yield ENTER if here and order.index(here) < order.index(key) else SHIFT_ENTER
        message = f"the walk through the letter never came to {key}"
        raise TourError(message)

    def _tab_to(self, what: str, widget: QWidget) -> Iterator[Step]:
        for _ in range(LONGEST_WALK):
            if widget.hasFocus():
                return
            yield TAB
        message = f"the Tab key never came to {what}"
        raise TourError(message)

    def _line(self, kind: str) -> RequestLine | None:
        """Return the patient's document of this kind as the list has it."""
        lines = self._documents().lines() if self._shows("DocumentsPage") else ()
        return next((line for line in lines if line.kind == kind and line.name.startswith(NAME)), None)

    def _stands(self, kind: str, state: RequestState) -> bool:
        line = self._line(kind)
        return line is not None and line.state is state

    def _is_on(self, kind: str) -> bool:
        line = self._documents().table.current_line()
        return line is not None and line == self._line(kind)

    def _documents(self) -> DocumentsPage:
        return cast("DocumentsPage", self._page("DocumentsPage"))

    def _letter(self) -> LetterPage:
        return cast("LetterPage", self._page("LetterPage"))

    def _letter_form(self) -> LetterForm:
        form = self._letter().form
        if form is None:
            raise TourError("the letter is not on screen")
        return form

    @staticmethod
    def _is_drawn(view: PreviewView | None) -> bool:
        """Say whether the first page of a paper is on screen, not only its place."""
        return view is not None and view.shows_paper() and view.canvas.sharp_image(1) is not None

    def _paper_rests(self, view: PreviewView) -> Iterator[Step]:
        """Wait until a paper that follows what is typed is drawn and stays as it is."""
        drawn: list[tuple[PageImage | None, float]] = []

        def holds() -> bool:
            image = view.canvas.sharp_image(1) if view.shows_paper() else None
            if not drawn or drawn[-1][0] is not image:
                drawn.append((image, time.monotonic()))
            return image is not None and time.monotonic() - drawn[-1][1] >= REST_S

        yield Until(what="the paper of what is typed", holds=holds)

    def _is_asked(self, key: str) -> bool:
        return not self._letter_form().rows[key].isHidden()

    def _letter_field(self) -> str:
        """Return which field of the letter the keyboard is in."""
        focused = QApplication.focusWidget()
        return next((key for key, row in self._letter_form().rows.items() if row.editor is focused), "")
