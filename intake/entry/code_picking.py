"""Finding codes by what a clinician types, and what to say about those picked. No code is ever offered because of an answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Final

from intake.domain.codes import Code, CodeList, CodeWarning
from intake.entry.tidy import as_words

NOT_BILLABLE: Final = "not_billable"
EXCLUDES: Final = "excludes"
OTHER_RELEASE: Final = "other_release"

_LONGEST: Final = 100
"""Characters of a search that are looked at."""
_WORD = re.compile(r"[^\W_]+")
_TYPED = re.compile(r"[^\W_]+(?:\.[^\W_]+)*")


def plain_code(text: str) -> str:
    """Return a code as it is compared: capitals, without its point and without spaces (``m54.2`` and ``M542`` are one)."""
    return "".join(_WORD.findall(as_words(text))).upper()


def find_code(codes: CodeList, text: str) -> Code | None:
    """Return the code of the list that is meant, None when it is not on it."""
    wanted = plain_code(text)
    return next((each for each in codes.codes if each.code.replace(".", "") == wanted), None)


def search_codes(codes: CodeList, text: str, limit: int = 12) -> tuple[Code, ...]:
    """Return the codes of which every typed word begins the code itself or a word of title, topic or note; nothing for no word.

    The code that is typed in full comes first, then those found by their code, then by title, then by topic or note, each in the
    order of the list; headings, which cannot be billed, come last.
    """
    typed = _TYPED.findall(as_words(text[:_LONGEST]))
    if not typed:
        return ()
    found = ((_rank(code, typed), place, code) for place, code in enumerate(codes.codes))
    ranked = sorted((rank, place, code.code) for rank, place, code in found if rank is not None)
    return tuple(codes.codes[place] for _, place, _ in ranked[:limit])


def code_warnings(codes: CodeList, picked: Sequence[str], on: date) -> tuple[CodeWarning, ...]:
    """Return what needs another look: headings, pairs of Excludes1, and a visit on a day for which this release is not.

    ``other_release`` comes once, ``about`` naming the release. Codes that are not on the list say nothing here.
    """
    known = [code for code in (codes.find(each) for each in dict.fromkeys(picked)) if code is not None]
    warnings = [CodeWarning(code=NOT_BILLABLE, about=each.code) for each in known if not each.billable]
    warnings += [CodeWarning(code=EXCLUDES, about=one.code, other=two.code) for one, two in combinations(known, 2) if _excluded(one, two)]
    late = codes.superseded_on is not None and on >= codes.superseded_on
    if known and (late or on < codes.in_force):
        warnings.append(CodeWarning(code=OTHER_RELEASE, about=codes.release))
    return tuple(warnings)


def _excluded(one: Code, two: Code) -> bool:
    return two.code.startswith(one.excludes) or one.code.startswith(two.excludes)


def _rank(code: Code, typed: Sequence[str]) -> int | None:
    """Return how well a code fits, the lower the better; None when a word does not fit at all."""
    plain = code.code.replace(".", "")
    title = _words(code.title)
    more = (*title, *_words(code.topic), *_words(code.note))
    worst = 0
    for word in typed:
        parts = word.split(".")
        if plain.startswith(code_typed := "".join(parts).upper()):
            fit = 0 if plain == code_typed else 1
        elif all(_begins(part, title) for part in parts):
            fit = 2
        elif all(_begins(part, more) for part in parts):
            fit = 3
        else:
            return None
        worst = max(worst, fit)
    return worst if code.billable else worst + 10


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


def _begins(part: str, words: tuple[str, ...]) -> bool:
    return any(word.startswith(part) for word in words)
