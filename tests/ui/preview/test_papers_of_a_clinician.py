"""The visit note and the home-care sheet in the window: seen, set, printed and saved, and known again when they come back."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake.actions.intakes import SaveRequest, save_intake
from intake.actions.verifying import verify
from intake.domain.document_kinds import Paper
from tests.factories import a_patient, an_intake
from tests.intake.printing.print_server import PrintServer
from tests.ui.conftest import Bench
from tests.ui.preview.clinic import sign, write
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.preview import PreviewPage
from ui.routes import Routes

LONG_MS = 20_000
Shown = Callable[[Page], QWidget]
Open = Callable[[int, Paper], PreviewPage]


@pytest.fixture
def opened(qtbot: QtBot, clinician: Desk, shown: Shown, server: PrintServer) -> Open:
    """Open a paper of a visit as a clinician, drawn."""

    def open_paper(visit_id: int, kind: Paper) -> PreviewPage:
        page = PreviewPage(clinician, Routes(), visit_id, kind)
        with qtbot.waitSignals([page.view.canvas.drawn, page.printing.listed], timeout=LONG_MS):
            shown(page)
        return page

    return open_paper


def text_of(page: PreviewPage) -> str:
    """Return the words of the paper as it is shown."""
    made = page._made
    assert made is not None
    return " ".join(str(sheet.get_textpage().get_text_range()) for sheet in pypdfium2.PdfDocument(made.pdf)).replace("\r\n", " ")


def actions_of(bench: Bench) -> list[str]:
    """Return what was recorded, in its order."""
    return bench.ask(lambda store: [row[0] for row in store._connection.execute("SELECT action FROM audit ORDER BY seq")])


def test_an_unsigned_note_says_preliminary_beside_the_paper_and_on_it(opened: Open, bench: Bench, clinician: Desk) -> None:
    """Before anybody prints it."""
    saved = bench.arrive()
    write(bench, clinician, saved.visit_id)
    page = opened(saved.visit_id, Paper.VISIT_NOTE)
    assert page.print_panel.state_banner.text().startswith("PRELIMINARY")
    assert "PRELIMINARY" in text_of(page)
    assert "Left upper trapezius is tight." in text_of(page)
    assert page.title.startswith("Visit note · Sample, Ana")


def test_a_signed_note_is_no_preliminary_one(opened: Open, bench: Bench, clinician: Desk) -> None:
    """The banner is gone, the signature is there."""
    saved = bench.arrive()
    write(bench, clinician, saved.visit_id)
    sign(bench, clinician, saved.visit_id)
    page = opened(saved.visit_id, Paper.VISIT_NOTE)
    assert page.print_panel.state_banner.text() == ""
    assert "Signed by Casey Example" in text_of(page)
    assert "PRELIMINARY" not in text_of(page)
    assert page.choices is None


def test_looking_at_a_note_takes_nobodys_chart(opened: Open, bench: Bench, clinician: Desk) -> None:
    """The clinician who writes has it in hand, not the one who prints."""
    saved = bench.arrive()
    opened(saved.visit_id, Paper.VISIT_NOTE)
    assert bench.ask(lambda store: store.holds.of(saved.visit_id)) is None
    assert "preview_document" in actions_of(bench)


def test_a_saved_note_is_known_again_by_its_bytes(qtbot: QtBot, opened: Open, bench: Bench, clinician: Desk, tmp_path: Path) -> None:
    """What leaves the program is what is kept in mind, with its version."""
    saved = bench.arrive()
    write(bench, clinician, saved.visit_id)
    sign(bench, clinician, saved.visit_id)
    page = opened(saved.visit_id, Paper.VISIT_NOTE)
    page.leaving_desk.save_to(tmp_path / "note.pdf")
    qtbot.waitUntil(lambda: page.print_panel.banner.text() == "Saved as note.pdf.")
    pdf = (tmp_path / "note.pdf").read_bytes()
    verdict = bench.ask(lambda store: verify(store, clinician.actor, pdf, now=clinician.now()))
    assert (verdict.kind, verdict.version, verdict.current_version) == ("signed_current", 1, 1)
    altered = bench.ask(lambda store: verify(store, clinician.actor, pdf + b"\n", now=clinician.now()))
    assert altered.kind == "altered"


def test_a_printed_note_is_known_again_and_is_called_by_its_kind_in_the_queue(
    qtbot: QtBot, opened: Open, bench: Bench, clinician: Desk, server: PrintServer
) -> None:
    """The bytes noted are those that were sent."""
    server.add("p_note")
    saved = bench.arrive()
    write(bench, clinician, saved.visit_id)
    page = opened(saved.visit_id, Paper.VISIT_NOTE)
    made = page._made
    assert made is not None
    with qtbot.waitSignal(page.printing.ended, timeout=LONG_MS):
        page.leaving_desk.print_on("p_note")
    [issued] = bench.ask(lambda store: store.documents.known(hashlib.sha256(made.pdf).hexdigest()))
    assert (issued.kind, issued.version, issued.visit_id, issued.preliminary) == ("visit_note", 0, saved.visit_id, True)
    assert (issued.pages, issued.request_id) == (page.view.canvas.pages(), None)
    assert bench.ask(lambda store: store.documents.content(issued.id)) == made.pdf
    assert page.printing._title == "Visit note"
    assert actions_of(bench).count("print_document") == 1


def test_l_changes_the_language_of_the_sheet_and_g_the_size(qtbot: QtBot, opened: Open, bench: Bench, clinician: Desk) -> None:
    """Both by key, and the panel says how the sheet is."""
    saved = bench.arrive()
    write(bench, clinician, saved.visit_id)
    page = opened(saved.visit_id, Paper.HOME_CARE)
    assert page.choices is not None
    assert "Caring for your neck at home" in text_of(page)
    with qtbot.waitSignal(page.view.canvas.drawn, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_L)
    assert "Cómo cuidar su cuello en casa" in text_of(page)
    before = page.view.canvas.pages()
    with qtbot.waitSignal(page.view.canvas.drawn, timeout=LONG_MS):
        QTest.keyClick(page.view.canvas, Qt.Key.Key_G)
    assert page.view.canvas.pages() > before
    assert page.choices.words.text() == "Spanish, large print"
    with qtbot.waitSignal(page.view.canvas.drawn, timeout=LONG_MS):
        page.choices.language_button.click()
    assert "Caring for your neck" in text_of(page)
    assert "15 minutes, three times a day" in text_of(page)
    assert {"L", "G"} <= {key for entry in page.legend() for key in entry.keys}


def test_the_sheet_begins_in_spanish_for_a_patient_who_speaks_it(opened: Open, bench: Bench, clinician: Desk) -> None:
    """And in English for everybody else."""
    patient = a_patient(language="es")
    request = SaveRequest(intake=an_intake(clinician.definitions, patient=patient))
    saved = bench.ask(lambda store: save_intake(store, clinician.actor, request, definitions=clinician.definitions, now=clinician.now()))
    page = opened(saved.visit_id, Paper.HOME_CARE)
    assert page.setting is not None
    assert page.setting.language == "es"
    assert "Cómo cuidar su cuello en casa" in text_of(page)


def test_escape_leads_a_clinician_back_to_the_chart(qtbot: QtBot, opened: Open, bench: Bench) -> None:
    """Where the note is written."""
    saved = bench.arrive()
    page = opened(saved.visit_id, Paper.VISIT_NOTE)
    with qtbot.waitSignal(page.routes.chart) as went:
        QTest.keyClick(page.view.canvas, Qt.Key.Key_Escape)
    assert went.args == [saved.visit_id]


def test_who_may_not_read_notes_is_told_so_in_words(
    qtbot: QtBot, receptionist: Desk, bench: Bench, shown: Shown, server: PrintServer
) -> None:
    """And sees nothing of the note."""
    saved = bench.arrive()
    page = PreviewPage(receptionist, Routes(), saved.visit_id, Paper.VISIT_NOTE)
    shown(page)
    qtbot.waitUntil(lambda: "role" in page.view.words.text().lower())
    assert not page.view.shows_paper()
    page.leaving_desk.print_now()
    page.leaving_desk.save()
    assert not page.printing.busy
