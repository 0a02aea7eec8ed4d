"""Finding and reading the versioned files under ``resources/``, a practice's own copy first."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final, NoReturn

from intake.definitions.node import Node
from intake.errors import ResourceError
from intake.reading import read_start

LARGEST: Final = 1024 * 1024
"""Of any file; the largest that comes with the program is a sixth of it."""
_MOST_TOML: Final = 512 * 1024
_MOST_AT_TOP: Final = 64 * 1024
"""Of the practice and its clinics: every other file is found by them, so they are read again and again."""
MOST_PARTS: Final = 8
_TOML_LINE = re.compile(r"at line (\d+)")
_TEXTS: Final = re.compile(
    r'"""(?:[^"\\]+|\\.?|"(?!""))*(?:"{3,5}|\Z)'
    r"|'''(?:[^']+|'(?!''))*(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]+|\\.?)*"?'
    r"|'[^'\n]*'?"
    r"|#[^\n]*",
    re.DOTALL,
)
"""What TOML keeps in quotes, and its comments. Each begins a match that cannot fail: no text is read twice."""
_LONG_KEY: Final = re.compile(rf"(?<![\w-])[\w-]+(?:[ \t]*\.[ \t]*[\w-]+){{{MOST_PARTS}}}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceFiles:
    """The files that come with the program (``root``) and those the practice put in their place (``overrides``).

    ``instead`` is what would be put there before those, None for a file that would be taken away: to try a change that is not made
    yet. Names are relative with forward slashes: ``checklists/neck-1.json``. Everything that is wrong with a file is a ResourceError.
    """

    root: Path
    overrides: Path | None = None
    instead: Mapping[str, bytes | None] = field(default_factory=dict)

    def path(self, name: str) -> Path:
        """Return where the file is read from; ResourceError if there is none."""
        relative = PurePosixPath(name)
        if relative.is_absolute() or ".." in relative.parts or "\0" in name:
            raise ResourceError(name, 0, "not a name of a resource file")
        for folder in (None if name in self.instead else self.overrides, self.root):
            if folder is not None and (folder / relative).is_file():
                return folder / relative
        raise ResourceError(name, 0, "the file is missing")

    def stems(self, folder: str, suffix: str) -> set[str]:
        """Return the names, without their suffix, of the files of a folder."""
        places = [self.root, *([self.overrides] if self.overrides else [])]
        try:
            found = {f"{folder}/{path.name}" for place in places for path in (place / folder).glob(f"*{suffix}")}
            shipped = {f"{folder}/{path.name}" for path in (self.root / folder).glob(f"*{suffix}")}
        except OSError as error:
            raise ResourceError(folder, 0, "the folder cannot be read") from error
        for name, content in self.instead.items():
            if PurePosixPath(name).parent == PurePosixPath(folder) and name.endswith(suffix):
                found = found | {name} if content is not None else found - ({name} - shipped)
        return {PurePosixPath(name).stem for name in found}

    def content(self, name: str) -> bytes:
        """Return the bytes of a file."""
        content, most = self.instead.get(name), most_bytes(name)
        if content is None:
            try:
                content = read_start(self.path(name), most + 1)
            except (OSError, ValueError) as error:
                raise ResourceError(name, 0, "the file cannot be read") from error
        if len(content) > most:
            raise ResourceError(name, 0, f"it is larger than {most // 1024} kB")
        return content

    def text(self, name: str) -> str:
        """Return the text of a file, with plain line ends and without a byte order mark."""
        raw = self.content(name)
        try:
            return raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise ResourceError(name, raw.count(b"\n", 0, error.start) + 1, "the text is not UTF-8") from error

    def read_toml(self, name: str) -> dict[str, Any]:
        """Return the parsed TOML of a file."""
        return parse_toml(name, self.text(name))

    def json_node(self, name: str) -> Node:
        """Return the parsed JSON of a file as a Node, which tells file and line of whatever is wrong in it."""
        text = self.text(name)
        return Node(name=name, source=text, value=parse_json(name, text))

    def toml_node(self, name: str) -> Node:
        """Return the parsed TOML of a file as a Node, which tells file and line of whatever is wrong in it."""
        text = self.text(name)
        return Node(name=name, source=text, value=parse_toml(name, text))


def most_bytes(name: str) -> int:
    """Return how large a file of this name may be."""
    if not name.endswith(".toml"):
        return LARGEST
    return _MOST_TOML if "/" in name else _MOST_AT_TOP


def parse_json(name: str, text: str) -> Any:
    """Return the parsed JSON; a name given twice, NaN and Infinity are refused as well."""
    try:
        return json.loads(text, object_pairs_hook=_unique_names(name, text), parse_constant=_no_constant(name, text))
    except json.JSONDecodeError as error:
        raise ResourceError(name, error.lineno, f"JSON: {error.msg}") from error
    except (ValueError, RecursionError) as error:
        raise ResourceError(name, 0, "JSON: a number is too long or the nesting too deep") from error


def parse_toml(name: str, text: str) -> dict[str, Any]:
    """Return the parsed TOML; a key of many parts is refused as well: each part takes the parser longer than the one before."""
    bare = _TEXTS.sub(lambda found: "s" + "\n" * found.group().count("\n"), text)
    if (long := _LONG_KEY.search(bare)) is not None:
        raise ResourceError(name, bare.count("\n", 0, long.start()) + 1, f"TOML: a key has more than {MOST_PARTS} parts")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found.group(1)) if found else text.count("\n") + 1
        raise ResourceError(name, line, f"TOML: {str(error).partition(' (at ')[0]}") from error
    except (ValueError, RecursionError) as error:
        raise ResourceError(name, 0, "TOML: a number is too long or the nesting too deep") from error


def _unique_names(name: str, text: str) -> Callable[[list[tuple[str, Any]]], dict[str, Any]]:
    def build(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        built = dict(pairs)
        if len(built) != len(pairs):
            counts = Counter(key for key, _ in pairs)
            twice = next(key for key in built if counts[key] > 1)
            raise Node(name=name, source=text, value=None, near=twice).broken(f"{twice} is given twice")
        return built

    return build


def _no_constant(name: str, text: str) -> Callable[[str], NoReturn]:
    def refuse(constant: str) -> NoReturn:
        raise Node(name=name, source=text, value=None, near=constant).broken(f"{constant} is not a number")

    return refuse
