"""A process of its own that types into one section of the form and is then killed; run by test_kill_form.

Arguments: the data folder, the section. It prints one line when everything typed has been on disk for a moment, and waits.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from intake.actions.accounts import sign_in
from intake.definitions.bundle import load_definitions
from intake.paths import Paths
from intake.storage.store import open_store
from tests.factories import PASSWORD, WORKSTATION
from ui.desk import Desk
from ui.pages.intake.page import IntakePage
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
PROMISED_S = 0.25


def main(data: Path, section: str) -> None:
    """Type, wait the quarter of a second that is promised, say so, and wait to be killed."""
    app = QApplication([])
    paths = Paths(data=data, training=False)
    now = datetime.now(UTC)
    definitions = load_definitions()
    store = open_store(paths)
    actor = sign_in(store, login="alex", password=PASSWORD, workstation=WORKSTATION, now=now)
    store.close()
    thread = StoreThread(lambda: open_store(paths))
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
    page = IntakePage(desk, Routes(), IntakeStart())
    page.resize(1000, 800)
    page.show()
    page.activateWindow()
    while not page.form.is_built:
        app.processEvents()
    path, text = PLACES[section]
    page.form.go_to(path)
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
