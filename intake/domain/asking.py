"""What has to be asked before a visit is kept, and when a visit may be kept without it."""

from __future__ import annotations

from datetime import date

from intake.domain.checklist import Checklist
from intake.domain.prompting import desk_level, facts_of, findings
from intake.domain.prompts import Level, RuleSet
from intake.domain.records import Intake
from intake.errors import Problem


def unasked(checklist: Checklist, rules: RuleSet, intake: Intake, day: date) -> tuple[Problem, ...]:
    """Return the questions of the required groups that nobody asked, each by its name.

    They are errors, unless the answers already told the desk to stop and fetch a clinician: then they never hold up a save.
    """
    missing = checklist.still_to_ask(intake.answers)
    if not missing:
        return ()
    found = findings(rules, facts_of(intake.patient, intake.visit, intake.answers, day))
    stopped = desk_level(found) is Level.NOW
    fields = [f"answers.{question.key}" for question in missing]
    return tuple(Problem(field=field, code="safety_not_asked", level="warning" if stopped else "error") for field in fields)
