"""The recovery key as people read and type it: 256 bits by chance in letters that are not mistaken for one another."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator

from intake.errors import IntakeError

SECRET_BYTES = 32
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U."""
GROUP = 5
SIGNS = 55
"""52 of the secret, three that tell a mistyped one."""
_SEPARATORS = str.maketrans("-·.", "   ")
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
_CHECK_BITS = 15
_SECRET_SIGNS = 52


def new_secret() -> bytes:
    """Return a secret by chance."""
    return secrets.token_bytes(SECRET_BYTES)


def spoken(secret: bytes) -> str:
    """Return the secret in eleven groups of five signs, the last three of which tell a mistyped one."""
    signs = _signs(int.from_bytes(secret) << 4, _SECRET_SIGNS) + _signs(_check(secret), SIGNS - _SECRET_SIGNS)
    return " ".join(signs[place : place + GROUP] for place in range(0, SIGNS, GROUP))


def read(typed: str) -> bytes:
    """Return the secret that was typed, in any case and grouping. Raises IntakeError ``recovery_key_mistyped``."""
    signs = _plain(typed)
    if len(signs) != SIGNS or not set(signs) <= set(ALPHABET):
        raise IntakeError("recovery_key_mistyped")
    number = _number(signs[:_SECRET_SIGNS])
    secret = (number >> 4).to_bytes(SECRET_BYTES)
    if number & 0xF or _number(signs[_SECRET_SIGNS:]) != _check(secret):
        raise IntakeError("recovery_key_mistyped")
    return secret


def doubtful_group(typed: str) -> int | None:
    """Return which group, from 1, to compare with the sheet first, None when that cannot be told.

    The signs that tell a mistyped key are of the whole key, and no group has any of its own: a sheet that was printed stays
    good. But with one sign wrong, or two neighbours the wrong way round, exactly one small change makes the key whole again,
    and its place is the place of the error. Another change does so by chance once in some twenty times; then nothing is named.
    """
    groups = typed.upper().translate(_SEPARATORS).split()
    counts = [number for number, group in enumerate(groups, start=1) if len(group) != GROUP]
    if len(groups) == SIGNS // GROUP and len(counts) == 1:
        return counts[0]
    signs = _plain(typed)
    if len(signs) != SIGNS:
        return None
    strange = {place // GROUP + 1 for place, sign in enumerate(signs) if sign not in ALPHABET}
    found = strange or {place // GROUP + 1 for place in range(SIGNS) if any(_is_whole(each) for each in _near(signs, place))}
    return found.pop() if len(found) == 1 else None


def _near(signs: str, place: int) -> Iterator[str]:
    """Yield the key with another sign at this place, and with this sign and the next one the other way round."""
    for sign in ALPHABET:
        yield signs[:place] + sign + signs[place + 1 :]
    yield signs[:place] + signs[place : place + 2][::-1] + signs[place + 2 :]


def _is_whole(signs: str) -> bool:
    try:
        read(signs)
    except IntakeError:
        return False
    return True


def _plain(typed: str) -> str:
    return "".join(typed.upper().translate(_SEPARATORS).split()).translate(_READ_AS)


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"intake-desk recovery key" + secret).digest()[:2]) >> (16 - _CHECK_BITS)


def _signs(number: int, count: int) -> str:
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(count)))


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    return number
