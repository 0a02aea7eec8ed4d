"""The pages of a job in the spool of CUPS, which keeps them for a day after the job has ended unless its owner takes them out.

CUPS's own command cannot: its ``cancel -x`` does not say "purge" for a single job (systemv/cancel.c in 2.4). Its library can,
and it is there wherever the commands are.
"""

from __future__ import annotations

import ctypes
import sys
from functools import cache
from typing import Final

_NAME: Final = "libcups.2.dylib" if sys.platform == "darwin" else "libcups.so.2"
_PURGE: Final = 1
_GOOD: Final = range(0x100)
"""What IPP answers when it did what it was asked. Source: RFC 8011, appendix B."""


def clear(job_id: str) -> bool:
    """Take a job's pages out of the spool, and what the queue knows of it; say whether that was done.

    The environment's ``CUPS_SERVER`` decides which server is asked, as for the commands. Blocks while the server answers.
    """
    library = _library()
    printer, _, number = job_id.rpartition("-")
    if library is None or not number.isdecimal():
        return False
    return int(library.cupsCancelJob2(None, printer.encode(), int(number), _PURGE)) in _GOOD


@cache
def _library() -> ctypes.CDLL | None:
    """Return the library, None where it is not there."""
    try:
        library = ctypes.CDLL(_NAME)
        library.cupsCancelJob2.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_int)
        library.cupsCancelJob2.restype = ctypes.c_int
    except (OSError, AttributeError):
        return None
    return library
