"""The screen of records past their time: worked by keys alone, from the list to the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.errors import IntakeError
from tests.factories import PASSWORD
from ui.models.board import CELL_ROLE
from ui.pages.retention.page import RetentionPage
from ui.widgets.two_lines import needed_px

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

OpenPage = Callable[[str], RetentionPage]


def cells(page: RetentionPage) -> list[list[str]]:
    """Return the first lines of the rows that are shown."""
    model = page.table.model()
    return [
        [model.index(at, column).data(CELL_ROLE).first for column in range(model.columnCount())] for at in range(model.rowCount())
    ]  # fmt: skip


def press(page: RetentionPage, qtbot: QtBot, *keys: Qt.Key | str) -> None:
    """Press keys where the focus is; the last one asks the store, and its answer is waited for."""
    with qtbot.waitSignal(page.shown, timeout=15_000):
        for key in keys:
            target = page.window().focusWidget()
            assert target is not None
            if isinstance(key, str):
                QTest.keyClicks(target, key)
            else:
                QTest.keyClick(target, key)


def test_what_may_go_is_listed_with_its_dates(open_page: OpenPage) -> None:
    """The longest unchanged first; nothing young is in it."""
    page = open_page("alex")
    assert cells(page) == [["Sample, Ana", "from Mar 23, 2022", "May go"]]


def test_a_search_tells_until_when_a_record_stays(open_page: OpenPage, qtbot: QtBot) -> None:
    """At the row and in words at the side; nothing is offered for it but to keep it longer."""
    page = open_page("alex")
    QTest.keyClick(page.table, Qt.Key.Key_F)
    press(page, qtbot, "bea")
    qtbot.waitUntil(lambda: [line[0] for line in cells(page)] == ["Sample, Bea"])
    assert page.record_panel.stays_label.text().startswith("Born Jun 7, 1990. The law keeps this record. It may go from")
    panel = page.record_panel
    assert not any(each.isVisible() for each in (panel.propose_button, panel.export_button, panel.consent_button, panel.remove_button))


def test_a_record_goes_by_keys_alone(open_page: OpenPage, qtbot: QtBot, copies: Path) -> None:
    """Proposed, copied, consented to by both, removed; then it stands in the last list by its number."""
    page = open_page("casey")
    enter = Qt.Key.Key_Return
    press(page, qtbot, enter, enter)
    press(page, qtbot, enter, enter)
    assert sorted(path.suffix for path in copies.iterdir()) == [".json", ".pdf"]
    press(page, qtbot, enter, PASSWORD, enter)
    press(page, qtbot, enter, "alex", enter, PASSWORD, enter)
    assert cells(page) == [["Sample, Ana", "from Mar 23, 2022", "Ready"]]
    press(page, qtbot, enter, enter)
    assert cells(page) == []
    press(page, qtbot, "3")
    assert [line[0] for line in cells(page)] == ["RD-000001-3"]


def test_a_wrong_password_is_told_and_nothing_is_recorded(open_page: OpenPage, qtbot: QtBot) -> None:
    """The password is empty again and has the focus; the login stays."""
    page = open_page("casey")
    enter = Qt.Key.Key_Return
    press(page, qtbot, enter, enter)
    press(page, qtbot, enter, enter)
    QTest.keyClick(page.table, enter)
    QTest.keyClicks(page.record_panel.password_field.text_field, "seven other ponies")
    QTest.keyClick(page.record_panel.password_field.text_field, enter)
    qtbot.waitUntil(lambda: page.banner.text() == "Login or password is wrong. No consent was recorded.", timeout=10_000)
    assert page.record_panel.password_field.value() == ""
    assert page.record_panel.password_field.text_field.hasFocus()
    assert page.record_panel.login_field.value() == "casey"


def test_an_administrator_is_told_who_writes_the_copy(open_page: OpenPage, qtbot: QtBot) -> None:
    """It holds notes; it is said in the foot bar too, and a clinician is told to write it."""
    page = open_page("alex")
    said: list[str] = []
    page.routes.said.connect(said.append)
    press(page, qtbot, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert said == ["Proposed. A clinician writes its copy next."]
    assert not page.record_panel.export_button.isEnabled()
    assert "A clinician has to write it" in page.record_panel.next_label.text()


def test_a_clinician_is_told_to_write_the_copy(open_page: OpenPage, qtbot: QtBot) -> None:
    """It is the step that is next, and this person may do it."""
    page = open_page("casey")
    said: list[str] = []
    page.routes.said.connect(said.append)
    press(page, qtbot, Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert said == ["Proposed. Write its copy next."]


def test_a_refusal_of_the_store_names_no_date_that_it_does_not_know(open_page: OpenPage, qtbot: QtBot) -> None:
    """The store itself says only that the time is not over."""
    page = open_page("alex")
    page.refuse(IntakeError("record_not_due"))
    assert page.banner.text() == "The law keeps this record: its time is not over."
    page.refuse(IntakeError("record_not_due", day="2027-01-02"))
    assert "It may go from 2027-01-02 on." in page.banner.text()


def test_a_record_is_kept_longer_by_key_and_let_go_again(open_page: OpenPage, qtbot: QtBot) -> None:
    """With a reason each time; without one it is asked for at the field."""
    page = open_page("alex")
    QTest.keyClick(page.table, Qt.Key.Key_K)
    QTest.keyClick(page.record_panel.reason_field, Qt.Key.Key_Return)
    qtbot.waitUntil(page.record_panel.reason_box.has_problem)
    press(page, qtbot, "Subpoena", Qt.Key.Key_Return)
    assert cells(page)[0][2] == "Kept longer"
    assert page.record_panel.stays_label.text() == "Born Mar 4, 1986. Kept whatever its age: Subpoena (Alex Sample)"
    QTest.keyClick(page.table, Qt.Key.Key_K)
    press(page, qtbot, "Dismissed", Qt.Key.Key_Return)
    assert cells(page)[0][2] == "May go"


def test_a_proposal_is_withdrawn_by_key(open_page: OpenPage, qtbot: QtBot) -> None:
    """The record may be proposed again."""
    page = open_page("alex")
    press(page, qtbot, Qt.Key.Key_Return, Qt.Key.Key_Return)
    press(page, qtbot, "2")
    assert [line[0] for line in cells(page)] == ["Sample, Ana"]
    press(page, qtbot, "W")
    assert cells(page) == []
    press(page, qtbot, "1")
    assert cells(page)[0][2] == "May go"


def test_a_password_does_not_outlive_the_page(open_page: OpenPage) -> None:
    """Somebody else may sit down here."""
    page = open_page("casey")
    page.record_panel.password_field.set_value(PASSWORD)
    page.leaving()
    assert page.record_panel.password_field.value() == ""


def test_escape_leads_from_a_field_to_the_list_out_of_a_search_and_to_the_settings(open_page: OpenPage, qtbot: QtBot) -> None:
    """One step at a time."""
    page = open_page("alex")
    QTest.keyClick(page.table, Qt.Key.Key_F)
    press(page, qtbot, "bea")
    QTest.keyClick(page.find_field, Qt.Key.Key_Escape)
    assert page.table.hasFocus()
    with qtbot.waitSignal(page.shown, timeout=10_000):
        QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert page.find_field.value() == ""
    with qtbot.waitSignal(page.routes.place, timeout=10_000) as went:
        QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert went.args == ["settings"]


def test_a_narrow_window_cuts_neither_number_nor_name(open_page: OpenPage, qtbot: QtBot) -> None:
    """From when on a record may go stands under its state then, and comes back to its own column in a wide window."""
    page = open_page("alex")
    page.resize(680, 560)
    qtbot.waitUntil(lambda: page.table.isColumnHidden(1))
    cell = page.table.model().index(0, 0).data(CELL_ROLE)
    assert cell.second.startswith("RD-")
    assert page.table.columnWidth(0) >= needed_px(cell, leading=True)
    state = page.table.model().index(0, 2).data(CELL_ROLE)
    assert (state.first, state.second) == ("May go", "from Mar 23, 2022")
    page.resize(1240, 760)
    qtbot.waitUntil(lambda: not page.table.isColumnHidden(1))
    assert page.table.model().index(0, 2).data(CELL_ROLE).pill
