"""``pdf labels``, ``pdf envelope``, ``pdf accounting``: papers of a patient rather than of a visit."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from intake.actions.labels import Content, Labels, Way, make_accounting, make_envelope, make_labels, patient_numbered
from intake.actions.setup import desk_location
from intake.commands.output import put_line, tell_problems
from intake.commands.session import Session, now, session
from intake.commands.writing import replacing
from intake.domain.numbers import record_number
from intake.errors import InvalidInputError

PAPERS: Final = ("labels", "envelope", "accounting")
SHEET: Final = "letter-3x10"
ENVELOPE: Final = "envelope-10"
BAD_INPUT: Final = 2


def pdf_of_patient(options: Namespace) -> int:
    """Write the paper and put one line; it is recorded as having left."""
    with session(options) as desk:
        patient_id = patient_numbered(options.visit)
        try:
            content = _made(desk, options, patient_id)
        except InvalidInputError as error:
            known = desk.definitions.label_sheets if options.document == "labels" else desk.definitions.envelopes
            tell_problems(error.problems, definitions=desk.definitions, known=", ".join(known))
            return BAD_INPUT
        with replacing(Path(options.output), content):
            put_line({"file": options.output, "mrn": record_number(patient_id), "bytes": len(content)})
    return 0


def _made(desk: Session, options: Namespace, patient_id: int) -> bytes:
    way = Way(how="file", target="file", location=clinic_of(desk), training=desk.paths.training)
    if options.document == "labels":
        content: Content = "address" if options.address else "identity"
        wanted = Labels(sheet=options.sheet or SHEET, first=options.first, count=options.count, content=content)
        return make_labels(desk.store, desk.actor, patient_id, wanted, way, definitions=desk.definitions, now=now())
    if options.document == "envelope":
        size = options.sheet or ENVELOPE
        return make_envelope(desk.store, desk.actor, patient_id, size, way, definitions=desk.definitions, now=now())
    return make_accounting(desk.store, desk.actor, patient_id, way, definitions=desk.definitions, now=now())


def clinic_of(desk: Session) -> str:
    """Return the clinic of this desk, the first of the practice for a desk that has none."""
    known = [location.key for location in desk.definitions.practice.locations]
    here = desk_location(desk.store, desk.actor.workstation)
    return here if here in known else known[0]
