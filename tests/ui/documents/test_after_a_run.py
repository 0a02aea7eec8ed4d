"""What the list says and offers after documents did not come out, and to whom it offers printing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest

from intake.actions.issuing import document_of
from intake.actions.material import material_of
from intake.actions.print_runs import begin_run, note_ended, note_sending, reprint_run
from intake.actions.requests import documents_of, note_delay, steps_of
from intake.documents.making import make
from intake.domain.print_runs import RunState
from tests.ui.conftest import Bench, Clock
from tests.ui.documents.conftest import Promises
from ui import theme
from ui.desk import Desk
from ui.pages.documents.page import DocumentsPage
from ui.pages.documents.rows import Column

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.print_runs import PrintRun
    from intake.storage.store import Store

JAM = "Paper jam in tray 2. Open the door at the back, take the sheet out and close it again."
ALT = Qt.KeyboardModifier.AltModifier


def ended(bench: Bench, desk: Desk, request_id: int, state: RunState, words: str = "", *, copy: bool = False) -> None:
    """Print a request in a run that ends so."""

    def go(store: Store) -> None:
        known, now = desk.definitions, desk.now()
        run: PrintRun
        if copy:
            run = reprint_run(store, desk.actor, request_id, reason="The first one got wet", definitions=known, now=now)
        else:
            run = begin_run(
                store, desk.actor, location="loc.edison", request_ids=(request_id,), cover=False, definitions=known, now=now
            )  # fmt: skip
        material = material_of(store, desk.actor, request_id, definitions=known, now=now)
        made = make(material, known, training=False, printed_at=now)
        note_sending(store, desk.actor, run.jobs[0].id, made, printer="Front desk", stamp=material.stamp, now=now)
        note_ended(store, desk.actor, run.jobs[0].id, state=state, words=words, clinic="Edison", now=now)

    bench.ask(go)


def legend(page: DocumentsPage) -> dict[str, str]:
    """Return the keys in the foot bar with what they do."""
    return {" ".join(key.keys): key.text for key in page.legend()}


def test_history_says_what_did_not_come_out_with_the_printers_words_and_not_as_issued(
    page: DocumentsPage, promises: Promises, bench: Bench, desk: Desk, clock: Clock, qtbot: QtBot
) -> None:
    """A job that failed or was taken back issued nothing; what came out after it did."""
    request = promises.open(bench.arrive("Sample"), hours_ago=2)
    ended(bench, desk, request.id, RunState.FAILED, JAM)
    clock.forward(3)
    ended(bench, desk, request.id, RunState.CANCELLED)
    assert bench.ask(lambda store: documents_of(store, desk.actor, request.id)) == ()
    page.reload()
    panel = page.document_panel
    qtbot.waitUntil(lambda: f"It did not come out: {JAM}" in panel.history.words())
    words = panel.history.words()
    assert words[words.index(f"It did not come out: {JAM}") + 1] == "10:00 AM · Alex Admin"
    assert words[words.index("It did not come out") + 1] == "10:03 AM · Alex Admin"
    assert "Issued" not in words
    clock.forward(1)
    ended(bench, desk, request.id, RunState.PRINTED)
    ended(bench, desk, request.id, RunState.FAILED, JAM, copy=True)
    (kept,) = bench.ask(lambda store: documents_of(store, desk.actor, request.id))
    assert bench.ask(lambda store: document_of(store, desk.actor, kept.id, now=desk.now())).copy_of is None
    steps = bench.ask(lambda store: steps_of(store, desk.actor, request.id))
    assert [step.what for step in steps[1:]] == ["not_printed", "not_printed", "printed", "not_printed"]


def test_the_printers_words_stand_whole_beside_the_list_and_s_leads_to_the_printers(
    page: DocumentsPage, promises: Promises, bench: Bench, desk: Desk, qtbot: QtBot
) -> None:
    """A row has no room for them; the key is in the foot bar."""
    request = promises.open(bench.arrive("Sample"), hours_ago=2)
    assert page.document_panel.trouble_label.isHidden()
    ended(bench, desk, request.id, RunState.FAILED, JAM)
    page.reload()
    qtbot.waitUntil(lambda: JAM in page.document_panel.trouble_label.text())
    assert page.document_panel.trouble_label.wordWrap()
    assert not page.document_panel.trouble_label.isHidden()
    assert legend(page)["S"] == "printers of this desk"
    with qtbot.waitSignal(page.routes.printing):
        QTest.keyClick(page.table, Qt.Key.Key_S)
    ended(bench, desk, request.id, RunState.PRINTED)
    page.reload()
    qtbot.waitUntil(page.document_panel.trouble_label.isHidden)


def test_history_follows_a_deed_that_leaves_the_line_as_it_is(
    page: DocumentsPage, promises: Promises, bench: Bench, desk: Desk, qtbot: QtBot
) -> None:
    """A delay is noted by this desk or another one: it stands there without going to another line first."""
    request = promises.open(bench.arrive("Sample"), hours_ago=2)
    page.reload()
    panel = page.document_panel
    qtbot.waitUntil(lambda: "Asked for" in panel.history.words())
    QTest.keyClick(page.table, Qt.Key.Key_D)
    QTest.keyClicks(page.deeds.delay_form.reason_field, "Fax line is down")
    QTest.keyClick(page.deeds.delay_form.reason_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Delay noted: Fax line is down" in panel.history.words())
    bench.ask(lambda store: note_delay(store, desk.actor, request.id, reason="Still down", now=desk.now()))
    page.reload()
    qtbot.waitUntil(lambda: "Delay noted: Still down" in panel.history.words())


def test_the_current_line_is_in_view_after_a_reload_and_in_another_list(
    page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """End, then a line more above it; End, then all clinics."""
    saved, other = bench.arrive("Here"), bench.arrive("There", location="loc.union")
    for hours in range(25):
        promises.open(saved, hours_ago=hours)
        promises.open(other, hours_ago=hours + 0.5)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 26)
    page.resize(1200, 480)

    def in_view() -> bool:
        table = page.table
        return table.viewport().rect().contains(table.visualRect(table.currentIndex()).center())

    QTest.keyClick(page.table, Qt.Key.Key_End)
    assert in_view()
    for hours in (26, 27, 28):
        promises.open(saved, hours_ago=hours)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 29)
    assert in_view()
    QTest.keyClick(page.table, Qt.Key.Key_0, ALT)
    qtbot.waitUntil(lambda: len(page.lines()) == 55)
    assert in_view()
    page.table.verticalScrollBar().setValue(0)
    places = [each.key for each in page.desk.definitions.practice.locations]
    QTest.keyClick(page.table, Qt.Key(Qt.Key.Key_1 + places.index("loc.edison")), ALT)
    qtbot.waitUntil(lambda: len(page.lines()) == 29)
    assert in_view()


def test_printing_is_offered_only_for_what_this_role_and_clinic_print(
    open_page: Callable[[Desk], DocumentsPage], receptionist: Desk, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """F9 prints this desk's clinic; the front desk does not print a copy of the whole record."""
    here, there = bench.arrive("Here"), bench.arrive("There", location="loc.union")
    promises.open(here, "records_copy", hours_ago=3)
    page = open_page(receptionist)
    qtbot.waitUntil(lambda: len(page.lines()) == 2)
    assert not {"F9", "P", "Ctrl A"} & set(legend(page))
    with qtbot.waitSignal(page.routes.refused, check_params_cb=lambda words: words == "Your role does not print what is chosen here."):
        QTest.keyClick(page.table, Qt.Key.Key_P)
    form = promises.open(there, hours_ago=4)
    QTest.keyClick(page.table, Qt.Key.Key_0, ALT)
    qtbot.waitUntil(lambda: len(page.lines()) == 4)
    page.table.go_to(form.id)
    assert {"P", "Ctrl A"} <= set(legend(page))
    assert "F9" not in legend(page)
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert [line.id for line in page.rows.marked()] == [form.id]
    promises.open(here, hours_ago=1)
    page.reload()
    qtbot.waitUntil(lambda: "F9" in legend(page))


def test_the_time_left_has_room_beside_the_panel_in_a_small_window(
    page: DocumentsPage, promises: Promises, bench: Bench, qtbot: QtBot
) -> None:
    """Late ones as well, with a scroll bar."""
    saved = bench.arrive("Sample")
    for hours in range(9):  # an empty list would take the table's place, and a table out of sight keeps its width
        promises.open(saved, hours_ago=hours)
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 10)
    page.resize(562, 480)
    qtbot.waitUntil(page.table.verticalScrollBar().isVisible)
    assert page.table.viewport().width() < 525
    room = page.table.columnWidth(Column.TIME) - 24
    for words in ("23 h 59 min late", "1 day 23 h late", "2 h 12 min late"):
        assert theme.metrics(weight=QFont.Weight.DemiBold).horizontalAdvance(words) <= room
    assert sum(page.table.columnWidth(column) for column in Column) <= page.table.viewport().width()
