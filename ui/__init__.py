"""The window: everything a person sees and presses. It holds no rules and no SQL."""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - loading it is what puts its own import in the place of Python's

# PySide's own import reads the source of every module that is loaded after it, to look for `from __feature__ import ...`.
# This program has none; without that reading it starts sooner and takes 8 MiB less.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
