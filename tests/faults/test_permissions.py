"""The store's files or its folder can no longer be written: it is told, nothing is lost, and it goes on when they can be again."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions
from intake.errors import IntakeError
from tests.factories import save
from tests.faults.kinds.intake import newcomer, prepare, saved
from tests.faults.scenario import not_whole, opened, the_actor

NOBODY = 65_534
ROOT_ID = 0


@contextmanager
def nobody() -> Iterator[None]:
    """Act as a user whom modes stop, for as long as this lasts."""
    above = os.geteuid() == ROOT_ID
    if above:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if above:
            os.seteuid(ROOT_ID)


@pytest.fixture
def data(definitions: Definitions, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return the data folder of a practice, owned by whoever acts, where that user can reach it."""
    folder = Path(tempfile.mkdtemp(prefix="intake-desk-modes-"))
    folder.chmod(0o755)
    monkeypatch.setenv("XDG_STATE_HOME", str(folder / "state"))
    prepare(folder / "data", definitions)
    if os.geteuid() == ROOT_ID:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
    yield folder / "data"
    shutil.rmtree(folder)


def folder_of(data: Path) -> Path:
    """Return the folder itself."""
    return data


def store_of(data: Path) -> Path:
    """Return the store's file."""
    return data / "store.db"


@pytest.mark.parametrize(("place", "mode"), [(folder_of, 0o500), (store_of, 0o400), (store_of, 0o000)], ids=["folder", "file", "no right"])
def test_a_right_that_was_lost_is_told_and_nothing_else_is_lost(
    data: Path, definitions: Definitions, place: Callable[[Path], Path], mode: int
) -> None:
    """Lost between two starts of the program."""
    with opened(data) as store:  # also loads all that a save needs, which that user may not be allowed to read
        save(store, the_actor(store, "dana"), definitions, intake=newcomer(definitions, 1))
    before = place(data).stat().st_mode
    place(data).chmod(mode)
    with nobody(), pytest.raises(IntakeError) as caught, opened(data) as store:
        save(store, the_actor(store, "dana"), definitions, intake=newcomer(definitions, 2))
    assert caught.value.code == "read_only_folder"
    place(data).chmod(before)
    with nobody(), opened(data) as store:
        save(store, the_actor(store, "dana"), definitions, intake=newcomer(definitions, 2))
        assert list(saved(store, definitions).values()) == [newcomer(definitions, number) for number in (1, 2)]
        assert not_whole(store) == []
