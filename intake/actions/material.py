"""Reading what a requested document is made of; for printing again, the pages as they left."""

from __future__ import annotations

from datetime import datetime

from intake.actions.charts import read_chart
from intake.actions.issuing import content_of
from intake.actions.letters import letter_of
from intake.actions.requests import a_request
from intake.actions.visits import open_visit
from intake.definitions.bundle import Definitions
from intake.documents.material import CopyMark, Material
from intake.domain.document_kinds import Paper
from intake.domain.reviews import Chart
from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.storage.store import Store


def material_of(store: Store, actor: Actor, request_id: int, *, definitions: Definitions, now: datetime) -> Material:
    """Return what a request's document would be made of now, and record that the actor looked.

    Raises IntakeError ``request_not_found``, ``unknown_document`` for a kind the practice no longer has, ``visit_not_found``.
    """
    with store.reading():
        request = a_request(store, request_id)
        # Before all that is read: should the record move on meanwhile, the document counts as changed.
        stamp = store.documents.stamp_of(request_id)
    kind = next((kind for kind in definitions.document_kinds.kinds if kind.key == request.kind), None)
    if kind is None:
        raise IntakeError("unknown_document")
    actor.must(kind.task)
    if kind.paper is Paper.RECORDS_COPY:
        charts = charts_of(store, actor, request.patient_id, definitions=definitions, now=now)
        return Material(kind=kind, request=request, stamp=stamp, charts=charts)
    if kind.paper in (Paper.VISIT_NOTE, Paper.HOME_CARE):
        chart = read_chart(store, actor, request.visit_id or 0, definitions=definitions, now=now)
        return Material(kind=kind, request=request, stamp=stamp, charts=(chart,))
    record = open_visit(store, actor, request.visit_id or 0, definitions=definitions, now=now)
    if kind.paper is Paper.INTAKE_FORM:
        return Material(kind=kind, request=request, stamp=stamp, record=record)
    with store.reading():
        letter = letter_of(store, actor, request_id, definitions=definitions)
    return Material(kind=kind, request=request, stamp=stamp, record=record, letter=letter)


def copy_of(store: Store, actor: Actor, request_id: int, *, now: datetime) -> CopyMark:
    """Return the document that left last for a request, to be printed again as a copy. Raises IntakeError ``nothing_to_copy``."""
    with store.reading():
        document_id = store.print_runs.to_copy(request_id)
        kept = None if document_id is None else store.documents.get(document_id)
    if kept is None:
        raise IntakeError("nothing_to_copy")
    content = content_of(store, actor, kept.id)
    return CopyMark(document_id=kept.id, content=content, version=kept.version, language=kept.language, at=now, by=actor.staff.name)


def charts_of(store: Store, actor: Actor, patient_id: int, *, definitions: Definitions, now: datetime) -> tuple[Chart, ...]:
    """Return what a copy of a patient's records is made of: the chart of every visit, the first first, each recorded as looked at.

    Raises IntakeError ``patient_not_found``; a record has one visit at least.
    """
    with store.reading():
        visit_ids = store.visits.of_patient(patient_id)
    if not visit_ids:
        raise IntakeError("patient_not_found")
    return tuple(read_chart(store, actor, visit_id, definitions=definitions, now=now) for visit_id in visit_ids)
