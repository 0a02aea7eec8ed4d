"""The key of the notes: what clinicians write is encrypted once more within the store, for those roles that may read it.

The key lies in the store itself, sealed to the slot of each account that may have it. A password opens its slot, the slot this key;
with any other password, the store and a program of one's own, notes stay closed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.domain.staff import HOLD_NOTES
from intake.errors import DeniedError, IntakeError
from intake.security.cost import KEY_BYTES
from intake.security.slots import NONCE_BYTES, Slot
from intake.storage.driver import Connection
from intake.storage.rows import Change

_NAME: Final = "notes_key"
_LEFT: Final = "notes_left_open"
_SHARE: Final = b"intake-desk sealed notes key 1"
_HEAD: Final = "notes1:"
"""What an encrypted text begins with."""
SEALED_MORE: Final = NONCE_BYTES + 16
"""By how many bytes an encrypted content is longer: the nonce and the tag."""
_HOLDERS: Final = ", ".join(f"'{role.value}'" for role in sorted(HOLD_NOTES))
_TOLD: Final = (
    "SELECT json_extract(changes, '$.notes_key[1]') FROM audit WHERE action IN ('set_up', 'begin_notes_key')"  # noqa: S608 - our own words
    f" AND json_extract(changes, '$.notes_key[1]') IS NOT NULL AND staff_role IN ({_HOLDERS}) ORDER BY seq LIMIT 1"
)
_EVER_TOLD: Final = "SELECT 1 FROM audit WHERE changes <> '{}' AND json_extract(changes, '$.notes_key[1]') IS NOT NULL LIMIT 1"


class NotesKey:
    """The key as one open store has it, and its shares. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection, key: bytes | None) -> None:
        """Work over this connection; ``key`` is None until a slot that has a share is taken up."""
        self._connection = connection
        self.key = key
        self._bound = b""

    def made(self) -> bool:
        """Tell whether the store has a key of its notes."""
        return self._id() is not None

    def choose(self) -> None:
        """Have a key by chance, unless this was made with one; ``make`` gives it to the store."""
        self.key = self.key or secrets.token_bytes(KEY_BYTES)

    def make(self) -> None:
        """Give the store its key, for good."""
        self.choose()
        self._connection.execute("INSERT INTO meta (name, value) VALUES (?, ?)", (_NAME, _id_of(self._held())))

    def choose_anew(self) -> None:
        """Have a key by chance for a store of before; ``make`` gives it to the store.

        Raises IntakeError ``notes_key_altered`` when there are signs that it had one: whoever took that away gets no other one by it.
        """
        held = self.held or bool(self.shared_with())
        if held or self._connection.execute(_EVER_TOLD).fetchone() is not None:
            raise IntakeError("notes_key_altered")
        self.choose()

    def told(self) -> dict[str, Change]:
        """Return the store's key as the audit tells it when it is chosen: it says nothing about the key but which one it is."""
        return {_NAME: (None, self._id())}

    def altered(self) -> bool:
        """Tell whether the store's key is another one than the first that the audit told of."""
        return self._id() != self._first_told()

    def take_up(self, slot: Slot, private_half: bytes) -> None:
        """Have the key that was sealed to this slot, or none.

        Raises IntakeError ``notes_key_altered`` for one that is not the one the slot names, which only its password can change, or not
        the first that the audit told of: somebody else may know it.
        """
        self._bound = slot.notes
        row = self._connection.execute("SELECT sealed FROM notes_share WHERE public = ?", (slot.public,)).fetchone()
        self.key = None
        if row is None:
            return
        try:
            key = slot.unseal_bytes(private_half, row[0], _SHARE)
        except IntakeError as error:
            raise IntakeError("notes_key_altered") from error
        other = bool(slot.notes) and not hmac.compare_digest(id_bytes(key), slot.notes)
        if other or self.altered() or not hmac.compare_digest(_id_of(key), self._id() or ""):
            raise IntakeError("notes_key_altered")
        self.key = key

    def named(self) -> bytes:
        """Return what a slot that is made now names as the key of the notes: the one held, else that of the slot taken up, or nothing."""
        return self._bound if self.key is None else id_bytes(self.key)

    def give(self, slot: Slot) -> None:
        """Seal the key to a slot, unless it is. Raises DeniedError when the person at work does not have it."""
        if not self.made():  # a store of before: it gets its key, and everybody's share, once its slots are there
            return
        if self._connection.execute("SELECT 1 FROM notes_share WHERE public = ?", (slot.public,)).fetchone() is None:
            share = slot.seal_bytes(self._held(), _SHARE)
            self._connection.execute("INSERT INTO notes_share (public, sealed) VALUES (?, ?)", (slot.public, share))

    def keep_only(self, slots: Iterable[Slot]) -> None:
        """Take the share of every other slot away."""
        kept = {slot.public for slot in slots}
        for (public,) in self._connection.execute("SELECT public FROM notes_share").fetchall():
            if public not in kept:
                self._connection.execute("DELETE FROM notes_share WHERE public = ?", (public,))

    def shared_with(self) -> set[bytes]:
        """Return the public halves of the slots that the key is sealed to."""
        return {bytes(public) for (public,) in self._connection.execute("SELECT public FROM notes_share")}

    def some_left_open(self) -> None:
        """Keep in mind that pages and copies of the store may still hold notes in the open."""
        self._connection.execute("INSERT INTO meta (name, value) VALUES (?, '')", (_LEFT,))

    def none_left_open(self) -> None:
        """Keep in mind that none do."""
        self._connection.execute("DELETE FROM meta WHERE name = ?", (_LEFT,))

    def left_open(self) -> bool:
        """Tell whether pages and copies of the store may still hold notes in the open."""
        return self._connection.execute("SELECT 1 FROM meta WHERE name = ?", (_LEFT,)).fetchone() is not None

    @property
    def held(self) -> bool:
        """Tell whether the person at work has the key."""
        return self.key is not None

    def seal(self, text: str, place: str) -> str:
        """Return a text encrypted (AES-256-GCM, a nonce by chance) for one ``place``: no other row can take it."""
        return _HEAD + base64.b64encode(self.seal_bytes(text.encode("utf-8", "surrogatepass"), place)).decode("ascii")

    def open(self, sealed: str, place: str) -> str:
        """Return a text that was encrypted for this place.

        Raises DeniedError when the person at work does not have the key, IntakeError ``note_altered`` when it is not as it was kept.
        """
        self._held()
        if not sealed.startswith(_HEAD):
            raise IntakeError("note_altered")
        try:
            raw = base64.b64decode(sealed.removeprefix(_HEAD), validate=True)
        except (ValueError, binascii.Error) as error:
            raise IntakeError("note_altered") from error
        return self.open_bytes(raw, place).decode("utf-8", "surrogatepass")

    def seal_bytes(self, content: bytes, place: str) -> bytes:
        """Return bytes encrypted as ``seal`` does a text; they are SEALED_MORE longer."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + AESGCM(self._held()).encrypt(nonce, content, place.encode())

    def open_bytes(self, sealed: bytes, place: str) -> bytes:
        """Return bytes that were encrypted for this place. Raises as ``open``."""
        key = self._held()
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
        except (InvalidTag, ValueError) as error:
            raise IntakeError("note_altered") from error

    def _held(self) -> bytes:
        if self.key is None:
            code = "not_permitted"
            raise DeniedError(code, task="read_note")
        return self.key

    def _first_told(self) -> str | None:
        row = self._connection.execute(_TOLD).fetchone()
        return None if row is None else str(row[0])

    def _id(self) -> str | None:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (_NAME,)).fetchone()
        return None if row is None else str(row[0])


def id_bytes(key: bytes) -> bytes:
    """Return what a slot names a key by."""
    return bytes.fromhex(_id_of(key))


def _id_of(key: bytes) -> str:
    """Return what tells a key from every other one and nothing about it."""
    return hmac.digest(key, b"intake-desk notes key 1", hashlib.sha256).hex()
