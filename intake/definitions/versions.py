"""Which versions of a definition there are, and which one is used for new visits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from intake.definitions.practice import PRACTICE_FILE
from intake.definitions.resource_files import ResourceFiles
from intake.errors import ResourceError

_NUMBERS = re.compile(r"(\d+)")


def versions(files: ResourceFiles, folder: str, suffix: str) -> list[str]:
    """Return the versions that have a file (``.json``, ``.toml``) in a folder of either place."""
    return sorted(files.stems(folder, suffix))


def chosen(files: ResourceFiles, key: str, folder: str) -> str:
    """Return the version that the practice names under a key of its file, otherwise the newest that came with the program.

    A practice's own file from before the key was known stays good. ResourceError when there is no such file.
    """
    root = files.toml_node(PRACTICE_FILE)
    if not root.has(key):
        return max(_names(files.root, folder, ".toml"), key=_by_number)
    name = root.child(key).beside(key).string()
    if name not in versions(files, folder, ".toml"):
        raise root.beside(name).broken(f"there is no file {folder}/{name}.toml")
    return name


def _names(place: Path, folder: str, suffix: str) -> Iterator[str]:
    try:
        yield from (path.stem for path in (place / folder).glob(f"*{suffix}"))
    except OSError as error:
        raise ResourceError(folder, 0, "the folder cannot be read") from error


def _by_number(name: str) -> list[tuple[int, str]]:
    """Return a key that sorts version 10 after version 9."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in _NUMBERS.split(name)]
