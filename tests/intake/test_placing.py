"""What is put in its place whole, on file systems of every kind."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from intake.placing import replace_file


def fail_for_folders(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """Have the system answer so when a folder is to be put on disk, as some shares do."""
    fsync = os.fsync

    def answer(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(code, os.strerror(code))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", answer)


def test_a_share_that_cannot_put_a_folder_on_disk_takes_files_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It knows no such order; SQLite goes on there too."""
    fail_for_folders(monkeypatch, errno.EINVAL)
    replace_file(tmp_path / "kept", b"one")
    assert (tmp_path / "kept").read_bytes() == b"one"


def test_a_folder_that_could_not_be_put_on_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken disk is never taken for a share."""
    fail_for_folders(monkeypatch, errno.EIO)
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        replace_file(tmp_path / "kept", b"one")
    assert list(tmp_path.glob("*.new")) == []
