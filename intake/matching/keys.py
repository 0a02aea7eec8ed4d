"""Keys that bring two records of one person together: few, selective, and the same whoever typed.

A kept patient is stored under ``match_keys``; what is typed looks up ``probe_keys``. A key names no ZIP and no sex: what is
often missing or different must never hide a match.

====  ==========================================  ===========================================
key   holds                                       rows at a million patients
====  ==========================================  ===========================================
p:    digits of a phone                           a household
m:    member id, letters and digits               a family
d:    birth date                                  about 35
b:    birth date and sound of a family name       about 1
n:    sounds of family and given name             1 to thousands: the store looks at the first
====  ==========================================  ===========================================
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intake.domain.patients import Patient
from intake.entry.phones import digits_of
from intake.matching import birth_dates
from intake.matching.name_parts import first_sounds, joined, parts_of, sound

MIN_MEMBER_ID = 4
MIN_PHONE = 7


def match_keys(patient: Patient, member_ids: Iterable[str]) -> frozenset[str]:
    """Return the keys a patient is stored under."""
    keys = {*_phone_keys(patient), *_member_keys(member_ids), *_name_keys(patient)}
    if patient.dob is not None:
        day = patient.dob.isoformat()
        keys.add(f"d:{day}")
        keys.update(f"b:{day}|{heard}" for heard in _last_sounds(patient))
    return frozenset(keys)


def probe_keys(patient: Patient, member_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the keys to look up for what is typed so far, the most selective first.

    Added to the keys of the patient are the birth date with day and month swapped or one digit off, and the names swapped. With
    a birth date, names alone are not looked up: everybody has a birth date, and two people without a like one are no match.
    """
    keys = [*_phone_keys(patient), *_member_keys(member_ids)]
    if patient.dob is None:
        swapped = Patient(legal_last=patient.legal_first, legal_first=patient.legal_last)
        return tuple(dict.fromkeys([*keys, *_name_keys(patient), *_name_keys(swapped)]))
    sounds = dict.fromkeys([*_last_sounds(patient), *(sound(part) for part in parts_of(patient.legal_first))])
    turned = birth_dates.swapped(patient.dob)
    likely = [patient.dob, *([turned] if turned else [])]
    keys += [f"b:{day.isoformat()}|{heard}" for day in (*likely, *birth_dates.one_digit_off(patient.dob)) for heard in sounds]
    keys += [f"d:{day.isoformat()}" for day in likely]
    return tuple(dict.fromkeys(keys))


def member_key(member_id: str) -> str:
    """Return a member id as it is compared: letters and digits only."""
    return joined(member_id)


def _phone_keys(patient: Patient) -> Iterator[str]:
    for phone in (patient.phone, patient.phone2):
        digits = digits_of(phone) if phone and phone.startswith("+") else ""
        if len(digits) >= MIN_PHONE:
            yield f"p:{digits}"


def _member_keys(member_ids: Iterable[str]) -> Iterator[str]:
    yield from (f"m:{key}" for key in map(member_key, member_ids) if len(key) >= MIN_MEMBER_ID)


def _name_keys(patient: Patient) -> Iterator[str]:
    firsts = [*first_sounds(patient.legal_first), *first_sounds(patient.preferred_name)]
    for last in _last_sounds(patient):
        yield from (f"n:{last}|{first}" for first in dict.fromkeys(firsts))


def _last_sounds(patient: Patient) -> list[str]:
    """Return how the family names sound, part by part and as one word, the former name included."""
    found: dict[str, None] = {}
    for name in (patient.legal_last, patient.former_name):
        parts = parts_of(name)
        found |= dict.fromkeys(sound(part) for part in parts)
        if len(parts) > 1:
            found[sound("".join(parts))] = None
    return list(found)
