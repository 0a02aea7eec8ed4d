"""The audit of what the program stands on and of what the repository holds: advisories, withdrawn releases, secrets.

Run by ``.ci/audit`` in an environment of its own. Exit code 1 for anything found. What could not be asked is said as such, in a line
that begins with NOT AUDITED: no service of advisories reached is no sign that there are none.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = "requirements-dev.txt"
"""It holds all of ``requirements.txt``; a test says so."""
BASELINE = ".ci/secrets.json"
NOT_SCANNED = ("requirements", "resources/", ".ci/tools.txt", BASELINE)
"""Locks are hashes, resources are tables of words and codes that are read by people; both are text without settings."""
WITHDRAWN = "yanked version"


def told(*words: str) -> subprocess.CompletedProcess[str]:
    """Return what a tool told."""
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)


def pinned() -> list[str]:
    """Return every requirement of the lock, as ``name==version ; marker``."""
    lines = (ROOT / LOCK).read_text(encoding="utf-8").splitlines()
    return [line.removesuffix(" \\") for line in lines if line[:1].isalnum()]


def advisories() -> bool:
    """Ask for advisories about every locked version; True when none is known, or when nobody could be asked, which is said."""
    answer = told(sys.executable, "-m", "pip_audit", "-r", LOCK, "--disable-pip", "--progress-spinner", "off", "-f", "json")
    try:
        found = json.loads(answer.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"NOT AUDITED: no service of advisories could be asked about the {len(pinned())} locked libraries")
        return True
    asked = [each for each in found if "skip_reason" not in each]
    known = [(each["name"], each["version"], flaw["id"]) for each in asked for flaw in each["vulns"]]
    for name, version, flaw in known:
        print(f"advisory: {name} {version}: {flaw}")
    if len(asked) < len(found):
        print(f"NOT AUDITED: no advisories could be asked for about {len(found) - len(asked)} of {len(found)} locked libraries")
    print(f"advisories: {len(known)} about {len(asked)} libraries that could be asked about")
    return not known


def withdrawn() -> bool:
    """Ask the package index whether a locked release was withdrawn by its makers; True when none was."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write("\n".join(pinned()))
        file.flush()
        answer = told(
            sys.executable, "-m", "pip", "install", "--dry-run", "--no-deps", "--ignore-installed", "--only-binary=:all:", "-r", file.name
        )
    lines = [line for line in answer.stderr.splitlines() if WITHDRAWN in line]
    for line in lines:
        print(line)
    if answer.returncode:
        print("NOT AUDITED: the package index did not tell of withdrawn releases")
    else:
        print(f"withdrawn releases: {len(lines)} of {len(pinned())}")
    return not lines


def secrets() -> bool:
    """Look for keys and passwords in every file of the repository; True when there are none but those that were looked at."""
    files = [name for name in told("git", "ls-files").stdout.splitlines() if not name.startswith(NOT_SCANNED) and (ROOT / name).is_file()]
    if not files:
        print("NOT AUDITED: no list of the repository's files could be had, so none was scanned for secrets")
        return True
    answer = told(str(Path(sys.executable).with_name("detect-secrets-hook")), "--baseline", BASELINE, *files)
    print(answer.stdout if answer.returncode else f"secrets: none in {len(files)} files")
    return answer.returncode == 0


def main() -> int:
    """Do all three."""
    return 0 if all([advisories(), withdrawn(), secrets()]) else 1


if __name__ == "__main__":
    sys.exit(main())
