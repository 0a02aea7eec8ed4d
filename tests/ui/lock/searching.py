"""Searching every file of some folders for a name, however its letters were written."""

from __future__ import annotations

import base64
import contextlib
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

PICTURES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM")
"""How papers and pictures begin; a name in one may be packed or painted."""


def spellings(name: str) -> tuple[bytes, ...]:
    """Return the bytes a name may be written in."""
    plain = [form.encode(each) for form in (name, name.upper(), name.lower()) for each in ("utf-8", "utf-16-le", "utf-16-be")]
    shifted = [base64.b64encode(b"\0" * shift + name.encode())[shift + 1 : -3] for shift in range(3)]
    return (*plain, name.encode().hex().encode(), *shifted)


def files(folders: Iterable[Path]) -> Iterator[Path]:
    """Yield every file in the folders and under them."""
    for folder in folders:
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())


def names_found(folders: Iterable[Path], *names: str) -> list[str]:
    """Return each file that holds one of the names in its content or its own name, or that is a paper or a picture."""
    wanted = [each for name in names for each in spellings(name)]
    found = []
    for path in files(folders):
        content = path.read_bytes()
        looked_at = (content, path.name.encode(), *_unpacked(content))
        if content.startswith(PICTURES) or any(each in part for each in wanted for part in looked_at):
            found.append(path.name)
    return found


def _unpacked(content: bytes) -> Iterator[bytes]:
    """Yield what lies packed in a content: whatever begins like a zlib stream."""
    for mark in (b"\x78\x9c", b"\x78\x01", b"\x78\xda"):
        at = content.find(mark)
        while at >= 0:
            with contextlib.suppress(zlib.error):  # it only began like one
                yield zlib.decompressobj().decompress(content[at : at + 1_000_000])
            at = content.find(mark, at + 1)
