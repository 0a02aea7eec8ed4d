"""How wide the columns of a table are: each its share, but what must not be cut takes from the columns that can give."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

LEAST_PX: Final = 72
"""No column gives so much that it is narrower than this."""


def widths_of(total: int, shares: Sequence[int], needs: Mapping[int, int]) -> list[int]:
    """Return the width of each column; ``needs`` tells of those that are shown whole how much they need for it."""
    widths = [total * share // sum(shares) for share in shares]
    lacking = {column: need - widths[column] for column, need in needs.items() if need > widths[column]}
    spare = {column: max(0, wide - needs.get(column, LEAST_PX)) for column, wide in enumerate(widths) if column not in lacking}
    moved = min(sum(lacking.values()), sum(spare.values()))
    for column, lack in lacking.items():
        widths[column] += moved * lack // sum(lacking.values())
    for column, room in spare.items():
        widths[column] -= -(-moved * room // sum(spare.values())) if moved else 0
    return widths
