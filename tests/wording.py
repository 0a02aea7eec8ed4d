"""Every string of the program that a screen or a paper can show, and the words that none of them may say.

What is collected of a Python file is every string but those that are told from the others by a rule, never by hand: docstrings and
other strings that stand alone, messages of the log, SQL, and identifiers (lower case, no spaces) outside a call that shows words;
a forbidden word by itself is taken for an identifier only among the codes of a tuple.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from xml.etree import ElementTree as ET

BANNED: Final = (
    r"diagnos\w*", r"likely", r"suspected", r"(?:rule|rules|ruled|ruling)[\s-]out", r"indicates", r"suggests\s+you\s+have",
    r"positive\s+for", r"(?:high|low)[\s-]risk", r"risk[\s-]scores?", r"normal", r"safe", r"clear", r"cleared", r"no\s+red\s+flags?",
    r"emergenc(?:y|ies)(?!\s+access)",  # 45 CFR 164.312 calls so a way into the records; it says nothing of a patient
    # the same in Spanish, as far as a word has that one meaning ("seguro" is an insurance too)
    r"diagn[oó]stic\w*", r"probablemente", r"sospech\w*", r"descart(?:ar|ad[oa]s?)", r"(?:alto|bajo)\s+riesgo", r"riesgo\s+(?:alto|bajo)",
    r"emergencias?",
)  # fmt: skip
"""Words of no assertion that software may make, or that a reader could take for one."""

BANNED_FOR_STAFF_AND_PATIENTS: Final = (
    r"strokes?",
    r"cancers?",
    r"dissections?",
    r"c[aá]ncer(?:es)?",
    r"disecci[oó]n",
    r"derrame\s+cerebral",
)
"""Forbidden to the desk and to patients. There is one list for all, since a string of one screen is soon shown on another; the
checklist asks about a tumor and its treatment instead, which patients also understand better than a list of names."""

FORBIDDEN: Final = re.compile(rf"(?<!\w)(?:{'|'.join((*BANNED, *BANNED_FOR_STAFF_AND_PATIENTS))})(?!\w)", re.IGNORECASE)

SHOWING: Final = frozenset({"tr", "QT_TRANSLATE_NOOP", "translate", "about", "choices", "setText", "setToolTip", "setWindowTitle"})
"""Calls that show their words; a string in one of them is read even when it looks like an identifier."""
SHOWN_NAMES: Final = frozenset({"label", "title", "text", "display", "en", "es", "valueString", "heading", "note", "hint", "unit", "name"})
"""Names in data files whose values are shown, even when they look like an identifier."""
LOGGING: Final = frozenset({"debug", "info", "warning", "error", "exception", "critical", "log"})
_SQL: Final = re.compile(r"\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|WITH|PRAGMA|CREATE|DROP|ALTER|ATTACH|DETACH|BEGIN|VACUUM)\s")
_IDENTIFIER: Final = re.compile(r"[a-z0-9_.:/#%*-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A string that can be shown, and where it comes from."""

    text: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A string that says what it must not, and the words it says."""

    shown: Shown
    words: tuple[str, ...]


def strings_of(path: Path) -> Iterator[Shown]:
    """Yield every string of a file that can be shown."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".py":
            yield from _of_python(ast.parse(text), path.name)
        case ".json":
            yield from _of_data(json.loads(text), path.name)
        case ".toml":
            yield from _of_data(tomllib.loads(text), path.name)
        case ".svg":
            yield from _of_picture(ET.fromstring(text), path.name)  # noqa: S314 - the pictures that come with the program
        case other:
            raise ValueError(other)


def faults_of(path: Path) -> list[Found]:
    """Return the strings of a file that say a forbidden word."""
    return [
        Found(shown=shown, words=words)
        for shown in strings_of(path)
        if (words := tuple(match.group().lower() for match in FORBIDDEN.finditer(shown.text)))
    ]


def _of_data(value: Any, place: str, name: str = "") -> Iterator[Shown]:
    """Yield the strings of parsed JSON or TOML; names are not shown, and identifiers only under a name that shows them."""
    if isinstance(value, dict):
        for inner, part in value.items():
            yield from _of_data(part, f"{place} {inner}", inner)
    elif isinstance(value, list):
        for part in value:
            yield from _of_data(part, place, name)
    elif isinstance(value, str) and (name in SHOWN_NAMES or not _IDENTIFIER.fullmatch(value)):
        yield Shown(text=value, place=place)


def _of_picture(root: ET.Element, place: str) -> Iterator[Shown]:
    for element in root.iter():
        for text in (element.text, element.tail, *element.attrib.values()):
            if text and text.strip():
                yield Shown(text=text, place=place)


def _of_python(tree: ast.Module, place: str) -> Iterator[Shown]:
    """Yield the strings of a module, an f-string as one with ``…`` for each of its values."""
    visitor = _Strings(place)
    visitor.visit(tree)
    yield from visitor.found


class _Strings(ast.NodeVisitor):
    """Collects strings on a walk that leaves out what is never shown."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.found: list[Shown] = []
        self.showing = 0
        self.in_tuple = False

    def visit_Expr(self, node: ast.Expr) -> None:
        """Leave out a string that stands alone: a docstring."""
        if not (isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)):
            self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        """Leave out what is logged; read every string of a call that shows words."""
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(node.func.value, "id", "") if isinstance(node.func, ast.Attribute) else ""
        if owner in {"log", "logger", "logging"} and name in LOGGING:
            return
        self.showing += name in SHOWING
        in_tuple, self.in_tuple = self.in_tuple, False
        self.generic_visit(node)
        self.in_tuple = in_tuple
        self.showing -= name in SHOWING

    def visit_Tuple(self, node: ast.Tuple) -> None:
        """Take identifiers in a tuple for what they are, in a call that shows words too: codes that another answer is held against."""
        showing, self.showing = self.showing, 0
        in_tuple, self.in_tuple = self.in_tuple, True
        self.generic_visit(node)
        self.showing, self.in_tuple = showing, in_tuple

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        """Read an f-string as one text, and the strings within its values."""
        parts = [part.value if isinstance(part, ast.Constant) else "…" for part in node.values]
        self.read("".join(map(str, parts)), node.lineno)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Constant(self, node: ast.Constant) -> None:
        """Read a string."""
        if isinstance(node.value, str):
            self.read(node.value, node.lineno)

    def read(self, text: str, line: int) -> None:
        """Keep a text unless it is SQL or an identifier; a forbidden word is one only as a code in a tuple."""
        code = _IDENTIFIER.fullmatch(text) and (self.in_tuple or not FORBIDDEN.fullmatch(text))
        if not _SQL.match(text) and (self.showing or not code):
            self.found.append(Shown(text=text, place=f"{self.place}:{line}"))
