"""An answer that must not wait: the desk at once, and not a word of why."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from intake.domain.reviews import Call
from tests.ui.patient.patient import Patient
from tests.wording import FORBIDDEN
from ui.main_window import MainWindow
from ui.patient.handback import HandbackScreen, Why


def calls(patient: Patient) -> tuple[Call, ...]:
    """Return the calls that clinicians of this clinic see."""
    return patient.bench.ask(lambda store: store.calls.open("loc.edison"))


def test_a_clinician_is_called_to_the_draft_at_once(patient: Patient, qtbot: QtBot) -> None:
    """The screen asks to be handed over, and other desks see the call."""
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    patient.go_to("answers.safety.chest")
    patient.pick("answers.safety.chest", "yes")
    qtbot.waitUntil(lambda: isinstance(patient.form.shown, HandbackScreen))
    qtbot.waitUntil(lambda: len(calls(patient)) == 1)
    (call,) = calls(patient)
    (draft,) = patient.drafts()
    assert call.title == "Sample"
    assert call.visit_id is None
    assert draft.content["answers"] == {"safety.chest": "yes"}


def test_the_words_say_nothing_of_the_answer(patient: Patient, qtbot: QtBot) -> None:
    """Neither rule nor condition, and no way back to the answers without the staff."""
    patient.choose("es")
    patient.go_to("answers.safety.face")
    patient.pick("answers.safety.face", "yes")
    qtbot.waitUntil(lambda: isinstance(patient.form.shown, HandbackScreen))
    handback = patient.handback()
    assert handback.why is Why.NOW
    assert handback.resume_button.isHidden()
    words = patient.read()
    assert any("Entregue esto en la recepción ahora" in each for each in words)
    assert not [each for each in words if FORBIDDEN.search(each) or "cara" in each or "RF-" in each]


def test_an_answer_that_can_wait_interrupts_nobody(patient: Patient) -> None:
    """Unsure is looked at by the desk when the screen is back."""
    patient.choose("en")
    patient.go_to("answers.safety.face")
    patient.pick("answers.safety.face", "unsure")
    patient.pick("answers.safety.swallowing", "no")
    patient.mode.urgent.look()
    assert not isinstance(patient.form.shown, HandbackScreen)
    assert calls(patient) == ()


def test_what_the_staff_was_told_already_does_not_stop_the_patient_again(patient: Patient, window: MainWindow, qtbot: QtBot) -> None:
    """A patient who gets the screen once more, with a clinician called, can go on; another such answer stops again."""
    patient.choose("en")
    patient.go_to("answers.safety.chest")
    patient.pick("answers.safety.chest", "yes")
    qtbot.waitUntil(lambda: isinstance(patient.form.shown, HandbackScreen))
    patient.sign()
    qtbot.waitUntil(lambda: window.giving.mode is None)
    qtbot.waitUntil(lambda: bool(window.places.intakes) and window.places.intakes[0].form.is_built, timeout=20_000)  # type: ignore[attr-defined]  # intakes have one
    qtbot.waitUntil(window.isActiveWindow)
    patient.take_screen()
    patient.choose("en")
    patient.mode.urgent.look()
    assert not isinstance(patient.form.shown, HandbackScreen)
    patient.go_to("answers.safety.speech")
    patient.pick("answers.safety.speech", "yes")
    qtbot.waitUntil(lambda: isinstance(patient.form.shown, HandbackScreen))
