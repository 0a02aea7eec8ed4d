"""A signed note stays what was signed, whatever changes around it."""

from __future__ import annotations

import dataclasses

from intake.documents.issuing import note_of_chart
from intake.domain.reviews import Chart, Correction
from tests.factories import a_patient
from tests.intake.documents.charts import AT, a_chart, a_note, a_signature
from tests.intake.documents.samples import definitions, pages_by_pypdf, spaced


def shipped(chart: Chart) -> bytes:
    """Return the note of a chart with the rules that ship with the program."""
    return a_note(chart, rules=definitions().prompts)


def read(pdf: bytes) -> str:
    """Return the whole text of a PDF with single spaces."""
    return spaced(" ".join(pages_by_pypdf(pdf)))


def without_prompts(**visit: object) -> Chart:
    """Return a signed chart without prompts of a woman who was not asked whether she may be pregnant."""
    usual = a_chart(prompts=(), corrections=())
    asked = dataclasses.replace(usual.visit.visit.safety, **{"pregnancy": None, **visit})  # type: ignore[arg-type] # any field
    record = dataclasses.replace(usual.visit, visit=dataclasses.replace(usual.visit.visit, safety=asked))
    return dataclasses.replace(usual, visit=record, signature=a_signature(patient=a_patient(sex="female")))


def test_a_signed_note_is_that_of_the_patient_who_was_signed_for() -> None:
    """Nothing of it changes with what the record says of that person since, not even what was to be asked."""
    chart = without_prompts()
    others = [
        dataclasses.replace(
            chart, visit=dataclasses.replace(chart.visit, patient=dataclasses.replace(chart.visit.patient, patient=a_patient(sex=sex)))
        )
        for sex in ("female", "male")
    ]
    assert shipped(others[0]) == shipped(others[1])
    assert "Pregnancy possible" in read(shipped(others[1]))


def test_what_was_corrected_is_counted_as_asked() -> None:
    """The count of items that were not asked is that of the answers as they stand on the paper."""
    chart = without_prompts(device=None)
    corrected = dataclasses.replace(
        chart, corrections=(Correction(path="visit.safety.device", before=None, after="no", reason="Asked", by="X", at=AT),)
    )
    counts = [int(read(shipped(each)).partition(" items were not asked")[0].rpartition(" ")[2]) for each in (chart, corrected)]
    assert counts[0] - counts[1] == 1


def test_a_note_signed_with_rules_that_are_gone_is_printed_all_the_same() -> None:
    """A practice that takes its own file of rules away does not lose its signed notes."""
    chart = a_chart(signature=a_signature(rules_version="own-1"))
    pdf = note_of_chart(chart, definitions(), training=False, printed_at=AT)
    assert "version own-1" in read(pdf)
