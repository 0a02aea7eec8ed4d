"""Label sheets and envelopes as data: what ships, and what is refused by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions, load_definitions
from intake.definitions.labels import load_labels
from intake.definitions.resource_files import ResourceFiles
from intake.errors import ResourceError
from intake.paths import RESOURCES

SHIPPED = RESOURCES / "labels"


def with_own(folder: Path, name: str, *changes: tuple[str, str], of: str = "letter-3x10") -> ResourceFiles:
    """Return the shipped files with a practice's own copy of one of them, changed, put beside them."""
    text = (SHIPPED / f"{of}.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (folder / "labels").mkdir()
    (folder / "labels" / f"{name}.toml").write_text(text, encoding="utf-8")
    return ResourceFiles(root=RESOURCES, overrides=folder)


def test_the_sheets_and_envelopes_that_ship(definitions: Definitions) -> None:
    """By their measures, and no maker's name."""
    assert {key: sheet.places for key, sheet in definitions.label_sheets.items()} == {
        "a4-3x8": 24,
        "letter-2x5": 10,
        "letter-2x7": 14,
        "letter-3x10": 30,
        "single-2.25x1.25": 1,
        "single-4x6": 1,
    }
    assert set(definitions.envelopes) == {"envelope-10", "envelope-6x9", "envelope-9x12", "envelope-dl"}


def test_every_label_that_ships_lies_on_its_page_and_over_no_other(definitions: Definitions) -> None:
    """Each corner with its label, pair by pair."""
    for sheet in definitions.label_sheets.values():
        corners = [sheet.corner(place) for place in range(sheet.places)]
        for left, top in corners:
            assert -0.01 <= left <= sheet.page_width_pt - sheet.width_pt + 0.8
            assert sheet.height_pt - 0.8 <= top <= sheet.page_height_pt + 0.01
        for place, (left, top) in enumerate(corners):
            for other_left, other_top in corners[place + 1 :]:
                assert abs(left - other_left) >= sheet.width_pt - 0.8 or abs(top - other_top) >= sheet.height_pt - 0.8


def test_millimeters_and_inches_are_told_by_the_file(definitions: Definitions) -> None:
    """A4 is 210 mm wide, a letter page 8.5 inches."""
    assert definitions.label_sheets["a4-3x8"].page_width_pt == pytest.approx(595.28, abs=0.01)
    assert definitions.label_sheets["letter-3x10"].page_width_pt == 612


def test_a_practice_adds_a_sheet_of_its_own(tmp_path: Path) -> None:
    """Under the name of its file, beside those that ship."""
    with_own(tmp_path, "own-2x10", ("columns = 3", "columns = 2"))
    found = load_definitions(RESOURCES, tmp_path).label_sheets
    assert found["own-2x10"].places == 20
    assert "letter-3x10" in found


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("columns = 3", "columns = 4"), "[grid]", "columns: 4 do not fit the width"),
        (("rows = 10", "rows = 11"), "[grid]", "rows: 11 do not fit the height"),
        (("rows = 10", "rows = 0"), "[grid]", "rows: a number from 1 to 40"),
        (("rows = 10", "rows = true"), "[grid]", "whole number"),
        (("x = 2.75", "x = 2.5"), "[pitch]", "of a row lie over one another"),
        (("y = 1", "y = 0.9"), "[pitch]", "of a column lie over one another"),
        (("height = 1\n", "height = 0.2\n"), "[label]", "no room for a line"),
        (("width = 8.5", "width = -1"), "[page]", "a number from 0 to 24"),
        (("left = 0.1875", "left = nan"), "[margin]", "a number from 0 to 24"),
        (("left = 0.1875", 'left = "x"'), "[margin]", "a number from 0 to 24"),
        (("top = 0.5", "bottom = 0.5"), "[margin]", "top is missing"),
        (('unit = "in"', 'unit = "cm"'), "unit", "expected one of: in, mm"),
        (('paper = "labels"', 'paper = "sheet"'), "paper", "expected one of: labels, envelope"),
        (('es = "', 'fr = "'), "[name]", "es is missing"),
        (("top = 0.5", "top = 0.5\nbottom = 0.5"), "bottom", "bottom is not known here"),
        (('unit = "in"', 'unit = "in"\nmargins = 1'), "margins", "margins is not known here"),
    ],
    ids=lambda value: value if isinstance(value, str) and "fit" in value else None,
)
def test_a_sheet_that_cannot_be_printed_is_refused_with_its_line(tmp_path: Path, change: tuple[str, str], line: str, reason: str) -> None:
    """File, line of the part that is wrong, and why."""
    files = with_own(tmp_path, "own", change)
    with pytest.raises(ResourceError) as refused:
        load_labels(files)
    source = (tmp_path / "labels" / "own.toml").read_text(encoding="utf-8").splitlines()
    assert refused.value.facts["name"] == "labels/own.toml"
    assert reason in str(refused.value.facts["reason"])
    assert line in source[int(refused.value.facts["line"]) - 1]


def test_an_envelope_whose_address_lies_beyond_it_is_refused(tmp_path: Path) -> None:
    """A slip from inches to millimeters, caught at start."""
    files = with_own(tmp_path, "own", ("left = 4.25", "left = 9.4"), of="envelope-10")
    with pytest.raises(ResourceError) as refused:
        load_labels(files)
    assert "beyond the envelope" in str(refused.value.facts["reason"])
    assert refused.value.facts["line"] == 17
