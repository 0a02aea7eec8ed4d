"""What the system might write of this program's memory: no picture of it goes to the disk when it crashes."""

from __future__ import annotations

import ctypes
import sys
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_NO_BOXES: Final = 0x0001 | 0x0002
"""SEM_FAILCRITICALERRORS and SEM_NOGPFAULTERRORBOX: Windows Error Reporting is not asked, and takes no dump."""


def keep_memory_private() -> None:
    """Have the system take no dump of this process, nor of what it starts, whatever happens to it.

    A dump would hold names, notes and the keys of the store. On Linux no other program of the same person can read the memory
    either. What the system moves to its swap or writes when it hibernates is beyond a program: the disk is to be encrypted.
    """
    if sys.platform == "win32":
        ctypes.windll.kernel32.SetErrorMode(_NO_BOXES)
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
