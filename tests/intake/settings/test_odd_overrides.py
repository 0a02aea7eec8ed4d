"""What somebody else can put among the practice's own files: it is told, and takes nobody's time."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from intake.actions.overrides import changed_elsewhere, content_in_use, own_files, take_in
from intake.definitions.bundle import load_definitions
from intake.definitions.resource_files import LARGEST, parse_json, parse_toml
from intake.domain.staff import Actor
from intake.errors import IntakeError, ResourceError
from intake.paths import RESOURCES
from intake.storage.store import Store
from tests.factories import NOW

LONG = "a." * 20_000 + "a"
DOTS = "a." * 50
SIZES = (("practice.toml", 64), ("homecare/neck-care-1.toml", 512), ("checklists/neck-2.json", 1024))
"""In kB, by kind of file."""
AT_ONCE_S = 2.0


def sized(path: Path, size: int) -> None:
    """Put a file of this size, and of no content, in a place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG} = 1", f"[{LONG}]", f"[[ {LONG} ]]", '"a" . ' * 20_000 + "a = 1", f"x = {{y = 1, {LONG} = 1}}",
        f'x = {{y = """a"""", {LONG} = 1}}', f"x = {{y = '''a'''', {LONG} = 1}}", f'x = {{y = "\\"", {LONG} = 1}}',
        f"x = {{y = '\\', {LONG} = 1}}", "a.b.c.d.e.f.g.h.i = 1",
    ],
)  # fmt: skip
def test_a_key_of_many_parts_is_told_before_it_is_parsed(text: str) -> None:
    """Each part would take the parser longer than the one before."""
    with pytest.raises(ResourceError) as caught:
        parse_toml("practice.toml", f'# "{DOTS}\n{text}')
    assert caught.value.facts == {"name": "practice.toml", "line": 2, "reason": "TOML: a key has more than 8 parts"}


def test_dots_in_texts_and_comments_make_no_key_long() -> None:
    """Only what stands outside of quotes is a key."""
    many = f'y = """\n{DOTS}\\"""\n{DOTS}"""\nz = \'\'\'\n{DOTS}\'\'\'\n'
    read = parse_toml("any.toml", f'# {DOTS}\na.b.c.d.e.f.g.h = "{DOTS}\\""\nx = \'{DOTS}\' # {DOTS}\n{many}')
    assert (read["x"], read["z"]) == (DOTS, DOTS)


def test_a_name_given_twice_among_many_is_found_at_once() -> None:
    """In a file that is as large as any may be."""
    names = ",".join(f'"{number}": 1' for number in range(60_000))
    begun = time.perf_counter()
    with pytest.raises(ResourceError) as caught:
        parse_json("any.json", f'{{{names}, "59999": 2}}')
    assert time.perf_counter() - begun < AT_ONCE_S
    assert caught.value.facts["reason"] == "59999 is given twice"


@pytest.mark.parametrize(("name", "most"), SIZES)
def test_a_definition_beyond_all_size_is_told_and_never_taken_in(store: Store, admin: Actor, name: str, most: int) -> None:
    """Whether it lies there already or is to be."""
    with pytest.raises(IntakeError) as caught:
        take_in(store, admin, name, b"#" * (most * 1024 + 1), now=NOW)
    assert caught.value.code == "definition_too_large"
    sized(store.paths.overrides / name, most * 1024 + 1)
    with pytest.raises(ResourceError) as broken:
        load_definitions(RESOURCES, store.paths.overrides)
    assert broken.value.facts == {"name": name, "line": 0, "reason": f"it is larger than {most} kB"}


def test_a_file_that_was_replaced_by_a_large_one_is_told_and_not_shown(store: Store, admin: Actor) -> None:
    """It cannot be what was taken in."""
    sized(store.paths.overrides / "practice.toml", LARGEST + 1)
    assert {each.name: each.state for each in own_files(store, admin)}["practice.toml"] == "unknown"
    with pytest.raises(IntakeError) as caught:
        content_in_use(store, admin, "practice.toml")
    assert caught.value.code == "definition_too_large"


def test_a_file_whose_name_is_no_text_is_told(store: Store, admin: Actor) -> None:
    """What cannot be written in a name is written out."""
    (store.paths.overrides / os.fsdecode(b"x\xff.toml")).write_bytes(b"")
    assert [each.name for each in changed_elsewhere(store, admin, now=NOW)] == ["x\\udcff.toml"]
