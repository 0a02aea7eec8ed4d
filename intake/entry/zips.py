"""The place a ZIP code belongs to, from the table that ships with the program."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Final

from intake.paths import RESOURCES

TABLE: Final = RESOURCES / "data" / "zips.tsv"
_PREFIX: Final = 3


def propose(zip_code: str) -> tuple[str, str] | None:
    """Return the usual city and the state of a ZIP code (``08837`` or ``08837-1234``), None when the table has none.

    It is a proposal: a town has other names that are just as right, so what a person typed is never replaced by it.
    """
    wanted = zip_code[:5]
    if len(wanted) != 5 or not (wanted.isascii() and wanted.isdigit()):  # noqa: PLR2004 - digits of a ZIP
        return None
    block = f"\n{_blocks().get(wanted[:_PREFIX], '')}\n"
    start = block.find(f"\n{wanted}\t")
    if start < 0:
        return None
    _, state, city = block[start + 1 : block.index("\n", start + 1)].split("\t")
    return city, state


@cache
def _blocks() -> dict[str, str]:
    """Return the lines of the table by the first digits of their ZIP, a quarter of the memory of one entry per ZIP."""
    lines = (line for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {prefix: "\n".join(block) for prefix, block in groupby(lines, key=lambda line: line[:_PREFIX])}
