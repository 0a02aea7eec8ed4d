"""Slots: how a password or the recovery key opens the store's keys.

Each slot has a key pair (X25519). The private half is wrapped (AES-256-GCM) with what Argon2id makes of the password, or HKDF of the
recovery key; the store's keys are sealed to the public half. So new keys can be sealed for everybody without their passwords.
"""

from __future__ import annotations

import contextlib
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
from intake.security.signing import Signer

RECOVERY = ""
"""The login of the slot that the recovery key opens."""
NONCE_BYTES = 12
_TAG_BYTES = 16
_WRAPPED_BYTES = KEY_BYTES + _TAG_BYTES
_SEALED_BYTES = KEY_BYTES + NONCE_BYTES + 2 * KEY_BYTES + _TAG_BYTES
_PARTS = ("salt", "nonce", "wrapped", "public", "signer", "notes")
_LATER = ("signer", "notes")
"""Parts that slots from before they were there do not have."""
_WRAPPING, _SEALING = b"intake-desk wrapped private key 1", b"intake-desk sealed store keys 1"
_BOUND = b"intake-desk wrapped private key 2"
"""Wrapped together with what checks the signatures and which key the notes have: nothing of it, nor the slot's age, can be changed
without the secret."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreKeys:
    """``store`` encrypts the file, ``audit`` keys the chain of the audit; 32 bytes each, in no text this prints.

    ``notes`` encrypts what clinicians write, once more within the file; None for whom that is not meant. It is never in the ring: the
    store has it, sealed to the slots of those who may have it.
    """

    store: bytes = field(repr=False)
    audit: bytes = field(repr=False)
    notes: bytes | None = field(default=None, repr=False)


def new_keys(former: StoreKeys | None = None) -> StoreKeys:
    """Return keys by chance; with ``former`` ones only the file's is new."""
    store = secrets.token_bytes(KEY_BYTES)
    if former is not None:
        return replace(former, store=store)
    return StoreKeys(store=store, audit=secrets.token_bytes(KEY_BYTES), notes=secrets.token_bytes(KEY_BYTES))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """Who it opens for (``login``), its wrapped private half and its public half. ``cost`` is None for the recovery key's.

    ``signer`` is by what the person's signatures are checked (Ed25519), empty in a slot from before there were any.
    ``notes`` tells which key the store's notes had when the slot was made (``id_bytes``), empty where whoever made it did not know.
    """

    login: str
    salt: bytes
    cost: Cost | None
    nonce: bytes
    wrapped: bytes = field(repr=False)
    public: bytes
    signer: bytes = b""
    notes: bytes = b""

    def private_half(self, secret: bytes) -> bytes | None:
        """Return the private half, None when this is not the secret that wrapped it."""
        opening = AESGCM(_wrapping_key(secret, self.salt, self.cost))
        former = _named(_WRAPPING, self.login)
        for named in (_bound(self),) if self.notes else (_bound(self), former) if self.signer else (former,):
            with contextlib.suppress(InvalidTag):
                return opening.decrypt(self.nonce, self.wrapped, named)
        return None

    def seal(self, keys: StoreKeys) -> bytes:
        """Return the store's keys, without that of the notes, so that only the private half of this slot reads them."""
        return self.seal_bytes(keys.store + keys.audit, _SEALING)

    def unseal(self, private_half: bytes, sealed: bytes) -> StoreKeys:
        """Return the keys that were sealed. Raises IntakeError ``keys_damaged``."""
        opened = self.unseal_bytes(private_half, sealed, _SEALING)
        return StoreKeys(store=opened[:KEY_BYTES], audit=opened[KEY_BYTES:])

    def seal_bytes(self, content: bytes, purpose: bytes) -> bytes:
        """Return content so that only the private half of this slot reads it, for this purpose."""
        passing = X25519PrivateKey.generate()
        nonce = secrets.token_bytes(NONCE_BYTES)
        shared = passing.exchange(X25519PublicKey.from_public_bytes(self.public))
        ours = passing.public_key().public_bytes_raw()
        return ours + nonce + AESGCM(_sealing_key(shared, ours, self.public)).encrypt(nonce, content, _named(purpose, self.login))

    def unseal_bytes(self, private_half: bytes, sealed: bytes, purpose: bytes) -> bytes:
        """Return what was sealed to this slot for this purpose. Raises IntakeError ``keys_damaged``."""
        ours, nonce, content = sealed[:KEY_BYTES], sealed[KEY_BYTES : KEY_BYTES + NONCE_BYTES], sealed[KEY_BYTES + NONCE_BYTES :]
        try:
            shared = X25519PrivateKey.from_private_bytes(private_half).exchange(X25519PublicKey.from_public_bytes(ours))
            return AESGCM(_sealing_key(shared, ours, self.public)).decrypt(nonce, content, _named(purpose, self.login))
        except (InvalidTag, ValueError) as error:
            raise IntakeError("keys_damaged") from error

    def to_json(self) -> dict[str, Any]:
        """Return the slot as it is written down; bytes are hexadecimal."""
        cost = self.cost and [self.cost.memory_kib, self.cost.passes, self.cost.lanes]
        parts = {name: getattr(self, name).hex() for name in _PARTS if name not in _LATER or getattr(self, name)}
        return {"login": self.login, "cost": cost, **parts}


def secret_of(password: str) -> bytes:
    """Return a typed password as bytes: the same for every way a keyboard writes the same signs."""
    return unicodedata.normalize("NFKC", password).encode("utf-8", "surrogatepass")


def password_slot(login: str, password: str, *, cost: Cost | None = None, notes: bytes = b"") -> Slot:
    """Return a new slot that this password opens; ``notes`` tells, for good, which key the notes have."""
    return opened_slot(login, password, cost=cost, notes=notes)[0]


def opened_slot(login: str, password: str, *, cost: Cost | None = None, notes: bytes = b"") -> tuple[Slot, bytes]:
    """Return a new slot that this password opens, and its private half, for who goes on with it at once."""
    return _new_slot(login, secret_of(password), cost or tuned_cost(), notes)


def dearer_slot(slot: Slot, private_half: bytes, password: str) -> Slot:
    """Return a slot with the same two halves, at the cost that guessing has on this machine now."""
    fresh = replace(slot, cost=tuned_cost(), signer=Signer(private_half).public)
    return _wrap(fresh, private_half, secret_of(password))


def recovery_slot(secret: bytes, *, notes: bytes = b"") -> Slot:
    """Return a new slot that the recovery key (32 bytes by chance) opens; ``notes`` as for a password's."""
    return _new_slot(RECOVERY, secret, None, notes)[0]


def slot_of_hash(login: str, *, cost: Cost, salt: bytes, derived: bytes) -> Slot:
    """Return a slot for a password of which only Argon2id's result is known: that of an account from before there were slots.

    Nothing is signed with it: a copy of the store of before opens it. Whoever signs in gets another one.
    """
    private = X25519PrivateKey.generate()
    nonce = secrets.token_bytes(NONCE_BYTES)
    half = private.private_bytes_raw()
    wrapped = AESGCM(derived).encrypt(nonce, half, _named(_WRAPPING, login))
    public = private.public_key().public_bytes_raw()
    return Slot(login=login, salt=salt, cost=cost, nonce=nonce, wrapped=wrapped, public=public)


def slot_from_json(content: object) -> Slot:
    """Return the slot that was written down. Raises IntakeError ``keys_damaged`` for anything else."""
    try:
        parts = cast("dict[str, Any]", content)
        cost = parts["cost"] and Cost(**dict(zip(("memory_kib", "passes", "lanes"), map(_whole, parts["cost"]), strict=True)))
        texts = {name: bytes.fromhex(parts[name]) for name in _PARTS if name not in _LATER or name in parts}
        slot = Slot(login=_text(parts["login"]), cost=cost or None, **texts)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise IntakeError("keys_damaged") from error
    sizes = (len(slot.salt), len(slot.nonce), len(slot.wrapped), len(slot.public))
    fits = 8 <= sizes[0] <= 2 * KEY_BYTES and sizes[1:] == (NONCE_BYTES, _WRAPPED_BYTES, KEY_BYTES)  # noqa: PLR2004 - Argon2's least salt
    fits = fits and {len(slot.signer), len(slot.notes)} <= {0, KEY_BYTES} and (bool(slot.signer) or not slot.notes)
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


def _new_slot(login: str, secret: bytes, cost: Cost | None, notes: bytes) -> tuple[Slot, bytes]:
    private = X25519PrivateKey.generate()
    half, public = private.private_bytes_raw(), private.public_key().public_bytes_raw()
    named = Slot(login=login, salt=b"", cost=cost, nonce=b"", wrapped=b"", public=public, signer=Signer(half).public, notes=notes)
    return _wrap(named, half, secret), half


def _wrap(slot: Slot, private_half: bytes, secret: bytes) -> Slot:
    """Return the slot with its private half wrapped anew, together with all that it names."""
    slot = replace(slot, salt=secrets.token_bytes(SALT_BYTES), nonce=secrets.token_bytes(NONCE_BYTES))
    key = _wrapping_key(secret, slot.salt, slot.cost)
    return replace(slot, wrapped=AESGCM(key).encrypt(slot.nonce, private_half, _bound(slot)))


def _wrapping_key(secret: bytes, salt: bytes, cost: Cost | None) -> bytes:
    if cost is not None:
        return cost.derive(secret, salt)
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=_WRAPPING).derive(secret)


def _sealing_key(shared: bytes, ours: bytes, theirs: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=ours + theirs, info=_SEALING).derive(shared)


def _bound(slot: Slot) -> bytes:
    return _named(_BOUND, slot.login) + b"\0" + slot.signer + slot.notes


def _named(what: bytes, login: str) -> bytes:
    return what + b"\0" + login.encode()
