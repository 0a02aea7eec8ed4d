"""The second version of the checklist: the first one, and a block of questions that every patient has to be asked."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from intake.definitions.checklists import load_checklist
from intake.definitions.resource_files import ResourceFiles
from intake.domain.checklist import Answer, Kind
from intake.errors import ResourceError
from tests.intake.test_checklist_definition import BANNED

RESOURCES = Path(__file__).parents[2] / "resources"
FIRST = (RESOURCES / "checklists" / "neck-1.json").read_text("utf-8")
SOURCE = (RESOURCES / "checklists" / "neck-2.json").read_text("utf-8")
CHECKLIST = load_checklist(ResourceFiles(root=RESOURCES), "neck-2")
SAFETY = next(group for group in CHECKLIST.groups if group.key == "safety")

MAINS = """
trauma.recent osteoporosis dexterity walking both_arms bladder_bowel shock_on_bending sudden_severe speech swallowing faint face
limb_weakness nausea eyelid arm_weakness chest fever immune iv_drugs infection_recent procedure_recent tb diabetes hypertension
connective_tissue cancer_history weight_loss night_pain arthritis_spine_down new_medicine first_ever
"""
DETAILS = {
    "safety.trauma.mechanism": (
        "fall_3ft_5_stairs axial_load fast_crash_over_100_kmh rollover ejected motor_recreational bicycle other_minor",
        Kind.CHOICES,
    ),
    "safety.trauma.tingling": ("yes no unsure", Kind.STATE),
    "safety.trauma.cannot_turn": ("yes no unsure", Kind.STATE),
    "safety.fever.with": ("stiff_headache light rash confusion none_of_these", Kind.CHOICES),
}
FRIGHTENING = re.compile(
    r"fracture|infarct|heart attack|meningitis|paraly|tumou?r of|aneurysm|myelopathy|artery|fatal|death", re.IGNORECASE
)


def parts(source: str) -> dict[str, Any]:
    """Return a file as parsed, without what tells the two versions apart."""
    found: dict[str, Any] = json.loads(source)
    del found["id"], found["version"]
    found["item"] = [item for item in found["item"] if item["linkId"] != "safety"]
    found["contained"] = [part for part in found["contained"] if part["id"] not in ("trauma-mechanism", "fever-with")]
    return found


def test_it_is_a_valid_fhir_questionnaire_that_requires_the_block() -> None:
    """Another system reads from the file that the group, and each of its questions, has to be answered."""
    questionnaire = Questionnaire.model_validate_json(SOURCE)
    assert (questionnaire.id, questionnaire.version) == ("neck-2", "2")
    (group,) = [item for item in questionnaire.item or () if item.linkId == "safety"]
    assert group.required
    assert all(item.required for item in group.item or () if item.type != "display")


def test_everything_else_is_the_first_version() -> None:
    """Old keys keep their meaning, and the first file stays as the visits before were asked with it."""
    assert parts(SOURCE) == parts(FIRST)
    assert "safety" not in {item["linkId"] for item in json.loads(FIRST)["item"]}


def test_the_block_stands_after_the_symptoms_with_its_keys_in_order() -> None:
    """Records point to these keys for years."""
    assert [group.key for group in CHECKLIST.groups][:3] == ["symptoms", "safety", "attack"]
    mains = [question for question in SAFETY.questions if question.parent is None]
    assert [question.key.removeprefix("safety.") for question in mains] == MAINS.split()
    assert {question.kind for question in mains} == {Kind.STATE}
    assert [group.key for group in CHECKLIST.groups if group.required] == ["safety"]


@pytest.mark.parametrize("key", DETAILS)
def test_a_detail_opens_on_yes_and_is_needed_then(key: str) -> None:
    """What happened is asked when something did."""
    codes, kind = DETAILS[key]
    question = CHECKLIST.question(key)
    assert (" ".join(question.codes()), question.kind, question.when, question.needed) == (codes, kind, ("yes",), True)
    assert question.parent is not None
    assert CHECKLIST.is_open(question, {question.parent: "yes"})
    for other in ("no", "unsure"):
        assert not CHECKLIST.is_open(question, {question.parent: other})


def test_the_words_are_careful_and_frighten_nobody() -> None:
    """They are read aloud to someone in pain, in either language."""
    texts = [SAFETY.text, SAFETY.note]
    for question in SAFETY.questions:
        texts += [question.text, question.short, *(option.text for option in question.options)]
        assert question.text.en.count("?") == question.text.es.count("¿") == 1
        assert question.text.en != question.text.es
        assert max(len(question.short.en), len(question.short.es)) <= 28
    for text in texts:
        for words in (text.en, text.es):
            assert words.strip()
            assert not BANNED.search(words), words
            assert not FRIGHTENING.search(words), words


def test_no_two_questions_have_the_same_label() -> None:
    """A label alone says on paper what was asked."""
    mains = [question.short for question in CHECKLIST.main_questions()]
    assert len({short.en for short in mains}) == len({short.es for short in mains}) == len(mains)


def test_any_answer_counts_as_asked_and_only_in_a_required_group() -> None:
    """Unsure is an answer; a question nobody asked is still to ask, in the order of the form."""
    answers: dict[str, Answer] = {f"safety.{key}": "unsure" for key in MAINS.split()}
    assert CHECKLIST.still_to_ask(answers) == ()
    del answers["safety.speech"], answers["safety.dexterity"]
    assert [question.key for question in CHECKLIST.still_to_ask(answers)] == ["safety.dexterity", "safety.speech"]
    assert len(CHECKLIST.still_to_ask({})) == 32
    assert load_checklist(ResourceFiles(root=RESOURCES), "neck-1").still_to_ask({}) == ()


def test_a_group_that_is_half_required_is_refused(tmp_path: Path) -> None:
    """A slip of the pen in a practice's own file never makes the block voluntary in silence."""
    folder = tmp_path / "checklists"
    folder.mkdir()
    before = '"type": "group",\n      "required": true'
    assert before in SOURCE
    (folder / "neck-2.json").write_text(SOURCE.replace(before, before.replace("true", '"maybe"')), "utf-8")
    with pytest.raises(ResourceError) as caught:
        load_checklist(ResourceFiles(root=RESOURCES, overrides=tmp_path), "neck-2")
    assert caught.value.facts["reason"] == "required is neither true nor false"
