"""Which first names are used for one another."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache

from intake.errors import ResourceError
from intake.matching.search_text import fold
from intake.paths import RESOURCES

FILE = "data/nicknames.toml"


def groups_of(first: str) -> tuple[str, ...]:
    """Return the groups a folded first name belongs to, each named by its fullest form."""
    return _groups().get(first, ())


def share_a_group(one: str, other: str) -> bool:
    """Tell whether two folded first names may be the same person's."""
    return not set(groups_of(one)).isdisjoint(groups_of(other))


@cache
def _groups() -> Mapping[str, tuple[str, ...]]:
    """Return the names of each name's groups. Raises ResourceError when the file is broken."""
    try:
        listed = tomllib.loads((RESOURCES / FILE).read_text(encoding="utf-8"))["groups"]
        groups = [[fold(name) for name in group] for group in listed]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResourceError(FILE, 0, "a list of lists of names is expected") from error
    found: dict[str, tuple[str, ...]] = {}
    for group in groups:
        for name in group:
            found[name] = (*found.get(name, ()), group[0])
    return found
