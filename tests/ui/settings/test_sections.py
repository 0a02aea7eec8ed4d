"""The list of sections: who sees which, and going through them by keyboard."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from intake.actions.idle import idle_minutes
from intake.domain.roles import MAY_WORDS, role_table
from intake.domain.staff import Role
from tests.ui.conftest import Bench
from tests.ui.settings.conftest import Open, section, show_section
from ui.desk import Desk
from ui.pages.retention.page import RetentionPage
from ui.pages.settings.access import AccessSection
from ui.pages.settings.clinics import ClinicsSection
from ui.pages.settings.desks import IdleSection, PrintersSection
from ui.pages.settings.page import SettingsPage
from ui.pages.settings.practice import PracticeSection
from ui.pages.settings.roles import RolesSection
from ui.pages.settings.sections import PLACES
from ui.pages.settings.snippets import SnippetsSection
from ui.pages.staff import StaffPage


def focused() -> QWidget:
    """Return what has the focus."""
    widget = QApplication.focusWidget()
    assert isinstance(widget, QWidget)
    return widget


def number_of(page: SettingsPage, key: str) -> str:
    """Return the key that shows a section; the tenth has 0."""
    return str(([place.key for place in page.places].index(key) + 1) % 10)


def test_each_role_sees_the_sections_it_may_use(desk: Desk, receptionist: Desk, clinician: Desk, open_settings: Open) -> None:
    """The table of roles and the own printers are everybody's, old records a clinician's too; the rest is the administrator's."""
    assert [place.key for place in open_settings(desk).places] == [place.key for place in PLACES]
    assert [place.key for place in open_settings(receptionist).places] == ["roles", "printers"]
    assert [place.key for place in open_settings(clinician).places] == ["roles", "printers", "retention"]


def test_sections_are_chosen_by_number_arrow_and_chord(desk: Desk, open_settings: Open, qtbot: QtBot) -> None:
    """A number goes right into the section, Escape comes back to the list."""
    page = open_settings(desk)
    assert isinstance(page.section(), StaffPage)
    section(page, "practice", PracticeSection)
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert isinstance(page.section(), ClinicsSection)
    assert page.list.hasFocus()
    QTest.keyClicks(page.list, number_of(page, "idle"))
    idle = page.section()
    assert isinstance(idle, IdleSection)
    assert idle.minutes_field.hasFocus()
    QTest.keyClick(idle.minutes_field, Qt.Key.Key_Escape)
    assert page.list.hasFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert idle.minutes_field.hasFocus()
    QTest.keyClick(idle.minutes_field, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(page.section(), SnippetsSection)
    QTest.keyClick(focused(), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert page.section() is idle
    QTest.keyClicks(page.list, "0")
    assert page.section() is page.sections[page.places[9].key]


def test_the_foot_bar_tells_the_keys_of_where_the_focus_is(desk: Desk, open_settings: Open) -> None:
    """Those of the list in the list, those of the section in the section."""
    page = open_settings(desk)
    assert page.legend()[0].keys == ("1", "–", str(len(page.places) % 10))
    QTest.keyClicks(page.list, number_of(page, "practice"))
    assert ("Ctrl S",) in [key.keys for key in page.legend()]


def test_the_roles_on_screen_are_those_that_are_enforced(desk: Desk, open_settings: Open) -> None:
    """A row for each task and a column for each role, out of the data."""
    table = section(open_settings(desk), "roles", RolesSection).table
    model = table.model()
    shown = [[str(model.index(row, column).data()) for column in range(model.columnCount())] for row in range(model.rowCount())]
    expected = [
        [f"{line.words.name} {line.words.means}", *("–" if line.may[role] == "no" else MAY_WORDS[line.may[role]] for role in Role)]
        for line in role_table()
    ]
    assert shown == expected


def test_printers_lead_to_the_printing_of_this_desk(desk: Desk, open_settings: Open, qtbot: QtBot) -> None:
    """Where each desk has its own."""
    page = open_settings(desk)
    QTest.keyClicks(page.list, number_of(page, "printers"))
    assert isinstance(page.section(), PrintersSection)
    with qtbot.waitSignal(page.routes.printing):
        QTest.keyClick(focused(), Qt.Key.Key_Return)


def test_idle_minutes_are_kept_and_wrong_ones_told_at_the_field(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """1 to 15, in digits."""
    page = open_settings(desk)
    idle = section(page, "idle", IdleSection)
    qtbot.waitUntil(lambda: idle.minutes_field.value() == "10")
    (box,) = idle.boxes.values()
    for wrong in ("0", "16", "ten", ""):
        idle.minutes_field.set_value(wrong)
        idle.save()
        qtbot.waitUntil(box.has_problem)
        assert bench.ask(idle_minutes) == 10
    idle.minutes_field.set_value("5")
    with qtbot.waitSignal(page.routes.said):
        idle.save()
    assert bench.ask(idle_minutes) == 5


def test_an_account_is_made_within_the_settings(desk: Desk, open_settings: Open, qtbot: QtBot) -> None:
    """The accounts are the same as they were, one section among the others."""
    page = open_settings(desk)
    accounts = section(page, "accounts", StaffPage)
    qtbot.waitUntil(lambda: accounts.table.model().rowCount() == 1)
    accounts.name_field.set_value("Robin Example")
    accounts.login_field.set_value("robin")
    accounts.role_field.set_value("receptionist")
    accounts.password_field.set_value("a long walk by the river")
    accounts.add()
    qtbot.waitUntil(lambda: accounts.table.model().rowCount() == 2)


def test_escape_leads_from_a_field_of_an_account_to_its_list_and_on_to_the_sections(desk: Desk, open_settings: Open, qtbot: QtBot) -> None:
    """Nobody is kept in the accounts: Escape twice is back at the sections, whose numbers work."""
    page = open_settings(desk)
    staff = section(page, "accounts", StaffPage)
    qtbot.waitUntil(lambda: staff.table.model().rowCount() > 0)
    for field in (staff.name_field, staff.role_field, staff.password_field.text_field, staff.password_button):
        field.setFocus()
        QTest.keyClick(focused(), Qt.Key.Key_Escape)
        assert staff.table.hasFocus()
    QTest.keyClick(staff.table, Qt.Key.Key_Escape)
    assert page.list.hasFocus()


def test_the_keys_of_old_records_work_when_the_section_is_chosen_by_its_number(desk: Desk, open_settings: Open) -> None:
    """The keyboard goes to the list of records, also to an empty one, and F to the field that finds one."""
    page = open_settings(desk)
    QTest.keyClicks(page.list, number_of(page, "retention"))
    records = page.section()
    assert isinstance(records, RetentionPage)
    QTest.keyClicks(focused(), "f")
    assert records.find_field.hasFocus()


def test_no_section_is_wider_than_a_small_screen_has_room_for(desk: Desk, open_settings: Open, qtbot: QtBot) -> None:
    """In a window of 1024 pixels, of which the rail takes 184, nothing scrolls sideways."""
    page = open_settings(desk)
    page.resize(840, 600)
    qtbot.waitUntil(lambda: page.width() == 840)
    for place in page.places:
        show_section(page, place.key)
        shown = page.section()
        assert shown is not None
        area = next(area for area in page.findChildren(QScrollArea) if area.isAncestorOf(shown) and area.parent() is page)
        qtbot.waitUntil(partial(_fits, shown, area))


def _fits(shown: QWidget, area: QScrollArea) -> bool:
    """Say whether all of a section's width is in sight."""
    return shown.minimumSizeHint().width() <= area.viewport().width() and area.horizontalScrollBar().maximum() == 0


def test_half_typed_settings_are_there_after_leaving_and_coming_back(desk: Desk, open_settings: Open, qtbot: QtBot) -> None:
    """Minutes, ticks and a snippet that were not saved yet; each section asks the store anew when it is shown."""
    page = open_settings(desk)
    idle = section(page, "idle", IdleSection)
    qtbot.waitUntil(lambda: idle.minutes_field.value() == "10")
    idle.minutes_field.set_value("1")
    access = section(page, "access", AccessSection)
    qtbot.waitUntil(lambda: access.key_label.text() != "")
    access.chips[Role.RECEPTIONIST].setChecked(True)
    snippets = section(page, "snippets", SnippetsSection)
    qtbot.waitUntil(lambda: snippets.abbreviation_field.value() != "")
    known = snippets.text_field.value()
    snippets.text_field.show_value("Half of a")
    snippets.table.selectRow(1)
    assert snippets.text_field.value() not in {"Half of a", known}
    page.leaving()
    asked: list[None] = []
    for key in ("idle", "access", "snippets"):
        show_section(page, key)
        desk.store.ask(lambda _store: None, owner=page, done=asked.append)
        qtbot.waitUntil(lambda: bool(asked))
        asked.clear()
    snippets.table.selectRow(0)
    assert idle.minutes_field.value() == "1"
    assert access.chips[Role.RECEPTIONIST].isChecked()
    assert snippets.text_field.value() == "Half of a"


def test_what_was_said_of_a_section_goes_when_another_one_is_shown(desk: Desk, open_settings: Open) -> None:
    """It names a step that is next there, and nothing here."""
    page = open_settings(desk)
    section(page, "retention", RetentionPage)
    said: list[str] = []
    page.routes.said.connect(said.append)
    page.routes.said.emit("Proposed.")
    QTest.keyClick(page.list, Qt.Key.Key_Home)
    assert said == ["Proposed.", ""]
