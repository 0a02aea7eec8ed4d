"""A visit: one arrival of one patient at one location, with what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from intake.domain.coverage import Claim, Coverage
from intake.domain.fields import YES_NO, YES_NO_UNSURE, Described, Kind, about, choices, described
from intake.domain.patients import Patient

BOOKINGS = choices(walk_in="Walk-in, same day", appointment="Appointment")
VISIT_TYPES = choices(none="No injury", auto="Auto accident", work="Work injury", other_injury="Other injury")
PAYMENTS = choices(insured="Insurance", self_pay="Self-pay", unknown="Not known yet")
NETWORKS = choices(in_network="In network", out_of_network="Out of network", unknown="Not known yet")
REFERRALS = choices(
    self="Self", provider="Another provider", attorney="Attorney", insurer="Insurer or employer", friend="Friend or family",
    online="Online", other="Other",
)  # fmt: skip
NONE_KNOWN = choices(none="None known")
NONE_TAKEN = choices(none="None")
PREGNANCY = choices(yes="Yes", no="No", unsure="Unsure", not_applicable="Does not apply", declined="Declined")
ACKNOWLEDGEMENTS = choices(signed="Signed", refused="Refused", unable="Unable to sign", emergency="Emergency")
DIRECTIVES = choices(yes="Yes", no="No", unsure="Unsure", declined="Declined")
CONSENT = choices(given="Given", declined="Declined")


class Status(StrEnum):
    """Where a visit stands."""

    WAITING = "waiting"
    WITH_CLINICIAN = "with_clinician"
    FINISHED = "finished"
    LEFT = "left"


@dataclass(frozen=True, slots=True, kw_only=True)
class Safety:
    """What a clinician must know before touching the neck. ``allergies`` and ``medications`` may be the word ``none``."""

    allergies: str | None = about("Allergies and reactions", Kind.LONG, section="safety", need="required", picks=NONE_KNOWN, hint="or none")
    medications: str | None = about("Current medications", Kind.LONG, section="safety", need="required", picks=NONE_TAKEN, hint="or none")
    blood_thinner: str | None = about("Blood thinner", Kind.CHOICE, section="safety", need="required", picks=YES_NO_UNSURE)
    blood_thinner_name: str | None = about(
        "Which, last dose", section="safety", need="required", when=("visit.safety.blood_thinner", ("yes",))
    )
    opioids: str | None = about("Opioids", Kind.CHOICE, section="safety", need="required", picks=YES_NO_UNSURE)
    opioid_name: str | None = about("Which opioid", section="safety", when=("visit.safety.opioids", ("yes",)))
    steroids: str | None = about("Steroids, long term", Kind.CHOICE, section="safety", picks=YES_NO_UNSURE)
    contrast_allergy: str | None = about(
        "Contrast, latex, iodine or anesthetic allergy", Kind.CHOICE, section="safety", picks=YES_NO_UNSURE
    )
    pregnancy: str | None = about(
        "Pregnancy possible", Kind.CHOICE, section="safety", need="required", picks=PREGNANCY,
        when=("patient.sex", ("female", "other", "unknown")),
    )  # fmt: skip
    device: str | None = about("Implanted device", Kind.CHOICE, section="safety", picks=YES_NO_UNSURE)
    device_name: str | None = about("Which device", section="safety", when=("visit.safety.device", ("yes",)))
    surgery: str | None = about("Neck surgery before", Kind.CHOICE, section="safety", picks=YES_NO_UNSURE)
    surgery_detail: str | None = about("What, when, where", section="safety", when=("visit.safety.surgery", ("yes",)))
    occupation: str | None = about("Occupation", section="safety")
    pharmacy: str | None = about("Pharmacy", section="safety", hint="name and town")
    pharmacy_phone: str | None = about("Pharmacy's phone", Kind.PHONE, section="safety")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notices:
    """What the patient was given, asked and agreed to; the versions are the practice's on that day."""

    privacy: str | None = about("Privacy notice", Kind.CHOICE, section="notices", need="required", picks=ACKNOWLEDGEMENTS)
    privacy_reason: str | None = about(
        "What was tried, and why not signed", section="notices", need="required",
        when=("visit.notices.privacy", ("refused", "unable", "emergency")),
    )  # fmt: skip
    privacy_version: str | None = about("Notice version", section="notices")
    advance_directive: str | None = about(
        "Has an advance directive", Kind.CHOICE, section="notices", need="required", picks=DIRECTIVES, when=("minor", ("no",))
    )
    advance_directive_place: str | None = about("Where it is kept", section="notices", when=("visit.notices.advance_directive", ("yes",)))
    consent_treatment: str | None = about("Consent to treatment", Kind.CHOICE, section="notices", picks=CONSENT)
    consent_benefits: str | None = about("Assignment of benefits", Kind.CHOICE, section="notices", picks=CONSENT)
    consent_messages: str | None = about("Consent to messages", Kind.CHOICE, section="notices", picks=CONSENT)
    consent_disclosure: str | None = about("Disclosure authorization", Kind.CHOICE, section="notices", picks=CONSENT)
    consent_version: str | None = about("Consent forms version", section="notices")
    consent_signer: str | None = about("Signed by", Kind.NAME, section="notices", hint="if not the patient")


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One arrival. ``location`` is a location key (``loc.edison``); the instant of arrival is kept beside it by the store."""

    location: str | None = about("Clinic", Kind.CHOICE, section="visit", need="required")
    visit_type: str | None = about("Brought by", Kind.CHOICE, section="visit", need="required", picks=VISIT_TYPES)
    reason: str | None = about("Reason for the visit", Kind.LONG, section="visit", need="required")
    booking: str | None = about("Booking", Kind.CHOICE, section="visit", need="required", picks=BOOKINGS)
    appointment_time: str | None = about("Appointment time", Kind.TIME, section="visit", when=("visit.booking", ("appointment",)))
    referral: str | None = about("Referred by", Kind.CHOICE, section="visit", picks=REFERRALS)
    referring_provider: str | None = about("Referring provider", Kind.NAME, section="visit", when=("visit.referral", ("provider",)))
    primary_care: str | None = about("Primary care provider", Kind.NAME, section="visit")

    payment: str | None = about("Paid by", Kind.CHOICE, section="coverage", need="required", picks=PAYMENTS)
    estimate_requested: str | None = about(
        "Asked for a cost estimate", Kind.CHOICE, section="coverage", picks=YES_NO, when=("visit.payment", ("self_pay",))
    )
    network: str | None = about("Network status", Kind.CHOICE, section="coverage", picks=NETWORKS, when=("visit.payment", ("insured",)))
    network_disclosed: date | None = about("Told to the patient on", Kind.DATE, section="coverage", when=("visit.payment", ("insured",)))
    primary: Coverage = field(default_factory=Coverage)
    secondary: Coverage = field(default_factory=Coverage)
    claim: Claim = field(default_factory=Claim)
    safety: Safety = field(default_factory=Safety)
    notices: Notices = field(default_factory=Notices)


PARTS: tuple[tuple[str, type], ...] = (
    ("patient", Patient),
    ("visit", Visit),
    ("visit.primary", Coverage),
    ("visit.secondary", Coverage),
    ("visit.claim", Claim),
    ("visit.safety", Safety),
    ("visit.notices", Notices),
)
"""Every part of an intake that has described fields: the path of the part and its class."""


def all_fields() -> tuple[Described, ...]:
    """Return every described field of an intake, part by part."""
    return tuple(entry for prefix, record in PARTS for entry in described(record, prefix))
