"""What the tests of access share."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from intake.actions.setup import set_up
from intake.definitions.bundle import Definitions
from intake.paths import Paths, open_folder
from tests.factories import NOW, PASSWORD, WORKSTATION
from tests.intake.access.desk import Clinic
from tests.intake.access.noted import fill


@pytest.fixture(scope="session")
def first_clinic(tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """Return a clinic that is made once, to be copied."""
    paths = Paths(data=tmp_path_factory.mktemp("clinic") / "data", training=False)
    open_folder(paths)
    made = set_up(paths, admin_name="Alex Sample", login="alex", password=PASSWORD, location="loc.edison", workstation=WORKSTATION, now=NOW)
    made.store.close()
    return Clinic(paths=paths, recovery_key=made.recovery_key)


@pytest.fixture
def clinic(first_clinic: Clinic, tmp_path: Path) -> Clinic:
    """Return a clinic that alex set up at Edison; nobody is signed in."""
    shutil.copytree(first_clinic.paths.data, tmp_path / "data")
    return Clinic(paths=Paths(data=tmp_path / "data", training=False), recovery_key=first_clinic.recovery_key)


@pytest.fixture
def paths(clinic: Clinic) -> Paths:
    """Return the clinic's data folder."""
    return clinic.paths


@pytest.fixture(scope="session")
def noted_clinic(first_clinic: Clinic, definitions: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Clinic:
    """Return a clinic at which a clinician wrote wherever one can, filled once, to be copied."""
    paths = Paths(data=tmp_path_factory.mktemp("noted") / "data", training=False)
    shutil.copytree(first_clinic.paths.data, paths.data)
    fill(paths, definitions)
    return Clinic(paths=paths, recovery_key=first_clinic.recovery_key)


@pytest.fixture
def noted(noted_clinic: Clinic, tmp_path: Path) -> Paths:
    """Return its data folder: one signed visit, one that is being written, one person of each role; nobody is signed in."""
    shutil.copytree(noted_clinic.paths.data, tmp_path / "data")
    return Paths(data=tmp_path / "data", training=False)
