"""Scoring of outcome measures: the edges that are published, and what is missing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intake.domain.measures import (
    ACTIVITY_CHANGE,
    ACTIVITY_MEAN_CHANGE,
    NDI_BANDS,
    NDI_CHANGE,
    NPRS_CHANGE,
    Items,
    bournemouth_total,
    copenhagen_total,
    mean_of_rated,
    ndi_band,
    ndi_percent,
    ndi_total,
    nprs_change,
    nprs_mean,
    peg_mean,
)

Scorer = Callable[[Items], float | None]
SCORERS: list[tuple[Scorer, int, int, int]] = [
    (ndi_total, 10, 5, 50),
    (bournemouth_total, 7, 10, 70),
    (copenhagen_total, 15, 2, 30),
    (peg_mean, 3, 10, 10),
]
"""Each with its number of items, the highest item and the highest score."""


@pytest.mark.parametrize(("scorer", "count", "high", "highest"), SCORERS)
def test_a_questionnaire_goes_from_nought_to_its_highest_score(scorer: Scorer, count: int, high: int, highest: int) -> None:
    """All items lowest is 0; all items highest is the published range."""
    assert scorer([0] * count) == 0
    assert scorer([high] * count) == highest


@pytest.mark.parametrize(("scorer", "count", "high", "highest"), SCORERS)
def test_an_item_out_of_range_or_one_too_few_is_refused(scorer: Scorer, count: int, high: int, highest: int) -> None:
    """A program that hands over such items is wrong; nothing is made of them."""
    for items in ([high + 1] * count, [-1] * count, [0] * (count - 1), [0] * (count + 1), [], [True] * count, [0.5] * count):
        with pytest.raises(ValueError, match=r"item_out_of_range|wrong_number_of_items"):
            scorer(items)  # type: ignore[arg-type]  # on purpose: what must not be handed over


@pytest.mark.parametrize(("scorer", "count", "high", "highest"), [each for each in SCORERS if each[0] is not ndi_total])
def test_without_a_published_rule_one_missing_item_leaves_no_score(scorer: Scorer, count: int, high: int, highest: int) -> None:
    """Nothing is imputed where nobody published how."""
    assert scorer([None, *[high] * (count - 1)]) is None
    assert scorer([None] * count) is None


def test_missing_items_of_the_neck_disability_index_count_as_the_mean_of_the_others() -> None:
    """Vernon's note: the average of all other items is added. The item on driving is the one most often left out."""
    assert ndi_total([2] * 9 + [None]) == 20
    assert ndi_total([3, None, 3, 3, 3, 3, 3, 3, 3, 3]) == 30
    assert ndi_total([1, 2, 3, 4, 5, 1, 2, 3, None, None]) == pytest.approx(21 + 2 * 21 / 8)
    assert ndi_total([0] * 8 + [None, None]) == 0


def test_with_three_missing_items_there_is_no_neck_disability_index() -> None:
    """Two is the most that is filled up."""
    assert ndi_total([5] * 7 + [None] * 3) is None
    assert ndi_total([None] * 10) is None


@pytest.mark.parametrize(
    ("total", "band"),
    [
        (0, "0-4"),
        (4, "0-4"),
        (5, "5-14"),
        (14, "5-14"),
        (14.9, "5-14"),
        (15, "15-24"),
        (24, "15-24"),
        (25, "25-34"),
        (34, "25-34"),
        (35, "35-50"),
        (50, "35-50"),
    ],
)
def test_the_published_intervals_are_of_raw_points(total: float, band: str) -> None:
    """Each interval at both of its ends."""
    assert ndi_band(total) == band


def test_points_are_never_taken_for_percent() -> None:
    """15 points are 30 percent: the interval of the points is asked, and 52 is no total."""
    assert ndi_percent(15) == 30
    assert ndi_band(15) != ndi_band(ndi_percent(15))
    for wrong in (-1, 50.5, 52, 100):
        with pytest.raises(ValueError, match="total_out_of_range"):
            ndi_band(wrong)
        with pytest.raises(ValueError, match="total_out_of_range"):
            ndi_percent(wrong)


def test_the_intervals_are_numbers_and_not_words_about_a_patient() -> None:
    """What a total means is the clinician's to say."""
    assert [band for _, band in NDI_BANDS] == ["0-4", "5-14", "15-24", "25-34", "35-50"]


def test_the_mean_of_three_ratings_needs_all_three() -> None:
    """A rating that was not asked is not 0."""
    assert nprs_mean(3, 1, 8) == 4
    assert nprs_mean(0, 0, 0) == 0
    assert nprs_mean(10, 10, 10) == 10
    assert nprs_mean(None, 1, 8) is None
    assert nprs_mean(3, None, 8) is None
    assert nprs_mean(3, 1, None) is None
    with pytest.raises(ValueError, match="item_out_of_range"):
        nprs_mean(11, 1, 8)


def test_a_change_is_raw_and_less_pain_is_negative() -> None:
    """Nothing is said about better or worse."""
    assert nprs_change(7, 5) == -2
    assert nprs_change(0, 10) == 10
    assert nprs_change(4, 4) == 0
    assert nprs_change(None, 4) is None
    assert nprs_change(4, None) is None
    with pytest.raises(ValueError, match="rating_out_of_range"):
        nprs_change(11, 4)
    with pytest.raises(ValueError, match="rating_out_of_range"):
        nprs_change(None, -1)


def test_thresholds_are_data_with_their_sources() -> None:
    """Two studies disagree about the rating, two about the index; both stand there with their units."""
    assert [(each.name, each.value) for each in NPRS_CHANGE] == [("MCID", 1.3), ("MDC", 4.0)]
    assert ["Cleland" in NPRS_CHANGE[0].source, "Kovacs" in NPRS_CHANGE[1].source] == [True, True]
    assert [(each.value, each.unit) for each in NDI_CHANGE] == [(5.0, "points of 50"), (19.0, "percentage points")]
    assert (ACTIVITY_MEAN_CHANGE.value, ACTIVITY_CHANGE.value) == (2.0, 3.0)


def test_the_mean_of_activities_leaves_out_those_not_rated() -> None:
    """The number rated divides, not the number named."""
    assert mean_of_rated([4, None, 7]) == 5.5
    assert mean_of_rated([0]) == 0
    assert mean_of_rated([10, 10, 10, 10, 10]) == 10
    assert mean_of_rated([None, None]) is None
    assert mean_of_rated([]) is None
    for wrong in ([11], [-1], [True]):
        with pytest.raises(ValueError, match="item_out_of_range"):
            mean_of_rated(wrong)
