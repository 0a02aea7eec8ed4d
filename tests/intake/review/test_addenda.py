"""Addenda: the only thing that is ever added to a signed review, each bound to all before it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from intake.actions.check import check_store
from intake.actions.notes import keep_note
from intake.actions.signing import add_addendum
from intake.definitions.bundle import Definitions
from intake.domain.reviews import Chart
from intake.domain.staff import Actor
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.security.tries import Tries
from intake.storage.store import Store
from tests.factories import PASSWORD
from tests.intake.review.charting import LATER, make_ready, sign

MUCH_LATER = LATER + timedelta(days=1)


def add(store: Store, actor: Actor, visit_id: int, definitions: Definitions, **words: Any) -> Chart:
    """Add the usual addendum, each part replaced by a keyword."""
    given: dict[str, Any] = {"text": "Radiograph seen.", "reason": "Came by mail", "password": PASSWORD, "now": MUCH_LATER, **words}
    return add_addendum(store, actor, visit_id, definitions=definitions, **given)


def test_addenda_follow_each_other_and_each_covers_what_stood_before(
    store: Store, admin: Actor, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions
) -> None:
    """By anyone who is a clinician, with number, author and a fingerprint of its own; the signature stays as it was."""
    first = sign(store, clinician, visit_id, definitions)
    second = add(store, other, visit_id, definitions, text="  Zeile\r\nzwei  ")
    third = add(store, clinician, visit_id, definitions)
    assert [(each.number, each.by, each.text) for each in third.addenda] == [
        (1, "Robin Example", "Zeile\nzwei"),
        (2, "Casey Example", "Radiograph seen."),
    ]
    assert (first.number, second.number, third.number) == ("V-000001-3/N1", "V-000001-3/N2", "V-000001-3/N3")
    assert len({first.fingerprint, second.fingerprint, third.fingerprint}) == 3
    assert third.signature == first.signature
    assert check_store(store, admin, now=MUCH_LATER).good


def test_an_addendum_takes_its_words_out_of_the_draft_and_leaves_the_rest(
    store: Store, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """A note that came too late for the signature is still there."""
    sign(store, clinician, visit_id, definitions)
    typed = {"addendum": "Radiograph seen.", "addendum_reason": "Mail"}
    keep_note(store, clinician, visit_id, content=typed, caret={}, now=LATER)
    assert add(store, clinician, visit_id, definitions).draft == {}
    with pytest.raises(IntakeError, match="visit_signed"):
        keep_note(store, clinician, visit_id, content={**typed, "history": "Too late"}, caret={}, now=LATER)
    assert add(store, clinician, visit_id, definitions).draft == {"history": "Too late"}


@pytest.mark.parametrize(
    ("words", "field", "code"),
    [
        ({"text": " \n "}, "addendum", "required"),
        ({"text": "x" * 40_001}, "addendum", "text_too_long"),
        ({"text": "half \ud83d"}, "addendum", "control_characters"),
        ({"reason": ""}, "addendum_reason", "required"),
        ({"reason": "x" * 301}, "addendum_reason", "too_long"),
    ],
)
def test_an_addendum_without_sound_words_is_refused_by_field(
    store: Store, clinician: Actor, visit_id: int, definitions: Definitions, words: dict[str, str], field: str, code: str
) -> None:
    """Before the password is asked of anybody."""
    sign(store, clinician, visit_id, definitions)
    with pytest.raises(InvalidInputError) as caught:
        add(store, clinician, visit_id, definitions, **{"password": "wrong", **words})
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [(field, code)]
    assert Tries(store.paths.tries).failures("casey").count == 0


def test_forty_thousand_characters_are_added(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """In any script, as they were typed."""
    sign(store, clinician, visit_id, definitions)
    text = "ليلى आशा 小明 👩🏽‍⚕️ " * 2_200
    text = text[:40_000].strip()
    assert add(store, clinician, visit_id, definitions, text=text).addenda[0].text == text


def test_what_cannot_be_added(store: Store, admin: Actor, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """Nothing before a signature, nothing with a wrong password, by another role or by a clock that was set back."""
    make_ready(store, clinician, visit_id, definitions)
    with pytest.raises(IntakeError, match="not_signed_yet"):
        add(store, clinician, visit_id, definitions)
    sign(store, clinician, visit_id, definitions)
    with pytest.raises(IntakeError, match="wrong_signature"):
        add(store, clinician, visit_id, definitions, password="eight sample ponies")
    with pytest.raises(DeniedError):
        add(store, admin, visit_id, definitions)
    with pytest.raises(IntakeError, match="clock_behind"):
        add(store, clinician, visit_id, definitions, now=LATER - timedelta(hours=1))
    add(store, clinician, visit_id, definitions)
    with pytest.raises(IntakeError, match="clock_behind"):
        add(store, clinician, visit_id, definitions, now=MUCH_LATER - timedelta(hours=1))
    assert len(store.reviews.addenda(visit_id)) == 1
