"""A kept value in words: the same on the screen, on paper and in a history."""

from __future__ import annotations

from datetime import date

from intake.domain.fields import Described, Kind
from intake.domain.patients import age_on
from intake.entry.dates import show_date
from intake.entry.phones import show_phone
from intake.entry.times import show_time

DOB = "patient.dob"


def shown(field: Described, value: str | date | None, on: date | None = None) -> str:
    """Return a value as words: the label of a choice, a phone, ``Mar 4, 1985``; with ``on``, a birth date tells the age.

    None is an empty text. A clinic is shown by its key: only the practice knows its name.
    """
    if value is None:
        return ""
    if isinstance(value, date):
        return _with_age(value, on) if on is not None and field.path == DOB else show_date(value)
    label = field.about.label_of(value)
    if label is not None:
        return label
    if field.about.kind is Kind.PHONE:
        return show_phone(value)
    return show_time(value) if field.about.kind is Kind.TIME else value


def _with_age(dob: date, on: date) -> str:
    """Return a birth date with the age on a day, in months for the first two years."""
    years = age_on(dob, on)
    if years >= 2:  # noqa: PLR2004 - years, from when on months are not said any more
        return f"{show_date(dob)} · {years} years"
    months = (on.year - dob.year) * 12 + on.month - dob.month - (on.day < dob.day)
    return f"{show_date(dob)} · {months} month{'' if months == 1 else 's'}"
