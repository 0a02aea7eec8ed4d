"""Finding a value in a raw intake by its dotted path, and putting one there."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping

ANSWERS = "answers"


def steps(path: str) -> tuple[str, ...]:
    """Return the keys that lead to a path; the key of an answer has points of its own: ``answers.sx.pain.nprs_now``."""
    first, _, rest = path.partition(".")
    if first == ANSWERS and rest:
        return first, rest
    return tuple(path.split("."))


def get(raw: Mapping[str, object], path: str) -> object:
    """Return what stands at a path, None when nothing does."""
    place: object = raw
    for step in steps(path):
        if not isinstance(place, Mapping):
            return None
        place = place.get(step)
    return place


def put(raw: MutableMapping[str, object], path: str, value: object) -> None:
    """Put a value at a path, making the groups on the way; None takes it away."""
    *groups, last = steps(path)
    place = raw
    for step in groups:
        inner = place.get(step)
        if not isinstance(inner, MutableMapping):
            inner = {}
            place[step] = inner
        place = inner
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value
