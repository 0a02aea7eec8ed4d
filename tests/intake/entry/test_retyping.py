"""A kept patient as typed reads back as the same patient."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from intake.definitions.bundle import load_definitions
from intake.domain.patients import Patient
from intake.entry.reading import read_intake
from intake.entry.retyping import typed_patient
from intake.paths import RESOURCES
from tests.factories import TODAY, a_patient

PATIENTS = (
    a_patient(),
    a_patient(phone="none", email="declined", line1="none", line2=None, city=None, state=None, zip_code=None),
    a_patient(phone="+17325550148;ext=12", phone2="+442079460018", dob=date(1930, 12, 31)),
    a_patient(legal_last="Müller-López", legal_first="محمد", suffix="Jr.", language="other", language_other="Quechua"),
)


@pytest.mark.parametrize("patient", PATIENTS)
def test_every_value_reads_back_as_it_was_kept(patient: Patient) -> None:
    """An edit that touches nothing changes nothing."""
    reading = read_intake({"patient": typed_patient(patient)}, definitions=load_definitions(RESOURCES, None), on=TODAY)
    assert reading.intake.patient == patient
    assert [problem for problem in reading.errors() if problem.field.startswith("patient.")] == []


def test_what_was_not_asked_is_left_out() -> None:
    """None is no text."""
    assert typed_patient(Patient(legal_last="Sample", dob=date(1985, 3, 4))) == {"legal_last": "Sample", "dob": "03/04/1985"}
    assert "city" not in typed_patient(replace(PATIENTS[0], city=None))
