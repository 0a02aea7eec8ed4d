"""The practice and its clinics as an administrator changes them."""

from __future__ import annotations

import dataclasses
import json
import tomllib
from collections.abc import Callable
from typing import Any

import pytest

from intake.actions.overrides import own_files
from intake.actions.practice_settings import (
    ClinicForm,
    change_clinic,
    change_practice,
    clinic_form,
    practice_form,
)
from intake.definitions.bundle import load_definitions
from intake.domain.staff import Actor
from intake.errors import ConflictError, IntakeError, InvalidInputError
from intake.paths import RESOURCES
from intake.storage.store import Store
from tests.factories import NOW
from tests.intake.settings.pictures import a_logo

UNION = "loc.union"


def told(store: Store) -> tuple[str, dict[str, Any]]:
    """Return action and changes of the latest audit entry, without the seals it tells."""
    (row,) = store._connection.execute("SELECT action, changes FROM audit ORDER BY seq DESC LIMIT 1").fetchall()
    return row[0], {name: each for name, each in json.loads(row[1]).items() if name != "sealed"}


def entries(store: Store) -> int:
    """Return how many audit entries there are."""
    ((count,),) = store._connection.execute("SELECT count(*) FROM audit").fetchall()
    return int(count)


def problems(change: Callable[[], object]) -> dict[str, str]:
    """Return what a change is refused for, by field."""
    with pytest.raises(InvalidInputError) as caught:
        change()
    return {problem.field: problem.code for problem in caught.value.problems}


def test_a_changed_practice_stands_in_its_own_file_with_every_comment(store: Store, admin: Actor) -> None:
    """Old and new are in the audit by field, and a start reads what was kept."""
    form = practice_form(store, admin)
    changed = dataclasses.replace(form, name="Sample Spine Center", lines=("Call (732) 555-0100", " "), logo=a_logo())
    returned = change_practice(store, admin, changed, now=NOW)
    action, changes = told(store)
    assert action == "change_practice"
    assert changes["name"] == ["Redefine Healthcare", "Sample Spine Center"]
    assert changes["lines"] == [None, "Call (732) 555-0100"]
    assert changes["logo"][0] is None
    assert len(changes["logo"][1]) == 64
    practice = load_definitions(RESOURCES, store.paths.overrides).practice
    assert practice == returned.practice
    assert practice.name == "Sample Spine Center"
    assert all(place.letterhead.lines == ("Call (732) 555-0100",) for place in practice.locations)
    assert all(place.letterhead.logo is not None for place in practice.locations)
    text = (store.paths.overrides / "practice.toml").read_text(encoding="utf-8")
    assert "# The clock on the wall of every clinic" in text
    assert practice_form(store, admin).logo == a_logo()
    assert {each.name: each.state for each in own_files(store, admin) if each.state != "shipped"} == {
        "practice.toml": "own",
        next(name for name in (each.name for each in own_files(store, admin)) if name.startswith("letterhead/")): "own",
    }


def test_another_logo_takes_the_place_of_the_one_before(store: Store, admin: Actor) -> None:
    """Nothing of the old one stays behind, and none at all is possible again."""
    for logo, count in ((a_logo(), 1), (a_logo(kind="JPEG"), 1), (None, 0)):
        change_practice(store, admin, dataclasses.replace(practice_form(store, admin), logo=logo), now=NOW)
        assert len(list((store.paths.overrides / "letterhead").glob("*"))) == count
        assert practice_form(store, admin).logo == logo


def test_a_save_without_a_change_leaves_no_trace(store: Store, admin: Actor) -> None:
    """No file, no entry."""
    before = entries(store)
    change_practice(store, admin, practice_form(store, admin), now=NOW)
    change_clinic(store, admin, UNION, clinic_form(store, admin, UNION), now=NOW)
    assert entries(store) == before
    assert not (store.paths.overrides / "practice.toml").exists()


def test_a_changed_clinic_keeps_the_others_as_they_are(store: Store, admin: Actor) -> None:
    """Phones as people write them; what is emptied is told no more; comments stay."""
    form = dataclasses.replace(
        clinic_form(store, admin, UNION), phone="732-555-0101", fax="7325550102", hours="Mon to Fri 8-6", suite="", state="nj"
    )
    change_clinic(store, admin, UNION, form, now=NOW)
    action, changes = told(store)
    assert action == "change_clinic"
    assert changes == {
        "loc.union.suite": ["Suite 220", None],
        "loc.union.phone": [None, "(732) 555-0101"],
        "loc.union.fax": [None, "(732) 555-0102"],
        "loc.union.hours": [None, "Mon to Fri 8-6"],
    }
    shipped = load_definitions().practice
    practice = load_definitions(RESOURCES, store.paths.overrides).practice
    assert practice.locations[1:] == shipped.locations[1:]
    union = practice.location(UNION)
    assert (union.phone, union.fax, union.hours, union.suite) == ("(732) 555-0101", "(732) 555-0102", "Mon to Fri 8-6", None)
    assert (store.paths.overrides / "locations.toml").read_text(encoding="utf-8").startswith("# The clinics, in the order")
    change_clinic(store, admin, UNION, dataclasses.replace(clinic_form(store, admin, UNION), phone=""), now=NOW)
    assert load_definitions(RESOURCES, store.paths.overrides).practice.location(UNION).phone is None


def test_a_closed_clinic_stays_in_the_list_and_the_last_one_cannot_be_closed(store: Store, admin: Actor) -> None:
    """Old visits name it; without any clinic nobody could arrive."""
    keys = [place.key for place in load_definitions().practice.locations]
    for key in keys[:-1]:
        change_clinic(store, admin, key, dataclasses.replace(clinic_form(store, admin, key), active=False), now=NOW)
    practice = load_definitions(RESOURCES, store.paths.overrides).practice
    assert [place.key for place in practice.locations] == keys
    assert [place.key for place in practice.active()] == keys[-1:]
    with pytest.raises(InvalidInputError) as caught:
        change_clinic(store, admin, keys[-1], dataclasses.replace(clinic_form(store, admin, keys[-1]), active=False), now=NOW)
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [("active", "last_active_clinic")]


def test_every_bad_field_is_told_at_once_and_nothing_is_written(store: Store, admin: Actor) -> None:
    """Each at its field, by its code."""
    practice = dataclasses.replace(practice_form(store, admin), name=" ", lines=("a", "b", "c", "d"), logo=b"<svg/>")
    assert problems(lambda: change_practice(store, admin, practice, now=NOW)) == {
        "name": "required",
        "lines": "too_many_lines",
        "logo": "logo_not_a_picture",
    }
    clinic = ClinicForm(line1="", city=" ", state="Jersey", zip_code="0883", phone="555-0100", fax="fax it", hours="x" * 90)
    assert problems(lambda: change_clinic(store, admin, UNION, clinic, now=NOW)) == {
        "line1": "required", "city": "required", "state": "state_two_letters", "zip_code": "zip_five_digits",
        "phone": "phone_without_area_code", "fax": "not_a_phone", "hours": "too_long",
    }  # fmt: skip
    assert not list(store.paths.overrides.rglob("*.toml"))


@pytest.mark.parametrize("text", ['Quote " and \\ backslash', "Ärztehaus Müller", "name = [broken", "# no comment", "'single'"])
def test_whatever_is_typed_is_read_back_as_typed(store: Store, admin: Actor, text: str) -> None:
    """Signs that mean something in the file's own language mean nothing in a name."""
    change_practice(store, admin, dataclasses.replace(practice_form(store, admin), name=text, lines=(text,)), now=NOW)
    kept = tomllib.loads((store.paths.overrides / "practice.toml").read_text(encoding="utf-8"))
    assert (kept["name"], kept["lines"]) == (text, [text])
    assert practice_form(store, admin).name == text


def test_two_administrators_never_overwrite_each_other_in_silence(store: Store, admin: Actor) -> None:
    """The second is told, and shown what stands there now."""
    first, second = practice_form(store, admin), practice_form(store, admin)
    change_practice(store, admin, dataclasses.replace(first, name="First"), now=NOW)
    with pytest.raises(ConflictError) as caught:
        change_practice(store, admin, dataclasses.replace(second, name="Second"), now=NOW)
    assert caught.value.code == "settings_changed"
    assert practice_form(store, admin).name == "First"


def test_a_change_made_outside_is_never_taken_over_unseen(store: Store, admin: Actor) -> None:
    """Somebody with the folder wrote into the file: the administrator is sent to look at it first."""
    change_practice(store, admin, dataclasses.replace(practice_form(store, admin), name="Ours"), now=NOW)
    path = store.paths.overrides / "practice.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("Ours", "Theirs"), encoding="utf-8")
    with pytest.raises(IntakeError) as caught:
        change_practice(store, admin, dataclasses.replace(practice_form(store, admin), name="Ours again"), now=NOW)
    assert caught.value.code == "file_changed_elsewhere"
