"""What the clinician of the tour writes: on the prompts, in the note, at the correction, and after the signature."""

from __future__ import annotations

DONE_ABOUT_PROMPT = {
    "RF-MYE-1": "Examined: fine finger movements, gait and reflexes, see the note. Patient told when to come back at once.",
    "RF-VAS-2": "Asked again: blurred only after hours at the screen, gone by evening. Eyes and speech examined, see the note.",
}
DONE = "Asked again and examined, see the note."
"""What was done about each prompt, by its rule, and about any other one."""

CORRECTED = "answers.sx.knot"
CORRECTED_TO = "y"
CORRECTION_REASON = "Found with the hand; she knows the place"

HISTORY = (
    ".hx",
    ("Friday", "a long day at the desk", "right side of the neck", "comes and goes", "sitting", "heat", "ibuprofen", "some relief"),
)
EXAMINATION = (".trap", ("right", "present", "present", "the pain she knows"))
"""An abbreviation, and what goes into its blanks one after the other."""

FINDINGS = {
    "findings.rom.rotation_left": "70",
    "findings.rom.rotation_right": "55",
    "findings.rom.flexion": "f",
    "findings.rom.extension": "r",
    "findings.reflex.biceps": "e",
    "findings.neuro.gait": "s",
}
"""The keys that record each examination item; an item that is not named here is passed."""
FINDING_GROUPS = "ne"

CODE_SOUGHT = "cervicalg"
CODE = "M54.2"
CAUSE_KEYS = "op"
IMPRESSION = "Painful knot in the right upper trapezius; hands without a finding today, to be looked at again."
PLAN = {
    "plan.heat": "20 min, 3x",
    "plan.posture": "Screen at eye level, a break every half hour",
    "plan.follow_up": "In one week, with Casey Clinic: hands and walking",
}
PLAN_KEYS = "haf"
NDI = "18"

ADDENDUM_REASON = "Left out of the note"
ADDENDUM = "Told in Spanish when to call the clinic and when to call 911; the patient repeated it."
