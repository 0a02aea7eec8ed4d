"""Snippets of the practice and its own files in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from intake.actions.notes import practice_snippets
from intake.actions.overrides import own_files, shipped_content, take_in
from tests.ui.conftest import Bench
from tests.ui.settings.conftest import Open, section
from ui.desk import Desk
from ui.pages.settings.files import FilesSection
from ui.pages.settings.snippets import SnippetsSection

CTRL = Qt.KeyboardModifier.ControlModifier
NAME = "homecare/neck-care-1.toml"
OWN = shipped_content(NAME) + b"\n# ours\n"


def kept_snippets(bench: Bench, desk: Desk) -> list[str]:
    """Return the abbreviations of the practice."""
    return [each.abbreviation for each in bench.ask(lambda store: practice_snippets(store, desk.actor))]


def states(bench: Bench, desk: Desk) -> dict[str, str]:
    """Return how every file stands that is not as shipped."""
    return {each.name: each.state for each in bench.ask(lambda store: own_files(store, desk.actor)) if each.state != "shipped"}


def choose(shown: FilesSection, name: str) -> None:
    """Go to a file in the list."""
    row = next(number for number, each in enumerate(shown._files) if each.name == name)
    shown.table.selectRow(row)


def test_a_snippet_is_written_and_thrown_away_by_keyboard(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """N, its letters, its words, Ctrl+S; X throws it away."""
    shown = section(open_settings(desk), "snippets", SnippetsSection)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    shown.table.setFocus()
    QTest.keyClicks(shown.table, "n")
    QTest.keyClicks(shown.abbreviation_field, "aaa")
    QTest.keyClick(shown.abbreviation_field, Qt.Key.Key_Return)
    QTest.keyClicks(shown.text_field, "Words of the [practice]")
    QTest.keyClick(shown.text_field, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: kept_snippets(bench, desk) == [".aaa"])
    qtbot.waitUntil(lambda: any(each.abbreviation == ".aaa" for each, _ in shown._rows))
    shown.table.selectRow(next(number for number, (each, _) in enumerate(shown._rows) if each.abbreviation == ".aaa"))
    shown.table.setFocus()
    QTest.keyClicks(shown.table, "x")
    qtbot.waitUntil(lambda: kept_snippets(bench, desk) == [])


def test_what_is_typed_on_after_saving_goes_into_no_other_snippet(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """The row of the one that was kept is chosen, and the keyboard is on the list."""
    shown = section(open_settings(desk), "snippets", SnippetsSection)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    first = shown._rows[0][0]
    shown.table.setFocus()
    QTest.keyClicks(shown.table, "n")
    QTest.keyClicks(shown.abbreviation_field, ".zed")
    QTest.keyClick(shown.abbreviation_field, Qt.Key.Key_Return)
    QTest.keyClicks(shown.text_field, "Words of the practice")
    QTest.keyClick(shown.text_field, Qt.Key.Key_S, CTRL)
    qtbot.waitUntil(lambda: any(each.abbreviation == ".zed" for each, _ in shown._rows))
    assert shown.table.hasFocus()
    assert (shown.abbreviation_field.value(), shown.text_field.value()) == (".zed", "Words of the practice")
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    QTest.keyClicks(shown.text_field, "Also ")
    with qtbot.waitSignal(shown.routes.said):
        QTest.keyClick(shown.text_field, Qt.Key.Key_S, CTRL)
    kept = bench.ask(lambda store: practice_snippets(store, desk.actor))
    assert [(each.abbreviation, "Also" in each.text) for each in kept] == [(".zed", True)]
    assert first in [each for each, _ in shown._rows]


def test_words_typed_while_a_snippet_is_kept_stay_with_it(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """They are not saved yet; the caret stays where it is."""
    shown = section(open_settings(desk), "snippets", SnippetsSection)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    shown.table.setFocus()
    QTest.keyClicks(shown.table, "n")
    QTest.keyClicks(shown.abbreviation_field, ".zed")
    QTest.keyClick(shown.abbreviation_field, Qt.Key.Key_Return)
    QTest.keyClicks(shown.text_field, "One")
    QTest.keyClick(shown.text_field, Qt.Key.Key_S, CTRL)
    QTest.keyClicks(shown.text_field, " two")
    qtbot.waitUntil(lambda: any(each.abbreviation == ".zed" for each, _ in shown._rows))
    assert (shown.abbreviation_field.value(), shown.text_field.value()) == (".zed", "One two")
    assert not shown.table.hasFocus()


def test_a_snippet_of_the_program_cannot_be_thrown_away(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """It can be replaced by one of the practice with the same letters."""
    shown = section(open_settings(desk), "snippets", SnippetsSection)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    assert not shown.drop_button.isEnabled()
    name = shown.abbreviation_field.value()
    shown.text_field.show_value("Our own words")
    shown.save()
    qtbot.waitUntil(lambda: kept_snippets(bench, desk) == [name])


def test_bad_letters_are_told_at_their_field(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """And the words stay."""
    shown = section(open_settings(desk), "snippets", SnippetsSection)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    shown.abbreviation_field.set_value("two words")
    shown.text_field.show_value("Kept words")
    shown.save()
    qtbot.waitUntil(shown.boxes["abbreviation"].has_problem)
    assert shown.text_field.value() == "Kept words"
    assert kept_snippets(bench, desk) == []


def test_a_file_changed_outside_is_told_loudly_and_put_back_with_a_key(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """It stands first, in a banner too, until somebody decides."""
    bench.ask(lambda store: take_in(store, desk.actor, NAME, OWN, now=desk.now()))
    (desk.paths.overrides / NAME).write_bytes(OWN + b"# theirs\n")
    shown = section(open_settings(desk), "files", FilesSection)
    qtbot.waitUntil(lambda: NAME in shown.banner.text())
    assert shown._files[0].name == NAME
    shown.table.setFocus()
    QTest.keyClicks(shown.table, "b")
    qtbot.waitUntil(lambda: shown.banner.text() == "" and states(bench, desk) == {NAME: "own"})
    assert (desk.paths.overrides / NAME).read_bytes() == OWN


def test_what_somebody_changed_outside_can_be_kept(desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot) -> None:
    """Then it is the practice's own, by who kept it."""
    theirs = desk.paths.overrides / NAME
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(OWN)
    shown = section(open_settings(desk), "files", FilesSection)
    qtbot.waitUntil(lambda: NAME in shown.banner.text())
    choose(shown, NAME)
    shown.table.setFocus()
    QTest.keyClicks(shown.table, "k")
    qtbot.waitUntil(lambda: states(bench, desk) == {NAME: "own"})


def test_a_file_is_written_out_changed_taken_in_and_taken_away(
    desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """The way a practice changes any of its definitions."""
    shown = section(open_settings(desk), "files", FilesSection)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    choose(shown, NAME)
    out = tmp_path / "care.toml"
    with qtbot.waitSignal(shown.routes.said):
        shown.write_to(out, shipped=False)
    assert out.read_bytes() == shipped_content(NAME)
    out.write_bytes(OWN)
    shown.take(out)
    qtbot.waitUntil(lambda: states(bench, desk) == {NAME: "own"})
    qtbot.waitUntil(lambda: shown._files[0].state == "own")
    choose(shown, NAME)
    shown.table.setFocus()
    QTest.keyClicks(shown.table, "a")
    qtbot.waitUntil(lambda: states(bench, desk) == {})


def test_a_broken_file_is_refused_by_name_line_and_reason(
    desk: Desk, bench: Bench, open_settings: Open, qtbot: QtBot, tmp_path: Path
) -> None:
    """And nothing is changed."""
    shown = section(open_settings(desk), "files", FilesSection)
    qtbot.waitUntil(lambda: shown.table.model().rowCount() > 0)
    choose(shown, NAME)
    broken = tmp_path / "care.toml"
    broken.write_text('version = "neck-care-1"\nthis is no TOML\n', encoding="utf-8")
    shown.take(broken)
    qtbot.waitUntil(lambda: shown.banner.text() != "")
    assert NAME in shown.banner.text()
    assert "2" in shown.banner.text()
    assert states(bench, desk) == {}
