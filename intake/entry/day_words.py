"""A day in words, in the languages of the front desk."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from intake.entry.dates import show_date

Language = Literal["en", "es"]
_MONTHS_ES: Final = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


def date_words(day: date, language: Language) -> str:
    """Return a day as "Mar 4, 2026" or "4 de marzo de 2026"."""
    return show_date(day) if language == "en" else f"{day.day} de {_MONTHS_ES[day.month - 1]} de {day.year}"
