"""What a check found is not a dead end: the page says what to do, and who may accepts it there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from intake.actions.audit_reading import read_audit
from intake.actions.check import can_accept
from intake.domain.audit import Asked, CheckRun, Finding
from ui.pages.audit.check_strip import CheckStrip
from ui.pages.audit.page import AuditPage

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.actions.intakes import Saved
    from tests.ui.conftest import Bench, Clock
    from ui.desk import Desk

Open = Callable[[], AuditPage]


def check(page: AuditPage, qtbot: QtBot) -> list[str]:
    """Check the store by its key, and return what the page alarms with."""
    told: list[str] = []
    page.routes.alarmed.connect(told.append)
    with qtbot.waitSignal(page.check.found, timeout=30_000):
        QTest.keyClicks(page.table, "c")
    return told


@pytest.fixture
def anchor_altered(worked: Saved, desk: Desk) -> None:
    """Have a stranger write over the link beside the store."""
    (desk.paths.data / "audit-anchor.txt").write_text("nothing of ours", encoding="ascii")


@pytest.mark.usefixtures("anchor_altered")
def test_a_finding_is_accepted_with_a_reason_and_the_check_is_made_again(open_page: Open, bench: Bench, desk: Desk, qtbot: QtBot) -> None:
    """C, I, the reason, Ctrl+S: all is whole, the keyboard is on the list, and the audit has the reason."""
    page = open_page()
    assert check(page, qtbot) == ["The store is not whole."]
    assert page.strip.accept_button.isVisible()
    assert "had access" in page.strip.next_label.text()
    assert ("I",) in [key.keys for key in page.legend()]
    QTest.keyClicks(page.table, "i")
    field = page.looking.form.reason_field
    assert field.hasFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert page.looking.form.boxes["reason"].has_problem()
    QTest.keyClicks(field, "The folder was moved")
    with qtbot.waitSignal(page.check.found, timeout=30_000):
        QTest.keyClick(field, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert page.strip.pill.text() == "✓ Whole"
    assert not page.strip.next_label.isVisible()
    assert page.table.hasFocus()
    [entry] = bench.ask(lambda store: read_audit(store, desk.actor, Asked(action="begin_anchor_line"), now=desk.now())).entries
    assert (entry.reason, entry.staff_name) == ("The folder was moved", desk.actor.staff.name)


@pytest.mark.usefixtures("anchor_altered")
def test_what_is_altered_within_stays_shown_after_accepting(open_page: Open, bench: Bench, qtbot: QtBot) -> None:
    """The link is written anew; the entry that was altered is told of as before, and cannot be accepted."""

    def tamper(store: object) -> None:
        connection = store._connection  # type: ignore[attr-defined]  # what a stranger with the key would do
        connection.execute("DROP TRIGGER audit_never_changed")
        connection.execute("UPDATE audit SET workstation = 'elsewhere' WHERE seq = 3")

    page = open_page()
    bench.ask(tamper)
    check(page, qtbot)
    assert "The last link noted outside the file" in page.strip.findings_label.text()
    QTest.keyClicks(page.table, "i")
    QTest.keyClicks(page.looking.form.reason_field, "Seen")
    with qtbot.waitSignal(page.check.found, timeout=30_000):
        QTest.keyClick(page.looking.form.reason_field, Qt.Key.Key_Return)
    assert page.strip.pill.text() == "⚑ Not whole"
    assert "The last link noted outside the file" not in page.strip.findings_label.text()
    assert "The audit breaks at entry 3" in page.strip.findings_label.text()
    assert not page.strip.accept_button.isVisible()
    with qtbot.waitSignal(page.routes.refused):
        QTest.keyClicks(page.table, "i")
    assert not page.looking.form.isVisible()


def test_who_may_not_restore_is_told_who_can(clinician: Desk, clock: Clock, qtbot: QtBot) -> None:
    """A clinician who checks with emergency access sees what is wrong, and no button that would be refused."""
    strip = CheckStrip(clinician)
    qtbot.addWidget(strip)
    strip.show()
    altered = Finding(code="anchor_altered", place="data")
    strip.show_run(CheckRun(at=clock(), by="Casey", workstation="desk-2", took_ms=5, entries=9, last="9-AAAA", findings=(altered,)))
    assert not strip.accept_button.isVisible()
    assert "administrator" in strip.next_label.text()


def test_nothing_is_written_to_a_damaged_file() -> None:
    """What the anchor tells cannot be accepted while pages are damaged; alone it can."""
    altered, damaged = Finding(code="anchor_altered", place="data"), Finding(code="pages_damaged", place="2")
    assert can_accept((altered,))
    assert not can_accept((altered, damaged))
    assert not can_accept((Finding(code="audit_broken", place="3"),))
