"""Two clinicians at one chart: who has it is said, taking over needs a reason, and no work of either is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.ui.chart.scribe import ALT, CTRL, ENTER, PASSWORD, Scribe


def take_over(second: Scribe, reason: str = "Casey is called away") -> None:
    """Take the chart over by keyboard."""
    second.come_back()
    second.pane.focus_first()
    second.press(ENTER)
    second.type(reason)
    with second.qtbot.waitSignal(second.pane.taking.taken):
        second.press(ENTER)


def test_the_second_is_told_who_has_it_since_when_and_where_and_may_only_read(scribe: Scribe, second: Scribe) -> None:
    """No letter of the second one gets into the note."""
    assert second.pane.taking.banner.text().startswith("Casey Example has this chart since 10:00 AM at desk-2.")
    assert not second.state.can_write
    assert second.pane.form.examination.text.isReadOnly()
    assert second.pane.box.isHidden()


def test_taking_over_needs_a_reason(scribe: Scribe, second: Scribe) -> None:
    """Enter on nothing takes nothing; Escape gives it up."""
    second.pane.focus_first()
    second.press(Qt.Key.Key_T, ALT)
    second.press(ENTER)
    assert second.pane.taking.reason_box.has_problem()
    assert not second.state.can_write
    second.press(Qt.Key.Key_Escape)
    assert second.pane.taking.reason_line.isHidden() or not second.pane.taking._asking.isVisible()


def test_who_takes_over_goes_on_from_what_was_typed(scribe: Scribe, second: Scribe) -> None:
    """The text of the first is in the second's hands, and the first one's own stays."""
    scribe.come_back()
    scribe.go("history")
    scribe.type("Fell at work.")
    scribe.wait_kept()
    take_over(second)
    assert second.state.can_write
    second.go("history")
    second.press(Qt.Key.Key_End, CTRL)
    second.type(" No dizziness.")
    second.wait_kept()
    assert second.on_disk()["history"] == "Fell at work. No dizziness."
    assert scribe.on_disk()["history"] == "Fell at work."


def test_the_first_is_told_by_whom_and_why_at_the_next_keystroke_and_the_text_stays(scribe: Scribe, second: Scribe) -> None:
    """The letter that was typed too late is kept and shown as well."""
    scribe.come_back()
    scribe.go("history")
    scribe.type("Fell at work")
    scribe.wait_kept()
    take_over(second)
    scribe.come_back()
    scribe.go("history")
    scribe.type("!")
    scribe.qtbot.waitUntil(lambda: not scribe.state.can_write)
    assert scribe.pane.taking.banner.text().startswith("Robin Example took this chart over at 10:00 AM, at desk-4: Casey is called away.")
    assert scribe.pane.form.history.text.value() == "Fell at work!"
    assert scribe.on_disk()["history"] == "Fell at work!"
    scribe.type("?")
    assert scribe.pane.form.history.text.value() == "Fell at work!"


def test_the_first_is_told_without_typing_when_the_store_changes(scribe: Scribe, second: Scribe) -> None:
    """Looking again is enough: the page does it when another desk wrote."""
    take_over(second)
    scribe.pane.look_again()
    scribe.qtbot.waitUntil(lambda: not scribe.pane.taking.isHidden())
    assert "Casey is called away" in scribe.pane.taking.banner.text()


def test_a_chart_that_another_one_signed_says_so_and_offers_the_own_text_as_an_addendum(scribe: Scribe, second: Scribe) -> None:
    """Nothing typed is lost to a signature."""
    scribe.come_back()
    scribe.go("history")
    scribe.type("Fell at work.")
    scribe.go("totals.ndi")
    scribe.type("99")
    scribe.wait_kept()
    take_over(second)
    second.go("totals.ndi")
    second.press(Qt.Key.Key_A, CTRL)
    second.press(Qt.Key.Key_Delete)
    second.fill()
    second.sign()
    scribe.come_back()
    scribe.pane.look_again()
    scribe.qtbot.waitUntil(lambda: scribe.state.is_signed)
    assert "Robin Example signed while you were writing" in scribe.pane.addendum.own_label.text()
    scribe.pane.addendum.own_button.setFocus()
    scribe.press(ENTER)
    scribe.wait_kept()
    kept = scribe.on_disk()
    assert set(kept) == {"addendum"}
    assert "Fell at work." in kept["addendum"]
    assert "99" in kept["addendum"]


def test_words_that_were_not_sent_before_another_signature_go_into_the_addendum(scribe: Scribe, second: Scribe) -> None:
    """By what they were typed at."""
    scribe.come_back()
    scribe.state.set("acknowledging.7", "Eyes exam")
    scribe.state.set("correcting.answers.sx.knot", "Meant the oth")
    scribe.wait_kept()
    take_over(second)
    second.fill()
    second.sign()
    scribe.come_back()
    scribe.pane.look_again()
    scribe.qtbot.waitUntil(lambda: scribe.state.is_signed)
    scribe.pane.addendum.own_button.setFocus()
    scribe.press(ENTER)
    scribe.wait_kept()
    kept = scribe.on_disk()
    assert set(kept) == {"addendum"}
    assert kept["addendum"].startswith("Prompt: Eyes exam\n\n")
    assert kept["addendum"].endswith(": Meant the oth")


def test_who_only_read_is_offered_no_text_of_somebody_else(scribe: Scribe, second: Scribe) -> None:
    """What was read over another one's shoulder is not one's own."""
    scribe.come_back()
    scribe.fill()
    scribe.wait_kept()
    second.state.clear()
    second.state.show(second.read())
    scribe.come_back()
    scribe.go("plan")
    scribe.sign()
    second.pane.look_again()
    second.qtbot.waitUntil(lambda: second.state.is_signed)
    assert second.pane.addendum.own.isHidden()
    assert second.state.raw == {}


def test_what_was_only_read_of_one_patient_never_becomes_the_note_of_the_next(
    scribe: Scribe, second: Scribe, arrived: Callable[..., int]
) -> None:
    """From a chart that somebody else has to one's own, and back: no text goes along."""
    scribe.come_back()
    scribe.go("history")
    scribe.type("Fell at work.")
    scribe.wait_kept()
    held, own = second.visit_id, arrived(last="Other")
    second.come_back()
    for visit_id, shown in ((held, "Fell at work."), (own, ""), (held, "Fell at work.")):
        second.visit_id = visit_id
        second.state.clear()
        second.state.show(second.read())
        assert second.pane.form.history.text.value() == shown
        second.wait_kept()
        assert second.on_disk() == {}


def test_a_signature_in_the_hour_of_a_take_over_is_refused_and_told(scribe: Scribe, second: Scribe) -> None:
    """The password was right, but the chart is in other hands by then."""
    scribe.come_back()
    scribe.fill()
    scribe.wait_kept()
    scribe.ask_to_sign()
    take_over(second)
    scribe.come_back()
    overlay = scribe.pane.signing.overlay
    assert overlay is not None
    overlay.password_field.setFocus()
    scribe.type(PASSWORD)
    scribe.press(ENTER)
    scribe.qtbot.waitUntil(lambda: not scribe.state.can_write, timeout=5_000)
    assert not overlay.isVisible()
    assert scribe.read().signature is None
    assert not scribe.pane.taking.isHidden()
