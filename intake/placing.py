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


@contextmanager
def replacing(path: Path, content: bytes, *, mode: int = 0o600) -> Generator[None]:
    """Write beside ``path``, and put it in its place when the block ends well: what was there stays, or it is there whole.

    On disk when this returns; an error may come after it took its place, when only the folder could not be written.
    """
    unfinished = path.with_name(f".{os.urandom(8).hex()}.new")  # its own name may be as long as a name can be
    try:
        write_new(unfinished, content, mode=mode)
        yield
        unfinished.replace(path)
        sync_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def replace_file(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Put a file with this content in its place, over the one before: whole and on disk when this returns. Raises as ``replacing``."""
    with replacing(path, content, mode=mode):
        pass


def write_new(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Make a file that is not there yet, with this content; it is on disk when this returns."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


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
    """Have what is written in a file on disk; what reads it next reads the disk and not what is left of it in memory."""
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)
