"""A patient who walked away: asked first, then nothing of the answers is on screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.patient.patient import Patient
from ui.patient.handback import HandbackScreen
from ui.patient.idle import ASKED_S, QUIET_S, Idle


def hurry(patient: Patient, *, quiet_ms: int = 30, second_ms: int = 1) -> None:
    """Let minutes be milliseconds, from the next touch on."""
    patient.mode.idle._quiet.setInterval(quiet_ms)
    patient.mode.idle._each_second.setInterval(second_ms)
    patient.mode.idle.touch()


def test_the_answers_are_put_away_when_nobody_touches_the_screen(patient: Patient, qtbot: QtBot) -> None:
    """After the question, the handback; what was answered is kept."""
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    hurry(patient)
    qtbot.waitUntil(lambda: isinstance(patient.form.shown, HandbackScreen))
    assert not [words for words in patient.read() if "Sample" in words]
    assert patient.content()["patient"]["legal_last"] == "Sample"
    assert not patient.mode.idle._quiet.isActive()


def test_the_patient_is_asked_before_and_a_touch_is_an_answer(patient: Patient, qtbot: QtBot) -> None:
    """The question names the seconds that are left, in the patient's language, and goes with any key or touch."""
    patient.choose("es")
    hurry(patient, second_ms=60_000)
    qtbot.waitUntil(patient.form.still_there.isVisible)
    assert any("¿Sigue ahí?" in words for words in patient.read())
    assert any("En 60 segundos" in words for words in patient.read())
    patient.mode.idle._quiet.setInterval(60_000)
    QTest.keyClick(patient.focus, Qt.Key.Key_Shift)
    assert patient.form.still_there.isHidden()
    assert patient.mode.idle._quiet.isActive()
    assert not patient.mode.idle._each_second.isActive()


def test_a_call_for_help_that_nobody_answers_is_put_away_too(patient: Patient, qtbot: QtBot) -> None:
    """From then on nobody but the staff comes back to the answers."""
    patient.choose("en")
    patient.press(patient.form.head.help_button)
    hurry(patient)
    qtbot.waitUntil(lambda: isinstance(patient.form.shown, HandbackScreen) and patient.form.shown.resume_button.isHidden())


def test_there_are_minutes_of_quiet_and_a_minute_to_answer(qtbot: QtBot) -> None:
    """Time to read, to think and to ask somebody; the warning comes a minute before."""
    idle = Idle()
    assert (QUIET_S, ASKED_S) == (240, 60)
    assert idle._quiet.interval() == QUIET_S * 1000


def test_a_password_left_half_typed_is_forgotten(patient: Patient, qtbot: QtBot) -> None:
    """What the staff began to type does not stand there for the next one."""
    patient.choose("en")
    handback = patient.finish()
    handback._forget.setInterval(20)
    handback.password_field.setFocus()
    QTest.keyClicks(handback.password_field, "seven")
    qtbot.waitUntil(lambda: handback.password_field.text() == "")
