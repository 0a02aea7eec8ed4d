"""Writing a letter by the keyboard: what is asked, what the record says, what is on disk, and what nobody types over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from intake.domain.requests import RequestState
from tests.ui.documents.conftest import Promises
from tests.ui.letters.writer import CTRL, ENTER, SHIFT, Writer, write_elsewhere
from ui.preview.view import PreviewView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from intake.domain.requests import Request
    from tests.ui.conftest import Bench
    from ui.desk import Desk


def test_what_the_record_says_is_there_and_named_as_such(writer: Writer) -> None:
    """Nothing of it has to be typed; the paper stands beside."""
    row = writer.row("patient_name")
    assert (row.editor.value(), row.box.note.text()) == ("Ana Sample", "from the record")
    assert writer.row("visit_day").editor.value() == "Nov 22, 2026"
    view = writer.page.view
    assert isinstance(view, PreviewView)
    writer.qtbot.waitUntil(view.shows_paper)


def test_a_consent_brings_its_fields_and_what_is_missing_is_said_at_them(writer: Writer) -> None:
    """The answer goes on to the new field; what it needs is asked for, at the field and above."""
    assert "off_from" not in writer.shows()
    writer.agree("consent_absence")
    assert "off_from" in writer.shows()
    assert "Still asked for." in writer.row("off_from").box.note.text()
    writer.qtbot.waitUntil(lambda: writer.page.state_label.text().startswith("2 things are still asked for."))
    assert writer.focus is writer.row("off_from").editor
    writer.type("12/1/2026")
    writer.press(ENTER)
    writer.type("someday")
    writer.qtbot.waitUntil(lambda: "no date yet" in writer.row("back_on").box.note.text())
    assert writer.row("off_from").box.note.text() == "Dec 1, 2026"
    writer.press(ENTER, SHIFT)
    assert writer.focus is writer.row("off_from").editor


def test_every_key_is_on_disk_a_moment_later_and_there_again_on_a_new_page(writer: Writer, bench: Bench, qtbot: QtBot) -> None:
    """A day comes back in words, as all days are shown."""
    writer.agree("consent_absence")
    writer.type("12/1/2026")
    writer.press(ENTER)
    writer.type("no ide")
    writer.settled()
    assert writer.on_disk().typed == {"consent_absence": "yes", "off_from": "2026-12-01", "back_on": "no ide"}
    again = Writer(writer.page.desk, bench, writer.request_id, qtbot)
    assert again.row("off_from").editor.value() == "Dec 1, 2026"
    assert again.row("back_on").editor.value() == "no ide"
    assert again.focus is again.row("back_on").editor


def test_an_emptied_field_stays_empty_in_hand_and_is_the_records_again_once_left(writer: Writer) -> None:
    """The record's words never come back under the fingers."""
    writer.go("clinic")
    writer.press(Qt.Key.Key_A, CTRL)
    writer.press(Qt.Key.Key_Delete)
    writer.settled()
    assert writer.row("clinic").editor.value() == ""
    writer.type("E")
    writer.settled()
    assert writer.row("clinic").editor.value() == "E"
    writer.press(Qt.Key.Key_Backspace)
    writer.press(ENTER)
    assert writer.row("clinic").editor.value() == "Edison"


def test_what_another_desk_wrote_comes_without_moving_the_caret(writer: Writer, desk: Desk, bench: Bench) -> None:
    """The field in hand keeps its words; another one shows the news."""
    writer.go("clinic")
    writer.press(Qt.Key.Key_Home)
    caret = writer.row("clinic").editor.caret()
    write_elsewhere(bench, desk, writer.request_id, practice="Example Practice")
    writer.page.reload()
    writer.qtbot.waitUntil(lambda: writer.row("practice").editor.value() == "Example Practice")
    assert writer.focus is writer.row("clinic").editor
    assert writer.row("clinic").editor.caret() == caret
    writer.type("Old ")
    writer.settled()
    assert writer.on_disk().typed == {"practice": "Example Practice", "clinic": "Old Edison"}


def test_what_is_typed_while_the_letter_is_read_again_is_not_overwritten(writer: Writer, desk: Desk, bench: Bench) -> None:
    """The answer of a look that began before the key comes too late to change anything."""
    writer.go("clinic")
    writer.press(Qt.Key.Key_End)
    for letter in " North":
        writer.page.reload()
        writer.type(letter)
    writer.settled()
    assert writer.on_disk().typed == {"clinic": "Edison North"}


def test_two_who_write_the_same_letter_lose_nothing(writer: Writer, desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """The later one is told, keeps what was typed on disk, and decides by a key."""
    writer.go("clinic")
    write_elsewhere(bench, desk, writer.request_id, clinic="Theirs")
    writer.press(Qt.Key.Key_A, CTRL)
    writer.type("Mine")
    qtbot.waitUntil(lambda: "Another desk changed this letter" in writer.page.banner.text())
    writer.settled()
    assert writer.on_disk().typed == {"clinic": "Theirs"}
    assert writer.row("clinic").editor.value() == "Mine"
    writer.press(Qt.Key.Key_P, CTRL)
    assert writer.said[-1].startswith("Something typed is not in the letter yet.")
    again = Writer(writer.page.desk, bench, writer.request_id, qtbot)
    assert again.row("clinic").editor.value() == "Theirs"
    assert "What you typed here on" in again.page.banner.text()
    again.press(Qt.Key.Key_K, CTRL | SHIFT)
    qtbot.waitUntil(lambda: again.on_disk().typed == {"clinic": "Mine"})
    assert again.row("clinic").editor.value() == "Mine"
    qtbot.waitUntil(again.page.banner.isHidden)
    third = Writer(writer.page.desk, bench, writer.request_id, qtbot)
    assert third.page.banner.isHidden()


def test_the_one_who_was_overtaken_keeps_what_was_typed_by_one_key(writer: Writer, desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Ctrl+Shift+K at the page where it happened; the legend names it."""
    writer.go("clinic")
    write_elsewhere(bench, desk, writer.request_id, clinic="Theirs")
    writer.type(" and mine")
    qtbot.waitUntil(lambda: any("Keep what I typed" in key.text for key in writer.page.legend()))
    writer.press(Qt.Key.Key_K, CTRL | SHIFT)
    qtbot.waitUntil(lambda: writer.on_disk().typed == {"clinic": "Edison and mine"})
    assert writer.focus is writer.row("clinic").editor


def test_what_cannot_be_kept_is_said_at_its_field_and_lies_beside_the_letter(writer: Writer, bench: Bench, qtbot: QtBot) -> None:
    """A line too long for the letter is not cut and not lost; put right, it is in the letter."""
    writer.go("clinic")
    writer.press(Qt.Key.Key_End)
    long = "x" * 2_000
    writer.row("clinic").editor.insert(long)  # type: ignore[union-attr]  # it is a line
    writer.type("y")
    qtbot.waitUntil(writer.row("clinic").box.has_problem)
    writer.settled()
    again = Writer(writer.page.desk, bench, writer.request_id, qtbot)
    again.press(Qt.Key.Key_K, CTRL | SHIFT)
    qtbot.waitUntil(again.row("clinic").box.has_problem)
    assert again.row("clinic").editor.value() == f"Edison{long}y"
    again.go("clinic")
    again.press(Qt.Key.Key_A, CTRL)
    again.type("Short")
    qtbot.waitUntil(lambda: again.on_disk().typed == {"clinic": "Short"})
    qtbot.waitUntil(again.page.banner.isHidden)


def test_own_words_begin_with_the_letters_own_and_come_back_after_the_template(writer: Writer) -> None:
    """Ctrl+E there and back; a gap in brackets is asked for, and nothing typed is gone by one key."""
    writer.press(Qt.Key.Key_E, CTRL)
    assert writer.focus is writer.form.body_field
    assert writer.form.body_field.value().startswith("We confirm that Ana Sample was seen")
    writer.press(Qt.Key.Key_End, CTRL)
    writer.type(" Thank you. [Name]")
    writer.settled()
    assert "consent_words" in writer.shows()
    body = writer.on_disk().body
    assert body is not None
    assert body.endswith(" Thank you. [Name]")
    writer.press(Qt.Key.Key_E, CTRL)
    writer.settled()
    assert writer.on_disk().body is None
    assert writer.form.body_box.isHidden()
    writer.press(Qt.Key.Key_E, CTRL)
    writer.settled()
    assert writer.on_disk().body == body


def test_a_text_given_back_elsewhere_takes_the_keyboard_along_to_the_paper(writer: Writer, desk: Desk, bench: Bench) -> None:
    """What is typed next goes nowhere rather than somewhere else in the window; Ctrl+E brings the text back."""
    writer.press(Qt.Key.Key_E, CTRL)
    writer.type(" And more.")
    writer.settled()
    write_elsewhere(bench, desk, writer.request_id, clinic="Theirs")
    writer.page.reload()
    writer.qtbot.waitUntil(writer.form.body_box.isHidden)
    assert writer.page.view.isAncestorOf(writer.focus) or writer.focus is writer.page.view
    writer.press(Qt.Key.Key_E, CTRL)
    writer.settled()
    body = writer.on_disk().body
    assert body is not None
    assert body.endswith(" And more.")


def test_escape_goes_back_to_the_list_with_the_last_key_on_disk(writer: Writer) -> None:
    """The page is left at once: what was typed is written behind it."""
    writer.go("clinic")
    writer.type("s")
    with writer.qtbot.waitSignal(writer.page.routes.documents):
        writer.press(Qt.Key.Key_Escape)
    writer.page.leaving()
    assert writer.on_disk().typed == {"clinic": "Edisons"}


def test_a_letter_handed_over_meanwhile_takes_no_more_words_and_says_so(
    writer: Writer, promises: Promises, note: Request, bench: Bench, qtbot: QtBot
) -> None:
    """It locks as it is; what was typed since is kept for who typed it."""
    from intake.actions.requests import withdraw  # noqa: PLC0415 - this test alone withdraws

    desk = promises.desk
    writer.go("clinic")
    bench.ask(lambda store: withdraw(store, desk.actor, note.id, reason="Not needed", now=desk.now()))
    writer.type("s")
    qtbot.waitUntil(lambda: "What was typed here since is not in it." in writer.page.banner.text())
    qtbot.waitUntil(lambda: not writer.row("clinic").editor.isEnabled())
    assert promises.line(note.id).state is RequestState.WITHDRAWN
    assert writer.row("clinic").editor.value() == "Edison"
    again = Writer(writer.page.desk, bench, writer.request_id, qtbot)
    assert "is not in this letter" in again.page.banner.text()
    assert not again.page.banner.button.isVisible()
