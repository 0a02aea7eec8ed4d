"""Settings, Access; what an administrator does for one account; and everybody's own password."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from intake.actions.accounts import add_staff, set_active
from intake.actions.recovery import recovery_state
from intake.actions.second_factor import roles_with_second_factor
from intake.domain.staff import Role, Staff
from intake.storage.store import Store
from tests.ui.access.enrolled import enrolled
from tests.ui.conftest import PASSWORD, Bench
from ui.desk import Desk
from ui.dialogs.my_password import MyPassword
from ui.pages.recovery import KeyGroups
from ui.pages.settings.access import AccessSection
from ui.pages.staff import StaffPage
from ui.routes import Routes

OTHER = "nine sample zebras"


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> AccessSection:
    """Return the section as it is shown."""
    page = AccessSection(desk, Routes())
    qtbot.addWidget(page)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: bool(page.recovery_label.text()))
    return page


def hire(bench: Bench, desk: Desk, role: Role = Role.CLINICIAN) -> Staff:
    """Add casey."""

    def add(store: Store) -> Staff:
        return add_staff(store, desk.actor, login="casey", name="Casey Example", role=role, password=PASSWORD, now=desk.now())

    return bench.ask(add)


def test_roles_are_chosen_by_chips_and_kept_by_the_button(section: AccessSection, bench: Bench, qtbot: QtBot) -> None:
    """What was kept before is marked; what is chosen and not kept yet stays for who comes back."""
    QTest.keyClick(section.chips[Role.CLINICIAN], Qt.Key.Key_Space)
    with qtbot.waitSignal(section.routes.said, timeout=5_000):
        QTest.keyClick(section.save_button, Qt.Key.Key_Return)
    assert bench.ask(roles_with_second_factor) == {Role.CLINICIAN}
    for kept in (True, False):
        section.chips[Role.CLINICIAN].setChecked(kept)
        section.reload()
        bench.ask(lambda store: store.identity())  # what was asked before is answered
        assert section.chips[Role.CLINICIAN].isChecked() == kept


def test_a_new_recovery_key_is_shown_until_it_was_typed_back(section: AccessSection, bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    """Then its date stands there; leaving the section takes a key that is shown away."""
    QTest.keyClick(section.recovery_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.key is not None)
    section.leaving()
    assert not any(each.isVisible() for each in section.findChildren(KeyGroups))
    section.reload()
    qtbot.waitUntil(lambda: "never typed back" in section.recovery_label.text())
    QTest.keyClick(section.recovery_button, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: section.key is not None)
    key = section.key
    assert key is not None
    key.typed_field.set_value("ABCDE")
    QTest.keyClick(key.typed_field, Qt.Key.Key_Return)
    qtbot.waitUntil(key.typed_box.has_problem)
    key.typed_field.set_value(key.groups.accessibleDescription())
    QTest.keyClick(key.typed_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "typed back from its print" in section.recovery_label.text())
    state = bench.ask(lambda store: recovery_state(store, desk.actor))
    assert state is not None
    assert state.confirmed_at == desk.now()


def test_a_new_key_is_advised_once_somebody_no_longer_signs_in(section: AccessSection, bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    """By name; the button leads out of the work."""
    assert "⚠" not in section.key_label.text()
    casey = hire(bench, desk)
    bench.ask(lambda store: set_active(store, desk.actor, casey.id, active=False, now=desk.now()))
    section.reload()
    qtbot.waitUntil(lambda: "Casey Example" in section.key_label.text())
    with qtbot.waitSignal(section.routes.new_key):
        QTest.keyClick(section.key_button, Qt.Key.Key_Return)


def test_a_lost_second_factor_is_taken_away_by_its_key(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """It is offered only for an account that has one."""
    enrolled(desk.paths, hire(bench, desk).login, desk.now())
    page = StaffPage(desk, Routes())
    qtbot.addWidget(page)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 2)
    shown = []
    for row in range(2):
        page.table.setCurrentIndex(page.table.model().index(row, 0))
        shown.append(page.factor_button.isVisible())
    assert shown == [False, True]
    with qtbot.waitSignal(page.routes.said, timeout=5_000):
        QTest.keyClick(page.table, Qt.Key.Key_F)
    assert bench.ask(lambda store: store.factors.enrolled()) == frozenset()


def test_my_password_takes_the_present_one_and_forgets_what_was_typed(desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Each mistake is told at its field, the new one counts at once."""
    under = QWidget()
    qtbot.addWidget(under)
    under.resize(900, 600)
    under.show()
    routes = Routes()
    form = MyPassword(desk, routes, under)
    form.begin()
    for present, fresh, field in ((PASSWORD, "short", "password"), ("wrong", OTHER, "present")):
        form.present_field.set_value(present)
        form.password_field.set_value(fresh)
        QTest.keyClick(form.password_field.text_field, Qt.Key.Key_Return)
        qtbot.waitUntil(form.boxes[field].has_problem, timeout=5_000)
    form.present_field.set_value(PASSWORD)
    with qtbot.waitSignal(routes.said, timeout=5_000):
        QTest.keyClick(form.password_field.text_field, Qt.Key.Key_Return)
    assert form.isHidden()
    assert (form.present_field.value(), form.password_field.value()) == ("", "")
    kept = bench.ask(lambda store: store.staff.by_login("alex"))
    assert kept is not None
    assert kept.slot.private_half(OTHER.encode()) is not None


def test_the_first_refusal_is_seen_whole(desk: Desk, qtbot: QtBot) -> None:
    """The form grows with its words at once; nothing of it is scrolled away."""
    under = QWidget()
    qtbot.addWidget(under)
    under.resize(900, 600)
    under.show()
    form = MyPassword(desk, Routes(), under)
    form.begin()
    qtbot.waitUntil(form.isVisible)
    QTest.keyClicks(form.present_field.text_field, PASSWORD)
    QTest.keyClick(form.present_field.text_field, Qt.Key.Key_Return)
    QTest.keyClicks(form.password_field.text_field, "short")
    QTest.keyClick(form.password_field.text_field, Qt.Key.Key_Return)
    qtbot.waitUntil(form.boxes["password"].has_problem, timeout=5_000)
    note = form.boxes["password"].note
    qtbot.waitUntil(lambda: note.height() >= note.heightForWidth(note.width()), timeout=2_000)
    assert note.heightForWidth(note.width()) > note.fontMetrics().height() * 1.5
    assert form._scroller.verticalScrollBar().maximum() == 0
    assert "nor can an administrator" in form.text_label.text()
