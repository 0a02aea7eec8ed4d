"""A file that a command leaves: only its owner can read it, and it is there whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intake.errors import IntakeError


@contextmanager
def replacing(target: Path, content: bytes) -> Generator[None]:
    """Write beside the target, and put it in place whole when the block ends well.

    Raises IntakeError ``cannot_write_file``; then the target is as it was.
    """
    unfinished, descriptor = _begin(target)
    try:
        _write(descriptor, content)
        yield
        _move(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _begin(target: Path) -> tuple[Path, int]:
    """Make the file beside the target that only its owner can read, and return it with its descriptor."""
    try:
        if target.exists() and not target.is_file():
            raise IntakeError("cannot_write_file")  # moving onto a device or a pipe would take it away
        unfinished = target.with_name(f".{secrets.token_hex(8)}.new")
        return unfinished, os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, ValueError) as error:
        raise IntakeError("cannot_write_file") from error


def _write(descriptor: int, content: bytes) -> None:
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise IntakeError("cannot_write_file") from error


def _move(unfinished: Path, target: Path) -> None:
    try:
        unfinished.replace(target)
    except OSError as error:
        raise IntakeError("cannot_write_file") from error
