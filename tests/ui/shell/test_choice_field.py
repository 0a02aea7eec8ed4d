"""A field of choices: letters pick, and each time somebody comes to it they begin anew."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
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
