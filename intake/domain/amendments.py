"""A patient's request to amend the record: received, due in 60 days, accepted or denied with a reason, never overwritten.

Source: 45 CFR 164.526.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

DAYS_TO_ACT: Final = 60
DAYS_OF_EXTENSION: Final = 30
"""One extension, with written notice to the patient."""


class Step(StrEnum):
    """What may happen to a request after it was received."""

    EXTENDED = "extended"
    ACCEPTED = "accepted"
    DENIED = "denied"
    DISAGREED = "disagreed"


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentStep:
    """One step, with its reason or, of a disagreement, the patient's statement."""

    step: Step
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """A request as received. ``visit_id`` is the visit whose record it is about, None when it is about the patient's record."""

    id: int
    patient_id: int
    visit_id: int | None
    request: str
    received_on: date
    by: str
    at: datetime
    steps: tuple[AmendmentStep, ...]

    @property
    def due_on(self) -> date:
        """The last day to act on it."""
        extended = any(step.step is Step.EXTENDED for step in self.steps)
        return self.received_on + timedelta(days=DAYS_TO_ACT + (DAYS_OF_EXTENSION if extended else 0))

    @property
    def is_open(self) -> bool:
        """Whether it was neither accepted nor denied yet."""
        return not any(step.step in (Step.ACCEPTED, Step.DENIED) for step in self.steps)
