"""A file of rules that is not as it should be: what is refused, on which line and why, and that everything else goes on."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.definitions.bundle import RESOURCES, Definitions, load_definitions
from intake.definitions.prompt_rules import SHIPPED, load_rules
from intake.definitions.resource_files import ResourceFiles
from intake.definitions.rule_facts import askable
from intake.domain.prompts import DESK_TITLES, Level, Refusal, RuleSet

RULE = """[[rule]]
id = "{id}"
reported = "something"
basis = "One question."
source = "Somebody et al., Journal 2020;1:1"
checked = "V"
verified_on = 2026-11-22
approved_by = "pending"

[[rule.level]]
level = "{level}"
when = "{when}"

"""
HEAD = 'version = "trial"\n\n'
FIRST = len(HEAD.splitlines()) + 1
"""The line the first rule begins on; ``id`` is on the next."""
REST = len(RULE.splitlines())


def a_rule(rule_id: str = "RF-A-1", level: str = "now", when: str = "safety.chest is yes") -> str:
    """Return a rule as it is written."""
    return RULE.format(id=rule_id, level=level, when=when)


def loaded(folder: Path, text: str | bytes, definitions: Definitions) -> RuleSet:
    """Return the rules of a file."""
    (folder / "prompts").mkdir(exist_ok=True)
    (folder / "prompts" / "trial.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return load_rules(ResourceFiles(root=folder), "trial", askable(definitions.checklist))


MISTAKES = (
    ('source = "Somebody et al., Journal 2020;1:1"\n', "", 0, "source is missing"),
    ('source = "Somebody et al., Journal 2020;1:1"', 'source = " "', 4, "source: a text is expected"),
    ('source = "Somebody et al., Journal 2020;1:1"', 'soruce = "Somebody"', 4, "soruce is not known here"),
    ('checked = "V"', 'checked = "sure"', 5, "checked: expected one of V, V2, R"),
    ("verified_on = 2026-11-22\n", "", 0, "verified_on is missing"),
    ("verified_on = 2026-11-22", 'verified_on = "2026-11-22"', 6, "verified_on: a date without quotes is expected"),
    ("verified_on = 2026-11-22", "verified_on = 2026-11-22T10:00:00", 6, "verified_on: a date without quotes is expected"),
    ('approved_by = "pending"\n', "", 0, "approved_by is missing"),
    ('reported = "something"\n', "", 0, "reported is missing"),
    ('basis = "One question."', "basis = 7", 3, "basis: a text is expected"),
    ("[[rule.level]]", "[[rule.levels]]", 0, "levels is not known here"),
    ('[[rule.level]]\nlevel = "now"\nwhen = "safety.chest is yes"\n', "", 0, "a rule needs at least one [[rule.level]]"),
    ('level = "now"', 'level = "soon"', 10, "level: expected one of now, today, review"),
    ('level = "now"', 'levle = "now"', 10, "levle is not known here"),
    ('when = "safety.chest is yes"', "", 0, "when is missing"),
    ("safety.chest is yes", "safety.chest is", 11, "when, character 16: expected an answer"),
    ("safety.chest is yes", "safety.chets is yes", 11, "when: there is no question safety.chets; did you mean safety.chest?"),
    ("safety.chest is yes", "weather is yes", 11, "when: there is no question weather"),
    ("safety.chest is yes", "safety.chest is maybe", 11, "when: safety.chest has no answer maybe"),
    ("safety.chest is yes", "safety.chest has any of yes", 11, "when: safety.chest does not take several answers: write is"),
    ("safety.chest is yes", "safety.fever.with is rash", 11, "when: safety.fever.with takes several answers: write has any of"),
    ("safety.chest is yes", "safety.fever.with has any of rash spots", 11, "when: safety.fever.with has no answer spots"),
    ("safety.chest is yes", "safety.chest > 3", 11, "when: safety.chest is not a number"),
    ("safety.chest is yes", "sx.onset.date is 2026", 11, "when: sx.onset.date has no answer 2026"),
    ("safety.chest is yes", "visit.visit_type is war", 11, "when: visit.visit_type has no answer war"),
    ("safety.chest is yes", "rule RF-Z-9", 0, "there is no rule RF-Z-9"),
    ("safety.chest is yes", "rule RF-A-1", 0, "it looks at itself"),
    ('id = "RF-A-1"\n', "", 0, "id is missing"),
)


@pytest.mark.parametrize(
    ("right", "wrong", "line", "reason"), MISTAKES, ids=[f"{wrong or 'without'} - {reason}" for _, wrong, _, reason in MISTAKES]
)
def test_a_mistake_refuses_that_rule_and_no_other(
    tmp_path: Path, definitions: Definitions, right: str, wrong: str, line: int, reason: str
) -> None:
    """It is named with its line and the reason; the rule after it is loaded."""
    written = a_rule()
    assert written.count(right) == 1
    rules = loaded(tmp_path, HEAD + written.replace(right, wrong) + a_rule("RF-B-1"), definitions)
    name = "rule 1" if "id is" in reason else "RF-A-1"
    assert rules.refused == (Refusal(name=name, line=FIRST + line, reason=reason),)
    assert [rule.id for rule in rules.rules] == ["RF-B-1"]


def test_what_is_right_is_loaded(tmp_path: Path, definitions: Definitions) -> None:
    """The levels come the most pressing first, however they were written; a full stop is not doubled."""
    more = '[[rule.level]]\nlevel = "now"\nwhen = "age >= 65 and visit.safety.blood_thinner is yes|unsure and visit.visit_type is auto"\n'
    rules = loaded(tmp_path, HEAD + a_rule(level="review").replace("something", "something.") + more, definitions)
    assert rules.refused == ()
    assert [level for level, _ in rules.rule("RF-A-1").levels] == [Level.NOW, Level.REVIEW]
    assert rules.rule("RF-A-1").sentence().startswith("Patient reports something. Listed in: Somebody")
    with pytest.raises(KeyError):
        rules.rule("RF-Z-9")


def test_a_name_given_twice_refuses_the_second(tmp_path: Path, definitions: Definitions) -> None:
    """The first stays; which of them was meant is for a person to say."""
    rules = loaded(tmp_path, HEAD + a_rule() + a_rule(when="safety.faint is yes"), definitions)
    assert rules.refused == (Refusal(name="RF-A-1", line=FIRST + REST + 1, reason="RF-A-1 is given twice"),)
    assert rules.rules[0].levels[0][1].keys() == {"safety.chest"}


def test_a_level_given_twice_is_refused_at_the_second(tmp_path: Path, definitions: Definitions) -> None:
    """Two conditions of one level are one condition with "or"."""
    rules = loaded(tmp_path, HEAD + a_rule() + '[[rule.level]]\nlevel = "now"\nwhen = "age > 1"\n', definitions)
    assert rules.refused == (Refusal(name="RF-A-1", line=FIRST + REST + 1, reason="the level now is given twice"),)


def test_rules_in_a_circle_are_refused_and_so_is_who_looks_at_them(tmp_path: Path, definitions: Definitions) -> None:
    """Each is told through whom; a rule beside them goes on, and one that looks at that one too."""
    text = (
        a_rule("RF-A-1", when="rule RF-B-1 or safety.chest is yes")
        + a_rule("RF-B-1", when="rule RF-C-1")
        + a_rule("RF-C-1", when="rule RF-A-1")
        + a_rule("RF-D-1", when="rule RF-E-1 and rule RF-C-1")
        + a_rule("RF-E-1", when="rule RF-F-1")
        + a_rule("RF-F-1")
    )
    rules = loaded(tmp_path, HEAD + text, definitions)
    assert [(each.name, each.line, each.reason) for each in rules.refused] == [
        ("RF-A-1", FIRST, "it looks at itself through RF-B-1, RF-C-1"),
        ("RF-B-1", FIRST + REST, "it looks at itself through RF-A-1, RF-C-1"),
        ("RF-C-1", FIRST + 2 * REST, "it looks at itself through RF-A-1, RF-B-1"),
        ("RF-D-1", FIRST + 3 * REST, "it looks at RF-C-1, which was refused"),
    ]
    assert [rule.id for rule in rules.rules] == ["RF-E-1", "RF-F-1"]
    assert rules.rule("RF-E-1").levels[0][1].holds({"safety.chest": "yes"})


def test_who_looks_at_a_refused_rule_is_refused(tmp_path: Path, definitions: Definitions) -> None:
    """It would else hold for fewer patients than it says."""
    rules = loaded(tmp_path, HEAD + a_rule(when="no_such is yes") + a_rule("RF-B-1", when="age > 3 or rule RF-A-1"), definitions)
    assert [each.reason for each in rules.refused] == ["when: there is no question no_such", "it looks at RF-A-1, which was refused"]
    assert rules.rules == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('version = "trial"\n[[rule]]\nid = \n', 3, "TOML: Invalid value"),
        (b'version = "trial"\n\xff', 2, "the text is not UTF-8"),
        ('# nothing\nversion = "other"\n', 2, "version has to be trial"),
        ("", 0, "version has to be trial"),
    ],
)
def test_a_file_that_cannot_be_used_gives_no_rules_and_one_refusal(
    tmp_path: Path, definitions: Definitions, text: str | bytes, line: int, reason: str
) -> None:
    """The desk's words are there all the same, for prompts that were raised before."""
    rules = loaded(tmp_path, text, definitions)
    assert (rules.version, rules.rules, rules.approved) == ("trial", (), False)
    assert rules.refused == (Refusal(name="prompts/trial.toml", line=line, reason=reason),)
    assert {level: words.title for level, words in rules.desk.items()} == DESK_TITLES


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        (HEAD + "[[ruel]]\n", Refusal(name="ruel", line=3, reason="ruel is not known here")),
        (HEAD + "[desk]\nnwo = []\n", Refusal(name="desk", line=4, reason="nwo is not known here")),
        (HEAD + '[desk]\nnow = "Run."\n', Refusal(name="desk", line=4, reason="now: a list of sentences is expected")),
        (HEAD + "desk = 3\n", Refusal(name="desk", line=3, reason="[desk] is expected")),
        (HEAD + "rule = 3\n", Refusal(name="rule", line=3, reason="each rule begins with [[rule]]")),
    ],
)
def test_a_mistake_outside_the_rules_is_told(tmp_path: Path, definitions: Definitions, text: str, refusal: Refusal) -> None:
    """A whole part that is misspelled is not silently left out."""
    assert refusal in loaded(tmp_path, text, definitions).refused


def test_the_practice_adds_its_sentences_after_the_fixed_one(tmp_path: Path, definitions: Definitions) -> None:
    """It cannot change the first."""
    rules = loaded(tmp_path, HEAD + '[desk]\nnow = ["Ring the bell."]\n', definitions)
    now = rules.desk[Level.NOW]
    assert (now.title, now.later) == ("Stop and tell a clinician now.", ("Ring the bell.",))


def test_rules_count_as_approved_once_each_one_is(tmp_path: Path, definitions: Definitions) -> None:
    """One that waits makes the set wait."""
    named = a_rule().replace("pending", "Fake Physician, MD")
    assert loaded(tmp_path, HEAD + named, definitions).approved
    assert not loaded(tmp_path, HEAD + named + a_rule("RF-B-1"), definitions).approved
    assert not loaded(tmp_path, HEAD, definitions).approved


def test_the_program_starts_with_a_broken_file_of_rules(tmp_path: Path) -> None:
    """A practice that breaks its own copy has no prompts, and is told so."""
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / f"{SHIPPED}.toml").write_text("rule = [", encoding="utf-8")
    definitions = load_definitions(RESOURCES, tmp_path)
    assert definitions.prompts.rules == ()
    assert [refusal.name for refusal in definitions.prompts.refused] == [f"prompts/{SHIPPED}.toml"]
    assert definitions.rule_sets[SHIPPED] is definitions.prompts


def test_a_practices_file_may_name_other_rules_or_none(tmp_path: Path) -> None:
    """A file from before there were prompts means the shipped ones; a name without a file is refused like a broken one."""
    own = (RESOURCES / "practice.toml").read_text(encoding="utf-8")
    line = f'prompts = "{SHIPPED}"'
    assert line in own
    (tmp_path / "practice.toml").write_text(own.replace(line, ""), encoding="utf-8")
    assert load_definitions(RESOURCES, tmp_path).prompts.version == SHIPPED
    (tmp_path / "practice.toml").write_text(own.replace(line, 'prompts = "own-1"'), encoding="utf-8")
    definitions = load_definitions(RESOURCES, tmp_path)
    assert definitions.prompts.refused == (Refusal(name="prompts/own-1.toml", line=0, reason="the file is missing"),)
    assert set(definitions.rule_sets) == {SHIPPED, "own-1"}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200), place=st.integers(0, 2_000), length=st.integers(0, 40))
def test_no_damage_to_the_file_stops_the_program(tmp_path: Path, definitions: Definitions, text: str, place: int, length: int) -> None:
    """Whatever is typed into the shipped file at whatever place, what is left of it is loaded and the rest is told."""
    shipped = (RESOURCES / "prompts" / f"{SHIPPED}.toml").read_text(encoding="utf-8").replace(SHIPPED, "trial")
    damaged = shipped[: place * 7] + text + shipped[place * 7 + length :]
    rules = loaded(tmp_path, damaged.encode("utf-8", "surrogatepass"), definitions)
    assert rules.rules or rules.refused


@pytest.mark.parametrize("text", ["", "rule = []\n", '[desk]\nnow = ["Come."]\n'])
def test_a_file_without_a_rule_is_announced(tmp_path: Path, definitions: Definitions, text: str) -> None:
    """Nothing to match is never shown as nothing that matches."""
    rules = loaded(tmp_path, HEAD + text, definitions)
    assert [each.reason for each in rules.refused] == ["there is no rule in it"]
