"""The invented people of the training clinic and what they answer. Nobody of them exists, and it shows."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from intake.domain.answers import NO, YES, Answer, Kind
from intake.domain.checklist import Checklist, Question
from intake.domain.coverage import Claim, Coverage
from intake.domain.pain import Mark, RegionSet
from intake.domain.patients import Patient
from intake.domain.practice import Location, Practice
from intake.domain.visits import Notices, Safety, Visit

PEOPLE = (
    ("Sample", "Ana María", "female", "es"), ("Example", "Bob", "male", "en"), ("Testperson", "Carla", "female", "en"),
    ("O'Pretend", "Dermot", "male", "en"), ("Madeup-Sample", "Elena", "female", "es"), ("Invented", "Farid", "male", "ar"),
    ("مثال", "ليلى", "female", "ar"), ("Пример", "Ольга", "female", "ru"), ("示例", "小明", "male", "zh"),
    ("예시", "민준", "male", "ko"), ("उदाहरण", "आशा", "female", "hi"), ("Παράδειγμα", "Νίκος", "male", "other"),
    ("דוגמה", "נועה", "female", "other"), ("Thửnghiệm", "Hương", "female", "vi"), ("Próbny", "Łukasz", "male", "pl"),
    ("Exemplo", "João", "male", "pt"), ("Fictif", "Zoé", "female", "fr"), ("Finto", "Giulia", "female", "it"),
    ("Practice", "Harriet", "female", "en"), ("Dummy", "Ivan", "male", "en"), ("Placeholder", "Jane", "female", "en"),
    ("Nobody", "Karl", "male", "en"), ("Fictional", "Lena", "other", "en"), ("Mockford", "Miles", "male", "en"),
    ("Demo", "Nadia", "female", "en"), ("Trainer", "Oscar", "male", "en"), ("Rehearsal", "Priya", "female", "en"),
    ("Imaginary", "Quentin", "male", "en"), ("Notreal", "Rosa", "female", "es"), ("Pretender", "Sam", "unknown", "en"),
    ("Sampleton", "Teresa", "female", "es"), ("Testerman", "Umberto", "male", "it"), ("Exampleson", "Vera", "female", "en"),
    ("Fakename", "Walter", "male", "en"), ("Madeup", "Xenia", "female", "en"), ("Drill", "Yusuf", "male", "en"),
    ("Sample", "Zachary", "male", "en"), ("Example", "Bobby", "male", "en"), ("Tutorial", "Abigail", "female", "en"),
    ("Mononym", None, "female", "en"),
)  # fmt: skip
EARLIER = (
    ("Beforehand", "Agnes", "female", "en"), ("Overnight", "Boris", "male", "en"), ("Yesterday", "Cora", "female", "en"),
    ("Anteayer", "Diego", "male", "es"), ("Previous", "Edith", "female", "en"), ("Formerly", "Felix", "male", "en"),
)  # fmt: skip
"""Those who came before today."""
REASONS = (
    "Neck pain since last week, worse when turning to the left.",
    "Stiff neck after a long drive.",
    "Neck spasm on waking, hard to hold the head straight.",
    "Pain from the neck into the right arm, with tingling fingers.",
    "Headache that starts at the base of the skull.",
    "Rear-ended at a light; neck and shoulder pain since.",
)
MINOR_EVERY = 13
OLDEST_YEARS = 88
YOUNGEST_YEARS = 19
AUTO_REASON = len(REASONS) - 1
OFTEN, SELDOM = 0.1, 0.005
"""How many are unsure of a question, and of one that is always asked."""
COMMON = {
    "attack.head_pull": 0.3,
    "attack.fatigue": 0.3,
    "safety.first_ever": 0.4,
    "safety.hypertension": 0.2,
    "safety.diabetes": 0.1,
    "safety.procedure_recent": 0.06,
    "sx.headache.new_or_worst": 0.0,
    "tx.surgery.tried": 0.04,
    "tx.chiro_manipulation.tried": 0.1,
}
"""How many say yes to these; to another question that is always asked, only those who are named in SAID."""
ONE_SIDE = {"sx.arm_burning.side": ("left", "right"), "attack.vision_change.kind": ("blurry",)}
IN_A_CRASH: Mapping[str, Answer] = {
    "safety.trauma.recent": YES,
    "safety.trauma.mechanism": ("other_minor",),
    "safety.trauma.tingling": NO,
    "safety.trauma.cannot_turn": NO,
}
SAID: Mapping[int, Mapping[str, Answer]] = {
    0: {"safety.dexterity": YES},
    9: {"sx.headache": YES, "sx.headache.new_or_worst": YES, "safety.sudden_severe": YES, "safety.nausea": YES},
    12: {"safety.cancer_history": YES, "safety.weight_loss": YES},
    19: {"safety.both_arms": "unsure"},
    23: {**IN_A_CRASH, "safety.trauma.mechanism": ("rollover",), "safety.trauma.tingling": YES},
    24: {"safety.speech": YES, "safety.hypertension": YES},
    25: {"attack.blurry_vision": YES},
    33: {"safety.fever": YES, "safety.fever.with": ("none_of_these",), "safety.diabetes": YES},
    38: {"safety.arm_weakness": YES, "sx.arm_burning": YES, "sx.arm_burning.side": "right"},
}
"""What makes a clinician look twice: a few people of each training day, by their place in PEOPLE."""
RATINGS = {"sx.pain.nprs_best7d": (1, 3), "sx.pain.nprs_now": (3, 7), "sx.pain.nprs_avg7d": (3, 6), "sx.pain.nprs_worst7d": (7, 10)}


def person(
    index: int, rng: random.Random, *, location: Location, on: date, people: Sequence[tuple[str, str | None, str, str]] = PEOPLE
) -> Patient:
    """Return one of the invented people, living near a clinic."""
    last, first, sex, language = people[index % len(people)]
    minor = index % MINOR_EVERY == MINOR_EVERY - 1
    years = rng.randint(9, 17) if minor else rng.randint(YOUNGEST_YEARS, OLDEST_YEARS)
    phone = "none" if index % 17 == 5 else f"+1732555{100 + index:04d}"  # noqa: PLR2004 - a few have no phone
    return Patient(
        legal_last=last,
        legal_first=first,
        dob=on - timedelta(days=years * 365 + rng.randint(10, 300)),
        sex=sex,
        phone=phone,
        phone_type="mobile" if phone != "none" else None,
        phone_text_ok=rng.choice(("yes", "no")),
        email=f"training.{index + 1}@example.com" if index % 3 else None,
        line1=f"{100 + index} Example Street",
        city=location.city,
        state=location.state,
        zip_code=location.zip_code,
        language=language,
        language_other="As spoken at home" if language == "other" else None,
        interpreter="no" if language in ("en", "es") else rng.choice(("yes", "no")),
        emergency_name="Casey Sample" if index % 4 else "declined",
        emergency_phone="+19085550199" if index % 4 else None,
        emergency_relationship="Friend" if index % 4 else None,
        guardian_name="Morgan Sample" if minor else None,
        guardian_relationship="Parent" if minor else None,
        guardian_phone="+19085550198" if minor else None,
        guardian_authority="yes" if minor else None,
    )


def visit_of(index: int, rng: random.Random, *, location: Location, practice: Practice, on: date) -> Visit:
    """Return what brings one of them to a clinic today."""
    insured, auto = index % 3 != 0, _was_in_a_crash(index)
    return Visit(
        location=location.key,
        visit_type="auto" if auto else "none",
        reason=REASONS[index % len(REASONS)],
        booking="walk_in" if index % 2 else "appointment",
        appointment_time=None if index % 2 else f"{8 + index % 9:02d}:30",
        referral=rng.choice(("self", "friend", "online")),
        payment="insured" if insured else "self_pay",
        network="in_network" if insured else None,
        primary=Coverage(payer="Example Health Plan", member_id=f"EX{100200 + index}", subscriber="self") if insured else Coverage(),
        claim=Claim(accident_date=on - timedelta(days=3 + index % 9), role="driver", insurer="Sample Auto", claim_number=f"CL{500 + index}")
        if auto
        else Claim(),
        safety=Safety(
            allergies="none" if index % 3 else "Penicillin: rash",
            medications="none" if index % 4 else "Lisinopril 10 mg daily",
            blood_thinner="yes" if index % 11 == 0 else "no",
            blood_thinner_name="Apixaban, this morning" if index % 11 == 0 else None,
            opioids="no",
            device="no",
            surgery="no",
        ),
        notices=Notices(
            privacy="signed",
            privacy_version=practice.privacy_version,
            advance_directive=rng.choice(("yes", "no", "declined")),
            consent_treatment="given",
            consent_version=practice.consent_version,
        ),
    )


def said_by(index: int) -> Mapping[str, Answer]:
    """Return what this one of the invented people says for certain; the rest is by chance."""
    return SAID.get(index, IN_A_CRASH if _was_in_a_crash(index) else {})


def answers_of(
    checklist: Checklist, rng: random.Random, *, asked: float, on: date, said: Mapping[str, Answer] | None = None
) -> dict[str, Answer]:
    """Return answers to about this part of the open questions (1.0: to all), each one that may be kept.

    ``said`` are answers that are certain. Every question of a required group has one.
    """
    answers: dict[str, Answer] = {}
    certain = said or {}
    must = {question.key for question in checklist.still_to_ask({})}
    for question in checklist.questions():
        if not checklist.is_open(question, answers):
            continue
        if question.key in certain:
            answers[question.key] = certain[question.key]
        elif question.key in must or question.needed or question.always_ask or rng.random() < asked:
            answers[question.key] = _answer(question, rng, on)
    return answers


def marks_of(regions: RegionSet, rng: random.Random, *, count: int) -> tuple[Mark, ...]:
    """Return marks on this many regions."""
    chosen = rng.sample([region.key for region in regions.regions()], count)
    return tuple(Mark(region=key, kind=rng.choice(regions.kinds).code) for key in chosen)


def _was_in_a_crash(index: int) -> bool:
    return index % len(REASONS) == AUTO_REASON


def _answer(question: Question, rng: random.Random, on: date) -> Answer:
    if question.key in ONE_SIDE:
        picked = rng.choice(ONE_SIDE[question.key])
        return (picked,) if question.kind is Kind.CHOICES else picked
    if question.kind is Kind.STATE:
        yes = COMMON.get(question.key, 0.0 if question.always_ask else 0.4)
        unsure = SELDOM if question.always_ask else OFTEN
        return rng.choices(question.codes(), weights=(yes, 1 - yes - unsure, unsure))[0]
    if question.kind is Kind.CHOICES:
        return tuple(rng.sample(question.codes(), min(2, len(question.codes()))))
    if question.kind in (Kind.RATING, Kind.NUMBER):
        return rng.randint(*RATINGS.get(question.key, (question.low, min(question.high, 12))))
    if question.kind is Kind.DATE:
        return (on - timedelta(days=rng.randint(2, 20))).isoformat()
    return rng.choice(question.codes()) if question.codes() else "Told in the patient's own words."
