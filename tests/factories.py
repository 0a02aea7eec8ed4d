"""Builders of complete, obviously invented people and intakes. Every keyword replaces one field."""

from __future__ import annotations

import contextlib
import dataclasses
import random
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from intake.actions.access import sign_in
from intake.actions.accounts import add_staff
from intake.actions.intakes import Saved, SaveRequest, save_intake
from intake.actions.key_ring import project
from intake.actions.setup import first_account
from intake.actions.training_people import answers_of
from intake.definitions.bundle import Definitions
from intake.domain.coverage import Claim, Coverage
from intake.domain.fields import Described, Kind
from intake.domain.pain import Mark
from intake.domain.patients import Patient
from intake.domain.records import Intake
from intake.domain.staff import Actor, Role
from intake.domain.visits import PARTS, Notices, Safety, Visit, all_fields
from intake.errors import IntakeError
from intake.paths import Paths, open_folder
from intake.placing import unfinished_file
from intake.security.cost import Cost
from intake.security.slots import StoreKeys, secret_of
from intake.storage.database import OWNER_ONLY
from intake.storage.presence import gate
from intake.storage.store import Store, make_store, open_store

NOW = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
"""Ten in the morning at the clinics."""
TODAY = date(2026, 11, 22)
PASSWORD = "seven sample ponies"
WORKSTATION = "desk-1"
KEYS = StoreKeys(store=bytes(range(32)), audit=bytes(range(32, 64)), notes=bytes(range(64, 96)))
"""What opens the stores of tests, whoever signs in."""
CHEAP = Cost(memory_kib=64, passes=1, lanes=1)
"""What a password's slot costs in tests: the time of a real one is what it protects with."""


def a_patient(**fields: Any) -> Patient:
    """Return Ana Sample, with every field that a usual intake asks."""
    usual = Patient(
        legal_last="Sample",
        legal_first="Ana",
        dob=date(1985, 3, 4),
        sex="female",
        phone="+17325550148",
        phone_type="mobile",
        phone_text_ok="yes",
        phone_message_ok="no",
        email="ana.sample@example.com",
        email_ok="yes",
        line1="12 Example Street",
        line2="Apt 3",
        zip_code="08837",
        city="Edison",
        state="NJ",
        language="en",
        interpreter="no",
        emergency_name="Bob Sample",
        emergency_phone="+17325550149",
        emergency_relationship="Brother",
    )
    return dataclasses.replace(usual, **fields)


def a_visit(**fields: Any) -> Visit:
    """Return a walk-in at Edison, insured, with all that safety and notices ask."""
    usual = Visit(
        location="loc.edison",
        visit_type="none",
        reason="Stiff neck since Monday",
        booking="walk_in",
        referral="self",
        payment="insured",
        network="in_network",
        network_disclosed=TODAY,
        primary=Coverage(payer="Example Health Plan", member_id="EX100200", subscriber="self"),
        safety=Safety(
            allergies="none",
            medications="Ibuprofen 400 mg",
            blood_thinner="no",
            opioids="no",
            pregnancy="no",
            device="no",
            surgery="no",
        ),
        notices=Notices(privacy="signed", privacy_version="1", advance_directive="no", consent_treatment="given", consent_version="1"),
    )
    return dataclasses.replace(usual, **fields)


def an_intake(definitions: Definitions, *, patient: Patient | None = None, visit: Visit | None = None, seed: int = 1) -> Intake:
    """Return an intake with the whole checklist answered and four marks on the drawing."""
    regions = [region.key for region in definitions.regions.regions()]
    kinds = [kind.code for kind in definitions.regions.kinds]
    return Intake(
        patient=patient or a_patient(),
        visit=visit or a_visit(),
        answers=answers_of(definitions.checklist, random.Random(seed), asked=1.0, on=TODAY),
        marks=tuple(Mark(region=regions[place], kind=kinds[place % len(kinds)]) for place in (3, 8, 25, 40)),
    )


def every_field() -> tuple[Patient, Visit]:
    """Return a patient and a visit of which no field is empty, each with a value of its own kind."""
    parts: dict[str, dict[str, Any]] = {prefix: {} for prefix, _ in PARTS}
    for place, field in enumerate(all_fields()):
        parts[field.path.removesuffix(f".{field.name}")][field.name] = _value(field, place)
    visit = Visit(
        **parts["visit"],
        primary=Coverage(**parts["visit.primary"]),
        secondary=Coverage(**parts["visit.secondary"]),
        claim=Claim(**parts["visit.claim"]),
        safety=Safety(**parts["visit.safety"]),
        notices=Notices(**parts["visit.notices"]),
    )
    return Patient(**parts["patient"]), visit


def a_store(data: Path, *, training: bool = False) -> Store:
    """Return the open store of a data folder, a new one with the tests' keys when there is none."""
    paths = Paths(data=data, training=training)
    open_folder(paths)
    if not paths.store.exists():
        with gate(paths.desks), unfinished_file(paths.store) as unfinished:
            unfinished.touch(mode=OWNER_ONLY)
            unfinished.write_bytes(_new_store(training=training))
    store = open_store(paths, KEYS)
    all_sign(store)
    return store


def all_sign(store: Store) -> None:
    """Have everybody whose password is the usual one sign what is done in their name here, as if they had signed in at this desk."""
    with store.reading():
        for staff in store.staff.all():
            with contextlib.suppress(ValueError, IntakeError):  # a store of before has no slots yet
                half = store.staff.slot_of(staff.id).private_half(secret_of(PASSWORD))
                if half is not None:
                    store.audit.signatures.add(staff.id, half)


@cache
def _new_store(*, training: bool) -> bytes:
    """Return the file of a new store as the program makes it: to make one takes ten times as long as to copy it."""
    with TemporaryDirectory(prefix="intake-desk-store-") as folder:
        paths = Paths(data=Path(folder), training=training)
        open_folder(paths)
        with gate(paths.desks):
            make_store(paths, KEYS, lambda _: None)
        return paths.store.read_bytes()


def an_admin(store: Store) -> Actor:
    """Set the practice up and return its administrator at a desk."""
    staff = first_account(
        store,
        admin_name="Alex Sample",
        login="alex",
        password=PASSWORD,
        location="loc.edison",
        workstation=WORKSTATION,
        now=NOW,
    )
    project(store)
    return Actor(staff=staff, workstation=WORKSTATION)


def signs_in(
    store: Store, *, login: str, password: str = PASSWORD, workstation: str = WORKSTATION, now: datetime = NOW, **more: str
) -> Actor:
    """Sign somebody in as a program beside this one would, and return who acts; the store it opened is closed again."""
    signed_in = sign_in(store.paths, login=login, password=password, workstation=workstation, now=now, **more)
    signed_in.store.close()
    return signed_in.actor


def a_colleague(store: Store, admin: Actor, *, role: Role = Role.RECEPTIONIST, login: str = "dana") -> Actor:
    """Add an account and return that person at the same desk."""
    staff = add_staff(store, admin, login=login, name=f"{login.title()} Example", role=role, password=PASSWORD, now=NOW)
    all_sign(store)
    return Actor(staff=staff, workstation=admin.workstation)


def save(store: Store, actor: Actor, definitions: Definitions, **request: Any) -> Saved:
    """Save an intake; without ``intake`` it is the usual one."""
    intake = request.pop("intake", None) or an_intake(definitions)
    now = request.pop("now", NOW)
    return save_intake(store, actor, SaveRequest(intake=intake, **request), definitions=definitions, now=now)


def _value(field: Described, place: int) -> Any:
    """Return a value of the field's kind that no other field has, where its kind allows."""
    if field.about.kind is Kind.DATE:
        return date(1950 + place % 70, 1 + place % 12, 1 + place % 28)
    if field.path == "visit.location":
        return "loc.edison"
    if field.about.kind is Kind.CHOICE:
        return field.about.choices[place % len(field.about.choices)].code
    if field.about.kind is Kind.PHONE:
        return f"+1732555{100 + place:04d}"
    return {Kind.STATE: "NJ", Kind.TIME: "09:30", Kind.ZIP: "07083"}.get(field.about.kind, f"value {place}")
