"""``pdf``: a visit's intake form, note or home-care sheet as a file that only its owner can read."""

from __future__ import annotations

import hashlib
import os
import secrets
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from intake.actions.charts import read_chart
from intake.actions.printing import note_document
from intake.actions.visits import open_visit
from intake.commands.output import put_line
from intake.commands.session import Session, now, session
from intake.domain.records import VisitRecord
from intake.domain.staff import Task
from intake.errors import IntakeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document made now: of which visit, its bytes, and of a note the version."""

    visit: VisitRecord
    content: bytes
    version: int = 0


def pdf(options: Namespace) -> int:
    """Write the document, put one line, and record that it left the program."""
    with session(options) as desk:
        paper = _intake(desk, options) if options.document == "intake" else _of_chart(desk, options)
        known_by = hashlib.sha256(paper.content).hexdigest()
        with _replacing(Path(options.output), paper.content):
            note_document(
                desk.store,
                desk.actor,
                visit_id=paper.visit.id,
                how="pdf",
                target="file",
                kind=options.document,
                sha256=known_by,
                version=paper.version,
                now=now(),
            )
    told = {"file": options.output, "mrn": paper.visit.patient.number, "visit": paper.visit.number, "bytes": len(paper.content)}
    put_line(told if options.document == "intake" else {**told, "version": paper.version})
    return 0


def _intake(desk: Session, options: Namespace) -> Paper:
    from intake.documents.intake_form import intake_form  # noqa: PLC0415 - a command loads only what it needs

    record = open_visit(desk.store, desk.actor, options.visit, definitions=desk.definitions, now=now())
    content = intake_form(
        record,
        practice=desk.definitions.practice,
        checklist=desk.definitions.checklists[record.checklist_version],
        regions=desk.definitions.region_sets[record.regions_version],
        training=desk.paths.training,
        printed_at=now(),
    )
    return Paper(visit=record, content=content)


def _of_chart(desk: Session, options: Namespace) -> Paper:
    """Make a note or a home-care sheet; nobody's chart is taken in hand for that."""
    from intake.documents.issuing import home_care_of_chart, note_of_chart, version_of  # noqa: PLC0415 - as above

    desk.actor.must(Task.PRINT_NOTE)
    chart = read_chart(desk.store, desk.actor, options.visit, definitions=desk.definitions, now=now())
    training, printed_at = desk.paths.training, now()
    if options.document == "note":
        content = note_of_chart(chart, desk.definitions, training=training, printed_at=printed_at)
    else:
        language = options.language
        content = home_care_of_chart(
            chart, desk.definitions, language=language, large=options.large, training=training, printed_at=printed_at
        )
    return Paper(visit=chart.visit, content=content, version=version_of(chart))


@contextmanager
def _replacing(target: Path, content: bytes) -> Generator[None]:
    """Write beside the target, and put it in place whole when the block ends well.

    Raises IntakeError ``cannot_write_file``; then the target is as it was.
    """
    unfinished, descriptor = _begin(target)
    try:
        _write(descriptor, content)
        yield
        _move(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)


def _begin(target: Path) -> tuple[Path, int]:
    """Make the file beside the target that only its owner can read, and return it with its descriptor."""
    try:
        if target.exists() and not target.is_file():
            raise IntakeError("cannot_write_file")  # moving onto a device or a pipe would take it away
        unfinished = target.with_name(f".{secrets.token_hex(8)}.new")
        return unfinished, os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, ValueError) as error:
        raise IntakeError("cannot_write_file") from error


def _write(descriptor: int, content: bytes) -> None:
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise IntakeError("cannot_write_file") from error


def _move(unfinished: Path, target: Path) -> None:
    try:
        unfinished.replace(target)
    except OSError as error:
        raise IntakeError("cannot_write_file") from error
