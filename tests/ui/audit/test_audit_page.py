"""The place Audit: chosen by key, checked with progress, and taken out as files."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.actions.audit_reading import read_audit
from intake.domain.audit import Asked, Link

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.actions.intakes import Saved
    from tests.ui.conftest import Bench, Clock
    from ui.desk import Desk
    from ui.pages.audit.page import AuditPage

Open = Callable[[], "AuditPage"]


def listed(page: AuditPage) -> list[str]:
    """Return the actions on screen, the latest first."""
    return [entry.action for entry in page.entries]


def press(page: AuditPage, qtbot: QtBot, key: str) -> None:
    """Press a letter on the list and wait for the entries it leads to."""
    with qtbot.waitSignal(page.shown, timeout=10_000):
        QTest.keyClicks(page.table, key)


def told(bench: Bench, desk: Desk, action: str) -> int:
    """Return how many entries of an action there are."""
    return len(bench.ask(lambda store: read_audit(store, desk.actor, Asked(action=action), now=desk.now())).entries)


def test_the_latest_entry_stands_first_and_whole_in_the_panel(open_page: Open) -> None:
    """What the keyboard is on is told with old and new, under the names of the fields."""
    page = open_page()
    assert listed(page)[:3] == ["edit_patient", "open_patient", "open_visit"]
    assert page.table.hasFocus()
    entry = page.entry_panel.entry
    assert entry is not None
    assert entry.changes == {"patient.city": ("Edison", "Union")}


def test_a_period_without_entries_says_so_and_letters_still_work(open_page: Open, qtbot: QtBot) -> None:
    """The month before has nothing; today has everything again."""
    page = open_page()
    press(page, qtbot, "b")
    assert page.entries == ()
    assert page.empty.isVisible()
    with qtbot.waitSignal(page.shown, timeout=10_000):
        QTest.keyClicks(page.empty, "d")
    assert "edit_patient" in listed(page)


def test_days_are_typed_as_anywhere_else(open_page: Open, qtbot: QtBot) -> None:
    """A day that is none is marked and asks for nothing."""
    page = open_page()
    QTest.keyClicks(page.table, "f")
    assert page.filters.first_field.hasFocus()
    page.filters.first_field.clear()
    QTest.keyClicks(page.filters.first_field, "13/45/2026")
    assert page.filters.first_field.property("tone") == "danger"
    assert page.filters.asked() is None
    page.filters.first_field.clear()
    with qtbot.waitSignal(page.shown, timeout=10_000):
        QTest.keyClicks(page.filters.first_field, "11/22/2026")
    assert page.filters.first_field.property("tone") == ""
    QTest.keyClick(page.filters.first_field, Qt.Key.Key_Return)
    assert page.table.hasFocus()


def test_person_and_action_are_picked_by_letter(open_page: Open, qtbot: QtBot) -> None:
    """A letter goes to the field, letters pick in it, Enter goes back, Esc shows everything again."""
    page = open_page()
    QTest.keyClicks(page.table, "p")
    with qtbot.waitSignal(page.shown, timeout=10_000):
        QTest.keyClicks(page.filters.person_field, "Dana")
    qtbot.waitUntil(lambda: {entry.staff_name for entry in page.entries} == {"Dana Example"})
    QTest.keyClick(page.filters.person_field, Qt.Key.Key_Return)
    with qtbot.waitSignal(page.shown, timeout=10_000):
        QTest.keyClick(page.table, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len({entry.staff_name for entry in page.entries}) == 3)


def test_v_shows_who_looked_at_the_record_of_this_line(open_page: Open, bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    """Everybody with how often; and that somebody asked is told of that record."""
    page = open_page()
    QTest.keyClicks(page.table, "v")
    qtbot.waitUntil(page.viewers.isVisible)
    assert page.viewers.words()[:2] == ["Dana Example, receptionist", "3 times, last Nov 22, 2026, 10:09 AM, first Nov 22, 2026, 10:05 AM"]
    qtbot.waitUntil(lambda: {entry.record_number for entry in page.entries} == {"RD-000001-3"})
    assert told(bench, desk, "see_access") == 1


def test_a_record_is_found_by_name(open_page: Open, qtbot: QtBot) -> None:
    """R, some letters, Enter: the keyboard is back on the list, which is of that record only."""
    page = open_page()
    QTest.keyClicks(page.table, "r")
    QTest.keyClicks(page.pick.text_field, "exam")
    qtbot.waitUntil(page.pick.list_view.isVisible)
    QTest.keyClick(page.pick.text_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: {entry.record_number for entry in page.entries} == {"RD-000002-1"})
    assert not page.pick.isVisible()
    assert page.table.hasFocus()


def test_the_check_tells_its_progress_and_its_result(open_page: Open, bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    """It runs off the window's thread; its result stands in the strip, and is there for whoever comes next."""
    page = open_page()
    assert page.strip.pill.text() == "Not checked yet"
    with qtbot.waitSignals([page.check.progressed, page.check.found], timeout=30_000):
        QTest.keyClicks(page.table, "c")
        assert page.strip.bar.isVisible()
        assert not page.strip.check_button.isEnabled()
    assert page.strip.pill.text() == "✓ Whole"
    assert page.strip.check_button.isEnabled()
    assert told(bench, desk, "check_store") == 1
    assert open_page().strip.pill.text() == "✓ Whole"


def test_a_broken_store_is_said_with_its_place(open_page: Open, bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    """The strip names the entry."""

    def tamper(store: object) -> None:
        connection = store._connection  # type: ignore[attr-defined]  # what a stranger with the key would do
        connection.execute("DROP TRIGGER audit_never_changed")
        connection.execute("UPDATE audit SET workstation = 'elsewhere' WHERE seq = 3")

    page = open_page()
    bench.ask(tamper)
    with qtbot.waitSignal(page.check.found, timeout=30_000):
        QTest.keyClicks(page.table, "c")
    assert page.strip.pill.text() == "⚑ Not whole"
    assert "The audit breaks at entry 3" in page.strip.findings_label.text()
    assert page.strip.findings.isVisible()


def test_a_printed_link_is_compared(open_page: Open, bench: Bench, qtbot: QtBot) -> None:
    """One that the store holds, one of another past, one that was mistyped."""
    page = open_page()
    link = bench.ask(lambda store: store.audit.last())
    assert link is not None
    said = []
    for text in (link.text(), Link(seq=2, hash=bytes(32)).text(), "2-AAAA"):
        QTest.keyClicks(page.table, "k")
        page.strip.link_field.setText(text)
        before = page.strip.link_label.text()
        QTest.keyClick(page.strip.link_field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda before=before: page.strip.link_label.text() != before)  # type: ignore[misc]  # bound now
        said.append(page.strip.link_label.text()[:1])
    assert said == ["✓", "⚑", "⚠"]
    QTest.keyClick(page.strip.link_field, Qt.Key.Key_Escape)
    assert not page.strip.link_field.isVisible()


def test_entries_and_access_report_are_saved_and_that_is_told(
    open_page: Open, bench: Bench, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    """A table, JSON lines, and a paper with the patient's name."""
    page = open_page()
    asked = page.filters.asked()
    assert asked is not None
    for form in ("csv", "jsonl"):
        with qtbot.waitSignal(page.saving.said, timeout=10_000):
            page.saving.save_entries_to(tmp_path / "audit", asked, form)
    assert json.loads((tmp_path / "audit.jsonl").read_text().splitlines()[-1])["action"] == "set_up"
    assert (tmp_path / "audit.csv").read_bytes().startswith(b"\xef\xbb\xbfEntry,")
    QTest.keyClicks(page.table, "v")
    qtbot.waitUntil(lambda: page.viewers.report is not None)
    assert page.viewers.report is not None
    with qtbot.waitSignal(page.saving.said, timeout=20_000):
        page.saving.save_report_to(tmp_path / "access.pdf", page.viewers.report)
    assert "Sample, Ana" in pypdf.PdfReader(tmp_path / "access.pdf").pages[0].extract_text()
    assert (told(bench, desk, "export_audit"), told(bench, desk, "export_access")) == (2, 1)


def test_a_folder_that_takes_no_file_is_told(open_page: Open, tmp_path: Path, qtbot: QtBot) -> None:
    """The page says why, and what to do."""
    page = open_page()
    asked = page.filters.asked()
    assert asked is not None
    with qtbot.waitSignal(page.saving.refused, timeout=10_000):
        page.saving.save_entries_to(tmp_path / "missing" / "audit.csv", asked, "csv")
    assert "Choose another folder" in page.banner.text()


def test_reading_on_and_on_shows_more(open_page: Open, bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    """The last line leads to the entries before it, and the keyboard stays where it was."""

    def work(store: object) -> None:
        with store.transaction():  # type: ignore[attr-defined]  # the store of the bench
            for number in range(450):
                store.audit.add(desk.actor, "search", at=desk.now(), reason=str(number))  # type: ignore[attr-defined]  # as above

    bench.ask(work)
    page = open_page()
    assert len(page.entries) == 200
    for expected in (400, 400 + len(page.entries)):
        current = page.entries[-1].seq
        QTest.keyClick(page.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
        qtbot.waitUntil(lambda size=expected: len(page.entries) >= min(size, 460))  # type: ignore[misc]  # bound now
        assert page.table.current_key() == current


def test_the_entry_is_hidden_where_there_is_no_room_and_shown_by_enter(open_page: Open, qtbot: QtBot) -> None:
    """A narrow window keeps the list whole."""
    page = open_page()
    assert page.panel() is page.entry_panel
    with qtbot.waitSignal(page.legend_changed):
        page.resize(900, 700)
    assert page.panel() is None
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    assert page.panel() is page.entry_panel


def test_every_letter_of_the_legend_does_something(open_page: Open, worked: Saved, clock: Clock) -> None:
    """No key is promised that is not answered."""
    page = open_page()
    keys = {key for entry in page.legend() for key in entry.keys if len(key) == 1}
    assert keys <= set(page._keys._letters)
