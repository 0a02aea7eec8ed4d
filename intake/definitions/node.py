"""One place in a parsed resource file, which can say on which line it is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from intake.errors import ResourceError


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A value of a parsed file. ``near`` is the nearest text that is easy to find in ``source``, such as a question's key."""

    name: str
    source: str
    value: Any
    near: str = ""

    def broken(self, reason: str) -> ResourceError:
        """Return the error that names the file, the line of ``near`` (0 if it is not found) and the reason."""
        for wanted in (f'"{self.near}"', self.near):
            place = self.source.find(wanted) if self.near else -1
            if place >= 0:
                return ResourceError(self.name, self.source.count("\n", 0, place) + 1, reason)
        return ResourceError(self.name, 0, reason)

    def beside(self, near: str) -> Node:
        """Return the same value, to be searched by another text."""
        return Node(name=self.name, source=self.source, value=self.value, near=near)

    def has(self, key: str) -> bool:
        """Tell whether this mapping has the key."""
        return key in self._mapping()

    def only(self, *known: str) -> Node:
        """Return this group of names and values, which has to hold no name but these."""
        if unknown := next((key for key in self._mapping() if key not in known), None):
            raise ResourceError(self.name, self._line_of(unknown), f"{unknown} is not known here; known are: {', '.join(known)}")
        return self

    def child(self, key: str) -> Node:
        """Return the value under a key that has to be there."""
        mapping = self._mapping()
        if key not in mapping:
            raise self.broken(f"{key} is missing")
        return self._holding(mapping[key])

    def children(self, key: str) -> Iterator[Node]:
        """Yield the parts of the list under a key, nothing if there is no such key."""
        listed = self._mapping().get(key, [])
        if not isinstance(listed, list):
            raise self.broken(f"{key} is not a list")
        return (self._holding(part) for part in listed)

    def parts(self) -> list[Node]:
        """Return the parts of this list."""
        if not isinstance(self.value, list):
            raise self.broken("a list is expected")
        return [self._holding(part) for part in self.value]

    def string(self) -> str:
        """Return this non-empty string."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.broken("a text is expected")
        return self.value

    def one_of(self, allowed: tuple[str, ...]) -> str:
        """Return this string, which has to be one of those allowed."""
        if self.value not in allowed:
            raise self.broken(f"expected one of: {', '.join(allowed)}")
        return str(self.value)

    def integer(self) -> int:
        """Return this whole number."""
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            raise self.broken("a whole number is expected")
        return self.value

    def number(self, *, low: float, high: float) -> float:
        """Return this number, which has to lie between low and high."""
        if not isinstance(self.value, int | float) or isinstance(self.value, bool) or not low <= self.value <= high:
            raise self.broken(f"a number from {low:g} to {high:g} is expected")
        return float(self.value)

    def flag(self, key: str) -> bool:
        """Return the true or false under a key, false if it is not given."""
        value = self._mapping().get(key, False)
        if not isinstance(value, bool):
            raise self.broken(f"{key} is neither true nor false")
        return value

    def _line_of(self, key: str) -> int:
        """Return the line on which a name stands, in the table of ``near`` before any other, 0 if it is not found."""
        beside = max(self.source.find(self.near), 0) if self.near else 0
        first, end = self.source.rfind("\n[", 0, beside) + 1, self.source.find("\n[", beside)
        name = re.compile(rf'(?:^[ \t]*\[*|[{{,][ \t]*)"?{re.escape(key)}"?[ \t]*[=\].]', re.MULTILINE)
        found = name.search(self.source, first, end if end >= 0 else len(self.source)) or name.search(self.source)
        return self.source.count("\n", 0, found.end()) + 1 if found else 0

    def _holding(self, value: Any) -> Node:
        return Node(name=self.name, source=self.source, value=value, near=self.near)

    def _mapping(self) -> dict[str, Any]:
        if not isinstance(self.value, dict):
            raise self.broken("a group of names and values is expected")
        return self.value
