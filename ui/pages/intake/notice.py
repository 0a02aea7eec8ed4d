"""The day by which the auto insurer must have its notice, said where the accident is asked about."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from intake.domain.coverage import Claim, notice_due
from intake.entry.dates import show_date
from ui.pages.intake.document import IntakeDocument

VISIT_TYPE = "visit.visit_type"
ACCIDENT = "visit.claim.accident_date"
FIRST_TREATMENT = "visit.claim.first_treatment"
DECIDERS = (ACCIDENT, FIRST_TREATMENT)


def notice_remark(document: IntakeDocument) -> str:
    """Return when the notice is due, nothing for a visit that no auto accident brought."""
    if document.text(VISIT_TYPE) != "auto":
        return ""
    claim = Claim(accident_date=_day(document, ACCIDENT), first_treatment=_day(document, FIRST_TREATMENT))
    words = QCoreApplication.translate("Intake", "notice to the auto insurer due by %1")
    return words.replace("%1", show_date(notice_due(claim, document.on, document.treatments)))


def _day(document: IntakeDocument, path: str) -> date | None:
    value = document.read(path).value
    return value if isinstance(value, date) else None
