"""Which editor a field gets, from its own description."""

from __future__ import annotations

from intake.definitions.bundle import Definitions
from intake.domain.fields import Described, Kind
from ui.pages.intake.choices import Pick
from ui.pages.intake.editors import LineEditor, LongEditor, SegmentEditor
from ui.pages.intake.list_editor import ListEditor
from ui.pages.intake.plan import has_segments

FieldEditor = LineEditor | LongEditor | SegmentEditor | ListEditor
"""Every editor has ``typed``, ``advanced`` and ``retreated``, and ``value``, ``show_value``, ``caret`` and ``place_caret``."""

LOCATION = "visit.location"


def editor_for(field: Described, definitions: Definitions) -> FieldEditor:
    """Return a new, empty editor for the field."""
    about = field.about
    if field.path == LOCATION:
        return ListEditor(about.label, [Pick(code=clinic.key, label=clinic.name) for clinic in definitions.practice.active()])
    picks = [Pick(code=choice.code, label=choice.label) for choice in about.choices]
    if has_segments(field):
        return SegmentEditor(about.label, picks)
    if about.kind is Kind.CHOICE:
        return ListEditor(about.label, picks)
    words = [pick.code for pick in picks]
    if about.kind is Kind.LONG:
        return LongEditor(words=words)
    return LineEditor(words=words)
