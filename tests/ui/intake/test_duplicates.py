"""The panel of possible matches: it says why, it waits for an answer, and closing it is none."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from intake.actions.intakes import SaveRequest, save_intake
from intake.actions.patients import edit_patient, find, open_patient
from tests.factories import a_patient, an_intake
from tests.ui.intake.typist import CTRL, Typist
from ui.pages.intake.compare import CompareList
from ui.routes import IntakeStart

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.actions.intakes import Saved
    from tests.ui.conftest import Bench
    from ui.desk import Desk


def ana_is_known(desk: Desk, bench: Bench, language: str = "en") -> Saved:
    """Save Ana Rivera, born April 3, 1985."""
    patient = a_patient(
        legal_last="Rivera", legal_first="Ana M.", dob=date(1985, 4, 3), phone="+17325550148", email="ana@example.com", language=language
    )
    request = SaveRequest(intake=an_intake(desk.definitions, patient=patient))
    return bench.ask(lambda store: save_intake(store, desk.actor, request, definitions=desk.definitions, now=desk.now()))


def riveras(desk: Desk, bench: Bench) -> int:
    """Return how many patients are called Rivera."""
    return len(bench.ask(lambda store: find(store, desk.actor, "Rivera", now=desk.now())))


def test_a_match_shows_from_the_second_field_on_and_says_why(desk: Desk, bench: Bench, typist: Typist) -> None:
    """One field is too little; with the birth date the card is there with its reasons."""
    ana_is_known(desk, bench)
    typist.enter("Rivera").matched()
    assert typist.page.same_person.matches() == ()
    typist.enter("Ana").enter("3485").type("f").enter("7325550148").matched()
    typist.qtbot.waitUntil(lambda: len(typist.page.same_person.matches()) == 1)
    words = [label.text() for label in typist.page.same_person.findChildren(QLabel)]
    assert "same phone" in words
    assert "b. Apr 3, 1985 · (732) 555-0148 · Edison, last here Nov 22, 2026" in words
    assert "day and month swapped" in words


def test_escape_on_the_panel_creates_no_patient(desk: Desk, bench: Bench, typist: Typist) -> None:
    """Closing the warning is never an answer to it: the save still waits."""
    ana_is_known(desk, bench)
    typist.identity().rest().matched()
    typist.press(Qt.Key.Key_S, CTRL)
    assert typist.page.same_person.has_keyboard()
    typist.press(Qt.Key.Key_Escape)
    typist.qtbot.waitUntil(lambda: not typist.page.same_person.has_keyboard())
    typist.press(Qt.Key.Key_S, CTRL)
    typist.qtbot.waitUntil(typist.page.same_person.has_keyboard)
    assert typist.page.saved is None
    assert riveras(desk, bench) == 1


def test_a_different_person_needs_a_reason(desk: Desk, bench: Bench, typist: Typist) -> None:
    """Enter on an empty reason answers nothing; with words it does, and a second patient is saved."""
    ana_is_known(desk, bench)
    typist.identity().rest().matched().press(Qt.Key.Key_S, CTRL)
    typist.type("d").press(Qt.Key.Key_Return)
    assert typist.page.same_person.unanswered() != []
    typist.enter("Cousin with the same phone")
    assert typist.page.same_person.unanswered() == []
    assert typist.page.returning.record is None
    typist.save()
    assert riveras(desk, bench) == 2


def test_the_foot_bar_tells_the_keys_of_the_panel_while_the_keyboard_is_there(desk: Desk, bench: Bench, typist: Typist) -> None:
    """On a card, in its reason, in the comparison, and the form's again after Escape; each change is told."""
    ana_is_known(desk, bench)
    typist.identity(first="Ana María").matched()
    told = [typist.page.legend()]
    typist.page.legend_changed.connect(lambda: told.append(typist.page.legend()))

    def words() -> list[str]:
        return [key.text for key in told[-1]][:2]

    typist.press(Qt.Key.Key_F6)
    assert words() == ["same person", "different person"]
    typist.type("d")
    assert words() == ["different person, for this reason", "back, not answered"]
    typist.press(Qt.Key.Key_Escape)
    assert "next section" in [key.text for key in told[-1]]
    typist.press(Qt.Key.Key_F6).press(Qt.Key.Key_Return)
    typist.qtbot.waitUntil(lambda: isinstance(typist.focus, CompareList))
    assert words() == ["take what was typed", "keep what is there"]


def test_the_same_person_is_confirmed_field_by_field(desk: Desk, bench: Bench, typist: Typist) -> None:
    """K keeps the record's value, Enter takes the typed one; what was not typed comes from the record; one patient stays."""
    kept = ana_is_known(desk, bench)
    typist.identity(first="Ana María").matched()
    typist.qtbot.waitUntil(lambda: typist.page.same_person.matches() != ())
    typist.press(Qt.Key.Key_F6).press(Qt.Key.Key_Return)
    typist.qtbot.waitUntil(lambda: isinstance(typist.focus, CompareList))
    typist.press(Qt.Key.Key_Return).press(Qt.Key.Key_K)
    assert typist.text("patient.legal_first") == "Ana María"
    assert typist.page.document.read("patient.dob").value == date(1985, 4, 3)
    assert typist.text("patient.email") == "ana@example.com"
    typist.go("patient.phone_type").rest_of_known_patient().save()
    record = bench.ask(lambda store: open_patient(store, desk.actor, kept.patient_id, now=desk.now()))
    assert len(record.visits) == 2
    assert (record.record.patient.legal_first, record.record.patient.dob) == ("Ana María", date(1985, 4, 3))
    assert riveras(desk, bench) == 1


def test_a_known_patient_is_asked_in_the_language_on_record(desk: Desk, bench: Bench, typist: Typist, qtbot: QtBot) -> None:
    """Nobody types the language again, and the questions are in it all the same."""
    kept = ana_is_known(desk, bench, language="es")
    again = Typist(desk, qtbot, IntakeStart(patient_id=kept.patient_id))
    qtbot.waitUntil(lambda: again.text("patient.language") == "es")
    checklist = again.page.form.checklist
    assert checklist is not None
    qtbot.waitUntil(lambda: checklist.language == "es")


def test_escape_while_confirming_leaves_the_match_unanswered(desk: Desk, bench: Bench, typist: Typist) -> None:
    """Half a confirmation is none: the visit is not added to the record and the save still asks."""
    ana_is_known(desk, bench)
    typist.identity(first="Ana María").rest().matched()
    typist.press(Qt.Key.Key_F6).press(Qt.Key.Key_Return)
    typist.qtbot.waitUntil(lambda: isinstance(typist.focus, CompareList))
    typist.press(Qt.Key.Key_Return).press(Qt.Key.Key_Escape).press(Qt.Key.Key_S, CTRL)
    assert typist.page.saved is None
    assert typist.page.keeper.patient_id is None
    assert typist.text("patient.legal_first") == "Ana María"


def test_not_this_person_brings_the_question_back(desk: Desk, bench: Bench, typist: Typist) -> None:
    """N while confirming lets go of the record: what was typed stands, and the match waits for an answer again."""
    ana_is_known(desk, bench)
    typist.identity(first="Ana María").matched()
    typist.press(Qt.Key.Key_F6).press(Qt.Key.Key_Return)
    typist.qtbot.waitUntil(lambda: isinstance(typist.focus, CompareList))
    typist.press(Qt.Key.Key_N).matched()
    typist.qtbot.waitUntil(lambda: len(typist.page.same_person.unanswered()) == 1)
    assert typist.text("patient.legal_first") == "Ana María"
    assert typist.text("patient.email") == ""


def test_another_desk_was_first_and_both_values_are_shown(desk: Desk, bench: Bench, typist: Typist, qtbot: QtBot) -> None:
    """Nothing is overwritten in silence: the save stops, both values stand side by side, and the choice is saved."""
    kept = ana_is_known(desk, bench)
    second = Typist(desk, qtbot, IntakeStart(patient_id=kept.patient_id))
    qtbot.waitUntil(lambda: second.text("patient.email") == "ana@example.com")
    second.go("patient.email").press(Qt.Key.Key_A, CTRL).type("mine@example.com").rest_of_known_patient()
    record = bench.ask(lambda store: open_patient(store, desk.actor, kept.patient_id, now=desk.now())).record
    theirs = dataclasses.replace(record.patient, email="theirs@example.com")
    bench.ask(
        lambda store: edit_patient(
            store, desk.actor, patient_id=record.id, version=record.version, patient=theirs, definitions=desk.definitions, now=desk.now()
        )
    )
    second.press(Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: isinstance(second.focus, CompareList))
    assert second.page.saved is None
    assert "theirs@example.com" in second.focus.accessibleName()
    second.press(Qt.Key.Key_K).save()
    again = bench.ask(lambda store: open_patient(store, desk.actor, kept.patient_id, now=desk.now()))
    assert again.record.patient.email == "theirs@example.com"
    assert len(again.visits) == 2
