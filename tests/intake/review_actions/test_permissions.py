"""Who may do what in the review, role by role; who may not changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pytest

from intake.actions.acknowledging import acknowledge
from intake.actions.amendments import amendments_of, open_amendments, receive_amendment, take_step
from intake.actions.calls import answer_call, call_clinician, call_state, open_calls
from intake.actions.correcting import correct
from intake.actions.printing import issue_paper, note_look
from intake.actions.reviewing import awaiting, awaiting_count, next_to_review, signed
from intake.actions.verifying import verify
from intake.definitions.bundle import Definitions
from intake.domain.amendments import Step
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.staff import Actor, Role
from intake.errors import DeniedError
from intake.storage.store import Store
from tests.factories import PASSWORD, TODAY, a_colleague
from tests.intake.review_actions.arrivals import LATER, NOW_ANSWERS, arrive

Deed = Callable[[Store, Actor, Definitions], object]
EVERYBODY: Final = frozenset(Role)
DESK: Final = EVERYBODY - {Role.PRINT_DESK}
CLINICIAN: Final = frozenset({Role.CLINICIAN})
NOTE: Final = frozenset({Role.CLINICIAN, Role.PRINT_DESK})


def _print(kind: Paper) -> Deed:
    made = Made(content=b"%PDF-1.7", pages=1, preliminary=kind is not Paper.INTAKE_FORM)
    return lambda store, actor, _: issue_paper(store, actor, made, visit_id=1, kind=kind, how="print", target="front", now=LATER)


def _look(kind: Paper) -> Deed:
    return lambda store, actor, _: note_look(store, actor, visit_id=1, kind=kind, sha256="ab" * 32, now=LATER)


DEEDS: Final[dict[str, tuple[Deed, frozenset[Role]]]] = {
    "acknowledge": (lambda s, a, d: acknowledge(s, a, 1, words="Seen", definitions=d, now=LATER), CLINICIAN),
    "correct": (
        lambda s, a, d: correct(s, a, 1, path="answers.safety.chest", value="no", reason="Misheard", definitions=d, now=LATER),
        CLINICIAN,
    ),
    "awaiting": (lambda s, a, _: awaiting(s, a, location=None, now=LATER), CLINICIAN),
    "awaiting_count": (lambda s, a, _: awaiting_count(s, a, location=None), CLINICIAN),
    "next_to_review": (lambda s, a, _: next_to_review(s, a, location=None, after=None), CLINICIAN),
    "signed": (lambda s, a, _: signed(s, a, location=None, now=LATER), NOTE),
    "call_clinician": (lambda s, a, _: call_clinician(s, a, visit_id=2, location="loc.edison", title="Sample", now=LATER), DESK),
    "open_calls": (lambda s, a, _: open_calls(s, a, location=None, now=LATER), EVERYBODY),
    "call_state": (lambda s, a, _: call_state(s, a, 1), DESK),
    "answer_call": (lambda s, a, _: answer_call(s, a, 1, now=LATER), CLINICIAN),
    "receive_amendment": (
        lambda s, a, _: receive_amendment(s, a, patient_id=1, visit_id=1, request="June", received_on=TODAY, now=LATER),
        DESK,
    ),
    "amendments_of": (lambda s, a, _: amendments_of(s, a, 1), EVERYBODY),
    "open_amendments": (lambda s, a, _: open_amendments(s, a), EVERYBODY),
    "take_step": (
        lambda s, a, d: take_step(s, a, 1, step=Step.DENIED, words="No", password=PASSWORD, definitions=d, now=LATER),
        CLINICIAN,
    ),
    "verify": (lambda s, a, _: verify(s, a, b"", now=LATER), EVERYBODY),
    "print intake": (_print(Paper.INTAKE_FORM), EVERYBODY),
    "print note": (_print(Paper.VISIT_NOTE), NOTE),
    "print homecare": (_print(Paper.HOME_CARE), NOTE),
    "look at intake": (_look(Paper.INTAKE_FORM), EVERYBODY),
    "look at note": (_look(Paper.VISIT_NOTE), NOTE),
}


@pytest.mark.parametrize("role", list(Role))
def test_every_action_is_for_its_roles_only(store: Store, admin: Actor, definitions: Definitions, role: Role) -> None:
    """Who may, does; who may not is told and nothing changes."""
    for _ in range(2):
        arrive(store, admin, definitions, NOW_ANSWERS)
    call_clinician(store, admin, visit_id=1, location="loc.edison", title="Sample, Ana", now=LATER)
    receive_amendment(store, admin, patient_id=1, visit_id=1, request="June", received_on=TODAY, now=LATER)
    actor = a_colleague(store, admin, role=role, login="robin")
    for name, (deed, roles) in DEEDS.items():
        if role in roles:
            deed(store, actor, definitions)
            continue
        before = store.data_version()
        with pytest.raises(DeniedError) as caught:
            deed(store, actor, definitions)
        assert caught.value.code == "not_permitted", name
        assert store.data_version() == before, name
