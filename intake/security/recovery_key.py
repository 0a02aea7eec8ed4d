"""The recovery key as people read and type it: 256 bits by chance in letters that are not mistaken for one another."""

from __future__ import annotations

import hashlib
import secrets

from intake.errors import IntakeError

SECRET_BYTES = 32
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: without I, L, O and U."""
GROUP = 5
SIGNS = 55
"""52 of the secret, three that tell a mistyped one."""
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
    signs = "".join(sign for sign in typed.upper() if sign not in " -\n\t\r·.").translate(_READ_AS)
    if len(signs) != SIGNS or not set(signs) <= set(ALPHABET):
        raise IntakeError("recovery_key_mistyped")
    number = _number(signs[:_SECRET_SIGNS])
    secret = (number >> 4).to_bytes(SECRET_BYTES)
    if number & 0xF or _number(signs[_SECRET_SIGNS:]) != _check(secret):
        raise IntakeError("recovery_key_mistyped")
    return secret


def _check(secret: bytes) -> int:
    return int.from_bytes(hashlib.sha256(b"intake-desk recovery key" + secret).digest()[:2]) >> (16 - _CHECK_BITS)


def _signs(number: int, count: int) -> str:
    return "".join(ALPHABET[(number >> (5 * place)) & 31] for place in reversed(range(count)))


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = number << 5 | ALPHABET.index(sign)
    return number
