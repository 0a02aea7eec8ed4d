"""Giving the screen back: to a member of the staff and to nobody else, with the draft and nothing more."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.accounts import add_staff, set_active
from intake.actions.drafts import my_drafts
from intake.actions.patients import open_patient
from intake.domain.staff import Role, Staff
from tests.ui.conftest import Bench
from tests.ui.patient.patient import Patient
from ui.main_window import MainWindow
from ui.pages.intake.page import IntakePage
from ui.patient.handback import Why
from ui.routes import IntakeStart

OTHER = "four invented otters"


def colleague(bench: Bench, role: Role, login: str = "robin") -> Staff:
    """Make an account of somebody else on the staff."""
    desk = bench.desk
    return bench.ask(
        lambda store: add_staff(store, desk.actor, login=login, name="Robin Sample", role=role, password=OTHER, now=desk.now())
    )


def test_the_end_is_a_draft_that_the_staff_goes_on_with(window: MainWindow, patient: Patient, qtbot: QtBot) -> None:
    """The own password leads to the intake page with what the patient answered; there is no visit."""
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    patient.finish()
    patient.sign()
    qtbot.waitUntil(lambda: isinstance(window.places.current(), IntakePage))
    page = window.places.current()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.document.text("patient.legal_last") == "Sample", timeout=10_000)
    assert window.isVisible()
    assert window.giving.mode is None
    (draft,) = patient.drafts()
    assert page.draft_id == draft.id
    assert "patient.legal_last" in page.document.to_confirm()
    assert any(problem.code == "not_confirmed" for problem in page.document.read_all().errors())
    assert "save_intake" not in patient.audited()


def test_beginning_and_end_are_recorded(patient: Patient, window: MainWindow, qtbot: QtBot) -> None:
    """Who gave the screen away and who took it back stand in the audit, in this order."""
    patient.choose("en")
    patient.finish()
    patient.sign()
    qtbot.waitUntil(lambda: window.giving.mode is None)
    told = [action for action in patient.audited() if action in ("begin_patient_mode", "start_draft", "end_patient_mode")]
    assert told == ["begin_patient_mode", "start_draft", "end_patient_mode"]


def test_nothing_of_the_answers_is_on_the_handback(patient: Patient) -> None:
    """Who finds the screen finds no name on it."""
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    assert any("Sample" in words for words in patient.read())
    patient.finish()
    assert not [words for words in patient.read() if "Sample" in words]
    assert any("hand this back to the desk" in words for words in patient.read())


def test_a_wrong_password_leads_nowhere_and_waits(patient: Patient, window: MainWindow, qtbot: QtBot) -> None:
    """As at sign-in: told, counted, and the next try has to wait."""
    patient.choose("en")
    patient.finish()
    for _ in range(4):
        handback = patient.handback()
        handback.say("")
        patient.sign("wrong words here")
        qtbot.waitUntil(handback.note.isVisible)
        handback.wait.end()
    assert window.isHidden()
    assert patient.mode.windows.front.isVisible()
    patient.sign()
    qtbot.waitUntil(lambda: patient.handback().note.text().startswith("Too many wrong tries. Wait "))
    assert window.isHidden()
    assert "end_patient_mode" not in patient.audited()


def test_a_colleague_takes_the_screen_and_goes_on_as_themselves(patient: Patient, window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """The draft is theirs from then on, and who gave the screen is signed out."""
    robin = colleague(bench, Role.RECEPTIONIST)
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    patient.finish()
    with qtbot.waitSignal(window.signed_out, timeout=5_000):
        patient.sign(OTHER, login="robin")
    handed = window.giving.handed
    assert handed is not None
    assert handed.actor.staff == robin
    assert handed.start is not None
    (draft,) = bench.ask(lambda store: my_drafts(store, handed.actor))
    assert draft.id == handed.start.draft_id
    assert draft.title == "Sample"
    assert patient.drafts() == ()
    assert patient.audited()[-4:] == ["sign_in", "take_over_draft", "end_patient_mode", "sign_out"]


def test_a_colleague_who_takes_no_intakes_leaves_the_draft_where_it_is(
    patient: Patient, window: MainWindow, bench: Bench, qtbot: QtBot
) -> None:
    """The print desk may take the screen back; the draft waits for its owner."""
    colleague(bench, Role.PRINT_DESK)
    patient.choose("en")
    patient.finish()
    with qtbot.waitSignal(window.signed_out, timeout=5_000):
        patient.sign(OTHER, login="robin")
    assert window.giving.handed is not None
    assert window.giving.handed.start is None
    assert len(patient.drafts()) == 1


def test_an_account_that_was_closed_takes_nothing_back(patient: Patient, window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """Only active staff."""
    robin, desk = colleague(bench, Role.RECEPTIONIST), bench.desk
    bench.ask(lambda store: set_active(store, desk.actor, robin.id, active=False, now=desk.now()))
    patient.choose("en")
    patient.finish()
    patient.sign(OTHER, login="robin")
    handback = patient.handback()
    qtbot.waitUntil(handback.note.isVisible)
    assert window.isHidden()


def test_who_asks_for_help_may_go_on_alone_and_who_is_done_may_not(patient: Patient) -> None:
    """A tap on the wrong button costs nobody a walk to the desk."""
    patient.choose("en")
    place = patient.form.place
    patient.press(patient.form.head.help_button)
    assert patient.handback().why is Why.HELP
    patient.press(patient.handback().resume_button)
    assert patient.form.place == place
    patient.finish()
    assert patient.handback().resume_button.isHidden()


def test_the_draft_in_hand_goes_to_the_patient_and_comes_back(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """What staff typed before stands in the patient's form, and only one of the two writes the draft."""
    window.routes.intake.emit(IntakeStart())
    page = window.places.current()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.form.is_built, timeout=20_000)
    page.document.type("patient.legal_last", "Sample")
    page.document.type("visit.safety.allergies", "none")
    patient = Patient(window, bench, qtbot)
    patient.take_screen()
    assert window.places.intakes == []
    patient.choose("es")
    assert patient.form.document.text("patient.legal_last") == "Sample"
    patient.write("patient.legal_first", "Ana")
    content = patient.content()
    assert content["patient"]["legal_first"] == "Ana"
    assert content["form"]["unconfirmed"] == ["patient.language", "patient.legal_first"]
    patient.finish()
    patient.sign()
    qtbot.waitUntil(lambda: window.giving.mode is None)
    (draft,) = patient.drafts()
    assert draft.title == "Sample, Ana"


def test_nothing_of_a_record_is_shown_to_a_returning_patient(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """Who the screen is given to by mistake learns no address and no phone of the patient it was meant for."""
    saved, desk = bench.arrive("Record", "Known"), bench.desk
    record = bench.ask(lambda store: open_patient(store, desk.actor, saved.patient_id, now=desk.now())).record
    window.routes.intake.emit(IntakeStart(patient_id=saved.patient_id))
    page = window.places.current()
    assert isinstance(page, IntakePage)
    qtbot.waitUntil(lambda: page.form.is_built and page.returning.record is not None, timeout=20_000)
    qtbot.waitUntil(lambda: page.draft_id is not None)
    patient = Patient(window, bench, qtbot)
    patient.take_screen()
    patient.choose("en")
    assert not [question.path for screen in patient.form.screens for question in screen.questions if question.path.startswith("patient.")]
    patient.review()
    private = [record.patient.legal_last, record.patient.phone, record.patient.line1, "Mar 4, 1985"]
    assert not [words for words in patient.read() for value in private if value and value in words]
    patient.go()


def test_a_program_that_was_killed_begins_with_the_sign_in_and_keeps_the_answers(patient: Patient, bench: Bench) -> None:
    """Patient mode is nowhere on disk: the draft is."""
    patient.choose("en")
    patient.write("patient.legal_last", "Sample")
    assert patient.content()["patient"]["legal_last"] == "Sample"
    names = bench.ask(lambda store: [row[0] for row in store._connection.execute("SELECT name FROM setting")])
    assert not [name for name in names if "patient" in name]


def test_when_the_account_is_closed_meanwhile_the_sign_in_comes(patient: Patient, window: MainWindow, qtbot: QtBot) -> None:
    """Nobody is left in front of a form that belongs to no one."""
    patient.choose("en")
    with qtbot.waitSignal(window.signed_out, timeout=5_000):
        window.leave()
    assert window.giving.mode is None
    assert window.isVisible()


def test_enter_leads_from_the_login_to_the_password(patient: Patient) -> None:
    """The staff types as at the sign-in."""
    patient.choose("en")
    handback = patient.finish()
    handback.login_field.setFocus()
    QTest.keyClicks(handback.login_field, "alex")
    QTest.keyClick(handback.login_field, Qt.Key.Key_Return)
    assert patient.focus is handback.password_field
    assert handback.password_field.echoMode() is handback.password_field.EchoMode.Password


def test_the_card_says_where_the_answers_go(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """Escape leaves everything as it was."""
    modifiers = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_P, modifiers)
    card = window.giving.card
    assert card is not None
    assert card.isVisible()
    QTest.keyClick(card, Qt.Key.Key_Escape)
    assert card.isHidden()
    assert window.giving.mode is None
