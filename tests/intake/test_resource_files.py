"""Finding and reading resource files: the practice's own copy first, and every fault told by name, line and reason."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.definitions.checklists import load_checklist
from intake.definitions.pain_regions import load_regions
from intake.definitions.resource_files import ResourceFiles
from intake.errors import ResourceError

ROOT = Path(__file__).parents[2]
RESOURCES = ROOT / "resources"
CHECKLIST = "checklists/neck-1.json"
REGIONS = "pain/neck-regions-1.json"
SOURCES = {CHECKLIST: (RESOURCES / CHECKLIST).read_text("utf-8"), REGIONS: (RESOURCES / REGIONS).read_text("utf-8")}


def write(folder: Path, name: str, text: str | bytes) -> None:
    """Write one resource file under a folder."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())


def error_of(files: ResourceFiles, name: str) -> dict[str, str | int]:
    """Return the facts of the error that reading a JSON file raises."""
    with pytest.raises(ResourceError) as caught:
        files.json_node(name)
    return caught.value.facts


USES = {
    "data/zips.tsv": "intake.entry.zips import propose; propose('08837')",
    "data/passwords.txt": "intake.security.passwords import password_problems; password_problems('a b c d e f g h i', login='x', name='y')",
    "data/nicknames.toml": "intake.matching.nicknames import groups_of; groups_of('bob')",
    "fonts/fonts.toml": "intake.documents.fonts import font_files; font_files()",
    "fonts/NotoSans-Regular.ttf": "intake.documents.fonts import drawn_font; drawn_font('NotoSans-Regular')",
}


@pytest.mark.parametrize("content", [None, b"one\ntwo\xff"])
@pytest.mark.parametrize("name", USES)
def test_a_file_that_is_read_when_it_is_first_needed_is_refused_by_name_too(tmp_path: Path, name: str, content: bytes | None) -> None:
    """A table or font that is missing or broken is no incident of the program."""
    shutil.copytree(ROOT / "intake", tmp_path / "intake", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(RESOURCES, tmp_path / "resources", copy_function=os.symlink)
    (tmp_path / "resources" / name).unlink()
    if content is not None:
        write(tmp_path / "resources", name, content)
    program = f"""
from intake.errors import ResourceError
try:
    from {USES[name]}
except ResourceError as error:
    print(error.facts["name"], "told")
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == f"{name} told\n", done.stderr


def test_the_practices_own_file_comes_before_ours(tmp_path: Path) -> None:
    """A file in the override folder replaces ours; the others are still ours."""
    write(tmp_path / "ours", "a.json", '{"from": "us"}')
    write(tmp_path / "ours", "b.json", '{"from": "us"}')
    write(tmp_path / "theirs", "a.json", '{"from": "them"}')
    files = ResourceFiles(root=tmp_path / "ours", overrides=tmp_path / "theirs")
    assert files.json_node("a.json").value == {"from": "them"}
    assert files.json_node("b.json").value == {"from": "us"}


def test_a_missing_override_folder_is_no_fault(tmp_path: Path) -> None:
    """Most practices have no files of their own."""
    write(tmp_path, "a.toml", "key = 1")
    assert ResourceFiles(root=tmp_path, overrides=tmp_path / "none").read_toml("a.toml") == {"key": 1}


def test_a_syntax_error_in_json_is_told_with_its_line(tmp_path: Path) -> None:
    """The person who edited the file is led to the line."""
    write(tmp_path, "a.json", '{\n  "a": 1,\n  "b" 2\n}')
    facts = error_of(ResourceFiles(root=tmp_path), "a.json")
    assert (facts["name"], facts["line"]) == ("a.json", 3)
    assert str(facts["reason"]).startswith("JSON: ")


@pytest.mark.parametrize(("text", "line"), [("a = 1\nb = = 2\n", 2), ('a = 1\n\n[b\nc = 2"', 3), ('a = "', 1)])
def test_a_syntax_error_in_toml_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    """As with JSON, also when the file ends too early."""
    write(tmp_path, "a.toml", text)
    with pytest.raises(ResourceError) as caught:
        ResourceFiles(root=tmp_path).read_toml("a.toml")
    assert caught.value.facts["line"] == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (b'{"a": 1,\n "a": 2}', 1),
        (b'{"a":\n NaN}', 2),
        (b'{"a": "x",\n "b": "\xff"}', 2),
        (b"[" * 100_000, 0),
        (b"[" + b"9" * 5000 + b"]", 0),
        (b"", 1),
    ],
)
def test_json_that_others_let_pass_is_refused(tmp_path: Path, text: bytes, line: int) -> None:
    """A name given twice, NaN, bad UTF-8, endless nesting, endless numbers and an empty file are faults, never a crash."""
    write(tmp_path, "a.json", text)
    assert error_of(ResourceFiles(root=tmp_path), "a.json")["line"] == line


def test_a_file_saved_on_windows_is_read(tmp_path: Path) -> None:
    """A byte order mark and two-character line ends change nothing."""
    write(tmp_path, "a.json", b'\xef\xbb\xbf{\r\n"a": 1\r\n}')
    assert ResourceFiles(root=tmp_path).json_node("a.json").value == {"a": 1}


@pytest.mark.parametrize("name", ["none.json", "../outside.json", "/etc/passwd", "a\0.json"])
def test_no_file_outside_the_folders_is_read(tmp_path: Path, name: str) -> None:
    """A version stored with a visit becomes a file name; it can never lead elsewhere."""
    write(tmp_path, "outside.json", "{}")
    (tmp_path / "inside").mkdir()
    assert error_of(ResourceFiles(root=tmp_path / "inside"), name)["line"] == 0


mutations = st.tuples(
    st.sampled_from([CHECKLIST, REGIONS]),
    st.floats(min_value=0, max_value=1, exclude_max=True),
    st.integers(min_value=0, max_value=200),
    st.sampled_from(["", " ", "0", "1e999", "-1", "null", "true", '"', '"x"', "[]", "{}", "[[0, 0]]", "}", ",", "\\", "\0", "é"]),
)


@given(mutations)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_text_cut_or_pasted_anywhere_loads_or_is_refused_by_name(tmp_path: Path, mutation: tuple[str, float, int, str]) -> None:
    """Whatever an editor did to a file, it still loads or raises ResourceError: never another exception."""
    name, where, cut, pasted = mutation
    source = SOURCES[name]
    start = int(where * len(source))
    write(tmp_path, name, source[:start] + pasted + source[start + cut :])
    assert loads_or_is_refused(tmp_path, name)


def places(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return the path of every value inside parsed JSON, the whole first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(deep for key, part in inner for deep in places(part, (*path, key)))]


PARSED = {name: json.loads(text) for name, text in SOURCES.items()}
PLACES = {name: [path for path in places(value) if path and len(path) < 14] for name, value in PARSED.items()}
wrong_values = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.sampled_from(["", "x", [], {}, [[]], [None], {"a": 1}]),
)


@given(st.sampled_from([CHECKLIST, REGIONS]), st.floats(min_value=0, max_value=1, exclude_max=True), wrong_values)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_value_of_another_kind_loads_or_is_refused_by_name(tmp_path: Path, name: str, where: float, wrong: object) -> None:
    """A value replaced by one of another kind, at any depth, is refused by name and never by another exception."""
    path = PLACES[name][int(where * len(PLACES[name]))]
    changed = json.loads(SOURCES[name])
    holder = changed
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = wrong
    write(tmp_path, name, json.dumps(changed))
    assert loads_or_is_refused(tmp_path, name)


def loads_or_is_refused(folder: Path, name: str) -> bool:
    """Load a definition; True when it loads or its error names the file."""
    files = ResourceFiles(root=folder)
    try:
        load_checklist(files) if name == CHECKLIST else load_regions(files)
    except ResourceError as error:
        return error.facts["name"] == name and bool(error.facts["reason"])
    return True
