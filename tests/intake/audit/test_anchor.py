"""The anchor: the last link outside the store, which lags at most, holds over torn writes, and begins anew only when told to."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from intake.actions.check import accept_store
from intake.domain.audit import Finding, Link
from intake.domain.staff import Role
from intake.errors import DeniedError
from intake.storage.anchor import HEAD, SLOT_BYTES, Anchor, Mark, begin_new_line
from intake.storage.driver import IntegrityError
from intake.storage.store import Store
from tests.factories import NOW, a_colleague
from tests.intake.audit.conftest import Folder

KEY = bytes(32)


def link(seq: int) -> Link:
    """Return a link that nothing else has."""
    return Link(seq=seq, hash=bytes([seq]) * 32)


def held(path: Path) -> Mark | str:
    """Return what a file holds."""
    [(_, mark)] = Anchor(KEY, [("data", path)]).marks()
    return mark


@pytest.fixture
def anchor(tmp_path: Path) -> tuple[Anchor, Path]:
    """Return an anchor with one file that holds the second link."""
    path = tmp_path / "anchor.txt"
    made = Anchor(KEY, [("data", path)])
    for seq in (1, 2):
        made.keep(link(seq), lambda _: None)
    return made, path


def test_the_latest_link_is_held(anchor: tuple[Anchor, Path]) -> None:
    """Each one in its turn."""
    made, path = anchor
    for seq in (3, 4, 5):
        made.keep(link(seq), lambda _: None)
        mark = held(path)
        assert isinstance(mark, Mark)
        assert mark.link == link(seq)


@pytest.mark.parametrize("slot", [0, 1])
def test_a_torn_slot_leaves_the_other_one(anchor: tuple[Anchor, Path], slot: int) -> None:
    """A power cut in the middle of a write costs at most the last link."""
    _, path = anchor
    content = bytearray(path.read_bytes())
    at = len(HEAD) + slot * SLOT_BYTES
    content[at + 40 : at + SLOT_BYTES] = bytes(SLOT_BYTES - 40)
    path.write_bytes(content)
    mark = held(path)
    assert isinstance(mark, Mark)
    assert mark.link.seq in (1, 2)


def test_an_older_link_never_takes_the_place_of_a_later_one(anchor: tuple[Anchor, Path]) -> None:
    """Another process was quicker, or the store is an older one."""
    made, path = anchor
    made.keep(link(1), lambda _: None)
    mark = held(path)
    assert isinstance(mark, Mark)
    assert mark.link == link(2)


def test_two_processes_hand_the_anchor_on(anchor: tuple[Anchor, Path]) -> None:
    """What another one wrote is looked up in the store before it is written over."""
    made, path = anchor
    other = Anchor(KEY, [("data", path)])
    asked: list[int] = []

    def hash_at(seq: int) -> bytes:
        asked.append(seq)
        return link(seq).hash

    other.keep(link(3), hash_at)
    made.keep(link(4), hash_at)
    made.keep(link(5), hash_at)
    mark = held(path)
    assert isinstance(mark, Mark)
    assert (mark.link, asked) == (link(5), [2, 3])


def test_a_folder_that_cannot_be_written_costs_no_save(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit stands; the check says what it finds."""
    blocked = folder.data.parent / "file"
    blocked.write_text("in the way")
    monkeypatch.setenv("XDG_STATE_HOME", str(blocked))
    folder.write(2)
    with folder.opened() as store:
        assert store.audit.broken_at() == (15, None)


def test_what_does_not_wait_for_the_disk_is_not_anchored(folder: Folder) -> None:
    """A power cut may take it back, and the anchor would lie ahead of the store."""
    with folder.opened() as store:
        with store.transaction(lasting=False):
            store.audit.add(folder.admin, "search", at=NOW)
        marks = {place: mark.link.seq for place, mark in store.anchor.marks() if isinstance(mark, Mark)}
        assert marks == {"data": 13, "desk": 13}
        with store.transaction():
            store.audit.add(folder.admin, "search", at=NOW)
        marks = {place: mark.link.seq for place, mark in store.anchor.marks() if isinstance(mark, Mark)}
        assert marks == {"data": 15, "desk": 15}


def test_what_is_rolled_back_is_not_anchored(folder: Folder) -> None:
    """It never was."""
    with folder.opened() as store:
        with pytest.raises(IntegrityError):
            add_and_break_a_rule(store, folder)
        with store.transaction():
            store.snippets.remove(folder.admin.staff.id, ".none")
        assert {mark.link.seq for _, mark in store.anchor.marks() if isinstance(mark, Mark)} == {13}


def add_and_break_a_rule(store: Store, folder: Folder) -> None:
    """Add an entry, then write what the schema refuses."""
    with store.transaction():
        store.audit.add(folder.admin, "search", at=NOW)
        store._connection.execute("INSERT INTO setting (scope, name, value) VALUES ('desk-1', 'waiting', NULL)")


def test_a_restored_store_begins_a_new_line_that_names_what_it_replaced(folder: Folder) -> None:
    """Before it the check finds the older store, after it nothing; audit and file both say what was."""
    assert folder.check() == ()
    folder.keep_aside("store.db")
    folder.write(3)
    folder.put_back("store.db")
    assert folder.check()[0].code == "audit_cut"
    with folder.opened() as store:
        begin_new_line(store, folder.admin, why="restored", now=NOW)
    assert folder.check() == ()
    folder.write(2)
    assert folder.check() == ()
    said = (folder.data / "audit-anchor.txt").read_text(encoding="ascii").splitlines()[-1]
    assert " begins at 17-" in said
    assert " instead of data 18-" in said
    assert (folder.data / "audit-anchor.txt").stat().st_mode & 0o077 == 0 or os.name != "posix"


def test_only_an_administrator_accepts_a_store(folder: Folder) -> None:
    """After looking into what was found, with a reason that the audit keeps."""
    path = folder.data / "audit-anchor.txt"
    path.write_text("nothing of ours", encoding="ascii")
    assert folder.check() == (Finding(code="anchor_altered", place="data"),)
    with folder.opened() as store:
        dana = a_colleague(store, folder.admin, role=Role.CLINICIAN)
        with pytest.raises(DeniedError):
            accept_store(store, dana, why="I say so", now=NOW)
        accept_store(store, folder.admin, why="Edited by hand while cleaning up", now=NOW)
    assert folder.check() == ()


def test_a_new_desk_has_no_anchor_of_its_own_and_gets_one(folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another person's folder of states knows nothing yet: that is no finding."""
    assert folder.check() == ()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "another"))
    assert folder.check() == ()
    assert len(list((tmp_path / "another").rglob("*.txt"))) == 1
