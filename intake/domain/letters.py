"""Letters: templates with fields that the record fills, what is missing asked for, and what a person wrote over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from intake.domain.fields import Choice
from intake.domain.text import Text

OPEN_SOURCES: Final = frozenset({"patient.name", "visit.day", "clinic.name", "clinic.address", "clinic.phone", "practice.name"})
"""What a letter may say without anybody's consent and whatever it is for: that this person was seen here on that day.

Source: minimum necessary, 45 CFR 164.502(b)."""
PERSONAL_SOURCES: Final = frozenset(
    {
        "patient.dob", "patient.address", "patient.phone", "record.number", "visit.number", "visit.arrived", "visit.referring_provider",
        "visit.primary_care", "visit.primary.payer", "visit.primary.member_id", "visit.claim.accident_date", "visit.claim.accident_time",
        "visit.claim.accident_place", "visit.claim.accident_state", "visit.claim.role", "visit.claim.policy_holder",
        "visit.claim.policy_holder_relationship", "visit.claim.insurer", "visit.claim.policy_number", "visit.claim.first_treatment",
        "visit.claim.employer", "visit.claim.employer_contact", "visit.claim.employer_phone", "visit.claim.reported_on",
        "visit.claim.carrier", "visit.claim.claim_number", "visit.claim.adjuster_name", "visit.claim.adjuster_phone",
        "visit.claim.adjuster_fax", "visit.claim.adjuster_email", "visit.claim.authorization_number", "visit.claim.authorization_name",
        "visit.claim.authorization_date", "visit.claim.authorization_scope", "visit.claim.case_manager", "treatment.began",
        "review.signed_by", "review.signed_on",
    }
)  # fmt: skip
"""What a letter says of a person only with consent, or for what the template was made for."""
CLINICAL_SOURCES: Final = frozenset(
    {
        "visit.reason", "visit.safety.allergies", "visit.safety.medications", "visit.safety.blood_thinner_name", "visit.safety.opioid_name",
        "visit.claim.body_part", "visit.claim.description", "review.codes",
    }
)  # fmt: skip
"""What is told of somebody's health. What a clinician put in words is not among them: a template never sends them by itself."""
REVIEW_SOURCES: Final = frozenset({"review.codes"})
"""What a clinician wrote in a review. Who signed it and when is on every list; what stands in it is for those who may read notes."""
DATE_SOURCES: Final = frozenset(
    {
        "visit.day", "patient.dob", "visit.claim.accident_date", "visit.claim.first_treatment", "visit.claim.reported_on",
        "visit.claim.authorization_date", "treatment.began", "review.signed_on",
    }
)  # fmt: skip
SOURCES: Final = OPEN_SOURCES | PERSONAL_SOURCES | CLINICAL_SOURCES


class FieldKind(StrEnum):
    """What is typed into a letter's field."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    CHOICE = "choice"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterField:
    """One field of a template. ``source`` is a path into the record that fills it, empty for what is only ever asked.

    A ``CONSENT`` field is yes or no: the parts of the letter that name it stand there only when the patient agreed. ``words`` are
    what the letter says for each of the ``choices``.
    """

    key: str
    label: Text
    kind: FieldKind
    source: str = ""
    required: bool = False
    choices: tuple[Choice, ...] = ()
    words: Mapping[str, Text] = field(default_factory=dict)
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One paragraph of a template, with ``{field}`` where a field's words stand.

    It stands in the letter only with the patient's ``consent`` (a CONSENT field), when every field of ``needs`` has a value, and for
    one of the ``purposes`` of disclosure; empty ones ask for nothing. ``keys`` are the fields in its text.
    """

    text: Text
    consent: str = ""
    needs: tuple[str, ...] = ()
    purposes: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A letter's template. ``title`` is what the paper is called; ``closing`` stands over the line to sign on.

    ``languages`` are those it is written in. ``basis`` are the purposes for which it may speak of a person's health without
    consent; with none, whatever goes beyond OPEN_SOURCES stands there by consent only, and ``own_words`` names the consent that a
    body written by hand needs. ``about`` are the lines that say on every page whose letter it is. ``recipient`` and ``address``
    name the fields that tell where it goes when the request does not.
    """

    key: str
    version: str
    title: Text
    fields: tuple[LetterField, ...]
    parts: tuple[Part, ...]
    salutation: Text
    closing: Text
    languages: tuple[str, ...] = ("en",)
    basis: tuple[str, ...] = ()
    about: tuple[Part, ...] = ()
    own_words: str = ""
    recipient: str = ""
    address: str = ""

    @property
    def tells_review(self) -> bool:
        """Tell whether a field is filled with what a clinician wrote in the review."""
        return any(each.source in REVIEW_SOURCES for each in self.fields)

    def field(self, key: str) -> LetterField:
        """Return the field with this key. Raises KeyError."""
        for each in self.fields:
            if each.key == key:
                return each
        raise KeyError(key)


Values = Mapping[str, str]
"""What each field says, by key; a field that is absent or empty was not asked. Dates are ISO, consents ``yes`` or ``no``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """A letter's words, ready for paper: ``paragraphs`` between salutation and closing.

    ``about`` says on every page whose letter it is; ``recipient`` and ``address`` are where it goes, empty when the patient takes it
    along. ``template`` is the version of the template. ``missing`` are the keys of what is still asked for.
    """

    title: str
    salutation: str
    paragraphs: tuple[str, ...]
    closing: str
    language: str = "en"
    about: tuple[str, ...] = ()
    recipient: str = ""
    address: str = ""
    template: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterSignature:
    """A clinician's signature on a letter; ``fingerprint`` is the SHA-256, in hex, of the canonical form of what was signed."""

    by: str
    role: str
    at: datetime
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it stands. ``typed`` is what a person entered or changed, over what the record gives (``from_record``).

    ``body`` is the text a person edited as a whole; None while it follows the template. ``missing`` are the keys of required
    fields without a value: with one of them the letter is not complete and is not printed. ``sealed`` are the words that were
    signed: whatever the record and the template say since, a signed letter says these.
    """

    request_id: int
    template: str
    language: str
    typed: Values
    from_record: Values
    body: str | None
    version: int
    missing: tuple[str, ...]
    signature: LetterSignature | None = None
    sealed: Composed | None = None

    @property
    def values(self) -> Values:
        """What each field says now."""
        return {**self.from_record, **{key: value for key, value in self.typed.items() if value}}
