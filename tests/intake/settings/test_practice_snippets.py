"""Snippets of the practice."""

from __future__ import annotations

import json

import pytest

from intake.actions.notes import drop_practice_snippet, keep_practice_snippet, practice_snippets
from intake.domain.staff import Actor, Role
from intake.errors import InvalidInputError
from intake.storage.store import Store
from tests.factories import NOW, a_colleague


def test_a_snippet_of_the_practice_is_every_clinicians_and_each_change_is_recorded(store: Store, admin: Actor) -> None:
    """Old and new words, by abbreviation."""
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    keep_practice_snippet(store, admin, abbreviation="Sample", text="First words", now=NOW)
    keep_practice_snippet(store, admin, abbreviation=".sample", text="Other words", now=NOW)
    assert [(each.abbreviation, each.text) for each in practice_snippets(store, clinician)] == [(".sample", "Other words")]
    drop_practice_snippet(store, admin, "sample", now=NOW)
    assert practice_snippets(store, clinician) == ()
    rows = store._connection.execute("SELECT changes FROM audit WHERE action LIKE '%practice_snippet' ORDER BY seq").fetchall()
    assert [{name: each for name, each in json.loads(row[0]).items() if name != "sealed"} for row in rows] == [
        {".sample": [None, "First words"]},
        {".sample": ["First words", "Other words"]},
        {".sample": ["Other words", None]},
    ]


@pytest.mark.parametrize(
    ("abbreviation", "text", "field"), [("two words", "x", "abbreviation"), ("", "x", "abbreviation"), ("ok", " ", "text")]
)
def test_what_cannot_be_typed_as_a_snippet_is_refused_at_its_field(
    store: Store, admin: Actor, abbreviation: str, text: str, field: str
) -> None:
    """An abbreviation is one word, and stands for something."""
    with pytest.raises(InvalidInputError) as caught:
        keep_practice_snippet(store, admin, abbreviation=abbreviation, text=text, now=NOW)
    assert [problem.field for problem in caught.value.problems] == [field]
