"""A process of its own that types into one section of the form and is then killed; run by test_kill_form.

Arguments: the data folder, the section, or ``edit`` for the record of patient 1.
It prints one line when everything typed has been on disk for a moment, and waits.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.factories import KEYS, signs_in

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from intake.definitions.bundle import load_definitions
from intake.paths import Paths
from intake.storage.store import open_store
from tests.factories import WORKSTATION
from ui.desk import Desk
from ui.pages.intake.page import IntakePage
from ui.pages.page import Page
from ui.pages.patients.record import PatientPage
from ui.routes import IntakeStart, Routes
from ui.tasks import StoreThread

PLACES = {
    "identity": ("patient.legal_last", "Rivera"),
    "contact": ("patient.line1", "12 Sample St"),
    "visit": ("visit.reason", "Stiff neck"),
    "coverage": ("visit.payment", "s"),
    "safety": ("visit.safety.allergies", "Penicillin"),
    "checklist": ("answers.sx.twitching", "y"),
    "drawing": ("pain_drawing", " "),
    "notices": ("visit.notices.privacy", "s"),
}
EDITED = ("patient.city", "Elsewhere")
PROMISED_S = 0.25


def main(data: Path, section: str) -> None:
    """Type, wait the quarter of a second that is promised, say so, and wait to be killed."""
    app = QApplication([])
    paths = Paths(data=data, training=False)
    now = datetime.now(UTC)
    definitions = load_definitions()
    store = open_store(paths, KEYS)
    actor = signs_in(store, login="alex", now=now)
    store.close()
    thread = StoreThread(lambda: open_store(paths, KEYS))
    thread.start()
    desk = Desk(
        paths=paths,
        definitions=definitions,
        store=thread,
        actor=actor,
        location="loc.edison",
        workstation=WORKSTATION,
        clock=lambda: datetime.now(UTC),
        zone=ZoneInfo(definitions.practice.time_zone),
    )
    _page, text = open_record(app, desk) if section == "edit" else open_form(app, desk, section)
    app.processEvents()
    for letter in text:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, letter)
    promised = time.monotonic() + PROMISED_S
    while time.monotonic() < promised:
        app.processEvents()
    print("typed", flush=True)  # noqa: T201 - the test waits for this line
    sys.stdin.read()


def open_form(app: QApplication, desk: Desk, section: str) -> tuple[Page, str]:
    """Open a new intake at the section; return it and what is to be typed there."""
    page = IntakePage(desk, Routes(app), IntakeStart())
    show(page)
    while not page.form.is_built:
        app.processEvents()
    path, text = PLACES[section]
    page.form.go_to(path)
    return page, text


def open_record(app: QApplication, desk: Desk) -> tuple[Page, str]:
    """Open the record of patient 1 to be edited, at a field; return it and what is to be typed there."""
    page = PatientPage(desk, Routes(app), 1)
    show(page)
    page.entered()
    while page.record is None:
        app.processEvents()
    page.edit()
    path, text = EDITED
    page.editor.form.go_to(path)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.selectAll()
    return page, text


def show(page: Page) -> None:
    """Show a page as the one window."""
    page.resize(1000, 800)
    page.show()
    page.activateWindow()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
