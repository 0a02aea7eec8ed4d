"""What the papers are called, what each is for, and the letter that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from intake.actions.patient_papers import Kind

FOR_NOBODY: Final[tuple[Kind, ...]] = ("blank", "fillable")
"""Forms that are of use without a patient."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperWords:
    """A paper's name, what it holds for a patient, what it holds for nobody yet, and the key its settings are kept under."""

    name: str
    held: str
    empty: str = ""
    printing: str


WORDS: Final[dict[Kind, PaperWords]] = {
    "labels": PaperWords(
        name=str(QT_TRANSLATE_NOOP("Papers", "Labels")),
        held=str(QT_TRANSLATE_NOOP("Papers", "name, birth date, record number")),
        printing="labels",
    ),
    "addresses": PaperWords(
        name=str(QT_TRANSLATE_NOOP("Papers", "Address labels")),
        held=str(QT_TRANSLATE_NOOP("Papers", "name and address, nothing else")),
        printing="labels",
    ),
    "envelope": PaperWords(
        name=str(QT_TRANSLATE_NOOP("Papers", "Envelope")),
        held=str(QT_TRANSLATE_NOOP("Papers", "to the patient, from this clinic")),
        printing="envelope",
    ),
    "blank": PaperWords(
        name=str(QT_TRANSLATE_NOOP("Papers", "Intake form on paper")),
        held=str(QT_TRANSLATE_NOOP("Papers", "what is known of the patient filled in")),
        empty=str(QT_TRANSLATE_NOOP("Papers", "to write on, for anybody")),
        printing="blank_form",
    ),
    "fillable": PaperWords(
        name=str(QT_TRANSLATE_NOOP("Papers", "Fillable intake form")),
        held=str(QT_TRANSLATE_NOOP("Papers", "a PDF for home; what is known filled in")),
        empty=str(QT_TRANSLATE_NOOP("Papers", "a PDF for home, for anybody")),
        printing="blank_form",
    ),
    "accounting": PaperWords(
        name=str(QT_TRANSLATE_NOOP("Papers", "Accounting of disclosures")),
        held=str(QT_TRANSLATE_NOOP("Papers", "to whom the record was told in six years")),
        printing="accounting",
    ),
}


def said(text: str) -> str:
    """Return words of these papers in the language of the window."""
    return QCoreApplication.translate("Papers", text)
