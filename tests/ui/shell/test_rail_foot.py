"""The foot of the rail: the lock and the change of user, each with its key and nothing cut; and the settings for every role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.domain.staff import Actor, Role, Staff
from ui.rail import Rail
from ui.widgets.buttons import LinkButton
from ui.widgets.labels import KeyHint

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


@pytest.fixture(params=Role)
def rail(request: pytest.FixtureRequest, qtbot: QtBot) -> Rail:
    """Show the rail of each role."""
    staff = Staff(id=1, login="sample", name="Sam Sample", role=request.param, active=True)
    made = Rail(staff, Actor(staff=staff, workstation="desk-1").may)
    qtbot.addWidget(made)
    made.resize(made.width(), 640)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_lock_and_switch_user_stand_with_their_keys_and_nothing_is_cut(rail: Rail) -> None:
    """Every link and every key has the room it asks for, within the rail."""
    links = {link.text(): link for link in rail.findChildren(LinkButton)}
    assert set(links) == {"Lock", "Switch user"}
    hints = [each for each in rail.findChildren(KeyHint) if each.text() in ("Ctrl L", "Ctrl Shift L")]
    assert len(hints) == len(links)
    for each in (*links.values(), *hints):
        assert each.width() >= each.sizeHint().width()
        assert each.mapTo(rail, each.rect().topRight()).x() < rail.width() - 8


def test_the_lock_is_asked_for_by_key_on_its_link(rail: Rail, qtbot: QtBot) -> None:
    """Enter presses it, as it does every button."""
    lock = next(link for link in rail.findChildren(LinkButton) if link.text() == "Lock")
    with qtbot.waitSignal(rail.lock):
        QTest.keyClick(lock, Qt.Key.Key_Return)


def test_every_role_has_the_settings_and_sees_them_lit(rail: Rail) -> None:
    """Each has at least one section of them."""
    rail.show_place("settings")
    assert rail.items["settings"].isChecked()
