"""Two edits of one patient that began from the same record: what goes together by itself, and what a person must choose."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from intake.domain.fields import Described, described
from intake.domain.patients import Patient

Value = str | date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """A field that both edits changed, to different values."""

    field: Described
    theirs: Value
    mine: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """Both edits together: ``patient`` has their value where they clash; only they changed ``taken``, only I ``kept``."""

    patient: Patient
    taken: tuple[Described, ...]
    kept: tuple[Described, ...]
    clashes: tuple[Clash, ...]

    def chosen(self, mine: frozenset[str]) -> Patient:
        """Return the patient with my value in the clashing fields whose paths are in ``mine``."""
        values: dict[str, Any] = {clash.field.name: clash.mine for clash in self.clashes if clash.field.path in mine}
        return replace(self.patient, **values)


def merge(base: Patient, *, mine: Patient, theirs: Patient) -> Merged:
    """Return what two edits of ``base`` make together."""
    values: dict[str, Any] = {}
    taken: list[Described] = []
    kept: list[Described] = []
    clashes: list[Clash] = []
    for field in described(Patient, "patient"):
        before, own, other = (getattr(patient, field.name) for patient in (base, mine, theirs))
        values[field.name] = own if other == before else other
        if other == before != own:
            kept.append(field)
        elif other not in (before, own):
            if own == before:
                taken.append(field)
            else:
                clashes.append(Clash(field=field, theirs=other, mine=own))
    return Merged(patient=replace(base, **values), taken=tuple(taken), kept=tuple(kept), clashes=tuple(clashes))
