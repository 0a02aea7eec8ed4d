"""The practice and its clinics, out of their files."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from intake.definitions.bundle import RESOURCES, Definitions, load_definitions
from intake.definitions.practice import load_practice
from intake.definitions.resource_files import ResourceFiles
from intake.entry.reading import read_field
from intake.errors import ResourceError

KEYS = ["union", "edison", "paterson", "west_caldwell", "teaneck", "old_bridge", "monroe", "bayonne"]


@pytest.fixture
def overrides(tmp_path: Path) -> Path:
    """Return a folder with the practice's own copy of both files."""
    for name in ("practice.toml", "locations.toml"):
        shutil.copy(RESOURCES / name, tmp_path / name)
    return tmp_path


def put(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text of a file."""
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_eight_clinics_come_in_their_order_and_nothing_is_made_up(definitions: Definitions) -> None:
    """Addresses are those that are published; what is not published is None."""
    locations = definitions.practice.locations
    assert [location.key for location in locations] == [f"loc.{key}" for key in KEYS]
    assert {(location.phone, location.fax, location.hours) for location in locations} == {(None, None, None)}
    assert {location.state for location in locations} == {"NJ"}
    assert all(location.active for location in locations)
    monroe = definitions.practice.location("loc.monroe")
    assert (monroe.line1, monroe.suite, monroe.city, monroe.zip_code) == ("350 Forsgate Dr.", None, "Monroe Township", "08831")


def test_the_practices_days_begin_in_its_own_zone(definitions: Definitions) -> None:
    """Whatever the machine's clock says."""
    assert definitions.practice.zone().key == "America/New_York"


def test_a_clinic_that_was_retired_takes_no_new_visit(overrides: Path) -> None:
    """It stays in the list for old visits, and is told when it is chosen."""
    put(overrides, "locations.toml", 'zip_code = "07083"\nactive = true', 'zip_code = "07083"\nactive = false')
    definitions = load_definitions(RESOURCES, overrides)
    assert "loc.union" not in [location.key for location in definitions.practice.active()]
    assert definitions.practice.location("loc.union").name == "Union"
    read = read_field("visit.location", "loc.union", raw={}, definitions=definitions, on=date(2026, 11, 22))
    assert [problem.code for problem in read.problems] == ["location_retired"]


@pytest.mark.parametrize(
    ("name", "old", "new", "reason"),
    [
        ("practice.toml", 'name = "Redefine Healthcare"', "", "name is missing"),
        ("practice.toml", "waiting_warning_min = 20", "waiting_warning_min = 0", "minutes"),
        ("practice.toml", "America/New_York", "America/Nowhere", "no such time zone"),
        ("practice.toml", 'checklist = "neck-2"', 'checklist = "neck-9"', "neck-9"),
        ("practice.toml", 'name = "', "name = ", "TOML"),
        ("locations.toml", '"loc.edison"', '"loc.union"', "given twice"),
        ("locations.toml", '"loc.edison"', '"Edison"', "looks like"),
        ("locations.toml", '"08837"', '"8837"', "zip_code"),
        ("locations.toml", '"08837"', "8837", "a text is expected"),
        ("locations.toml", 'state = "NJ"', 'state = "Jersey"', "state"),
    ],
)
def test_a_broken_file_is_named_with_its_line_and_the_reason(overrides: Path, name: str, old: str, new: str, reason: str) -> None:
    """Whoever edits it finds the place."""
    lines = (overrides / name).read_text(encoding="utf-8").partition(old)[0].splitlines()
    begun = max((at for at, line in enumerate(lines, 1) if line.startswith(("key", "[[location"))), default=1)
    put(overrides, name, old, new)
    with pytest.raises(ResourceError) as told:
        load_definitions(RESOURCES, overrides)
    assert told.value.facts["name"] == name
    assert reason in str(told.value.facts["reason"])
    if reason == "given twice":
        begun = 6  # where the clinic stands whose key was taken
    assert told.value.facts["line"] in ((0,) if not new else range(begun, len(lines) + 2))


def test_a_list_without_an_active_clinic_is_refused(overrides: Path) -> None:
    """Somewhere patients must be seen."""
    (overrides / "locations.toml").write_text("# nothing\n", encoding="utf-8")
    with pytest.raises(ResourceError, match="broken_resource"):
        load_practice(ResourceFiles(root=RESOURCES, overrides=overrides))


def test_old_versions_stay_readable_beside_the_practices_own(overrides: Path) -> None:
    """A visit names the version it was asked with."""
    (overrides / "checklists").mkdir()
    text = (RESOURCES / "checklists" / "neck-2.json").read_text(encoding="utf-8")
    (overrides / "checklists" / "neck-3.json").write_text(text.replace('"neck-2"', '"neck-3"'), encoding="utf-8")
    put(overrides, "practice.toml", 'checklist = "neck-2"', 'checklist = "neck-3"')
    definitions = load_definitions(RESOURCES, overrides)
    assert definitions.checklist.version == "neck-3"
    assert set(definitions.checklists) == {"neck-1", "neck-2", "neck-3"}
