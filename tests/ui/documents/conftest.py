"""The place Documents over a real store, with requests that are opened, printed and signed as the program does it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from intake.actions.intakes import Saved
from intake.actions.issuing import keep_document
from intake.actions.requests import list_requests, open_request, request_line
from intake.domain.documents import Made
from intake.domain.requests import Filter, NewRequest, Request, RequestLine, RequestState
from intake.domain.staff import Role
from tests.ui.conftest import Bench, colleague
from ui.desk import Desk
from ui.pages.documents.page import DocumentsPage
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.storage.store import Store


class Promises:
    """Opens requests at a time that is past, and moves them on as printing and signing do."""

    def __init__(self, desk: Desk, bench: Bench) -> None:
        """Act for this desk."""
        self.desk = desk
        self.bench = bench

    def open(self, saved: Saved, kind: str = "intake_form", *, hours_ago: float = 0, recipient: str = "", leaves_by: str = "") -> Request:
        """Open a request of a saved visit, so many hours ago."""
        desk, now = self.desk, self.desk.now() - timedelta(hours=hours_ago)
        visit_id = None if kind == "records_copy" else saved.visit_id
        new = NewRequest(
            patient_id=saved.patient_id, visit_id=visit_id, kind=kind, asked_by="patient", leaves_by=leaves_by, recipient=recipient
        )
        return self.bench.ask(lambda store: open_request(store, desk.actor, new, definitions=desk.definitions, now=now))

    def printed(self, saved: Saved, kind: str = "intake_form", *, hours_ago: float = 0, pdf: bytes = b"%PDF-1.4 sample") -> Request:
        """Open a request whose document left already."""
        request, desk = self.open(saved, kind, hours_ago=hours_ago), self.desk

        def leave(store: Store) -> None:
            with store.transaction():
                keep_document(
                    store,
                    desk.actor,
                    Made(content=pdf, pages=1),
                    kind=kind,
                    patient_id=saved.patient_id,
                    visit_id=request.visit_id,
                    request_id=request.id,
                    how="file",
                    target="file",
                    now=desk.now(),
                )

        self.bench.ask(leave)
        assert self.line(request.id).state is RequestState.PRINTED
        return request

    def line(self, request_id: int) -> RequestLine:
        """Return a request as the list has it."""
        return self.bench.ask(lambda store: request_line(store, self.desk.actor, request_id))

    def owed(self) -> list[str]:
        """Return the kinds of what is owed everywhere, by the clock."""
        return [line.kind for line in self.bench.ask(lambda store: list_requests(store, self.desk.actor, Filter()))]


@pytest.fixture
def promises(desk: Desk, bench: Bench) -> Promises:
    """Return what opens requests, as the administrator."""
    return Promises(desk, bench)


@pytest.fixture
def print_desk(desk: Desk, bench: Bench) -> Desk:
    """Return a desk at Edison, over the same store, with the print desk signed in."""
    return colleague(desk, bench, login="pat", role=Role.PRINT_DESK, workstation="desk-4")


@pytest.fixture
def open_page(qtbot: QtBot) -> Callable[[Desk], DocumentsPage]:
    """Show the list of a desk."""

    def show(desk: Desk) -> DocumentsPage:
        page = DocumentsPage(desk, Routes())
        page.routes.changed.connect(page.reload)  # as the window does
        qtbot.addWidget(page.document_panel)
        qtbot.addWidget(page)
        page.resize(1200, 760)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        page.entered()
        return page

    return show


@pytest.fixture
def page(open_page: Callable[[Desk], DocumentsPage], print_desk: Desk) -> DocumentsPage:
    """Return the list at Edison as the print desk sees it, on screen and empty."""
    return open_page(print_desk)


def kinds(page: DocumentsPage) -> list[str]:
    """Return the kinds of the lines on show, top to bottom."""
    return [line.kind for line in page.lines()]


def names(page: DocumentsPage) -> list[str]:
    """Return the last names of the lines on show, top to bottom."""
    return [line.name.partition(",")[0] for line in page.lines()]


def headings(page: DocumentsPage) -> list[str]:
    """Return the headings on show with their counts."""
    return [str(page.rows.index(row, 0).data()) for row in page.rows.first_rows()]
