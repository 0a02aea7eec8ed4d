"""Passwords: what makes one too weak to take.

Length and a blocklist, no rules about which signs. Source: NIST SP 800-63B-4, 3.1.1.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from intake.definitions.resource_files import ResourceFiles
from intake.errors import Problem
from intake.matching.search_text import fold
from intake.paths import RESOURCES

SHORTEST = 15
LONGEST = 1000
BLOCKLIST = "data/passwords.txt"
CONTEXT = ("intakedesk", "intake", "frontdesk", "desk", "clinic", "neckpain", "neck", "pain", "practice", "password", "welcome")
_SHORTEST_NAME = 3
_FEWEST_SIGNS = 5


def password_problems(password: str, *, login: str, name: str) -> list[Problem]:
    """Return why a password will not do: ``password_short``, ``password_long``, ``password_known`` or ``password_is_name``."""
    codes: list[str] = []
    if len(_normal(password)) < SHORTEST:
        codes.append("password_short")
    elif len(password) > LONGEST:
        codes.append("password_long")
    elif _is_name(password, login, name):
        codes.append("password_is_name")
    elif _is_known(password):
        codes.append("password_known")
    return [Problem(field="password", code=code) for code in codes]


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)


def _bare(text: str) -> str:
    """Return only the letters and digits of a text, folded."""
    return fold(text).replace(" ", "")


def _is_name(password: str, login: str, name: str) -> bool:
    """Tell whether hardly anything of the password is left without the person's own names."""
    rest = _bare(password)
    for part in sorted({_bare(part) for part in (login, name, *name.split())}, key=len, reverse=True):
        if len(part) >= _SHORTEST_NAME:
            rest = rest.replace(part, "")
    return len(rest) < SHORTEST // 2 and rest != _bare(password)


def _is_known(password: str) -> bool:
    """Tell whether it is on the list, or made of little more than words everybody here would try."""
    bare = _bare(password)
    if bare in _blocklist() or len(set(bare or password)) < _FEWEST_SIGNS or _repeats(bare):
        return True
    rest = bare
    for word in sorted(CONTEXT, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest.strip("0123456789")) < _SHORTEST_NAME and rest != bare


def _repeats(bare: str) -> bool:
    """Tell whether it is a short piece again and again."""
    return bool(bare) and bare in (bare + bare)[1:-1]


@cache
def _blocklist() -> frozenset[str]:
    lines = ResourceFiles(root=RESOURCES).text(BLOCKLIST).splitlines()
    return frozenset(_bare(line) for line in lines if line and not line.startswith("#"))
