"""``pdf letter``: by the document's number, incomplete or signed, and told for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdf
import pytest

from intake.actions.access import sign_in
from intake.actions.accounts import add_staff
from intake.actions.letters import keep_letter, sign_letter
from intake.actions.request_opening import open_request
from intake.actions.requests import request_of
from intake.definitions.bundle import Definitions
from intake.domain.numbers import read_number
from intake.domain.requests import NewRequest, Request, RequestState
from intake.domain.staff import Actor, Role
from intake.paths import Paths
from intake.storage.store import Store
from tests.factories import signs_in
from tests.intake.cli_desk import PASSWORD, Run, write
from tests.intake.letters.papers import REFERRAL

NOW = datetime.now(UTC) - timedelta(minutes=5)


@pytest.fixture
def store(run: Run, tmp_path: Path) -> Iterator[Store]:
    """Open the store of a practice that has one visit."""
    assert run("add", write(tmp_path / "one.json"))[0] == 0
    opened = sign_in(Paths(data=tmp_path / "data", training=False), login="admin", password=PASSWORD, workstation="desk-1", now=NOW).store
    yield opened
    opened.close()


@pytest.fixture
def clinician(store: Store) -> Actor:
    """Return a clinician."""
    admin = signs_in(store, login="admin", password=PASSWORD, workstation="desk-1", now=NOW)
    staff = add_staff(store, admin, login="casey", name="Casey Example", role=Role.CLINICIAN, password=PASSWORD, now=NOW)
    return Actor(staff=staff, workstation="desk-1")


@pytest.fixture
def referral(store: Store, clinician: Actor, definitions: Definitions) -> Request:
    """Return a request for a referral letter."""
    new = NewRequest(patient_id=1, visit_id=1, kind="referral_letter", asked_by="patient", leaves_by="fax")
    return open_request(store, clinician, new, definitions=definitions, now=NOW)


def text_of(path: Path) -> str:
    """Return the words of a PDF."""
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_an_incomplete_letter_is_written_as_such_and_its_clock_goes_on(
    run: Run, store: Store, clinician: Actor, referral: Request, tmp_path: Path
) -> None:
    """The line names what is asked for."""
    target = tmp_path / "letter.pdf"
    code, [line], _ = run("pdf", "letter", referral.number, "-o", str(target), user="casey")
    assert (code, line["document"], line["preliminary"], line["missing"]) == (0, referral.number, True, ["reason"])
    assert (line["bytes"], line["pages"], target.stat().st_mode & 0o077) == (target.stat().st_size, 1, 0)
    assert "INCOMPLETE" in text_of(target)
    assert request_of(store, clinician, referral.id).state is RequestState.REQUESTED


def test_a_signed_letter_is_written_as_what_was_promised(
    run: Run, store: Store, clinician: Actor, referral: Request, definitions: Definitions, tmp_path: Path
) -> None:
    """Saving it to a file counts as printed."""
    keep_letter(store, clinician, referral.id, typed=REFERRAL, body=None, definitions=definitions, now=NOW)
    sign_letter(store, clinician, referral.id, password=PASSWORD, definitions=definitions, now=NOW)
    target = tmp_path / "letter.pdf"
    code, [line], _ = run("pdf", "letter", referral.number.lower(), "-o", str(target), user="casey")
    assert (code, line["preliminary"], line["missing"], line["version"]) == (0, False, [], 1)
    assert "Signed by Casey Example" in text_of(target)
    assert request_of(store, clinician, referral.id).state is RequestState.PRINTED


def test_a_mistyped_number_opens_nobodys_letter(run: Run, referral: Request, tmp_path: Path) -> None:
    """The last digit tells."""
    assert read_number(referral.number) is not None
    wrong = referral.number[:-1] + str((int(referral.number[-1]) + 1) % 10)
    for number in (wrong, "V-000001-3"):
        code, lines, told = run("pdf", "letter", number, "-o", str(tmp_path / "x.pdf"), user="casey")
        assert (code != 0, lines, bool(told), (tmp_path / "x.pdf").exists()) == (True, [], True, False)
