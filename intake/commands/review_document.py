"""The review of a visit as ``show`` puts it."""

from __future__ import annotations

from typing import Any

from intake.domain.reviews import Chart
from intake.domain.signed import note_content, record_answers, record_correction, record_prompt


def review_document(chart: Chart) -> dict[str, Any]:
    """Return note, prompts, corrections, signature and addenda; ``draft`` is what is typed as long as nobody signed."""
    found: dict[str, Any] = {
        "number": chart.number,
        "held_by": chart.hold.name if chart.hold else None,
        "prompts": [{**record_prompt(each), "holds": each.holds} for each in chart.prompts],
        "corrections": [record_correction(each) for each in chart.corrections],
        "answers_as_corrected": record_answers(chart.answers),
        "signature": None,
        "addenda": [],
    }
    signature = chart.signature
    if signature is None:
        return {**found, "draft": dict(chart.draft)}
    note = note_content(signature.note)
    return {
        **found,
        "note": {**note, **{part: dict(note[part]) for part in ("findings", "plan", "totals")}},
        "signature": {
            "by": signature.by,
            "role": signature.role,
            "at": signature.at.isoformat(),
            "fingerprint": signature.fingerprint,
            "form_version": signature.form_version,
            "rules_version": signature.rules_version,
            "code_release": signature.code_release,
        },
        "addenda": [
            {
                "number": each.number,
                "text": each.text,
                "reason": each.reason,
                "by": each.by,
                "role": each.role,
                "at": each.at.isoformat(),
                "fingerprint": each.fingerprint,
            }
            for each in chart.addenda
        ],
    }
