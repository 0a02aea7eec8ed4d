"""A record goes: proposed, copied, consented to by two people; whole, at once, and with nothing left but what the audit tells."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import stat
from pathlib import Path

import pypdf
import pytest

from intake.actions.retention import forget_words, overview, propose, remove, withdraw
from intake.actions.retention_copy import copy_source
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.errors import DeniedError
from intake.storage.check import examine
from intake.storage.removals import ROWS
from intake.storage.store import Store
from tests.intake.retention.scene import OLD, YOUNG, consented, left_of, now, written


def words_in_index(store: Store) -> set[str]:
    """Return the words that stand in the pages of the word index, found or not."""
    store._connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab('main', 'patient_fts', 'row')")
    return {row[0] for row in store._connection.execute("SELECT term FROM temp.word")}


def test_every_table_has_a_row_that_is_to_go(store: Store) -> None:
    """Else the other tests would say less than they seem to."""
    assert set(left_of(store, OLD)) >= set(ROWS)


def test_a_removed_record_leaves_no_row_in_any_table(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """Nobody is found by its name or number any more; the other record is as it was."""
    before = store.removals.rows_of(YOUNG)
    removal = consented(store, definitions, tmp_path)
    ended = remove(store, alex, removal.id, definitions=definitions, now=now()).ended
    assert ended is not None
    assert ended.by == "Alex Sample"
    assert left_of(store, OLD) == {}
    assert [line.id for line in store.search.find("sample", limit=5, on=now().date())] == [YOUNG]
    assert store.removals.rows_of(YOUNG) == before


def test_the_store_is_whole_afterwards(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """The chain, the seals and the signatures that the audit tells of are compared with what is left."""
    removal = consented(store, definitions, tmp_path)
    assert examine(store).findings() == ()
    remove(store, alex, removal.id, definitions=definitions, now=now())
    assert examine(store).findings() == ()


def test_the_audit_keeps_what_it_told(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """Who recorded, saw and removed the record stays known by its number."""
    told = store._connection.execute("SELECT count(*) FROM audit WHERE patient_id = ?", (OLD,)).fetchone()
    removal = consented(store, definitions, tmp_path)
    remove(store, alex, removal.id, definitions=definitions, now=now())
    actions = [row[0] for row in store._connection.execute("SELECT action FROM audit WHERE patient_id = ? ORDER BY seq", (OLD,))]
    assert told is not None
    assert actions[told[0] :] == [
        "propose_removal", "export_removal", "consent_to_removal", "consent_to_removal", "remove_record",
    ]  # fmt: skip


def test_its_words_do_not_stay_in_the_word_index(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """What was deleted from it would stand there, unfound, until other patients push it out."""
    removal = consented(store, definitions, tmp_path)
    before = words_in_index(store)
    remove(store, alex, removal.id, definitions=definitions, now=now())
    while forget_words(store, alex):
        pass
    assert {"ana", "bea"} <= before
    assert words_in_index(store) & {"ana", "bea"} == {"bea"}


def test_what_was_removed_is_listed_by_number_with_both_consents(
    store: Store, alex: Actor, definitions: Definitions, tmp_path: Path
) -> None:  # fmt: skip
    """No name stays, for there is none to show."""
    removal = consented(store, definitions, tmp_path)
    remove(store, alex, removal.id, definitions=definitions, now=now())
    [listed] = overview(store, alex, definitions=definitions, now=now()).removed
    assert (listed.number, [given.by for given in listed.consents]) == ("RD-000001-3", ["Alex Sample", "Casey Example"])


def test_the_copy_holds_every_row_and_every_kept_page(store: Store, definitions: Definitions, tmp_path: Path, alex: Actor) -> None:
    """The audit has the SHA-256 of both files, which only their owner can read."""
    removal = propose(store, alex, OLD, definitions=definitions, now=now())
    made = written(store, removal.id, definitions, tmp_path)
    files = [tmp_path / f"{made.name}.pdf", tmp_path / f"{made.name}.json"]
    assert [stat.S_IMODE(file.stat().st_mode) for file in files] == [0o600, 0o600]
    digests = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    row = store._connection.execute("SELECT changes FROM audit WHERE action = 'export_removal'").fetchone()
    assert row is not None
    told = json.loads(row[0])
    assert [told["pdf_sha256"][1], told["rows_sha256"][1]] == digests
    rows = json.loads(files[1].read_text(encoding="utf-8"))["rows"]
    assert set(rows) == set(ROWS)
    assert rows["patient"][0]["legal_first"] == "Ana"
    kept = base64.b64decode(rows["document"][0]["content"]["base64"])
    text = "".join(page.extract_text() for page in pypdf.PdfReader(files[0]).pages)
    page = pypdf.PdfReader(io.BytesIO(kept)).pages[0].extract_text().strip()
    assert page in text
    assert "V-000001" in text


def test_only_who_may_read_notes_writes_the_copy(store: Store, alex: Actor, definitions: Definitions) -> None:
    """It holds them; an administrator does not read them."""
    removal = propose(store, alex, OLD, definitions=definitions, now=now())
    with pytest.raises(DeniedError):
        copy_source(store, alex, removal.id, definitions=definitions, now=now())


def test_a_proposal_that_is_withdrawn_can_be_made_again(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """With a copy and consents of its own."""
    removal = consented(store, definitions, tmp_path)
    withdraw(store, alex, removal.id, now=now())
    again = propose(store, alex, OLD, definitions=definitions, now=now())
    assert again.id != removal.id
    assert (again.copy, again.consents) == (None, ())


def test_proposing_twice_is_one_proposal(store: Store, alex: Actor, casey: Actor, definitions: Definitions) -> None:
    """Whoever does."""
    first = propose(store, alex, OLD, definitions=definitions, now=now())
    assert propose(store, casey, OLD, definitions=definitions, now=now()).id == first.id
