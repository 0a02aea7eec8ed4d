"""Bringing a backup back before anybody is signed in."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from intake.actions.access import sign_in
from intake.actions.backup_targets import add_target
from intake.actions.backups import By, back_up
from intake.actions.recovery import new_recovery_key
from intake.domain.staff import Actor
from intake.paths import Paths
from intake.storage.copying import Pace
from intake.storage.store import open_store
from tests.factories import KEYS
from tests.ui.conftest import LOGIN, PASSWORD, WORKSTATION, Clock
from ui.pages.backup.restore_front import RestoreFront

WAIT_MS = 20_000
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def spoken(paths: Paths, administrator: Actor, clock: Clock, stick: Path) -> str:
    """Back the store up and return the recovery key that opens the backup; the store is gone then."""
    store = open_store(paths, KEYS)
    key = new_recovery_key(store, administrator, now=clock())
    by = By(actor=None, workstation=WORKSTATION, clock=clock, zone=ZONE)
    back_up(lambda work: work(store), add_target(store, administrator, str(stick), now=clock()), by, lambda _: Pace(rest=0))
    store.close()
    paths.store.unlink()
    clock.forward(95)
    return key


@pytest.fixture
def front(paths: Paths, spoken: str, clock: Clock, stick: Path, qtbot: QtBot) -> RestoreFront:
    """Return the page, with the backups of the folder on it."""
    front = RestoreFront(paths, workstation=WORKSTATION, clock=clock, zone=ZONE)
    qtbot.addWidget(front)
    front.resize(1024, 768)
    front.show()
    front.folder_field.set_value(str(stick))
    with qtbot.waitSignal(front.listed, timeout=WAIT_MS):
        front.look_button.click()
    return front


def brought_back(front: RestoreFront, paths: Paths, clock: Clock, qtbot: QtBot) -> None:
    """Confirm, and see that somebody can sign in."""
    qtbot.waitUntil(front.restore_button.isVisible, timeout=WAIT_MS)
    assert "cannot be counted" in front.loss_label.text()
    with qtbot.waitSignal(front.restored, timeout=WAIT_MS) as told:
        front.restore_button.click()
    assert "10:00 AM" in told.args[0]
    sign_in(paths, login=LOGIN, password=PASSWORD, workstation=WORKSTATION, now=clock()).store.close()


def test_a_store_that_is_gone_comes_back_with_a_password(front: RestoreFront, paths: Paths, clock: Clock, qtbot: QtBot) -> None:
    """A wrong one is told at its field first."""
    front.fields.login_field.set_value(LOGIN)
    front.fields.password_field.set_value("not the password")
    front.open_button.click()
    qtbot.waitUntil(front.fields.password_box.has_problem, timeout=WAIT_MS)
    clock.forward(5)
    front.fields.password_field.set_value(PASSWORD)
    front.open_button.click()
    brought_back(front, paths, clock, qtbot)


def test_a_store_that_is_gone_comes_back_with_the_recovery_key(
    front: RestoreFront, spoken: str, paths: Paths, clock: Clock, qtbot: QtBot
) -> None:
    """For when nobody's password of that time is known any more."""
    front.fields.other_link.click()
    front.fields.recovery_field.set_value(spoken.lower().replace(" ", "-"))
    front.open_button.click()
    brought_back(front, paths, clock, qtbot)


def test_a_folder_without_backups_is_told_at_the_field(front: RestoreFront, tmp_path: Path, qtbot: QtBot) -> None:
    """Nothing else changes."""
    front.folder_field.set_value(str(tmp_path / "nowhere"))
    front.look_button.click()
    qtbot.waitUntil(front.folder_box.has_problem, timeout=WAIT_MS)
    assert "no backups" in front.folder_box.note.text()


def test_leaving_forgets_what_was_typed(front: RestoreFront, qtbot: QtBot) -> None:
    """No password stays in a field of a page that is left."""
    front.fields.password_field.set_value(PASSWORD)
    with qtbot.waitSignal(front.left, timeout=WAIT_MS):
        front.back_button.click()
    assert front.fields.password_field.value() == ""
