"""On time: how many promised documents were handed over in time, as a picture, by clinic and by kind, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from intake.actions.on_time import note_on_time, on_time
from intake.domain.on_time import OnTime, Tally, percent
from intake.entry.on_time_rows import apart_words, hours, period_words, result_words, week_name
from ui.choosing import file_to_save
from ui.desk import Desk
from ui.models.board import Cell
from ui.models.patients import Row
from ui.pages.documents.on_time_chart import OnTimeChart
from ui.pages.documents.on_time_table import CountsPair, CountsTable, counts_card
from ui.pages.intake.flow import FlowRows
from ui.pages.page import Key
from ui.preview.saving import write_whole
from ui.preview.worker import Worker
from ui.routes import Routes
from ui.widgets.buttons import Button, Chip
from ui.widgets.card import Card
from ui.widgets.labels import label
from ui.widgets.notices import Banner

if TYPE_CHECKING:
    from intake.storage.store import Store

_WEEK: Final = timedelta(days=7)
_LINE_PX: Final = 48
Form = Literal["pdf", "csv"]


class OnTimePane(QWidget):
    """The report of a period, counted anew when anything changes. Letters choose the period."""

    def __init__(self, desk: Desk, routes: Routes, parent: QWidget | None = None) -> None:
        """Build it for the last twelve weeks; :meth:`show_clinic` asks for the report."""
        super().__init__(parent)
        self.desk = desk
        self.routes = routes
        self.report: OnTime | None = None
        self._location: str | None = desk.location
        self._period = "L"
        self._worker = Worker(self)
        self.banner = Banner()
        self.result_label = label("", "title", wrap=True)
        self.apart_label = label("", "muted", wrap=True)
        self.chart = OnTimeChart()
        self.clinics_table = self._table(self.tr("By clinic"), self.tr("Clinic"))
        self.kinds_table = self._table(self.tr("By kind"), self.tr("Document"))
        self.weeks_table = self._table(self.tr("By week of the due time"), self.tr("Week"))
        self.pair = CountsPair(self.clinics_table, self.kinds_table)
        self.weeks_card = counts_card(self.weeks_table)
        self.area = QScrollArea()
        self.chips = {
            "L": Chip(self.tr("L Last 12 weeks"), checked=True),
            "M": Chip(self.tr("M This month")),
            "B": Chip(self.tr("B Month before")),
            "Y": Chip(self.tr("Y This year")),
        }
        self.pdf_button, self.csv_button = Button(self.tr("Save PDF"), key="S"), Button(self.tr("Save table"), key="T")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("On-time report"))
        self._lay_out()
        for letter, chip in self.chips.items():
            chip.clicked.connect(partial(self._choose, letter))
        self.pdf_button.clicked.connect(partial(self.save, "pdf"))
        self.csv_button.clicked.connect(partial(self.save, "csv"))

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the report."""
        return (
            Key(keys=("L", "M", "B", "Y"), text=self.tr("period")),
            Key(keys=("S",), text=self.tr("save PDF")),
            Key(keys=("T",), text=self.tr("save table")),
            Key(keys=("PgDn", "End"), text=self.tr("scroll")),
            Key(keys=("1", "–", "6"), text=self.tr("list")),
        )

    def show_clinic(self, location: str | None) -> None:
        """Report on a clinic, or on all of them with None."""
        self._location = location
        self.reload()

    def reload(self) -> None:
        """Count again."""
        desk, location = self.desk, self._location
        first, last = self.period()

        def count(store: Store) -> OnTime:
            return on_time(store, desk.actor, first=first, last=last, location=location, definitions=desk.definitions, now=desk.now())

        desk.store.ask(count, owner=self, done=self._show, newest="report")

    def period(self) -> tuple[date, date]:
        """Return first and last day of what is reported."""
        today = self.desk.today()
        this_month = today.replace(day=1)
        match self._period:
            case "M":
                return this_month, today
            case "B":
                before = this_month - timedelta(days=1)
                return before.replace(day=1), before
            case "Y":
                return today.replace(month=1, day=1), today
            case _:
                monday = today - timedelta(days=today.weekday())
                return monday - 11 * _WEEK, today

    def save(self, form: Form) -> None:
        """Ask where to, and save the report there."""
        if self.report is None:
            return
        usual = self.desk.paths.documents / f"on-time-{self.report.first}-{self.report.last}.{form}"
        kinds = self.tr("PDF (*.pdf)") if form == "pdf" else self.tr("Table (*.csv)")
        chosen = file_to_save(self, self.tr("Save the report"), usual, kinds)
        if chosen is not None:
            self.save_to(chosen, form)

    def save_to(self, path: Path, form: Form) -> None:
        """Save the report at this path, and record that it was saved."""
        report = self.report
        if report is not None:
            target = path if path.suffix.lower() == f".{form}" else path.with_name(f"{path.name}.{form}")
            make = partial(self._write, target, report, form)
            self._worker.ask(make, done=partial(self._saved, report, form), failed=partial(self._not_saved, target))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a period or save by its letter; scroll with what scrolls elsewhere."""
        letter = event.text().upper()
        if event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier):
            super().keyPressEvent(event)
        elif letter in self.chips:
            self._choose(letter)
        elif letter in ("S", "T"):
            self.save("pdf" if letter == "S" else "csv")
        elif not self._scrolled_by(Qt.Key(event.key())):
            super().keyPressEvent(event)

    def _scrolled_by(self, key: Qt.Key) -> bool:
        bar = self.area.verticalScrollBar()
        page = max(bar.pageStep() - _LINE_PX, _LINE_PX)
        steps = {
            Qt.Key.Key_PageDown: page, Qt.Key.Key_Space: page, Qt.Key.Key_Down: _LINE_PX, Qt.Key.Key_End: bar.maximum(),
            Qt.Key.Key_PageUp: -page, Qt.Key.Key_Up: -_LINE_PX, Qt.Key.Key_Home: -bar.maximum(),
        }  # fmt: skip
        if key in steps:
            bar.setValue(bar.value() + steps[key])
        return key in steps

    def _choose(self, letter: str, *_checked: bool) -> None:
        self._period = letter
        for each, chip in self.chips.items():
            chip.setChecked(each == letter)
        self.reload()

    def _show(self, report: OnTime) -> None:
        self.report = report
        self.result_label.setText(result_words(report.total))
        told = [period_words(report), self._hours_words(report.total), *apart_words(report.total)]
        self.apart_label.setText(" · ".join(each for each in told if each))
        self.chart.show_weeks(report.weeks)
        clinics = {each.key: each.name for each in self.desk.definitions.practice.locations}
        kinds = {each.key: each.name.en for each in self.desk.definitions.document_kinds.kinds}
        weeks = [(week_name(week), week.tally) for week in report.weeks if week.tally.count]
        self.clinics_table.show_rows(self._rows([(clinics.get(part.key, part.key), part.tally) for part in report.clinics]))
        self.kinds_table.show_rows(self._rows([(kinds.get(part.key, part.key), part.tally) for part in report.kinds]))
        self.weeks_table.show_rows(self._rows(weeks))
        self.pair.settle()
        for each in (self.chart, self.pair, self.weeks_card):
            each.setVisible(bool(weeks))

    def _write(self, target: Path, report: OnTime, form: Form) -> Path:
        desk = self.desk
        kinds = {each.key: each.name.en for each in desk.definitions.document_kinds.kinds}
        practice = desk.definitions.practice
        if form == "csv":
            from intake.interop.on_time import on_time_csv  # noqa: PLC0415 - loaded when a table is saved

            return write_whole(target, on_time_csv(report, practice=practice, kinds=kinds))
        from intake.documents.on_time_report import on_time_report  # noqa: PLC0415 - the PDF library is read here, not before the window

        by, training = desk.actor.staff.name, desk.paths.training
        content = on_time_report(report, practice=practice, kinds=kinds, by=by, training=training, printed_at=desk.now())
        return write_whole(target, content)

    def _saved(self, report: OnTime, form: Form, path: Path) -> None:
        desk = self.desk
        desk.store.ask(lambda store: note_on_time(store, desk.actor, report, form=form, now=desk.now()), owner=self)
        self.banner.hide()
        self.routes.said.emit(self.tr("Saved as %1.").replace("%1", path.name))

    def _not_saved(self, path: Path, error: Exception) -> None:
        if not isinstance(error, OSError):
            raise error
        words = self.tr("%1 could not be saved: %2. Choose another folder.")
        self.banner.say(words.replace("%2", error.strerror or "").replace("%1", path.name))

    def _lay_out(self) -> None:
        picture = Card(self.tr("On time"), self.tr("of the documents due, by week · pale: late or still owed"))
        for each in (self.result_label, self.apart_label, self.chart):
            picture.body.addWidget(each)
        inside = QWidget()
        inside.setObjectName("scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (picture, self.pair, self.weeks_card):
            column.addWidget(card)
        column.addStretch(1)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        head = QWidget()
        line = FlowRows(head, gap_x=8, gap_y=6, grows=False)
        for button in (*self.chips.values(), self.pdf_button, self.csv_button):
            line.addWidget(button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        for widget in (self.banner, head):
            outer.addWidget(widget)
        outer.addWidget(self.area, 1)

    def _table(self, title: str, first: str) -> CountsTable:
        heads = (first, self.tr("On time"), self.tr("In time / due"), self.tr("Median"), self.tr("Longest"))
        table = CountsTable(title, heads)
        table.reached.connect(partial(self._show_place, table))
        return table

    def _show_place(self, table: CountsTable, place: QRect) -> None:
        """Keep the row the keyboard is on in sight."""
        inside = self.area.widget()
        if inside is not None:
            at = table.viewport().mapTo(inside, place.center())
            self.area.ensureVisible(0, at.y(), 0, _LINE_PX)

    def _rows(self, parts: Sequence[tuple[str, Tally]]) -> list[Row]:
        return [Row(key=at, cells=self._cells(name, tally)) for at, (name, tally) in enumerate(parts)]

    def _cells(self, name: str, tally: Tally) -> tuple[Cell, ...]:
        owed = self.tr("%1 owed").replace("%1", str(tally.owed)) if tally.owed else ""
        return (
            Cell(first=name),
            Cell(first="–" if tally.share is None else percent(tally.share)),
            Cell(first=f"{tally.on_time} / {tally.due}", second=owed),
            Cell(first=_hours(tally.median_h)),
            Cell(first=_hours(tally.worst_h)),
        )

    def _hours_words(self, tally: Tally) -> str:
        if tally.median_h is None:
            return ""
        return self.tr("median %1, longest %2").replace("%2", _hours(tally.worst_h)).replace("%1", _hours(tally.median_h))


def _hours(value: float | None) -> str:
    return "–" if value is None else f"{hours(value)} h"
