"""The password asked again: counted and delayed as at signing in, recorded, and nobody is locked out."""

from __future__ import annotations

import dataclasses
from datetime import timedelta

import pytest

from intake.actions.confirming import confirm_password
from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.security.tries import Tries
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, WORKSTATION, signs_in

WRONG = "not this one at all"


def outcomes(store: Store) -> list[tuple[str, str]]:
    """Return what the audit tells of confirmations."""
    rows = store._connection.execute("SELECT outcome, changes FROM audit WHERE action = 'confirm_password' ORDER BY seq")
    return [tuple(row) for row in rows]


def test_ten_wrong_passwords_delay_and_the_right_one_still_does(store: Store, clinician: Actor, desk: Actor) -> None:
    """Longer each time, each recorded; other people sign in meanwhile."""
    moment, waits = NOW, []
    for _ in range(10):
        with pytest.raises(IntakeError) as caught:
            confirm_password(store, clinician, password=WRONG, purpose="sign_review", now=moment)
        assert caught.value.code == "wrong_signature"
        waits.append(int(caught.value.facts["wait_s"]))
        moment += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    with pytest.raises(IntakeError) as early:
        confirm_password(store, clinician, password=PASSWORD, purpose="sign_review", now=moment - timedelta(seconds=10))
    assert (early.value.code, early.value.facts["wait_s"]) == ("signature_too_soon", 10)
    assert signs_in(store, login=desk.staff.login, password=PASSWORD, workstation=WORKSTATION, now=moment).staff == desk.staff
    confirm_password(store, clinician, password=PASSWORD, purpose="sign_review", now=moment)
    assert Tries(store.paths.tries).failures(clinician.staff.login).count == 0
    told = [outcome for outcome, _ in outcomes(store)]
    assert told == ["refused"] * 10 + ["too_soon", "done"]
    assert outcomes(store)[-1][1] == '{"purpose": [null, "sign_review"]}'


def test_a_wrong_confirmation_also_delays_signing_in(store: Store, clinician: Actor) -> None:
    """There is one counter: nobody gets more tries by asking in two places."""
    for _ in range(3):
        with pytest.raises(IntakeError):
            confirm_password(store, clinician, password=WRONG, purpose="sign_review", now=NOW)
    with pytest.raises(IntakeError) as caught:
        signs_in(store, login=clinician.staff.login, password=PASSWORD, workstation=WORKSTATION, now=NOW)
    assert caught.value.code == "sign_in_too_soon"


def test_somebody_elses_password_and_a_closed_account_confirm_nothing(store: Store, clinician: Actor, admin: Actor) -> None:
    """The password is that of who acts, and the account must still be open."""
    stranger = Actor(staff=dataclasses.replace(clinician.staff, id=admin.staff.id), workstation=WORKSTATION)
    with store.transaction():
        store.staff.set_active(clinician.staff.id, active=False)
    for actor in (stranger, clinician):
        with pytest.raises(IntakeError) as caught:
            confirm_password(store, actor, password=PASSWORD, purpose="sign_review", now=NOW)
        assert caught.value.code == "wrong_signature"
