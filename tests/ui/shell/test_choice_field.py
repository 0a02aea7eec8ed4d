"""A field of choices: letters pick, and each time somebody comes to it they begin anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.widgets.fields import ChoiceField, TextField


def test_a_letter_typed_right_after_coming_back_is_not_added_to_the_one_before(qtbot: QtBot) -> None:
    """Who is quicker than the search of the list forgets gets what they typed: W is Work, not something that begins with IW."""
    window = QWidget()
    kind, other = ChoiceField([("intake", "Intake form"), ("work", "Work note")], empty="Choose…"), TextField()
    inside = QVBoxLayout(window)
    inside.addWidget(kind)
    inside.addWidget(other)
    qtbot.addWidget(window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    kind.setFocus()
    QTest.keyClicks(kind, "i")
    assert kind.value() == "intake"
    other.setFocus()
    kind.setFocus()
    kind.set_value("")
    QTest.keyClicks(kind, "w")
    assert kind.value() == "work"


ROLES = [("desk", "Receptionist"), ("clin", "Clinician"), ("print", "Print desk"), ("proof", "Proof reader"), ("admin", "Administrator")]


@pytest.fixture
def role(qtbot: QtBot) -> ChoiceField:
    """Return a field of roles that was just entered; nothing is chosen."""
    field = ChoiceField(ROLES, empty="Choose…")
    qtbot.addWidget(field)
    with qtbot.waitActive(field):
        field.show()
        field.activateWindow()
    field.clearFocus()
    field.setFocus()
    return field


def type_in(text: str) -> None:
    """Type where the keyboard is, one letter right after another."""
    holder = QApplication.focusWidget()
    assert holder is not None
    QTest.keyClicks(holder, text)


def test_a_letter_typed_right_after_coming_picks_though_what_stands_there_begins_with_it(role: ChoiceField) -> None:
    """C is Clinician, not the C of Choose…; every change is told once."""
    told: list[str] = []
    role.edited.connect(lambda: told.append(role.value()))
    type_in("c")
    assert role.value() == "clin"
    assert told == ["clin"]


def test_letters_typed_one_after_another_narrow_and_the_same_one_goes_on(role: ChoiceField) -> None:
    """PRO is Proof reader; P again and again goes round through what begins with it."""
    type_in("pro")
    assert role.value() == "proof"
    role.clearFocus()
    role.setFocus()
    type_in("p")
    assert role.value() == "print"
    type_in("p")
    assert role.value() == "proof"


def test_a_letter_of_the_only_one_does_not_empty_the_field(role: ChoiceField) -> None:
    """The empty line is for Delete, or for a letter with which nothing else begins; a letter of nothing changes nothing."""
    type_in("cc")
    assert role.value() == "clin"
    type_in("z")
    assert role.value() == "clin"
    QTest.keyClick(role, Qt.Key.Key_Delete)
    assert role.value() == ""
