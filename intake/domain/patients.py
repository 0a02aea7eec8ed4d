"""A patient: who they are, how they are reached, who speaks for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from intake.domain.fields import YES_NO, YES_NO_UNSURE, Kind, about, choices

SEXES = choices(female="Female", male="Male", other="X / other", unknown="Unknown")
PHONE_TYPES = choices(mobile="Mobile", home="Home", work="Work")
NO_PHONE = choices(none="No phone", declined="Declined")
DECLINED_OR_NONE = choices(none="None", declined="Declined")
NO_ADDRESS = choices(none="No fixed address", declined="Declined")
NOT_HERE = choices(abroad="Not in the US")
LANGUAGES = choices(
    en="English", es="Spanish", pt="Portuguese", zh="Chinese", ko="Korean", ar="Arabic", hi="Hindi", gu="Gujarati",
    pa="Punjabi", pl="Polish", ru="Russian", ht="Haitian Creole", tl="Tagalog", vi="Vietnamese", it="Italian", fr="French",
    asl="American Sign Language", other="Other",
)  # fmt: skip
MINOR = ("minor", ("yes",))
ADULT_AGE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Patient:
    """One person of the practice. Every value is None until asked.

    ``phone``, ``phone2``, ``emergency_phone``, ``guardian_phone`` are E.164 with an optional ``;ext=12``, or the word
    ``none`` or ``declined``. ``line1`` may be the word ``none`` (no fixed address) or ``declined``; then city, state and ZIP
    are not needed. ``zip_code`` may be the word ``abroad``; then the state is not needed. Names are kept exactly as entered
    (NFC), never re-cased.
    """

    legal_last: str | None = about("Legal last name", Kind.NAME, section="identity", need="required")
    legal_first: str | None = about("Legal first name", Kind.NAME, section="identity", hint="or leave empty")
    dob: date | None = about("Date of birth", Kind.DATE, section="identity", need="required")
    sex: str | None = about("Sex (records, insurer)", Kind.CHOICE, section="identity", need="required", picks=SEXES)
    phone: str | None = about("Phone", Kind.PHONE, section="identity", need="required", picks=NO_PHONE, hint="or none, declined")
    legal_middle: str | None = about("Middle name", Kind.NAME, section="identity")
    suffix: str | None = about("Suffix", Kind.NAME, section="identity")
    preferred_name: str | None = about("Preferred name", Kind.NAME, section="identity")
    former_name: str | None = about("Former name", Kind.NAME, section="identity")
    pronouns: str | None = about("Pronouns", section="identity")
    gender_identity: str | None = about("Gender identity", section="identity", hint="in the patient's own words")

    phone_type: str | None = about("Phone is", Kind.CHOICE, section="contact", picks=PHONE_TYPES)
    phone_text_ok: str | None = about("May text", Kind.CHOICE, section="contact", picks=YES_NO)
    phone_message_ok: str | None = about("May leave message", Kind.CHOICE, section="contact", picks=YES_NO)
    phone2: str | None = about("Second phone", Kind.PHONE, section="contact", picks=NO_PHONE)
    email: str | None = about("Email", Kind.EMAIL, section="contact", picks=DECLINED_OR_NONE)
    email_ok: str | None = about("May email unencrypted", Kind.CHOICE, section="contact", picks=YES_NO)
    line1: str | None = about("Street address", section="contact", need="required", picks=NO_ADDRESS, hint="or none, declined")
    line2: str | None = about("Apt, suite", section="contact")
    zip_code: str | None = about("ZIP", Kind.ZIP, section="contact", need="required", picks=NOT_HERE, hint="or abroad")
    city: str | None = about("City", section="contact", need="required")
    state: str | None = about("State", Kind.STATE, section="contact", need="required", max_length=2)

    language: str | None = about("Preferred language", Kind.CHOICE, section="contact", need="required", picks=LANGUAGES)
    language_other: str | None = about("Which language", section="contact", need="required", when=("patient.language", ("other",)))
    interpreter: str | None = about("Interpreter needed", Kind.CHOICE, section="contact", need="required", picks=YES_NO)
    interpreter_language: str | None = about(
        "Interpreter for", section="contact", when=("patient.interpreter", ("yes",)), hint="language or ASL"
    )
    accessibility_needs: str | None = about("Accessibility needs", section="contact")

    emergency_name: str | None = about(
        "Emergency contact", Kind.NAME, section="contact", need="required", picks=DECLINED_OR_NONE, hint="or none, declined"
    )
    emergency_phone: str | None = about("Their phone", Kind.PHONE, section="contact", need="required", picks=NO_PHONE)
    emergency_relationship: str | None = about("Relationship", section="contact", need="required")

    guardian_name: str | None = about("Responsible adult", Kind.NAME, section="contact", need="required", when=MINOR)
    guardian_relationship: str | None = about("Relationship to patient", section="contact", need="required", when=MINOR)
    guardian_phone: str | None = about("Adult's phone", Kind.PHONE, section="contact", need="required", picks=NO_PHONE, when=MINOR)
    guardian_authority: str | None = about(
        "May consent to care", Kind.CHOICE, section="contact", need="required", picks=YES_NO_UNSURE, when=MINOR
    )

    def full_name(self) -> str:
        """Return "Last, First Middle Suffix" as on a list, without the parts that are not known."""
        return listed_name(self.legal_last, self.legal_first, self.legal_middle, self.suffix)


def listed_name(last: str | None, first: str | None, middle: str | None, suffix: str | None) -> str:
    """Return a name as ``Patient.full_name`` does, for a list that reads no whole patient."""
    given = " ".join([part for part in (first, middle, suffix) if part])
    return ", ".join([part for part in (last, given) if part])


def age_on(dob: date, day: date) -> int:
    """Return the age in completed years on ``day``; someone born on 29 February turns a year older on 1 March of other years."""
    return day.year - dob.year - ((day.month, day.day) < (dob.month, dob.day))
