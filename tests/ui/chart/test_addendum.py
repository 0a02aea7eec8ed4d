"""After the signature: only an addendum, with its reason, its own signature, and a draft of its own."""

from __future__ import annotations

from PySide6.QtCore import Qt

from tests.ui.chart.scribe import CTRL, ENTER, PASSWORD, Scribe


def sign_and_open(scribe: Scribe) -> None:
    """Sign, and open an addendum."""
    scribe.fill()
    scribe.sign()
    scribe.press(Qt.Key.Key_D, CTRL)


def test_ctrl_d_opens_an_addendum_and_every_keystroke_of_it_is_kept(scribe: Scribe) -> None:
    """It comes back when the chart is opened again."""
    sign_and_open(scribe)
    scribe.type("Late result")
    scribe.press(ENTER)
    scribe.type("Report came.")
    scribe.wait_kept()
    assert scribe.on_disk() == {"addendum_reason": "Late result", "addendum": "Report came."}
    scribe.state.clear()
    scribe.state.show(scribe.read())
    assert scribe.pane.addendum.text.value() == "Report came."
    assert not scribe.pane.addendum.frame.isHidden()


def test_an_addendum_without_reason_or_text_says_so_at_the_field(scribe: Scribe) -> None:
    """No password is asked for what cannot be added."""
    sign_and_open(scribe)
    scribe.press(ENTER, CTRL)
    assert not scribe.overlay_is_open()
    assert scribe.pane.addendum.reason_field.said()
    assert scribe.pane.addendum.text_box.said()
    scribe.type("Late result")
    scribe.press(ENTER, CTRL)
    assert scribe.pane.addendum.reason_field.said() == ""
    assert scribe.focus is scribe.pane.addendum.text


def test_a_signed_addendum_stands_under_the_note_with_author_time_and_reason(scribe: Scribe) -> None:
    """The document has a new number and fingerprint, and the draft is gone."""
    sign_and_open(scribe)
    first = scribe.state.chart.fingerprint if scribe.state.chart else ""
    scribe.type("Late result")
    scribe.press(ENTER)
    scribe.type("Report came.")
    scribe.ask_to_sign()
    scribe.type(PASSWORD)
    with scribe.qtbot.waitSignal(scribe.pane.signing.signed, timeout=10_000):
        scribe.press(ENTER)
    chart = scribe.state.chart
    assert chart is not None
    assert chart.number.endswith("/N2")
    assert chart.fingerprint != first
    texts = scribe.pane.signed.texts()
    assert any(text == "Addendum 1 · Casey Example, Nov 22, 2026 10:00 AM · Late result" for text in texts)
    assert "Report came." in texts
    assert scribe.on_disk() == {}
    assert scribe.pane.addendum.frame.isHidden()


def test_a_wrong_password_adds_nothing_and_keeps_the_text(scribe: Scribe) -> None:
    """It is told at the password, as at every signature."""
    sign_and_open(scribe)
    scribe.type("Late result")
    scribe.press(ENTER)
    scribe.type("Report came.")
    scribe.ask_to_sign()
    scribe.type("wrong")
    scribe.press(ENTER)
    overlay = scribe.pane.signing.overlay
    assert overlay is not None
    scribe.qtbot.waitUntil(overlay.password_box.has_problem)
    assert scribe.read().addenda == ()
    assert scribe.on_disk()["addendum"] == "Report came."
