"""A store of before, whose notes stood in the open: what becomes of it, and of what it leaves behind."""

from __future__ import annotations

import json
import shutil
import tracemalloc
from pathlib import Path

import pytest

from intake.actions.access import open_with
from intake.actions.charts import open_chart, read_chart
from intake.actions.check import check_store
from intake.actions.closing_notes import clear_open
from intake.definitions.bundle import Definitions
from intake.errors import IntakeError
from intake.paths import Paths
from intake.security.ring import read_ring
from intake.security.slots import secret_of
from intake.storage.closed_texts import ClosedTexts
from intake.storage.driver import connect
from intake.storage.store import Store
from tests.factories import PASSWORD
from tests.intake.access.desk import Clinic, signed_in
from tests.intake.access.noted import SIGNED, UNSIGNED, WORD, back_to_before, found_in, pages
from tests.intake.review.charting import LATER

COPY = "store.db.before-0012_notes_key"


@pytest.fixture(scope="module")
def older(noted_clinic: Clinic, tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """Return a clinic of the version before, made once, to be copied."""
    data = tmp_path_factory.mktemp("older") / "data"
    shutil.copytree(noted_clinic.paths.data, data)
    paths = Paths(data=data, training=False)
    with signed_in(paths, "casey", now=LATER) as casey:
        back_to_before(casey.store)
    return paths


@pytest.fixture
def old(older: Paths, tmp_path: Path) -> Paths:
    """Return a clinic of the version before, with notes in the open; nobody has signed in since the update."""
    shutil.copytree(older.data, tmp_path / "data")
    return Paths(data=tmp_path / "data", training=False)


def as_hers(paths: Paths) -> Store:
    """Return the store as a program of the receptionist's own opens it."""
    opened = read_ring(paths.ring).opened("dana", secret_of(PASSWORD))
    assert opened
    return open_with(paths, opened.keys)


def test_the_notes_of_before_are_encrypted_when_the_first_signs_in_who_may_read_them(old: Paths, definitions: Definitions) -> None:
    """They say what they said, the store is whole, and no page, log or copy beside it says it in the open."""
    store = as_hers(old)
    assert set(found_in(store._connection)) >= {"review", "addendum", "acknowledgement", "correction", "note_draft"}
    store.close()
    assert (old.data / COPY).exists()
    with signed_in(old, "casey", now=LATER) as casey:
        chart = open_chart(casey.store, casey.actor, SIGNED, definitions=definitions, now=LATER)
        assert chart.signature
        assert WORD in chart.signature.note.history
        assert [each.reason for each in chart.addenda] == [f"{WORD} reason 1", f"{WORD} reason 2"]
        assert {each.acknowledgement.words for each in chart.prompts if each.acknowledgement} == {f"{WORD} seen"}
        assert [each.reason for each in chart.corrections] == [f"{WORD} asked again"]
        draft = open_chart(casey.store, casey.actor, UNSIGNED, definitions=definitions, now=LATER).draft
        assert WORD in str(draft)
        assert not casey.store.notes_key.left_open()
    with signed_in(old, now=LATER) as alex:
        report = check_store(alex.store, alex.actor, now=LATER)
        assert report.good, report.findings()
    assert not list(old.data.glob("store.db.before-*"))
    store = as_hers(old)
    assert found_in(store._connection) == []
    content = b" ".join(pages(old.store, store.keys.store))
    assert b"Stiff neck since Monday" in content
    assert WORD.encode() not in content.lower()
    store.close()


def test_who_may_not_read_notes_chooses_no_key_for_them(old: Paths, definitions: Definitions) -> None:
    """She could choose one that she knows. She works meanwhile; the copy of before stays until the notes are encrypted."""
    with signed_in(old, "dana", now=LATER) as dana:
        assert not dana.store.notes_key.made()
    assert (old.data / COPY).exists()
    with signed_in(old, "pat", now=LATER) as pat:
        assert pat.store.notes_key.made()
        assert read_chart(pat.store, pat.actor, SIGNED, definitions=definitions, now=LATER).signature
        told = pat.store._connection.execute("SELECT staff_id FROM audit WHERE action = 'begin_notes_key'").fetchall()
        assert told == [(pat.actor.staff.id,)]


def test_a_program_that_ends_before_everything_is_encrypted_leaves_all_as_it_was(old: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """All or nothing; the next sign-in does it again."""
    monkeypatch.setattr(ClosedTexts, "close_all", _ends)
    with pytest.raises(KeyboardInterrupt), signed_in(old, "casey", now=LATER):
        pass
    monkeypatch.undo()
    store = as_hers(old)
    assert not store.notes_key.made()
    assert "review" in found_in(store._connection)
    store.close()
    with signed_in(old, "casey", now=LATER) as casey:
        assert found_in(casey.store._connection) == []


def test_what_is_left_in_the_open_is_taken_away_at_a_later_sign_in(old: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """When there was no room, or somebody else was at work; until then the copy of before is there."""
    monkeypatch.setattr(Store, "write_anew", lambda _: False)
    with signed_in(old, "casey", now=LATER) as casey:
        assert casey.store.notes_key.left_open()
    assert (old.data / COPY).exists()
    monkeypatch.undo()
    with signed_in(old, "dana", now=LATER) as dana:
        assert dana.store.notes_key.left_open()
    with signed_in(old, "pat", now=LATER) as pat:
        assert not pat.store.notes_key.left_open()
    assert not (old.data / COPY).exists()


def test_a_copy_of_before_stays_when_a_note_is_not_as_it_was_signed(old: Paths) -> None:
    """It may be what the note can be brought back from."""
    store = as_hers(old)
    store._connection.execute("DROP TRIGGER review_never_changed")
    store._connection.execute("UPDATE review SET content = replace(content, 'quokka', 'wombat')")
    store.close()
    with signed_in(old, "casey", now=LATER) as casey:
        assert casey.store.notes_key.left_open()
    assert (old.data / COPY).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE addendum SET text = 'Otherwise'",
        "UPDATE acknowledgement SET words = 'notes1:x', staff_id = 1",
        "UPDATE correction SET reason = 'Otherwise'",
        "UPDATE correction SET reason = 'notes1:x', after = '1'",
        "UPDATE review SET content = '{}'",
        "UPDATE review SET content = '\"notes1:x\"', staff_name = 'Somebody Else'",
    ],
)
def test_nothing_but_what_is_encrypted_can_be_changed_before_that(old: Paths, statement: str) -> None:
    """The guards let the words be encrypted, and nothing else."""
    store = as_hers(old)
    with pytest.raises(Exception, match=r"append_only|visit_signed"):
        store._connection.execute(statement)
    store.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE addendum SET text = 'notes1:x', reason = 'notes1:x'",
        "UPDATE acknowledgement SET words = 'notes1:x'",
        "UPDATE correction SET reason = 'notes1:x'",
        "UPDATE review SET content = '\"notes1:x\"'",
    ],
)
def test_nothing_can_be_changed_once_the_store_has_its_key(old: Paths, statement: str) -> None:
    """What is encrypted stays as it is."""
    with signed_in(old, "casey", now=LATER) as casey, pytest.raises(Exception, match=r"append_only|visit_signed"):
        casey.store._connection.execute(statement)


def _ends(*_: object) -> None:
    raise KeyboardInterrupt


def test_a_word_that_looks_encrypted_is_encrypted_too(old: Paths, definitions: Definitions) -> None:
    """Whatever somebody typed before."""
    store = as_hers(old)
    guards = store._connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'acknowledgement_never_changed'").fetchall()
    store._connection.execute("DROP TRIGGER acknowledgement_never_changed")
    store._connection.execute(
        "UPDATE acknowledgement SET words = 'notes1:typed' WHERE prompt_id = (SELECT max(prompt_id) FROM acknowledgement)"
    )
    store._connection.execute(guards[0][0])
    store.close()
    with signed_in(old, "casey", now=LATER) as casey:
        prompts = open_chart(casey.store, casey.actor, UNSIGNED, definitions=definitions, now=LATER).prompts
        assert "notes1:typed" in {each.acknowledgement.words for each in prompts if each.acknowledgement}
        with pytest.raises(IntakeError, match="note_altered"):
            casey.store.texts.open("acknowledgement", "words", "notes1:typed", UNSIGNED, 1)


@pytest.mark.parametrize("why", ["no room", "somebody reads"])
def test_pages_and_signatures_are_read_only_when_the_file_can_be_written_anew(
    old: Paths, why: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading all of a store takes long, and this is tried at every sign-in; when nothing is in the way any more, all of it is done."""
    as_hers(old).close()  # so that it is of this version
    usage = shutil.disk_usage(old.data)
    other = None
    if why == "no room":
        monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=old.store.stat().st_size))
    else:
        other = connect(str(old.store), as_hers_key(old), timeout_s=5)
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM visit").fetchone()
    with signed_in(old, "casey", now=LATER) as casey:
        assert casey.store.notes_key.left_open()
        tried = statements_of(casey.store)
        assert not any("integrity_check" in each or "FROM review" in each or each == "VACUUM" for each in tried)
        assert (old.data / COPY).exists()
        monkeypatch.undo()
        if other is not None:
            other.close()
        done = statements_of(casey.store)
        assert [each for each in done if "integrity_check" in each or each == "VACUUM"][-1] == "VACUUM"
        assert any("cipher_integrity_check" in each for each in done)
        assert not casey.store.notes_key.left_open()
        assert not (old.data / COPY).exists()
        assert len(statements_of(casey.store)) == 1  # with nothing to take away, one look
        assert casey.store._connection.execute("PRAGMA busy_timeout").fetchone() == (5_000,)


def test_encrypting_what_is_there_holds_one_text_at_a_time(old: Paths) -> None:
    """A clinic with years of notes is encrypted with little memory."""
    store = as_hers(old)
    store._connection.execute("PRAGMA foreign_keys = OFF").fetchone()
    rows = [(number, 1, json.dumps({"history": "x" * 500_000}), "{}", "2026-01-01") for number in range(1_001, 1_041)]
    store._connection.executemany("INSERT INTO note_draft VALUES (?, ?, ?, ?, ?)", rows)
    texts = rows[-1][2]
    del rows
    store.notes_key.choose()
    tracemalloc.start()
    try:
        with store.transaction():
            store.texts.close_all()
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 10_000_000  # all of them are twenty
    kept = store._connection.execute("SELECT content FROM note_draft WHERE visit_id = 1040").fetchone()
    assert kept
    assert store.texts.open("note_draft", "content", kept[0], 1040, 1) == texts
    store.close()


def as_hers_key(paths: Paths) -> bytes:
    """Return the key of the store as her password opens it."""
    opened = read_ring(paths.ring).opened("dana", secret_of(PASSWORD))
    assert opened
    return opened.keys[0].store


def statements_of(store: Store) -> list[str]:
    """Take away what is left in the open, and return what was asked of the store for that."""
    told: list[str] = []
    store._connection.set_trace_callback(told.append)  # type: ignore[attr-defined]  # the driver's own, of no use to the program
    clear_open(store)
    store._connection.set_trace_callback(None)  # type: ignore[attr-defined]  # as above
    return told
