"""The foot bar under the list of a run, and what the list says whole."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.documents.test_forms import key
from tests.ui.printrun.conftest import Room
from tests.ui.printrun.filing import FileWay
from tests.ui.windows import open_window

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk
    from ui.main_window import MainWindow

JAM = "Paper jam in tray 2. Open the door at the back, take the sheet out and close the door again."


def keys(window: MainWindow) -> list[str]:
    """Return the keys in the foot bar."""
    return [" ".join(each.keys) for each in window.foot_bar.legend.shown()]


def test_under_a_list_of_a_run_the_foot_bar_has_its_keys_and_not_the_pages(clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """They go with it, and the page's are back."""
    bench.arrive("Sample")
    window = open_window(clinician, qtbot)
    window.routes.documents.emit()
    qtbot.waitUntil(lambda: "Enter" in keys(window))
    window.print_runs.overlay.open()
    assert "Esc" in keys(window)
    assert not {"Enter", "Space", "G"} & set(keys(window))
    key(qtbot, Qt.Key.Key_Escape)
    assert "Enter" in keys(window)


def test_a_refusal_is_no_success_and_goes_when_a_form_opens(clinician: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Nothing printed can be handed over: said as a warning, and not under the next form any more."""
    bench.arrive("Sample")
    window = open_window(clinician, qtbot)
    window.routes.documents.emit()
    qtbot.waitUntil(lambda: "Enter" in keys(window))
    key(qtbot, Qt.Key.Key_H)
    said = window.foot_bar.said_label
    assert (said.text()[:9], said.property("tone")) == ("⚠ Only wh", "warning")
    key(qtbot, Qt.Key.Key_D)
    assert said.text() == ""
    key(qtbot, Qt.Key.Key_Escape)
    window.routes.said.emit("Kept.")
    assert said.property("tone") == "ok"


def test_what_a_printer_said_stands_whole_under_the_list_and_s_leads_to_the_printers(
    open_room: Callable[[Desk, FileWay], Room], receptionist: Desk, way: FileWay, ready: list[int]
) -> None:
    """For the document in hand; the bar is empty, for nothing is printed."""
    way.jams["Front desk"] = JAM
    room = open_room(receptionist, way)
    room.print_all()
    assert room.overlay.said_label.text() == f"⚠ {JAM}"
    assert room.overlay.said_label.isVisible()
    assert len(room.rows()) == len(ready)
    assert room.overlay.bar.accessibleDescription() == "0 of 3"
    assert "S" in [" ".join(each.keys) for each in room.runs.legend()]
    with room.qtbot.waitSignal(room.routes.printing):
        room.press(Qt.Key.Key_S)
    assert room.overlay.isHidden()
    assert room.runs.legend() == ()


def test_a_silent_print_service_is_told_in_words_of_a_run(
    open_room: Callable[[Desk, FileWay], Room], receptionist: Desk, way: FileWay, ready: list[int]
) -> None:
    """There is no page to save: all of it is ready still."""
    way.silent = True
    room = open_room(receptionist, way)
    with room.qtbot.waitSignal(room.runs.control.refused, timeout=20_000):
        room.press(Qt.Key.Key_F9)
    assert "ready still; F9 tries again" in room.overlay.trouble_label.text()
    assert len(room.rows()) == len(ready)
