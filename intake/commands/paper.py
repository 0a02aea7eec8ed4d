"""``pdf intake``: a visit's intake form as a file that only its owner can read."""

from __future__ import annotations

import os
import secrets
from argparse import Namespace
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from intake.actions.printing import note_document
from intake.actions.visits import open_visit
from intake.commands.output import put_line
from intake.commands.session import now, session
from intake.documents.intake_form import intake_form
from intake.errors import IntakeError


def pdf(options: Namespace) -> int:
    """Write the form, put one line, and record that it left the program."""
    with session(options) as desk:
        record = open_visit(desk.store, desk.actor, options.visit, definitions=desk.definitions, now=now())
        page = intake_form(
            record,
            practice=desk.definitions.practice,
            checklist=desk.definitions.checklists[record.checklist_version],
            regions=desk.definitions.region_sets[record.regions_version],
            training=desk.paths.training,
            printed_at=now(),
        )
        with _replacing(Path(options.output), page):
            note_document(desk.store, desk.actor, visit_id=record.id, how="pdf", target="file", now=now())
    put_line({"file": options.output, "mrn": record.patient.number, "visit": record.number, "bytes": len(page)})
    return 0


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
