"""What the home-care sheet says around its advice, in both languages, and its two sizes of type."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intake.documents import style
from intake.documents.text import Style
from intake.documents.words import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWords:
    """The words of the sheet that are not advice."""

    record: str
    born: str
    visit: str
    phone: str
    clinician: str
    added: str
    foot: str
    sheet: str
    preliminary: str
    not_asked: str


WORDS: Final[dict[Language, SheetWords]] = {
    "en": SheetWords(
        record="Record",
        born="born",
        visit="Visit of",
        phone="Phone",
        clinician="Your clinician",
        added="Your clinician added",
        foot="Advice for home. Do what your clinician told you.",
        sheet="Home-care sheet",
        preliminary="PRELIMINARY – not signed",
        not_asked="not asked",
    ),
    "es": SheetWords(
        record="Expediente",
        born="fecha de nacimiento",
        visit="Visita del",
        phone="Teléfono",
        clinician="Su médico",
        added="Su médico agregó",
        foot="Consejos para la casa. Haga lo que le dijo su médico.",
        sheet="Hoja de cuidados",
        preliminary="PRELIMINAR – sin firma",
        not_asked="no se preguntó",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The sizes of a sheet: everything that is to be read at home is set in ``body`` or larger."""

    practice: Style
    title: Style
    heading: Style
    heading_ink: Style
    body: Style
    strong: Style
    fact: Style
    small: Style
    foot: tuple[Style, Style]
    indent: float
    gap: float

    @classmethod
    def usual(cls) -> tuple[Scale, ...]:
        """Return the sizes that most people read with ease, the best first: the first that needs one page is taken."""
        return tuple(cls.of(body=body, heading=body + 2, title=20, small=9, gap=body - 2) for body in (12, 11.5, 11, 10.5))

    @classmethod
    def large(cls) -> Scale:
        """Return large print: 18 points and more. Source: American Printing House for the Blind, guidelines for large print."""
        return cls.of(body=18, heading=22, title=28, small=18, gap=16)

    @classmethod
    def of(cls, *, body: float, heading: float, title: float, small: float, gap: float) -> Scale:
        """Return the styles of these sizes in points."""
        foot = max(small * 0.6, 8)
        return cls(
            practice=Style(size_pt=max(heading, 16), weight=600, color=style.ACCENT, leading_pt=max(heading, 16) * 1.25),
            title=Style(size_pt=title, weight=600, color=style.INK, leading_pt=title * 1.7),
            heading=Style(size_pt=heading, weight=600, color=style.ACCENT, leading_pt=heading * 1.45),
            heading_ink=Style(size_pt=heading, weight=600, color=style.INK, leading_pt=heading * 1.45),
            body=Style(size_pt=body, color=style.INK, leading_pt=body * 1.35),
            strong=Style(size_pt=body, weight=600, color=style.INK, leading_pt=body * 1.35),
            fact=Style(size_pt=max(small, body * 0.85), color=style.INK, leading_pt=max(small, body * 0.85) * 1.35),
            small=Style(size_pt=small, color=style.MUTED, leading_pt=small * 1.3),
            foot=(
                Style(size_pt=foot, weight=600, color=style.INK, leading_pt=foot * 1.35),
                Style(size_pt=foot, color=style.MUTED, leading_pt=foot * 1.35),
            ),
            indent=body * 1.2,
            gap=gap,
        )
