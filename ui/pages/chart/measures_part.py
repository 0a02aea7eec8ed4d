"""Outcome measures: pain ratings as the patient gave them, activities of the patient's choice, and totals of questionnaires."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake.definitions.bundle import Definitions
from intake.domain.answers import Kind
from intake.domain.review_form import Measure
from intake.entry.notes import MOST_ACTIVITIES
from ui.pages.chart.measures_activity import ActivityRow
from ui.pages.chart.note_field import NoteField
from ui.pages.chart.note_part import Frame, Part, Problems
from ui.pages.chart.snippets_book import SnippetBook
from ui.pages.chart.snippets_line import NoteLine
from ui.pages.chart.state import ChartState
from ui.widgets.labels import label

ACTIVITIES = "activities"
TOTALS = "totals"
_SCORE_WIDTH = 56


class MeasuresPart(Part):
    """One frame. Every number stands with its unit and its range; none of them is judged."""

    def __init__(self, definitions: Definitions, state: ChartState, book: SnippetBook) -> None:
        """Build it empty."""
        super().__init__(state, book)
        self._definitions = definitions
        self._writable = True
        self._shown_rows = 1
        self._totals: dict[str, tuple[NoteField, NoteLine]] = {}
        self.ratings_label = label("", "", wrap=True)
        self.rows = [self._row(place) for place in range(MOST_ACTIVITIES)]
        frame = Frame()
        frame.body.setSpacing(6)
        frame.body.addWidget(self.ratings_label)
        frame.body.addWidget(
            label(self.tr("Activities the patient chose, in the patient's words: 0 unable, 10 as before"), "hint", wrap=True)
        )
        for row in self.rows:
            frame.body.addWidget(row)
        frame.body.addLayout(self._totals_column())
        self.column.addWidget(label(self.tr("Measures"), "label"))
        self.column.addWidget(frame)

    def show_note(self) -> None:
        """Show ratings, activities and totals."""
        self.ratings_label.setText(self._ratings())
        activities = self._activities()
        for place, row in enumerate(self.rows):
            given = activities[place] if place < len(activities) else {}
            row.show_activity(str(given.get("name") or ""), str(given.get("score") or "" if given.get("score") != 0 else "0"))
        self._show_rows()
        for path, (_, field) in self._totals.items():
            field.show_value(str(self.state.get(path)))

    def set_writable(self, *, on: bool) -> None:
        """Let them be written, or only read."""
        self._writable = on
        for row in self.rows:
            row.set_writable(on=on)
        for _, field in self._totals.values():
            field.lock(on=not on)
        self._show_rows()

    def controls(self) -> Mapping[str, QWidget]:
        """Return the activities and the totals."""
        found: dict[str, QWidget] = {}
        for place, row in enumerate(self.rows):
            if not row.isHidden():
                found |= {f"{ACTIVITIES}.{place}.name": row.name_field, f"{ACTIVITIES}.{place}.score": row.score_field}
        return found | {path: field for path, (_, field) in self._totals.items()}

    def show_problems(self, problems: Problems) -> None:
        """Say what is wrong at the fields."""
        for place, row in enumerate(self.rows):
            paths = (f"{ACTIVITIES}.{place}.name", f"{ACTIVITIES}.{place}.score")
            row.box.show_problem(next((problems[path] for path in paths if path in problems), ""))
        for path, (box, _) in self._totals.items():
            box.show_problem(problems.get(path, ""))

    def _row(self, place: int) -> ActivityRow:
        row = ActivityRow(place + 1, self.line("", written=self._write_activities), self.line("", written=self._write_activities))
        if place:
            row.hide()
        return row

    def _totals_column(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        enabled = [measure for measure in self._definitions.review_form.measures if measure.enabled]
        for measure in enabled:
            path = f"{TOTALS}.{measure.key}"
            field = self.line(path)
            field.setFixedWidth(_SCORE_WIDTH)
            field.setProperty("kind", "small")
            field.setAccessibleName(self.tr("%1, total, %2").replace("%1", measure.label).replace("%2", _range_words(measure)))
            field.setToolTip(f"{measure.missing}\n{measure.source}")
            name = label(measure.label, "", wrap=True)
            name.setBuddy(field)
            named = QVBoxLayout()
            named.setSpacing(0)
            named.addWidget(name)
            named.addWidget(label(_range_words(measure), "hint", wrap=True))
            line = QWidget()
            across = QHBoxLayout(line)
            across.setContentsMargins(0, 0, 0, 0)
            across.setSpacing(8)
            across.addLayout(named, 1)
            across.addWidget(field)
            self._totals[path] = (NoteField("", line), field)
            column.addWidget(self._totals[path][0])
        return column

    def _write_activities(self, _text: str) -> None:
        rows = [row.activity() for row in self.rows]
        while rows and not any(rows[-1].values()):
            rows.pop()
        self.state.set(ACTIVITIES, rows or None)
        self._show_rows()

    def _show_rows(self) -> None:
        """Show what is written, and one more to write into."""
        used = max((place + 1 for place, row in enumerate(self.rows) if any(row.activity().values())), default=0)
        for place, row in enumerate(self.rows):
            row.setVisible(place < used + (1 if self._writable else 0) or place == 0)
        if self._shown_rows != (shown := sum(not row.isHidden() for row in self.rows)):
            self._shown_rows = shown
            self.grown.emit()

    def _activities(self) -> list[Mapping[str, Any]]:
        given = self.state.get(ACTIVITIES, [])
        return [each for each in given if isinstance(each, Mapping)] if isinstance(given, list | tuple) else []

    def _ratings(self) -> str:
        chart = self.state.chart
        if chart is None:
            return ""
        checklist = self._definitions.checklists.get(chart.visit.checklist_version, self._definitions.checklist)
        said = [
            f"{question.short.en} {chart.answers.get(question.key, self.tr('not asked'))}"
            for question in checklist.questions()
            if question.kind is Kind.RATING
        ]
        return self.tr("From the checklist, 0 to 10: %1").replace("%1", " · ".join(said))


def _range_words(measure: Measure) -> str:
    return f"{measure.low} to {measure.high} · {measure.unit} · higher is {measure.higher_is}"
