"""Columns that must not be cut take their room from those that can give it."""

from __future__ import annotations

from ui.widgets.columns import LEAST_PX, widths_of


def test_without_needs_each_column_has_its_share() -> None:
    """As before there were any."""
    assert widths_of(300, (4, 5, 3), {}) == [100, 125, 75]


def test_what_must_be_whole_takes_from_the_others() -> None:
    """Nothing is wider than the table."""
    widths = widths_of(600, (1, 1, 1), {0: 290})
    assert widths[0] == 290
    assert sum(widths) <= 600
    assert min(widths) >= LEAST_PX


def test_no_column_is_taken_away_for_another() -> None:
    """Where there is not room enough, the others keep the least."""
    widths = widths_of(300, (1, 1, 1), {0: 900})
    assert widths[1:] == [LEAST_PX, LEAST_PX]
    assert sum(widths) <= 300


def test_two_that_must_be_whole_share_what_there_is() -> None:
    """In the measure of what each lacks; a column without a share stays without."""
    widths = widths_of(400, (1, 0, 1, 2), {0: 150, 2: 120})
    assert (widths[0], widths[1], widths[2]) == (150, 0, 120)
    assert sum(widths) <= 400
