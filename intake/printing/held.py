"""Pages that a queue holds until somebody lets them go: what a crash may have left there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from intake.printing.commands import run

KIB = 1024
_JOB = re.compile(r"(?P<id>(?P<printer>\S+)-\d+)\s+\S+\s+(?P<size>\d+)\s+(?P<at>\S.*)")
_HOLD = re.compile(r"\s+Alerts: .*\bjob-hold-until-specified\b")
_AT = "%a %b %d %H:%M:%S %Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldJob:
    """One held job: how many KiB its pages take, rounded up, and when it came, to the second."""

    id: str
    kib: int
    at: datetime


def held_jobs(printer: str) -> tuple[HeldJob, ...]:
    """Return the jobs that a printer's queue holds; not those that only wait for the printer."""
    found: list[HeldJob] = []
    current: HeldJob | None = None
    for line in run("lpstat", "-l", "-W", "not-completed", "-o").out.splitlines():
        if (match := _JOB.fullmatch(line)) is not None:
            # The time is that of this machine's own zone: astimezone takes it for that.
            at = datetime.strptime(match["at"], _AT).astimezone()
            current = HeldJob(id=match["id"], kib=int(match["size"]) // KIB, at=at) if match["printer"] == printer else None
        elif current is not None and _HOLD.match(line):
            found.append(current)
    return tuple(found)
