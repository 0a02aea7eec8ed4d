"""What the parts of a chart page share: the chart on screen, and the note as it is typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QObject, Signal

from intake.domain.reviews import Chart
from intake.domain.staff import Actor, Task
from ui.desk import Desk


class ChartState(QObject):
    """One chart at a time. Only the note is written here; answers and prompts are changed by actions and come with a chart.

    ``raw`` is the note as typed. It is never changed in place: :meth:`set` puts a new one there, so that what was handed to
    the store's thread stays as it was.
    """

    leaving = Signal()
    """The chart on screen is about to go: write down what is not yet kept. ``chart`` and ``raw`` are still there."""
    cleared = Signal()
    """Another visit was asked for and is not here yet: ``chart`` is None."""
    loaded = Signal(object)
    """A chart of another visit, or of the same one whose note has to be shown anew: show everything, ``raw`` with it."""
    updated = Signal(object)
    """The same visit, read anew after an action: prompts, answers, hold or signature may differ; ``raw`` is as it was typed."""
    changed = Signal(str)
    """The path of what was typed in the raw note, by whoever typed it."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        """Begin without a chart, for the person at this desk."""
        super().__init__(parent)
        self._actor: Actor = desk.actor
        self._may_review = desk.may(Task.REVIEW)
        self.chart: Chart | None = None
        self.raw: dict[str, Any] = {}
        self.caret: dict[str, Any] = {}

    @property
    def visit_id(self) -> int | None:
        """The visit on screen."""
        return self.chart.visit.id if self.chart is not None else None

    @property
    def is_signed(self) -> bool:
        """Whether the chart on screen is signed; after that only an addendum is written."""
        return self.chart is not None and self.chart.signature is not None

    @property
    def can_write(self) -> bool:
        """Whether this person has the chart in hand, unsigned: note, answers and acknowledgements may be written."""
        chart = self.chart
        if chart is None or chart.signature is not None or not self._may_review:
            return False
        return chart.hold is not None and chart.hold.staff_id == self._actor.staff.id

    def clear(self) -> None:
        """Forget the chart, before another one is asked for."""
        if self.chart is not None:
            self.leaving.emit()
        self.chart = None
        self.raw, self.caret = {}, {}
        self.cleared.emit()

    def show(self, chart: Chart, *, keep_typed: bool = True) -> None:
        """Take a chart that was read. Of the visit that is shown already, what was typed stays unless ``keep_typed`` is false."""
        same = self.visit_id == chart.visit.id
        self.chart = chart
        if same and keep_typed:
            self.updated.emit(chart)
            return
        self.raw, self.caret = dict(chart.draft), dict(chart.caret)
        self.loaded.emit(chart)

    def get(self, path: str, default: Any = "") -> Any:
        """Return what is typed at ``examination`` or ``findings.<item>``."""
        head, _, key = path.partition(".")
        value = self.raw.get(head)
        if not key:
            return default if value is None else value
        return value.get(key, default) if isinstance(value, Mapping) else default

    def set(self, path: str, value: Any) -> None:
        """Write one part of the note; None takes it away. Nothing happens when it says so already."""
        head, _, key = path.partition(".")
        if key:
            before = self.raw.get(head)
            part = dict(before) if isinstance(before, Mapping) else {}
            if part.get(key) == value:
                return
            if value is None:
                part.pop(key, None)
            else:
                part[key] = value
            value = part
        elif self.raw.get(head) == value:
            return
        self.raw = {name: each for name, each in self.raw.items() if name != head}
        if value is not None:
            self.raw[head] = value
        self.changed.emit(path)
