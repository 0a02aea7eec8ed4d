"""Reading a small file of the data folder, whatever lies there by its name: nothing is waited for, and nothing read without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

_NO_WAIT: Final = getattr(os, "O_NONBLOCK", 0)
"""A pipe that nobody writes to would be waited for."""


def read_start(path: Path, most: int) -> bytes:
    """Return the first ``most`` bytes of a file. Raises OSError, and ValueError for what is no file: a folder, a pipe, a device."""
    with open(path, "rb", opener=_at_once) as file:
        return file.read(most) or b""


def read_whole(path: Path, most: int) -> bytes:
    """Return all of a file of at most ``most`` bytes. Raises OSError, and ValueError for a larger one and for what is no file."""
    content = read_start(path, most + 1)
    if len(content) > most:
        raise ValueError
    return content


def _at_once(path: str, flags: int) -> int:
    """Open a file without waiting. Raises OSError, ValueError when it is none."""
    descriptor = os.open(path, flags | _NO_WAIT)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return descriptor
    os.close(descriptor)
    raise ValueError
