"""What is done with requests by one key and a short form: asking, handing over, withdrawing, delaying, changing, copying."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake.actions.requests import steps_of
from intake.domain.requests import RequestState
from tests.ui.conftest import Bench
from tests.ui.documents.conftest import Promises, kinds
from tests.ui.windows import open_window
from ui.desk import Desk
from ui.pages.documents.form_overlay import FormOverlay
from ui.pages.documents.page import DocumentsPage

CTRL = Qt.KeyboardModifier.ControlModifier


def held(qtbot: QtBot) -> QWidget:
    """Return the widget that has the keyboard."""
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    return widget


def key(qtbot: QtBot, pressed: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(held(qtbot), pressed, modifier)


def typed(qtbot: QtBot, text: str) -> None:
    """Type where the keyboard is."""
    QTest.keyClicks(held(qtbot), text)


def shown(page: DocumentsPage, count: int, qtbot: QtBot) -> None:
    """Wait until the list shows so many lines, with the keyboard on it."""
    page.reload()
    qtbot.waitUntil(lambda: len(page.lines()) == count)
    page.table.setFocus()


def form(page: DocumentsPage) -> FormOverlay:
    """Return the form that is open."""
    found = page.deeds.open_form()
    assert found is not None
    return found


def test_a_request_is_opened_by_keys_alone(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """N, a few letters of the name, the kind by its letter, Ctrl+S; the new line is the current one."""
    bench.arrive("Riverasample", "Ana")
    shown(page, 1, qtbot)
    key(qtbot, Qt.Key.Key_N)
    typed(qtbot, "riverasam")
    picker = page.deeds.new_form.patient_pick
    qtbot.waitUntil(picker.list_view.isVisible)
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.deeds.new_form.visit_field.count() == 2)
    assert page.deeds.new_form.kind_field.hasFocus()
    typed(qtbot, "rec")
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: sorted(kinds(page)) == ["records_copy", "visit_note"])
    qtbot.waitUntil(lambda: (line := page.table.current_line()) is not None and line.kind == "records_copy")
    assert page.deeds.open_form() is None
    assert page.table.hasFocus()


def test_a_request_without_a_patient_or_kind_is_not_opened(page: DocumentsPage, promises: Promises, qtbot: QtBot) -> None:
    """What is missing is said at its field, and the keyboard goes to the first."""
    key(qtbot, Qt.Key.Key_N)
    key(qtbot, Qt.Key.Key_S, CTRL)
    boxes = page.deeds.new_form.boxes
    assert [name for name, box in boxes.items() if box.has_problem()] == ["patient_id", "kind", "leaves_by", "purpose", "language"]
    assert page.deeds.new_form.patient_pick.text_field.hasFocus()
    assert promises.owed() == []


def test_what_was_typed_of_a_request_is_there_again_after_escape(page: DocumentsPage, bench: Bench, qtbot: QtBot) -> None:
    """Also when another patient's request was begun meanwhile; starting over empties it."""
    saved = bench.arrive("Sample")
    page.empty.setFocus()
    key(qtbot, Qt.Key.Key_N)
    typed(qtbot, "unfinish")
    page.deeds.new_form.destination.recipient.setFocus()
    typed(qtbot, "Example Imaging")
    key(qtbot, Qt.Key.Key_Escape)
    assert page.deeds.open_form() is None
    page.ask_new(saved.patient_id)
    assert page.deeds.new_form.destination.recipient.value() == ""
    key(qtbot, Qt.Key.Key_Escape)
    page.ask_new()
    new = page.deeds.new_form
    assert (new.patient_pick.text_field.value(), new.destination.recipient.value()) == ("unfinish", "Example Imaging")
    new.fresh_button.click()
    key(qtbot, Qt.Key.Key_Escape)
    page.ask_new()
    assert new.patient_pick.text_field.value() == ""


def test_the_kind_brings_its_way_and_purpose_unless_a_person_chose(page: DocumentsPage, bench: Bench, qtbot: QtBot) -> None:
    """A referral goes by fax for treatment; what was picked by hand stays."""
    saved = bench.arrive("Sample")
    page.ask_new(saved.patient_id)
    new = page.deeds.new_form
    qtbot.waitUntil(lambda: new.visit_field.count() == 2)
    QTest.keyClicks(new.kind_field, "ref")
    assert (new.destination.leaves_by.value(), new.destination.purpose.value()) == ("fax", "treatment")
    QTest.keyClicks(new.destination.leaves_by, "m")
    QTest.keyClicks(new.kind_field, "int")
    assert new.destination.leaves_by.value() == "mail"


def test_d_on_a_patients_page_asks_for_a_document_of_this_patient(receptionist: Desk, bench: Bench, qtbot: QtBot) -> None:
    """The patient is given, and cannot be another one."""
    saved = bench.arrive("Sample")
    window = open_window(receptionist, qtbot)
    window.routes.patient.emit(saved.patient_id)
    qtbot.waitUntil(lambda: getattr(window.places.current(), "record", None) is not None)
    qtbot.waitUntil(lambda: held(qtbot).accessibleName() == "Visits")
    key(qtbot, Qt.Key.Key_D)
    page = window.places.current()
    assert isinstance(page, DocumentsPage)
    field = page.deeds.new_form.patient_pick.text_field
    qtbot.waitUntil(lambda: "Sample" in field.value())
    assert not field.isEnabled()
    assert page.deeds.new_form.kind_field.hasFocus()


def test_h_hands_over_and_the_line_goes_to_the_delivered_list(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """To whom, how that was checked; then it is owed no more."""
    request = promises.printed(bench.arrive("Sample"))
    shown(page, 2, qtbot)
    page.table.go_to(request.id)
    key(qtbot, Qt.Key.Key_H)
    assert "Sample" in form(page).title_label.text()
    typed(qtbot, "Ana Sample")
    key(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "ph")
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: kinds(page) == ["visit_note"])
    assert promises.line(request.id).state is RequestState.DELIVERED
    key(qtbot, Qt.Key.Key_5)
    qtbot.waitUntil(lambda: kinds(page) == ["intake_form"])
    assert page.rows.index(0, 5).data() == "10:00 AM on time"


def test_a_late_document_is_not_handed_over_without_a_reason(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """The form asks for it only then, and goes to it."""
    request = promises.printed(bench.arrive("Sample"), hours_ago=25)
    shown(page, 2, qtbot)
    key(qtbot, Qt.Key.Key_H)
    hand = page.deeds.hand_over_form
    assert hand.late_box.isVisible()
    hand.identity_field.setFocus()
    typed(qtbot, "ph")
    key(qtbot, Qt.Key.Key_S, CTRL)
    assert hand.late_box.has_problem()
    assert hand.late_field.hasFocus()
    typed(qtbot, "Printer was out of paper")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: promises.line(request.id).state is RequestState.DELIVERED)
    steps = bench.ask(lambda store: steps_of(store, page.desk.actor, request.id))
    assert steps[-1].what == "delivered"


def test_several_of_one_patient_are_handed_over_at_once(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """Those of several patients are not."""
    saved, other = bench.arrive("Sample"), bench.arrive("Other")
    mine = [promises.printed(saved, hours_ago=hours) for hours in (3, 2)]
    theirs = promises.printed(other, hours_ago=1)
    shown(page, 5, qtbot)
    page.rows.mark([*(each.id for each in mine), theirs.id])
    with qtbot.waitSignal(page.routes.refused, check_params_cb=lambda words: "one patient at a time" in words):
        key(qtbot, Qt.Key.Key_H)
    page.rows.mark(each.id for each in mine)
    key(qtbot, Qt.Key.Key_H)
    key(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "kn")
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: len(page.lines()) == 3)
    assert {promises.line(each.id).state for each in mine} == {RequestState.DELIVERED}


def test_w_withdraws_and_d_notes_a_delay_with_a_reason(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """Without one nothing happens; what was typed is there again after Escape."""
    request = promises.open(bench.arrive("Sample"), hours_ago=2)
    shown(page, 2, qtbot)
    key(qtbot, Qt.Key.Key_D)
    key(qtbot, Qt.Key.Key_S, CTRL)
    assert page.deeds.delay_form.reason_box.has_problem()
    typed(qtbot, "Fax line is down")
    key(qtbot, Qt.Key.Key_Escape)
    key(qtbot, Qt.Key.Key_D)
    assert page.deeds.delay_form.reason_field.value() == "Fax line is down"
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.deeds.open_form() is None)
    key(qtbot, Qt.Key.Key_W)
    typed(qtbot, "Asked for twice")
    key(qtbot, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: kinds(page) == ["visit_note"])
    steps = bench.ask(lambda store: steps_of(store, page.desk.actor, request.id))
    assert [(step.what, step.words) for step in steps[-2:]] == [("delayed", "Fax line is down"), ("withdrawn", "Asked for twice")]


def test_e_changes_where_a_document_goes(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """The form begins with how it stands."""
    request = promises.open(bench.arrive("Sample"), hours_ago=2, recipient="Example Law Office", leaves_by="mail")
    shown(page, 2, qtbot)
    key(qtbot, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: page.deeds.open_form() is not None)
    assert page.deeds.change_form.destination.values()["recipient"] == "Example Law Office"
    typed(qtbot, "fa")
    key(qtbot, Qt.Key.Key_S, CTRL)
    assert page.deeds.change_form.destination.address.hasFocus()
    typed(qtbot, "908-555-0133")
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: promises.line(request.id).leaves_by == "fax")


def test_r_asks_for_a_copy_with_a_reason_and_tells_whoever_prints(
    page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot
) -> None:
    """Only of what was printed before."""
    saved = bench.arrive("Sample")
    printed, ready = promises.printed(saved, hours_ago=3), promises.open(saved, hours_ago=2)
    shown(page, 3, qtbot)
    page.table.go_to(ready.id)
    with qtbot.waitSignal(page.routes.refused):
        key(qtbot, Qt.Key.Key_R)
    page.table.go_to(printed.id)
    key(qtbot, Qt.Key.Key_R)
    typed(qtbot, "Patient lost it")
    with qtbot.waitSignal(page.routes.reprint_asked, check_params_cb=lambda *told: told == (printed.id, "Patient lost it")):
        key(qtbot, Qt.Key.Key_Return)


def test_keys_of_the_list_do_nothing_under_a_form(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """A letter typed into a form is a letter, and Tab stays in the form."""
    promises.open(bench.arrive("Sample"), hours_ago=2)
    shown(page, 2, qtbot)
    key(qtbot, Qt.Key.Key_D)
    typed(qtbot, "when")
    for _ in range(4):
        key(qtbot, Qt.Key.Key_Tab)
        assert page.deeds.delay_form.isAncestorOf(held(qtbot))
    assert page.deeds.delay_form.reason_field.value() == "when"
    page.deeds.delay_form.submit_button.setFocus()
    key(qtbot, Qt.Key.Key_N)
    assert page.deeds.open_form() is page.deeds.delay_form
