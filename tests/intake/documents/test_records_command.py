"""``pdf records``: all of a patient as one file, for the request that waits for it or for the desk itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from intake.actions.access import sign_in
from intake.actions.accounts import add_staff
from intake.actions.requests import open_request
from intake.definitions.bundle import Definitions
from intake.documents.records_copy import UNSIGNED
from intake.domain.requests import NewRequest
from intake.domain.staff import Actor, Role
from intake.paths import Paths
from intake.storage.store import Store
from tests.factories import signs_in
from tests.fixtures import definitions
from tests.intake.cli_desk import PASSWORD, Run, write

__all__ = ["definitions"]
NOW = datetime.now(UTC) - timedelta(minutes=5)
PATIENT = "RD-000001-3"


@pytest.fixture
def store(run: Run, tmp_path: Path) -> Iterator[Store]:
    """Open the store of a practice with one visit that nobody reviewed."""
    assert run("add", write(tmp_path / "one.json"))[0] == 0
    opened = sign_in(Paths(data=tmp_path / "data", training=False), login="admin", password=PASSWORD, workstation="desk-1", now=NOW).store
    yield opened
    opened.close()


@pytest.fixture
def clinician(store: Store) -> Actor:
    """Return a clinician; there is a receptionist too."""
    admin = signs_in(store, login="admin", password=PASSWORD, workstation="desk-1", now=NOW)
    staff = add_staff(store, admin, login="casey", name="Casey Example", role=Role.CLINICIAN, password=PASSWORD, now=NOW)
    add_staff(store, admin, login="dana", name="Dana Example", role=Role.RECEPTIONIST, password=PASSWORD, now=NOW)
    return Actor(staff=staff, workstation="desk-1")


def words_in(path: Path) -> str:
    """Return the words of a PDF."""
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_a_copy_that_was_asked_for_leaves_for_its_request(
    run: Run, store: Store, clinician: Actor, definitions: Definitions, tmp_path: Path
) -> None:
    """It carries the number of the request, and is kept as its document."""
    new = NewRequest(patient_id=1, visit_id=None, kind="records_copy", asked_by="patient", leaves_by="hand")
    request = open_request(store, clinician, new, definitions=definitions, now=NOW)
    target = tmp_path / "records.pdf"
    code, [line], _ = run("pdf", "records", PATIENT, "-o", str(target), user="casey")
    assert (code, line["mrn"], line["document"], line["bytes"]) == (0, PATIENT, request.number, target.stat().st_size)
    assert request.number in words_in(target)
    (kept,) = store.documents.of_request(request.id)
    assert (store.documents.content(kept.id), kept.preliminary) == (target.read_bytes(), line["preliminary"])


def test_a_copy_nobody_asked_for_carries_the_number_of_the_record(run: Run, store: Store, clinician: Actor, tmp_path: Path) -> None:
    """Of what nobody signed it says so; that it left is kept, and told to the log of disclosures."""
    target = tmp_path / "records.pdf"
    code, [line], _ = run("pdf", "records", PATIENT, "-o", str(target), user=clinician.staff.login)
    assert (code, line["document"], line["preliminary"]) == (0, None, False)
    assert PATIENT in words_in(target)
    assert UNSIGNED in words_in(target)
    assert [(each.kind, each.preliminary) for each in store.documents.of_patient(1)] == [("records_copy", False)]
    assert [each.event for each in store.disclosures.of_patient(1)] == ["export"]


@pytest.mark.parametrize("number", ["RD-000002-1", "RD-9223372036854775808-9", "V-000001-3"])
def test_a_number_of_nobody_is_bad_input(run: Run, clinician: Actor, tmp_path: Path, number: str) -> None:
    """And nothing is written."""
    code, lines, told = run("pdf", "records", number, "-o", str(tmp_path / "x.pdf"), user=clinician.staff.login)
    assert (code, lines) == (2, [])
    assert "Incident" not in told
    assert not (tmp_path / "x.pdf").exists()


def test_who_may_not_print_a_note_gets_no_records(run: Run, store: Store, clinician: Actor, tmp_path: Path) -> None:
    """It holds the notes of clinicians."""
    assert clinician.staff.login == "casey"
    code, lines, _ = run("pdf", "records", PATIENT, "-o", str(tmp_path / "x.pdf"), user="dana")
    assert (code, lines, store.documents.of_patient(1)) == (1, [], ())
