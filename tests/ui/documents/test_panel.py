"""Beside the list: the paper as it is or as it left, for those who may see it, and the history in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from intake.actions.issuing import content_of
from intake.actions.material import material_of
from intake.actions.requests import documents_of
from intake.documents.making import make
from tests.ui.conftest import Bench
from tests.ui.documents.conftest import Promises
from ui.desk import Desk
from ui.pages.documents.issued import IssuedPage
from ui.pages.documents.page import DocumentsPage
from ui.routes import Routes

SLOW_MS = 15_000


def test_the_paper_is_shown_as_it_would_be_printed_now(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """A paper that waits for a signature says that it is preliminary."""
    promises.open(bench.arrive("Sample"), hours_ago=2)
    page.reload()
    panel = page.document_panel
    qtbot.waitUntil(panel.shows_paper, timeout=SLOW_MS)
    preview = panel.preview
    assert preview is not None
    qtbot.waitUntil(lambda: preview.canvas.pages() >= 1)
    assert panel.state_label.text() == "As it would be printed now"
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: panel.state_label.text().startswith("PRELIMINARY"), timeout=SLOW_MS)


def test_a_paper_of_another_role_is_not_shown_but_who_may_see_it(
    open_page: Callable[[Desk], DocumentsPage], receptionist: Desk, bench: Bench, qtbot: QtBot
) -> None:
    """The desk sees that a note is owed, never what it says."""
    bench.arrive("Sample")
    page = open_page(receptionist)
    panel = page.document_panel
    qtbot.waitUntil(lambda: panel.words_label.text() == "Your role does not see this paper. It is seen by: Clinician, Print desk.")
    assert not panel.shows_paper()
    page._open(page.lines()[0].id)
    assert page.panel() is page.document_panel


def test_what_was_printed_is_shown_from_the_kept_bytes(
    page: DocumentsPage, bench: Bench, promises: Promises, desk: Desk, qtbot: QtBot
) -> None:
    """And the history says what was issued: pages, SHA-256, by whom; a link shows it whole."""
    saved = bench.arrive("Sample")
    ready = promises.open(saved)
    material = bench.ask(lambda store: material_of(store, desk.actor, ready.id, definitions=desk.definitions, now=desk.now()))
    pdf = make(material, desk.definitions, training=False, printed_at=datetime(2026, 11, 22, 15, tzinfo=UTC)).content
    request = promises.printed(saved, hours_ago=3, pdf=pdf)
    page.reload()
    panel = page.document_panel
    qtbot.waitUntil(lambda: panel.state_label.text() == "As it was printed", timeout=SLOW_MS)
    (document,) = bench.ask(lambda store: documents_of(store, desk.actor, request.id))
    words = panel.history.words()
    short = document.sha256[:8].upper()
    assert "Asked for" in words
    assert any(f"1 page · {short[:4]} {short[4:]}" in each for each in words)
    assert "saved as PDF · 10:00 AM · Alex Admin" in words
    QTest.keyClick(page.table, Qt.Key.Key_V)
    assert panel.tab() == 1
    links = [each for each in panel.history.findChildren(QPushButton) if each.text() == "Show as it left"]
    with qtbot.waitSignal(page.routes.document, check_params_cb=partial(int.__eq__, document.id)):
        links[0].click()
    shown = IssuedPage(page.desk, Routes(), document.id)
    qtbot.addWidget(shown)
    shown.entered()
    qtbot.waitUntil(shown.view.shows_paper, timeout=SLOW_MS)
    assert shown.title == "Intake form as it left"
    assert bench.ask(lambda store: content_of(store, desk.actor, document.id)) == pdf


def test_v_turns_from_the_paper_to_the_history_to_nothing(page: DocumentsPage, bench: Bench, qtbot: QtBot) -> None:
    """In a narrow window the panel is there only when it was asked for."""
    bench.arrive("Sample")
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == 1)
    panel = page.document_panel
    assert (page.panel(), panel.tab()) == (panel, 0)
    QTest.keyClick(page.table, Qt.Key.Key_V)
    assert (page.panel(), panel.tab()) == (panel, 1)
    QTest.keyClick(page.table, Qt.Key.Key_V)
    assert cast("object", page.panel()) is None
    QTest.keyClick(page.table, Qt.Key.Key_V)
    assert (page.panel(), panel.tab()) == (panel, 0)


def test_a_narrow_window_begins_without_the_panel(page: DocumentsPage, qtbot: QtBot) -> None:
    """The list comes first."""
    with qtbot.waitSignal(page.legend_changed):
        page.resize(800, 600)
    assert page.panel() is None
