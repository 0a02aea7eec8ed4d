"""The checklist that comes with the program: a valid FHIR Questionnaire, complete, bilingual, and careful with its words."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from fhir.resources.R4B.questionnaire import Questionnaire

from intake.definitions.checklists import load_checklist
from intake.definitions.resource_files import ResourceFiles
from intake.domain.checklist import Kind, Text
from intake.errors import ResourceError

RESOURCES = Path(__file__).parents[2] / "resources"
SOURCE = (RESOURCES / "checklists" / "neck-1.json").read_text("utf-8")
CHECKLIST = load_checklist(ResourceFiles(root=RESOURCES))

STATE_KEYS = """
sx.twitching sx.pain.present sx.arm_burning sx.cramping sx.knot sx.rom_decreased sx.stiff sx.headache sx.headache.new_or_worst
attack.head_pull attack.dizziness attack.balance attack.vision_change attack.blurry_vision attack.fatigue
cause.overexertion cause.injury_accident cause.mechanical cause.arthritis_told cause.nerve_damage_told cause.disc_told
cause.myofascial_told cause.text_neck cause.unknown
tx.heat.tried tx.ice.tried tx.otc_med.tried tx.rx_analgesic.tried tx.muscle_relaxant.tried tx.massage.tried tx.posture_advice.tried
tx.screen_time_reduction.tried tx.pt.tried tx.chiro_manipulation.tried tx.injection.tried tx.surgery.tried
"""
CHOICES = {
    "sx.onset.speed": "sudden gradual unsure",
    "sx.pain.pattern": "constant throbbing comes_and_goes unsure",
    "sx.pain.quality": "dull sharp aching other",
    "sx.pain.bother": "bothersome limiting debilitating",
    "sx.pain.location": "left right midline base_of_skull shoulder_left shoulder_right between_shoulder_blades",
    "sx.arm_burning.side": "left right both unsure",
    "sx.arm_burning.extent": "shoulder elbow forearm hand_fingers",
    "sx.knot.tender": "sore painful no",
    "sx.rom_limited.directions": "rotate_left rotate_right side_bend_left side_bend_right flexion extension all",
    "sx.headache.attribution": "from_spasm referred stress_of_pain unsure",
    "attack.head_pull.side": "left right varies",
    "attack.vision_change.kind": "blurry double loss_of_part flashes other",
    "cause.overexertion.activity": "bat_or_racket weightlifting contact_hits other",
    "cause.mechanical.kind": "prior_injury posture bone_spurs_told congenital_told",
    "tx.massage.helped": "yes some no worse unsure",
}
OTHER_KINDS = {
    "sx.onset.date": Kind.DATE,
    "sx.pain.nprs_now": Kind.RATING,
    "sx.pain.nprs_avg7d": Kind.RATING,
    "sx.pain.nprs_worst7d": Kind.RATING,
    "sx.pain.nprs_best7d": Kind.RATING,
    "sx.pain.quality.text": Kind.TEXT,
    "cause.injury_accident.mechanism": Kind.TEXT,
    "cause.injury_accident.date": Kind.DATE,
    "cause.text_neck.hours_per_day": Kind.NUMBER,
    "cause.other_text": Kind.TEXT,
    "tx.otc_med.name": Kind.TEXT,
    "tx.otc_med.dose": Kind.TEXT,
    "tx.otc_med.last_taken": Kind.DATE,
    "tx.chiro_manipulation.date": Kind.DATE,
    "tx.injection.date": Kind.DATE,
    "tx.surgery.date": Kind.DATE,
}
SEVERAL = {
    "sx.pain.pattern",
    "sx.pain.quality",
    "sx.pain.location",
    "sx.rom_limited.directions",
    "attack.vision_change.kind",
    "cause.overexertion.activity",
    "cause.mechanical.kind",
}
BANNED = re.compile(
    r"\b(diagnos\w*|likely|suspect\w*|rul(e|ed) out|indicat\w+|suggests?|positive for|(high|low) risk|risk score|normal|safe|clear(ed)?"
    r"|red flags?|emergency|stroke|cancer|dissection|diagn[oó]stic\w*|probable|sospech\w+|emergencia|c[aá]ncer|derrame)\b",
    re.IGNORECASE,
)


def every_text() -> list[Text]:
    """Return every wording of the checklist."""
    texts = [CHECKLIST.title, *(text for group in CHECKLIST.groups for text in (group.text, group.note))]
    for question in CHECKLIST.questions():
        texts += [question.text, question.short, *(option.text for option in question.options)]
    return texts


def test_it_is_a_valid_fhir_questionnaire() -> None:
    """Another system can read our definition as it is."""
    questionnaire = Questionnaire.model_validate_json(SOURCE)
    assert questionnaire.item
    assert [group.linkId for group in questionnaire.item] == [group.key for group in CHECKLIST.groups]


def test_every_yes_no_question_of_the_practice_is_there() -> None:
    """Keys are never renamed: records point to them for years."""
    assert [question.key for question in CHECKLIST.questions() if question.kind is Kind.STATE] == STATE_KEYS.split()


@pytest.mark.parametrize("key", CHOICES)
def test_a_choice_has_exactly_its_codes(key: str) -> None:
    """A code is stored and exported; it never changes within a version."""
    question = CHECKLIST.question(key)
    assert " ".join(question.codes()) == CHOICES[key]
    assert (question.kind is Kind.CHOICES) == (key in SEVERAL)


@pytest.mark.parametrize("key", OTHER_KINDS)
def test_a_value_has_its_kind(key: str) -> None:
    """Ratings, dates, numbers and texts are what the reference says."""
    assert CHECKLIST.question(key).kind is OTHER_KINDS[key]


def test_every_treatment_asks_whether_it_helped_once_tried() -> None:
    """Helped is a detail of tried."""
    tried = [question.key for question in CHECKLIST.main_questions() if question.key.startswith("tx.")]
    assert len(tried) == 12
    for key in tried:
        helped = CHECKLIST.question(key.replace(".tried", ".helped"))
        assert (helped.parent, helped.when) == (key, ("yes",))


def test_every_wording_is_in_both_languages_and_careful() -> None:
    """No wording names or weighs an illness, and none is left in the wrong language."""
    for text in every_text():
        assert text.en.strip()
        assert text.es.strip()
        assert not BANNED.search(text.en), text.en
        assert not BANNED.search(text.es), text.es


def test_questions_are_questions_in_both_languages_and_different() -> None:
    """They are read aloud: a sentence each, with Spanish marks, never English left in Spanish."""
    for question in CHECKLIST.questions():
        assert "?" in question.text.en or question.kind is Kind.RATING
        assert question.text.es.count("¿") == 1
        assert question.text.in_language("es-MX") != question.text.in_language("en-US")
        assert max(len(question.short.en), len(question.short.es)) <= 28


def test_what_a_clinician_told_is_asked_as_told() -> None:
    """A patient can only repeat what was said, in either language."""
    told = [question for question in CHECKLIST.questions() if question.key.endswith("_told")]
    assert len(told) == 4
    assert all(question.text.en.startswith("Has a clinician told you") for question in told)
    assert all(question.text.es.startswith("¿Algún médico le ha dicho") for question in told)


def broken(folder: Path, before: str, after: str) -> tuple[int, str]:
    """Return the line and reason told for the checklist with one piece of its text replaced."""
    assert before in SOURCE
    path = folder / "checklists" / "neck-1.json"
    path.parent.mkdir()
    path.write_text(SOURCE.replace(before, after, 1), "utf-8")
    with pytest.raises(ResourceError) as caught:
        load_checklist(ResourceFiles(root=RESOURCES, overrides=folder))
    return int(caught.value.facts["line"]), str(caught.value.facts["reason"])


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('"linkId": "sx.cramping"', '"linkId": "sx.knot"', "this linkId is used twice"),
        ('"answerValueSet": "#arm-extent"', '"answerValueSet": "#leg"', "there is no value set #leg"),
        ('"display": "Twitching"', '"display": "Twitching of the muscles of the neck"', "the short label is longer than 28 characters"),
        ('"id": "neck-1"', '"id": "neck-2"', "expected one of: neck-1"),
        ('"type": "date"', '"type": "dateTime"', "expected one of: choice, integer, date, string, text"),
        ('"valueInteger": 10', '"valueInteger": 100', "a rating goes from 0 to 10"),
        ('"maxLength": 200', '"maxLength": 0', "maxLength has to be from 1 to 40000"),
        ('"valueCode": "es"', '"valueCode": "fr"', "expected one of: es"),
        ('"code": "unsure"', '"code": "dunno"', "the value set state has to be yes, no, unsure"),
        ('"required": true', '"required": "yes"', "required is neither true nor false"),
        ('"resourceType": "Questionnaire"', '"resourceType": "Patient"', "expected one of: Questionnaire"),
    ],
)
def test_a_mistake_in_the_meaning_is_told_with_its_reason(tmp_path: Path, before: str, after: str, reason: str) -> None:
    """Well-formed JSON that says something impossible is refused as well."""
    assert broken(tmp_path, before, after)[1] == reason


def test_a_mistake_in_a_question_is_told_with_the_line_of_its_key(tmp_path: Path) -> None:
    """The person who edited the file is led to the question."""
    line = SOURCE[: SOURCE.index('"linkId": "sx.twitching"')].count("\n") + 1
    assert broken(tmp_path, '"display": "Twitching"', '"display": "Twitching of the muscles of the neck"')[0] == line


def test_a_group_added_to_the_file_is_all_it_takes(tmp_path: Path) -> None:
    """A practice or a later version adds questions without a line of code."""
    changed = json.loads(SOURCE)
    added = json.loads(json.dumps(changed["item"][1]).replace("attack", "later"))
    changed["item"].append(added)
    (tmp_path / "checklists").mkdir()
    (tmp_path / "checklists" / "neck-1.json").write_text(json.dumps(changed), "utf-8")
    longer = load_checklist(ResourceFiles(root=RESOURCES, overrides=tmp_path))
    assert longer.question("later.dizziness").always_ask
    assert longer.count({}).not_asked == CHECKLIST.count({}).not_asked + 6
