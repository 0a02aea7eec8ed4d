"""Files that were bent in every way: read, or refused with a word; never a crash, never two seconds of work, never a write."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from intake.definitions.bundle import Definitions
from intake.errors import ResourceError
from tests.faults.fuzzing import READ, fuzz
from tests.faults.resources import LOADERS, resource
from tests.faults.targets import TARGETS

COUNTS = {"form file": 25, "tries.json": 80}
USUAL = 120
PER_RESOURCE = 4
SEED = 20261122


@pytest.mark.parametrize("name", list(TARGETS))
def test_a_bent_file_is_read_or_refused_and_never_anything_else(tmp_path: Path, definitions: Definitions, name: str) -> None:
    """The same files in every run; of some at least is found out that they were bent."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains of every one
    found = fuzz(TARGETS[name](tmp_path, definitions), COUNTS.get(name, USUAL), SEED)
    assert found.faults == []
    assert set(found.answers) - {READ}


@pytest.mark.parametrize("name", list(LOADERS))
def test_a_bent_file_of_definitions_loads_or_is_refused_by_name(definitions: Definitions, name: str) -> None:
    """Every file under resources that a practice may put its own in the place of."""
    found = fuzz(resource(name, definitions), PER_RESOURCE, SEED)
    assert found.faults == []


def test_the_refusal_of_a_bent_file_of_definitions_names_it(definitions: Definitions) -> None:
    """With the line, for whoever edited it."""
    name = next(iter(LOADERS))
    with pytest.raises(ResourceError) as caught:
        resource(name, definitions).read(b"[")
    assert caught.value.facts["name"] == name
