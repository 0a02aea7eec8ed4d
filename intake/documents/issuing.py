"""Documents of a visit with the versions it was recorded, reviewed and signed with."""

from __future__ import annotations

from datetime import datetime

from intake.definitions.bundle import Definitions
from intake.documents.home_care import home_care_sheet
from intake.documents.intake_form import intake_form
from intake.documents.visit_note import visit_note
from intake.documents.words import Language
from intake.domain.codes import CodeList
from intake.domain.records import VisitRecord
from intake.domain.review_form import ReviewForm
from intake.domain.reviews import Chart


def intake_of_record(record: VisitRecord, definitions: Definitions, *, training: bool, printed_at: datetime) -> bytes:
    """Return the intake form of a visit as PDF, with the versions it was asked with."""
    return intake_form(
        record,
        practice=definitions.practice,
        checklist=definitions.checklists[record.checklist_version],
        regions=definitions.region_sets[record.regions_version],
        training=training,
        printed_at=printed_at,
    )


def note_of_chart(chart: Chart, definitions: Definitions, *, training: bool, printed_at: datetime) -> bytes:
    """Return the visit note of a chart as PDF."""
    form, codes = _written_with(chart, definitions)
    signed_with = chart.signature.rules_version if chart.signature else definitions.prompts.version
    rules = definitions.rule_sets.get(signed_with, definitions.prompts)
    return visit_note(
        chart,
        practice=definitions.practice,
        checklist=definitions.checklists[chart.visit.checklist_version],
        regions=definitions.region_sets[chart.visit.regions_version],
        rules=rules,
        rule_sets=definitions.rule_sets,
        form=form,
        codes=codes,
        training=training,
        printed_at=printed_at,
    )


def home_care_of_chart(
    chart: Chart, definitions: Definitions, *, language: Language, large: bool, training: bool, printed_at: datetime
) -> bytes:
    """Return the home-care sheet of a chart as PDF."""
    form, codes = _written_with(chart, definitions)
    return home_care_sheet(
        chart,
        practice=definitions.practice,
        home_care=definitions.home_care,
        form=form,
        codes=codes,
        language=language,
        large=large,
        training=training,
        printed_at=printed_at,
    )


def version_of(chart: Chart) -> int:
    """Return which version of the note a document of this chart is: 1 with the signature, one more for each addendum, 0 before."""
    return len(chart.addenda) + 1 if chart.signature else 0


def _written_with(chart: Chart, definitions: Definitions) -> tuple[ReviewForm, CodeList]:
    if chart.signature is None:
        return definitions.review_form, definitions.codes
    return definitions.review_forms[chart.signature.form_version], definitions.code_lists[chart.signature.code_release]
