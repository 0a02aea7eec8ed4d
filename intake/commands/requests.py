"""``requests``: what is promised on paper, as JSON lines in the order of the clock."""

from __future__ import annotations

from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from intake.actions.requests import list_requests
from intake.commands.output import put_line
from intake.commands.session import Session, now, session
from intake.domain.requests import Filter, RequestLine, RequestState
from intake.errors import IntakeError

MOST = 100_000


def requests(options: Namespace) -> int:
    """Put one line for each request that is asked for; without a state, for each that is still owed."""
    with session(options) as desk:
        where = _where(desk, options)
        for line in list_requests(desk.store, desk.actor, where, limit=MOST, now=now()):
            put_line(_document(line, desk))
    return 0


def _where(desk: Session, options: Namespace) -> Filter:
    """Return what is asked for. Raises IntakeError ``not_a_day``, ``unknown_location``, ``unknown_document``."""
    known = desk.definitions
    if options.clinic is not None and options.clinic not in [each.key for each in known.practice.locations]:
        raise IntakeError("unknown_location")
    if options.kind is not None and options.kind not in [each.key for each in known.document_kinds.kinds]:
        raise IntakeError("unknown_document")
    return Filter(
        location=options.clinic,
        kind=options.kind,
        states=(RequestState(options.state),) if options.state else (),
        due_before=_instant(options.due_before, desk) if options.due_before else None,
    )


def _instant(text: str, desk: Session) -> datetime:
    """Return an instant given in ISO 8601, in UTC; a day, or a time without a zone, is the clinics' own."""
    try:
        given = datetime.fromisoformat(text)
        return (given if given.tzinfo else given.replace(tzinfo=desk.definitions.practice.zone())).astimezone(UTC)
    except (ValueError, OverflowError) as error:  # none, or one that is no more in the years there are where UTC is
        raise IntakeError("not_a_day") from error


def _document(line: RequestLine, desk: Session) -> dict[str, Any]:
    late = line.due_at < (line.delivered_at or now())
    return {
        "request": line.number,
        "kind": line.kind,
        "state": line.state.value,
        "mrn": line.record_number,
        "name": line.name,
        "clinic": line.location,
        "opened_at": line.opened_at.isoformat(),
        "due_at": line.due_at.isoformat(),
        "due_here": line.due_at.astimezone(desk.definitions.practice.zone()).isoformat(timespec="minutes"),
        "delivered_at": line.delivered_at.isoformat() if line.delivered_at else None,
        "late": late and line.state is not RequestState.WITHDRAWN,
        "clinician": line.clinician,
        "changed": line.changed,
        "missing": line.missing,
        "trouble": line.trouble,
    }
