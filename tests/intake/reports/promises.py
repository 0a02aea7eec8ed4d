"""Invented promises and what came of them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from intake.domain.document_kinds import DocumentKind, DocumentKinds, DueRule, Paper, Purpose, WaitsFor
from intake.domain.on_time import OnTime, Promise, on_time_of
from intake.domain.text import Text

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 28), date(2026, 11, 22)
CLINICS = ("loc.union", "loc.edison", "loc.paterson")
NAMES = {"visit_note": "Visit note", "work_note": "Work or school note", "insurer_notice": "Notice of treatment start"}
ZONE = ZoneInfo("America/New_York")


def some_kinds() -> DocumentKinds:
    """Return three kinds of document and two purposes."""
    kinds = [
        DocumentKind(key=key, name=Text(en=name, es=name), paper=Paper.LETTER, waits_for=WaitsFor.NOTHING, due=DueRule(hours=24))
        for key, name in NAMES.items()
    ]
    purposes = (
        Purpose(key="legal", name=Text(en="Court or legal proceeding", es="Proceso legal"), accountable=True, source="45 CFR"),
        Purpose(key="other", name=Text(en="Other", es="Otro"), accountable=True, source="45 CFR"),
    )
    return DocumentKinds(version="test-1", kinds=tuple(kinds), purposes=purposes)


def promises(count: int, *, seed: int = 7, first: date = FIRST, last: date = LAST) -> Iterator[Promise]:
    """Yield requests due within the period: most on time, some late, owed, withdrawn or not due yet."""
    chance = random.Random(seed)
    begin = datetime.combine(first, datetime.min.time(), ZONE).astimezone(UTC)
    span = ((last - first).days + 1) * 86400
    for _ in range(count):
        due = begin + timedelta(seconds=chance.randrange(span - 3600))
        hours = 24 if chance.random() < 0.9 else 504
        opened = due - timedelta(hours=hours)
        fate = chance.random()
        delivered = None
        if fate < 0.9:
            delivered = opened + timedelta(hours=hours * chance.uniform(0.1, 0.99))
        elif fate < 0.95:
            delivered = due + timedelta(minutes=chance.randrange(1, 3000))
        if delivered and delivered > NOW:
            delivered = None
        yield Promise(chance.choice(CLINICS), chance.choice(list(NAMES)), fate > 0.98, opened, due, delivered)


def a_report(count: int = 400, *, location: str | None = None, first: date = FIRST, last: date = LAST, seed: int = 7) -> OnTime:
    """Return a report on invented requests."""
    found = promises(count, first=first, last=last, seed=seed)
    return on_time_of(
        (each for each in found if location in (None, each.location)),
        first=first,
        last=last,
        zone=ZONE,
        location=location,
        now=NOW,
        clinics=CLINICS,
        kinds=tuple(NAMES),
    )
