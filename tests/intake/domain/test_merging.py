"""Two edits of one record put together."""

from __future__ import annotations

from dataclasses import replace

from intake.domain.merging import merge
from tests.factories import a_patient

BASE = a_patient()


def test_edits_of_different_fields_go_together() -> None:
    """Each is told whose it is."""
    merged = merge(BASE, mine=replace(BASE, city="Union"), theirs=replace(BASE, phone="none"))
    assert merged.patient == replace(BASE, city="Union", phone="none")
    assert [field.path for field in merged.kept] == ["patient.city"]
    assert [field.path for field in merged.taken] == ["patient.phone"]
    assert merged.clashes == ()


def test_the_same_edit_twice_is_no_question() -> None:
    """Both desks corrected the same typo."""
    merged = merge(BASE, mine=replace(BASE, city="Union"), theirs=replace(BASE, city="Union"))
    assert merged.patient == replace(BASE, city="Union")
    assert (merged.kept, merged.taken, merged.clashes) == ((), (), ())


def test_different_edits_of_one_field_are_a_question_and_theirs_until_it_is_answered() -> None:
    """An emptied field is a value like any other."""
    merged = merge(BASE, mine=replace(BASE, city="Union", email=None), theirs=replace(BASE, city="Monroe", email="x@example.com"))
    assert [(clash.field.path, clash.theirs, clash.mine) for clash in merged.clashes] == [
        ("patient.email", "x@example.com", None),
        ("patient.city", "Monroe", "Union"),
    ]
    assert merged.patient == replace(BASE, city="Monroe", email="x@example.com")
    assert merged.chosen(frozenset({"patient.city"})) == replace(BASE, city="Union", email="x@example.com")
    assert merged.chosen(frozenset({"patient.email"})) == replace(BASE, city="Monroe", email=None)
