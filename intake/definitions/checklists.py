"""The symptom checklist, read from a FHIR R4 Questionnaire.

How a Questionnaire says what a Question is: ``linkId`` the key, ``text`` what is read aloud, ``code.display`` the short label,
both with the standard translation extension for Spanish; an item inside another is a detail of it; ``enableWhen`` names the
answers that open it; ``required`` marks a main question that is always asked, a detail that is needed, and a group of which every
main question has to be asked. Options are value sets contained in the file. An integer with the slider control is a rating. A
``display`` item first in a group is its note.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from intake.definitions.node import Node
from intake.definitions.resource_files import ResourceFiles
from intake.domain.answers import HIGHEST_RATING, LOWEST_RATING, STATES, Kind
from intake.domain.checklist import Checklist, Group, Option, Question
from intake.domain.text import Text

_FHIR: Final = "http://hl7.org/fhir/StructureDefinition/"
_TRANSLATION: Final = _FHIR + "translation"
_ITEM_TYPES: Final = ("choice", "integer", "date", "string", "text")
_STATE_SET: Final = "#state"
_LONGEST_SHORT: Final = 28
_LONGEST_TEXT: Final = 40_000
_LARGEST_NUMBER: Final = 999_999
_EMPTY: Final = Text(en="", es="")

Options = dict[str, tuple[Option, ...]]


def load_checklist(files: ResourceFiles, version: str = "neck-1") -> Checklist:
    """Return one version of the checklist; ResourceError names file, line and reason when its file is broken."""
    root = files.json_node(f"checklists/{version}.json")
    root.child("resourceType").one_of(("Questionnaire",))
    root.child("id").beside(version).one_of((version,))
    options = {f"#{part.child('id').string()}": _options(part) for part in root.children("contained")}
    if tuple(option.code for option in options.get(_STATE_SET, ())) != STATES:
        raise root.beside("state").broken("the value set state has to be yes, no, unsure")
    groups = tuple(_group(item, options) for item in root.child("item").parts())
    _check_keys(root, groups)
    return Checklist(version=version, title=_text(root, "title"), groups=groups)


def _text(node: Node, key: str) -> Text:
    """Return a string and the Spanish translation that stands beside it."""
    english = node.child(key).string()
    for extension in node.child(f"_{key}").children("extension"):
        parts = {part.child("url").string(): part for part in extension.children("extension")}
        if extension.child("url").value == _TRANSLATION and "lang" in parts and "content" in parts:
            parts["lang"].child("valueCode").one_of(("es",))
            return Text(en=english, es=parts["content"].child("valueString").string())
    raise node.broken(f"{key} has no Spanish translation")


def _options(value_set: Node) -> tuple[Option, ...]:
    named = value_set.beside(value_set.child("id").string())
    concepts = [concept for part in named.child("compose").child("include").parts() for concept in part.child("concept").parts()]
    options = tuple(Option(code=concept.child("code").string(), text=_text(concept, "display")) for concept in concepts)
    if not options or len({option.code for option in options}) != len(options):
        raise named.broken("a value set needs codes, each of them once")
    return options


def _group(item: Node, options: Options) -> Group:
    group = item.beside(item.child("linkId").string())
    group.child("type").one_of(("group",))
    items = group.child("item").parts()
    note = _EMPTY
    if items and items[0].child("type").value == "display":
        note = _text(items.pop(0), "text")
    questions = tuple(question for part in items for question in _questions(part, None, options))
    key, required = group.child("linkId").string(), group.flag("required")
    return Group(key=key, text=_text(group, "text"), note=note, questions=questions, required=required)


def _questions(item: Node, parent: Question | None, options: Options) -> Iterator[Question]:
    """Yield a question and then its details, theirs after each."""
    node = item.beside(item.child("linkId").string())
    question = _question(node, parent, options)
    yield question
    for detail in node.children("item"):
        yield from _questions(detail, question, options)


def _question(node: Node, parent: Question | None, options: Options) -> Question:
    kind = _kind(node)
    key = node.child("linkId").string()
    when, openers = _opening(node, parent)
    required = node.flag("required")
    low, high = _range(node, kind)
    return Question(
        key=key,
        kind=kind,
        text=_text(node, "text"),
        short=_short(node),
        options=_options_of(node, kind, options),
        parent=parent.key if parent else None,
        when=when,
        also_opened_by=openers,
        always_ask=required and parent is None,
        needed=required and parent is not None,
        max_length=_max_length(node),
        low=low,
        high=high,
        unit=_unit(node),
    )


def _kind(node: Node) -> Kind:
    item_type = node.child("type").one_of(_ITEM_TYPES)
    if item_type == "choice":
        if node.child("answerValueSet").value == _STATE_SET:
            return Kind.STATE
        return Kind.CHOICES if node.flag("repeats") else Kind.CHOICE
    if item_type == "integer":
        return Kind.RATING if _extension(node, "questionnaire-itemControl") else Kind.NUMBER
    return Kind.DATE if item_type == "date" else Kind.TEXT


def _short(node: Node) -> Text:
    codes = node.child("code").parts()
    if len(codes) != 1:
        raise node.broken("code has to hold one short label")
    short = _text(codes[0], "display")
    if max(len(short.en), len(short.es)) > _LONGEST_SHORT:
        raise node.broken(f"the short label is longer than {_LONGEST_SHORT} characters")
    return short


def _options_of(node: Node, kind: Kind, options: Options) -> tuple[Option, ...]:
    if kind not in {Kind.STATE, Kind.CHOICE, Kind.CHOICES}:
        return ()
    name = node.child("answerValueSet").string()
    if name not in options:
        raise node.broken(f"there is no value set {name}")
    return options[name]


def _opening(node: Node, parent: Question | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the answers that open a detail, and the other questions whose same answers open it too."""
    conditions: dict[str, set[str]] = {}
    order: list[str] = []
    for condition in node.children("enableWhen"):
        opener = condition.child("question").string()
        codes = conditions.setdefault(opener, set())
        if condition.child("operator").one_of(("=", "exists")) == "=":
            code = condition.child("answerCoding").child("code").string()
            codes.add(code)
            order.append(code)
    if parent is None and conditions:
        raise node.broken("a main question cannot depend on another answer")
    if parent is None:
        return (), ()
    if parent.key not in conditions:
        raise node.broken("a detail has to be opened by the question it stands in")
    when = conditions.pop(parent.key)
    if any(codes != when for codes in conditions.values()):
        raise node.broken("every question that opens a detail has to open it with the same answers")
    if parent.options and not when <= set(parent.codes()):
        raise node.broken("it is opened by an answer that its question does not have")
    return tuple(dict.fromkeys(code for code in order if code in when)), tuple(conditions)


def _extension(node: Node, name: str) -> Node | None:
    found = (extension for extension in node.children("extension") if extension.child("url").value == _FHIR + name)
    return next(found, None)


def _range(node: Node, kind: Kind) -> tuple[int, int]:
    """Return the lowest and highest whole number of a rating or number."""
    bounds = {"minValue": 0, "maxValue": _LARGEST_NUMBER}
    for name in bounds:
        extension = _extension(node, name)
        if extension is not None:
            bounds[name] = extension.child("valueInteger").integer()
    low, high = bounds["minValue"], bounds["maxValue"]
    if kind is Kind.RATING and (low, high) != (LOWEST_RATING, HIGHEST_RATING):
        raise node.broken(f"a rating goes from {LOWEST_RATING} to {HIGHEST_RATING}")
    if low > high:
        raise node.broken("minValue is above maxValue")
    return low, high


def _max_length(node: Node) -> int:
    if not node.has("maxLength"):
        return _LONGEST_TEXT
    length = node.child("maxLength").integer()
    if not 0 < length <= _LONGEST_TEXT:
        raise node.broken(f"maxLength has to be from 1 to {_LONGEST_TEXT}")
    return length


def _unit(node: Node) -> Text | None:
    extension = _extension(node, "questionnaire-unit")
    return _text(extension.child("valueCoding"), "display") if extension else None


def _check_keys(root: Node, groups: tuple[Group, ...]) -> None:
    """Refuse a key that is used twice, and a detail opened by a question that does not stand before it."""
    seen: set[str] = set()
    groups_seen: set[str] = set()
    for group in groups:
        if group.key in groups_seen:
            raise root.beside(group.key).broken("this linkId is used twice")
        groups_seen.add(group.key)
        for question in group.questions:
            near = root.beside(question.key)
            if question.key in seen:
                raise near.broken("this linkId is used twice")
            if not seen.issuperset(question.also_opened_by):
                raise near.broken("it is opened by a question that does not stand before it")
            seen.add(question.key)
