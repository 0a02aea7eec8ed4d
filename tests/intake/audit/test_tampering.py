"""Whatever is done to the audit behind the program's back, the check finds it and says where."""

from __future__ import annotations

import json
import shutil

import pytest

from intake.domain.audit import Finding
from intake.security.slots import recovery_slot
from intake.storage.chain import CONTENT, entry_hash
from intake.storage.driver import Connection
from tests.factories import NOW
from tests.intake.audit.conftest import Folder

LAST = 13
"""The set-up, and twelve searches."""


def test_a_whole_store_is_found_whole(folder: Folder) -> None:
    """Nothing was done, and nothing is found."""
    assert folder.check() == ()


def test_a_changed_entry_is_found(folder: Folder) -> None:
    """The first entry that is not as written is named."""
    folder.tamper(lambda connection: connection.execute("UPDATE audit SET action = 'see_board' WHERE seq = 5"))
    assert folder.check() == (Finding(code="audit_broken", place="5"),)


def test_a_deleted_entry_is_found(folder: Folder) -> None:
    """A gap is named by the number that is missing."""
    folder.tamper(lambda connection: connection.execute("DELETE FROM audit WHERE seq = 7"))
    assert folder.check() == (Finding(code="audit_broken", place="7"),)


def test_a_deleted_entry_with_the_rest_moved_up_is_found(folder: Folder) -> None:
    """Renumbering hides the gap and breaks the next link."""

    def close_the_gap(connection: Connection) -> None:
        connection.execute("DELETE FROM audit WHERE seq = 7")
        for seq in range(8, LAST + 1):
            connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (seq - 1, seq))

    folder.tamper(close_the_gap)
    assert Finding(code="audit_broken", place="7") in folder.check()


def test_reordered_entries_are_found(folder: Folder) -> None:
    """Two entries that change places are both no longer where they were."""

    def swap(connection: Connection) -> None:
        for before, after in ((5, 99), (6, 5), (99, 6)):
            connection.execute("UPDATE audit SET seq = ? WHERE seq = ?", (after, before))

    folder.tamper(swap)
    assert folder.check() == (Finding(code="audit_broken", place="5"),)


@pytest.mark.parametrize("kept", [LAST - 1, 4, 1])
def test_a_cut_tail_is_found(folder: Folder, kept: int) -> None:
    """What is left is a whole chain; the anchor knows that there was more, and how much."""
    folder.tamper(lambda connection: connection.execute("DELETE FROM audit WHERE seq > ?", (kept,)))
    assert folder.check() == (Finding(code="audit_cut", place=f"{kept + 1}-{LAST}"),)


def test_a_tail_rewritten_with_a_guessed_key_is_found(folder: Folder) -> None:
    """Knowing how the chain is made is not enough to forge it, however much of it is made anew."""
    folder.tamper(lambda connection: rewrite(connection, 9, bytes(32)))
    assert Finding(code="audit_broken", place="9") in folder.check()


def test_an_older_store_put_back_is_found(folder: Folder) -> None:
    """An older file is a whole store in every way but one: the anchor is ahead of it."""
    folder.keep_aside("store.db")
    folder.write(3)
    folder.put_back("store.db")
    assert folder.check() == (Finding(code="audit_cut", place=f"{LAST + 1}-{LAST + 3}"),)


def test_an_older_folder_put_back_is_found(folder: Folder) -> None:
    """The anchor beside the store went back with it; the one at this desk did not."""
    folder.keep_aside("store.db", "audit-anchor.txt")
    folder.write(3)
    folder.put_back("store.db", "audit-anchor.txt")
    assert folder.check() == (Finding(code="audit_cut", place=f"{LAST + 1}-{LAST + 3}"),)


def test_an_older_store_that_is_written_on_is_still_found(folder: Folder) -> None:
    """New entries under the numbers of those that were lost do not hide the loss: the anchor stays with the past it knew."""
    folder.keep_aside("store.db", "audit-anchor.txt")
    folder.write(3)
    folder.put_back("store.db")
    folder.write(20, minutes=5)
    assert folder.check() == (Finding(code="another_past", place=str(LAST + 3)),)
    folder.write(5, minutes=6)
    assert folder.check() == (Finding(code="another_past", place=str(LAST + 3)),)


def test_a_lost_tail_with_the_anchors_taken_away_is_found(folder: Folder) -> None:
    """The check before told the audit which line the anchor held; the one that was begun since is another."""
    assert folder.check() == ()
    folder.keep_aside("store.db")
    folder.write(3)
    folder.put_back("store.db")
    (folder.data / "audit-anchor.txt").unlink()
    shutil.rmtree(folder.data.parent / "state")
    assert folder.check() == (Finding(code="anchor_missing", place="data"),)
    folder.write(1, minutes=61)
    assert folder.check() == (Finding(code="anchor_begun_anew", place="data"),)


def test_an_anchor_that_somebody_wrote_is_found(folder: Folder) -> None:
    """Its lines are keyed: a number made smaller by hand is no line of ours, and it is not written over."""
    path = folder.data / "audit-anchor.txt"
    path.write_bytes(path.read_bytes().replace(b"0000000000", b"0000000009"))
    assert folder.check() == (Finding(code="anchor_altered", place="data"),)
    folder.write(2)
    assert folder.check() == (Finding(code="anchor_altered", place="data"),)


def test_a_missing_guard_is_found_too(folder: Folder) -> None:
    """Who takes the triggers away to write, and leaves them away, is found by that alone."""
    with folder.opened() as store:
        store._connection.execute("DROP TRIGGER check_run_never_changed")
    assert folder.check() == (Finding(code="guard_altered", place="check_run_never_changed"),)


def rewrite(connection: Connection, first: int, key: bytes) -> None:
    """Change an entry and make every hash from there on anew with a key."""
    connection.execute("UPDATE audit SET changes = ? WHERE seq = ?", (json.dumps({"forged": [None, "yes"]}), first))
    (link,) = connection.execute("SELECT hash FROM audit WHERE seq = ?", (first - 1,)).fetchone() or (b"",)
    for content in connection.execute(f"SELECT {', '.join(CONTENT)} FROM audit WHERE seq >= ? ORDER BY seq", (first,)).fetchall():
        found = entry_hash(key, link, content)
        connection.execute("UPDATE audit SET prev_hash = ?, hash = ? WHERE seq = ?", (link, found, content[0]))
        link = found


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE staff SET role = 'clinician'",
        "UPDATE staff SET active = 0",
        "UPDATE staff SET slot = json_set(slot, '$.salt', '00112233445566778899aabbccddeeff')",
        "INSERT INTO second_factor (staff_id, secret, made_at, confirmed_at) VALUES (1, 'A', '', '')",
        "INSERT INTO spare_code (staff_id, sha256) VALUES (1, printf('%064d', 7))",
    ],
)
def test_an_account_that_was_changed_past_the_program_is_found(folder: Folder, forged: str) -> None:
    """A role, a password, a second factor that somebody gave without the program is told with the login it belongs to."""
    folder.tamper(lambda connection: connection.execute(forged))
    assert folder.check() == (Finding(code="account_altered", place="alex"),)


def test_an_account_that_the_program_never_made_is_found(folder: Folder) -> None:
    """One more person who may sign in is a person somebody let in."""
    sql = "INSERT INTO staff (login, name, role, slot, active, created_at) SELECT 'eve', 'Eve', role, slot, 1, created_at FROM staff"
    folder.tamper(lambda connection: connection.execute(sql))
    assert folder.check() == (Finding(code="account_altered", place="eve"),)


def test_another_recovery_key_than_the_one_told_is_found(folder: Folder) -> None:
    """Whoever puts a slot of their own in its place could get in as an administrator."""
    with folder.opened() as store, store.transaction():
        store.staff.put_recovery(recovery_slot(bytes(32)), at=NOW)
        store.audit.add(folder.admin, "new_recovery_key", at=NOW)
    assert folder.check() == ()
    folder.tamper(lambda connection: connection.execute("UPDATE recovery SET slot = json_set(slot, '$.nonce', 'ff')"))
    assert folder.check() == (Finding(code="recovery_altered"),)
