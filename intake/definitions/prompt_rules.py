"""The rules of the prompts, read from ``prompts/*.toml``.

What is wrong is refused rule by rule and announced, the others go on: the program starts, and no rule is missing in silence.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any, Final, cast

from intake.definitions.condition_text import Fault, read_condition
from intake.definitions.practice import PRACTICE_FILE
from intake.definitions.resource_files import ResourceFiles, parse_toml
from intake.definitions.rule_facts import Askable, fault_in
from intake.definitions.rule_lines import RuleLines
from intake.definitions.rule_links import ReadRule, link
from intake.domain.conditions import Condition
from intake.domain.prompts import DESK_TITLES, ORDER, DeskWords, Level, Refusal, Rule, RuleSet
from intake.errors import ResourceError

FOLDER: Final = "prompts"
SHIPPED: Final = "neck-prompts-1"
PENDING: Final = "pending"
CHECKED: Final = ("V", "V2", "R")
_TOP: Final = frozenset({"version", "desk", "rule"})
_NAMES: Final = frozenset({"id", "level", "reported", "basis", "source", "checked", "verified_on", "approved_by"})
_LEVEL_NAMES: Final = frozenset({"level", "when"})


class _RefusedError(Exception):
    """A rule cannot be loaded; caught where the rules are read one by one."""

    def __init__(self, reason: str, near: str = "", nth: int = 0) -> None:
        super().__init__(reason)
        self.reason, self.near, self.nth = reason, near, nth


def current_rules(files: ResourceFiles) -> str:
    """Return the name of the rules in use; the shipped ones where a practice's own ``practice.toml`` names none."""
    root = files.toml_node(PRACTICE_FILE)
    return root.child(FOLDER).beside(FOLDER).string().strip() if root.has(FOLDER) else SHIPPED


def load_rules(files: ResourceFiles, version: str, known: Mapping[str, Askable]) -> RuleSet:
    """Return one version of the rules, each checked against what may be asked; never raises ResourceError.

    A file that is missing or cannot be parsed gives a rule set without rules and one refusal, named after the file.
    """
    name = f"{FOLDER}/{version}.toml"
    try:
        text = files.text(name)
        raw = parse_toml(name, text)
    except ResourceError as error:
        refusal = Refusal(name=name, line=int(error.facts["line"]), reason=str(error.facts["reason"]))
        return _rule_set(version, {}, [refusal], {})
    lines = RuleLines(text=text)
    if raw.get("version") != version:
        return _rule_set(version, {}, [Refusal(name=name, line=lines.of("version"), reason=f"version has to be {version}")], {})
    refused = [Refusal(name=each, line=lines.of(each), reason=f"{each} is not known here") for each in raw if each not in _TOP]
    rules, refused_rules = _rules(raw.get("rule", []), lines, known)
    if not rules and not refused_rules:
        refused.append(Refusal(name=name, line=lines.of("rule"), reason="there is no rule in it"))
    later, refused_desk = _desk(raw.get("desk", {}), lines)
    return _rule_set(version, rules, [*refused, *refused_desk, *refused_rules], later)


def _rule_set(version: str, rules: Mapping[str, Rule], refused: list[Refusal], later: Mapping[Level, tuple[str, ...]]) -> RuleSet:
    desk = {level: DeskWords(title=title, later=later.get(level, ())) for level, title in DESK_TITLES.items()}
    approved = bool(rules) and all(rule.approved_by.lower() != PENDING for rule in rules.values())
    return RuleSet(version=version, rules=tuple(rules.values()), refused=tuple(refused), desk=desk, approved=approved)


def _rules(listed: object, lines: RuleLines, known: Mapping[str, Askable]) -> tuple[dict[str, Rule], list[Refusal]]:
    """Return the rules that can be used, by id, and a refusal for each that cannot."""
    if not isinstance(listed, list) or not all(isinstance(part, dict) for part in listed):
        return {}, [Refusal(name="rule", line=lines.of("rule"), reason="each rule begins with [[rule]]")]
    read: dict[str, ReadRule] = {}
    refused: list[Refusal] = []
    for place, part in enumerate(listed):
        name = str(part.get("id", "")).strip() or f"rule {place + 1}"
        try:
            read[name] = ReadRule(rule=_rule(part, known, read), line=lines.of_rule(place))
        except _RefusedError as error:
            refused.append(Refusal(name=name, line=lines.of_rule(place, error.near, error.nth), reason=error.reason))
    rules, unlinked = link(read, {refusal.name for refusal in refused} - set(read))
    return rules, [*refused, *unlinked]


def _rule(part: dict[str, Any], known: Mapping[str, Askable], before: Collection[str]) -> Rule:
    _only(part, _NAMES)
    if _text(part, "id") in before:
        raise _RefusedError(f"{part['id'].strip()} is given twice", "id")
    checked = _text(part, "checked")
    if checked not in CHECKED:
        raise _RefusedError(f"checked: expected one of {', '.join(CHECKED)}", "checked")
    verified_on = part.get("verified_on")
    if not isinstance(verified_on, date) or isinstance(verified_on, datetime):
        raise _RefusedError("verified_on: a date without quotes is expected" if verified_on else "verified_on is missing", "verified_on")
    return Rule(
        id=_text(part, "id"),
        levels=_levels(part.get("level"), known),
        reported=_text(part, "reported").rstrip("."),
        basis=_text(part, "basis"),
        source=_text(part, "source").rstrip("."),
        checked=checked,
        verified_on=verified_on,
        approved_by=_text(part, "approved_by"),
    )


def _levels(listed: object, known: Mapping[str, Askable]) -> tuple[tuple[Level, Condition], ...]:
    """Return the levels of a rule with their conditions, the most pressing first."""
    if not isinstance(listed, list) or not listed or not all(isinstance(part, dict) for part in listed):
        raise _RefusedError("a rule needs at least one [[rule.level]]", "level")
    levels: dict[Level, Condition] = {}
    for nth, part in enumerate(listed):
        _only(part, _LEVEL_NAMES, nth)
        name = _text(part, "level", nth)
        if name not in tuple(Level):
            raise _RefusedError(f"level: expected one of {', '.join(Level)}", "level", nth)
        if Level(name) in levels:
            raise _RefusedError(f"the level {name} is given twice", "level", nth)
        levels[Level(name)] = _condition(_text(part, "when", nth), known, nth)
    return tuple((level, levels[level]) for level in ORDER if level in levels)


def _condition(text: str, known: Mapping[str, Askable], nth: int) -> Condition:
    condition = read_condition(text)
    if isinstance(condition, Fault):
        raise _RefusedError(f"when, character {condition.position}: {condition.reason}", "when", nth)
    if (reason := fault_in(condition, known)) is not None:
        raise _RefusedError(f"when: {reason}", "when", nth)
    return condition


def _text(part: dict[str, Any], name: str, nth: int = 0) -> str:
    value = part.get(name)
    if value is None:
        raise _RefusedError(f"{name} is missing", name, nth)
    if not isinstance(value, str) or not value.strip():
        raise _RefusedError(f"{name}: a text is expected", name, nth)
    return value.strip()


def _only(part: dict[str, Any], names: frozenset[str], nth: int = 0) -> None:
    """Refuse a name that means nothing: a typo would else switch something off in silence."""
    strange = next((name for name in part if name not in names), None)
    if strange is not None:
        raise _RefusedError(f"{strange} is not known here", strange, nth)


def _desk(raw: object, lines: RuleLines) -> tuple[dict[Level, tuple[str, ...]], list[Refusal]]:
    """Return the practice's own sentences for the desk by level, and a refusal for each that is none."""
    if not isinstance(raw, dict):
        return {}, [Refusal(name="desk", line=lines.of("desk"), reason="[desk] is expected")]
    later: dict[Level, tuple[str, ...]] = {}
    refused: list[Refusal] = []
    for name, sentences in raw.items():
        if name not in tuple(Level):
            refused.append(Refusal(name="desk", line=lines.of(name), reason=f"{name} is not known here"))
        elif not isinstance(sentences, list) or not all(isinstance(each, str) and each.strip() for each in sentences):
            refused.append(Refusal(name="desk", line=lines.of(name), reason=f"{name}: a list of sentences is expected"))
        else:
            later[Level(name)] = tuple(cast("list[str]", sentences))
    return later, refused
