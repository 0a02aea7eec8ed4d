"""Who pays: health coverage of a visit, and the claim when an accident brought the patient."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from intake.domain.fields import YES_NO, YES_NO_UNSURE, Kind, about, choices

SUBSCRIBERS = choices(self="Self", spouse="Spouse", parent="Parent", other="Other")
ROLES = choices(driver="Driver", passenger="Passenger", pedestrian="Pedestrian", cyclist="Cyclist", other="Other")
WORK_STATUSES = choices(full="Full duty", light="Light duty", off="Off work", unknown="Unknown")
AUTO = ("visit.visit_type", ("auto",))
WORK = ("visit.visit_type", ("work",))
OTHER_INJURY = ("visit.visit_type", ("other_injury",))
ANY_INJURY = ("visit.visit_type", ("auto", "work", "other_injury"))
AUTO_OR_WORK = ("visit.visit_type", ("auto", "work"))
NOTICE_DAYS = 21


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """One health policy, primary or secondary. ``subscriber`` is ``self`` unless said otherwise."""

    payer: str | None = about("Insurance company", section="coverage")
    member_id: str | None = about("Member ID", Kind.IDENTIFIER, section="coverage", max_length=30)
    group_number: str | None = about("Group number", Kind.IDENTIFIER, section="coverage", max_length=30)
    plan_phone: str | None = about("Plan's phone", Kind.PHONE, section="coverage")
    subscriber: str | None = about("Subscriber", Kind.CHOICE, section="coverage", picks=SUBSCRIBERS)
    subscriber_name: str | None = about("Subscriber's name", Kind.NAME, section="coverage")
    subscriber_dob: date | None = about("Subscriber's birth date", Kind.DATE, section="coverage")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the claim of an auto, work or other injury asks for."""

    accident_date: date | None = about("Date of accident", Kind.DATE, section="coverage", need="required", when=ANY_INJURY)
    accident_time: str | None = about("Time", Kind.TIME, section="coverage", when=ANY_INJURY)
    accident_place: str | None = about("Where it happened", section="coverage", when=ANY_INJURY)
    accident_state: str | None = about("State", Kind.STATE, section="coverage", when=ANY_INJURY, max_length=2)
    description: str | None = about("What happened", Kind.LONG, section="coverage", when=OTHER_INJURY)
    role: str | None = about("Patient was", Kind.CHOICE, section="coverage", picks=ROLES, when=AUTO)
    policy_holder: str | None = about("Vehicle policy holder", Kind.NAME, section="coverage", when=AUTO)
    policy_holder_relationship: str | None = about("Relationship", section="coverage", when=AUTO)
    insurer: str | None = about("Auto insurer", section="coverage", when=AUTO)
    policy_number: str | None = about("Policy number", Kind.IDENTIFIER, section="coverage", when=AUTO)
    police_report: str | None = about("Police report number", Kind.IDENTIFIER, section="coverage", when=AUTO)
    health_primary: str | None = about("Health plan pays first", Kind.CHOICE, section="coverage", picks=YES_NO_UNSURE, when=AUTO)
    first_treatment: date | None = about("First treated for this on", Kind.DATE, section="coverage", when=AUTO)
    employer: str | None = about("Employer", section="coverage", when=WORK)
    employer_contact: str | None = about("Employer's contact", Kind.NAME, section="coverage", when=WORK)
    employer_phone: str | None = about("Employer's phone", Kind.PHONE, section="coverage", when=WORK)
    body_part: str | None = about("Body part injured", section="coverage", when=WORK)
    reported_on: date | None = about("Reported to employer on", Kind.DATE, section="coverage", when=WORK)
    carrier: str | None = about("Carrier or administrator", section="coverage", when=WORK)
    claim_number: str | None = about("Claim number", Kind.IDENTIFIER, section="coverage", when=AUTO_OR_WORK)
    adjuster_name: str | None = about("Adjuster", Kind.NAME, section="coverage", when=AUTO_OR_WORK)
    adjuster_phone: str | None = about("Adjuster's phone", Kind.PHONE, section="coverage", when=AUTO_OR_WORK)
    adjuster_fax: str | None = about("Adjuster's fax", Kind.PHONE, section="coverage", when=AUTO_OR_WORK)
    adjuster_email: str | None = about("Adjuster's email", Kind.EMAIL, section="coverage", when=AUTO_OR_WORK)
    authorization_number: str | None = about("Authorization number", Kind.IDENTIFIER, section="coverage", when=WORK)
    authorization_name: str | None = about("Authorized by", Kind.NAME, section="coverage", when=WORK)
    authorization_date: date | None = about("Authorized on", Kind.DATE, section="coverage", when=WORK)
    authorization_scope: str | None = about("Authorized for", section="coverage", when=WORK)
    case_manager: str | None = about("Case manager", Kind.NAME, section="coverage", when=WORK)
    work_status: str | None = about("Work status", Kind.CHOICE, section="coverage", picks=WORK_STATUSES, when=WORK)
    attorney_name: str | None = about("Attorney", Kind.NAME, section="coverage", when=ANY_INJURY)
    attorney_phone: str | None = about("Attorney's phone", Kind.PHONE, section="coverage", when=ANY_INJURY)
    prior_hospital: str | None = about("Hospital seen before", section="coverage", when=ANY_INJURY)
    lost_work: str | None = about("Lost time from work", Kind.CHOICE, section="coverage", picks=YES_NO, when=ANY_INJURY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    """What another visit tells of when treatment began. ``first_treatment`` is what was recorded there, wherever it was."""

    visit_day: date
    accident_date: date | None
    first_treatment: date | None = None


def treatment_began(claim: Claim, visit_day: date, others: Iterable[Treatment] = ()) -> date:
    """Return the day treatment began after an accident: the earliest of a recorded first treatment and the first visit here for it.

    ``others`` are the patient's other visits of this type. One is for the same accident when both have its day; where the day is
    not known, nothing is.
    """
    same = [other for other in others if claim.accident_date is not None and other.accident_date == claim.accident_date]
    recorded = (claim.first_treatment, *(other.first_treatment for other in same))
    return min([visit_day, *(other.visit_day for other in same), *(day for day in recorded if day is not None)])


def notice_due(claim: Claim, visit_day: date, others: Iterable[Treatment] = ()) -> date:
    """Return the last day for the written notice to the auto insurer, 21 days after treatment began. Source: N.J.S.A. 39:6A-5."""
    return treatment_began(claim, visit_day, others) + timedelta(days=NOTICE_DAYS)
