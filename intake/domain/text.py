"""Words a patient hears, in the languages of the front desk."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One wording in English and in Spanish."""

    en: str
    es: str

    def in_language(self, language: str) -> str:
        """Return the wording for a language tag (``es``, ``es-MX``); English for every language that is not Spanish."""
        return self.es if language.partition("-")[0].partition("_")[0].lower() == "es" else self.en
