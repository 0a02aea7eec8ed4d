"""Putting a finished file in its place: whole, or not at all, and never over one that is there."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def unfinished_file(path: Path) -> Generator[Path]:
    """Give the name of a file to write beside ``path``; at the end it gets that name, unless another process was quicker."""
    unfinished = path.with_name(f"{path.name}.{os.urandom(8).hex()}.new")
    try:
        yield unfinished
        _place(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def _place(unfinished: Path, path: Path) -> None:
    try:
        os.link(unfinished, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without links: renaming is whole too, but cannot tell that another was quicker.
        unfinished.rename(path)
