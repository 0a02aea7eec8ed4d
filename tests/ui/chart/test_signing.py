"""Signing: what is missing by name, the password, and a note that nobody can type into any more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from intake.domain.canonical import short
from intake.domain.visits import Status
from intake.errors import StoreError
from tests.ui.chart.scribe import CTRL, ENTER, PASSWORD, Scribe
from tests.ui.conftest import Bench, Clock
from ui.pages.chart.signing_box import MissingLine
from ui.pages.chart.signing_overlay import SignOverlay

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.desk import Desk


def overlay_of(scribe: Scribe) -> SignOverlay:
    """Return the overlay that is open."""
    overlay = scribe.pane.signing.overlay
    assert overlay is not None
    assert overlay.isVisible()
    return overlay


def missing(scribe: Scribe) -> list[str]:
    """Return what the box before signing says is missing."""
    return [each.words for each in scribe.pane.box.missing()]


def test_the_list_before_signing_follows_the_typing(scribe: Scribe) -> None:
    """A part leaves the list when it is written, and comes back when it is emptied."""
    scribe.qtbot.waitUntil(lambda: len(missing(scribe)) == 3)
    assert missing(scribe) == ["Examination is not written yet", "Impression is not written yet", "Plan is not written yet"]
    scribe.fill()
    scribe.qtbot.waitUntil(lambda: not missing(scribe))
    assert scribe.pane.box.done_label.text() == "✓ Examination, impression and plan are written"
    scribe.go("causes")
    scribe.type("2")
    scribe.qtbot.waitUntil(lambda: missing(scribe) == ["Impression is not written yet"])


def test_enter_on_a_missing_part_goes_to_its_place(scribe: Scribe) -> None:
    """The list is a way, not only a reproach."""
    scribe.go("examination")
    scribe.type("Band.")
    scribe.ask_to_sign()
    first = scribe.focus
    assert isinstance(first, MissingLine)
    scribe.press(Qt.Key.Key_Down)
    scribe.press(ENTER)
    assert not scribe.overlay_is_open()
    assert scribe.focus is scribe.pane.form.plan.chips


def test_a_prompt_that_nobody_acknowledged_is_named_and_its_place_is_asked_for(
    clinician: Desk, bench: Bench, arrived: Callable[..., int], qtbot: QtBot
) -> None:
    """The prompt is said in its own words; the page knows where it stands."""
    scribe = Scribe(clinician, bench, arrived(safety__bladder_bowel="yes"), qtbot)
    scribe.fill()
    scribe.ask_to_sign()
    line = overlay_of(scribe).findChild(MissingLine)
    assert isinstance(line, MissingLine)
    assert line.accessibleName().startswith("Not acknowledged: ")
    assert "bladder" in line.accessibleName().lower()
    prompt = scribe.state.chart.prompts[0] if scribe.state.chart else None
    assert prompt is not None
    with qtbot.waitSignal(scribe.pane.place_asked, check_params_cb=lambda place: place == f"prompts.{prompt.id}"):
        scribe.press(ENTER)


def test_what_is_signed_is_said_in_short_before_the_password(scribe: Scribe) -> None:
    """Names of what was picked, and how many words were written."""
    scribe.fill()
    scribe.ask_to_sign()
    said = overlay_of(scribe).accessibleDescription()
    assert "Examination: 2 words" in said
    assert "Impression: Injury or accident" in said
    assert "Plan: Heat" in said
    assert scribe.focus is overlay_of(scribe).password_field.text_field


def test_blanks_that_were_left_are_named_before_the_password(scribe: Scribe) -> None:
    """A snippet that was not filled in is seen while it can still be."""
    scribe.fill()
    scribe.go("examination")
    scribe.type(" .rot")
    scribe.press(Qt.Key.Key_Space)
    scribe.type("40")
    scribe.ask_to_sign()
    assert "Blanks left: [degrees]" in overlay_of(scribe).accessibleDescription()


def test_what_needs_another_look_is_warned_of_before_the_password(scribe: Scribe) -> None:
    """Blanks, codes that exclude each other and a prescription without words: each with sign and colour, none in the way."""
    scribe.fill()
    scribe.state.set("history", "Fell [when]")
    scribe.state.set("codes", ["M54.2", "M50.20"])
    scribe.state.set("plan", {"prescription": ""})
    scribe.ask_to_sign()
    warned = [each.text() for each in overlay_of(scribe).findChildren(QLabel) if each.property("tone") == "warning" and each.isVisible()]
    assert warned[0] == "⚠ Blanks left: [when]"
    assert any("M54.2" in text and "M50.20" in text and "Excludes1" in text for text in warned)
    assert any("prescribed" in text for text in warned)
    assert scribe.focus is overlay_of(scribe).password_field.text_field


def test_what_is_missing_is_read_whole(clinician: Desk, bench: Bench, arrived: Callable[..., int], qtbot: QtBot) -> None:
    """A long line takes the height its words need."""
    scribe = Scribe(clinician, bench, arrived(safety__bladder_bowel="yes"), qtbot)
    scribe.go("history")
    scribe.ask_to_sign()
    lines = overlay_of(scribe).findChildren(MissingLine)
    qtbot.waitUntil(lambda: all(line.height() >= line.heightForWidth(line.width()) for line in lines))
    assert lines[0].height() > lines[1].height()


def test_a_right_password_signs_what_was_typed_last(scribe: Scribe) -> None:
    """The letter before Ctrl+Enter is in the signed note, the visit is finished, and the draft is gone."""
    scribe.fill()
    scribe.press(Qt.Key.Key_Tab)
    scribe.type("20 minutes")
    scribe.sign()
    chart = scribe.state.chart
    assert chart is not None
    assert chart.signature is not None
    assert chart.signature.note.plan == {"heat": "20 minutes"}
    assert chart.signature.note.examination == "Palpable band."
    assert chart.visit.status is Status.FINISHED
    assert scribe.on_disk() == {}


def test_the_signed_note_says_who_when_and_which_document_and_takes_no_letter(scribe: Scribe) -> None:
    """Nothing that can be typed into is left of the note."""
    scribe.fill()
    scribe.sign()
    chart = scribe.state.chart
    assert chart is not None
    texts = scribe.pane.signed.texts()
    assert any("Signed by Casey Example, clinician, Nov 22, 2026 10:00 AM" in text for text in texts)
    assert any(chart.number in text and short(chart.fingerprint) in text for text in texts)
    assert "Palpable band." in texts
    assert scribe.pane.form.isHidden()
    assert scribe.focus is scribe.pane.next_button


def test_a_wrong_password_signs_nothing_and_counts_the_seconds_down(scribe: Scribe, clock: Clock) -> None:
    """After the third one the button waits; the seconds are told; then the right one signs."""
    scribe.fill()
    scribe.ask_to_sign()
    overlay = overlay_of(scribe)
    for _ in range(3):
        scribe.type("wrong")
        scribe.press(ENTER)
        scribe.qtbot.waitUntil(overlay.password_box.has_problem)
        overlay.password_box.clear() if overlay.sign_button.isEnabled() else None
    scribe.qtbot.waitUntil(lambda: not overlay.sign_button.isEnabled())
    assert "1 s" in overlay.password_box.note.text()
    assert scribe.state.chart is not None
    assert scribe.state.chart.signature is None
    clock.instant += timedelta(seconds=5)
    scribe.qtbot.waitUntil(overlay.sign_button.isEnabled, timeout=5_000)
    overlay.password_field.text_field.selectAll()
    scribe.type(PASSWORD)
    with scribe.qtbot.waitSignal(scribe.pane.signing.signed, timeout=10_000):
        scribe.press(ENTER)


def test_escape_signs_nothing_and_goes_back_to_where_the_keyboard_was(scribe: Scribe) -> None:
    """The password that was begun is forgotten."""
    scribe.fill()
    scribe.ask_to_sign()
    scribe.type("seven")
    overlay = overlay_of(scribe)
    scribe.press(Qt.Key.Key_Escape)
    assert not overlay.isVisible()
    assert overlay.password_field.value() == ""
    assert scribe.focus is scribe.pane.form.plan.chips


def test_tab_stays_in_the_overlay(scribe: Scribe) -> None:
    """What lies under it is not typed into by mistake."""
    scribe.fill()
    scribe.ask_to_sign()
    overlay = overlay_of(scribe)
    for _ in range(6):
        scribe.press(Qt.Key.Key_Tab)
        assert overlay.isAncestorOf(scribe.focus)


def test_a_note_that_could_not_be_written_is_not_signed(scribe: Scribe) -> None:
    """What is signed is what is on disk; without that there is no signature, and it is said."""

    def refuse(*_args: object, **_more: object) -> None:
        raise StoreError("disk_full")

    scribe.fill()
    with pytest.MonkeyPatch.context() as full:
        full.setattr("ui.pages.chart.note_keeper.keep_note", refuse)
        scribe.type("3")
        scribe.ask_to_sign()
        scribe.type(PASSWORD)
        with scribe.qtbot.waitSignal(scribe.pane.signing.failed, timeout=5_000):
            scribe.press(ENTER)
    assert scribe.read().signature is None


def test_a_clock_behind_what_is_signed_signs_nothing(scribe: Scribe, clock: Clock) -> None:
    """It is said what to put right."""
    scribe.fill()
    clock.forward(-60)
    scribe.ask_to_sign()
    line = overlay_of(scribe).findChild(MissingLine)
    assert isinstance(line, MissingLine)
    assert "clock" in line.accessibleName().lower()


def test_ctrl_enter_works_from_every_field(scribe: Scribe) -> None:
    """Also from the field of codes and from a long text, where Enter itself means something else."""
    for path in ("history", "codes", "plan_text", "totals.ndi", "findings"):
        scribe.go(path)
        scribe.press(ENTER, CTRL)
        assert scribe.overlay_is_open(), path
        scribe.press(Qt.Key.Key_Escape)
