"""The list of promised documents: in what order and groups, which key marks and opens, and that it follows the store."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.requests import withdraw
from intake.domain.document_kinds import Paper
from tests.ui.conftest import Bench, Clock
from tests.ui.documents.conftest import Promises, headings, kinds, names
from ui.desk import Desk
from ui.pages.documents.filters import Tab
from ui.pages.documents.page import DocumentsPage
from ui.pages.documents.rows import Column

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


def said(page: DocumentsPage, row: int, column: Column) -> str:
    """Return what a cell says."""
    return str(page.rows.index(row, column).data())


def test_what_is_due_stands_under_its_urgency_with_the_time_in_words(
    page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """Late first, and how late; far ones in days."""
    saved = bench.arrive("Sample")
    promises.open(saved, hours_ago=26.2)
    promises.open(saved, "records_copy", hours_ago=22.5)
    page.reload()
    qtbot.waitUntil(lambda: kinds(page) == ["intake_form", "records_copy", "visit_note"])
    assert headings(page) == ["Overdue · 1", "Due within 4 hours · 1", "Due within 24 hours · 1"]
    assert [said(page, row, Column.TIME) for row in (1, 3, 5)] == ["2 h 12 min late", "1 h 30 min", "1 day"]
    assert [said(page, row, Column.STAND) for row in (1, 3, 5)] == ["Ready to print", "Ready to print", "Waiting for a signature"]


def test_the_time_left_runs_on_without_asking_the_store(
    page: DocumentsPage, promises: Promises, bench: Bench, clock: Clock, qtbot: QtBot
) -> None:
    """A minute later it says so, and what became late moves up under its heading."""
    promises.open(bench.arrive("Sample"), hours_ago=23)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    page.desk.store.stop()
    clock.forward(59)
    page._timer.timeout.emit()
    assert said(page, 1, Column.TIME) == "1 min"
    clock.forward(2)
    page._timer.timeout.emit()
    assert headings(page)[0] == "Overdue · 1"
    assert said(page, 1, Column.TIME) == "1 min late"


def test_arrows_pass_over_headings_and_enter_opens_the_paper(page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot) -> None:
    """A letter opens in its editor, every other paper of a visit in its preview."""
    saved = bench.arrive("Sample")
    letter = promises.open(saved, "work_note", hours_ago=21)
    page.reload()
    qtbot.waitUntil(lambda: kinds(page) == ["work_note", "visit_note"])
    with qtbot.waitSignal(page.routes.letter, check_params_cb=partial(int.__eq__, letter.id)):
        QTest.keyClick(page.table, Qt.Key.Key_Return)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.routes.paper, check_params_cb=lambda visit, kind: (visit, kind) == (saved.visit_id, Paper.VISIT_NOTE)):
        QTest.keyClick(page.table, Qt.Key.Key_Return)


def test_space_shift_and_ctrl_a_mark_lines(page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot) -> None:
    """Space the current one, Shift with an arrow as far as it goes, Ctrl+A what can be printed, Escape none."""
    saved = bench.arrive("Sample")
    for hours in (26, 25, 23):
        promises.open(saved, hours_ago=hours)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 4)
    first, second, third, note = (line.id for line in page.lines())

    def marked() -> list[int]:
        return [line.id for line in page.rows.marked()]

    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert marked() == [first]
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert marked() == []
    QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    QTest.keyClick(page.table, Qt.Key.Key_Down, SHIFT)
    assert marked() == [first, second, third]
    QTest.keyClick(page.table, Qt.Key.Key_Up, SHIFT)
    assert marked() == [first, second]
    QTest.keyClick(page.table, Qt.Key.Key_A, CTRL)
    assert marked() == [first, second, third]
    assert note not in marked()
    with qtbot.waitSignal(page.routes.print_asked, check_params_cb=lambda ids: ids == (first, second, third)):
        QTest.keyClick(page.table, Qt.Key.Key_P)
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert marked() == []


def test_what_is_marked_and_current_stays_when_another_desk_writes(
    page: DocumentsPage, promises: Promises, bench: Bench, desk: Desk, qtbot: QtBot
) -> None:
    """A line that comes above moves nothing of it; a current line that goes gives its place to the next."""
    saved = bench.arrive("Sample")
    kept, gone = promises.open(saved, hours_ago=20), promises.open(saved, hours_ago=10)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 3)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    promises.open(saved, hours_ago=30)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 4)
    line = page.table.current_line()
    assert line is not None
    assert (line.id, [each.id for each in page.rows.marked()]) == (gone.id, [kept.id])
    bench.ask(lambda store: withdraw(store, desk.actor, gone.id, reason="Asked for twice", now=desk.now()))
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 3)
    line = page.table.current_line()
    assert line is not None
    assert line.kind == "visit_note"


def test_the_scroll_position_stays_over_a_reload(page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot) -> None:
    """Nothing jumps under the eyes of who reads."""
    saved = bench.arrive("Sample")
    for hours in range(20):
        promises.open(saved, hours_ago=hours)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 21)
    bar = page.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 200)
    bar.setValue(180)
    promises.open(saved, hours_ago=1)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 22)
    assert bar.value() == 180


def test_g_groups_by_clinician_and_by_kind(page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot) -> None:
    """The same lines under other headings, the most pressing group first."""
    saved = bench.arrive("Sample")
    promises.open(saved, hours_ago=25)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    QTest.keyClick(page.table, Qt.Key.Key_G)
    assert headings(page) == ["No clinician yet · 2"]
    QTest.keyClick(page.table, Qt.Key.Key_G)
    assert headings(page) == ["Intake form · 1", "Visit note · 1"]
    QTest.keyClick(page.table, Qt.Key.Key_G)
    assert headings(page)[0] == "Overdue · 1"


def test_clinic_kind_and_state_narrow_the_list(page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot) -> None:
    """Alt with a digit the clinic, a digit the list, K and a letter the kind, and Enter goes back to the list."""
    here = bench.arrive("Here")
    bench.arrive("There", location="loc.union")
    promises.open(here, hours_ago=2)
    page.reload()
    qtbot.waitUntil(lambda: names(page) == ["Here", "Here"])
    QTest.keyClick(page.table, Qt.Key.Key_0, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: sorted(names(page)) == ["Here", "Here", "There"])
    QTest.keyClick(page.table, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: kinds(page) == ["intake_form"])
    QTest.keyClick(page.table, Qt.Key.Key_1)
    QTest.keyClick(page.table, Qt.Key.Key_K)
    qtbot.waitUntil(page.filters.kind_field.hasFocus)
    QTest.keyClick(page.filters.kind_field, Qt.Key.Key_V)
    qtbot.waitUntil(lambda: kinds(page) == ["visit_note", "visit_note"])
    QTest.keyClick(page.filters.kind_field, Qt.Key.Key_Return)
    assert page.table.hasFocus()


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (Qt.Key.Key_1, "Nothing is owed here"),
        (Qt.Key.Key_2, "Nothing is ready to print"),
        (Qt.Key.Key_3, "Nothing waits for a signature"),
        (Qt.Key.Key_4, "Nothing printed waits"),
        (Qt.Key.Key_5, "Nothing was handed over"),
    ],
)
def test_an_empty_list_says_what_to_do_next(page: DocumentsPage, qtbot: QtBot, key: Qt.Key, words: str) -> None:
    """Nobody looks at a blank page, and the keys work there."""
    qtbot.waitUntil(page.empty.isVisible)
    QTest.keyClick(page.empty, key)
    qtbot.waitUntil(lambda: page.empty.title_label.text().startswith(words))
    assert page.empty.text_label.text()


def test_the_end_of_a_long_list_asks_for_more(
    page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A list begins short, however much is owed."""
    monkeypatch.setattr("ui.pages.documents.page.LISTED", 3)
    saved = bench.arrive("Sample")
    for hours in range(5):
        promises.open(saved, hours_ago=hours)
    page.filters.show_tab(Tab.OWED)
    qtbot.waitUntil(lambda: len(page.lines()) == 3)
    QTest.keyClick(page.table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: len(page.lines()) == 6)


def test_no_line_is_told_by_color_alone(
    open_page: Callable[[Desk], DocumentsPage], print_desk: Desk, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """A screen reader hears the whole line, lateness and mark included."""
    promises.open(bench.arrive("Sample"), hours_ago=25, recipient="Example Law Office", leaves_by="mail")
    page = open_page(print_desk)
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    spoken = page.rows.index(1, Column.PATIENT).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("selected, Sample, Ana, RD-")
    assert "Ready to print, Mail, 1 h 00 min late" in spoken
