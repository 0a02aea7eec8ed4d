"""The second factor: a code of six digits that changes every 30 seconds (RFC 6238), and spare codes for when the phone is gone."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import datetime

import pyotp

from intake.domain.staff import Actor, Role, Staff, Task
from intake.errors import IntakeError
from intake.storage.store import Store

STEP_S = 30
SPARE_CODES = 10
PRACTICE, ROLES = "practice", "second_factor_roles"
ISSUER = "Intake Desk"
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_SPARE_SIGNS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """What a phone is given: the secret to type, and the address that a QR code carries."""

    secret: str = field(repr=False)
    uri: str = field(repr=False)


def check_code(store: Store, staff_id: int, code: str, *, now: datetime) -> bool:
    """Tell whether the account needs no code, or this is one that was not used yet: of now, one step earlier or later, or a spare one.

    The store must hold this account's slot, which opens the secret; of anybody else only spare codes serve.
    """
    with store.reading():
        factor = store.factors.of(staff_id)
        secret = store.factors.secret_of(factor) if factor else None
    if factor is None or not factor.confirmed:
        return True
    typed = "".join(code.split()).replace("-", "").upper()
    step = _step_of(secret, typed, now) if secret else None
    with store.transaction():  # asked anew inside: another program may have used the same code just now
        kept = store.factors.of(staff_id)
        if step is not None and kept is not None and kept.sealed == factor.sealed and step > kept.last_step:
            store.factors.use_step(staff_id, step)
            store.seals.at = now
            return True
        spare = bool(typed) and store.factors.use_spare(staff_id, _hash(typed), at=now)
        if spare:
            store.seals.at = now
        return spare


def must_enrol(store: Store, actor: Actor) -> bool:
    """Tell whether the actor's role asks for a second factor and the account has none."""
    with store.reading():
        factor = store.factors.of(actor.staff.id)
        return actor.staff.role in _asked_of(store) and not (factor and factor.confirmed)


def begin_enrolment(store: Store, actor: Actor, *, now: datetime) -> Enrolment:
    """Give the actor's own account a new secret, which counts once a code of it was typed back."""
    secret = pyotp.random_base32()
    with store.transaction():
        kept = store.factors.of(actor.staff.id)
        if kept is not None and kept.confirmed:
            raise IntakeError("second_factor_there")
        store.factors.put(actor.staff.id, secret, at=now)
        store.seals.at = now
    return Enrolment(secret=secret, uri=pyotp.TOTP(secret).provisioning_uri(name=actor.staff.login, issuer_name=ISSUER))


def confirm_enrolment(store: Store, actor: Actor, code: str, *, now: datetime) -> tuple[str, ...]:
    """Have the second factor count and return the spare codes, which are shown once. Raises IntakeError ``wrong_first_code``."""
    with store.reading():
        factor = store.factors.of(actor.staff.id)
        secret = store.factors.secret_of(factor) if factor else None
    step = _step_of(secret, "".join(code.split()), now) if secret else None
    if step is None:
        raise IntakeError("wrong_first_code")
    spare = _spare_codes()
    with store.transaction():
        store.factors.confirm(actor.staff.id, at=now)
        store.factors.use_step(actor.staff.id, step)
        store.factors.put_spare(actor.staff.id, tuple(_hash(each.replace("-", "")) for each in spare))
        store.staff.seal(actor.staff.id, at=now)
        store.audit.add(actor, "add_second_factor", at=now, changes={"login": (actor.staff.login, actor.staff.login)})
    return spare


def remove_second_factor(store: Store, actor: Actor, staff_id: int, *, now: datetime) -> None:
    """Take an account's second factor away: the phone and the spare codes are gone. In an emergency, not an administrator's."""
    actor.must(Task.GIVE_ACCESS)
    with store.transaction():
        staff = store.staff.by_id(staff_id)
        refuse_reach(store, actor, staff, now)
        store.factors.remove(staff_id)
        store.staff.seal(staff_id, at=now)
        store.audit.add(actor, "remove_second_factor", at=now, changes={"login": (staff.login, staff.login)})


def refuse_reach(store: Store, actor: Actor, staff: Staff, now: datetime) -> None:
    """Raise IntakeError when emergency access has ended, or reaches for an administrator's account."""
    if actor.may(Task.MANAGE_STAFF):
        return
    if not store.emergencies.runs(actor.staff.id, actor.workstation, now=now):
        raise IntakeError("emergency_ended")
    if staff.role is Role.ADMINISTRATOR:
        raise IntakeError("emergency_not_administrator")


def roles_with_second_factor(store: Store) -> frozenset[Role]:
    """Return the roles that are asked for a second factor."""
    with store.reading():
        return _asked_of(store)


def choose_roles_with_second_factor(store: Store, actor: Actor, roles: frozenset[Role], *, now: datetime) -> None:
    """Have these roles asked for a second factor, from each account's next sign-in."""
    actor.must(Task.MANAGE_STAFF)
    chosen = " ".join(role.value for role in Role if role in roles)
    with store.transaction():
        before = store.settings.get(PRACTICE, ROLES)
        store.settings.put(PRACTICE, ROLES, chosen)
        store.audit.add(actor, "choose_second_factor", at=now, changes={ROLES: (before, chosen)})


def _asked_of(store: Store) -> frozenset[Role]:
    chosen = (store.settings.get(PRACTICE, ROLES) or "").split()
    return frozenset(role for role in Role if role in chosen)


def _step_of(secret: str, typed: str, now: datetime) -> int | None:
    """Return the step whose code was typed: this one, the one before or the one after; None when it is none of them."""
    current = int(now.timestamp()) // STEP_S
    code_of = pyotp.TOTP(secret).generate_otp
    return next(
        (
            step
            for step in (current, current - 1, current + 1)
            if secrets.compare_digest(code_of(step), typed.encode("ascii", "replace").decode())
        ),
        None,
    )


def _spare_codes() -> tuple[str, ...]:
    made = ("".join(secrets.choice(_ALPHABET) for _ in range(_SPARE_SIGNS)) for _ in range(SPARE_CODES))
    return tuple(f"{each[:4]}-{each[4:8]}-{each[8:]}" for each in made)


def _hash(code: str) -> str:
    return hashlib.sha256(f"intake-desk spare code {code}".encode()).hexdigest()
