"""What was recorded, as a clinician put it right since: the recorded answers and fields stay as they are."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Final

from intake.domain.answers import Answer
from intake.domain.reviews import Corrected
from intake.domain.visits import Visit

ANSWERS: Final = "answers."
SAFETY: Final = "visit.safety."


def answers_as_corrected(answers: Mapping[str, Answer], corrections: Iterable[Corrected]) -> dict[str, Answer]:
    """Return the answers after these corrections in their order; one that was put right to "not asked" is absent."""
    found = dict(answers)
    for correction in corrections:
        key = correction.path.removeprefix(ANSWERS)
        if key == correction.path:
            continue
        if correction.after is None:
            found.pop(key, None)
        else:
            found[key] = correction.after
    return found


def visit_as_corrected(visit: Visit, corrections: Iterable[Corrected]) -> Visit:
    """Return the visit with its safety fields after these corrections in their order."""
    after = {item.path.removeprefix(SAFETY): item.after for item in corrections if item.path.startswith(SAFETY)}
    kept = {name: None if value is None else str(value) for name, value in after.items()}
    return dataclasses.replace(visit, safety=dataclasses.replace(visit.safety, **kept)) if kept else visit
