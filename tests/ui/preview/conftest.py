"""What the tests of the preview look at: a PDF, a window that holds a page and its panel, a real print server."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.lib.pagesizes import letter
from reportlab.pdfgen import canvas

from tests.intake.printing.conftest import scheduler, server
from ui.pages.page import Page

__all__ = ["scheduler", "server"]


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """Three letter pages, each with its number large on it."""
    paper = io.BytesIO()
    drawing = canvas.Canvas(paper, pagesize=letter)
    for number in (1, 2, 3):
        drawing.setFont("Helvetica", 200)
        drawing.drawString(200, 400, str(number))
        drawing.showPage()
    drawing.save()
    return paper.getvalue()


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Page], QWidget]:
    """Show a page with its panel beside it, as the window does, and enter it."""
    kept: list[QWidget] = []  # Qt takes a window away when Python has forgotten it

    def show(page: Page) -> QWidget:
        host = QWidget()
        kept.append(host)
        inside = QHBoxLayout(host)
        inside.addWidget(page, 1)
        panel = page.panel()
        if panel is not None:
            inside.addWidget(panel)
        host.resize(1100, 800)
        qtbot.addWidget(host)
        host.show()
        host.activateWindow()
        qtbot.waitActive(host)
        page.entered()
        return host

    return show
