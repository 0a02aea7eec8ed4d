"""Signatures of a person: made with a key that only the password opens, checked by anybody."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_SEED_BYTES = 32
_SIGNING = b"intake-desk signing key 1"


class Signer:
    """Signs as the person whose slot's private half it is made of. ``public`` (32 bytes) is what checks its signatures."""

    def __init__(self, private_half: bytes) -> None:
        """Derive the signing key (Ed25519) by HKDF-SHA-256, so that the slot needs no second secret."""
        seed = HKDF(algorithm=SHA256(), length=_SEED_BYTES, salt=None, info=_SIGNING).derive(private_half)
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public = self._key.public_key().public_bytes_raw()

    def sign(self, message: bytes) -> bytes:
        """Return the signature (64 bytes) of a message."""
        return self._key.sign(message)


def is_signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether this is the signature of a message by the key that belongs to ``public``."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
