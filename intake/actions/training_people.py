"""The invented people of the training clinic and what they answer. Nobody of them exists, and it shows."""

from __future__ import annotations

import random
from datetime import date, timedelta

from intake.domain.answers import Answer, Kind
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
RATINGS = {"sx.pain.nprs_best7d": (1, 3), "sx.pain.nprs_now": (3, 7), "sx.pain.nprs_avg7d": (3, 6), "sx.pain.nprs_worst7d": (7, 10)}


def person(index: int, rng: random.Random, *, location: Location, on: date) -> Patient:
    """Return one of the invented people, living near a clinic."""
    last, first, sex, language = PEOPLE[index % len(PEOPLE)]
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
    insured, auto = index % 3 != 0, index % len(REASONS) == len(REASONS) - 1
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


def answers_of(checklist: Checklist, rng: random.Random, *, asked: float, on: date) -> dict[str, Answer]:
    """Return answers to about this part of the open questions (1.0: to all), each one that may be kept."""
    answers: dict[str, Answer] = {}
    for question in checklist.questions():
        if checklist.is_open(question, answers) and (question.needed or question.always_ask or rng.random() < asked):
            answers[question.key] = _answer(question, rng, on)
    return answers


def marks_of(regions: RegionSet, rng: random.Random, *, count: int) -> tuple[Mark, ...]:
    """Return marks on this many regions."""
    chosen = rng.sample([region.key for region in regions.regions()], count)
    return tuple(Mark(region=key, kind=rng.choice(regions.kinds).code) for key in chosen)


def _answer(question: Question, rng: random.Random, on: date) -> Answer:
    if question.kind is Kind.STATE:
        return rng.choices(question.codes(), weights=(4, 5, 1))[0]
    if question.kind is Kind.CHOICES:
        return tuple(rng.sample(question.codes(), min(2, len(question.codes()))))
    if question.kind in (Kind.RATING, Kind.NUMBER):
        return rng.randint(*RATINGS.get(question.key, (question.low, min(question.high, 12))))
    if question.kind is Kind.DATE:
        return (on - timedelta(days=rng.randint(2, 20))).isoformat()
    return rng.choice(question.codes()) if question.codes() else "Told in the patient's own words."
