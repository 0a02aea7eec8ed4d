"""``report on-time``: how many promised documents were handed over in time, as a paper or as a table."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Final, Literal

from intake.actions.on_time import note_on_time, on_time
from intake.commands.output import put_line
from intake.commands.session import Session, now, session
from intake.commands.writing import replacing
from intake.domain.on_time import OnTime
from intake.errors import IntakeError

FORMS: Final[dict[str, Literal["pdf", "csv"]]] = {".pdf": "pdf", ".csv": "csv"}


def report(options: Namespace) -> int:
    """Write the report in the form that the file's name ends with, and put one line."""
    if options.report == "access":
        from intake.commands.audit import access  # noqa: PLC0415 - a command loads only what it needs

        return access(options)
    target = Path(options.output)
    form = FORMS.get(target.suffix.lower())
    if form is None:
        raise IntakeError("report_form")
    first, last = day_of(options.first), day_of(options.last)
    with session(options) as desk:
        counted = on_time(
            desk.store, desk.actor, first=first, last=last, location=options.clinic, definitions=desk.definitions, now=now()
        )  # fmt: skip
        content = _pdf(desk, counted) if form == "pdf" else _csv(desk, counted)
        with replacing(target, content):
            note_on_time(desk.store, desk.actor, counted, form=form, now=now())
    total = counted.total
    put_line({"file": options.output, "due": total.due, "on_time": total.on_time, "share": total.share, "bytes": len(content)})
    return 0


def _pdf(desk: Session, counted: OnTime) -> bytes:
    from intake.documents.on_time_report import on_time_report  # noqa: PLC0415 - a table needs no paper

    return on_time_report(
        counted,
        practice=desk.definitions.practice,
        kinds=_names(desk),
        by=desk.actor.staff.name,
        training=desk.paths.training,
        printed_at=now(),
    )


def _csv(desk: Session, counted: OnTime) -> bytes:
    from intake.interop.on_time import on_time_csv  # noqa: PLC0415 - a paper needs no table

    return on_time_csv(counted, practice=desk.definitions.practice, kinds=_names(desk))


def _names(desk: Session) -> dict[str, str]:
    return {kind.key: kind.name.en for kind in desk.definitions.document_kinds.kinds}


def day_of(text: str) -> date:
    """Return a day given as ISO text. Raises IntakeError ``not_a_day``."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise IntakeError("not_a_day") from error
