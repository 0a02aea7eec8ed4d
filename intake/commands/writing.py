"""A file that a command leaves: only its owner can read it, and it is there whole or not at all."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intake import placing
from intake.errors import IntakeError


@contextmanager
def replacing(target: Path, content: bytes) -> Generator[None]:
    """Write beside the target, and put it in place whole when the block ends well.

    Raises IntakeError ``cannot_write_file``; then the target is as it was, or whole.
    """
    inside = False
    try:
        if target.exists() and not target.is_file():
            raise IntakeError("cannot_write_file")  # moving onto a device or a pipe would take it away
        with placing.replacing(target, content):
            inside = True
            yield
            inside = False
    except (OSError, ValueError) as error:
        if inside:  # what was done meanwhile failed, not the file
            raise
        raise IntakeError("cannot_write_file") from error
