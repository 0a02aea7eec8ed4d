"""The one written form of what is signed, and its fingerprint: equal content is equal text, whoever writes it down and when."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

GROUPS: Final = 4
GROUP_DIGITS: Final = 4


def canonical(value: object) -> str:
    """Return a value as canonical JSON: keys sorted, no spaces, every text in NFC, nothing escaped that need not be.

    Raises TypeError for what JSON has no form for, and ValueError for a number that is none, two keys that are one in NFC, and
    text that UTF-8 cannot write (half of a surrogate pair).
    """
    text = json.dumps(_composed(value), ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    text.encode()
    return text


def fingerprint(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def short(fingerprint: str) -> str:
    """Return the beginning of a fingerprint as people compare it: ``3f9a-17c2-88d0-4b1e``; empty for an empty one."""
    groups = (fingerprint[place * GROUP_DIGITS : (place + 1) * GROUP_DIGITS] for place in range(GROUPS))
    return "-".join(group for group in groups if group)


def _composed(value: object) -> Any:
    """Return the value with every text in NFC and tuples as lists."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, Mapping):
        composed = {_composed(key): _composed(part) for key, part in value.items()}
        if len(composed) != len(value):
            raise ValueError("two keys are one in NFC")
        return composed
    if isinstance(value, list | tuple):
        return [_composed(part) for part in value]
    return value
