"""The tour is the demonstration and the acceptance test in one: here it is played, and what it leaves is looked at."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QImage

from intake.domain.canonical import short
from tests.intake.printing.print_server import PrintServer, cupsd, running
from ui.tour import written
from ui.tour.filling import EMPTY_FORM, FILLED, FILLED_FORM, LAST_NAME
from ui.tour.patient import TYPED
from ui.tour.print_desk import ON_TIME_PAPER, PRINTED
from ui.tour.promises import LIMITS

ROOT = Path(__file__).resolve().parents[2]
LARGE_POINTS = 14.0
REVIEW = (
    "tell-a-clinician", "called", "review", "chart", "acknowledging", "acknowledged", "correcting", "snippet", "examination", "code",
    "plan", "ready-to-sign", "signing", "wrong-password", "signed", "addendum", "addendum-signed", "visit-note", "home-care",
    "next-chart", "signed-list", "today-signed", "verified", "what-changed",
)  # fmt: skip
"""What is photographed of the review, in its order."""
PRINT_DESK = (
    "documents", "new-request", "letter", "form-imported", "patient-mode", "handback", "documents-ready", "documents-overdue",
    "print-run", "hand-over", "handed-over", "on-time",
)  # fmt: skip
"""What is photographed of the print desk, in its order."""
TRUST = ("locked", "lock-refused", "unlocked", "settings", "backup-folder", "backup-proven", "audit", "access-report")
"""What is photographed of the lock, the backup and the audit, in its order."""
QUEUE = "Front-desk"
NO_SERVER = "127.0.0.1:9"
"""Where no print service answers: the tour of a test never reaches a real printer."""


@pytest.fixture(scope="module")
def queue() -> Iterator[PrintServer | None]:
    """Run a print service with one queue, where this system has the programs for it; yield None where it has not."""
    if cupsd() is None:
        yield None
        return
    with running() as server:
        server.add(QUEUE, backend="keeps")
        server.tell("lpadmin", "-d", QUEUE)
        yield server


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory, queue: PrintServer | None) -> Path:
    """Play the whole tour once in a process of its own and return its folder."""
    out = tmp_path_factory.mktemp("tour")
    command = [sys.executable, "main.py", "tour", str(out), *([QUEUE] if queue else [])]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "CUPS_SERVER": queue.address if queue else NO_SERVER}
    played = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=900)
    assert played.returncode == 0, played.stdout + played.stderr
    return out


def test_the_tour_says_that_every_step_did_what_it_should(toured: Path) -> None:
    """A tour that stumbles must not look like one that did not."""
    report = (toured / "report.txt").read_text(encoding="utf-8")
    assert "every step did what it should" in report
    assert re.search(r"keystrokes of a complete new-patient intake, checklist and drawing included: \d+", report)
    assert re.search(r"keystrokes of the review, from opening the chart to the signature: \d+", report)


def test_each_step_is_photographed_in_light_in_dark_and_at_200_percent(toured: Path) -> None:
    """A picture that is missing, empty or the same in both themes shows nothing."""
    light = sorted(each for each in toured.glob("*.png") if not each.stem.endswith(("-dark", "-200")))
    assert len(light) >= 15
    for each in light:
        usual, dark, large = (QImage(str(each.with_stem(each.stem + end))) for end in ("", "-dark", "-200"))
        assert (usual.width(), large.width()) == (1440, 2048)
        assert usual.pixelColor(4, 400).lightness() > dark.pixelColor(4, 400).lightness()


def test_the_review_is_photographed_from_the_call_to_the_visit_after(toured: Path) -> None:
    """A step of the review that is not in the pictures was not shown to anybody."""
    light = sorted(each.stem for each in toured.glob("*.png") if not each.stem.endswith(("-dark", "-200")))
    taken = [stem.partition("-")[2] for stem in light]
    assert [name for name in taken if name in REVIEW] == list(REVIEW)


def test_lock_backup_and_audit_are_photographed_and_the_backup_is_whole(toured: Path) -> None:
    """What the tour leaves in the backup's folder is a store, its keys and what it should hold."""
    taken = [each.stem.partition("-")[2] for each in sorted(toured.glob("*.png")) if not each.stem.endswith(("-dark", "-200"))]
    assert [name for name in taken if name in TRUST] == list(TRUST)
    [manifest] = toured.glob("backups/*/*/manifest.json")
    assert {path.name for path in manifest.parent.iterdir()} >= {"store.db", "keys.json"}


def test_the_paper_of_the_tour_carries_what_was_typed(toured: Path) -> None:
    """What the receptionist typed is what the patient signs."""
    reader = PdfReader(toured / "intake-new-patient.pdf")
    text = words_of(reader)
    for path in ("patient.legal_last", "patient.legal_first", "patient.line1", "visit.reason", "visit.safety.medications"):
        assert TYPED[path] in text
    assert "Mar 4, 1985" in text
    assert f"Page {len(reader.pages)} of {len(reader.pages)}" in text
    assert "TRAINING" in text


def test_the_visit_note_of_the_tour_carries_what_the_clinician_wrote_and_signed(toured: Path) -> None:
    """The note that is handed out says who signed it, what stands in it and what was added, and names itself."""
    reader = PdfReader(toured / "visit-note.pdf")
    text = words_of(reader)
    assert f"{TYPED['patient.legal_last']}, {TYPED['patient.legal_first']}" in text
    for words in (*written.PLAN.values(), *written.HISTORY[1], *written.EXAMINATION[1], written.IMPRESSION, written.CORRECTION_REASON):
        assert words in text
    assert f"{written.CODE} Cervicalgia" in text
    assert f"Neck Disability Index: {written.NDI} points of 50" in text
    assert written.DONE_ABOUT_PROMPT["RF-MYE-1"] in text
    assert (written.ADDENDUM in text, written.ADDENDUM_REASON in text) == (True, True)
    assert "Signed by Casey Clinic, clinician" in text
    assert "PRELIMINARY" not in text


def test_the_number_and_fingerprint_on_the_note_are_those_of_its_keywords(toured: Path) -> None:
    """Paper and file name the same signed record: the second version, for an addendum followed the signature."""
    reader = PdfReader(toured / "visit-note.pdf")
    text = words_of(reader)
    named = re.match(r"intake-desk note (V-\d{6}-\d/N2) ([0-9a-f]{64}) ", str(reader.metadata and reader.metadata["/Keywords"]))
    assert named is not None
    number, fingerprint = named.groups()
    assert f"Document {number} · fingerprint {short(fingerprint)}" in text
    assert f"SHA-256 {fingerprint}" in text


def test_the_home_care_sheet_of_the_tour_is_in_spanish_and_in_large_print(toured: Path) -> None:
    """The patient speaks Spanish and reads large print: every part of the chosen plan is there, at 14 points or more."""
    reader = PdfReader(toured / "home-care-es.pdf")
    text = words_of(reader)
    for words in ("Cómo cuidar su cuello en casa", "Calor", "Cuándo llamar al 911", TYPED["patient.legal_last"]):
        assert words in text
    sizes: list[float] = []

    def note(words: str, _of_page: object, matrix: list[float], _font: object, size: float) -> None:
        if words.strip().startswith("La mayoría de los espasmos"):
            sizes.append(size * abs(matrix[3]))

    reader.pages[0].extract_text(visitor_text=note)
    assert sizes
    assert min(sizes) >= LARGE_POINTS


def test_the_print_desk_is_photographed_from_the_promise_to_the_report(toured: Path) -> None:
    """A step of the print desk that is not in the pictures was not shown to anybody."""
    light = sorted(each.stem for each in toured.glob("*.png") if not each.stem.endswith(("-dark", "-200")))
    taken = [stem.partition("-")[2] for stem in light]
    assert [name for name in taken if name in PRINT_DESK] == list(PRINT_DESK)


def test_the_run_of_the_tour_prints_everything_that_was_promised(toured: Path) -> None:
    """With what was ready before; the letter says what the patient agreed to tell, signed; no paper of the run is preliminary."""
    papers = [words_of(PdfReader(path)) for path in sorted(toured.glob("printed-*.pdf"))]
    assert not any("PRELIM" in text for text in papers)
    hers = [text for text in papers if TYPED["patient.legal_last"] in text]
    assert len(hers) == len(PRINTED)
    (letter,) = (text for text in hers if "Nota para el trabajo o la escuela" in text)
    assert LIMITS in letter
    assert TYPED["visit.reason"] not in letter
    assert "Firmado por Casey Clinic" in letter


def test_the_papers_of_the_run_come_out_of_a_real_queue(toured: Path, queue: PrintServer | None) -> None:
    """Each paper of the run and the copy is one job of the queue, with all of its pages; without a print service the report says so."""
    report = (toured / "report.txt").read_text(encoding="utf-8")
    if queue is None:
        assert "printed into files only" in report
        return
    sent = [*sorted(toured.glob("printed-*.pdf")), *sorted(toured.glob("copy-*.pdf"))]
    pages = [[len(PdfReader(path).pages) for path in paths] for paths in (sent, queue.kept(QUEUE))]
    assert pages[0] == pages[1]
    assert f"printed on {QUEUE}" in report


def test_the_reprint_of_the_tour_is_marked_as_a_copy_on_every_page(toured: Path) -> None:
    """It is the note that left before, and cannot be taken for it."""
    reader = PdfReader(toured / "copy-01.pdf")
    note = PdfReader(toured / "visit-note.pdf")
    assert len(reader.pages) == len(note.pages)
    assert all("COPY" in page.extract_text() for page in reader.pages)
    assert not any("COPY" in page.extract_text() for page in note.pages)
    assert written.IMPRESSION in words_of(reader)


def test_the_form_of_the_tour_is_empty_before_and_filled_in_after(toured: Path) -> None:
    """The patient's answers stand in the second file only, and the import told of every one."""
    empty, filled = (PdfReader(toured / name).get_fields() or {} for name in (EMPTY_FORM, FILLED_FORM))
    assert empty.keys() == filled.keys()
    assert LAST_NAME not in {field.value for field in empty.values()}
    assert LAST_NAME in {field.value for field in filled.values()}
    assert f"imported, each to be confirmed: {len(FILLED)}" in (toured / "report.txt").read_text(encoding="utf-8")


def test_the_on_time_report_of_the_tour_says_that_documents_were_late(toured: Path) -> None:
    """Hers left an hour after they were due."""
    text = words_of(PdfReader(toured / ON_TIME_PAPER))
    assert "On-time report" in text
    assert "Work or school note" in text
    assert "25.0" in text


def test_a_tour_that_cannot_write_its_pictures_fails(tmp_path: Path) -> None:
    """The exit code is what a build looks at."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder", encoding="utf-8")
    command = [sys.executable, "main.py", "tour", str(blocked)]
    played = subprocess.run(
        command, cwd=ROOT, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False, timeout=120
    )
    assert played.returncode != 0


def words_of(reader: PdfReader) -> str:
    """Return all words of a paper, a space between any two."""
    return " ".join("\n".join(page.extract_text() for page in reader.pages).split())
