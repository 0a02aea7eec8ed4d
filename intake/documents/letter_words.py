"""What a letter says around its own words, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intake.documents.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterWords:
    """The words on a letter that are neither its template's nor a person's."""

    phone: str
    fax: str
    document: str
    signed_by: str
    clinician: str
    electronic: str
    fingerprint: str
    unsigned: str
    sign_here: str
    name_and_title: str
    date: str
    preliminary: str
    incomplete: str


WORDS: Final[dict[Language, LetterWords]] = {
    "en": LetterWords(
        phone="Phone",
        fax="Fax",
        document="Document",
        signed_by="Signed by",
        clinician="clinician",
        electronic="Signed in the record with the signer's own password.",
        fingerprint="fingerprint",
        unsigned="No clinician has signed this letter yet.",
        sign_here="Signature",
        name_and_title="name and title",
        date="Date",
        preliminary="PRELIMINARY – not signed",
        incomplete="INCOMPLETE – not to be given out",
    ),
    "es": LetterWords(
        phone="Teléfono",
        fax="Fax",
        document="Documento",
        signed_by="Firmado por",
        clinician="profesional clínico",
        electronic="Firmado en el expediente con la contraseña propia de quien firma.",
        fingerprint="huella digital",
        unsigned="Ningún profesional clínico ha firmado esta carta todavía.",
        sign_here="Firma",
        name_and_title="nombre y cargo",
        date="Fecha",
        preliminary="PRELIMINAR – sin firma",
        incomplete="INCOMPLETA – no se debe entregar",
    ),
}
