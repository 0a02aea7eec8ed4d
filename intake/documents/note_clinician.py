"""What the clinician wrote: history and examination, impression with codes, plan, outcome measures, addenda."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from intake.documents import style
from intake.documents.blocks import Entry, flowing, grid, heading, kept_together, space
from intake.documents.paper import Block
from intake.documents.statements import quiet, statement, subheading
from intake.documents.words import moment_words
from intake.domain.canonical import short
from intake.domain.codes import CodeList
from intake.domain.review_form import Item, ItemGroup, Measure, ReviewForm
from intake.domain.reviews import Activity, Addendum, Note

COLUMNS = 4
NOTHING = "Not recorded."
NOT_DERIVED = "Picked by the clinician; no code is taken from the patient's answers."
ACTIVITY_RULE = "0 is unable, 10 is as before; a higher number is better. Method: Stratford 1995, Physiotherapy Canada 47:258."


def objective_blocks(note: Note, form: ReviewForm) -> Iterator[Block]:
    """Yield history, examination and the items of the examination; what was not recorded is named."""
    yield heading("History and examination", "recorded by the clinician")
    yield from _written("History", note.history)
    yield from _written("Examination", note.examination)
    for group in form.groups:
        yield from kept_together(_group(group, note))
    empty = [group.label for group in form.groups if not any(note.findings.get(item.key) for item in group.items)]
    if empty:
        yield from quiet("Not recorded", "; ".join(empty) + ".")
    yield space(4)


def impression_blocks(note: Note, form: ReviewForm, codes: CodeList, release: str) -> Iterator[Block]:
    """Yield the causes, the words and the codes that the clinician picked."""
    parts = [heading("Impression", "picked and written by the clinician")]
    if note.causes:
        parts += statement("Picked", "; ".join(form.cause(key).label for key in note.causes) + ".")
    parts += _written("In words", note.impression)
    for code in note.codes:
        found = codes.find(code)
        title = found.title if found else "not in the list this paper was made with"
        parts += statement(code, title if found is None or found.billable else f"{title} (not billable by itself)")
    if note.codes:
        parts += quiet("Codes", f"ICD-10-CM, release {release}. {NOT_DERIVED}")
    else:
        parts += quiet("Codes", "None picked.")
    yield from kept_together([*parts, space(4)])


def plan_blocks(note: Note, form: ReviewForm) -> Iterator[Block]:
    """Yield the chosen treatments with their words, and the plan in words."""
    parts = [heading("Plan")]
    for key, words in note.plan.items():
        parts += flowing(f"{form.treatment(key).label}: {words}" if words else f"{form.treatment(key).label}.", style.BODY)
    parts += _written("In words", note.plan_text) if note.plan_text else []
    if not note.plan and not note.plan_text:
        parts += flowing(NOTHING, style.UNASKED)
    yield from kept_together([*parts, space(4)])


def measure_blocks(note: Note, form: ReviewForm) -> Iterator[Block]:
    """Yield the totals of outcome measures with unit, direction and source, and the activities the patient chose."""
    if not note.totals and not note.activities:
        return
    parts = [heading("Outcome measures", "totals recorded by the clinician")]
    for key, total in note.totals.items():
        measure = form.measure(key)
        parts += flowing(f"{measure.label}: {total} {measure.unit}", style.BODY)
        parts += flowing(_about(measure), style.SMALL)
    if note.activities:
        parts += flowing(f"Activities the patient chose: {'; '.join(_activity(each) for each in note.activities)}.", style.BODY)
        parts += flowing(ACTIVITY_RULE, style.SMALL)
    yield from kept_together([*parts, space(4)])


def addendum_blocks(addenda: Sequence[Addendum], zone: ZoneInfo) -> Iterator[Block]:
    """Yield what was added after the signature, each with its author, time, reason and fingerprint."""
    for each in addenda:
        yield heading(f"Addendum {each.number}", f"added after the signature · {short(each.fingerprint)}")
        yield from statement("Reason", each.reason)
        yield from statement("Text", each.text)
        yield from statement("Signed", f"{each.by}, {each.role}, {moment_words(each.at.astimezone(zone))}")
        yield space(6)


def _group(group: ItemGroup, note: Note) -> Iterator[Block]:
    """Yield the items of a group that were recorded, and the names of the others; nothing when none was."""
    shown = [item for item in group.items if note.findings.get(item.key)]
    if not shown:
        return
    yield subheading(group.label)
    if group.note:
        yield from flowing(group.note, style.SMALL)
        yield space(3)
    yield from grid([Entry(label=item.label, value=_item_words(item, note.findings[item.key])) for item in shown], COLUMNS)
    missing = [item.label for item in group.items if item not in shown]
    if missing:
        yield from quiet("Not recorded", "; ".join(missing) + ".")
    yield space(4)


def _written(label: str, text: str) -> Iterator[Block]:
    yield from statement(label, text or NOTHING, style.BODY if text else style.UNASKED)
    yield space(3)


def _item_words(item: Item, value: str) -> str:
    chosen = next((choice.label for choice in item.choices if choice.code == value), None)
    return chosen or (f"{value} {item.unit}" if item.unit else value)


def _about(measure: Measure) -> str:
    return f"From {measure.low} to {measure.high}; a higher number is {measure.higher_is}. {measure.source}"


def _activity(activity: Activity) -> str:
    return f"“{activity.name}” {'not rated' if activity.score is None else f'{activity.score} of 10'}"
