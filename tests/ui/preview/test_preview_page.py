"""The preview of an intake form by real keys, over a real store and a real print server."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake.actions.print_settings import choose_printer, chosen_printer, keep_print_setting
from intake.actions.printing import papers_of
from intake.domain.print_runs import PrintSetting
from intake.printing import Job, JobState, printers
from tests.intake.printing.print_server import PrintServer
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.preview import PreviewPage
from ui.routes import Routes

LONG_MS = 20_000
CTRL = Qt.KeyboardModifier.ControlModifier
Shown = Callable[[Page], QWidget]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, bench: Bench, shown: Shown, server: PrintServer) -> PreviewPage:
    """Show the form of an invented visit, with one printer there."""
    server.add("p_front", description="Front desk laser")
    saved = bench.arrive("Sample", "Ana")
    page = PreviewPage(desk, Routes(), saved.visit_id)
    open_page(qtbot, page, shown)
    return page


def open_page(qtbot: QtBot, page: PreviewPage, shown: Shown) -> None:
    """Show a page, its paper drawn and its printers listed."""
    with qtbot.waitSignals([page.view.canvas.drawn, page.printing.listed], timeout=LONG_MS):
        shown(page)


def pick(qtbot: QtBot, page: PreviewPage, name: str) -> None:
    """Move to a printer with the arrows, from the list that has the focus."""
    rows = page.print_panel.printers
    for _ in range(rows.count()):
        if page.print_panel.current() == name:
            return
        QTest.keyClick(rows, Qt.Key.Key_Down)
    assert page.print_panel.current() == name


def test_the_form_of_the_visit_is_on_screen_with_the_patient_in_the_title(page: PreviewPage, bench: Bench) -> None:
    """And that somebody looked is on record."""
    assert page.view.shows_paper()
    assert page.view.canvas.pages() >= 1
    assert "Sample, Ana" in page.title
    assert page.title.endswith("RD-000001-3")
    actions = bench.ask(lambda store: [row[0] for row in store._connection.execute("SELECT action FROM audit ORDER BY seq")])
    assert actions.count("preview_document") == 1


def test_the_first_print_asks_for_a_printer_by_keyboard_and_remembers_it(
    qtbot: QtBot, page: PreviewPage, bench: Bench, server: PrintServer
) -> None:
    """Ctrl+P leads to the list, arrows and Enter print, and this desk keeps the choice."""
    paper = server.add("p_second")
    with qtbot.waitSignal(page.printing.listed, timeout=LONG_MS):
        page.printing.list_printers()
    QTest.keyClick(page.view.canvas, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(page.print_panel.printers.hasFocus)
    pick(qtbot, page, "p_second")
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS) as ended:
        QTest.keyClick(page.print_panel.printers, Qt.Key.Key_Return)
    assert isinstance(ended.args[0], Job)
    assert ended.args[0].state is JobState.DONE
    assert page.print_panel.banner.text() == "Printed on p_second."
    with pypdfium2.PdfDocument(paper) as printed:
        assert "Sample" in printed[0].get_textpage().get_text_range()
    assert bench.ask(lambda store: chosen_printer(store, "desk-1", "intake_form")) == "p_second"
    papers = bench.ask(lambda store: papers_of(store, bench.desk.actor, 1))
    assert [(each.how, each.target, each.visit_id) for each in papers] == [("print", "p_second", page.visit_id)]


def test_a_print_takes_sides_and_copies_of_its_kind_at_this_desk(
    qtbot: QtBot, desk: Desk, bench: Bench, shown: Shown, server: PrintServer
) -> None:
    """The same setting as a print run has."""
    server.add("p_both", backend="keeps")
    saved = bench.arrive("Sample", "Cleo")
    setting = PrintSetting(printer="p_both", duplex=True, copies=2)
    bench.ask(lambda store: keep_print_setting(store, desk.actor, "intake_form", setting, now=desk.now()))
    page = PreviewPage(desk, Routes(), saved.visit_id)
    open_page(qtbot, page, shown)
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_P, CTRL)
    ((_, _, _, options),) = server.jobs("p_both")
    assert "sides=two-sided-long-edge" in options.split()
    with pypdfium2.PdfDocument(server.kept("p_both")[0].read_bytes()) as printed:
        assert len(printed) == 2 * (page.view.canvas.pages() + page.view.canvas.pages() % 2)


def test_with_a_remembered_printer_ctrl_p_prints_at_once(qtbot: QtBot, desk: Desk, bench: Bench, shown: Shown, server: PrintServer) -> None:
    """The second form of the day is one key."""
    paper = server.add("p_usual")
    saved = bench.arrive("Sample", "Ben")
    bench.ask(lambda store: choose_printer(store, desk.actor, "intake_form", "p_usual", now=desk.now()))
    page = PreviewPage(desk, Routes(), saved.visit_id)
    open_page(qtbot, page, shown)
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_P, CTRL)
    assert paper.exists()


def test_a_remembered_printer_that_was_removed_is_told_and_another_one_chosen(
    qtbot: QtBot, desk: Desk, bench: Bench, shown: Shown, server: PrintServer
) -> None:
    """Nothing is printed where nobody looks."""
    server.add("p_left")
    saved = bench.arrive("Sample", "Cleo")
    bench.ask(lambda store: choose_printer(store, desk.actor, "intake_form", "p_sold", now=desk.now()))
    page = PreviewPage(desk, Routes(), saved.visit_id)
    open_page(qtbot, page, shown)
    QTest.keyClick(page.view.canvas, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(page.print_panel.printers.hasFocus)
    assert page.print_panel.banner.text().startswith("p_sold is no longer here.")


def test_a_failure_shows_the_printers_words_and_r_prints_the_kept_job(
    qtbot: QtBot, desk: Desk, bench: Bench, shown: Shown, server: PrintServer
) -> None:
    """The legend offers the key only while there is something to retry."""
    server.add("p_jam", backend="jams", policy="abort-job")
    saved = bench.arrive("Sample", "Dora")
    bench.ask(lambda store: choose_printer(store, desk.actor, "intake_form", "p_jam", now=desk.now()))
    page = PreviewPage(desk, Routes(), saved.visit_id)
    open_page(qtbot, page, shown)
    assert not any("R" in key.keys for key in page.legend())
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_P, CTRL)
    assert "Paper jam in tray 2" in page.print_panel.banner.text()
    assert page.print_panel.retry_button.isVisible()
    assert any("R" in key.keys for key in page.legend())
    paper = server.add("p_jam")
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_R)
    assert paper.exists()
    assert page.print_panel.banner.text() == "Printed on p_jam."
    assert not page.print_panel.retry_button.isVisible()


def test_the_queue_never_learns_who_the_patient_is(qtbot: QtBot, page: PreviewPage, server: PrintServer) -> None:
    """A print queue shows its titles to everyone on the network, and its spool keeps nothing once the paper is out."""
    server.add("p_titles", backend="keeps")
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS):
        page.leaving_desk.print_on("p_titles")
    ((_, _, title, options),) = server.jobs("p_titles")
    assert title.startswith("Intake form")
    assert not any(word in title + options for word in ("Sample", "RD-0000"))
    assert not any(b"Sample" in file.read_bytes() for file in (server.papers.parent / "spool").glob("[cd]0*"))


def test_saving_writes_the_whole_pdf_for_its_owner_only_and_records_it(
    qtbot: QtBot, page: PreviewPage, bench: Bench, tmp_path: Path
) -> None:
    """The name that was typed gets its ending; the audit has no file name, which could be a patient's."""
    page.leaving_desk.save_to(tmp_path / "ana")
    target = tmp_path / "ana.pdf"
    qtbot.waitUntil(lambda: page.print_panel.banner.text() == "Saved as ana.pdf.")
    assert target.stat().st_mode & 0o077 == 0
    with pypdfium2.PdfDocument(target) as saved:
        assert len(saved) == page.view.canvas.pages()
    assert list(tmp_path.glob(".saving-*")) == []
    papers = bench.ask(lambda store: papers_of(store, bench.desk.actor, 1))
    assert [(each.how, each.target) for each in papers] == [("file", "file")]


def test_a_folder_that_is_not_there_is_told_and_nothing_recorded(qtbot: QtBot, page: PreviewPage, bench: Bench, tmp_path: Path) -> None:
    """The reason is the system's own, and what to do stands beside it."""
    page.leaving_desk.save_to(tmp_path / "nowhere" / "ana.pdf")
    qtbot.waitUntil(lambda: page.print_panel.banner.text().startswith("ana.pdf could not be saved: No such file or directory."))
    assert bench.ask(lambda store: papers_of(store, bench.desk.actor, 1)) == ()


def test_a_visit_that_is_not_there_is_said_in_words(qtbot: QtBot, desk: Desk, shown: Shown, server: PrintServer) -> None:
    """And nothing can be printed."""
    page = PreviewPage(desk, Routes(), 4711)
    shown(page)
    qtbot.waitUntil(lambda: "visit" in page.view.words.text().lower())
    assert not page.view.shows_paper()
    QTest.keyClick(page, Qt.Key.Key_P, CTRL)
    assert page.printing.kept is None
    assert not page.printing.busy


def test_escape_goes_to_the_patient_and_from_the_printers_to_the_paper(qtbot: QtBot, page: PreviewPage) -> None:
    """Esc is always one step back."""
    QTest.keyClick(page.view.canvas, Qt.Key.Key_P)
    qtbot.waitUntil(page.print_panel.printers.hasFocus)
    QTest.keyClick(page.print_panel.printers, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.view.canvas
    with qtbot.waitSignal(page.routes.patient) as went:
        QTest.keyClick(page.view.canvas, Qt.Key.Key_Escape)
    assert went.args == [1]


def test_the_choice_of_a_printer_is_on_record_once(bench: Bench, desk: Desk, server: PrintServer) -> None:
    """Printing ten forms on the same printer is one choice."""
    for _ in range(3):
        bench.ask(lambda store: choose_printer(store, desk.actor, "intake_form", "p_front", now=desk.now()))
    rows = bench.ask(
        lambda store: [row[0] for row in store._connection.execute("SELECT changes FROM audit WHERE action = 'choose_printer'")]
    )
    [told] = [json.loads(row) for row in rows]
    assert told.pop("sealed")[1].startswith("setting:")
    assert told == {"printer.intake_form": [None, "p_front"]}


def test_printers_show_their_descriptions_and_states(page: PreviewPage, server: PrintServer, qtbot: QtBot) -> None:
    """A stopped printer says why before anything is sent to it."""
    server.add("p_shut")
    server.tell("cupsdisable", "-r", "Tray 2 is open", "p_shut")
    with qtbot.waitSignal(page.printing.listed, timeout=LONG_MS):
        page.printing.list_printers()
    rows = page.print_panel.printers
    told = [rows.item(row).data(Qt.ItemDataRole.AccessibleTextRole) for row in range(rows.count())]
    assert "Front desk laser, ready" in told
    assert "p_shut, stopped: Tray 2 is open" in told
    assert len(told) == len(printers())
