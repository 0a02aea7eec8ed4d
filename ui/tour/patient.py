"""The invented patient of the tour: what she says, field by field, as the receptionist types it."""

from __future__ import annotations

TYPED = {
    "patient.legal_last": "Rivera-Sample",
    "patient.legal_first": "Ana María",
    "patient.dob": "3485",
    "patient.sex": "f",
    "patient.phone": "7325550148",
    "patient.line1": "12 Example Street",
    "patient.zip_code": "08837",
    "patient.language": "s",
    "patient.interpreter": "n",
    "patient.emergency_name": "declined",
    "visit.visit_type": "n",
    "visit.reason": "Neck spasms since Friday, worse at the desk",
    "visit.booking": "w",
    "visit.payment": "i",
    "visit.primary.payer": "Example Health",
    "visit.primary.member_id": "EX123456",
    "visit.safety.allergies": "none",
    "visit.safety.medications": "ibuprofen 400 mg as needed",
    "visit.safety.blood_thinner": "n",
    "visit.safety.opioids": "n",
    "visit.safety.pregnancy": "n",
    "visit.notices.privacy": "s",
    "visit.notices.advance_directive": "n",
}
"""What is typed into each field; a field that is not named here is passed with Enter."""

ANSWERED = {
    "sx.twitching": "y",
    "sx.pain.present": "y",
    "sx.arm_burning": "y",
    "sx.arm_burning.side": "2",
    "sx.arm_burning.extent": "2",
    "sx.cramping": "n",
    "sx.knot": "u",
    "sx.stiff": "y",
    "attack.dizziness": "n",
    "attack.balance": "n",
    "attack.vision_change": "n",
    "attack.blurry_vision": "n",
    "attack.fatigue": "n",
    "sx.pain.nprs_now": "7",
    "sx.pain.nprs_avg7d": "5",
    "sx.pain.nprs_worst7d": "9",
    "sx.pain.nprs_best7d": "2",
}
"""The key that answers each question of the checklist."""
