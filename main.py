"""Intake Desk: arguments and wiring, nothing else."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Literal

COMMANDS = (
    "init",
    "example",
    "add",
    "find",
    "show",
    "pdf",
    "print",
    "report",
    "requests",
    "verify-document",
    "import-form",
    "check",
    "audit",
    "retention",
    "backup",
    "drill",
    "restore",
    "recover",
    "new-key",
    "accounts",
)
USAGE = """usage: main.py [--data DIR] [--training] [COMMAND ...]

Without a command the window opens. Commands, which need no window:
  init      the first administrator and this desk's clinic
  example   print one complete intake as JSON
  add       save intakes from JSON files
  find      find patients
  show      show a visit
  pdf       write a document of a visit, a letter, or a patient's labels, envelope or accounting
  print     print what is ready for a clinic
  requests  list what is promised on paper, by the clock
  report    write how many promised documents were on time
  verify-document FILE   say whether a paper equals the signed record
  import-form F.pdf      take a form that a patient filled in as a draft
  check     check the store
  audit     print or save entries of the audit
  retention see how long records are kept, and remove what may go
  backup    back up to every folder that was chosen, and prove it; --add DIR chooses one
  drill     open the newest backups in a scratch place and read all of them
  restore DIR   bring a backup back; it needs no store that opens
  recover   give an administrator a new password by the recovery key
  new-key   write the store anew under a new key, with everybody signed out
  accounts  list, add, disable or enable accounts, or set a password
  tour OUT [PRINTER]     walk through the program and leave pictures and papers in the folder OUT; with PRINTER, print there too
"""


def main(argv: list[str]) -> int:
    """Run a command, or open the window, and return the exit code."""
    command = _command_of(argv)
    if command in COMMANDS:
        from intake.cli import main as run_command

        return run_command(argv)
    if {"-h", "--help"} & set(argv):
        print(USAGE)
        return 0
    if command == "tour" and argv[:1] == ["tour"] and len(argv) in (2, 3):
        from ui.tour.run import run as run_tour

        return run_tour(Path(argv[1]), printer="".join(argv[2:]))
    folder = _folder_of(argv)
    if command or folder is None:
        print(USAGE, file=sys.stderr)
        return 2
    from intake.paths import default_paths
    from ui.app import run

    return run(default_paths(training="--training" in argv, data=folder or None))


def _command_of(argv: list[str]) -> str:
    """Return the first word that is neither an option nor what is given to ``--data`` or ``--user``."""
    words = iter(argv)
    for word in words:
        if word in ("--data", "--user"):
            next(words, None)
        elif not word.startswith("-"):
            return word
    return ""


def _folder_of(argv: list[str]) -> Path | Literal[""] | None:
    """Return the folder of the window's options, "" when none is named, None when the options are not understood."""
    rest = [word for word in argv if word != "--training"]
    match rest:
        case []:
            return ""
        case ["--data", folder] if folder:
            return Path(folder)
        case [word] if word.startswith("--data=") and word != "--data=":
            return Path(word.removeprefix("--data="))
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
