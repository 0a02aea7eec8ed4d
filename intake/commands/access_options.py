"""What ``recover``, ``new-key`` and ``accounts`` can be told."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from intake.domain.staff import Role


def add_access_commands(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    """Add the commands of access; ``command`` makes one with the options that all have."""
    command("recover", "give an administrator (--user) a new password by the recovery key; both are asked, or INTAKE_RECOVERY_KEY and "
        "INTAKE_NEW_PASSWORD")  # fmt: skip
    command("new-key", "write the store anew under a new key; everybody has to be signed out")
    accounts = command("accounts", "list the accounts, or change one; a new password is asked, or INTAKE_NEW_PASSWORD")
    change = accounts.add_mutually_exclusive_group()
    change.add_argument("--add", metavar="LOGIN", help="make an account; it needs --name and --role")
    change.add_argument("--disable", metavar="LOGIN", help="let this account sign in no longer")
    change.add_argument("--enable", metavar="LOGIN", help="let it sign in again")
    change.add_argument("--password", metavar="LOGIN", help="give it a new password")
    change.add_argument("--no-second-factor", metavar="LOGIN", help="take its second factor away: the phone is gone")
    accounts.add_argument("--name", default="", help="of a new account, as it stands on what the person prints")
    accounts.add_argument("--role", choices=[role.value for role in Role], help="of a new account")
