"""The key ring: what it leaks, and what becomes of one that was tampered with."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.domain.staff import Role
from intake.errors import IntakeError, StoreError
from intake.paths import Paths
from intake.security.ring import FORMAT, read_ring, ring_of
from intake.security.slots import RECOVERY, password_slot, secret_of
from tests.factories import CHEAP, KEYS
from tests.intake.access.desk import enter, hire, refused, signed_in

WITHOUT_NOTES = replace(KEYS, notes=None)
"""What a slot of the ring holds: the key of the notes is never in it."""
CODES = {"keys_damaged", "keys_missing", "wrong_sign_in", "damaged_store"}


def test_the_ring_leaks_logins_and_nothing_else(paths: Paths) -> None:
    """No name, no role, no key, no password; everything else in it is by chance or a cost."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        keys = alex.store.keys
    text = paths.ring.read_text("utf-8")
    for secret in ("Sample", "Example", "clinician", "administrator", "edison", keys.store.hex(), keys.audit.hex()):
        assert secret not in text
    content = json.loads(text)
    assert set(content) == {"format", "store", "slots"}
    assert [each["login"] for each in content["slots"]] == ["alex", "casey", RECOVERY]
    assert {name for each in content["slots"] for name in each} == {
        "login",
        "cost",
        "salt",
        "nonce",
        "wrapped",
        "public",
        "signer",
        "notes",
        "sealed",
    }


def test_a_ring_that_others_can_read_is_refused(paths: Paths) -> None:
    """Its owner is told how to close it."""
    assert paths.ring.stat().st_mode & 0o777 == 0o600
    paths.ring.chmod(0o644)
    assert refused(paths).code == "keys_open_to_others"


@pytest.mark.parametrize(
    "content",
    [
        b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000, b'{"format": "intake-desk-keys-1"}',
        b'{"format": "intake-desk-keys-1", "store": 5, "slots": []}', b'{"format": "intake-desk-keys-1", "store": "", "slots": [1]}',
        b'{"format": "intake-desk-keys-1", "store": "", "slots": [{}]}', b'{"format": "other", "store": "", "slots": []}',
        b'{"a": ' + b"9" * 5000 + b"}", b" " * 5_000_000,
    ],
)  # fmt: skip
def test_what_is_no_ring_is_called_damaged(paths: Paths, content: bytes) -> None:
    """Whatever stands there."""
    paths.ring.write_bytes(content)
    assert refused(paths).code == "keys_damaged"


def test_a_ring_that_is_gone_is_said_to_be_missing(paths: Paths) -> None:
    """And it is told where one is kept too."""
    paths.ring.unlink()
    assert refused(paths).code == "keys_missing"


@given(data=st.data())
def test_no_change_of_a_ring_crashes_or_lets_anybody_in(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Bytes that were exchanged, cut or doubled end in one of the errors that are told."""
    path = tmp_path_factory.getbasetemp() / "keys.json"
    raw = bytearray(SAMPLE)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(raw) - 1))
        raw[place : place + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=4))
    path.write_bytes(raw)
    assert _code_of(path) in ("opens nothing", "keys_damaged")


def test_parts_of_a_ring_exchanged_with_hostile_values_open_nothing(paths: Paths) -> None:
    """Each value of each slot is taken away or exchanged; the right password then fails in words, or still gets its own keys."""
    whole: dict[str, Any] = json.loads(paths.ring.read_bytes())
    values: list[object] = [None, "", "00", 7, -1, [], {}, True, "f" * 96, [64, 1, 1], "\ud800", 1e308]
    rng = random.Random(5)
    for name in [*whole["slots"][0], "upcoming"]:
        for value in rng.sample(values, 6):
            content = json.loads(json.dumps(whole))
            content["slots"][0][name] = value
            paths.ring.write_text(json.dumps(content))
            if (name, value) == ("upcoming", None):
                enter(paths).store.close()
            else:
                assert refused(paths).code in CODES
            paths.tries.unlink(missing_ok=True)


def test_keys_that_a_stranger_sealed_open_no_store(paths: Paths, tmp_path: Path) -> None:
    """Whoever writes the file can seal keys of their own to anybody; the store has others."""
    content = json.loads(paths.ring.read_bytes())
    slot = read_ring(paths.ring).slots[0].slot

    content["slots"][0]["sealed"] = slot.seal(KEYS).hex()
    paths.ring.write_text(json.dumps(content))
    assert refused(paths).code == "damaged_store"


def test_a_login_with_two_slots_opens_by_the_password_of_either() -> None:
    """As while a password is changed."""
    ring = ring_of("x", (password_slot("alex", "the one before"), password_slot("alex", "the one after")), KEYS)
    found = [ring.opened(" ALEX ", secret_of(word)) for word in ("the one before", "the one after", "neither")]
    assert [each and each.keys for each in found] == [(WITHOUT_NOTES,), (WITHOUT_NOTES,), None]


def test_a_missing_ring_is_a_store_error(tmp_path: Path) -> None:
    """A person can act on it."""
    with pytest.raises(StoreError, match="keys_missing"):
        read_ring(tmp_path / "keys.json")


def _code_of(path: Path) -> str:
    try:
        for each in read_ring(path, private=False).slots:
            if each.open(b"not the password"):
                return "opened"
    except IntakeError as error:
        return error.code
    return "opens nothing"


def _sample() -> bytes:

    ring = ring_of("ab" * 16, (password_slot("alex", "seven sample ponies", cost=CHEAP, notes=bytes(32)),), KEYS, KEYS)
    each = ring.slots[0]
    slots = [{**each.slot.to_json(), "sealed": each.sealed.hex(), "upcoming": (each.upcoming or b"").hex()}]
    return json.dumps({"format": FORMAT, "store": ring.store_id, "slots": slots}).encode()


SAMPLE = _sample()
