"""What somebody else can put into the data folder and a backup: nothing waits for it, and nothing is led astray by it."""

from __future__ import annotations

import os
import threading
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from intake.actions.restoring import open_by_password
from intake.actions.upgrading import upgrade_keys
from intake.domain.backups import FileFact, Manifest
from intake.errors import IntakeError
from intake.paths import Paths, open_folder
from intake.reading import read_start, read_whole
from intake.security.ring import read_ring
from intake.storage.backup_files import KEYS, MANIFEST, PROOF, STORE, kept_backup, write_manifest
from intake.storage.check import examine
from intake.storage.exchange import MARKER, READY, place_for_restore, restore_waits
from tests.factories import KEYS as STORE_KEYS
from tests.factories import NOW, PASSWORD, WORKSTATION
from tests.intake.access.desk import refused, signed_in
from tests.intake.access.test_upgrading import hashed
from tests.intake.audit.rogue import Rogue

AT_ONCE_S = 5.0
"""Long for a small file, and short for one that is waited for."""
MARKERS = (
    b"", b"{", b"5", b"null", b"[]", b"{}", b'{"aside": 5}', b'{"aside": null}', b'{"aside": ""}', b'{"aside": ".."}',
    b'{"aside": "store.db"}', b'{"aside": "before-restore-/../.."}', b'{"aside": "before-restore-\\u0000"}', b'{"aside": "\\ud800"}',
    b"[" * 900, b"[" * 200_000, b"\xff\xfe", b'{"aside": "before-restore-1"}' + b" " * 2_000,
)  # fmt: skip


def at_once(work: Callable[[], object]) -> str:
    """Return what work ends with: "" or the code of its error. Work that waits is left waiting, and is the fault that is looked for."""
    ended: list[str] = []

    def run() -> None:
        try:
            work()
        except IntakeError as error:
            ended.append(error.code)
        else:
            ended.append("")

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(AT_ONCE_S)
    assert ended, "it waits, or ended with an error that nobody tells"
    return ended[0]


def pipe(path: Path) -> Path:
    """Put a pipe that nobody writes to in the place of a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    os.mkfifo(path, 0o600)
    return path


def sized(path: Path, size: int) -> Path:
    """Put a file of this size, and of no content, in a place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.truncate(size)
    path.chmod(0o600)
    return path


def marked(paths: Paths, content: bytes) -> None:
    """Put something in the place of the marker of a restore."""
    marker = paths.data / READY / MARKER
    marker.parent.mkdir()
    marker.write_bytes(content)


def enters(paths: Paths) -> None:
    """Sign in and out, as a desk does that was just started."""
    open_folder(paths)
    upgrade_keys(paths, now=NOW)
    with signed_in(paths):
        pass


def a_backup(folder: Path) -> Path:
    """Return a folder that a backup's manifest lies in."""
    folder.mkdir()
    manifest = Manifest(
        store_id="f00d", realm="real", taken_at=NOW, workstation=WORKSTATION, schema="0014", key_check="00", audit_seq=1, audit_hash="00",
        counts={}, files={STORE: FileFact(size=1, sha256="00")},
    )  # fmt: skip
    write_manifest(folder, manifest, STORE_KEYS.audit)
    return folder


def test_only_a_file_is_read_and_only_so_far(tmp_path: Path) -> None:
    """Not a folder, not a pipe, not a device; and no more of a large one than was asked for."""
    large = sized(tmp_path / "large", 200_000_000)
    for odd in (tmp_path, pipe(tmp_path / "pipe"), Path("/dev/zero")):
        with pytest.raises(ValueError):  # noqa: PT011 - it says nothing more
            read_start(odd, 10)
    tracemalloc.start()
    assert read_start(large, 10) == bytes(10)
    with pytest.raises(ValueError):  # noqa: PT011 - it says nothing more
        read_whole(large, 1_000)
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()
    assert read_whole(sized(tmp_path / "small", 1_000), 1_000) == bytes(1_000)
    with pytest.raises(FileNotFoundError):
        read_whole(tmp_path / "none", 10)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("keys.json", "keys_damaged"), ("tries.json", ""), ("audit-anchor.txt", ""), ("realm.txt", "wrong_realm"),
        ("store.key", "keys_damaged"), (f"{READY}/{MARKER}", ""),
    ],
)  # fmt: skip
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(paths: Paths, name: str, code: str) -> None:
    """What a sign-in needs of it is missing, and told; the rest goes on."""
    pipe(paths.data / name)
    assert at_once(lambda: enters(paths)) == code


def test_a_ring_beyond_all_size_is_told_as_damaged(paths: Paths) -> None:
    """It is no ring of ours."""
    paths.ring.write_bytes(paths.ring.read_bytes() + b" " * 4_000_000)
    assert refused(paths).code == "keys_damaged"


@pytest.mark.parametrize("content", MARKERS)
def test_a_marker_that_no_restore_wrote_is_none(paths: Paths, content: bytes) -> None:
    """The store that is there stays, with all that lies beside it, and a restore can be made ready."""
    marked(paths, content)
    beside = paths.data / "store.db-journal"
    beside.write_bytes(b"")
    around = sorted(paths.data.parent.iterdir())
    assert not restore_waits(paths)
    enters(paths)
    assert sorted(paths.data.parent.iterdir()) == around
    assert not list(paths.data.glob("before-restore-*"))
    assert list(place_for_restore(paths).iterdir()) == []


def test_a_marker_that_cannot_be_read_just_now_waits(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """A share that does not answer says nothing about a restore, and nobody works past one."""

    def fails(_path: Path, _most: int) -> bytes:
        raise PermissionError

    monkeypatch.setattr("intake.storage.exchange.read_whole", fails)
    assert restore_waits(paths)
    assert refused(paths).code == "read_only_folder"


def test_a_pipe_in_a_backup_is_not_waited_for(paths: Paths, tmp_path: Path) -> None:
    """Its manifest and its keys are told, a proof is none."""
    folder = a_backup(tmp_path / "backup")
    pipe(folder / PROOF)
    assert at_once(lambda: kept_backup(folder)) == ""
    backup = kept_backup(folder)
    assert backup.said_proven_at is None

    def opened() -> None:
        open_by_password(paths, backup, login="alex", password=PASSWORD, workstation=WORKSTATION, now=NOW)

    pipe(folder / KEYS)
    assert at_once(opened) == "backup_keys"
    (folder / KEYS).unlink()
    sized(folder / KEYS, 300_000_000)
    tracemalloc.start()
    assert at_once(opened) == "backup_keys"
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()
    pipe(folder / MANIFEST)
    assert at_once(lambda: kept_backup(folder)) == "backup_damaged"


def planted(paths: Paths, *, active: int) -> None:
    """Put an account in the store that looks like one from before there were slots."""
    sql = "INSERT INTO staff (login, name, role, slot, active, created_at) VALUES ('zed', 'Zed Sample', 'administrator', ?, ?, ?)"
    with Rogue(paths, "alex").at_work() as connection:
        connection.execute(sql, (hashed(PASSWORD), active, "2026-11-22T15:00:00.000+00:00"))


def test_the_check_finds_an_account_of_before_in_a_store_in_which_somebody_signs(paths: Paths) -> None:
    """Every account of before was given a slot before the first sign-in."""
    planted(paths, active=0)
    with signed_in(paths) as alex:
        assert ("account_altered", "zed") in {(each.code, each.place) for each in examine(alex.store).findings()}


@pytest.mark.parametrize("ring_there", [True, False])
def test_open_keys_that_were_put_beside_a_store_of_today_give_nobody_a_slot(paths: Paths, ring_there: bool) -> None:  # noqa: FBT001 - a case
    """With its ring or without: nothing is done, and who was put into the store stays out."""
    planted(paths, active=1)
    keys, ring = Rogue(paths, "alex").keys, paths.ring.read_bytes()
    paths.open_keys.write_text(f"{keys.store.hex()}\n{keys.audit.hex()}\n", "ascii")
    if not ring_there:
        paths.ring.unlink()
    upgrade_keys(paths, now=NOW)
    assert paths.ring.exists() == ring_there
    paths.ring.write_bytes(ring)
    paths.ring.chmod(0o600)
    assert read_ring(paths.ring).of("zed") is None
    assert Rogue(paths, "alex").keys == keys
    assert refused(paths, "zed").code == "wrong_sign_in"
