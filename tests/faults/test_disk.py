"""A full disk and a read-only folder: a clear code, nothing half-saved, and the store opens again."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from intake.actions.setup import set_up
from intake.errors import StoreError
from intake.paths import Paths
from intake.storage.store import open_store
from tests.factories import KEYS, NOW, PASSWORD, WORKSTATION, a_patient, a_store, an_admin
from tests.faults.processes import finish, start

SMALL_KIB = 2048


def limit_files() -> None:
    """Let no file of this process grow beyond the small size, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_KIB * 1024, SMALL_KIB * 1024))


def mounted(folder: Path, options: str) -> bool:
    """Mount a small file system in memory on a folder, where this user may."""
    mount = shutil.which("mount")
    if os.geteuid() != 0 or mount is None:
        return False
    return subprocess.run([mount, "-t", "tmpfs", "-o", options, "tmpfs", str(folder)], check=False, capture_output=True).returncode == 0


def unmount(folder: Path) -> None:
    """Take it away again."""
    subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607 - the system's own


@dataclass(frozen=True, kw_only=True)
class Disk:
    """A nearly full disk with a store: a real small one, or (``before``) a limit that a process sets on its files."""

    data: Path
    before: Callable[[], None] | None

    def make_room(self) -> None:
        """Let it grow again; a limit ends with the process that set it."""
        if self.before is None:
            options = f"remount,size={8 * SMALL_KIB}k"
            subprocess.run(["mount", "-o", options, str(self.data.parent)], check=True)  # noqa: S607 - the system's own


@pytest.fixture
def small_disk() -> Iterator[Disk]:
    """Put a store on a disk that is nearly full: a real small one where possible, otherwise a limit on the size of files."""
    # In a folder of its own: what a killed run left mounted under pytest's would be in the way of the next run's cleaning up.
    folder = Path(tempfile.mkdtemp(prefix="intake-desk-disk-"))
    real = mounted(folder, f"size={SMALL_KIB}k")
    try:
        store = a_store(folder / "data")
        an_admin(store)
        store.close()
        yield Disk(data=folder / "data", before=None if real else limit_files)
    finally:
        if real:
            unmount(folder)
        shutil.rmtree(folder)


def kept(data: Path) -> dict[int, int]:
    """Return the number typed last in each draft that is in the store, which must be whole."""
    store = a_store(data)
    assert list(store.integrity()) == []
    assert store.audit.broken_at()[1] is None
    found = {draft.id or 0: int(draft.content["patient"]["legal_first"]) for draft in store.drafts.of(1, "intake")}
    store.close()
    return found


def test_a_full_disk_is_told_and_loses_nothing(small_disk: Disk) -> None:
    """Everything acknowledged before is there, nothing after is, and the store is whole."""
    code, lines = finish(start("fill", str(small_disk.data), before=small_disk.before))
    assert (code, lines[-1]) == (3, "disk_full" if small_disk.before is None else "disk_failed")
    acknowledged = {int(draft): int(number) for draft, number in (line.split() for line in lines[:-1])}
    assert len(acknowledged) > 2
    assert kept(small_disk.data) == acknowledged


def test_a_store_on_a_disk_without_any_room_is_told_as_a_full_disk(small_disk: Disk) -> None:
    """Reading needs a little room too: without it nobody is told that the disk is broken."""
    if small_disk.before is None:
        filler = small_disk.data / "filler"
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while file.write(bytes(4096)):
                pass
        assert finish(start("open", str(small_disk.data))) == (3, ["disk_full"])
        filler.unlink()
    assert kept(small_disk.data) == {}


def test_a_disk_that_has_room_again_is_written_again(small_disk: Disk) -> None:
    """The refused write left nothing that stands in the way."""
    _, lines = finish(start("fill", str(small_disk.data), before=small_disk.before))
    small_disk.make_room()
    store = a_store(small_disk.data)
    with store.transaction():
        store.patients.add(a_patient(), at=NOW)
    store.close()
    assert len(kept(small_disk.data)) == len({line.split()[0] for line in lines[:-1]})


def test_a_store_cannot_be_made_on_a_full_disk(tmp_path: Path) -> None:
    """It is told, and no half store is left that would be taken for one."""
    data = tmp_path / "data"

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    code, lines = finish(start("make", str(data), before=no_room))
    assert (code, lines) == (3, ["disk_failed"])
    assert not (data / "store.db").exists()
    assert list(data.glob("*.new*")) == []
    assert finish(start("make", str(data))) == (0, ["made"])


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Callable[[], Path]]:
    """Make a folder with a store read-only, by a mount where the user is above modes, otherwise by its mode."""
    source, folder = tmp_path / "source", tmp_path / "folder"
    folder.mkdir()
    done: list[Callable[[], None]] = []

    def lock() -> Path:
        if mounted(folder, "size=8m"):
            shutil.copytree(source, folder, dirs_exist_ok=True, copy_function=shutil.copy2)
            subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)  # noqa: S607 - the system's own
            done.append(lambda: unmount(folder))
            return folder
        source.chmod(0o500)
        done.append(lambda: source.chmod(0o700))
        return source

    a_store(source).close()
    yield lock
    for undo in done:
        undo()


def test_a_store_in_a_read_only_folder_is_told(read_only: Callable[[], Path]) -> None:
    """Nothing could be kept there, so it is not opened at all."""
    folder = read_only()
    with pytest.raises(StoreError) as caught:
        open_store(Paths(data=folder, training=False), KEYS)
    assert caught.value.code == "read_only_folder"


def test_no_store_is_made_in_a_read_only_folder(read_only: Callable[[], Path], tmp_path: Path) -> None:
    """And no key without its store."""
    (tmp_path / "source/store.db").unlink()
    folder = read_only()
    with pytest.raises(StoreError) as caught:
        set_up(
            Paths(data=folder, training=False), admin_name="Alex Sample", login="alex", password=PASSWORD, location="loc.edison",
            workstation=WORKSTATION, now=NOW,
        )  # fmt: skip
    assert caught.value.code == "read_only_folder"
    assert not (folder / "store.db").exists()
    assert not (folder / "keys.json").exists()
