"""Labels, envelopes, forms and the accounting of disclosures: looked at, printed, saved, and recorded when they leave."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from intake.actions.intakes import SaveRequest, save_intake
from intake.domain.staff import Role
from tests.factories import a_patient, an_intake
from tests.ui.conftest import Bench, colleague
from tests.ui.printrun.filing import FileWay
from ui.main_window import MainWindow
from ui.pages.papers.page import PapersPage
from ui.widgets.fields import TextField

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.storage.store import Store
    from ui.desk import Desk

Open = Callable[["Desk", "int | None"], PapersPage]
CTRL = Qt.KeyboardModifier.ControlModifier


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    held = QApplication.focusWidget()
    assert isinstance(held, QWidget)
    QTest.keyClick(held, key, modifier)


def text(page: PapersPage) -> str:
    """Return what the paper on screen says."""
    leaf = page.leaving_desk.held
    assert leaf is not None
    return "\n".join(each.extract_text() for each in PdfReader(io.BytesIO(leaf.pdf)).pages)


def go_to(page: PapersPage, kind: str, qtbot: QtBot) -> None:
    """Walk down the list to a paper, and wait until it is made."""
    page.table.setFocus()
    for _ in page.kinds[: page.kinds.index(kind)]:
        press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: (leaf := page.leaving_desk.held) is not None and leaf.file_name.startswith(kind), timeout=20_000)


def left(bench: Bench, desk: Desk, patient_id: int) -> list[str]:
    """Return the actions of the audit by which papers of a patient left, in order."""

    def look(store: Store) -> list[str]:
        rows = store.audit._connection.execute("SELECT action FROM audit WHERE patient_id = ? ORDER BY seq", (patient_id,))
        return [action for (action,) in rows if action.startswith(("print_", "export_"))]

    return bench.ask(look)


def test_labels_go_to_the_label_printer_which_is_remembered(
    receptionist: Desk, bench: Bench, open_papers: Open, way: FileWay, qtbot: QtBot
) -> None:
    """Sheet, first free label and how many by the keyboard; it is recorded as printed, and only then."""
    saved = bench.arrive("Labelperson")
    page = open_papers(receptionist, saved.patient_id)
    assert text(page).count("Labelperson") == 1
    press(qtbot, Qt.Key.Key_Return)
    assert page.options.sheet_field.hasFocus()
    for typed in ("3", "4"):
        press(qtbot, Qt.Key.Key_Return)
        field = QApplication.focusWidget()
        assert isinstance(field, TextField)
        field.selectAll()
        QTest.keyClicks(field, typed)
    qtbot.waitUntil(lambda: page.leaving_desk.held is not None and text(page).count("Labelperson") == 4)
    press(qtbot, Qt.Key.Key_Return)
    assert page.table.hasFocus()
    assert left(bench, receptionist, saved.patient_id) == []
    press(qtbot, Qt.Key.Key_P)
    qtbot.waitUntil(page.leaving_desk.panel.printers.hasFocus)
    press(qtbot, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.leaving_desk.printing.ended, timeout=10_000):
        press(qtbot, Qt.Key.Key_Return)
    assert PdfReader(way.papers()[0]).pages[0].extract_text().count("Labelperson") == 4
    qtbot.waitUntil(lambda: left(bench, receptionist, saved.patient_id) == ["print_labels"])
    again = open_papers(receptionist, saved.patient_id)
    qtbot.waitUntil(lambda: again.leaving_desk.panel.current() == "Labels")
    with qtbot.waitSignal(again.leaving_desk.printing.ended, timeout=10_000):
        press(qtbot, Qt.Key.Key_P, CTRL)
    assert [sheet.printer for sheet in way.sheets.values()] == ["Labels", "Labels"]


def test_a_label_that_is_not_on_the_sheet_is_said_at_its_field_and_cannot_leave(
    receptionist: Desk, bench: Bench, open_papers: Open, way: FileWay, qtbot: QtBot
) -> None:
    """Neither a place beyond the sheet nor a number that is none; put right, it is there."""
    page = open_papers(receptionist, bench.arrive("Labelperson").patient_id)
    for field, box, wrong in ((page.options.first_field, "first", "31"), (page.options.count_field, "count", "x")):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, wrong)
        qtbot.waitUntil(page.options.boxes[box].has_problem)
        press(qtbot, Qt.Key.Key_P, CTRL)
        assert way.sheets == {}
        field.selectAll()
        QTest.keyClicks(field, "2")
        qtbot.waitUntil(lambda: page.leaving_desk.held is not None)
        assert not page.options.boxes[box].has_problem()


def test_an_envelope_of_somebody_without_an_address_says_why_there_is_none(
    receptionist: Desk, bench: Bench, open_papers: Open, qtbot: QtBot
) -> None:
    """The labels for the folder are there as before; with an address there is an envelope."""
    known = receptionist.definitions
    nobody = an_intake(known, patient=a_patient(legal_last="Nohome", line1="declined", line2=None, city=None, state=None, zip_code=None))
    request = SaveRequest(intake=nobody)
    saved = bench.ask(lambda store: save_intake(store, receptionist.actor, request, definitions=known, now=receptionist.now()))
    page = open_papers(receptionist, saved.patient_id)
    for _ in range(2):
        press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: "address" in page.view.words.text())
    assert page.leaving_desk.held is None
    housed = open_papers(receptionist, bench.arrive("Labelperson").patient_id)
    go_to(housed, "envelope", qtbot)
    assert "Labelperson" in text(housed)


def test_an_intake_form_is_filled_with_what_is_known_in_either_language_and_saved(
    receptionist: Desk, bench: Bench, open_papers: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """The fillable one is a form with fields; that it left is recorded, and told of the patient."""
    saved = bench.arrive("Formperson")
    page = open_papers(receptionist, saved.patient_id)
    go_to(page, "blank", qtbot)
    assert "Formperson" in text(page)
    press(qtbot, Qt.Key.Key_Return)
    assert page.options.language_field.hasFocus()
    QTest.keyClicks(page.options.language_field, "s")
    qtbot.waitUntil(lambda: (leaf := page.leaving_desk.held) is not None and leaf.file_name.endswith("-es.pdf"), timeout=20_000)
    page.table.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: (leaf := page.leaving_desk.held) is not None and leaf.file_name.startswith("fillable"), timeout=20_000)
    page.leaving_desk.save_to(tmp_path / "form.pdf")
    qtbot.waitUntil(lambda: left(bench, receptionist, saved.patient_id) == ["export_form"])
    fields = PdfReader(tmp_path / "form.pdf").get_fields() or {}
    assert fields["patient/legal_last"]["/V"] == "Formperson"


def test_the_accounting_of_disclosures_is_for_those_who_may_ask_for_it(
    desk: Desk, receptionist: Desk, bench: Bench, open_papers: Open, qtbot: QtBot
) -> None:
    """A receptionist is not offered it; the print desk sees and prints it, and that is recorded."""
    saved = bench.arrive("Toldperson")
    assert "accounting" not in open_papers(receptionist, saved.patient_id).kinds
    print_desk = colleague(desk, bench, login="pat", role=Role.PRINT_DESK, workstation="desk-4")
    page = open_papers(print_desk, saved.patient_id)
    go_to(page, "accounting", qtbot)
    assert "Toldperson" in text(page)
    press(qtbot, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(page.leaving_desk.panel.printers.hasFocus)
    press(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: left(bench, print_desk, saved.patient_id) == ["print_accounting"])


def test_a_printer_that_jams_keeps_the_paper_and_r_sends_it_again(
    receptionist: Desk, bench: Bench, open_papers: Open, way: FileWay, qtbot: QtBot
) -> None:
    """In the printer's own words."""
    way.jams["Front desk"] = "Labels are used up"
    page = open_papers(receptionist, bench.arrive("Labelperson").patient_id)
    press(qtbot, Qt.Key.Key_P, CTRL)
    qtbot.waitUntil(page.leaving_desk.panel.printers.hasFocus)
    with qtbot.waitSignal(page.leaving_desk.printing.ended, timeout=10_000):
        press(qtbot, Qt.Key.Key_Return)
    assert "Labels are used up" in page.leaving_desk.panel.banner.text()
    assert any(key.keys == ("R",) for key in page.legend())
    way.jams.clear()
    with qtbot.waitSignal(page.leaving_desk.printing.ended, timeout=10_000):
        press(qtbot, Qt.Key.Key_R)
    assert len(way.papers()) == 1


def test_l_on_a_patients_page_leads_to_the_papers_and_escape_back(receptionist: Desk, bench: Bench, qtbot: QtBot) -> None:
    """The palette has the forms that are nobody's yet."""
    saved = bench.arrive("Labelperson")
    window = MainWindow(receptionist)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitActive(window)
    window.begin()
    window.routes.patient.emit(saved.patient_id)
    qtbot.waitUntil(lambda: getattr(window.places.current(), "record", None) is not None)
    qtbot.waitUntil(lambda: (held := QApplication.focusWidget()) is not None and held.accessibleName() == "Visits")
    press(qtbot, Qt.Key.Key_L)
    page = window.places.current()
    assert isinstance(page, PapersPage)
    assert window.places.place_of(page) == "patients"
    with qtbot.waitSignal(window.routes.patient):
        press(qtbot, Qt.Key.Key_Escape)
    blank = next(command for command in window.commands() if command.words.startswith("Blank intake form"))
    blank.act()
    forms = window.places.current()
    assert isinstance(forms, PapersPage)
    assert forms.kinds == ("blank", "fillable")
    qtbot.waitUntil(lambda: forms.leaving_desk.held is not None, timeout=20_000)
    with qtbot.waitSignal(window.routes.documents):
        press(qtbot, Qt.Key.Key_Escape)
