"""An edit that is not finished: on disk at once, offered back with the cursor where it was, and nobody else's."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from intake.actions.drafts import Draft, my_drafts, my_edits
from intake.actions.intakes import Saved
from intake.domain.staff import Actor, Role
from intake.errors import StoreError
from tests.factories import a_colleague
from tests.ui.conftest import Bench, Clock
from tests.ui.patients.test_edit import focused, kept, other_desk, press_save, retype, saved
from ui.desk import Desk
from ui.pages.page import Page
from ui.pages.patients.record import PatientPage
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.storage.store import Store

LIMIT_S = 0.25
Shown = Callable[[Page], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, ana: Saved, shown: Shown) -> PatientPage:
    """Show the record of Ana Sample, open to be edited."""
    page = read(qtbot, desk, shown)
    QTest.keyClicks(page.visits, "e")
    return page


def read(qtbot: QtBot, desk: Desk, shown: Shown) -> PatientPage:
    """Show the record of Ana Sample, with nothing of it being edited."""
    page = PatientPage(desk, Routes(), 1)
    shown(page)
    qtbot.waitUntil(page.visits.hasFocus)
    return page


def again(qtbot: QtBot, desk: Desk, shown: Shown) -> PatientPage:
    """Show the record anew, as after the program was killed, and wait until the edit is offered back."""
    page = PatientPage(desk, Routes(), 1)
    shown(page)
    qtbot.waitUntil(lambda: page.editor.isVisible() and page.editor.form.isAncestorOf(focused()))
    return page


def drafted(qtbot: QtBot, page: PatientPage) -> None:
    """Wait until everything typed is on disk."""
    keeper = page.editor.keeper
    assert keeper is not None
    qtbot.waitUntil(lambda: keeper.draft_id is not None and not keeper.is_behind())


def edits(bench: Bench, actor: Actor | None = None) -> tuple[Draft, ...]:
    """Return the edits on disk that a person has not finished."""
    return bench.ask(lambda store: my_edits(store, actor or bench.desk.actor))


def test_what_was_typed_is_on_disk_a_quarter_of_a_second_later(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """As of an intake; but nobody is offered it as an intake."""
    retype(qtbot, page, "patient.city", "Elsewher")
    drafted(qtbot, page)
    begun = time.perf_counter()
    QTest.keyClicks(focused(), "e")
    drafted(qtbot, page)
    assert time.perf_counter() - begun < LIMIT_S
    (draft,) = edits(bench)
    assert draft.content["patient"]["city"] == "Elsewhere"
    assert draft.caret == {"field": "patient.city", "position": 9}
    assert (draft.patient_id, draft.patient_version, draft.title) == (1, 1, "Sample, Ana")
    assert bench.ask(lambda store: my_drafts(store, bench.desk.actor)) == ()


def test_reading_and_opening_the_editor_keep_nothing(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """A draft begins with the first key."""
    QTest.keyClick(focused(), Qt.Key.Key_Return)
    page.leaving()
    assert edits(bench) == ()


def test_an_edit_comes_back_with_the_cursor_where_it_was(qtbot: QtBot, page: PatientPage, desk: Desk, shown: Shown, clock: Clock) -> None:
    """Killed in the middle of a word: the word goes on when the record is opened again, and says since when it waits."""
    retype(qtbot, page, "patient.city", "Elsehere")
    for _ in range(4):
        QTest.keyClick(focused(), Qt.Key.Key_Left)
    QTest.keyClicks(focused(), "w")
    drafted(qtbot, page)
    clock.forward(5)
    back = again(qtbot, desk, shown)
    assert "10:00 AM" in back.editor.banner.text()
    QTest.keyClicks(focused(), "-")
    assert back.editor.form.document.text("patient.city") == "Elsew-here"


def test_opening_another_record_right_after_a_key_loses_nothing(qtbot: QtBot, page: PatientPage, desk: Desk, bench: Bench) -> None:
    """Also when the key came while the one before was being written, and the page is gone at once."""
    retype(qtbot, page, "patient.city", "Elsewher")
    keeper = page.editor.keeper
    assert keeper is not None
    keeper.write()
    QTest.keyClicks(focused(), "e")
    page.leaving()
    keeper.deleteLater()
    (draft,) = edits(bench)
    assert draft.content["patient"]["city"] == "Elsewhere"


def test_another_person_sees_nothing_of_it(qtbot: QtBot, page: PatientPage, desk: Desk, bench: Bench, shown: Shown) -> None:
    """Their page shows the record as it is, and their own edit does not touch the first."""
    retype(qtbot, page, "patient.city", "Elsewhere")
    drafted(qtbot, page)
    page.leaving()
    colleague = bench.ask(lambda store: a_colleague(store, desk.actor, role=Role.RECEPTIONIST, login="rob"))
    theirs = read(qtbot, dataclasses.replace(desk, actor=colleague), shown)
    assert not theirs.editor.isVisible()
    assert edits(bench, colleague) == ()
    QTest.keyClicks(theirs.visits, "e")
    assert theirs.editor.form.document.text("patient.city") == "Edison"
    retype(qtbot, theirs, "patient.city", "Union")
    drafted(qtbot, theirs)
    assert [draft.content["patient"]["city"] for draft in edits(bench)] == ["Elsewhere"]
    assert [draft.content["patient"]["city"] for draft in edits(bench, colleague)] == ["Union"]


def test_saving_a_resumed_edit_takes_the_draft_away(qtbot: QtBot, page: PatientPage, desk: Desk, bench: Bench, shown: Shown) -> None:
    """The record has the change, and opens to be read."""
    retype(qtbot, page, "patient.city", "Elsewhere")
    drafted(qtbot, page)
    back = again(qtbot, desk, shown)
    saved(qtbot, back.editor)
    assert edits(bench) == ()
    assert kept(bench).record.patient.city == "Elsewhere"
    assert not read(qtbot, desk, shown).editor.isVisible()


def test_saving_right_after_the_last_key_leaves_no_draft(qtbot: QtBot, page: PatientPage, bench: Bench) -> None:
    """A write under way does not come after the save."""
    retype(qtbot, page, "patient.city", "Elsewhere")
    saved(qtbot, page.editor)
    qtbot.waitUntil(page.visits.hasFocus)
    assert edits(bench) == ()
    assert kept(bench).record.patient.city == "Elsewhere"


def test_giving_up_takes_the_draft_away(qtbot: QtBot, page: PatientPage, desk: Desk, bench: Bench, shown: Shown) -> None:
    """Escape twice, also while the last key is being written; the record opens to be read and a new edit begins from it."""
    retype(qtbot, page, "patient.city", "Elsewhere")
    drafted(qtbot, page)
    back = again(qtbot, desk, shown)
    QTest.keyClicks(focused(), "!")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    qtbot.waitUntil(back.visits.hasFocus)
    assert edits(bench) == ()
    assert not back.editor.isVisible()
    QTest.keyClicks(back.visits, "e")
    assert back.editor.form.document.text("patient.city") == "Edison"


def test_a_resumed_edit_still_conflicts_with_another_desk(qtbot: QtBot, page: PatientPage, desk: Desk, bench: Bench, shown: Shown) -> None:
    """It is saved against the record it began from, so the other desk's change is shown and not overwritten."""
    retype(qtbot, page, "patient.phone", "7325550166")
    drafted(qtbot, page)
    other_desk(bench, phone="+17325550177", email="other@example.com")
    back = again(qtbot, desk, shown)
    press_save(qtbot)
    qtbot.waitUntil(lambda: back.editor.conflict is not None and back.editor.conflict.isAncestorOf(focused()))
    card = back.editor.conflict
    assert card is not None
    assert "Taken over from them: Email: other@example.com" in [each.text() for each in card.findChildren(QLabel)]
    assert len(edits(bench)) == 1
    QTest.keyClicks(focused(), "y")
    saved(qtbot, back.editor)
    patient = kept(bench).record.patient
    assert (patient.phone, patient.email) == ("+17325550166", "other@example.com")
    assert edits(bench) == ()


def test_a_refusing_disk_is_told_and_tried_again(qtbot: QtBot, page: PatientPage, bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The words stay; once there is room they are kept and the warning goes."""

    def refuse(_store: Store, *_args: object, **_facts: object) -> int:
        raise StoreError("disk_full")

    monkeypatch.setattr("ui.keeping.RETRY_MS", 200)
    with monkeypatch.context() as full:
        full.setattr("ui.drafting.keep_draft", refuse)
        retype(qtbot, page, "patient.city", "Elsewhere")
        qtbot.waitUntil(lambda: "tried again by itself" in page.editor.banner.text())
    drafted(qtbot, page)
    qtbot.waitUntil(lambda: page.editor.banner.text() == "")
    assert edits(bench)[0].content["patient"]["city"] == "Elsewhere"
