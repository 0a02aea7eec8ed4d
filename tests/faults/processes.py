"""Starting the writer."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def start(*arguments: str, before: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    """Start the writer; ``before`` runs in its process first."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer", *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        preexec_fn=before,  # noqa: PLW1509 - it sets a limit, and the tests have no other thread by then
    )


def finish(process: subprocess.Popen[str], said: str = "") -> tuple[int, list[str]]:
    """Wait for the end and return the exit code and the lines it said."""
    out, _ = process.communicate(said, timeout=60)
    return process.returncode, out.splitlines()
