"""What leaves as a file is safe to open: a table calculates nothing, a PDF does nothing, whatever was typed into the record."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from intake.actions.access import sign_in
from intake.actions.accounts import add_staff
from intake.actions.audit_reading import export_audit
from intake.actions.sample_papers import PAPERS, sample_paper
from intake.cli import DOCUMENTS
from intake.definitions.bundle import Definitions
from intake.domain.audit import Asked
from intake.domain.staff import Actor, Role
from intake.paths import Paths
from intake.storage.store import Store
from tests.factories import NOW, a_patient, a_visit, an_intake, save
from tests.intake.cli_desk import PASSWORD, Run, write
from tests.intake.conftest import run

__all__ = ["run"]
ROOT = Path(__file__).resolve().parents[2]
HARM = "=HYPERLINK(1) <script>alert(1)</script> ) /OpenAction << /S /JavaScript /JS (app.alert(1)) >> ("
ACTIVE = {
    "/JS", "/JavaScript", "/AA", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/URI", "/RichMedia", "/EmbeddedFile",
    "/EmbeddedFiles", "/XFA", "/Rendition", "/Sound", "/Movie", "/Hide", "/OpenAction",
}  # fmt: skip
"""Keys and kinds of what a PDF can have done to whoever opens it. Source: ISO 32000-2, 12.6.4."""
WRITERS = re.compile(rb"csv|openpyxl|xlsxwriter")
CALCULATED = ("=", "+", "-", "@", "\t", "\r")
OF_A_PATIENT = ("records", "labels", "envelope", "accounting")
OF_A_CLINICIAN = ("note", "homecare", "records")
WITHOUT_NUMBER = ("blank", "fillable", "daily")


def names_in(pdf: bytes) -> Iterator[str]:
    """Yield every key and every name of every object of a PDF."""
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    waiting: list[object] = [reader.trailer]
    seen: set[int] = set()
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum not in seen:
                seen.add(each.idnum)
                waiting.append(each.get_object())
        elif isinstance(each, DictionaryObject):
            yield from each
            waiting += list(each.values())
        elif isinstance(each, ArrayObject):
            waiting += list(each)
        elif isinstance(each, str) and each.startswith("/"):
            yield each


def does_nothing(pdf: bytes) -> bool:
    """Tell whether a PDF is one, and has nothing in it that runs, opens or sends."""
    return pdf.startswith(b"%PDF-") and not ACTIVE & set(names_in(pdf))


@pytest.fixture
def visit(run: Run, tmp_path: Path) -> tuple[str, str]:
    """Return the numbers of a visit and of its patient, with harm typed into every field that takes a sentence."""
    patient = {"legal_last": "=Sample", "legal_first": HARM[:60], "preferred_name": "@Ana", "line1": HARM, "emergency_name": HARM[:60]}
    line = run("add", write(tmp_path / "one.json", patient=patient, visit={"reason": HARM}))[1][0]
    paths = Paths(data=tmp_path / "data", training=False)
    signed_in = sign_in(paths, login="admin", password=PASSWORD, workstation="desk-1", now=NOW)
    add_staff(signed_in.store, signed_in.actor, login="casey", name="Casey =1+1", role=Role.CLINICIAN, password=PASSWORD, now=NOW)
    signed_in.store.close()
    return line["visit"], line["mrn"]


def test_no_pdf_does_anything_when_it_is_opened(run: Run, visit: tuple[str, str], tmp_path: Path) -> None:
    """Every document of the command line; the form to fill in has fields and nothing behind them."""
    target = tmp_path / "out.pdf"
    for document in (each for each in DOCUMENTS if each != "letter"):
        number = [] if document in WITHOUT_NUMBER else [visit[document in OF_A_PATIENT]]
        more = {"labels": ["--sheet", "letter-3x10"], "envelope": ["--sheet", "envelope-10"]}.get(document, [])
        code, _, said = run("pdf", document, *number, *more, "-o", str(target), user="casey" if document in OF_A_CLINICIAN else "admin")
        assert code == 0, (document, said)
        assert does_nothing(target.read_bytes()), document


@pytest.mark.parametrize("paper", PAPERS)
def test_no_sample_of_a_paper_does_anything(definitions: Definitions, paper: str) -> None:
    """The letters and reports among them."""
    known = next(each for each in PAPERS if each == paper)
    assert does_nothing(sample_paper(known, definitions, location="loc.edison", printed_at=NOW))


@pytest.mark.parametrize("harm", [{"/OpenAction": {"/S": "/JavaScript"}}, {"/Names": {"/EmbeddedFiles": {}}}])
def test_what_a_pdf_could_do_is_found(harm: dict[str, dict[str, object]]) -> None:
    """An action at opening, a file inside."""
    writer = pypdf.PdfWriter()
    writer.add_blank_page(612, 792)
    for key, value in harm.items():
        inner = DictionaryObject({pypdf.generic.NameObject(name): pypdf.generic.NameObject("/JavaScript") for name in value})
        writer.root_object[pypdf.generic.NameObject(key)] = inner
    file = io.BytesIO()
    writer.write(file)
    assert not does_nothing(file.getvalue())


def test_no_cell_of_the_exported_audit_is_a_formula(store: Store, admin: Actor, definitions: Definitions) -> None:
    """Whoever and whatever it names."""
    patient = a_patient(legal_last="=Sample", legal_first="+Ana", line1="@SUM(A1)")
    save(store, admin, definitions, intake=an_intake(definitions, patient=patient, visit=a_visit(reason="=1+1")))
    content = export_audit(store, admin, Asked(), form="csv", zone=ZoneInfo("America/New_York"), now=NOW)
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    assert len(cells) > 10
    assert [cell for cell in cells if cell.lstrip().startswith(CALCULATED) and not cell.lstrip("-").replace(".", "").isdigit()] == []


@pytest.mark.parametrize("folder", ["intake", "ui"])
def test_every_table_is_written_by_the_one_writer_that_makes_cells_harmless(folder: str) -> None:
    """Nobody else writes CSV, so what is proven of it is true of every export."""
    found = set()
    for source in (ROOT / folder).rglob("*.py"):
        text = source.read_bytes()
        for node in ast.walk(ast.parse(text)) if WRITERS.search(text) else ():
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {source.relative_to(ROOT).as_posix() for name in names if name in ("csv", "openpyxl", "xlsxwriter")}
    assert found <= {"intake/interop/tables.py"}
