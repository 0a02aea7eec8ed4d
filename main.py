"""Intake Desk: arguments and wiring, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

COMMANDS = ("init", "example", "add", "find", "show", "pdf", "check")
USAGE = """usage: main.py [--data DIR] [--training] [COMMAND ...]

Without a command the window opens. Commands, which need no window:
  init      the first administrator and this desk's clinic
  example   print one complete intake as JSON
  add       save intakes from JSON files
  find      find patients
  show      show a visit
  pdf       write a visit's intake form
  check     check the store
  tour      walk through the program and leave pictures and papers in a folder
"""


def main(argv: list[str]) -> int:
    """Run a command, or open the window, and return the exit code."""
    command = _command_of(argv)
    if command in COMMANDS:
        from intake.cli import main as run_command

        return run_command(argv)
    if command == "tour":
        from ui.tour.run import run as run_tour

        return run_tour(Path(argv[-1]))
    if command or {"-h", "--help"} & set(argv):
        sys.stderr.write(f"There is no command {command!r}.\n\n{USAGE}" if command else USAGE)
        return 0 if not command else 2
    from intake.paths import default_paths
    from ui.app import run

    return run(default_paths(training="--training" in argv, data=_data_of(argv)))


def _command_of(argv: list[str]) -> str:
    """Return the first word that is neither an option nor what is given to ``--data`` or ``--user``."""
    words = iter(argv)
    for word in words:
        if word in ("--data", "--user"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _data_of(argv: list[str]) -> Path | None:
    for at, word in enumerate(argv):
        if word == "--data" and at + 1 < len(argv):
            return Path(argv[at + 1])
        if word.startswith("--data="):
            return Path(word.removeprefix("--data="))
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
