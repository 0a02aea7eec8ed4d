"""A paper that the role may not see: its line is there, the keys that open or copy it are not, and say who may."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Bench
from tests.ui.documents.conftest import Promises
from tests.ui.documents.test_after_a_run import legend
from tests.ui.documents.test_forms import key, shown
from tests.ui.preview.clinic import sign, write
from tests.ui.windows import open_window
from ui.desk import Desk
from ui.pages.documents.page import DocumentsPage

OTHERS = "Your role does not see this paper. It is seen by: Clinician, Print desk."


def test_enter_on_a_note_of_another_role_says_who_may_see_it(receptionist: Desk, bench: Bench, qtbot: QtBot) -> None:
    """In the foot bar, where the key is not named either."""
    bench.arrive("Sample")
    window = open_window(receptionist, qtbot)
    window.routes.documents.emit()
    page = window.places.current()
    assert isinstance(page, DocumentsPage)
    shown(page, 1, qtbot)
    assert "Enter" not in legend(page)
    key(qtbot, Qt.Key.Key_Return)
    assert OTHERS in window.foot_bar.said_label.accessibleDescription()
    assert window.places.current() is page


def test_a_copy_is_asked_for_only_of_a_paper_that_the_role_may_see(
    open_page: Callable[[Desk], DocumentsPage], receptionist: Desk, clinician: Desk, bench: Bench, promises: Promises, qtbot: QtBot
) -> None:
    """No reason is asked for in vain; an intake form is the desk's own, and is opened and copied."""
    saved = bench.arrive("Sample")
    write(bench, clinician, saved.visit_id)
    sign(bench, clinician, saved.visit_id)
    note, own = Promises(clinician, bench).printed(saved, "visit_note", hours_ago=3), promises.printed(saved, hours_ago=2)
    page = open_page(receptionist)
    shown(page, 3, qtbot)
    page.table.go_to(note.id)
    assert not {"R", "Enter"} & set(legend(page))
    with qtbot.waitSignal(page.routes.refused, check_params_cb=OTHERS.__eq__):
        key(qtbot, Qt.Key.Key_R)
    assert page.deeds.open_form() is None
    page.table.go_to(own.id)
    assert {"R", "Enter"} <= set(legend(page))
    key(qtbot, Qt.Key.Key_R)
    assert page.deeds.open_form() is page.deeds.reprint_form
