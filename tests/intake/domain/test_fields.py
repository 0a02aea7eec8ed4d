"""The descriptions of the fields: every walk over them relies on these."""

from __future__ import annotations

import dataclasses
from collections import Counter

import pytest

from intake.definitions.bundle import Definitions
from intake.domain.fields import Described, Kind
from intake.domain.practice import Practice
from intake.domain.visits import PARTS, all_fields

FIELDS = all_fields()


def test_every_path_is_there_once() -> None:
    """A path names one field."""
    assert [path for path, count in Counter(field.path for field in FIELDS).items() if count > 1] == []


def test_every_field_of_every_part_is_described_and_none_until_asked() -> None:
    """None means not asked, in every field but the parts of a visit."""
    nested = {prefix.rpartition(".")[2] for prefix, _ in PARTS if "." in prefix}
    for _, record in PARTS:
        for field in dataclasses.fields(record):
            assert field.name in nested or (field.default is None and "about" in field.metadata)


@pytest.mark.parametrize("field", [field for field in FIELDS if field.about.when], ids=lambda field: field.path)
def test_a_condition_names_a_field_and_its_own_choices(field: Described) -> None:
    """A field that applies never would go unnoticed."""
    assert field.about.when is not None
    path, values = field.about.when
    if path == "minor":
        assert set(values) <= {"yes", "no"}
        return
    other = next(found for found in FIELDS if found.path == path)
    assert set(values) <= {choice.code for choice in other.about.choices}


@pytest.mark.parametrize("field", [field for field in FIELDS if field.about.kind is Kind.CHOICE], ids=lambda field: field.path)
def test_a_choice_offers_different_answers(field: Described) -> None:
    """Codes and labels are told apart, whatever their case."""
    for told in ([choice.code for choice in field.about.choices], [choice.label.casefold() for choice in field.about.choices]):
        assert len(set(told)) == len(told)
    assert field.about.choices or field.path == "visit.location"


def test_an_unknown_clinic_is_a_key_error(definitions: Definitions) -> None:
    """A clinic that is not there is never guessed."""
    practice: Practice = definitions.practice
    with pytest.raises(KeyError):
        practice.location("loc.nowhere")
