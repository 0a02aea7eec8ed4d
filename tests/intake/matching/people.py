"""Invented people and the ways a desk writes the same person twice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from intake.domain.patients import Patient
from intake.matching.birth_dates import one_digit_off, swapped
from intake.matching.keys import match_keys, probe_keys
from intake.matching.score import Candidate, Match, compare

LASTS = (
    "Rodriguez", "García", "Hernández", "Smith", "Johnson", "Nguyen", "Patel", "Kim", "Lee", "Kowalski", "O'Brien", "de la Cruz",
    "Müller", "Rossi", "Ivanov", "Cohen", "Khan", "Singh", "Jackson-Reed", "García López", "Núñez", "Björk", "Thompson", "Martinez",
    "Iglesias-Mora", "Van den Berg", "Okafor", "Fernandes", "Novak", "Sullivan", "Christensen", "Bianchi", "Dvořák", "Wiśniewski",
)  # fmt: skip
FIRSTS = (
    "María", "Robert", "Elizabeth", "José", "William", "Katherine", "Michael", "Ana", "James", "Patricia", "Margaret", "Anthony",
    "Susan", "Joseph", "Jennifer", "Richard", "Zoë", "Andrzej", "Mohammed", "Priya", "Hye-jin", "Francisco", "Stephen", "Theodore",
    "Samantha", "Christopher", "Victoria", "Lawrence", "Rebecca", "Edward", "Daniel", "Renée", "Thomas", "Guadalupe",
)  # fmt: skip
SHORT = {
    "Robert": "Bob", "Elizabeth": "Liz", "José": "Pepe", "William": "Bill", "Katherine": "Kate", "Michael": "Mike", "James": "Jim",
    "Patricia": "Pat", "Margaret": "Peggy", "Anthony": "Tony", "Susan": "Sue", "Joseph": "Joe", "Jennifer": "Jen", "Richard": "Rick",
    "Francisco": "Paco", "Stephen": "Steve", "Theodore": "Ted", "Samantha": "Sam", "Christopher": "Chris", "Victoria": "Vicky",
    "Lawrence": "Larry", "Rebecca": "Becky", "Edward": "Ed", "Daniel": "Dan", "Thomas": "Tom", "Guadalupe": "Lupe",
}  # fmt: skip
ALIKE = {"Smith": "Smyth", "Johnson": "Jonson", "Rodriguez": "Rodrigues", "Kowalski": "Kovalsky", "Thompson": "Tomson", "Lee": "Li",
         "Cohen": "Kohen", "Sullivan": "Sulivan", "Martinez": "Martines", "Jackson-Reed": "Jaxon-Reid", "Novak": "Nowak"}  # fmt: skip
PLAIN = str.maketrans("áéíóúñüöëřśãçÁ", "aeiounuoersacA")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person as written at one time."""

    id: int
    last: str
    first: str
    dob: date
    phone: str | None
    member: str | None

    def patient(self) -> Patient:
        """Return the demographics that matching sees."""
        return Patient(legal_last=self.last, legal_first=self.first, dob=self.dob, phone=self.phone)

    def members(self) -> list[str]:
        """Return the member ids."""
        return [self.member] if self.member else []

    def candidate(self) -> Candidate:
        """Return the person as the comparison takes it."""
        return Candidate(
            patient_id=self.id,
            number="",
            legal_last=self.last,
            legal_first=self.first,
            dob=self.dob,
            phones=(self.phone,) if self.phone else (),
            member_ids=tuple(self.members()),
        )


def population(count: int, seed: int) -> list[Person]:
    """Return that many different people, among whom many share a name."""
    rng = random.Random(seed)
    return [
        Person(
            id=index + 1,
            last=rng.choice(LASTS),
            first=rng.choice(FIRSTS),
            dob=date(1930, 1, 1) + timedelta(days=rng.randrange(33_000)),
            phone=f"+1{rng.choice(('201', '732', '908', '973'))}55501{index % 100:02d}",
            member=f"M{index:07d}",
        )
        for index in range(count)
    ]


def same_written_again(person: Person, rng: random.Random) -> dict[str, Person]:
    """Return the ways this person can come back, by what differs. Phone and member id are new ones unless they are the point."""
    new = replace(person, id=0, phone="+16095550199", member=None)
    found = {
        "the same": new,
        "no phone and stray spaces": replace(new, phone=None, last=f"  {person.last} ", first=person.first.upper()),
        "phone only": replace(new, phone=person.phone, first="Different", last="Person"),
        "member id only": replace(new, member=f" {person.member} ".lower(), first="Different", last="Person"),
        "first and last swapped": replace(new, last=person.first, first=person.last),
        "one letter off": replace(new, last=_slip(person.last, rng)),
        "one digit of the birth date off": replace(new, dob=rng.choice(list(one_digit_off(person.dob)))),
        "another last name, same first": replace(new, last="Newlywed"),
    }
    if person.last.translate(PLAIN) != person.last:
        found["without accents"] = replace(new, last=person.last.translate(PLAIN), first=person.first.translate(PLAIN))
    if "-" in person.last or " " in person.last:
        found["one part of the name"] = replace(new, last=person.last.replace("-", " ").split()[-1])
        found["hyphen left out"] = replace(new, last=person.last.replace("-", " "))
    if person.first in SHORT:
        found["short name"] = replace(new, first=SHORT[person.first])
    if person.last in ALIKE:
        found["sounds alike"] = replace(new, last=ALIKE[person.last])
    if turned := swapped(person.dob):
        found["day and month swapped"] = replace(new, dob=turned)
    return found


class Cabinet:
    """Kept people by their keys, as the store keeps them."""

    def __init__(self, people: list[Person], match_keys_of: Callable[[Patient, list[str]], frozenset[str]] = match_keys) -> None:
        """File everybody."""
        self._people = {person.id: person for person in people}
        self._by_key: dict[str, list[int]] = {}
        for person in people:
            for key in match_keys_of(person.patient(), person.members()):
                self._by_key.setdefault(key, []).append(person.id)

    def matches(self, typed: Person) -> list[Match]:
        """Return the matches of what is typed, the strong ones first."""
        ids = {found for key in probe_keys(typed.patient(), typed.members()) for found in self._by_key.get(key, ())}
        compared = (compare(typed.candidate(), self._people[found].candidate()) for found in ids)
        return sorted((match for match in compared if match), key=lambda match: (not match.strong, -len(match.reasons)))


def _slip(name: str, rng: random.Random) -> str:
    """Return a name with two neighbouring letters swapped."""
    places = [at for at in range(1, len(name) - 1) if name[at] != name[at + 1] and name[at : at + 2].isalpha()]
    if not places:
        return f"{name}e"
    at = rng.choice(places)
    return f"{name[:at]}{name[at + 1]}{name[at]}{name[at + 2 :]}"
