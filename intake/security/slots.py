"""Slots: how a password or the recovery key opens the store's keys.

Each slot has a key pair (X25519). The private half is wrapped (AES-256-GCM) with what Argon2id makes of the password, or HKDF of the
recovery key; the store's keys are sealed to the public half. So new keys can be sealed for everybody without their passwords.
"""

from __future__ import annotations

import secrets
import unicodedata
from dataclasses import dataclass, field, replace
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from intake.errors import IntakeError
from intake.security.cost import KEY_BYTES, SALT_BYTES, Cost, tuned_cost

RECOVERY = ""
"""The login of the slot that the recovery key opens."""
NONCE_BYTES = 12
_TAG_BYTES = 16
_WRAPPED_BYTES = KEY_BYTES + _TAG_BYTES
_SEALED_BYTES = KEY_BYTES + NONCE_BYTES + 2 * KEY_BYTES + _TAG_BYTES
_WRAPPING, _SEALING = b"intake-desk wrapped private key 1", b"intake-desk sealed store keys 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreKeys:
    """``store`` encrypts the file, ``audit`` keys the chain of the audit; 32 bytes each, in no text this prints."""

    store: bytes = field(repr=False)
    audit: bytes = field(repr=False)


def new_keys(audit: bytes | None = None) -> StoreKeys:
    """Return keys by chance; with an ``audit`` key only the file's is new."""
    return StoreKeys(store=secrets.token_bytes(KEY_BYTES), audit=audit or secrets.token_bytes(KEY_BYTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Who it opens for (``login``), its wrapped private half and its public half. ``cost`` is None for the recovery key's."""

    login: str
    salt: bytes
    cost: Cost | None
    nonce: bytes
    wrapped: bytes = field(repr=False)
    public: bytes

    def private_half(self, secret: bytes) -> bytes | None:
        """Return the private half, None when this is not the secret that wrapped it."""
        try:
            return AESGCM(_wrapping_key(secret, self.salt, self.cost)).decrypt(self.nonce, self.wrapped, _named(_WRAPPING, self.login))
        except InvalidTag:
            return None

    def seal(self, keys: StoreKeys) -> bytes:
        """Return the keys so that only the private half of this slot reads them."""
        passing = X25519PrivateKey.generate()
        nonce = secrets.token_bytes(NONCE_BYTES)
        shared = passing.exchange(X25519PublicKey.from_public_bytes(self.public))
        ours = passing.public_key().public_bytes_raw()
        content = AESGCM(_sealing_key(shared, ours, self.public)).encrypt(nonce, keys.store + keys.audit, _named(_SEALING, self.login))
        return ours + nonce + content

    def unseal(self, private_half: bytes, sealed: bytes) -> StoreKeys:
        """Return the keys that were sealed. Raises IntakeError ``keys_damaged``."""
        ours, nonce, content = sealed[:KEY_BYTES], sealed[KEY_BYTES : KEY_BYTES + NONCE_BYTES], sealed[KEY_BYTES + NONCE_BYTES :]
        try:
            shared = X25519PrivateKey.from_private_bytes(private_half).exchange(X25519PublicKey.from_public_bytes(ours))
            opened = AESGCM(_sealing_key(shared, ours, self.public)).decrypt(nonce, content, _named(_SEALING, self.login))
        except (InvalidTag, ValueError) as error:
            raise IntakeError("keys_damaged") from error
        return StoreKeys(store=opened[:KEY_BYTES], audit=opened[KEY_BYTES:])

    def to_json(self) -> dict[str, Any]:
        """Return the slot as it is written down; bytes are hexadecimal."""
        cost = self.cost and [self.cost.memory_kib, self.cost.passes, self.cost.lanes]
        parts = {name: getattr(self, name).hex() for name in ("salt", "nonce", "wrapped", "public")}
        return {"login": self.login, "cost": cost, **parts}


def secret_of(password: str) -> bytes:
    """Return a typed password as bytes: the same for every way a keyboard writes the same signs."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def password_slot(login: str, password: str, *, cost: Cost | None = None) -> Slot:
    """Return a new slot that this password opens."""
    return _new_slot(login, secret_of(password), cost or tuned_cost())


def recovery_slot(secret: bytes) -> Slot:
    """Return a new slot that the recovery key (32 bytes by chance) opens."""
    return _new_slot(RECOVERY, secret, None)


def slot_of_hash(login: str, *, cost: Cost, salt: bytes, derived: bytes) -> Slot:
    """Return a slot for a password of which only Argon2id's result is known: that of an account from before there were slots."""
    private = X25519PrivateKey.generate()
    nonce = secrets.token_bytes(NONCE_BYTES)
    wrapped = AESGCM(derived).encrypt(nonce, private.private_bytes_raw(), _named(_WRAPPING, login))
    return Slot(login=login, salt=salt, cost=cost, nonce=nonce, wrapped=wrapped, public=private.public_key().public_bytes_raw())


def slot_from_json(content: object) -> Slot:
    """Return the slot that was written down. Raises IntakeError ``keys_damaged`` for anything else."""
    try:
        parts = cast("dict[str, Any]", content)
        cost = parts["cost"] and Cost(**dict(zip(("memory_kib", "passes", "lanes"), map(_whole, parts["cost"]), strict=True)))
        texts = {name: bytes.fromhex(parts[name]) for name in ("salt", "nonce", "wrapped", "public")}
        slot = Slot(login=_text(parts["login"]), cost=cost or None, **texts)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IntakeError("keys_damaged") from error
    sizes = (len(slot.salt), len(slot.nonce), len(slot.wrapped), len(slot.public))
    fits = 8 <= sizes[0] <= 2 * KEY_BYTES and sizes[1:] == (NONCE_BYTES, _WRAPPED_BYTES, KEY_BYTES)  # noqa: PLR2004 - Argon2's least salt
    if not (fits and (slot.cost is None or slot.cost.bearable()) and (slot.cost is None) == (not slot.login)):
        raise IntakeError("keys_damaged")
    return slot


def sealed_from_hex(text: object) -> bytes:
    """Return sealed keys that were written down. Raises IntakeError ``keys_damaged`` for anything else."""
    try:
        sealed = bytes.fromhex(cast("str", text))
    except (TypeError, ValueError) as error:
        raise IntakeError("keys_damaged") from error
    if len(sealed) != _SEALED_BYTES:
        raise IntakeError("keys_damaged")
    return sealed


def _text(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError
    text.encode()  # half of a pair of signs is no text
    return text


def _whole(number: object) -> int:
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError
    return number


def _new_slot(login: str, secret: bytes, cost: Cost | None) -> Slot:
    private = X25519PrivateKey.generate()
    return _wrap(login, private.private_bytes_raw(), private.public_key().public_bytes_raw(), secret, cost)


def _wrap(login: str, private_half: bytes, public: bytes, secret: bytes, cost: Cost | None) -> Slot:
    salt, nonce = secrets.token_bytes(SALT_BYTES), secrets.token_bytes(NONCE_BYTES)
    slot = Slot(login=login, salt=salt, cost=cost, nonce=nonce, wrapped=b"", public=public)
    return replace(slot, wrapped=AESGCM(_wrapping_key(secret, salt, cost)).encrypt(nonce, private_half, _named(_WRAPPING, login)))


def _wrapping_key(secret: bytes, salt: bytes, cost: Cost | None) -> bytes:
    if cost is not None:
        return cost.derive(secret, salt)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=_WRAPPING).derive(secret)


def _sealing_key(shared: bytes, ours: bytes, theirs: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=ours + theirs, info=_SEALING).derive(shared)


def _named(what: bytes, login: str) -> bytes:
    return what + b"\0" + login.encode()
