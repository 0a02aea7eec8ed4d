"""Where papers are made for somebody on the spot, on printers of files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QWidget

from tests.ui.preview.conftest import shown
from tests.ui.printrun.filing import FileWay
from ui.pages.page import Page
from ui.pages.papers.page import PapersPage
from ui.routes import Routes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.desk import Desk

__all__ = ["shown"]


@pytest.fixture
def way(tmp_path: Path) -> FileWay:
    """Return a laser printer and one for labels; both print at once."""
    folder = tmp_path / "papers"
    folder.mkdir()
    made = FileWay(folder=folder, names=("Front desk", "Labels"))
    made.open_gate.set()
    return made


@pytest.fixture
def open_papers(way: FileWay, shown: Callable[[Page], QWidget], qtbot: QtBot) -> Callable[[Desk, int | None], PapersPage]:
    """Show the papers of a patient, or of nobody, with the first one made."""

    def show(desk: Desk, patient_id: int | None) -> PapersPage:
        page = PapersPage(desk, Routes(), patient_id, way=way)
        shown(page)
        qtbot.waitUntil(lambda: page.leaving_desk.held is not None, timeout=20_000)
        return page

    return show
