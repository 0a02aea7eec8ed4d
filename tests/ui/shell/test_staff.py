"""The administrator's accounts, by real keys on a real store."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from intake.actions.accounts import accounts
from intake.domain.staff import Actor, Role, Staff
from intake.errors import IntakeError
from tests.factories import a_colleague, signs_in
from tests.ui.conftest import Bench
from ui.desk import Desk
from ui.pages.staff import StaffPage
from ui.routes import Routes

PASSWORD = "a long walk by the river"


def opened(desk: Desk, administrator: Actor, qtbot: QtBot) -> StaffPage:
    """Show the page to the administrator and wait for its list."""
    page = StaffPage(replace(desk, actor=administrator), Routes())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.entered()
    qtbot.waitUntil(lambda: page.table.model().rowCount() > 0)
    return page


def press(text: str) -> None:
    """Type where the focus is; a line break is Enter."""
    for letter in text:
        target = QApplication.focusWidget()
        assert isinstance(target, QWidget)
        QTest.keyClick(target, Qt.Key.Key_Return) if letter == "\n" else QTest.keyClicks(target, letter)


def staff_of(bench: Bench) -> dict[str, Staff]:
    """Return the accounts as kept, by login."""
    return {each.login: each for each in bench.ask(accounts)}


def test_an_account_made_by_keyboard_can_sign_in(desk: Desk, administrator: Actor, bench: Bench, qtbot: QtBot) -> None:
    """A practice with one administrator gets its receptionists without anybody's help."""
    page = opened(desk, administrator, qtbot)
    press(f"nRobin Example\nrobin\nrec\n{PASSWORD}\n")
    qtbot.waitUntil(lambda: "robin" in staff_of(bench))
    assert staff_of(bench)["robin"].role is Role.RECEPTIONIST
    signed_in = bench.ask(lambda store: signs_in(store, login="robin", password=PASSWORD, workstation="desk", now=desk.now()))
    assert signed_in.staff.name == "Robin Example"
    qtbot.waitUntil(lambda: page.name_field.value() == "" and page.password_field.value() == "")


def test_a_short_password_is_told_at_its_field_and_nothing_typed_is_lost(
    desk: Desk, administrator: Actor, bench: Bench, qtbot: QtBot
) -> None:
    """The name and the login are still there to go on with."""
    page = opened(desk, administrator, qtbot)
    press("nRobin Example\nrobin\nrec\nshort\n")
    qtbot.waitUntil(page.boxes["password"].has_problem)
    assert (page.name_field.value(), page.login_field.value()) == ("Robin Example", "robin")
    assert "robin" not in staff_of(bench)


def test_a_disabled_account_signs_in_no_more_until_it_may_again(desk: Desk, administrator: Actor, bench: Bench, qtbot: QtBot) -> None:
    """Somebody who left the practice is kept in the records and kept out of them."""
    bench.ask(lambda store: a_colleague(store, administrator))
    page = opened(desk, administrator, qtbot)
    other = next(each for each in staff_of(bench).values() if each.id != administrator.staff.id)
    while page.table.current_key() != other.id:
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    press("x")
    qtbot.waitUntil(lambda: not staff_of(bench)[other.login].active)
    qtbot.waitUntil(lambda: not page._staff[other.id].active)
    press("x")
    qtbot.waitUntil(lambda: staff_of(bench)[other.login].active)


def test_the_own_account_cannot_be_disabled(desk: Desk, administrator: Actor, bench: Bench, qtbot: QtBot) -> None:
    """The last administrator cannot lock the door from outside."""
    page = opened(desk, administrator, qtbot)
    while page.table.current_key() != administrator.staff.id:
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    assert not page.active_button.isEnabled()
    press("x")
    qtbot.waitUntil(lambda: page.banner.text() != "")
    assert staff_of(bench)[administrator.staff.login].active


def test_a_new_password_replaces_the_old_one(desk: Desk, administrator: Actor, bench: Bench, qtbot: QtBot) -> None:
    """A forgotten password is the administrator's to replace, never to read."""
    bench.ask(lambda store: a_colleague(store, administrator))
    page = opened(desk, administrator, qtbot)
    other = next(each for each in staff_of(bench).values() if each.id != administrator.staff.id)
    while page.table.current_key() != other.id:
        QTest.keyClick(page.table, Qt.Key.Key_Down)
    said: list[str] = []
    page.routes.said.connect(said.append)
    press(f"p{PASSWORD}\n")
    qtbot.waitUntil(lambda: bool(said))

    def try_it(password: str) -> bool:
        try:
            bench.ask(lambda store: signs_in(store, login=other.login, password=password, workstation="desk", now=desk.now()))
        except IntakeError:
            return False
        return True

    assert try_it(PASSWORD)
    assert not try_it("another long walk home")
