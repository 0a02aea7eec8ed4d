"""The day by which the auto insurer must have its notice, said where the accident is asked about."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from intake.domain.coverage import Claim, notice_due
from intake.entry.dates import show_date
from ui.pages.intake.document import IntakeDocument

VISIT_TYPE = "visit.visit_type"
FIRST_TREATMENT = "visit.claim.first_treatment"


def notice_remark(document: IntakeDocument) -> str:
    """Return when the notice is due, nothing for a visit that no auto accident brought."""
    if document.text(VISIT_TYPE) != "auto":
        return ""
    first = document.read(FIRST_TREATMENT).value
    claim = Claim(first_treatment=first if isinstance(first, date) else None)
    words = QCoreApplication.translate("Intake", "notice to the auto insurer due by %1")
    return words.replace("%1", show_date(notice_due(claim, document.on)))
