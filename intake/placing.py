"""Putting a finished file in its place: whole, or not at all."""

from __future__ import annotations

import errno
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


def replace_file(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put a file with this content in its place, over the one before: whole and on disk when this returns, or as it was."""
    unfinished = path.with_name(f"{path.name}.{os.urandom(8).hex()}.new")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk; systems that cannot open a folder, and shares that know no such order, do it by themselves."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(descriptor)


def sync_file(path: Path) -> None:
    """Have what is written in a file on disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
