"""The shim: compiled with the system's own compiler, loaded into programs that a test starts.

Why this and no file system of our own: the database, Python and the libraries reach the disk through a dozen functions of the C
library, and the shim stands there without any right or module of the system. It sees every write, every fsync and every change of a
name in order, so one recorded run can be cut at every point (:mod:`tests.faults.power_cut`). What it does not see are writes into
memory that is mapped from a file: the database maps only ``store.db-shm``, which it makes anew after a crash.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

SOURCE = Path(__file__).with_name("shim") / "shim.c"


def compiler() -> str | None:
    """Return the C compiler, None when there is none."""
    return shutil.which("cc") or shutil.which("gcc")


def compiled(folder: Path) -> Path:
    """Return the shim, compiled into a folder."""
    library = folder / "shim.so"
    words = [
        compiler() or "cc",
        "-O2",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-shared",
        "-fPIC",
        "-o",
        str(library),
        str(SOURCE),
        "-ldl",
        "-pthread",
    ]
    subprocess.run(words, check=True)
    return library


def surroundings(library: Path, *, watched: Path | None = None, journal: Path | None = None, clock_s: int = 0) -> Mapping[str, str]:
    """Return the environment of a program that runs with the shim."""
    given = {"FAULT_WATCH": watched, "FAULT_JOURNAL": journal, "FAULT_CLOCK_S": clock_s or None}
    return {**os.environ, "LD_PRELOAD": str(library), **{name: str(value) for name, value in given.items() if value is not None}}


def loaded() -> ctypes.CDLL:
    """Return the shim of this very program, which was started with it, to be told what to do."""
    own = ctypes.CDLL(None)
    own.fault_fail.argtypes = (ctypes.c_long, ctypes.c_int)
    own.fault_seen.restype = ctypes.c_long
    own.fault_clock.argtypes = (ctypes.c_long,)
    return own
