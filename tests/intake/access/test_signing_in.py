"""Signing in: the store says who is let in, whatever ring lies beside it."""

from __future__ import annotations

import shutil
from functools import partial

import pytest

from intake.actions import access, accounts
from intake.actions.accounts import change_password, set_active
from intake.actions.key_ring import offer
from intake.actions.second_factor import choose_roles_with_second_factor
from intake.actions.setup import is_set_up, set_up
from intake.domain.staff import Role
from intake.errors import IntakeError, InvalidInputError
from intake.paths import Paths
from intake.security.cost import Cost, use_cost
from intake.security.ring import read_ring
from intake.security.slots import password_slot
from tests.factories import CHEAP, NOW, PASSWORD, WORKSTATION
from tests.intake.access.desk import enter, hire, refused, signed_in, told

OTHER = "nine sample zebras"


@pytest.mark.parametrize("login", ["alex", "ALEX", "  Alex "])
def test_the_right_password_opens_the_store(paths: Paths, login: str) -> None:
    """Case and spaces of a login do not matter."""
    with signed_in(paths, login) as alex:
        assert alex.actor.staff.login == "alex"


@pytest.mark.parametrize("login", ["", " ", "nobody"])
def test_no_login_opens_nothing(paths: Paths, login: str) -> None:
    """Least of all the slot of the recovery key, whose login is empty."""
    assert refused(paths, login).code == "wrong_sign_in"


def test_an_old_ring_and_an_old_password_let_nobody_in(paths: Paths) -> None:
    """The store says that the password was changed, tells the audit, and the ring is as it should be again."""
    old = paths.ring.read_bytes()
    with signed_in(paths) as alex:
        change_password(alex.store, alex.actor, alex.actor.staff.id, password=OTHER, now=NOW)
    paths.ring.write_bytes(old)
    assert refused(paths).code == "wrong_sign_in"
    assert paths.ring.read_bytes() != old
    with signed_in(paths, password=OTHER) as alex:
        assert (1, WORKSTATION, "refused") in told(alex.store, "sign_in")


def test_an_account_that_was_switched_off_is_out_of_the_ring_and_stays_out(paths: Paths) -> None:
    """Also with the ring from before; switched on again it signs in with its password."""
    with signed_in(paths) as alex:
        casey = hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        old = paths.ring.read_bytes()
        set_active(alex.store, alex.actor, casey.staff.id, active=False, now=NOW)
        assert read_ring(paths.ring).of("casey") is None
        paths.ring.write_bytes(old)
        assert refused(paths, "casey").code == "wrong_sign_in"
        assert read_ring(paths.ring).of("casey") is None
        set_active(alex.store, alex.actor, casey.staff.id, active=True, now=NOW)
    enter(paths, "casey").store.close()


@pytest.mark.parametrize("kept", [False, True])
def test_a_program_that_ends_while_a_password_is_changed_leaves_one_that_opens(paths: Paths, *, kept: bool) -> None:
    """Before the store has it that is the old one, after that the new one; the other never opens."""
    slot = password_slot("alex", OTHER)
    with signed_in(paths) as alex:
        offer(alex.store, slot)
        if kept:
            with alex.store.transaction():
                alex.store.staff.set_slot(alex.actor.staff.id, slot, role=alex.actor.staff.role, at=NOW)
    opens, closed = (OTHER, PASSWORD) if kept else (PASSWORD, OTHER)
    assert refused(paths, password=closed).code == "wrong_sign_in"
    with signed_in(paths, password=opens):
        assert len(read_ring(paths.ring).slots) == 2, "alex and the recovery key"


def test_a_slot_that_is_guessed_too_quickly_is_made_dearer_at_the_next_sign_in(paths: Paths) -> None:
    """A password is as dear to guess as the machine of today can make it."""
    dearer = Cost(memory_kib=128, passes=2, lanes=1)
    use_cost(dearer)
    try:
        enter(paths).store.close()
        ring = read_ring(paths.ring).of("alex")
        assert ring is not None
        assert ring.slot.cost == dearer
        enter(paths).store.close()
    finally:
        use_cost(CHEAP)


def test_signing_in_heals_a_ring_that_lags_behind(paths: Paths) -> None:
    """A program that ended between store and ring leaves a colleague out until somebody signs in."""
    with signed_in(paths) as alex:
        old = paths.ring.read_bytes()
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
    paths.ring.write_bytes(old)
    assert refused(paths, "casey").code == "wrong_sign_in"
    enter(paths).store.close()
    enter(paths, "casey").store.close()


def test_a_second_set_up_is_refused_and_keys_of_a_store_that_is_elsewhere_are_kept(paths: Paths) -> None:
    """They may be the only ones."""
    begin = partial(set_up, paths, admin_name="B Sample", login="bo", password=PASSWORD, location="loc.union", workstation="x", now=NOW)
    with pytest.raises(IntakeError, match="already_set_up"):
        begin()
    old = paths.ring.read_bytes()
    shutil.move(paths.store, paths.data / "elsewhere.db")
    assert not is_set_up(paths)
    begin().store.close()
    aside = list(paths.data.glob("keys-until-*.json"))
    assert [path.read_bytes() for path in aside] == [old]
    enter(paths, "bo").store.close()


def test_ones_own_password_is_changed_with_the_present_one(paths: Paths) -> None:
    """A desk that somebody left open gives its account to nobody; a wrong one counts as at signing in."""
    with signed_in(paths) as alex:
        with pytest.raises(IntakeError, match="not_your_password"):
            accounts.change_own_password(alex.store, alex.actor, present="guessed", password=OTHER, now=NOW)
        with pytest.raises(InvalidInputError):
            accounts.change_own_password(alex.store, alex.actor, present=PASSWORD, password="short", now=NOW)
        accounts.change_own_password(alex.store, alex.actor, present=PASSWORD, password=OTHER, now=NOW)
        assert told(alex.store, "confirm_password")[0][2] == "refused"
    enter(paths, password=OTHER).store.close()
    assert refused(paths).code == "wrong_sign_in"


def test_who_takes_over_an_open_screen_may_not_pass_by_a_second_factor(paths: Paths) -> None:
    """Neither one that the account has nor one that its role is asked for."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        go_on = partial(
            access.take_over, alex.store, login="casey", password=PASSWORD, workstation=WORKSTATION, now=NOW, same=alex.actor.staff
        )
        assert go_on().staff.login == "casey"
        choose_roles_with_second_factor(alex.store, alex.actor, frozenset({Role.CLINICIAN}), now=NOW)
        with pytest.raises(IntakeError, match="second_factor_elsewhere"):
            go_on()
