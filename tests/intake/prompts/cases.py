"""For each rule and level: answers that raise it, answers that only nearly do, and answers "unsure" to what is for now."""

from __future__ import annotations

from collections.abc import Iterator

from intake.domain.answers import Answer
from intake.domain.prompts import Level

NOW, TODAY, REVIEW = Level.NOW, Level.TODAY, Level.REVIEW
Case = tuple[str, Level, dict[str, Answer]]


def yes(*keys: str) -> dict[str, Answer]:
    """Return the answer yes to questions: of the safety block by the last word of the key, to any other by the whole key."""
    return {key if "." in key else f"safety.{key}": "yes" for key in keys}


def picked(key: str, *codes: str) -> dict[str, Answer]:
    """Return the answer to a question that takes several."""
    return {key: codes}


HURT = yes("safety.trauma.recent")
FEVER = yes("fever")
DIZZY = yes("attack.dizziness")
SUDDEN = yes("sudden_severe")
MECHANISMS = ("fall_3ft_5_stairs", "axial_load", "fast_crash_over_100_kmh", "rollover", "ejected", "motor_recreational", "bicycle")
AT_ONCE = ("speech", "swallowing", "faint", "face", "limb_weakness")
ALONE = ("attack.dizziness", "attack.vision_change", "attack.blurry_vision", "nausea", "attack.balance", "walking")
BESIDE = ("safety.trauma.recent", "tx.chiro_manipulation.tried", "infection_recent", "hypertension", "connective_tissue")
WITH_FEVER = ("immune", "iv_drugs", "infection_recent", "procedure_recent", "tb", "diabetes")
MALIGNANCY = ("cancer_history", "weight_loss", "night_pain")
STABILITY = ("arthritis_spine_down", "visit.safety.surgery", "tx.surgery.tried")
NEURO = (
    "safety.trauma.recent", "sx.arm_burning", "dexterity", "walking", "both_arms", "bladder_bowel", "shock_on_bending", "arm_weakness",
    "attack.dizziness", "eyelid",
)  # fmt: skip


def _holds() -> Iterator[Case]:
    yield from _injuries()
    yield from _cord_and_arteries()
    yield from _others()


def _injuries() -> Iterator[Case]:
    yield from (("RF-TRA-1", NOW, {**HURT, "safety.trauma.mechanism": (each,)}) for each in MECHANISMS)
    yield "RF-TRA-1", NOW, {**HURT, "safety.trauma.mechanism": ("other_minor", "bicycle")}
    yield "RF-TRA-2", NOW, {**HURT, "age": 65}
    yield "RF-TRA-2", NOW, {**HURT, "safety.trauma.tingling": "yes"}
    yield "RF-TRA-3", TODAY, {**HURT, "safety.trauma.cannot_turn": "yes"}
    yield "RF-TRA-4", TODAY, {**HURT, **yes("osteoporosis")}
    yield "RF-TRA-4", TODAY, {**HURT, "visit.safety.steroids": "yes"}
    yield "RF-TRA-4", TODAY, {**HURT, "age": 66, "safety.trauma.mechanism": ("other_minor",)}


def _cord_and_arteries() -> Iterator[Case]:
    yield "RF-MYE-1", TODAY, yes("dexterity")
    yield "RF-MYE-2", TODAY, yes("walking")
    yield "RF-MYE-2", TODAY, yes("attack.balance")
    yield "RF-MYE-3", TODAY, yes("both_arms")
    yield "RF-MYE-3", TODAY, {"sx.arm_burning": "yes", "sx.arm_burning.side": "both"}
    yield "RF-MYE-4", NOW, yes("bladder_bowel")
    yield "RF-MYE-5", TODAY, yes("shock_on_bending")
    yield "RF-VAS-1", NOW, SUDDEN
    yield "RF-VAS-1", NOW, {"sx.headache.new_or_worst": "yes", "sx.onset.speed": "sudden"}
    yield from (("RF-VAS-2", NOW, yes(each)) for each in AT_ONCE)
    yield from (("RF-VAS-2", NOW, picked("attack.vision_change.kind", "blurry", each)) for each in ("double", "loss_of_part"))
    yield from (("RF-VAS-2", NOW, yes("nausea", each)) for each in ALONE if each != "nausea")
    yield from (("RF-VAS-2", TODAY, yes(each)) for each in ALONE)
    yield "RF-VAS-3", NOW, yes("eyelid")
    yield from (("RF-VAS-4", NOW, {**SUDDEN, **yes(each)}) for each in BESIDE)
    yield from (("RF-VAS-4", NOW, {**DIZZY, **yes(each)}) for each in BESIDE)


def _others() -> Iterator[Case]:
    yield from (("RF-INF-1", NOW, {**FEVER, "safety.fever.with": (each,)}) for each in ("stiff_headache", "light", "rash", "confusion"))
    yield from (("RF-INF-1", TODAY, {**FEVER, **yes(each)}) for each in WITH_FEVER)
    yield "RF-MAL-1", TODAY, yes("weight_loss", "night_pain")
    yield "RF-MAL-1", TODAY, yes("cancer_history", "night_pain")
    yield "RF-MAL-1", TODAY, yes("cancer_history", "first_ever")
    yield "RF-MAL-1", TODAY, yes("cancer_history", "sudden_severe")
    yield from (("RF-MAL-1", REVIEW, yes(each)) for each in MALIGNANCY)
    yield from (("RF-INFL-1", TODAY, yes("arthritis_spine_down", each)) for each in NEURO)
    yield from (("RF-INFL-1", REVIEW, yes(each)) for each in STABILITY)
    yield "RF-RAD-1", TODAY, yes("arm_weakness")
    yield "RF-CAR-1", NOW, yes("chest")
    yield from (("RF-AGE-1", REVIEW, {**yes("first_ever"), "age": age}) for age in (19, 56))
    yield "RF-DRUG-1", TODAY, yes("attack.head_pull", "new_medicine")
    yield from (("RF-AC-1", REVIEW, yes(f"visit.safety.{each}")) for each in ("blood_thinner", "contrast_allergy", "pregnancy", "device"))
    yield "RF-AC-1", REVIEW, {"visit.safety.pregnancy": "unsure"}


def _nearly() -> Iterator[Case]:
    yield "RF-TRA-1", NOW, {**HURT, "safety.trauma.mechanism": ("other_minor",)}
    yield "RF-TRA-1", NOW, {"safety.trauma.recent": "no", "safety.trauma.mechanism": ("rollover",)}
    yield "RF-TRA-2", NOW, {**HURT, "age": 64, "safety.trauma.tingling": "no"}
    yield "RF-TRA-2", NOW, {"safety.trauma.recent": "no", "age": 90}
    yield "RF-TRA-3", TODAY, {**HURT, "safety.trauma.cannot_turn": "no"}
    yield "RF-TRA-4", TODAY, {**HURT, "age": 65, "safety.osteoporosis": "no", "visit.safety.steroids": "no"}
    yield "RF-TRA-4", TODAY, {"safety.osteoporosis": "yes", "visit.safety.steroids": "yes", "age": 80}
    yield "RF-MYE-1", TODAY, {"safety.dexterity": "no", "safety.arm_weakness": "yes"}
    yield "RF-MYE-2", TODAY, {"safety.walking": "no", "attack.balance": "no", "attack.dizziness": "yes"}
    yield "RF-MYE-3", TODAY, {"safety.both_arms": "no", "sx.arm_burning": "yes", "sx.arm_burning.side": "left"}
    yield "RF-MYE-4", NOW, {"safety.bladder_bowel": "no"}
    yield "RF-MYE-5", TODAY, {"safety.shock_on_bending": "no"}
    yield "RF-VAS-1", NOW, {"sx.headache.new_or_worst": "yes", "sx.onset.speed": "gradual"}
    yield "RF-VAS-1", NOW, {"sx.headache.new_or_worst": "no", "sx.onset.speed": "sudden", "safety.sudden_severe": "no"}
    yield from (("RF-VAS-2", NOW, yes(each)) for each in ALONE)
    yield "RF-VAS-2", NOW, yes("attack.vision_change", "attack.blurry_vision")
    yield "RF-VAS-2", NOW, yes("walking", "attack.balance")
    yield "RF-VAS-2", NOW, {"attack.vision_change": "yes", "attack.vision_change.kind": ("blurry", "flashes")}
    yield "RF-VAS-2", TODAY, {"attack.fatigue": "yes", "sx.headache": "yes", "attack.dizziness": "no"}
    yield "RF-VAS-3", NOW, {"safety.eyelid": "no", "safety.face": "yes"}
    yield from (("RF-VAS-4", NOW, yes(each)) for each in BESIDE)
    yield "RF-VAS-4", NOW, {**SUDDEN, **yes("procedure_recent", "diabetes")}


def _others_nearly() -> Iterator[Case]:
    yield "RF-INF-1", NOW, {**FEVER, "safety.fever.with": ("none_of_these",), "safety.immune": "yes"}
    yield "RF-INF-1", NOW, {"safety.fever": "no", "safety.fever.with": ("rash",)}
    yield "RF-INF-1", TODAY, {**FEVER, "safety.fever.with": ("none_of_these",)}
    yield "RF-INF-1", TODAY, yes(*WITH_FEVER)
    yield from (("RF-MAL-1", TODAY, yes(each)) for each in MALIGNANCY)
    yield "RF-MAL-1", TODAY, yes("weight_loss", "first_ever")
    yield "RF-MAL-1", REVIEW, {"safety.cancer_history": "no", "safety.weight_loss": "no", "safety.night_pain": "unsure"}
    yield "RF-INFL-1", TODAY, yes("arthritis_spine_down", "fever", "tb", "hypertension")
    yield "RF-INFL-1", REVIEW, yes(*NEURO)
    yield "RF-RAD-1", TODAY, {"safety.arm_weakness": "no", "sx.arm_burning": "yes"}
    yield "RF-CAR-1", NOW, {"safety.chest": "no"}
    yield from (("RF-AGE-1", REVIEW, {**yes("first_ever"), "age": age}) for age in (20, 40, 55))
    yield "RF-AGE-1", REVIEW, {"safety.first_ever": "no", "age": 12}
    yield "RF-AGE-1", REVIEW, yes("first_ever")
    yield "RF-DRUG-1", TODAY, yes("attack.head_pull")
    yield "RF-DRUG-1", TODAY, yes("new_medicine")
    yield "RF-AC-1", REVIEW, {"visit.safety.blood_thinner": "unsure", "visit.safety.opioids": "yes", "visit.safety.pregnancy": "declined"}


HOLDS = tuple(_holds())
NEARLY = (*_nearly(), *_others_nearly())
UNSURE_OF: tuple[tuple[str, dict[str, Answer], bool], ...] = (
    ("RF-TRA-1", {"safety.trauma.recent": "unsure", "safety.trauma.mechanism": ("rollover",)}, True),
    ("RF-TRA-2", {"safety.trauma.recent": "unsure", "age": 70}, True),
    ("RF-TRA-2", {**HURT, "safety.trauma.tingling": "unsure", "age": 30}, True),
    ("RF-MYE-4", {"safety.bladder_bowel": "unsure"}, True),
    ("RF-VAS-1", {"safety.sudden_severe": "unsure"}, True),
    ("RF-VAS-1", {"sx.headache.new_or_worst": "yes", "sx.onset.speed": "unsure"}, True),
    ("RF-VAS-2", {"safety.face": "unsure"}, True),
    ("RF-VAS-2", {"attack.dizziness": "unsure", "safety.nausea": "unsure"}, True),
    ("RF-VAS-2", {"attack.dizziness": "yes", "safety.speech": "unsure"}, False),
    ("RF-VAS-3", {"safety.eyelid": "unsure"}, True),
    ("RF-VAS-4", {**SUDDEN, "safety.hypertension": "unsure"}, True),
    ("RF-INF-1", {"safety.fever": "unsure", "safety.fever.with": ("light",)}, True),
    ("RF-CAR-1", {"safety.chest": "unsure"}, True),
)
"""The rule, the answers, and whether nothing surer holds at TODAY."""
