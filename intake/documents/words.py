"""Dates and times as the clinic says them, and what every page says, in the languages of the front desk."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from intake.entry.dates import show_date
from intake.entry.day_words import Language, date_words
from intake.entry.times import show_time

__all__ = ["PAGES", "PRINTED", "TRAINING", "Language", "date_words", "day_words", "moment_in", "moment_words", "time_words"]

PAGES: Final = {"en": "Page %1 of %2", "es": "Página %1 de %2"}
PRINTED: Final = {"en": "printed", "es": "impreso el"}
TRAINING: Final = {"en": "TRAINING – not a real patient", "es": "PRUEBA – no es un paciente real"}


def time_words(instant: datetime) -> str:
    """Return a local time as "9:42 AM"."""
    return show_time(f"{instant:%H:%M}")


def moment_words(instant: datetime) -> str:
    """Return a local instant as "Mar 4, 2026, 9:42 AM"."""
    return f"{show_date(instant.date())}, {time_words(instant)}"


def day_words(text: str) -> str:
    """Return a whole or partial ISO date as words: "Mar 4, 1985", "Mar 1985", "1985"."""
    year, *rest = (int(part) for part in text.split("-"))
    match rest:
        case [month, day]:
            return show_date(date(year, month, day))
        case [month]:
            return show_date(date(year, month, 1)).replace(" 1,", "")
        case _:
            return str(year)


def moment_in(instant: datetime, language: Language) -> str:
    """Return a local instant in a language: "Mar 4, 2026, 9:42 AM", "4 de marzo de 2026, 9:42 a. m."."""
    if language == "en":
        return moment_words(instant)
    clock = time_words(instant).replace("AM", "a. m.").replace("PM", "p. m.")
    return f"{date_words(instant.date(), language)}, {clock}"
