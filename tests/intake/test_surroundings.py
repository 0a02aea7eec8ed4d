"""A program that crashes with a name in its memory, and what it leaves on the disk."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from intake.surroundings import keep_memory_private

ROOT = Path(__file__).resolve().parents[2]
PRIVATE = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from {keep_memory_private.__module__} import keep_memory_private"
MOST = "import resource; resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)"
CRASH = f"""
{PRIVATE}
{MOST}
keep_memory_private()
import os, signal, subprocess
name = "Zyzzyvath" * 1000
subprocess.run([sys.executable, "-c", "import os; os.abort()"])
print(*resource.getrlimit(resource.RLIMIT_CORE), flush=True)
os.kill(os.getpid(), signal.SIGSEGV)
"""
READ = f"""
{PRIVATE}
keep_memory_private()
import ctypes
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) if sys.platform == "linux" else 0)
"""


def ran(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run code in a Python of its own, in an empty folder."""
    return subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False, timeout=60)


def test_a_crash_leaves_no_picture_of_the_memory(tmp_path: Path) -> None:
    """Neither of the program nor of what it started: the limit is handed down and cannot be raised again."""
    done = ran(CRASH, tmp_path)
    assert done.stdout.strip() == "0 0"
    assert done.returncode < 0
    assert list(tmp_path.iterdir()) == []


def test_no_other_program_of_the_same_person_reads_the_memory(tmp_path: Path) -> None:
    """Linux has a switch for that; the process itself says how it stands."""
    assert ran(READ, tmp_path).stdout.strip() == "0"
