"""Filling the training clinic: ready accounts, a day's invented patients at every clinic, and what was promised before."""

from __future__ import annotations

import random
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from intake.actions.accounts import add_staff
from intake.actions.duplicates import Decision, strong_ids
from intake.actions.intakes import SaveRequest, save_intake
from intake.actions.setup import set_up
from intake.actions.training_people import PEOPLE, answers_of, marks_of, person, said_by, visit_of
from intake.actions.training_requests import Desk, fill_requests
from intake.actions.visits import change_status
from intake.definitions.bundle import Definitions
from intake.domain.records import Intake
from intake.domain.staff import Actor, Role, Staff
from intake.domain.visits import Status
from intake.errors import IntakeError
from intake.paths import Paths
from intake.security.slots import secret_of
from intake.storage.store import Store

PASSWORD = "training-clinic-1"  # noqa: S105 - shown on the training clinic's sign-in window; real data never has it
ACCOUNTS = (
    ("desk", "Dana Desk", Role.RECEPTIONIST),
    ("clinic", "Casey Clinic", Role.CLINICIAN),
    ("print", "Pat Print", Role.PRINT_DESK),
)
ADMIN = ("admin", "Alex Admin")
WORKSTATION = "training"
SEED = 20
WHOLE_EVERY = 3
LONGEST_WAIT_MIN = 55
MOVES = (Status.WITH_CLINICIAN, Status.FINISHED, Status.LEFT)


def make_training(paths: Paths, *, definitions: Definitions, now: datetime, seed: int = SEED) -> None:
    """Make the training clinic's store: its accounts, what was promised before, and today's patients at every active clinic.

    It is the same for the same seed. Nothing is made when there is one.
    """
    login, name = ADMIN
    location = definitions.practice.active()[0].key
    with _made_by_another():
        set_up(
            paths, admin_name=name, login=login, password=PASSWORD, location=location, workstation=WORKSTATION, now=now,
            fill=lambda store, admin: _fill(store, admin, definitions, now, seed),
        ).store.close()  # fmt: skip


def ready_accounts() -> tuple[Staff, ...]:
    """Return the accounts for the list of the sign-in window."""
    login, name = ADMIN
    every = ((login, name, Role.ADMINISTRATOR), *ACCOUNTS)
    return tuple(Staff(id=number, login=login, name=name, role=role) for number, (login, name, role) in enumerate(every, start=1))


@contextmanager
def _made_by_another() -> Generator[None]:
    """Pass over that another process made the store at the same time."""
    try:
        yield
    except IntakeError as error:
        if error.code != "already_set_up":
            raise


def _fill(store: Store, first: Staff, definitions: Definitions, now: datetime, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - invented people, no secret
    desk, clinician = _accounts(store, first, now)
    people = Desk(receptionist=desk, clinician=clinician, password=PASSWORD)
    fill_requests(store, people, definitions=definitions, now=now, seed=seed)
    places = definitions.practice.active()
    for index in range(len(PEOPLE)):
        waited = timedelta(minutes=rng.randint(1, LONGEST_WAIT_MIN) + (90 if _moved_on(index) else 0))
        arrived = _today(now - waited, now, definitions)
        location = places[index % len(places)]
        intake = _intake(index, rng, definitions, location.key, arrived)
        decisions = tuple(
            Decision(patient_id=other, reason="Training: two invented people who look alike")
            for other in sorted(strong_ids(store, intake.patient, ()))
        )
        request = SaveRequest(intake=intake, decisions=decisions)
        saved = save_intake(store, desk, request, definitions=definitions, now=arrived)
        _move(store, desk, saved.visit_id, index, arrived, now)


def _accounts(store: Store, first: Staff, now: datetime) -> tuple[Actor, Actor]:
    """Make the other accounts and return the receptionist and the clinician; nobody need keep the recovery key of invented people."""
    admin = Actor(staff=first, workstation=WORKSTATION)
    with store.transaction():
        store.staff.confirm_recovery(at=now)
    made = [add_staff(store, admin, login=login, name=name, role=role, password=PASSWORD, now=now) for login, name, role in ACCOUNTS]
    for staff in made:
        _sign_as(store, staff)
    receptionist, clinician, *_ = (Actor(staff=staff, workstation=WORKSTATION) for staff in made)
    return receptionist, clinician


def _sign_as(store: Store, staff: Staff) -> None:
    """Sign what somebody does from now on: invented people work, and everybody knows their password."""
    with store.reading():
        half = store.staff.slot_of(staff.id).private_half(secret_of(PASSWORD))
    if half is not None:
        store.audit.signatures.add(staff.id, half)


def _intake(index: int, rng: random.Random, definitions: Definitions, key: str, arrived: datetime) -> Intake:
    on = arrived.astimezone(ZoneInfo(definitions.practice.time_zone)).date()
    location = definitions.practice.location(key)
    whole = index % WHOLE_EVERY == 0
    return Intake(
        patient=person(index, rng, location=location, on=on),
        visit=visit_of(index, rng, location=location, practice=definitions.practice, on=on),
        answers=answers_of(definitions.checklist, rng, asked=1.0 if whole else 0.3, on=on, said=said_by(index)),
        marks=marks_of(definitions.regions, rng, count=6 if whole else index % 3),
    )


def _move(store: Store, desk: Actor, visit_id: int, index: int, arrived: datetime, now: datetime) -> None:
    """Let some of them stand where they would by now: with a clinician, finished, or gone."""
    if _moved_on(index):
        moved = min(arrived + timedelta(minutes=30), now)
        change_status(store, desk, visit_id, MOVES[index % len(MOVES)], now=moved)


def _moved_on(index: int) -> bool:
    """Say whether this one waits no longer; a step of five puts some who wait and some who do not into each of eight clinics."""
    return index % 5 in (1, 2)


def _today(moment: datetime, now: datetime, definitions: Definitions) -> datetime:
    """Return the moment, but not before the clinic's midnight: everybody came today."""
    local = now.astimezone(ZoneInfo(definitions.practice.time_zone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return max(moment, midnight.astimezone(now.tzinfo))
