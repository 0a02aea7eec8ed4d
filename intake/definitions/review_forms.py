"""The review form of the clinician, read from a versioned file under ``review/``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.fields import Choice
from intake.domain.review_form import Cause, Item, ItemGroup, Measure, ReviewForm, Snippet, Treatment

REVIEW: Final = "review"
_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)*", re.ASCII)
_ABBREVIATION = re.compile(r"\.[a-z][a-z0-9]{0,15}", re.ASCII)
_FEWEST_CHOICES: Final = 2


def load_review_form(files: ResourceFiles, version: str) -> ReviewForm:
    """Return one version of the review form; ResourceError names file, line and reason when its file is broken."""
    root = files.toml_node(f"{REVIEW}/{version}.toml")
    root.child("version").beside("version").one_of((version,))
    form = ReviewForm(
        version=version,
        groups=_groups(root),
        causes=tuple(Cause(key=_key(part), label=_text(part, "label")) for part in root.children("cause")),
        treatments=tuple(_treatment(part) for part in root.children("treatment")),
        measures=tuple(_measure(part) for part in root.children("measure")),
        snippets=tuple(_snippet(part) for part in root.children("snippet")),
    )
    _refuse_twice(root, "group", (group.key for group in form.groups))
    _refuse_twice(root, "item", (item.key for group in form.groups for item in group.items))
    _refuse_twice(root, "cause", (cause.key for cause in form.causes))
    _refuse_twice(root, "treatment", (treatment.key for treatment in form.treatments))
    _refuse_twice(root, "measure", (measure.key for measure in form.measures))
    _refuse_twice(root, "abbreviation", (snippet.abbreviation for snippet in form.snippets))
    if not (form.groups and form.causes and form.treatments):
        raise root.broken("examination groups, causes and treatments are needed")
    return form


def _refuse_twice(root: Node, name: str, keys: Iterable[str]) -> None:
    for before, after in pairwise(sorted(keys)):
        if before == after:
            raise root.beside(before).broken(f"the {name} {before} is given twice")


def _groups(root: Node) -> tuple[ItemGroup, ...]:
    listed = root.child("answers").beside("[answers]")
    if not isinstance(listed.value, dict):
        raise listed.broken("a group of names and values is expected")
    answers = {name: _choices(listed.child(name).beside(name)) for name in listed.value}
    return tuple(_group(part, answers) for part in root.children("group"))


def _choices(node: Node) -> tuple[Choice, ...]:
    choices = tuple(Choice(code=_key(part, "code"), label=_text(part, "label")) for part in node.parts())
    if len({choice.code for choice in choices}) != len(choices) or len(choices) < _FEWEST_CHOICES:
        raise node.broken("two or more different answers are needed")
    return choices


def _group(part: Node, answers: Mapping[str, tuple[Choice, ...]]) -> ItemGroup:
    key = _key(part)
    node = part.beside(key)
    return ItemGroup(
        key=key,
        label=_text(node, "label"),
        note=_text(node, "note"),
        items=tuple(_item(each, answers) for each in node.child("item").parts()),
    )


def _item(part: Node, answers: Mapping[str, tuple[Choice, ...]]) -> Item:
    key = _key(part)
    node = part.beside(key)
    choices = answers[node.child("answers").one_of(tuple(answers))] if node.has("answers") else ()
    return Item(key=key, label=_text(node, "label"), choices=choices, unit=_text(node, "unit") if node.has("unit") else "")


def _treatment(part: Node) -> Treatment:
    key = _key(part)
    node = part.beside(key)
    return Treatment(key=key, label=_text(node, "label"), hint=_text(node, "hint"), home=node.flag("home"))


def _measure(part: Node) -> Measure:
    key = _key(part)
    node = part.beside(key)
    low, high = node.child("low").integer(), node.child("high").integer()
    if low >= high:
        raise node.broken("low has to be below high")
    return Measure(
        key=key,
        label=_text(node, "label"),
        unit=_text(node, "unit"),
        low=low,
        high=high,
        higher_is=node.child("higher_is").one_of(("better", "worse")),
        missing=_text(node, "missing"),
        source=_text(node, "source"),
        enabled=node.flag("enabled"),
    )


def _snippet(part: Node) -> Snippet:
    abbreviation = _text(part, "abbreviation")
    node = part.beside(abbreviation)
    if not _ABBREVIATION.fullmatch(abbreviation):
        raise node.broken("an abbreviation is a point and up to 16 small letters or digits, such as .neck")
    text = _text(node, "text")
    if not _blanks_are_whole(text):
        raise node.broken("a blank is written [so]")
    return Snippet(abbreviation=abbreviation, text=text)


def _blanks_are_whole(text: str) -> bool:
    """Tell whether every square bracket opens or closes a blank, none inside another."""
    return not set("[]") & set(re.sub(r"\[[^\[\]]+\]", "", text))


def _key(part: Node, name: str = "key") -> str:
    key = part.child(name).string()
    if not _KEY.fullmatch(key):
        raise part.beside(key).broken("a key has small letters, digits, _ and points")
    return key


def _text(node: Node, name: str) -> str:
    return node.child(name).string().strip()
