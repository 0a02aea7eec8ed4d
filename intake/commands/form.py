"""``pdf blank``, ``pdf fillable``: the intake form for a patient to fill in, on paper or on a screen."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Final

from intake.actions.forms import FormWanted, make_form
from intake.actions.labels import Way, patient_numbered
from intake.actions.setup import desk_location
from intake.commands.output import put_line
from intake.commands.session import Session, now, session
from intake.commands.writing import replacing
from intake.domain.numbers import record_number

FORMS: Final = ("blank", "fillable")


def pdf_of_form(options: Namespace) -> int:
    """Write the form and put one line; a form that holds a patient's data is recorded as having left."""
    number = options.patient or options.visit
    with session(options) as desk:
        patient_id = patient_numbered(number) if number else None
        wanted = FormWanted(form=options.document, language=options.language, patient_id=patient_id)
        content = make_form(desk.store, desk.actor, wanted, _way(desk), definitions=desk.definitions, now=now())
        with replacing(Path(options.output), content):
            told = {"file": options.output, "language": options.language, "bytes": len(content)}
            put_line(told if patient_id is None else {**told, "mrn": record_number(patient_id)})
    return 0


def _way(desk: Session) -> Way:
    """Return that the form leaves as a file, from this desk's clinic, or the first one where none was chosen."""
    location = desk_location(desk.store, desk.actor.workstation) or desk.definitions.practice.active()[0].key
    return Way(how="file", target="file", location=location, training=desk.paths.training)
