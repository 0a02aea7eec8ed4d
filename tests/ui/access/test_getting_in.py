"""The way in, page by page: recovery key, second factor, emergency access, and what is done while nobody is signed in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyotp
import pypdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.access import sign_in
from intake.actions.accounts import add_staff
from intake.actions.recovery import recovery_state
from intake.actions.second_factor import choose_roles_with_second_factor
from intake.domain.staff import Actor, Role
from intake.paths import Paths
from intake.security.recovery_key import spoken
from intake.storage.store import Store
from tests.factories import a_store
from tests.ui.access.conftest import Front
from tests.ui.access.enrolled import enrolled
from tests.ui.conftest import LOGIN, PASSWORD, RECOVERY_SECRET, WORKSTATION, Clock
from ui.pages.backup.restore_front import RestoreFront
from ui.pages.emergencies import EmergenciesPage
from ui.pages.enrolling import EnrolPage, SpareCodesPage
from ui.pages.first_start import FirstStartPage
from ui.pages.new_key import NewKeyPage
from ui.pages.recovery import RecoveryAskPage, RecoveryPage
from ui.pages.sign_in import SignInPage
from ui.pages.use_recovery import UseRecoveryPage

Start = Callable[[Paths], Front]
OTHER = "nine sample zebras"
REASON = "The phone fell into the sink"


def submit(front: Front, login: str = LOGIN, password: str = PASSWORD) -> SignInPage:
    """Type login and password as a person does."""
    page = front.page(SignInPage)
    page.login_field.set_value(login)
    page.password_field.set_value(password)
    page.sign_in_button.click()
    return page


def on_store(paths: Paths, work: Callable[[Store], object]) -> None:
    """Do something with the store while nobody has it open."""
    store = a_store(paths.data)
    try:
        work(store)
    finally:
        store.close()


@pytest.fixture
def phone(paths: Paths, administrator: Actor, clock: Clock) -> pyotp.TOTP:
    """Add a clinician with a second factor and return the phone."""

    def add(store: Store) -> None:
        add_staff(store, administrator, login="casey", name="Casey Example", role=Role.CLINICIAN, password=PASSWORD, now=clock())

    on_store(paths, add)
    secret = enrolled(paths, "casey", clock())
    clock.forward(10)
    return pyotp.TOTP(secret)


def test_the_first_start_goes_on_once_the_recovery_key_was_typed_back(start: Start, paths: Paths, tmp_path: Path, qtbot: QtBot) -> None:
    """Its sheet can be saved; a slip is told at the field; the store knows then that it is on paper."""
    front = start(paths)
    first = front.page(FirstStartPage)
    qtbot.waitUntil(lambda: first.clinic_field.count() > 1)
    for field, text in ((first.name_field, "Alex Admin"), (first.login_field, LOGIN), (first.clinic_field, "loc.monroe")):
        field.set_value(text)
    first.password_field.set_value(PASSWORD)
    first.begin_button.click()
    key = front.page(RecoveryPage).key
    words = key.groups.accessibleDescription()
    with qtbot.waitSignal(key.hand_out.handed_out, timeout=10_000):
        key.hand_out.save_to(tmp_path / "sheet.pdf")
    assert all(group in pypdf.PdfReader(tmp_path / "sheet.pdf").pages[0].extract_text() for group in words.split())
    assert key.typed_field.hasFocus()
    key.typed_field.set_value(words[:-1])
    QTest.keyClick(key.typed_field, Qt.Key.Key_Return)
    qtbot.waitUntil(key.typed_box.has_problem)
    assert key.typed_field.selectedText() == words[:-1]
    assert front.app.work is None
    key.typed_field.set_value(words.lower())
    QTest.keyClick(key.typed_field, Qt.Key.Key_Return)
    assert front.at_work() == LOGIN


@pytest.mark.parametrize("postpones", [False, True])
def test_an_administrator_without_a_recovery_key_is_asked_at_each_sign_in(
    start: Start, paths: Paths, administrator: Actor, qtbot: QtBot, *, postpones: bool
) -> None:
    """It can wait until the next one; made and typed back, it is asked no more."""
    on_store(paths, lambda store: store._connection.execute("DELETE FROM recovery"))
    front = start(paths)
    submit(front)
    asked = front.page(RecoveryAskPage)
    if postpones:
        asked.later_button.click()
    else:
        asked.make_button.click()
        key = front.page(RecoveryPage).key
        key.typed_field.set_value(key.groups.accessibleDescription())
        key.go_button.click()
    assert front.at_work() == LOGIN
    front.app.window.close()

    def look(store: Store) -> None:
        state = recovery_state(store, administrator)
        assert (state is None) is postpones
        assert state is None or state.confirmed_at is not None

    on_store(paths, look)


def test_the_recovery_key_gives_a_new_password_from_the_sign_in_page(
    start: Start, paths: Paths, administrator: Actor, qtbot: QtBot
) -> None:
    """What is wrong is told at its field; afterwards the new password opens, and a new key is asked for."""
    front = start(paths)
    front.page(SignInPage).recovery_link.click()
    page = front.page(UseRecoveryPage)
    page.go_button.click()
    assert all(box.has_problem() for box in page.boxes.values())
    for typed, login, password, field in (
        ("ABCDE", LOGIN, OTHER, "key"), (spoken(bytes(32)), LOGIN, OTHER, "key"), (spoken(RECOVERY_SECRET), "dana", OTHER, "login"),
        (spoken(RECOVERY_SECRET), LOGIN, "short", "password"),
    ):  # fmt: skip
        page.key_field.set_value(typed)
        page.login_field.set_value(login)
        page.password_field.set_value(password)
        page.go_button.click()
        qtbot.waitUntil(page.boxes[field].has_problem, timeout=10_000)
    page.password_field.set_value(OTHER)
    page.go_button.click()
    submit(front, password=OTHER)
    front.page(RecoveryAskPage).later_button.click()
    assert front.at_work() == LOGIN


def test_a_page_that_was_asked_for_early_stays_when_everything_is_read(
    start: Start, paths: Paths, administrator: Actor, qtbot: QtBot
) -> None:
    """Somebody quick presses the link before the definitions are there; what they type then is not swept away."""
    front = start(paths)
    front.page(SignInPage).recovery_link.click()
    page = front.page(UseRecoveryPage)
    page.login_field.set_value(LOGIN)
    qtbot.waitUntil(lambda: front.app._opened is not None, timeout=10_000)
    assert front.app.window.centralWidget() is page
    assert page.login_field.value() == LOGIN


def test_the_code_is_asked_when_the_account_has_a_phone(start: Start, paths: Paths, phone: pyotp.TOTP, clock: Clock, qtbot: QtBot) -> None:
    """The field appears once the password was right, and goes with another login."""
    front = start(paths)
    page = front.page(SignInPage)
    assert page.second.isHidden()
    submit(front, "casey")
    qtbot.waitUntil(page.second.isVisible, timeout=10_000)
    assert page.second.code_field.hasFocus()
    page.second.code_field.set_value("000000")
    QTest.keyClick(page.second.code_field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.second.code_box.has_problem, timeout=10_000)
    QTest.keyClicks(page.login_field, "x")
    assert page.second.isHidden()
    submit(front, "casey")
    qtbot.waitUntil(page.second.isVisible, timeout=10_000)
    page.second.code_field.set_value(phone.at(clock()))
    QTest.keyClick(page.second.code_field, Qt.Key.Key_Return)
    assert front.at_work() == "casey"


def test_emergency_access_takes_a_reason_and_the_administrator_is_shown_it_first(
    start: Start, paths: Paths, phone: pyotp.TOTP, qtbot: QtBot
) -> None:
    """Who, why, and what was done; once acknowledged it is shown no more."""
    front = start(paths)
    page = submit(front, "casey")
    qtbot.waitUntil(page.second.isVisible, timeout=10_000)
    page.second.gone_link.setFocus()
    QTest.keyClick(page.second.gone_link, Qt.Key.Key_Return)
    assert page.second.reason_field.hasFocus()
    page.second.reason_field.set_value(REASON)
    QTest.keyClick(page.second.reason_field, Qt.Key.Key_Return)
    assert front.at_work() == "casey"
    assert front.app.work is not None
    assert not front.app.work.rail.emergency_label.isHidden()
    front.app.work.leave()
    submit(front)
    shown = front.page(EmergenciesPage)
    said = " ".join(each.text() for each in shown.findChildren(type(page.state_label)))
    assert "Casey Example" in said
    assert REASON in said
    assert "Signed in" in said
    shown.seen_button.click()
    assert front.at_work() == LOGIN
    assert front.app.work.rail.emergency_label.isHidden()
    front.app.work.leave()
    submit(front)
    assert front.at_work() == LOGIN


def test_a_role_that_is_asked_for_it_adds_a_phone_before_anything_else(
    start: Start, paths: Paths, administrator: Actor, clock: Clock, qtbot: QtBot
) -> None:
    """The secret to type is that of the code; a wrong first code is told; the spare codes are shown once."""
    chosen = frozenset({Role.ADMINISTRATOR})
    on_store(paths, lambda store: choose_roles_with_second_factor(store, administrator, chosen, now=clock()))
    front = start(paths)
    submit(front)
    page = front.page(EnrolPage)
    page.code_field.set_value("123")
    page.go_button.click()
    qtbot.waitUntil(page.code_box.has_problem, timeout=10_000)
    page.code_field.set_value(pyotp.TOTP(page.secret_label.text().replace(" ", "")).at(clock()))
    QTest.keyClick(page.code_field, Qt.Key.Key_Return)
    spare = front.page(SpareCodesPage)
    codes = [each.text() for each in spare.findChildren(type(page.secret_label)) if each.text().count("-") == 2]
    assert len(codes) == 10
    spare.go_button.click()
    assert front.at_work() == LOGIN
    front.app.window.close()
    sign_in(paths, login=LOGIN, password=PASSWORD, code=codes[3], workstation=WORKSTATION, now=clock()).store.close()


def test_who_will_not_add_a_phone_is_signed_out(start: Start, paths: Paths, administrator: Actor, clock: Clock) -> None:
    """There is no way past it."""
    chosen = frozenset({Role.ADMINISTRATOR})
    on_store(paths, lambda store: choose_roles_with_second_factor(store, administrator, chosen, now=clock()))
    front = start(paths)
    submit(front)
    front.page(EnrolPage).leave_button.click()
    assert front.page(SignInPage).password_field.value() == ""
    assert front.app.work is None
    assert front.app.entry is None


def test_a_new_key_is_given_while_nobody_is_signed_in(start: Start, paths: Paths, administrator: Actor, qtbot: QtBot) -> None:
    """It asks for the password once more, shows how far it is, and leads back to the sign-in."""
    front = start(paths)
    submit(front)
    front.at_work()
    assert front.app.work is not None
    front.app.work.routes.new_key.emit()
    page = front.page(NewKeyPage)
    before = paths.ring.read_bytes()
    page.password_field.set_value("wrong")
    page.go_button.click()
    qtbot.waitUntil(page.password_box.has_problem, timeout=20_000)
    page.password_field.set_value(PASSWORD)
    page.go_button.click()
    assert page.bar.isVisibleTo(page)
    assert not page.back_button.isEnabled()
    again = front.page(SignInPage)
    assert again.banner.isVisibleTo(again)
    assert paths.ring.read_bytes() != before
    submit(front)
    assert front.at_work() == LOGIN


def test_a_backup_can_be_brought_back_without_signing_in_and_without_a_store(start: Start, paths: Paths, administrator: Actor) -> None:
    """From the sign-in, and from the first start when the store is gone; the way back leads to where it began."""
    front = start(paths)
    front.qtbot.waitUntil(lambda: front.app._opened is not None, timeout=10_000)
    front.page(SignInPage).restore_link.click()
    front.page(RestoreFront).back_button.click()
    front.page(SignInPage)
    front.app.window.close()
    paths.store.unlink()
    again = start(paths)
    again.qtbot.waitUntil(lambda: again.app._opened is not None, timeout=10_000)
    again.page(FirstStartPage).restore_link.click()
    again.page(RestoreFront).back_button.click()
    again.page(FirstStartPage)
