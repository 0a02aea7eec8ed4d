"""A desk that is worked from the command line, for its tests."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from intake.example import EXAMPLE

PASSWORD = "violet teapot on a ladder"
Run = Callable[..., tuple[int, list[dict[str, Any]], str]]
"""Runs a command: exit code, lines of standard output, text of standard error."""


def write(path: Path, **changes: Any) -> str:
    """Write the example, with changes to its groups, to a file and return its name."""
    raw: dict[str, Any] = copy.deepcopy(EXAMPLE)
    for key, value in changes.items():
        if isinstance(value, dict) and isinstance(raw.get(key), dict):
            raw[key].update(value)
        else:
            raw[key] = value
    path.write_text(json.dumps(raw), encoding="utf-8")
    return str(path)


def someone_else(**patient: str) -> dict[str, str]:
    """Return demographics that match nobody."""
    return {"legal_last": "Testcase", "legal_first": "Omar", "dob": "7/9/1971", "phone": "none", "preferred_name": "", **patient}
