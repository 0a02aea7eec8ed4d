"""Drafts: on disk at once, back with the cursor where it was, and never another patient's."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy

from intake.actions.drafts import Draft, my_drafts
from intake.errors import StoreError
from tests.ui.intake.typist import CTRL, Typist
from ui.routes import IntakeStart

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Bench
    from ui.desk import Desk

LIMIT_S = 0.25


def kept(desk: Desk, bench: Bench) -> tuple[Draft, ...]:
    """Return this person's drafts as they are on disk."""
    return bench.ask(lambda store: my_drafts(store, desk.actor))


def test_what_was_typed_is_on_disk_a_quarter_of_a_second_later(desk: Desk, bench: Bench, typist: Typist) -> None:
    """The draft holds the last key within 250 ms, also while typing goes on."""
    typist.enter("Rivera").type("An").drafted()
    begun = time.perf_counter()
    typist.type("a").drafted()
    assert time.perf_counter() - begun < LIMIT_S
    draft = kept(desk, bench)[0]
    assert draft.content["patient"] == {"legal_last": "Rivera", "legal_first": "Ana"}
    assert draft.caret == {"field": "patient.legal_first", "position": 3}
    assert draft.title == "Rivera, Ana"


def test_checklist_and_drawing_are_part_of_the_draft(desk: Desk, bench: Bench, typist: Typist) -> None:
    """An answer and a mark are kept as they are given."""
    typist.go("answers.sx.twitching").type("y").press(Qt.Key.Key_D, CTRL).press(Qt.Key.Key_Space).drafted()
    content = kept(desk, bench)[0].content
    assert content["answers"] == {"sx.twitching": "yes"}
    assert len(content["pain_drawing"]) == 1


def test_a_draft_comes_back_with_the_cursor_where_it_was(desk: Desk, typist: Typist, qtbot: QtBot) -> None:
    """Text, answers, marks and language of the checklist are there; typing goes on in the middle of the word."""
    typist.enter("Rivera").type("Aa").press(Qt.Key.Key_Left).drafted()
    typist.go("answers.sx.twitching").type("u").go("patient.legal_first").press(Qt.Key.Key_Home).press(Qt.Key.Key_Right).drafted()
    again = Typist(desk, qtbot, IntakeStart(draft_id=typist.page.draft_id))
    qtbot.waitUntil(lambda: again.path == "patient.legal_first")
    again.type("n")
    assert again.text("patient.legal_first") == "Ana"
    assert again.page.document.answers == {"sx.twitching": "unsure"}
    assert again.page.title == "Rivera, Aa"


def test_several_drafts_stand_beside_each_other(desk: Desk, bench: Bench, typist: Typist, qtbot: QtBot) -> None:
    """Two forms write two drafts and neither sees the other's data."""
    other = Typist(desk, qtbot)
    typist.window.activateWindow()
    typist.page.document.type("patient.legal_last", "Rivera")
    typist.drafted()
    other.page.document.type("patient.legal_last", "Sample")
    other.drafted()
    assert {draft.title for draft in kept(desk, bench)} == {"Rivera", "Sample"}


def test_a_new_form_is_empty_after_another_was_used(desk: Desk, bench: Bench, typist: Typist, qtbot: QtBot) -> None:
    """Nothing of the last patient is on a new form: only this desk's clinic stands there."""
    typist.identity().rest().save()
    fresh = Typist(desk, qtbot)
    held = {path: fresh.text(path) for path in fresh.page.document.fields if fresh.text(path)}
    assert held == {"visit.location": "loc.edison"}
    assert fresh.page.document.answers == {}
    assert list(fresh.page.document.marks()) == []
    assert fresh.page.same_person.matches() == ()
    assert fresh.page.draft_id is None


def test_an_untouched_form_leaves_no_draft_and_goes(desk: Desk, bench: Bench, typist: Typist) -> None:
    """Opening a form and going elsewhere writes nothing, and the page asks to be taken away."""
    closed = QSignalSpy(typist.routes.closed)
    typist.press(Qt.Key.Key_Return, times=3)
    typist.page.leaving()
    typist.qtbot.waitUntil(lambda: closed.count() == 1)
    assert kept(desk, bench) == ()


def test_a_refusing_disk_is_told_and_tried_again(desk: Desk, typist: Typist, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk shows in the form; the words stay; once there is room they are kept and the warning goes."""

    def refuse(*_args: object, **_facts: object) -> int:
        raise StoreError("disk_full")

    monkeypatch.setattr("ui.keeping.RETRY_MS", 200)
    with monkeypatch.context() as full:
        full.setattr("ui.drafting.keep_draft", refuse)
        typist.type("Rivera")
        typist.qtbot.waitUntil(lambda: typist.page.banner.text() != "")
        assert typist.page.draft_id is None
    typist.drafted()
    typist.qtbot.waitUntil(lambda: typist.page.banner.text() == "")
    assert typist.text("patient.legal_last") == "Rivera"


def test_leaving_writes_at_once(desk: Desk, bench: Bench, typist: Typist) -> None:
    """Signing out right after a key loses nothing: the write is asked before the page goes."""
    typist.type("R")
    typist.page.leaving()
    assert [draft.title for draft in kept(desk, bench)] == ["R"]
