"""Signing one chart after another, and adding to what is signed."""

from __future__ import annotations

from pathlib import Path

from intake.actions.signing import add_addendum, sign_review
from intake.definitions.bundle import Definitions
from intake.domain.staff import Role
from intake.storage.store import Store
from tests.factories import PASSWORD, a_colleague, an_admin, save
from tests.faults.kinds.intake import newcomer
from tests.faults.scenario import BEGUN, DONE, READY, Said, Say, Scenario, lost, not_whole, opened, the_actor
from tests.intake.review.charting import LATER, make_ready

VISITS = 10
FIRST_ADDENDUM = VISITS // 2
"""Signed with an addendum at once from this visit on."""


def prepare(data: Path, definitions: Definitions) -> None:
    """Make a practice with visits of which every chart is ready to be signed."""
    with opened(data) as store:
        admin = an_admin(store)
        clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
        for number in range(1, VISITS + 1):
            visit_id = save(store, admin, definitions, intake=newcomer(definitions, number)).visit_id
            make_ready(store, clinician, visit_id, definitions)


def act(data: Path, definitions: Definitions, say: Say) -> None:
    """Do all that is left to do, visit by visit."""
    with opened(data) as store:
        clinician = the_actor(store, "casey")
        say(READY)
        for visit_id in range(1, VISITS + 1):
            if not store.reviews.signed(visit_id):
                say(f"{BEGUN}sign {visit_id}")
                sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=LATER)
                say(f"{DONE}sign {visit_id}")
            if visit_id >= FIRST_ADDENDUM and not store.reviews.addenda(visit_id):
                say(f"{BEGUN}add {visit_id}")
                words = {"text": f"More of {visit_id}", "reason": "Later", "password": PASSWORD}
                add_addendum(store, clinician, visit_id, **words, definitions=definitions, now=LATER)
                say(f"{DONE}add {visit_id}")


def wrong(data: Path, _definitions: Definitions, said: Said) -> list[str]:
    """Signed with all that goes with it, or not signed and as before; what was acknowledged is signed."""
    with opened(data) as store:
        there = [f"sign {visit_id}" for visit_id in range(1, VISITS + 1) if store.reviews.signed(visit_id)]
        there += [f"add {visit_id}" for visit_id in range(1, VISITS + 1) for _ in store.reviews.addenda(visit_id)]
        return [
            *not_whole(store),
            *lost(said.done, there),
            *(f"nobody asked for: {each}" for each in there if each not in said.begun),
            *(f"half signed: {visit_id}" for visit_id in range(1, VISITS + 1) if not _one_of_two(store, visit_id)),
        ]


def _one_of_two(store: Store, visit_id: int) -> bool:
    """Tell whether a visit is wholly signed or wholly as before."""
    line = store.board.line(visit_id)
    drafts, entries = (
        store._connection.execute(query, (visit_id,)).fetchone()
        for query in (
            "SELECT count(*) FROM note_draft WHERE visit_id = ?",
            "SELECT count(*) FROM audit WHERE visit_id = ? AND action = 'sign_review'",
        )
    )
    if line is None:
        return False
    state = (line.status.value, line.signed_by, store.holds.of(visit_id) is None, store.awaiting.has(visit_id), drafts, entries)
    signed, unsigned = ("finished", "Casey Example", True, False, (0,), (1,)), ("waiting", None, False, True, (1,), (0,))
    return state == (signed if store.reviews.signed(visit_id) else unsigned)


SIGN = Scenario(name="sign", prepare=prepare, act=act, wrong=wrong, window_ms=250, lives=3)
