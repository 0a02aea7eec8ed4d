"""On which line of a rules file something stands: the parser tells values, not places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

_HEAD = re.compile(r"\s*\[\[\s*rule\s*\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLines:
    """The lines of a file, and where each rule begins. Lines count from 1; 0 is the file itself."""

    text: str
    _lines: list[str] = field(init=False, repr=False)
    _rules: list[range] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Find where each rule begins and ends."""
        lines = self.text.split("\n")
        heads = [place for place, line in enumerate(lines) if _HEAD.match(line)]
        object.__setattr__(self, "_lines", lines)
        object.__setattr__(self, "_rules", [range(begin, end) for begin, end in pairwise([*heads, len(lines)])])

    def of(self, name: str) -> int:
        """Return the line on which a name or a table of the file is given, 0 if it is not found."""
        given = re.compile(rf"\s*(?:[\"']?{re.escape(name)}[\"']?\s*[=.]|\[\[?\s*{re.escape(name)}\s*\])")
        return next((place + 1 for place, line in enumerate(self._lines) if given.match(line)), 0)

    def of_rule(self, place: int, name: str = "", nth: int = 0) -> int:
        """Return the line of a name within a rule, the nth of that name; that of the rule itself when it is not there."""
        if place >= len(self._rules):
            return 0
        lines = self._rules[place]
        given = re.compile(rf"\s*[\"']?{re.escape(name)}[\"']?\s*=")
        found = [line + 1 for line in lines if name and given.match(self._lines[line])]
        return found[nth] if nth < len(found) else lines.start + 1
