"""Drafts belong to one person, and what is acknowledged is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from intake.actions.drafts import Draft, drop_draft, keep_draft, my_drafts
from intake.domain.staff import Actor
from intake.errors import DeniedError, IntakeError
from intake.storage.store import Store
from tests.factories import NOW

DRAFT = Draft(
    content={"patient": {"legal_last": "Sam", "dob": "34"}, "answers": {"sx.pain.pattern": ["constant"], "sx.pain.nprs_now": 7}},
    caret={"field": "patient.dob", "position": 2},
    title="Sam",
)


def test_a_draft_comes_back_as_typed_with_its_caret(store: Store, desk: Actor) -> None:
    """Half a birth date is half a birth date."""
    draft_id = keep_draft(store, desk, DRAFT, now=NOW)
    assert my_drafts(store, desk) == (replace(DRAFT, id=draft_id, updated_at=NOW),)


def test_a_draft_is_kept_in_place_and_the_latest_comes_first(store: Store, desk: Actor) -> None:
    """Several can be open."""
    first = keep_draft(store, desk, DRAFT, now=NOW)
    second = keep_draft(store, desk, replace(DRAFT, title="Other"), now=NOW + timedelta(seconds=1))
    assert [draft.id for draft in my_drafts(store, desk)] == [second, first]
    again = keep_draft(store, desk, replace(DRAFT, id=first, title="Samp"), now=NOW + timedelta(seconds=2))
    assert again == first
    assert [draft.title for draft in my_drafts(store, desk)] == ["Samp", "Other"]


def test_nobody_sees_changes_or_drops_anothers_draft(store: Store, desk: Actor, admin: Actor) -> None:
    """Not even the administrator."""
    draft_id = keep_draft(store, desk, DRAFT, now=NOW)
    assert my_drafts(store, admin) == ()
    with pytest.raises(DeniedError) as kept:
        keep_draft(store, admin, replace(DRAFT, id=draft_id, title="mine"), now=NOW)
    with pytest.raises(DeniedError) as dropped:
        drop_draft(store, admin, draft_id, now=NOW)
    assert [kept.value.code, dropped.value.code] == ["not_your_draft", "not_your_draft"]
    assert [draft.title for draft in my_drafts(store, desk)] == ["Sam"]


def test_a_dropped_draft_is_gone_and_its_id_is_not_given_again(store: Store, desk: Actor) -> None:
    """A late keystroke of a closed form never lands in another draft."""
    draft_id = keep_draft(store, desk, DRAFT, now=NOW)
    drop_draft(store, desk, draft_id, now=NOW)
    assert keep_draft(store, desk, DRAFT, now=NOW) != draft_id
    with pytest.raises(IntakeError) as caught:
        keep_draft(store, desk, replace(DRAFT, id=draft_id), now=NOW)
    assert caught.value.code == "draft_gone"


def test_the_print_desk_types_no_intake(store: Store, print_desk: Actor) -> None:
    """It has no drafts to keep."""
    with pytest.raises(DeniedError):
        keep_draft(store, print_desk, DRAFT, now=NOW)
