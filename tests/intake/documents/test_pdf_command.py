"""``pdf note`` and ``pdf homecare``: who may, what is written, and that the file is known again."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from intake.actions.access import sign_in
from intake.actions.accounts import add_staff
from intake.domain.staff import Role
from intake.paths import Paths
from intake.storage.store import Store
from tests.intake.cli_desk import PASSWORD, Run, write

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)


@pytest.fixture
def visit(run: Run, tmp_path: Path) -> str:
    """Return the number of a visit at a practice with a clinician, a receptionist and somebody who prints."""
    number: str = run("add", write(tmp_path / "one.json"))[1][0]["visit"]
    signed_in = sign_in(Paths(data=tmp_path / "data", training=False), login="admin", password=PASSWORD, workstation="desk-1", now=NOW)
    store, admin = signed_in.store, signed_in.actor
    try:
        for login, role in (("casey", Role.CLINICIAN), ("dana", Role.RECEPTIONIST), ("pat", Role.PRINT_DESK)):
            add_staff(store, admin, login=login, name=f"{login.title()} Example", role=role, password=PASSWORD, now=NOW)
    finally:
        store.close()
    return number


def text_of(path: Path) -> str:
    """Return the words of a PDF."""
    return " ".join(" ".join(page.extract_text().split()) for page in pypdf.PdfReader(path).pages)


def test_a_note_nobody_signed_is_written_as_preliminary(run: Run, visit: str, tmp_path: Path) -> None:
    """By a clinician and by the print desk alike; the line tells the version, 0."""
    for user in ("casey", "pat"):
        target = tmp_path / f"{user}.pdf"
        code, [line], _ = run("pdf", "note", visit, "-o", str(target), user=user)
        assert (code, line["visit"], line["version"], line["bytes"]) == (0, visit, 0, target.stat().st_size)
        assert "PRELIMINARY" in text_of(target)
        assert f"{visit}/P" in text_of(target)


def test_the_sheet_is_written_in_the_language_and_size_asked_for(run: Run, visit: str, tmp_path: Path) -> None:
    """English and usual print unless told otherwise."""
    english, spanish = tmp_path / "en.pdf", tmp_path / "es.pdf"
    assert run("pdf", "homecare", visit, "-o", str(english), user="casey")[0] == 0
    assert run("pdf", "homecare", visit, "--language", "es", "--large", "-o", str(spanish), user="casey")[0] == 0
    assert "Caring for your neck at home" in text_of(english)
    assert "Cómo cuidar su cuello en casa" in text_of(spanish)
    assert len(pypdf.PdfReader(spanish).pages) > len(pypdf.PdfReader(english).pages)


def test_a_receptionist_gets_no_paper_of_a_clinician(run: Run, visit: str, tmp_path: Path) -> None:
    """Nothing is written."""
    target = tmp_path / "x.pdf"
    assert run("pdf", "note", visit, "-o", str(target), user="dana")[0] == 1
    assert run("pdf", "homecare", visit, "-o", str(target), user="dana")[0] == 1
    assert not target.exists()


def test_a_written_file_is_known_again(run: Run, visit: str, tmp_path: Path) -> None:
    """By its bytes; one byte more, and it is not what left here. An intake form does not say of itself what it is."""
    target = tmp_path / "out.pdf"
    for document, verdict, changed in (
        ("intake", "intake", "unknown"), ("note", "preliminary", "altered"), ("homecare", "homecare", "altered"),
    ):  # fmt: skip
        assert run("pdf", document, visit, "-o", str(target), user="casey")[0] == 0
        code, [line], _ = run("verify-document", str(target), user="casey")
        assert (code, line["verdict"], line["visit"]) == (0, verdict, visit)
        target.write_bytes(target.read_bytes() + b" ")
        code, [line], _ = run("verify-document", str(target), user="casey")
        assert (code, line["verdict"]) == (1, changed)


def test_writing_a_note_takes_nobodys_chart(run: Run, visit: str, tmp_path: Path) -> None:
    """A script that prints at night leaves no chart in anybody's hands; what it did is on record."""
    assert run("pdf", "note", visit, "-o", str(tmp_path / "n.pdf"), user="casey")[0] == 0
    store = sign_in(Paths(data=tmp_path / "data", training=False), login="admin", password=PASSWORD, workstation="desk-1", now=NOW).store
    try:
        assert rows(store, "SELECT count(*) FROM hold") == [(0,)]
        noted = rows(store, "SELECT changes FROM audit WHERE action = 'export_document'")
    finally:
        store.close()
    sha256 = hashlib.sha256((tmp_path / "n.pdf").read_bytes()).hexdigest()
    told = {"kind": [None, "visit_note"], "target": [None, "file"], "sha256": [None, sha256], "document": [None, "1"]}
    [changes] = [json.loads(str(changes)) for (changes,) in noted]
    assert {name: change for name, change in changes.items() if name != "sealed"} == told


def rows(store: Store, statement: str) -> list[tuple[object, ...]]:
    """Return what a statement finds in the store."""
    return [tuple(row) for row in store._connection.execute(statement)]


def test_a_language_that_the_sheet_has_not_is_bad_input(run: Run, visit: str, tmp_path: Path) -> None:
    """How to say it right is told."""
    assert run("pdf", "homecare", visit, "--language", "fr", "-o", str(tmp_path / "x.pdf"), user="casey")[0] == 2
