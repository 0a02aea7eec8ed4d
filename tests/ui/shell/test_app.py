"""From the first paint over first start and sign-in to the work, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from intake.domain.staff import Actor, Role
from intake.paths import Paths
from tests.ui.conftest import LOGIN, PASSWORD, WORKSTATION, Clock
from ui.app import App
from ui.pages.first_start import ChooseClinicPage, FirstStartPage
from ui.pages.recovery import RecoveryPage
from ui.pages.sign_in import SignInPage

Start = Callable[[Paths], App]


@pytest.fixture
def start(qtbot: QtBot, clock: Clock) -> Iterator[Start]:
    """Yield a way to start the application over a data folder, as often as the test asks, and ends it with the test."""
    apps: list[App] = []

    def begin(paths: Paths) -> App:
        app = App(paths, clock=clock, workstation=WORKSTATION)
        apps.append(app)
        qtbot.addWidget(app.window)
        app.show()
        return app

    yield begin
    for app in apps:
        app.window.close()


def the_sign_in(app: App) -> SignInPage:
    """Return the sign-in page, which must be on screen."""
    page = app.window.centralWidget()
    assert isinstance(page, SignInPage)
    return page


def the_first_start(app: App) -> FirstStartPage:
    """Return the first-start page, which must be on screen."""
    page = app.window.centralWidget()
    assert isinstance(page, FirstStartPage)
    return page


def type_sign_in(app: App, password: str) -> None:
    """Type login and password and press the button."""
    page = the_sign_in(app)
    page.login_field.set_value(LOGIN)
    page.password_field.set_value(password)
    page.sign_in_button.click()


def test_first_start_asks_for_the_administrator_and_the_clinic_and_leads_to_today(start: Start, paths: Paths, qtbot: QtBot) -> None:
    """Four fields, the recovery key typed back, then the work begins, with the person signed in."""
    app = start(paths)
    page = the_first_start(app)
    qtbot.waitUntil(lambda: page.clinic_field.count() > 1)
    page.name_field.set_value("Alex Admin")
    page.login_field.set_value(LOGIN)
    page.password_field.set_value(PASSWORD)
    page.clinic_field.set_value("loc.monroe")
    page.begin_button.click()
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), RecoveryPage), timeout=10_000)
    recovery = app.window.centralWidget()
    assert isinstance(recovery, RecoveryPage)
    key = recovery.key
    key.typed_field.set_value(key.groups.accessibleDescription())
    key.go_button.click()
    qtbot.waitUntil(lambda: app.work is not None, timeout=10_000)
    assert app.work is not None
    assert app.work.desk.location == "loc.monroe"
    assert app.work.desk.actor.staff.role is Role.ADMINISTRATOR
    title = app.work.top_bar.title_label
    qtbot.waitUntil(lambda: title.text() == "Today")


def test_first_start_tells_a_short_password_at_its_field(start: Start, paths: Paths, qtbot: QtBot) -> None:
    """The problem stands at the password, in words, and nothing is set up."""
    app = start(paths)
    page = the_first_start(app)
    qtbot.waitUntil(lambda: page.clinic_field.count() > 1)
    page.name_field.set_value("Alex Admin")
    page.login_field.set_value(LOGIN)
    page.password_field.set_value("short")
    page.clinic_field.set_value("loc.edison")
    page.begin_button.click()
    qtbot.waitUntil(page.boxes["password"].has_problem, timeout=10_000)
    assert "15" in page.boxes["password"].note.text()
    assert app.work is None


def test_first_start_tells_everything_that_is_missing_at_once(start: Start, paths: Paths) -> None:
    """Each empty field says what to do, not only the first; nothing is set up."""
    page = the_first_start(start(paths))
    page.begin_button.click()
    assert {name: box.note.text() for name, box in page.boxes.items()} == {
        "name": "⚠ Type your name.",
        "login": "⚠ Type a login.",
        "password": "⚠ Type a password.",
        "location": "⚠ Choose the clinic this desk stands in.",
    }


def test_first_start_asks_for_the_clinic(start: Start, paths: Paths, qtbot: QtBot) -> None:
    """The clinic is never chosen for the person."""
    page = the_first_start(start(paths))
    page.begin_button.click()
    assert page.boxes["location"].has_problem()


def test_a_wrong_password_is_told_at_the_field_and_the_next_one_may_be_right(
    start: Start, paths: Paths, administrator: Actor, clock: Clock, qtbot: QtBot
) -> None:
    """After a refusal the same window signs in with the right password, once the wait is over."""
    app = start(paths)
    page = the_sign_in(app)
    type_sign_in(app, "not this one at all")
    qtbot.waitUntil(page.password_box.has_problem, timeout=10_000)
    clock.forward(2)
    qtbot.waitUntil(page.sign_in_button.isEnabled, timeout=10_000)
    type_sign_in(app, PASSWORD)
    qtbot.waitUntil(lambda: app.work is not None, timeout=10_000)


def test_switching_the_user_leads_back_to_an_empty_sign_in(start: Start, paths: Paths, administrator: Actor, qtbot: QtBot) -> None:
    """Nothing of the person before is left on the screen."""
    app = start(paths)
    type_sign_in(app, PASSWORD)
    qtbot.waitUntil(lambda: app.work is not None, timeout=10_000)
    assert app.work is not None
    app.work.leave()
    qtbot.waitUntil(lambda: app.work is None, timeout=10_000)
    page = the_sign_in(app)
    assert page.login_field.value() == ""
    assert page.password_field.value() == ""


def test_a_desk_without_a_clinic_asks_for_it_once(start: Start, paths: Paths, administrator: Actor, clock: Clock, qtbot: QtBot) -> None:
    """Another desk over the same store asks where it stands, and remembers."""
    app = start(paths)
    app.workstation = "desk-2"
    type_sign_in(app, PASSWORD)
    qtbot.waitUntil(lambda: isinstance(app.window.centralWidget(), ChooseClinicPage), timeout=10_000)
    page = app.window.centralWidget()
    assert isinstance(page, ChooseClinicPage)
    page.button.click()
    assert page.box.has_problem()
    page.clinic_field.set_value("loc.bayonne")
    page.button.click()
    qtbot.waitUntil(lambda: app.work is not None, timeout=10_000)
    assert app.work is not None
    assert app.work.desk.location == "loc.bayonne"


def test_a_broken_definition_is_named_with_its_line_in_the_window_and_on_stderr(
    start: Start, paths: Paths, administrator: Actor, qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nobody signs in over a definition that cannot be read; the file and the line are told."""
    broken = paths.overrides / "practice.toml"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.write_text('name = "Sample"\n\nthis is not toml\n', encoding="utf-8")
    page = the_sign_in(start(paths))
    qtbot.waitUntil(lambda: bool(page.banner.text()), timeout=10_000)
    assert "practice.toml" in page.banner.text()
    assert "3" in page.banner.text()
    assert not page.sign_in_button.isEnabled()
    assert "practice.toml" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"not a store at all, only text", b""], ids=["text", "empty"])
def test_a_file_that_is_no_store_is_told_and_left_alone(
    start: Start, tmp_path: Path, administrator: Actor, paths: Paths, qtbot: QtBot, content: bytes
) -> None:
    """The window says so in words and the file stays as it was."""
    for leftover in paths.data.glob("store.db-*"):
        leftover.unlink()
    paths.store.write_bytes(content)
    page = the_sign_in(start(paths))
    qtbot.waitUntil(lambda: bool(page.banner.text()), timeout=10_000)
    assert paths.store.read_bytes() == content


def test_the_training_clinic_lists_its_accounts_with_their_password(start: Start, tmp_path: Path, qtbot: QtBot) -> None:
    """Everyone can sign in to training, and every screen says that it is training."""
    app = start(Paths(data=tmp_path / "training", training=True))
    page = the_sign_in(app)
    qtbot.waitUntil(lambda: page.accounts_card is not None, timeout=60_000)
    assert "TRAINING" in app.window.windowTitle()
    page.login_field.set_value("desk")
    page.password_field.set_value("training-clinic-1")
    page.sign_in_button.click()
    qtbot.waitUntil(lambda: app.work is not None, timeout=10_000)
