"""Outcome measures: how each is scored, what a missing item does, and how large a change has to be in published studies.

Every function is pure and takes the items of one questionnaire in its order, None for one that was not answered. A score that
cannot be computed is None, never a guess; an item outside its range, or a wrong number of items, is a ValueError. No question
of any questionnaire is in this program: their texts belong to their authors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Items = Sequence[int | None]

RATING_HIGH: Final = 10
NDI_ITEMS: Final = 10
NDI_ITEM_HIGH: Final = 5
NDI_MOST_MISSING: Final = 2
BOURNEMOUTH_ITEMS: Final = 7
COPENHAGEN_ITEMS: Final = 15
COPENHAGEN_ITEM_HIGH: Final = 2
PEG_ITEMS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """A change that a study called large enough: data to be shown beside the raw change, never a verdict on a patient.

    ``name`` is the study's own term: MCID the smallest difference that matters to patients, MDC the smallest beyond error.
    """

    name: str
    value: float
    unit: str
    source: str


NPRS_CHANGE: Final = (
    Threshold(name="MCID", value=1.3, unit="points of 10", source="Cleland and others 2008, Arch Phys Med Rehabil 89:69"),
    Threshold(name="MDC", value=4.0, unit="points of 10", source="Kovacs and others 2008, BMC Musculoskelet Disord 9:43"),
)
"""The two published thresholds of a pain rating in neck pain disagree; both are shown."""

ACTIVITY_MEAN_CHANGE: Final = Threshold(
    name="MDC90", value=2.0, unit="points of 10, mean of the activities", source="Stratford and others 1995, Physiother Can 47:258"
)
ACTIVITY_CHANGE: Final = Threshold(
    name="MDC90", value=3.0, unit="points of 10, one activity", source="Stratford and others 1995, Physiother Can 47:258"
)

NDI_CHANGE: Final = (
    Threshold(name="MCID", value=5.0, unit="points of 50", source="Vernon, note on scoring, chiro.org/forms/NDI_Explain"),
    Threshold(name="MCID", value=19.0, unit="percentage points", source="Cleland and others 2008, Arch Phys Med Rehabil 89:69"),
)

NDI_BANDS: Final = ((0, "0-4"), (5, "5-14"), (15, "15-24"), (25, "25-34"), (35, "35-50"))
"""Lowest raw total of each published interval, and the interval as printed. Raw points of 50, not percent."""


def nprs_mean(now: int | None, best: int | None, worst: int | None) -> float | None:
    """Return the mean of three ratings of pain, 0 none to 10 the worst imaginable; None unless all three were given.

    Nothing is imputed: one rating that was not asked leaves no mean. Source: as NPRS_CHANGE.
    """
    return _mean_of_all((now, best, worst), count=3, high=RATING_HIGH)


def nprs_change(before: float | None, after: float | None) -> float | None:
    """Return how far a rating moved, negative when there is less pain; None when either is missing. Shown with NPRS_CHANGE."""
    for rating in (before, after):
        if rating is not None and not 0 <= rating <= RATING_HIGH:
            raise ValueError("rating_out_of_range")
    return None if before is None or after is None else after - before


def mean_of_rated(scores: Items) -> float | None:
    """Return the mean of the activities a patient chose and rated, 0 unable to 10 as before; None when none is rated.

    Higher is better. An activity without a rating is left out of the mean. Source: Stratford and others 1995, Physiother Can 47:258.
    """
    rated = _answered(scores, high=RATING_HIGH)
    return sum(rated) / len(rated) if rated else None


def ndi_total(items: Items) -> float | None:
    """Return the Neck Disability Index in points of 50, higher is worse; None when more than two of the ten items are missing.

    A missing item counts as the mean of those answered, so a total may have decimals. Source: Vernon and Mior 1991, J
    Manipulative Physiol Ther 14:409; Vernon, note on scoring, chiro.org/forms/NDI_Explain. The limit of two is this program's own.
    """
    answered = _answered(items, high=NDI_ITEM_HIGH, count=NDI_ITEMS)
    missing = NDI_ITEMS - len(answered)
    return None if missing > NDI_MOST_MISSING else sum(answered) + missing * sum(answered) / len(answered)


def ndi_percent(total: float) -> float:
    """Return a Neck Disability Index of 50 points as percent; ValueError for a total outside 0-50. Source: as ndi_total."""
    return _ndi(total) * 2


def ndi_band(total: float) -> str:
    """Return the published interval of a raw total of 50 points, such as 15-24; ValueError for a total outside 0-50.

    A total with decimals belongs to the last interval that begins at or below it. A percentage must never be given: 30 % are
    15 points. Source: Vernon, note on scoring, chiro.org/forms/NDI_Explain.
    """
    return next(band for lowest, band in reversed(NDI_BANDS) if _ndi(total) >= lowest)


def bournemouth_total(items: Items) -> int | None:
    """Return the Neck Bournemouth Questionnaire, 0-70, higher is worse; None unless all seven items of 0-10 were answered.

    No rule for a missing item was found. Source: Bolton and Humphreys 2002, J Manipulative Physiol Ther 25:141.
    """
    return _sum_of_all(items, count=BOURNEMOUTH_ITEMS, high=RATING_HIGH)


def copenhagen_total(items: Items) -> int | None:
    """Return the Copenhagen Neck Functional Disability Scale, 0-30, higher is worse; None unless all 15 items were answered.

    Items are points of 0-2 as scored, the first five of which are turned round on the form. No rule for a missing item was found.
    Source: Jordan and others 1998, J Manipulative Physiol Ther 21:520.
    """
    return _sum_of_all(items, count=COPENHAGEN_ITEMS, high=COPENHAGEN_ITEM_HIGH)


def peg_mean(items: Items) -> float | None:
    """Return the PEG pain scale, the mean of three items of 0-10, higher is worse; None unless all three were answered.

    No rule for a missing item was found. Source: Krebs and others 2009, J Gen Intern Med 24:733.
    """
    return _mean_of_all(items, count=PEG_ITEMS, high=RATING_HIGH)


def _answered(items: Items, *, high: int, count: int | None = None) -> list[int]:
    """Return the items that were answered; ValueError for one that is no whole number from 0 to ``high``, or a wrong number of items."""
    answered = [item for item in items if item is not None]
    if count is not None and len(items) != count:
        raise ValueError("wrong_number_of_items")
    if any(type(item) is not int or not 0 <= item <= high for item in answered):
        raise ValueError("item_out_of_range")
    return answered


def _sum_of_all(items: Items, *, count: int, high: int) -> int | None:
    answered = _answered(items, high=high, count=count)
    return sum(answered) if len(answered) == count else None


def _mean_of_all(items: Items, *, count: int, high: int) -> float | None:
    total = _sum_of_all(items, count=count, high=high)
    return None if total is None else total / count


def _ndi(total: float) -> float:
    if not 0 <= total <= NDI_ITEMS * NDI_ITEM_HIGH:
        raise ValueError("total_out_of_range")
    return total
