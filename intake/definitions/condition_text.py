"""Reading the text of a condition.

The language, loosest first; ``and`` binds tighter than ``or``, words are in lower case, line ends count as spaces::

    condition   = every { "or" every }
    every       = one { "and" one }
    one         = "(" condition ")"
                | "at" "least" NUMBER "of" "(" condition { ";" condition } ")"
                | "rule" ID
                | KEY "is" VALUE { "|" VALUE }
                | KEY "has" "any" "of" VALUE { VALUE }
                | KEY ("<" | "<=" | "=" | ">=" | ">") NUMBER
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from intake.domain.conditions import All, AtLeast, Compare, Condition, Has, Is, Op, RuleHolds, any_of

LONGEST: Final = 4_000
DEEPEST: Final = 20
_TOKEN: Final = re.compile(r"\s*(?:(?P<word>[A-Za-z0-9][A-Za-z0-9_.-]*)|(?P<sign><=|>=|[<>=();|]))", re.ASCII)
_WORDS: Final = frozenset({"and", "or", "at", "least", "of", "is", "has", "any", "rule"})
_SIGNS: Final = frozenset("();|") | {"<", "<=", "=", ">=", ">"}
_OPS: Final = ("<", "<=", "=", ">=", ">")
_NUMBER: Final = re.compile(r"[0-9]{1,6}", re.ASCII)
_END: Final = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Why a text is no condition; ``position`` counts characters from 1."""

    position: int
    reason: str


def read_condition(text: str) -> Condition | Fault:
    """Return the condition that the text says, or where and why it says none; never raises."""
    try:
        return _Reader(tokens=list(_tokens(text))).whole()
    except _UnreadableError as unreadable:
        return unreadable.fault


class _UnreadableError(Exception):
    """The text cannot be read on; caught in ``read_condition``."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(reason)
        self.fault = Fault(position=position + 1, reason=reason)


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    """Yield words and signs with the place each begins at, and at last the end."""
    if len(text) > LONGEST:
        raise _UnreadableError(LONGEST, f"a condition has at most {LONGEST} characters")
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place, end)
        if match is None:
            begin = end - len(text[place:end].lstrip())
            raise _UnreadableError(begin, "this character has no meaning here")
        yield match[match.lastgroup or 0], match.start(match.lastgroup or 0)
        place = match.end()
    yield _END, end


@dataclass(slots=True, kw_only=True)
class _Reader:
    """Reads token by token; each method takes what it is named for."""

    tokens: list[tuple[str, int]]
    place: int = 0
    depth: int = 0

    def whole(self) -> Condition:
        condition = self.condition()
        if self.next() != _END:
            raise self.unreadable("expected and, or, or the end")
        return condition

    def condition(self) -> Condition:
        parts = [self.every()]
        while self.taken("or"):
            parts.append(self.every())
        return any_of(*parts)

    def every(self) -> Condition:
        parts = [self.one()]
        while self.taken("and"):
            parts.append(self.one())
        return parts[0] if len(parts) == 1 else All(of=tuple(parts))

    def one(self) -> Condition:
        if self.taken("("):
            condition = self.inside()[0]
            self.expect(")")
            return condition
        if self.taken("at"):
            return self.at_least()
        if self.taken("rule"):
            return RuleHolds(rule_id=self.name("the name of a rule"))
        return self.asked(self.name("the key of a question"))

    def asked(self, key: str) -> Condition:
        """Return what is asked of the answer under a key."""
        if self.taken("is"):
            return Is(key=key, values=self.values("|"))
        if self.taken("has"):
            self.expect("any")
            self.expect("of")
            return Has(key=key, values=self.values())
        if self.next() in _OPS:
            op = cast("Op", self.take())
            return Compare(key=key, op=op, number=self.number())
        raise self.unreadable("expected is, has any of, or a comparison")

    def at_least(self) -> Condition:
        self.expect("least")
        begin = self.place
        count = self.number()
        self.expect("of")
        self.expect("(")
        parts = self.inside(";")
        self.expect(")")
        if not 1 <= count <= len(parts):
            self.place = begin
            raise self.unreadable(f"expected a number from 1 to {len(parts)}, as many as conditions follow")
        return AtLeast(count=count, of=tuple(parts))

    def inside(self, separator: str = "") -> list[Condition]:
        """Return the conditions between parentheses."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.unreadable(f"more than {DEEPEST} parentheses inside each other")
        parts = [self.condition()]
        while separator and self.taken(separator):
            parts.append(self.condition())
        self.depth -= 1
        return parts

    def values(self, separator: str = "") -> tuple[str, ...]:
        """Return one value or more, with the separator between them if there is one."""
        values = [self.name("an answer")]
        while self.taken(separator) if separator else self.next() not in _WORDS | _SIGNS | {_END}:
            values.append(self.name("an answer"))
        return tuple(values)

    def number(self) -> int:
        if not _NUMBER.fullmatch(self.next()):
            raise self.unreadable("expected a whole number")
        return int(self.take())

    def name(self, what: str) -> str:
        if self.next() in _WORDS | _SIGNS | {_END}:
            raise self.unreadable(f"expected {what}")
        return self.take()

    def next(self) -> str:
        return self.tokens[self.place][0]

    def take(self) -> str:
        token = self.next()
        self.place += 1
        return token

    def taken(self, token: str) -> bool:
        if self.next() != token:
            return False
        self.place += 1
        return True

    def expect(self, token: str) -> None:
        if not self.taken(token):
            raise self.unreadable(f"expected {token}")

    def unreadable(self, reason: str) -> _UnreadableError:
        """Return the error that names the token that comes next."""
        return _UnreadableError(self.tokens[self.place][1], reason)
