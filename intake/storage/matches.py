"""Keys of matching as kept: which patients are worth comparing with the one being typed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from intake.domain.numbers import record_number
from intake.domain.patients import Patient
from intake.matching.keys import match_keys
from intake.matching.score import Candidate
from intake.storage.driver import Connection

MAX_PER_KEY = 60
_BY_KEYS = (
    "SELECT (SELECT group_concat(patient_id) FROM (SELECT patient_id FROM match_key WHERE key = probe.value LIMIT ?))"
    " FROM json_each(?) AS probe"
)
_CANDIDATES = (
    "SELECT id, legal_last, legal_first, former_name, preferred_name, dob, phone, phone2 FROM patient"
    " WHERE id IN (SELECT value FROM json_each(?))"
)
_MEMBER_IDS = (
    "SELECT visit.patient_id, coverage.member_id FROM visit JOIN coverage ON coverage.visit_id = visit.id"
    " WHERE visit.patient_id IN (SELECT value FROM json_each(?)) AND coverage.member_id IS NOT NULL"
)
_LAST_VISITS = (
    "SELECT patient_id, max(visit_day), location FROM visit WHERE patient_id IN (SELECT value FROM json_each(?)) GROUP BY patient_id"
)
"""With max() the other columns are those of the row that has it."""


class Matches:
    """The table of matching keys. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def candidates(self, probes: Iterable[str], *, excluding: int | None = None) -> list[Candidate]:
        """Return the patients that any of the keys leads to, at most 60 for each key."""
        ids: set[int] = set()
        for (found,) in self._connection.execute(_BY_KEYS, (MAX_PER_KEY, json.dumps(list(probes)))):
            ids.update(map(int, found.split(",")) if found else ())
        ids.discard(excluding or 0)
        wanted = json.dumps(sorted(ids))
        members: defaultdict[int, list[str]] = defaultdict(list)
        for patient_id, member_id in self._connection.execute(_MEMBER_IDS, (wanted,)):
            members[patient_id].append(member_id)
        return [
            Candidate(
                patient_id=patient_id,
                number=record_number(patient_id),
                legal_last=last,
                legal_first=first,
                former_name=former,
                preferred_name=preferred,
                dob=date.fromisoformat(dob),
                phones=tuple(number for number in (phone, phone2) if number),
                member_ids=tuple(members[patient_id]),
            )
            for patient_id, last, first, former, preferred, dob, phone, phone2 in self._connection.execute(_CANDIDATES, (wanted,))
        ]

    def last_visits(self, patient_ids: Iterable[int]) -> dict[int, tuple[date, str | None]]:
        """Return the day and the clinic of each patient's last visit."""
        found = self._connection.execute(_LAST_VISITS, (json.dumps(list(patient_ids)),))
        return {patient_id: (date.fromisoformat(day), location) for patient_id, day, location in found}

    def member_ids(self, patient_id: int) -> set[str]:
        """Return the member ids of all policies a patient ever came with."""
        return {row[1] for row in self._connection.execute(_MEMBER_IDS, (json.dumps([patient_id]),))}

    def add(self, patient_id: int, patient: Patient, member_ids: Iterable[str]) -> None:
        """Keep a new patient's keys."""
        self._put(patient_id, match_keys(patient, member_ids))

    def replace(self, patient_id: int, before: Patient, before_ids: Iterable[str], after: Patient, after_ids: Iterable[str]) -> None:
        """Keep a changed patient's keys in place of those before."""
        old, new = match_keys(before, before_ids), match_keys(after, after_ids)
        self._connection.executemany(
            "DELETE FROM match_key WHERE key = ? AND patient_id = ?", [(key, patient_id) for key in sorted(old - new)]
        )
        self._put(patient_id, new - old)

    def _put(self, patient_id: int, keys: Iterable[str]) -> None:
        rows = [(key, patient_id) for key in sorted(keys)]
        self._connection.executemany("INSERT INTO match_key (key, patient_id) VALUES (?, ?)", rows)
