"""What every chapter can do in an intake: walk through the form with Enter, typing what the patient says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, cast

from ui.tour.chapter import Chapter
from ui.tour.steps import ENTER, Step, TourError, Until, Write

if TYPE_CHECKING:
    # Only for its type: loading the page early would hide what opening it costs.
    from ui.pages.intake.page import IntakePage

LONGEST_WALK = 400


class FormChapter(Chapter):
    """A chapter of somebody who records intakes; ``said`` is what is typed, by path of the field."""

    said: Mapping[str, str]

    def _form_is_ready(self, first: str = "patient.legal_last") -> Iterator[Step]:
        def holds() -> bool:
            return self._shows("IntakePage") and self._intake().form.is_built and self._field() == first

        yield Until(what="the form with the keyboard in its first field", holds=holds)

    def _fill(self, *, until: str) -> Iterator[Step]:
        """Walk on with Enter, typing what the patient says, up to the field ``until`` ("" is the save button)."""
        for _ in range(LONGEST_WALK):
            path = self._field()
            if path in (until, ""):
                break
            told = self.said.get(path)
            if told:
                yield Write(text=told)
            if self._field() == path:
                yield ENTER
        if self._field() != until:
            raise TourError(f"the walk through the form never came to {until or 'the save button'}")

    def _intake(self) -> IntakePage:
        return cast("IntakePage", self._page("IntakePage"))

    def _field(self) -> str:
        return self._intake().form.path_at()[0]
