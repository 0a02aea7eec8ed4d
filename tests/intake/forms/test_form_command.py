"""``pdf blank`` and ``pdf fillable``: from the command line, for nobody yet or for a patient, and what is recorded of it."""

from __future__ import annotations

import stat
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from intake.actions.access import sign_in
from intake.domain.documents import Disclosure
from intake.domain.numbers import record_number
from intake.paths import Paths
from intake.wording import text_of
from tests.intake.cli_desk import PASSWORD, Run, write


def words_of(path: Path) -> str:
    """Return the words of a PDF."""
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


@pytest.mark.parametrize(("document", "fields"), [("blank", 0), ("fillable", 717)])
def test_an_empty_form_is_written_in_the_language_asked_for(run: Run, tmp_path: Path, document: str, fields: int) -> None:
    """For its owner alone to read, with the clinic of this desk."""
    target = tmp_path / "form.pdf"
    code, [line], said = run("pdf", document, "--language", "es", "-o", str(target))
    assert (code, said) == (0, "")
    assert line == {"file": str(target), "language": "es", "bytes": target.stat().st_size}
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "Formulario del paciente" in words_of(target)
    assert "Edison" in words_of(target)
    assert len(pypdf.PdfReader(target).get_fields() or {}) == fields


def told_of_the_first_patient(folder: Path) -> tuple[Disclosure, ...]:
    """Return what was told of the first patient."""
    paths = Paths(data=folder / "data", training=False)
    store = sign_in(paths, login="admin", password=PASSWORD, workstation="desk-1", now=datetime.now(UTC)).store
    try:
        return store.disclosures.of_patient(1)
    finally:
        store.close()


def test_a_form_of_a_patient_is_filled_in_and_recorded_as_having_left(run: Run, tmp_path: Path) -> None:
    """Told to the patient, so it is in the log and in no accounting."""
    number = run("add", write(tmp_path / "one.json"))[1][0]["mrn"]
    target = tmp_path / "form.pdf"
    code, [line], _ = run("pdf", "fillable", "--patient", number, "-o", str(target))
    assert (code, line["mrn"]) == (0, number)
    values = {name: field.value for name, field in (pypdf.PdfReader(target).get_fields() or {}).items()}
    assert (values["patient/legal_last"], values["form/patient"]) == ("Sample-Rivera", number)
    [told] = told_of_the_first_patient(tmp_path)
    assert (told.event, told.what, told.accountable) == ("export", f"fillable_form {number}", False)


def test_an_empty_form_tells_nothing_of_anybody(run: Run, tmp_path: Path) -> None:
    """So there is nothing to disclose."""
    run("add", write(tmp_path / "one.json"))
    assert run("pdf", "blank", "-o", str(tmp_path / "form.pdf"))[0] == 0
    assert told_of_the_first_patient(tmp_path) == ()


@pytest.mark.parametrize(("number", "said"), [("RD-000001-4", "wrong_check_digit"), (record_number(99), "patient_not_found")])
def test_a_wrong_number_writes_nothing(run: Run, tmp_path: Path, number: str, said: str) -> None:
    """The sentence says what to do, and there is no file."""
    target = tmp_path / "form.pdf"
    code, lines, error = run("pdf", "blank", "--patient", number, "-o", str(target))
    assert (code, lines, error.strip()) == (2, [], text_of(said))
    assert not target.exists()


def test_a_document_of_a_visit_needs_its_number(run: Run, tmp_path: Path) -> None:
    """Only a form can be of nobody."""
    code, _, error = run("pdf", "intake", "-o", str(tmp_path / "intake.pdf"))
    assert (code, error.strip()) == (2, text_of("number_missing"))
