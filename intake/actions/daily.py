"""The daily sheet of a clinic: counted, made, and recorded as it leaves."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta

from intake.actions.audit_reading import asked_days
from intake.actions.labels import Way
from intake.definitions.bundle import Definitions
from intake.domain.daily import Day, documents_of, visits_of
from intake.domain.on_time import begin_of
from intake.domain.staff import Actor, Task
from intake.errors import IntakeError, InvalidInputError, Problem
from intake.storage.store import Store


def count_day(store: Store, actor: Actor, *, day: date, location: str, definitions: Definitions, now: datetime) -> Day:
    """Return the numbers of a day at a clinic and the audit's last link. Raises InvalidInputError for a day or a clinic there is not."""
    actor.must(Task.HANDLE_REQUESTS)
    practice, zone = definitions.practice, definitions.practice.zone()
    if location not in {each.key for each in practice.locations}:
        raise InvalidInputError((Problem(field="location", code="unknown_location"),))
    asked = asked_days(day, day, zone)
    with store.steady():
        promises = store.promises.due(begin_of(day, zone), begin_of(day + timedelta(days=1), zone), location=location)
        last = store.audit.last()
        if last is None:
            raise IntakeError("not_set_up")
        return Day(
            day=day,
            location=location,
            asked_at=now,
            visits=visits_of(store.board.of_day(day, location=location)),
            documents=documents_of(promises),
            entries=store.entries.count(asked),
            refused=store.entries.refused_sign_ins(asked),
            last=last,
            check=next(iter(store.check_runs.latest()), None),
        )


def make_daily_sheet(store: Store, actor: Actor, day: date, way: Way, *, definitions: Definitions, now: datetime) -> bytes:
    """Return a clinic's daily sheet as PDF; it is recorded as leaving that way."""
    from intake.documents.daily_sheet import daily_sheet  # noqa: PLC0415 - the PDF library is read when a paper is made

    counted = count_day(store, actor, day=day, location=way.location, definitions=definitions, now=now)
    content = daily_sheet(counted, practice=definitions.practice, by=actor.staff.name, training=way.training, printed_at=now)
    changes = {
        "day": (None, day.isoformat()),
        "clinic": (None, way.location),
        "link": (None, counted.last.text()),
        "target": (None, way.target),
        "sha256": (None, hashlib.sha256(content).hexdigest()),
    }
    with store.transaction():
        store.audit.add(actor, "print_daily_sheet" if way.how == "print" else "export_daily_sheet", at=now, changes=changes)
    return content
