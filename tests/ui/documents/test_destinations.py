"""A new request knows where its document goes, and that the same one is owed already; a handover presumes nobody."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.domain.requests import RequestState
from tests.factories import a_patient, a_visit, an_intake
from tests.intake.letters.papers import AUTO
from tests.ui.conftest import Bench
from tests.ui.documents.conftest import Promises, kinds
from tests.ui.documents.test_forms import CTRL, key, shown, typed
from ui.desk import Desk
from ui.pages.documents.filters import Tab
from ui.pages.documents.page import DocumentsPage


def hurt(bench: Bench, desk: Desk, *, fax: str | None) -> Saved:
    """Save the intake of somebody after an auto accident."""
    visit = a_visit(visit_type="auto", claim=replace(AUTO, adjuster_fax=fax))
    request = SaveRequest(intake=an_intake(desk.definitions, patient=a_patient(), visit=visit))
    return bench.ask(lambda store: save_intake(store, desk.actor, request, definitions=desk.definitions, now=desk.now()))


def problems(page: DocumentsPage) -> list[str]:
    """Return the fields of the new request at which something is said."""
    return [name for name, box in page.deeds.new_form.boxes.items() if box.has_problem()]


def test_a_fax_without_a_number_and_a_recipient_is_not_opened(page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot) -> None:
    """It is said at the two fields; with both the request is opened."""
    saved = bench.arrive("Sample")
    shown(page, 1, qtbot)
    page.ask_new(saved.patient_id)
    new = page.deeds.new_form
    qtbot.waitUntil(lambda: new.visit_field.count() == 2)
    typed(qtbot, "ref")
    key(qtbot, Qt.Key.Key_S, CTRL)
    assert problems(page) == ["recipient", "address"]
    assert new.destination.recipient.hasFocus()
    typed(qtbot, "Example Imaging")
    key(qtbot, Qt.Key.Key_Return)
    typed(qtbot, "908-555-0133")
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: sorted(kinds(page)) == ["referral_letter", "visit_note"])


def test_a_notice_begins_with_the_insurer_and_the_adjusters_fax_of_the_claim(
    page: DocumentsPage, bench: Bench, desk: Desk, qtbot: QtBot
) -> None:
    """What a person typed stays, and another kind does not go to the insurer."""
    saved = hurt(bench, desk, fax="+19085550144")
    shown(page, 1, qtbot)
    page.ask_new(saved.patient_id)
    new = page.deeds.new_form
    qtbot.waitUntil(lambda: new.visit_field.count() == 2)
    typed(qtbot, "not")
    qtbot.waitUntil(lambda: new.destination.recipient.value() == "Example Auto Insurance")
    assert new.destination.address.value().endswith("555-0144")
    QTest.keyClick(new.kind_field, Qt.Key.Key_Up)
    qtbot.waitUntil(lambda: new.destination.recipient.value() == "")
    new.destination.recipient.setFocus()
    typed(qtbot, "Somebody else")
    QTest.keyClick(new.kind_field, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: new.destination.address.value().endswith("555-0144"))
    assert new.destination.recipient.value() == "Somebody else"


def test_a_second_open_request_of_the_same_kind_and_visit_is_told_and_opened_only_when_asked_again(
    page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot
) -> None:
    """The number of the first stands in the form."""
    saved = bench.arrive("Sample")
    first = promises.open(saved, hours_ago=1)
    shown(page, 2, qtbot)
    page.ask_new(saved.patient_id)
    new = page.deeds.new_form
    qtbot.waitUntil(lambda: new.visit_field.count() == 2)
    typed(qtbot, "int")
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(new.trouble_label.isVisible)
    assert f"{first.number} is open already" in new.trouble_label.text()
    assert promises.owed().count("intake_form") == 1
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: kinds(page).count("intake_form") == 2)


def test_a_new_request_is_shown_though_the_list_was_of_other_ones(
    page: DocumentsPage, bench: Bench, promises: Promises, qtbot: QtBot
) -> None:
    """Of printed ones, of another kind: the list of what is owed comes, standing on it."""
    saved = bench.arrive("Sample")
    promises.printed(saved, hours_ago=1)
    page.filters.show_tab(Tab.PRINTED)
    page.filters.kind_field.set_value("intake_form")
    page.filters.changed.emit()
    qtbot.waitUntil(lambda: kinds(page) == ["intake_form"])
    page.ask_new(saved.patient_id)
    qtbot.waitUntil(lambda: page.deeds.new_form.visit_field.count() == 2)
    typed(qtbot, "rec")
    key(qtbot, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: (line := page.table.current_line()) is not None and line.kind == "records_copy")
    assert page.filters.tab is Tab.OWED


def test_what_goes_to_somebody_else_is_not_handed_to_the_patient_by_default(
    page: DocumentsPage, bench: Bench, desk: Desk, promises: Promises, qtbot: QtBot
) -> None:
    """An insurer's notice without a recipient asks for one; an intake form is the patient's."""
    saved = hurt(bench, desk, fax=None)
    notice, own = promises.printed(saved, "insurer_notice"), promises.printed(saved, hours_ago=1)
    shown(page, 3, qtbot)
    for request, to in ((notice, ""), (own, promises.line(own.id).name)):
        assert promises.line(request.id).state is RequestState.PRINTED
        page.table.go_to(request.id)
        key(qtbot, Qt.Key.Key_H)
        assert page.deeds.hand_over_form.to_field.value() == to
        key(qtbot, Qt.Key.Key_Escape)
