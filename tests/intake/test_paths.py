"""The data folder: whose it is, what realm it is for, and what is said when it cannot be used."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake.errors import IntakeError
from intake.paths import Paths, default_paths, open_folder

NOBODY = 65534


@contextmanager
def without_root() -> Iterator[None]:
    """Act as a person for whom the modes of files count, also where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def paths_of(folder: Path, *, training: bool) -> Paths:
    """Return the paths of a folder."""
    return default_paths(training=training, data=folder)


def refusal(paths: Paths) -> str:
    """Return the code with which the folder is refused."""
    with pytest.raises(IntakeError) as refused:
        open_folder(paths)
    return refused.value.code


def test_training_and_real_data_have_folders_of_their_own() -> None:
    """Nobody has to name a folder to keep the two apart."""
    assert default_paths(training=True).data != default_paths(training=False).data


def test_a_named_folder_is_used_as_it_is_named(tmp_path: Path) -> None:
    """``--data`` means that folder, in both realms."""
    assert [paths_of(tmp_path, training=training).data for training in (True, False)] == [tmp_path, tmp_path]


def test_a_new_folder_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    """Nobody else on the machine can list it, nor what is in it."""
    paths = paths_of(tmp_path / "a" / "data", training=False)
    open_folder(paths)
    folders = [paths.data, paths.logs, paths.documents, paths.overrides]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}


def test_a_new_folder_is_marked_for_its_realm(tmp_path: Path) -> None:
    """The marker says in a word what is in the folder."""
    for training in (True, False):
        open_folder(paths_of(tmp_path / str(training), training=training))
    assert [(tmp_path / name / "realm.txt").read_text() for name in ("True", "False")] == ["training\n", "real\n"]


def test_a_folder_opens_again_in_its_own_realm(tmp_path: Path) -> None:
    """The second start finds what the first one made."""
    paths = paths_of(tmp_path, training=True)
    open_folder(paths)
    paths.store.write_bytes(b"kept")
    open_folder(paths)
    assert paths.store.read_bytes() == b"kept"


@pytest.mark.parametrize("training", [True, False])
def test_a_folder_never_opens_in_the_other_realm(tmp_path: Path, *, training: bool) -> None:
    """A real patient never lands among the invented ones, nor the reverse."""
    open_folder(paths_of(tmp_path, training=training))
    assert refusal(paths_of(tmp_path, training=not training)) == "wrong_realm"


def test_a_marker_that_was_tampered_with_opens_in_no_realm(tmp_path: Path) -> None:
    """An unreadable word is not a guess at a realm."""
    (tmp_path / "realm.txt").write_bytes(b"\xff\x00")
    assert {refusal(paths_of(tmp_path, training=training)) for training in (True, False)} == {"wrong_realm"}


def test_an_empty_folder_becomes_its_owners_alone(tmp_path: Path) -> None:
    """A folder made by hand for the program is as private as one it makes itself."""
    tmp_path.chmod(0o755)
    open_folder(paths_of(tmp_path, training=False))
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o700


def test_a_folder_with_other_files_keeps_its_mode(tmp_path: Path) -> None:
    """Naming a shared folder does not lock its other users out of it."""
    tmp_path.chmod(0o755)
    (tmp_path / "letter.txt").touch()
    open_folder(paths_of(tmp_path, training=False))
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_read_only_folder_is_refused_by_that_name() -> None:
    """The person is told before typing anything, not at the first save."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o555)
        with without_root():
            assert refusal(paths_of(folder, training=False)) == "read_only_folder"


def test_a_folder_that_became_read_only_is_refused_by_that_name() -> None:
    """A marker that can be read does not make up for a folder that cannot be written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = paths_of(folder, training=False)
        open_folder(paths)
        paths.marker.chmod(0o644)
        folder.chmod(0o555)
        with without_root():
            assert refusal(paths) == "read_only_folder"


def test_a_file_in_the_folders_place_is_refused_by_that_name(tmp_path: Path) -> None:
    """A path that names a file is a slip of the person who typed it."""
    (tmp_path / "data").write_text("a file")
    assert refusal(paths_of(tmp_path / "data", training=False)) == "not_a_folder"
    assert refusal(paths_of(tmp_path / "data" / "below", training=False)) == "not_a_folder"
