"""``pdf records``: a copy of all records of a patient as a file that only its owner can read."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from intake.actions.issuing import keep_document
from intake.actions.labels import patient_numbered
from intake.actions.material import charts_of, material_of
from intake.actions.requests import requests_of_patient
from intake.commands.of_patient import clinic_of
from intake.commands.output import put_line
from intake.commands.session import Session, now, session
from intake.commands.writing import replacing
from intake.documents.making import made_of, make
from intake.documents.records_copy import records_copy
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.numbers import record_number
from intake.domain.requests import RequestLine
from intake.domain.staff import Task


def records(options: Namespace) -> int:
    """Write the copy, put one line, and keep it as it left the program: for the request that waits for it, where there is one."""
    with session(options) as desk:
        desk.actor.must(Task.PRINT_NOTE)
        patient_id = patient_numbered(options.visit)
        request = _asked_for(desk, patient_id)
        made, stamp = _as_is(desk, patient_id) if request is None else _requested(desk, request)
        with replacing(Path(options.output), made.content), desk.store.transaction():
            keep_document(
                desk.store,
                desk.actor,
                made,
                kind=Paper.RECORDS_COPY.value if request is None else request.kind,
                patient_id=patient_id,
                visit_id=None,
                request_id=None if request is None else request.id,
                how="file",
                target="file",
                now=now(),
                stamp=stamp,
            )
    told = {"file": options.output, "mrn": record_number(patient_id), "document": None if request is None else request.number}
    put_line({**told, "bytes": len(made.content), "pages": made.pages, "preliminary": made.preliminary})
    return 0


def _asked_for(desk: Session, patient_id: int) -> RequestLine | None:
    """Return the request that waits for a copy, the first due; None when nobody asked for one."""
    kinds = {kind.key for kind in desk.definitions.document_kinds.kinds if kind.paper is Paper.RECORDS_COPY}
    lines = requests_of_patient(desk.store, desk.actor, patient_id)
    return next((line for line in lines if line.kind in kinds and line.state.open), None)


def _requested(desk: Session, request: RequestLine) -> tuple[Made, str]:
    material = material_of(desk.store, desk.actor, request.id, definitions=desk.definitions, now=now())
    return make(material, desk.definitions, training=desk.paths.training, printed_at=now()), material.stamp


def _as_is(desk: Session, patient_id: int) -> tuple[Made, None]:
    """Make a copy that nobody asked for: for the desk itself, under the record's number."""
    charts = charts_of(desk.store, desk.actor, patient_id, definitions=desk.definitions, now=now())
    content = records_copy(
        charts,
        desk.definitions,
        location=desk.definitions.practice.location(clinic_of(desk)),
        number=record_number(patient_id),
        training=desk.paths.training,
        printed_at=now(),
    )
    return made_of(content), None
