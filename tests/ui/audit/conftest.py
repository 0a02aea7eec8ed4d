"""The place Audit over a real store in which three people worked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pytestqt.qtbot import QtBot

from intake.actions.patients import edit_patient, open_patient
from intake.actions.visits import open_visit
from tests.factories import a_patient, all_sign
from ui.pages.audit.page import AuditPage
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.actions.intakes import Saved
    from intake.storage.store import Store
    from tests.ui.conftest import Bench, Clock
    from ui.desk import Desk


@pytest.fixture
def worked(desk: Desk, receptionist: Desk, clinician: Desk, bench: Bench, clock: Clock) -> Saved:
    """Have a patient arrive and two colleagues look at the record, one of whom changes it; return who arrived."""
    saved = bench.arrive("Sample", "Ana")
    bench.arrive("Example", "Omar")
    clock.forward(5)

    def work(store: Store) -> None:
        all_sign(store)
        open_patient(store, receptionist.actor, saved.patient_id, now=clock())
        open_visit(store, clinician.actor, saved.visit_id, definitions=desk.definitions, now=clock() + timedelta(minutes=2))
        open_patient(store, receptionist.actor, saved.patient_id, now=clock() + timedelta(minutes=3))
        changed = a_patient(legal_last="Sample", legal_first="Ana", city="Union", phone="+17325550100", email=None)
        edit_patient(
            store,
            receptionist.actor,
            patient_id=saved.patient_id,
            version=1,
            patient=changed,
            definitions=desk.definitions,
            now=clock() + timedelta(minutes=4),
        )

    bench.ask(work)
    clock.forward(10)
    return saved


@pytest.fixture
def open_page(desk: Desk, worked: Saved, qtbot: QtBot) -> Callable[[], AuditPage]:
    """Show the page of the administrator with its entries listed."""

    def show() -> AuditPage:
        page = AuditPage(desk, Routes())
        qtbot.addWidget(page)
        page.resize(1180, 760)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        with qtbot.waitSignal(page.shown, timeout=10_000):
            page.entered()
        return page

    return show
