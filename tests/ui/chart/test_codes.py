"""ICD-10-CM codes: picked by the clinician, never proposed, with a reason in words at what needs another look."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tests.ui.chart.scribe import ALT, ENTER, SHIFT, Scribe
from tests.ui.conftest import Bench

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.desk import Desk


def pick(scribe: Scribe, *codes: str) -> None:
    """Pick codes by typing them."""
    scribe.go("codes")
    for code in codes:
        scribe.type(code)
        scribe.press(ENTER)


def reasons(scribe: Scribe) -> dict[str, str]:
    """Return what is said at each picked code."""
    return {row.code: row.reason for row in scribe.pane.form.impression.codes.picked.rows()}


def test_enter_adds_the_code_that_the_letters_find(scribe: Scribe) -> None:
    """Words of the title find it; the field is empty for the next one."""
    scribe.go("codes")
    scribe.type("cervicalg")
    assert [code.code for code in scribe.pane.form.impression.codes.found.codes()] == ["M54.2"]
    scribe.press(ENTER)
    scribe.type("muscle spasm")
    scribe.press(Qt.Key.Key_Down)
    scribe.press(Qt.Key.Key_Up)
    scribe.press(ENTER)
    assert scribe.state.get("codes")[0] == "M54.2"
    assert len(scribe.state.get("codes")) == 2
    assert scribe.pane.form.impression.codes.search_field.text() == ""


def test_backspace_in_the_empty_field_takes_the_last_one_away(scribe: Scribe) -> None:
    """Backspace in a word only takes a letter."""
    pick(scribe, "M54.2", "R29.3")
    scribe.type("x")
    scribe.press(Qt.Key.Key_Backspace)
    assert scribe.state.get("codes") == ["M54.2", "R29.3"]
    scribe.press(Qt.Key.Key_Backspace)
    assert scribe.state.get("codes") == ["M54.2"]


def test_a_picked_code_is_moved_and_taken_away_by_keyboard(scribe: Scribe) -> None:
    """The first is coded first, so the order can be changed."""
    pick(scribe, "M54.2", "R29.3", "R42")
    scribe.press(Qt.Key.Key_Up)
    scribe.press(Qt.Key.Key_Up, ALT)
    assert scribe.state.get("codes") == ["M54.2", "R42", "R29.3"]
    scribe.press(Qt.Key.Key_Delete)
    assert scribe.state.get("codes") == ["M54.2", "R29.3"]


def test_a_pair_that_excludes_each_other_is_told_at_both(scribe: Scribe) -> None:
    """Each of the two says which other one, and what to do."""
    pick(scribe, "M54.2", "M50.20")
    assert "M50.20" in reasons(scribe)["M54.2"]
    assert "Excludes1" in reasons(scribe)["M54.2"]
    assert "M54.2" in reasons(scribe)["M50.20"]
    scribe.press(Qt.Key.Key_Backspace)
    assert reasons(scribe) == {"M54.2": ""}


def test_a_heading_says_that_it_cannot_be_billed(scribe: Scribe) -> None:
    """It may stay, but nobody can say they were not told."""
    pick(scribe, "M62.83")
    if scribe.state.get("codes") != ["M62.83"]:
        scribe.state.set("codes", ["M62.83"])
        scribe.pane.form.show_note()
    assert "cannot be billed" in reasons(scribe)["M62.83"]


def test_what_is_not_in_the_list_is_not_added_and_says_so(scribe: Scribe) -> None:
    """The list of the release is the only source of codes."""
    pick(scribe, "Z99.99")
    assert scribe.state.get("codes", None) is None
    assert "is not in the list of release 2026-04-01" in scribe.pane.form.impression.codes.field.said()


def test_what_is_not_in_the_list_is_said_also_where_another_release_is_in_force(scribe: Scribe) -> None:
    """The word on the release must not hide that the code is none; it comes back when the search is empty."""
    pick(scribe, "M54.2")
    scribe.type("Z99.99")
    field = scribe.pane.form.impression.codes.field
    assert "“Z99.99” is not in the list" in field.said()
    scribe.press(Qt.Key.Key_Escape)
    assert "Compare the codes with the release in force" in field.said()


def test_a_code_of_an_old_draft_that_is_not_in_the_list_is_told(scribe: Scribe) -> None:
    """It is shown, named as unknown, and can be taken away."""
    scribe.state.set("codes", ["Q00.0"])
    scribe.pane.form.show_note()
    assert "Not in the release" in reasons(scribe)["Q00.0"] or "Not in the list" in reasons(scribe)["Q00.0"]


def test_a_visit_after_the_release_says_that_another_one_is_in_force(scribe: Scribe) -> None:
    """The visit is of November 2026, the list of April; both dates are said."""
    pick(scribe, "M54.2")
    said = scribe.pane.form.impression.codes.field.said()
    assert "2026-04-01" in said
    assert "Oct 1, 2026" in said


def test_no_code_is_offered_before_a_letter_is_typed(clinician: Desk, bench: Bench, arrived: Callable[..., int], qtbot: QtBot) -> None:
    """Whatever the patient answered, the list is empty until the clinician types."""
    scribe = Scribe(clinician, bench, arrived(attack__dizziness="yes", sx__headache="yes"), qtbot)
    scribe.go("codes")
    assert scribe.pane.form.impression.codes.found.codes() == ()
    assert scribe.pane.form.impression.codes.picked.rows() == ()
    assert "nothing is proposed" in scribe.pane.form.impression.codes.field.said()


def test_escape_empties_the_search_and_tab_goes_on(scribe: Scribe) -> None:
    """The keyboard is never caught in the field."""
    scribe.go("codes")
    scribe.type("spasm")
    scribe.press(Qt.Key.Key_Escape)
    assert scribe.pane.form.impression.codes.found.isHidden()
    scribe.press(Qt.Key.Key_Tab)
    assert scribe.pane.form.impression.words.hasFocus()
    scribe.press(Qt.Key.Key_Tab, SHIFT)
    assert scribe.pane.form.impression.codes.search_field.hasFocus()
