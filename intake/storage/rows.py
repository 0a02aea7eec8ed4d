"""Records and rows: a column is named as the field it keeps, a date is ISO text, what was not asked is NULL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, Final, Generic, TypeVar

from intake.domain.coverage import Claim, Coverage
from intake.domain.fields import Kind, described
from intake.domain.patients import Patient
from intake.domain.visits import Notices, Safety, Visit

Record = TypeVar("Record")
Value = str | None
Change = tuple[str | None, str | None]
NO_TIME: Final = datetime(1970, 1, 1, tzinfo=UTC)
"""What stands for a time that is none."""
_YEARS: Final = range(1970, 3000)
"""Within which a time can be told in any zone, and reckoned with."""


class Shape(Generic[Record]):
    """How one kind of record becomes a row: ``names`` are its described fields, which are its columns."""

    def __init__(self, kind: type[Record]) -> None:
        """Learn the fields of a kind of record."""
        plain: type = kind
        fields = described(plain, "")
        self._kind = kind
        self._dates = tuple(place for place, field in enumerate(fields) if field.about.kind is Kind.DATE)
        self.names = tuple(field.name for field in fields)

    def values(self, record: Record) -> list[Value]:
        """Return a record's values for its columns."""
        found: list[Any] = [getattr(record, name) for name in self.names]
        for place in self._dates:
            if found[place] is not None:
                found[place] = found[place].isoformat()
        return found

    def record(self, row: Iterable[Any]) -> Record:
        """Return the record that was kept as this row of its columns."""
        found = list(row)
        for place in self._dates:
            if found[place] is not None:
                found[place] = date.fromisoformat(found[place])
        return self._kind(**dict(zip(self.names, found, strict=True)))

    def changes(self, prefix: str, before: Record, after: Record) -> dict[str, Change]:
        """Return old and new value, as stored, of each field that differs, by its path."""
        both = zip(self.names, self.values(before), self.values(after), strict=True)
        return {f"{prefix}.{name}": (old, new) for name, old, new in both if old != new}


PATIENT = Shape(Patient)
VISIT = Shape(Visit)
COVERAGE = Shape(Coverage)
CLAIM = Shape(Claim)
SAFETY = Shape(Safety)
NOTICES = Shape(Notices)


def insert_sql(table: str, names: tuple[str, ...]) -> str:
    """Return the statement that adds a row; table and names come from this program, never from input."""
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 - as said above


def select_sql(table: str, names: tuple[str, ...], key: str) -> str:
    """Return the statement that reads rows by one column; table and names come from this program, never from input."""
    return f"SELECT {', '.join(names)} FROM {table} WHERE {key} = ?"  # noqa: S608 - as said above


def instant_text(moment: datetime) -> str:
    """Return an instant as stored: UTC, ISO 8601, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def instant(text: str) -> datetime:
    """Return the instant that was stored, NO_TIME for what is none: a row written by hand stops nobody who reads it."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return NO_TIME
    return found if found.tzinfo is not None and found.year in _YEARS else NO_TIME
