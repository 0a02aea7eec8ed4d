"""How a document is to be printed: tray, sides and copies, in the words of the print system, and what a printer offers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intake.domain.print_runs import PrintSetting
from intake.printing.commands import run

_CHOICES = re.compile(r"(?P<option>[^/\s]+)/[^:]*: (?P<choices>.+)")
_TRAYS = "InputSlot"
_SIDES = ("Duplex", "JCLDuplex", "EFDuplex", "KD03Duplex", "sides")
"""What printers' own descriptions call the unit that turns the page (ppdOpen in CUPS knows the same names)."""
_ONE_SIDED = ("none", "false", "off", "one-sided")


@dataclass(frozen=True, slots=True, kw_only=True)
class Abilities:
    """What a printer offers: its trays by its own words, the usual one first, and whether it turns the page by itself."""

    trays: tuple[str, ...] = ()
    duplex: bool = False


def abilities(printer: str) -> Abilities:
    """Return what a printer offers; nothing when it is not there or tells nothing of itself."""
    trays: tuple[str, ...] = ()
    duplex = False
    for line in run("lpoptions", "-p", printer, "-l").out.splitlines():
        match = _CHOICES.fullmatch(line.strip())
        if match is None:
            continue
        choices = match["choices"].split()
        if match["option"] == _TRAYS:
            trays = tuple(choice.removeprefix("*") for choice in sorted(choices, key=lambda choice: not choice.startswith("*")))
        elif match["option"] in _SIDES:
            duplex = any(choice.removeprefix("*").lower() not in _ONE_SIDED for choice in choices)
    return Abilities(trays=trays, duplex=duplex)


def arguments(setting: PrintSetting) -> tuple[str, ...]:
    """Return a setting as arguments of ``lp``."""
    sides = "two-sided-long-edge" if setting.duplex else "one-sided"
    tray = ("-o", f"{_TRAYS}={setting.tray}") if setting.tray else ()
    return ("-n", str(setting.copies), "-o", f"sides={sides}", *tray)
