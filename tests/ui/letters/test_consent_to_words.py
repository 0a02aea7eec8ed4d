"""The consent to a text of one's own at the page: it falls as soon as another letter is typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.letters.writer import CTRL

if TYPE_CHECKING:
    from tests.ui.letters.writer import Writer

CONSENT = "consent_words"


def test_a_consent_is_taken_back_with_the_next_keystroke_in_the_text(writer: Writer) -> None:
    """On screen and on disk; it is asked for again."""
    writer.press(Qt.Key.Key_E, CTRL)
    writer.settled()
    writer.agree(CONSENT)
    assert (writer.on_disk().typed, writer.on_disk().missing) == ({CONSENT: "yes"}, ())
    writer.form.body_field.setFocus()
    writer.type("More. ")
    assert writer.row(CONSENT).editor.value() == ""
    writer.settled()
    assert (writer.on_disk().typed, writer.on_disk().missing) == ({}, (CONSENT,))
    assert writer.row(CONSENT).box.note.text().endswith("Still asked for.")


def test_words_over_the_record_ask_for_the_consent(writer: Writer) -> None:
    """A clinic is no place for a reason; the field comes up while it is typed."""
    assert CONSENT not in writer.shows()
    writer.go("clinic")
    writer.type("for a bad neck")
    writer.settled()
    assert CONSENT in writer.shows()
    assert writer.on_disk().missing == (CONSENT,)
    writer.agree(CONSENT)
    assert writer.on_disk().missing == ()
    writer.go("clinic")
    writer.type(" and back")
    writer.settled()
    assert writer.on_disk().missing == (CONSENT,)
