"""The on-time report on screen: by keys, counted anew when something is handed over, and saved."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from intake.actions.handing_over import hand_over
from intake.domain.on_time import Tally, Week
from intake.domain.requests import Handover
from tests.ui.conftest import Bench
from tests.ui.documents.conftest import Promises
from tests.ui.documents.test_forms import held, key, typed
from ui.pages.documents.on_time import OnTimePane
from ui.pages.documents.on_time_chart import OnTimeChart
from ui.pages.documents.on_time_table import CountsTable
from ui.pages.documents.page import DocumentsPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def deliver(promises: Promises, bench: Bench, name: str) -> None:
    """Open, print and hand over an intake form that was due an hour ago."""
    request, desk = promises.printed(bench.arrive(name), hours_ago=25), promises.desk
    handover = Handover(to=name, identity="photo_id", late_reason="Patient came late")
    bench.ask(lambda store: hand_over(store, desk.actor, request.id, handover, definitions=desk.definitions, now=desk.now()))


@pytest.fixture
def pane(page: DocumentsPage, qtbot: QtBot) -> OnTimePane:
    """Return the report, opened by its key."""
    qtbot.waitUntil(page.empty.isVisible)
    key(qtbot, Qt.Key.Key_6)
    pane = page.on_time
    assert pane is not None
    qtbot.waitUntil(lambda: pane.report is not None)
    return pane


def test_six_opens_the_report_and_one_goes_back_to_the_list(page: DocumentsPage, pane: OnTimePane, qtbot: QtBot) -> None:
    """Nothing due yet is said in words."""
    assert pane.hasFocus()
    assert pane.result_label.text() == "No document was due in this period."
    assert any("save PDF" in each.text for each in page.legend())
    key(qtbot, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: not pane.isVisible())


def test_what_is_handed_over_is_in_the_report_without_opening_it_again(
    page: DocumentsPage, pane: OnTimePane, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """Counted anew when the window hears that something changed; a screen reader hears the weeks."""
    deliver(promises, bench, "Lateperson")
    page.routes.changed.emit()
    qtbot.waitUntil(lambda: pane.report is not None and pane.report.total.due == 1)
    assert (pane.kinds_table.model().rowCount(), pane.clinics_table.model().rowCount()) == (1, 1)
    assert "0 / 1" in pane.chart.accessibleDescription()


def test_a_letter_chooses_the_period(pane: OnTimePane, qtbot: QtBot) -> None:
    """The month before is a whole month."""
    typed(qtbot, "b")
    qtbot.waitUntil(lambda: pane.report is not None and str(pane.report.first) == "2026-10-01")
    assert pane.report is not None
    assert str(pane.report.last) == "2026-10-31"
    assert [letter for letter, chip in pane.chips.items() if chip.isChecked()] == ["B"]


def test_the_report_is_saved_as_pdf_and_table_and_a_folder_that_is_not_there_is_said(
    page: DocumentsPage, pane: OnTimePane, promises: Promises, bench: Bench, qtbot: QtBot, tmp_path: Path
) -> None:
    """Both hold what is on screen."""
    deliver(promises, bench, "Lateperson")
    page.routes.changed.emit()
    qtbot.waitUntil(lambda: pane.report is not None and pane.report.total.due == 1)
    pane.save_to(tmp_path / "nowhere" / "report.pdf", "pdf")
    qtbot.waitUntil(lambda: "could not be saved" in pane.banner.text())
    for form in ("pdf", "csv"):
        with qtbot.waitSignal(pane.routes.said, check_params_cb=lambda words, form=form: words == f"Saved as report.{form}."):
            pane.save_to(tmp_path / "report", form)
    assert pane.banner.isHidden()
    assert "On time" in PdfReader(tmp_path / "report.pdf").pages[0].extract_text()
    assert "Intake form" in (tmp_path / "report.csv").read_text(encoding="utf-8")


@pytest.fixture
def counted(page: DocumentsPage, pane: OnTimePane, promises: Promises, bench: Bench, qtbot: QtBot) -> OnTimePane:
    """Return the report on one document that was late, at a window of 1024 by 700."""
    deliver(promises, bench, "Lateperson")
    page.resize(840, 620)
    page.routes.changed.emit()
    qtbot.waitUntil(lambda: pane.report is not None and pane.report.total.due == 1)
    qtbot.waitUntil(lambda: pane.weeks_table.isVisible() and pane.weeks_table.height() == pane.weeks_table.sizeHint().height())
    return pane


def weeks(count: int, tally: Tally) -> tuple[Week, ...]:
    """Return so many weeks, each of which had this."""
    days = [date(2026, 1, 5) + timedelta(weeks=number) for number in range(count)]
    return tuple(Week(year=2026, number=day.isocalendar().week, first=day, last=day + timedelta(days=6), tally=tally) for day in days)


def cut(table: CountsTable) -> list[str]:
    """Return what stands in a table and has no room there, as its fonts measure it."""
    model, head = table.model(), table.horizontalHeader()
    found = [str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(5) if head.sectionSizeHint(at) > table.columnWidth(at)]
    for column in range(5):
        words = [str(model.index(row, column).data()) for row in range(model.rowCount())]
        found += [each for each in words if table.fontMetrics().horizontalAdvance(each) + 20 > table.columnWidth(column)]
    return found if table.columnViewportPosition(4) + table.columnWidth(4) <= table.viewport().width() else [*found, "the last column"]


def stands(pane: OnTimePane, *, beside: bool) -> bool:
    """Tell whether the tables stand side by side, or else one under the other."""
    one, other = (table.mapTo(pane, QPoint(0, 0)) for table in (pane.clinics_table, pane.kinds_table))
    return (one.y() == other.y()) is beside and (one.x() == other.x()) is not beside


def test_no_heading_and_no_number_is_cut_in_a_narrow_window(counted: OnTimePane, page: DocumentsPage, qtbot: QtBot) -> None:
    """The tables stand one under the other there, and side by side again where both fit."""
    tables = (counted.clinics_table, counted.kinds_table, counted.weeks_table)
    for width in (840, 1500):
        page.resize(width, 620)
        qtbot.waitUntil(partial(stands, counted, beside=width > 1000))
        qtbot.waitUntil(lambda: not any(cut(table) for table in tables))


def test_the_hours_of_each_week_stand_on_screen(counted: OnTimePane) -> None:
    """As the paper has them; a week without documents takes no row."""
    model = counted.weeks_table.model()
    assert [str(model.index(0, column).data()) for column in range(5)] == ["2026-W47, Nov 16", "0 %", "0 / 1", "25.0 h", "25.0 h"]
    assert model.rowCount() == 1


@pytest.mark.parametrize("width", [420, 700, 1400])
@pytest.mark.parametrize("count", [1, 12, 53])
def test_every_week_with_documents_keeps_its_words_at_any_width(qtbot: QtBot, width: int, count: int) -> None:
    """Its first day, its share and its count, none of them over those of another week or out of the picture."""
    chart = OnTimeChart()
    qtbot.addWidget(chart)
    chart.show_weeks(weeks(count, Tally(on_time=964, late=36)))
    chart.resize(width, chart.heightForWidth(width))
    places = chart.places()
    assert [week.first for week, _place in places] == [week.first for week in weeks(count, Tally())]
    for week, place in places:
        assert chart.words(week)[0::2] == ("96.4 %", "964 / 1,000")
        assert chart.words_px(week) < place.width()
        assert chart.rect().toRectF().adjusted(0, 0, 1, 1).contains(place)
    boxes = [place for _week, place in places]
    assert not [one for one in boxes for other in boxes if one is not other and one.adjusted(1, 1, -1, -1).intersects(other)]


def test_keys_scroll_the_report(counted: OnTimePane, page: DocumentsPage, qtbot: QtBot) -> None:
    """From wherever the keyboard is on it."""
    page.resize(840, 420)
    bar = counted.area.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for pressed in (Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_End, Qt.Key.Key_Down):
        key(qtbot, Qt.Key.Key_Home)
        assert bar.value() == 0
        key(qtbot, pressed)
        assert bar.value() > 0
    assert any("PgDn" in each.keys for each in page.legend())


def test_tab_reaches_the_tables_and_nothing_looks_chosen_elsewhere(counted: OnTimePane, page: DocumentsPage, qtbot: QtBot) -> None:
    """The row the keyboard comes to is in sight; letters mean there what they mean on the report."""
    page.resize(840, 420)
    tables = (counted.clinics_table, counted.kinds_table, counted.weeks_table)
    assert not [each for each in tables if each.selectionModel().hasSelection()]
    seen: list[str] = []
    for _ in range(20):
        key(qtbot, Qt.Key.Key_Tab)
        if (here := held(qtbot)) in tables:
            seen.append(here.accessibleName())
            assert [each for each in tables if each.selectionModel().hasSelection()] == [here]
            assert not here.visibleRegion().isEmpty()
    assert seen[:3] == ["By clinic", "By kind", "By week of the due time"]
    counted.weeks_table.setFocus()
    key(qtbot, Qt.Key.Key_Y)
    assert counted.chips["Y"].isChecked()
    key(qtbot, Qt.Key.Key_Home)
    assert counted.area.verticalScrollBar().value() == 0
    counted.setFocus()
    assert QApplication.focusWidget() is counted
    assert not counted.weeks_table.selectionModel().hasSelection()
