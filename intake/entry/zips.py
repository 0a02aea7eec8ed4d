"""The place a ZIP code belongs to, from the table that ships with the program."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import Final

from intake.definitions.resource_files import ResourceFiles
from intake.errors import ResourceError
from intake.paths import RESOURCES

FILE: Final = "data/zips.tsv"
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
    """Return the lines of the table by the first digits of their ZIP, a quarter of the memory of one entry per ZIP.

    Raises ResourceError when the file is broken.
    """
    lines = ResourceFiles(root=RESOURCES).text(FILE).splitlines()
    for number, line in enumerate(lines, start=1):
        if line.count("\t") != 2 and not line.startswith("#"):  # noqa: PLR2004 - between ZIP, state and city
            raise ResourceError(FILE, number, "ZIP, state and city are expected")
    places = (line for line in lines if not line.startswith("#"))
    return {prefix: "\n".join(block) for prefix, block in groupby(places, key=lambda line: line[:_PREFIX])}
