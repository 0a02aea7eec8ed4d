"""What ``backup``, ``drill`` and ``restore`` can be told."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def add_backup_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands of backups; ``command`` makes one with the options that all have."""
    backup = command("backup", "back up to every folder that was chosen, and prove what was written")
    backup.add_argument("--add", metavar="DIR", help="back up to this folder too from now on")
    backup.add_argument("--remove", metavar="DIR", help="back up to this folder no longer; its backups stay")
    backup.add_argument("--list", action="store_true", help="list the folders and their backups")
    command("drill", "open the newest backup of every folder in a scratch place and read all of it")
    restore = command("restore", "bring a backup back; without --yes only say what it holds and what would be lost")
    restore.add_argument("folder", metavar="DIR", help="the backup, or the folder that backups went to")
    restore.add_argument("--list", action="store_true", help="only list the backups in the folder")
    restore.add_argument("--recovery-key", action="store_true", help="open it by the recovery key, which is asked, or INTAKE_RECOVERY_KEY")
    restore.add_argument("--yes", action="store_true", help="do it; the present store is kept beside")
