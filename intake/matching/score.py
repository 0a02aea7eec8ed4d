"""The comparison of a person being typed with a kept patient: why they may be one, and whether it must be answered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from intake.entry.phones import digits_of
from intake.matching import birth_dates
from intake.matching.keys import MIN_MEMBER_ID, MIN_PHONE, member_key
from intake.matching.name_relation import BEGINS, SAME, first_relation, last_relation

FORMER = "former_name"
PREFERRED = "preferred_name"
SAME_NAME = "same_name"
SAME_LAST = "same_last_name"
SAME_FIRST = "same_first_name"
NAMES_SWAPPED = "name_order_swapped"
SAME_PHONE = "same_phone"
SAME_MEMBER_ID = "same_member_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A person as far as matching looks. Phones as kept (E.164), member ids as on the card; None is not known (yet).

    ``last_here`` and ``last_location`` are only for whoever is shown to a person; nothing is compared with them.
    """

    patient_id: int
    number: str
    legal_last: str | None
    legal_first: str | None
    former_name: str | None = None
    preferred_name: str | None = None
    dob: date | None = None
    phones: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()
    last_here: date | None = None
    last_location: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing two people have in common; ``intake.wording`` has its words."""

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A kept patient who may be the person typed, why, and whether a person must say which (``strong``)."""

    kept: Candidate
    reasons: tuple[Reason, ...]
    strong: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class _Names:
    """How two people's names relate: ``last`` and ``first`` tell whether each does, ``sure`` whether the given name is whole."""

    last: bool
    first: bool
    sure: bool
    codes: tuple[str, ...]

    @property
    def both(self) -> bool:
        """Whether family and given name both relate."""
        return self.last and self.first


def compare(typed: Candidate, kept: Candidate) -> Match | None:
    """Return why the two may be one person, None when too little speaks for it. ZIP, address and sex are never looked at.

    Strong, so that a person must answer: the names agree (any variant) with the same birth date or with day and month
    swapped; or the same phone or member id together with the same birth date, or with names that agree and no contrary birth
    date. The same name with another birth date is no match on its own: many people share a name.
    """
    names = _names(typed, kept)
    born = birth_dates.relation(typed.dob, kept.dob)
    reached = _shared_contact(typed, kept)
    unknown = typed.dob is None or kept.dob is None
    if not (_is_match(names, born, unknown=unknown) or reached):
        return None
    codes = (*names.codes, *([born] if born else []), *reached)
    strong = _is_strong(names, born, reached=bool(reached), unknown=unknown)
    return Match(kept=kept, reasons=tuple(Reason(code=code) for code in codes), strong=strong)


def _is_match(names: _Names, born: str | None, *, unknown: bool) -> bool:
    """Tell whether names and birth date alone speak for one person."""
    if born == birth_dates.SAME:
        return names.last or names.first
    return names.both and (born is not None or unknown)


def _is_strong(names: _Names, born: str | None, *, reached: bool, unknown: bool) -> bool:
    if reached and (born == birth_dates.SAME or (names.both and names.sure and (born is not None or unknown))):
        return True
    return names.both and names.sure and born in (birth_dates.SAME, birth_dates.SWAPPED)


def _names(typed: Candidate, kept: Candidate) -> _Names:
    """Return the best reading of two people's names: in order, or family and given name swapped."""
    straight = _in_order(typed, kept)
    if straight.both:
        return straight
    last = _either_relation(typed.legal_first, kept.legal_last)
    first = _either_relation(typed.legal_last, kept.legal_first)
    if last is not None and first is not None:
        codes = [NAMES_SWAPPED, *(code for code in (last, first) if code != SAME)]
        return _Names(last=True, first=True, sure=True, codes=tuple(dict.fromkeys(codes)))
    return straight


def _in_order(typed: Candidate, kept: Candidate) -> _Names:
    last = last_relation(typed.legal_last, kept.legal_last)
    last_code = SAME_LAST if last == SAME else last
    if last is None and _any_relation(typed, kept):
        last = last_code = FORMER
    first = first_relation(typed.legal_first, kept.legal_first)
    first_code = SAME_FIRST if first == SAME else first
    if first in (None, BEGINS) and _same_call_name(typed, kept):
        first = first_code = PREFERRED
    if last == SAME and first == SAME:
        codes: tuple[str, ...] = (SAME_NAME,)
    elif last == SAME and not typed.legal_first and not kept.legal_first:
        return _Names(last=True, first=True, sure=True, codes=(SAME_NAME,))
    else:
        codes = tuple(dict.fromkeys(code for code in (last_code, first_code) if code))
    return _Names(last=last is not None, first=first is not None, sure=first not in (None, BEGINS), codes=codes)


def _either_relation(one: str | None, other: str | None) -> str | None:
    """Return how two names relate when it is not known which is a family name."""
    first = first_relation(one, other)
    return last_relation(one, other) or (None if first == BEGINS else first)


def _any_relation(typed: Candidate, kept: Candidate) -> bool:
    """Tell whether a former name of one is the other's name."""
    pairs = (
        (typed.legal_last, kept.former_name),
        (typed.former_name, kept.legal_last),
        (typed.former_name, kept.former_name),
    )
    return any(last_relation(one, other) is not None for one, other in pairs)


def _same_call_name(typed: Candidate, kept: Candidate) -> bool:
    """Tell whether one is called what the other's papers say."""
    pairs = ((typed.legal_first, kept.preferred_name), (typed.preferred_name, kept.legal_first))
    return any(first_relation(one, other) not in (None, BEGINS) for one, other in pairs)


def _shared_contact(typed: Candidate, kept: Candidate) -> tuple[str, ...]:
    phones = _phones(typed.phones) & _phones(kept.phones)
    members = _members(typed.member_ids) & _members(kept.member_ids)
    return tuple(code for code, shared in ((SAME_PHONE, phones), (SAME_MEMBER_ID, members)) if shared)


def _phones(phones: Iterable[str]) -> set[str]:
    """Return the digits of real numbers; "none" and "declined" are nobody's phone."""
    return {digits for phone in phones if phone.startswith("+") and len(digits := digits_of(phone)) >= MIN_PHONE}


def _members(member_ids: Iterable[str]) -> set[str]:
    return {key for key in map(member_key, member_ids) if len(key) >= MIN_MEMBER_ID}
