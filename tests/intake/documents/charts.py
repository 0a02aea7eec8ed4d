"""Charts as a clinician leaves them: unsigned, signed, added to; and their documents as PDF."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from intake.definitions.code_lists import load_codes
from intake.definitions.home_care import load_home_care
from intake.definitions.resource_files import ResourceFiles
from intake.definitions.review_forms import load_review_form
from intake.documents.home_care import home_care_sheet
from intake.documents.visit_note import visit_note
from intake.documents.words import Language
from intake.domain.codes import CodeList
from intake.domain.conditions import Is
from intake.domain.prompts import Acknowledgement, DeskWords, Level, Prompt, Refusal, Rule, RuleSet
from intake.domain.review_form import HomeCare, ReviewForm
from intake.domain.reviews import Activity, Addendum, Chart, Correction, Note, Signature
from intake.paths import RESOURCES
from tests.intake.documents.samples import ANSWERS, a_record, definitions

AT = datetime(2026, 11, 22, 15, 5, tzinfo=UTC)
SIGNED_AT = datetime(2026, 11, 22, 15, 20, tzinfo=UTC)
PRINTED_AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
PRINT = "3f9a17c288d04b1e" * 4
LATER_PRINT = "a0b1c2d3e4f50617" * 4
DOCTOR = "Dr. Nora Example"

NOTE = Note(
    history="Pain began on Monday after a long drive. It wakes her at night.\nNo treatment so far but heat.",
    examination="Upper trapezius on the left is tight and tender. Turning to the left brings the pain on.",
    findings={
        "rom.rotation_left": "45",
        "rom.rotation_right": "70",
        "rom.flexion": "full",
        "palpation.spasm": "left",
        "palpation.where": "upper trapezius, levator",
        "strength.c5": "equal",
        "strength.c6": "equal",
        "neuro.hoffmann": "none",
        "vitals.blood_pressure_left": "128/82",
    },
    causes=("overexertion", "mechanical"),
    impression="Neck muscle spasm on the left after a long drive.",
    codes=("M62.838", "M54.2"),
    plan={"heat": "15 minutes, three times a day", "therapy": "two visits a week for four weeks", "posture": ""},
    plan_text="Back in two weeks, sooner if the arm becomes weak.",
    totals={"ndi": 14},
    activities=(Activity(name="driving to work", score=4), Activity(name="lifting my son", score=None)),
)


@cache
def form() -> ReviewForm:
    """Return the review form that ships with the program."""
    return load_review_form(ResourceFiles(root=RESOURCES), "neck-review-1")


@cache
def codes() -> CodeList:
    """Return the code list that ships with the program."""
    return load_codes(ResourceFiles(root=RESOURCES), "icd10cm-2026-04-01")


def a_rule(rule_id: str, reported: str, **fields: Any) -> Rule:
    """Return a rule with an invented source."""
    usual = Rule(
        id=rule_id,
        levels=((Level.TODAY, Is(key="sx.cramping", values=("yes",))),),
        reported=reported,
        basis="A cramp that stays",
        source="Example and others, J Example Med 2020;1:1",
        checked="V2",
        verified_on=date(2026, 11, 20),
        approved_by="Dr. Pat Example",
    )
    return dataclasses.replace(usual, **fields)


def rules(**fields: Any) -> RuleSet:
    """Return a small rule set that the practice approved."""
    usual = RuleSet(
        version="neck-prompts-1",
        rules=(a_rule("RF-EX-1", "an electric feeling on bending the neck"), a_rule("RF-EX-2", "trouble with buttons")),
        refused=(),
        desk={level: DeskWords(title="Marked for clinician review.") for level in Level},
        approved=True,
    )
    return dataclasses.replace(usual, **fields)


REFUSED = Refusal(name="RF-EX-9", line=41, reason="it has no source")


def a_prompt(**fields: Any) -> Prompt:
    """Return a prompt that a clinician acknowledged."""
    usual = Prompt(
        id=1,
        rule_id="RF-EX-1",
        level=Level.NOW,
        rules_version="neck-prompts-1",
        answers={"sx.pain.present": "yes", "sx.pain.pattern": ("constant", "throbbing"), "visit.safety.device": "yes", "age": 41},
        unsure=False,
        raised_at=AT,
        holds=True,
        acknowledgement=Acknowledgement(by=DOCTOR, at=AT, words="Examined at once; reflexes equal on both sides."),
    )
    return dataclasses.replace(usual, **fields)


PROMPTS = (
    a_prompt(),
    a_prompt(id=2, rule_id="RF-EX-2", level=Level.TODAY, answers={"sx.cramping": "unsure"}, unsure=True, holds=False),
)
CORRECTIONS = (
    Correction(path="answers.sx.twitching", before="no", after="yes", reason="She shows it", by=DOCTOR, at=AT),
    Correction(path="visit.safety.blood_thinner", before="no", after="yes", reason="Takes apixaban", by=DOCTOR, at=AT),
    Correction(path="answers.attack.dizziness", before="no", after=None, reason="It was not asked", by=DOCTOR, at=AT),
)
ADDENDUM = Addendum(
    number=1,
    text="The patient called: the arm is stronger.",
    reason="Telephone call",
    by=DOCTOR,
    role="clinician",
    at=datetime(2026, 11, 24, 14, 0, tzinfo=UTC),
    fingerprint=LATER_PRINT,
)


def a_signature(**fields: Any) -> Signature:
    """Return a signature over the usual note."""
    usual = Signature(
        by=DOCTOR,
        role="clinician",
        at=SIGNED_AT,
        fingerprint=PRINT,
        note=NOTE,
        patient=a_record().patient.patient,
        form_version="neck-review-1",
        rules_version="neck-prompts-1",
        code_release="2026-04-01",
    )
    return dataclasses.replace(usual, **fields)


def a_chart(**fields: Any) -> Chart:
    """Return a signed chart with prompts and corrections; names replace its fields."""
    answers: dict[str, Any] = {**ANSWERS, "sx.twitching": "yes"}
    del answers["attack.dizziness"]
    usual = Chart(
        visit=a_record(checklist_version="neck-1"),
        answers=answers,
        corrections=CORRECTIONS,
        prompts=PROMPTS,
        draft={},
        caret={},
        hold=None,
        signature=a_signature(),
        addenda=(),
    )
    return dataclasses.replace(usual, **fields)


def unsigned(**fields: Any) -> Chart:
    """Return a chart that nobody signed, with the beginning of a note."""
    draft = {"history": "Pain began on Monday.", "causes": ["overexertion"], "codes": ["M62.838"], "plan": {"heat": "15 minutes"}}
    return a_chart(**{"signature": None, "draft": draft, **fields})


def a_note(chart: Chart | None = None, *, training: bool = False, **options: Any) -> bytes:
    """Return the visit note of a chart as PDF."""
    known = definitions()
    return visit_note(
        chart or a_chart(),
        **{
            "practice": known.practice,
            "checklist": known.checklists["neck-1"],
            "regions": known.regions,
            "rules": rules(),
            "form": form(),
            "codes": codes(),
            "training": training,
            "printed_at": PRINTED_AT,
            **options,
        },
    )


@cache
def home_care() -> HomeCare:
    """Return the home-care texts that ship with the program."""
    return load_home_care(ResourceFiles(root=RESOURCES), "neck-care-1")


def a_sheet(chart: Chart | None = None, *, language: Language = "en", large: bool = False, **options: Any) -> bytes:
    """Return the home-care sheet of a chart as PDF."""
    known = definitions()
    return home_care_sheet(
        chart or a_chart(),
        **{
            "practice": known.practice,
            "home_care": home_care(),
            "form": form(),
            "codes": codes(),
            "language": language,
            "large": large,
            "training": False,
            "printed_at": PRINTED_AT,
            **options,
        },
    )
