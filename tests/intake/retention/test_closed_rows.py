"""What is encrypted in the store stands readable in the copy of a record that is to go."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from intake.actions.retention import propose
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.errors import DeniedError
from intake.storage.store import Store
from tests.intake.access.desk import signed_in
from tests.intake.retention.scene import OLD, now, written

CLOSED = ("letter", "letter_aside", "letter_signature", "document", "review", "addendum", "note_draft", "acknowledgement", "correction")


def test_a_clinician_writes_every_row_readable(store: Store, alex: Actor, definitions: Definitions, tmp_path: Path) -> None:
    """By a password of their own; in the store nothing of it is."""
    removal = propose(store, alex, OLD, definitions=definitions, now=now())
    with signed_in(store.paths, "casey", now=now()) as casey:
        made = written(casey.store, removal.id, definitions, tmp_path)
    text = (tmp_path / f"{made.name}.json").read_text(encoding="utf-8")
    rows = json.loads(text)["rows"]
    assert "notes1:" not in text
    assert isinstance(json.loads(rows["review"][0]["content"]), dict)
    for table in ("letter", "letter_aside"):
        assert all(isinstance(json.loads(row["typed"]), dict) for row in rows[table])
    assert all(isinstance(json.loads(row["content"]), dict) for row in rows["letter_signature"])
    assert all(base64.b64decode(row["content"]["base64"]).startswith(b"%PDF") for row in rows["document"] if row["content"])


def test_nobody_without_the_key_reads_them(store: Store, alex: Actor, definitions: Definitions) -> None:
    """Not even past the actions."""
    propose(store, alex, OLD, definitions=definitions, now=now())
    with signed_in(store.paths, "dana", now=now()) as dana, pytest.raises(DeniedError):
        dana.store.removals.rows_of(OLD)


@pytest.mark.parametrize("table", CLOSED)
def test_there_is_a_row_of_each_kind_in_what_these_tests_stand_on(store: Store, table: str) -> None:
    """Else nothing would be told of it here."""
    assert store.removals.rows_of(OLD)[table]
