"""What the form says around its questions, in both languages, and the sizes it is set in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intake.documents import style
from intake.documents.text import Style
from intake.documents.words import Language

BODY: Final = Style(size_pt=10.5, color=style.INK, leading_pt=12.5)
STRONG: Final = Style(size_pt=10.5, weight=600, color=style.INK, leading_pt=12.5)
QUIET: Final = Style(size_pt=10.5, color=style.MUTED, leading_pt=12.5)
WRITTEN: Final = Style(size_pt=11, weight=600, color=style.INK, leading_pt=14)
HEADING: Final = Style(size_pt=13, weight=600, color=style.ACCENT, leading_pt=18)
TITLE: Final = Style(size_pt=18, weight=600, color=style.INK, leading_pt=24)
REACH: Final = Style(size_pt=9, color=style.MUTED, leading_pt=12)
FOOT: Final = (
    Style(size_pt=8, weight=600, color=style.INK, leading_pt=10.5),
    Style(size_pt=8, color=style.MUTED, leading_pt=10.5),
)
LINE: Final = 18.0
"""From one line to write on to the next."""
BOX: Final = 11.0
BOX_ROW: Final = 16.5
"""From one row of boxes to the next."""
INDENT: Final = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWords:
    """The words of the form that are neither a question nor an answer; ``%1`` is an answer."""

    form: str
    language: str
    phone: str
    name: str
    born: str
    record: str
    if_yes: str
    if_yes_above: str
    if_marked: str
    date: str
    signature: str
    signed_on: str
    letters: str


WORDS: Final[dict[Language, FormWords]] = {
    "en": FormWords(
        form="Form",
        language="English",
        phone="Phone",
        name="Patient’s name",
        born="Date of birth",
        record="Record",
        if_yes="If yes:",
        if_yes_above="If yes, here or in the row above:",
        if_marked="If “%1”:",
        date="month / day / year",
        signature="Signature of the patient or responsible adult",
        signed_on="Date",
        letters="Letters:",
    ),
    "es": FormWords(
        form="Formulario",
        language="Español",
        phone="Teléfono",
        name="Nombre del paciente",
        born="Fecha de nacimiento",
        record="Expediente",
        if_yes="Si marcó “Sí”:",
        if_yes_above="Si marcó “Sí”, aquí o en la fila de arriba:",
        if_marked="Si marcó “%1”:",
        date="mes / día / año",
        signature="Firma del paciente o del adulto responsable",
        signed_on="Fecha",
        letters="Letras:",
    ),
}
