"""The third chapter of the tour: a week later the patient comes back, and the clinician sees what changed."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from ui.tour.chapter import CTRL_SHIFT
from ui.tour.charts import ChartChapter
from ui.tour.forms import FormChapter
from ui.tour.patient import SAID_A_WEEK_LATER, TYPED
from ui.tour.steps import ENTER, Photograph, Step, Until, Write, alt, ctrl, press

DAYS = 6
"""After the day on which the first visit's documents were handed over."""


class ReturnChapter(FormChapter, ChartChapter):
    """The desk records the second visit, the clinician opens its chart."""

    said = SAID_A_WEEK_LATER

    def steps(self) -> Iterator[Step]:
        """Yield every step of the second visit."""
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._signed_out()
        self._clock.put_forward(days=DAYS)
        yield from self._sign_in("desk", nobody_came=True)
        yield from self._second_visit()
        yield press(Qt.Key.Key_L, CTRL_SHIFT)
        yield from self._sign_in("clinic")
        yield press(Qt.Key.Key_R)
        yield Until(what="the chart of the second visit", holds=lambda: self._shows_chart_of(TYPED["patient.legal_last"]))
        yield Until(what="the first visit beside it", holds=lambda: "1" in self._chart().side.tabs[1].text())
        yield alt(Qt.Key.Key_2)
        yield Until(what="what changed since the first visit", holds=lambda: bool(self._chart().side.earlier.cards))
        yield Photograph(name="what-changed")

    def _second_visit(self) -> Iterator[Step]:
        yield ctrl(Qt.Key.Key_F)
        yield Write(text="ana river")
        yield Until(what="the patient among those found", holds=lambda: self._found() > 0)
        yield ENTER
        yield Until(what="the patient's record", holds=lambda: self._shows("PatientPage") and self._page("PatientPage").title != "")
        yield press(Qt.Key.Key_N, CTRL_SHIFT)
        yield from self._form_is_ready()
        yield from self._fill(until="")
        yield ctrl(Qt.Key.Key_S)
        yield Until(what="the saved second visit", holds=lambda: self._intake().saved is not None)
