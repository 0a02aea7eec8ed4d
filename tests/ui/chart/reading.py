"""A clinician at the page of a chart, and the visits of one invented person to be read there."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from intake.actions.intakes import SaveRequest, save_intake
from intake.domain.answers import Answer
from intake.domain.pain import Mark
from intake.domain.patients import Patient
from intake.domain.records import Intake
from intake.domain.visits import Safety
from tests.factories import a_patient, a_visit
from ui.pages.chart.page import ChartPage
from ui.routes import Routes

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return
NEW_PROMPTS = {"attack.blurry_vision": "yes"}
"""An answer that raises a prompt of the level TODAY and nothing else."""


class Visits:
    """Saves visits: of Ana Sample unless somebody else is told."""

    def __init__(self, bench: Bench) -> None:
        """Begin with nobody known."""
        self.bench = bench
        self._known: dict[str, int] = {}

    def save(
        self,
        answers: Mapping[str, Answer | None] | None = None,
        *,
        days_ago: int = 0,
        patient: Patient | None = None,
        safety: Safety | None = None,
        marks: tuple[Mark, ...] = (),
    ) -> int:
        """Save a visit with every question of yes and no answered no, but for those told (None: not asked); return its id."""
        desk, who = self.bench.desk, patient or a_patient()
        mains = desk.definitions.checklist.main_questions()
        given: dict[str, Answer] = {question.key: "no" for question in mains if question.kind.value == "state"}
        for key, answer in (answers or {}).items():
            if answer is None:
                given.pop(key, None)
            else:
                given[key] = answer
        visit = a_visit(reason="Stiff neck")
        if safety is not None:
            visit = dataclasses.replace(visit, safety=safety)
        known = self._known.get(who.legal_last or "")
        request = SaveRequest(
            intake=Intake(patient=who, visit=visit, answers=given, marks=marks),
            patient_id=known,
            patient_version=1 if known else None,
        )
        at = desk.now() - timedelta(days=days_ago)
        saved = self.bench.ask(lambda store: save_intake(store, desk.actor, request, definitions=desk.definitions, now=at))
        self._known[who.legal_last or ""] = saved.patient_id
        return saved.visit_id


def bob() -> Patient:
    """Return Bob Placeholder, who is like nobody else."""
    return a_patient(legal_last="Placeholder", legal_first="Bob", dob=date(1961, 9, 30), phone="+17325550177", email=None, sex="male")


class Reader:
    """The page of a chart on screen, with the keys typed into whatever has the keyboard."""

    def __init__(self, desk: Desk, visit_id: int, qtbot: QtBot, *, width: int = 1260, height: int = 820) -> None:
        """Open the chart and wait until it is there."""
        self.qtbot = qtbot
        self.routes = Routes()
        self.page = ChartPage(desk, self.routes)
        self.page.show_visit(visit_id)
        self.routes.chart.connect(self._open)
        qtbot.addWidget(self.page)
        self.page.resize(width, height)
        self.page.show()
        self.page.activateWindow()
        qtbot.waitActive(self.page)
        self.page.entered()
        self.wait_for(visit_id)

    def wait_for(self, visit_id: int) -> None:
        """Wait until a visit's chart is shown."""
        self.qtbot.waitUntil(lambda: self.page.state.visit_id == visit_id)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(self.focused(), key, modifier)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        QTest.keyClicks(self.focused(), text)

    def focused(self) -> QWidget:
        """Return what has the keyboard; the page when nothing has."""
        found = QApplication.focusWidget()
        return found if isinstance(found, QWidget) else self.page

    def words(self, widget: QWidget) -> list[str]:
        """Return every word that is shown in a widget."""
        return [each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()]

    def _open(self, visit_id: int) -> None:
        self.page.show_visit(visit_id)
        self.page.entered()
