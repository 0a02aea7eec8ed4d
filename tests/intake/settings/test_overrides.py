"""The practice's own files: taken in whole, told when somebody else changed them, taken away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from intake.actions import overrides
from intake.actions.overrides import changed_elsewhere, content_in_use, own_files, put_back, shipped_content, take_away, take_in
from intake.definitions.bundle import load_definitions
from intake.domain.staff import Actor
from intake.errors import IntakeError, ResourceError, StoreError
from intake.paths import RESOURCES
from intake.storage.store import Store
from tests.factories import NOW

NAME = "homecare/neck-care-1.toml"
RULES = "prompts/neck-prompts-1.toml"


def changed(name: str, old: str, new: str) -> bytes:
    """Return a shipped file with one text replaced."""
    text = shipped_content(name).decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def own(name: str = NAME) -> bytes:
    """Return a file that a practice could have made of a shipped one."""
    return shipped_content(name) + b"\n# Our own copy.\n"


def states(store: Store, admin: Actor) -> dict[str, str]:
    """Return how every file stands that is not as shipped."""
    return {each.name: each.state for each in own_files(store, admin) if each.state != "shipped"}


def test_every_shipped_definition_is_listed_and_none_is_overridden_at_first(store: Store, admin: Actor) -> None:
    """What may be overridden is what the program loads as definitions, never a font or a style."""
    names = {each.name for each in own_files(store, admin)}
    assert {"practice.toml", "locations.toml", NAME, RULES, "checklists/neck-2.json", "letters/work_note.toml"} <= names
    assert not any(name.startswith(("fonts/", "data/", "icons/", "schema/")) or name.endswith(".qss") for name in names)
    assert states(store, admin) == {}


def test_a_file_that_loads_with_all_others_is_taken_in_and_away_again(store: Store, admin: Actor) -> None:
    """Whole, with who and when, and in the audit by its SHA-256."""
    take_in(store, admin, NAME, own(), now=NOW)
    assert (store.paths.overrides / NAME).read_bytes() == own()
    (line,) = [each for each in own_files(store, admin) if each.name == NAME]
    assert (line.state, line.by, line.at) == ("own", "Alex Sample", NOW)
    assert content_in_use(store, admin, NAME) == own()
    take_away(store, admin, NAME, now=NOW)
    assert states(store, admin) == {}
    assert content_in_use(store, admin, NAME) == shipped_content(NAME)
    rows = store._connection.execute("SELECT action, changes FROM audit WHERE action LIKE '%file%' ORDER BY seq").fetchall()
    assert [row[0] for row in rows] == ["take_in_file", "take_file_away"]
    assert all(NAME in row[1] for row in rows)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (NAME, b"= broken", "TOML"),
        ("checklists/neck-2.json", b'{"item": [', "JSON"),
        ("practice.toml", b'name = "Only a name"\n', "is missing"),
        ("locations.toml", b"", "no clinic is active"),
        (RULES, b'version = "neck-prompts-1"\n', "there is no rule in it"),
        (NAME, b"\xff\xfe", "UTF-8"),
    ],
)
def test_a_file_with_which_not_everything_loads_is_refused_by_file_line_and_reason(
    store: Store, admin: Actor, name: str, content: bytes, reason: str
) -> None:
    """And what was in use stays in use."""
    with pytest.raises(ResourceError) as caught:
        take_in(store, admin, name, content, now=NOW)
    assert caught.value.facts["name"] == name
    assert isinstance(caught.value.facts["line"], int)
    assert reason in str(caught.value.facts["reason"])
    assert states(store, admin) == {}
    assert not (store.paths.overrides / name).exists()


def test_a_rule_that_charts_would_announce_as_refused_is_refused_here(store: Store, admin: Actor) -> None:
    """A broken rule of prompts stops no start, and so must not get in."""
    content = changed(RULES, "[[rule]]", '[[rule]]\nid = "sample.broken"\n\n[[rule]]')
    with pytest.raises(ResourceError) as caught:
        take_in(store, admin, RULES, content, now=NOW)
    assert "sample.broken" in str(caught.value.facts["reason"])


@pytest.mark.parametrize(
    "name", ["../practice.toml", "/etc/passwd", "fonts/x.toml", "style.qss", "prompts/../x.toml", "a/b/c.toml", "", "x\0.toml"]
)
def test_no_name_leads_out_of_the_folder(store: Store, admin: Actor, name: str) -> None:
    """Only what the program loads as a definition."""
    with pytest.raises(IntakeError) as caught:
        take_in(store, admin, name, b"", now=NOW)
    assert caught.value.code == "not_a_definition"
    with pytest.raises(IntakeError) as caught:
        take_away(store, admin, name, now=NOW)
    assert caught.value.code == "not_a_definition"


def test_a_file_changed_removed_or_added_outside_is_told_once_a_sign_in_and_recorded(store: Store, admin: Actor) -> None:
    """By the SHA-256 that the store has of it."""
    take_in(store, admin, NAME, own(), now=NOW)
    take_in(store, admin, "letters/work_note.toml", own("letters/work_note.toml"), now=NOW)
    (store.paths.overrides / NAME).write_bytes(own() + b"# theirs\n")
    (store.paths.overrides / "letters/work_note.toml").unlink()
    (store.paths.overrides / "locations.toml").write_bytes(own("locations.toml"))
    expected = {NAME: "changed", "letters/work_note.toml": "gone", "locations.toml": "unknown"}
    assert states(store, admin) == expected
    for _ in range(2):
        assert {each.name: each.state for each in changed_elsewhere(store, admin, now=NOW)} == expected
    found = store._connection.execute("SELECT count(*) FROM audit WHERE action = 'file_changed_elsewhere'").fetchall()
    assert found == [(1,)]


def test_what_was_changed_outside_can_be_put_back_or_taken_in(store: Store, admin: Actor) -> None:
    """The store has the whole file, so the administrator decides."""
    take_in(store, admin, NAME, own(), now=NOW)
    path = store.paths.overrides / NAME
    path.write_bytes(own() + b"# theirs\n")
    put_back(store, admin, NAME, now=NOW)
    assert path.read_bytes() == own()
    path.write_bytes(own() + b"# theirs\n")
    take_in(store, admin, NAME, content_in_use(store, admin, NAME), now=NOW)
    assert states(store, admin) == {NAME: "own"}
    path.unlink()
    put_back(store, admin, NAME, now=NOW)
    assert path.read_bytes() == own() + b"# theirs\n"
    with pytest.raises(IntakeError) as caught:
        put_back(store, admin, RULES, now=NOW)
    assert caught.value.code == "file_not_kept"


def test_a_version_that_others_stand_on_cannot_be_taken_away(store: Store, admin: Actor) -> None:
    """Neither one the practice names, nor one that visits may have been recorded with."""
    name = "homecare/neck-care-2.toml"
    take_in(store, admin, name, changed(NAME, "neck-care-1", "neck-care-2"), now=NOW)
    take_in(store, admin, "practice.toml", changed("practice.toml", "neck-care-1", "neck-care-2"), now=NOW)
    with pytest.raises(IntakeError) as caught:
        take_away(store, admin, name, now=NOW)
    assert caught.value.code == "file_only_own"
    (store.paths.overrides / name).unlink()
    with pytest.raises(ResourceError):
        load_definitions(RESOURCES, store.paths.overrides)
    put_back(store, admin, name, now=NOW)
    assert load_definitions(RESOURCES, store.paths.overrides).home_care.version == "neck-care-2"


def test_a_disk_that_refuses_leaves_file_and_store_as_they_were(store: Store, admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither half a file nor an entry of what did not happen."""
    take_in(store, admin, NAME, own(), now=NOW)
    before = store.data_version()

    def full(descriptor: int) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as broken:
        broken.setattr("intake.placing.os.fsync", full)
        with pytest.raises(StoreError) as caught:
            take_in(store, admin, NAME, own() + b"# more\n", now=NOW)
    assert caught.value.code == "disk_full"
    assert store.data_version() == before
    assert states(store, admin) == {NAME: "own"}
    assert list(Path(store.paths.overrides).rglob("*.new")) == []


def test_a_file_beyond_all_size_is_refused(store: Store, admin: Actor) -> None:
    """Before it is parsed."""
    with pytest.raises(IntakeError) as caught:
        take_in(store, admin, NAME, bytes(overrides.MOST_BYTES + 1), now=NOW)
    assert caught.value.code == "definition_too_large"
