"""Slots: which secret opens which keys."""

from __future__ import annotations

import dataclasses
import json

import pytest

from intake.errors import IntakeError
from intake.security import cost
from intake.security.cost import LEAST, MOST_PASSES, Cost, tuned_cost, use_cost
from intake.security.slots import dearer_slot, new_keys, password_slot, recovery_slot, secret_of, slot_from_json, slot_of_hash
from tests.factories import CHEAP, KEYS


def test_only_the_password_of_a_slot_opens_the_keys_sealed_to_it() -> None:
    """What is sealed needs no password; reading it does."""
    slot = password_slot("alex", "seven sample ponies")
    sealed = slot.seal(KEYS)
    half = slot.private_half(secret_of("seven sample ponies"))
    assert half is not None
    assert slot.unseal(half, sealed) == dataclasses.replace(KEYS, notes=None), "the key of the notes is never sealed with them"
    assert slot.private_half(secret_of("seven sample pony")) is None


def test_a_password_opens_however_a_keyboard_writes_its_signs() -> None:
    """An accent may be typed as one sign or as two."""
    slot = password_slot("alex", "un caf\u00e9 tr\u00e8s noir")
    assert slot.private_half(secret_of("un cafe\u0301 tre\u0300s noir")) is not None
    assert slot.private_half(secret_of("un caf\udce9 tr\udce8s noir")) is None, "what is no text at all is only a wrong password"


def test_what_was_sealed_for_one_account_opens_by_no_other() -> None:
    """Login and public half are bound to what is sealed."""
    alex, dana = password_slot("alex", "seven sample ponies"), password_slot("dana", "seven sample ponies")
    half = dana.private_half(secret_of("seven sample ponies"))
    assert half is not None
    for stolen in (alex.seal(KEYS), dataclasses.replace(dana, login="alex").seal(KEYS)):
        with pytest.raises(IntakeError, match="keys_damaged"):
            dana.unseal(half, stolen)
    assert dataclasses.replace(alex, login="dana").private_half(secret_of("seven sample ponies")) is None


def test_which_key_the_notes_have_is_changed_in_a_slot_by_its_password_alone() -> None:
    """Neither exchanged nor taken out nor put in; made dearer, a slot names the same one."""
    named, bare = password_slot("alex", "seven sample ponies", notes=KEYS.store), password_slot("alex", "seven sample ponies")
    secret = secret_of("seven sample ponies")
    half = named.private_half(secret)
    assert half is not None
    for forged in (dataclasses.replace(named, notes=KEYS.audit), dataclasses.replace(named, notes=b"")):
        assert forged.private_half(secret) is None
    assert dataclasses.replace(bare, notes=KEYS.store).private_half(secret) is None
    dearer = dearer_slot(named, half, "seven sample ponies")
    assert (dearer.notes, dearer.public, dearer.private_half(secret)) == (KEYS.store, named.public, half)


def test_two_slots_of_one_password_have_nothing_in_common() -> None:
    """Salt, halves and what is wrapped are by chance."""
    one, other = password_slot("alex", "seven sample ponies"), password_slot("alex", "seven sample ponies")
    assert not {one.salt, one.nonce, one.wrapped, one.public} & {other.salt, other.nonce, other.wrapped, other.public}
    assert one.seal(KEYS) != one.seal(KEYS)


def test_a_slot_is_read_back_as_it_was_written() -> None:
    """Of a password as of the recovery key."""
    named = password_slot("alex", "seven sample ponies", notes=KEYS.store)
    for slot in (password_slot("alex", "seven sample ponies"), named, recovery_slot(bytes(32)), recovery_slot(bytes(32), notes=KEYS.store)):
        assert slot_from_json(json.loads(json.dumps(slot.to_json()))) == slot


@pytest.mark.parametrize(
    "change",
    [
        {"login": None}, {"login": "\ud800"}, {"login": ""}, {"cost": None}, {"cost": [1 << 40, 1, 1]}, {"cost": [65_536, 1 << 30, 4]},
        {"cost": [1 << 18, 16, 4]}, {"cost": [64, 1]}, {"cost": ["64", "1", "1"]}, {"cost": [64, True, 1]}, {"salt": "00"}, {"salt": 5},
        {"nonce": "zz"}, {"wrapped": ""}, {"public": "00" * 31}, {"signer": "00" * 31}, {"signer": "zz"}, {"signer": 7},
        {"notes": "00" * 31}, {"notes": "zz"}, {"notes": 7}, {"signer": "", "notes": "00" * 32},
    ],
)  # fmt: skip
def test_a_slot_that_was_tampered_with_is_called_damaged(change: dict[str, object]) -> None:
    """Never a crash, and never a cost that makes the program hang."""
    written = password_slot("alex", "seven sample ponies").to_json()
    with pytest.raises(IntakeError, match="keys_damaged"):
        slot_from_json(written | change)


def test_nothing_that_is_printed_of_a_slot_or_of_keys_is_secret() -> None:
    """A log or a trace never holds them."""
    keys, slot = new_keys(), password_slot("alex", "seven sample ponies")
    assert keys.store.hex() not in repr(keys)
    assert repr(slot.wrapped) not in repr(slot)


def test_the_dearest_try_that_a_file_can_ask_for_is_bounded() -> None:
    """Nobody waits longer than what sixteen passes over the usual memory take, whatever a hostile file asks for."""
    dearest = Cost(memory_kib=LEAST.memory_kib, passes=MOST_PASSES, lanes=4)
    assert dearest.bearable()
    for more in ({"passes": MOST_PASSES + 1}, {"memory_kib": 2 * LEAST.memory_kib}, {"lanes": 0}, {"passes": 0}):
        assert not dataclasses.replace(dearest, **more).bearable()


def test_the_cost_of_this_machine_is_never_under_the_recommended_one() -> None:
    """Measured, not guessed; RFC 9106 names the least."""
    use_cost(CHEAP)
    try:
        cost._chosen.clear()
        chosen = tuned_cost()
        assert chosen.memory_kib >= LEAST.memory_kib
        assert chosen.passes >= LEAST.passes
        assert chosen.bearable()
        assert tuned_cost() is chosen
    finally:
        use_cost(CHEAP)


def test_a_hash_of_old_gives_a_slot_that_its_password_opens() -> None:
    """So nobody types a new password after the upgrade."""
    derived = CHEAP.derive(secret_of("seven sample ponies"), b"0123456789abcdef")
    slot = slot_of_hash("alex", cost=CHEAP, salt=b"0123456789abcdef", derived=derived)
    assert slot.private_half(secret_of("seven sample ponies")) is not None
    assert slot.private_half(secret_of("eight sample ponies")) is None
