"""The recovery key: typed as it is printed, confirmed, used when a password is gone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.actions.recovery import confirm_recovery_key, new_recovery_key, recover, recovery_state
from intake.actions.second_factor import begin_enrolment, confirm_enrolment
from intake.domain.staff import Role
from intake.errors import DeniedError, IntakeError, InvalidInputError
from intake.security.recovery_key import ALPHABET, doubtful_group, new_secret, read, spoken
from tests.factories import NOW, PASSWORD
from tests.intake.access.desk import Clinic, enter, hire, refused, signed_in, told
from tests.intake.access.phone import code_at

OTHER = "nine sample zebras"


def recovered(clinic: Clinic, typed: str = "", *, login: str = "alex", password: str = OTHER, after_s: int = 0) -> str:
    """Use the recovery key and return "" or the code of the error."""
    try:
        recover(
            clinic.paths, typed=typed or clinic.recovery_key, login=login, password=password, workstation="desk-9",
            now=NOW + timedelta(seconds=after_s),
        )  # fmt: skip
    except IntakeError as error:
        return error.code
    return ""


@given(secret=st.binary(min_size=32, max_size=32))
def test_a_key_is_read_back_as_it_was_printed(secret: bytes) -> None:
    """In any case, with any grouping, and with the letters that are taken for digits."""
    words = spoken(secret)
    assert len(words.split()) == 11
    for typed in (words, words.lower(), words.replace(" ", "-"), words.replace("0", "o").replace("1", "l"), words.replace(" ", "")):
        assert read(typed) == secret


@pytest.mark.parametrize("place", range(55))
def test_a_wrong_sign_and_two_exchanged_ones_are_told_as_typos(place: int) -> None:
    """Three signs are there for that; one slip in 32,768 would pass, and then opens nothing."""
    signs = spoken(bytes(range(32))).replace(" ", "")
    wrong = ALPHABET[(ALPHABET.index(signs[place]) + 7) % len(ALPHABET)]
    after = signs[place + 1 : place + 2]
    for typed in (signs[:place] + wrong + signs[place + 1 :], signs[:place] + after + signs[place] + signs[place + 2 :]):
        if typed != signs:
            with pytest.raises(IntakeError, match="recovery_key_mistyped"):
                read(typed)


@pytest.mark.parametrize("place", range(55))
def test_no_other_group_than_that_with_the_slip_is_named(place: int) -> None:
    """By chance two groups come into question, and then none is named."""
    signs = spoken(bytes(range(32))).replace(" ", "")
    wrong = ALPHABET[(ALPHABET.index(signs[place]) + 7) % len(ALPHABET)]
    typed = signs[:place] + wrong + signs[place + 1 :]
    assert doubtful_group(typed) in {place // 5 + 1, None}


def test_a_slip_is_named_nearly_always_and_what_cannot_be_told_is_not() -> None:
    """A wrong sign, two exchanged ones, a group that is too short, a sign that no key has; but not a key that is half missing."""
    words = spoken(bytes(range(32)))
    signs = words.replace(" ", "")
    named = [doubtful_group(signs[:place] + ("7" if signs[place] != "7" else "8") + signs[place + 1 :]) for place in range(55)]
    assert sum(group is not None for group in named) >= 45
    groups = words.split()
    exchanged = [*groups[:3], groups[3][1] + groups[3][0] + groups[3][2:], *groups[4:]]
    assert doubtful_group(" ".join(exchanged)) == 4
    assert doubtful_group(" ".join([*groups[:6], groups[6][:4], *groups[7:]])) == 7
    assert doubtful_group(" ".join([*groups[:8], "u" + groups[8][1:], *groups[9:]])) == 9
    assert doubtful_group(" ".join(groups[:6])) is None
    assert doubtful_group("") is None


@pytest.mark.parametrize("typed", ["", "ABCDE", "u" * 55, "0" * 54, "0" * 56, "Ж" * 55, "\ud800" * 55])
def test_what_is_no_key_is_told_as_a_typo(typed: str) -> None:
    """It is never tried, and costs no wait."""
    with pytest.raises(IntakeError, match="recovery_key_mistyped"):
        read(typed)


def test_a_key_counts_as_printed_once_it_was_typed_back(clinic: Clinic) -> None:
    """Another key, and a slip, do not."""
    with signed_in(clinic.paths) as alex:
        for typed, code in ((spoken(new_secret()), "recovery_key_other"), (clinic.recovery_key[:-1] + "#", "recovery_key_mistyped")):
            with pytest.raises(IntakeError, match=code):
                confirm_recovery_key(alex.store, alex.actor, typed, now=NOW)
        before = recovery_state(alex.store, alex.actor)
        confirm_recovery_key(alex.store, alex.actor, clinic.recovery_key.lower(), now=NOW)
        after = recovery_state(alex.store, alex.actor)
        assert before
        assert after
        assert (before.confirmed_at, after.confirmed_at) == (None, NOW)
        assert told(alex.store, "confirm_recovery_key") == [(1, "desk-1", "done")]


def test_the_recovery_key_gives_an_administrator_a_new_password(clinic: Clinic) -> None:
    """The old one opens nothing more; phone and spare codes are forgotten; the audit tells it."""
    with signed_in(clinic.paths) as alex:
        secret = begin_enrolment(alex.store, alex.actor, now=NOW).secret
        confirm_enrolment(alex.store, alex.actor, code_at(secret, NOW), now=NOW)
    assert refused(clinic.paths).code == "second_factor_needed"
    assert recovered(clinic) == ""
    assert refused(clinic.paths).code == "wrong_sign_in"
    with signed_in(clinic.paths, password=OTHER) as alex:
        assert told(alex.store, "recover") == [(1, "desk-9", "done")]
        state = recovery_state(alex.store, alex.actor)
        assert state
        assert state.used_at == NOW


def test_the_recovery_key_reaches_administrators_only_and_takes_no_weak_password(clinic: Clinic) -> None:
    """An administrator lets the others in again. Who tried is told."""
    with signed_in(clinic.paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
    assert recovered(clinic, login="casey") == "not_an_administrator"
    assert recovered(clinic, login="nobody") == "not_an_administrator"
    with pytest.raises(InvalidInputError):
        recover(clinic.paths, typed=clinic.recovery_key, login="alex", password="short", workstation="x", now=NOW)
    with signed_in(clinic.paths) as alex:
        assert told(alex.store, "recover") == [(None, "desk-9", "refused")] * 2


def test_a_wrong_recovery_key_waits_and_is_told(clinic: Clinic) -> None:
    """As a wrong password does."""
    codes = [recovered(clinic, spoken(new_secret())) for _ in range(4)]
    assert codes == ["recovery_key_other"] * 3 + ["sign_in_too_soon"]
    assert recovered(clinic, after_s=1) == ""
    with signed_in(clinic.paths, password=OTHER) as alex:
        assert [outcome for *_, outcome in told(alex.store, "recover")] == ["refused"] * 3 + ["too_soon", "done"]


def test_a_key_that_was_replaced_opens_nothing_not_even_with_the_ring_from_before(clinic: Clinic) -> None:
    """The store says which key counts."""
    old = clinic.paths.ring.read_bytes()
    with signed_in(clinic.paths) as alex:
        new_recovery_key(alex.store, alex.actor, now=NOW)
    assert recovered(clinic) == "recovery_key_other"
    clinic.paths.ring.write_bytes(old)
    assert recovered(clinic) == "recovery_key_other"
    assert clinic.paths.ring.read_bytes() != old
    enter(clinic.paths).store.close()


def test_only_an_administrator_makes_or_confirms_a_key(clinic: Clinic) -> None:
    """Nor does anybody else see when it was made."""
    with signed_in(clinic.paths) as alex:
        casey = hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        for act in (
            lambda: new_recovery_key(alex.store, casey, now=NOW),
            lambda: confirm_recovery_key(alex.store, casey, clinic.recovery_key, now=NOW),
            lambda: recovery_state(alex.store, casey),
        ):
            with pytest.raises(DeniedError):
                act()


def test_neither_key_nor_password_lies_in_any_file(clinic: Clinic) -> None:
    """The key is in nobody's hands but on paper."""
    signs = clinic.recovery_key.replace(" ", "").encode()
    for path in clinic.paths.data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(each in content for each in (signs, clinic.recovery_key.encode(), PASSWORD.encode(), read(signs.decode()))), path
