"""A file let go over the window: a form is offered to be imported, another document is checked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.actions.drafts import my_drafts
from intake.definitions.bundle import Definitions
from intake.domain.staff import Role
from tests.intake.form_import.forms import Form, a_form
from tests.ui.conftest import Bench, colleague
from tests.ui.preview.test_verifying import drop
from ui.desk import Desk
from ui.main_window import MainWindow
from ui.pages.intake.page import IntakePage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

FILLED = {"patient.legal_last": "Rivera", "patient.legal_first": "Ana", "answers.sx.twitching": "no"}
ENTER = Qt.Key.Key_Return


def shown(qtbot: QtBot, desk: Desk) -> MainWindow:
    """Return a person's window, shown."""
    window = MainWindow(desk)
    window.begin()
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    return window


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> MainWindow:
    """Return the window of somebody who records intakes."""
    return shown(qtbot, desk)


@pytest.fixture
def form(definitions: Definitions, tmp_path: Path) -> Path:
    """Return a form that Ana Rivera filled in."""
    file = tmp_path / "form.pdf"
    file.write_bytes(a_form(definitions, FILLED, language="es").pdf())
    return file


def offered(qtbot: QtBot, window: MainWindow, file: Path) -> str:
    """Drop a form and return what is offered."""
    drop(window, file)
    qtbot.waitUntil(lambda: window.dropping.banner.text() != "", timeout=20_000)
    return window.dropping.banner.text()


def test_a_form_is_offered_and_enter_opens_its_draft(qtbot: QtBot, window: MainWindow, bench: Bench, form: Path) -> None:
    """Whose it is, how much is in it; the draft is there with its marks."""
    words = offered(qtbot, window, form)
    assert all(word in words for word in ("Rivera, Ana", "Español", "3 answers"))
    assert bench.ask(lambda store: my_drafts(store, bench.desk.actor)) == ()
    QTest.keyClick(window.dropping.banner.button, ENTER)
    qtbot.waitUntil(lambda: isinstance(window.places.current(), IntakePage), timeout=20_000)
    page = window.places.current()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: len(page.document.to_confirm()) == 3, timeout=20_000)
    assert window.dropping.banner.text() == ""


def test_the_same_form_again_shows_the_page_that_is_open(qtbot: QtBot, window: MainWindow, bench: Bench, form: Path) -> None:
    """It is told, and there is no second page of one draft."""
    offered(qtbot, window, form)
    QTest.keyClick(window.dropping.banner.button, ENTER)
    qtbot.waitUntil(lambda: len(window.places.intakes) == 1, timeout=20_000)
    window.routes.today.emit()
    offered(qtbot, window, form)
    QTest.keyClick(window.dropping.banner.button, ENTER)
    qtbot.waitUntil(lambda: "imported before" in window.banner.text(), timeout=20_000)
    assert window.places.current() in window.places.intakes
    assert len(window.places.intakes) == 1
    assert len(bench.ask(lambda store: my_drafts(store, bench.desk.actor))) == 1


def test_escape_leaves_the_form_where_it_is(qtbot: QtBot, window: MainWindow, bench: Bench, form: Path) -> None:
    """Nothing of it is kept."""
    offered(qtbot, window, form)
    QTest.keyClick(window.dropping.banner.button, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.dropping.banner.text() == "")
    assert bench.ask(lambda store: my_drafts(store, bench.desk.actor)) == ()


def test_a_form_that_cannot_be_read_is_told_as_a_form(qtbot: QtBot, window: MainWindow, form: Path, tmp_path: Path) -> None:
    """A form of ours with its end cut off, and any form that asks for a password; other documents are checked."""
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(form.read_bytes()[:-3000])
    locked = Form()
    locked.text("anything", "x")
    locked.writer.encrypt("open sesame", algorithm="RC4-128")
    secret = tmp_path / "locked.pdf"
    secret.write_bytes(locked.pdf())
    for file, words in ((cut, "The end of this file is missing"), (secret, "Save it without a password")):
        with qtbot.waitSignal(window.document_check.told, timeout=20_000):
            drop(window, file)
        assert words in window.banner.text()


def test_whoever_records_no_intakes_is_told_what_it_is(qtbot: QtBot, desk: Desk, bench: Bench, form: Path) -> None:
    """And is not offered what the role does not permit."""
    window = shown(qtbot, colleague(desk, bench, login="pat", role=Role.PRINT_DESK, workstation="desk-4"))
    with qtbot.waitSignal(window.document_check.told, timeout=20_000):
        drop(window, form)
    assert "a patient filled in" in window.banner.text()
    assert window.dropping.banner.text() == ""
    assert not [command for command in window.commands() if "Import" in command.words]
