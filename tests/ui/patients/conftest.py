"""A page of the Patients place on screen, and what it asked the window for."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.domain.patients import Patient
from tests.factories import a_patient, a_visit, an_intake
from tests.ui.conftest import Bench
from ui.pages.page import Page


@pytest.fixture
def shown(qtbot: QtBot) -> Callable[[Page], None]:
    """Show a page and enter it."""

    def show(page: Page) -> None:
        qtbot.addWidget(page)
        page.resize(1100, 760)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        page.entered()

    return show


@pytest.fixture
def arrive(bench: Bench) -> Callable[[Patient], Saved]:
    """Save an intake of this patient at Edison, now."""
    desk = bench.desk

    def save(patient: Patient) -> Saved:
        request = SaveRequest(intake=an_intake(desk.definitions, patient=patient, visit=a_visit(reason="Stiff neck")))
        return bench.ask(lambda store: save_intake(store, desk.actor, request, definitions=desk.definitions, now=desk.now()))

    return save


@pytest.fixture
def ana(arrive: Callable[[Patient], Saved]) -> Saved:
    """Ana Sample, patient and visit number one."""
    return arrive(a_patient())
