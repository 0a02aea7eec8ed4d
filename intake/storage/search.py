"""Finding patients while the text is being typed: each meaning of the text from the index made for it.

Plain indexes answer first, in the order of their keys, so that even one letter among a million patients takes the first few
rows of a range. Only when they leave room are the words looked up in any order, by the word index in the order of record numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from intake.domain.numbers import VISIT_PREFIX, record_number
from intake.domain.patients import Patient
from intake.domain.records import PatientLine
from intake.storage.driver import Connection
from intake.storage.terms import LAST_DIGITS, Serials, Terms, find_keys, index_words, terms_of

ENOUGH = 20
_END = "\U0010ffff"
LINE = "SELECT patient.id, patient.legal_last, patient.legal_first, patient.dob, patient.phone"
BY_LAST = LINE + " FROM patient INDEXED BY patient_by_last WHERE last_key >= ? AND last_key < ? ORDER BY last_key, first_key, dob LIMIT ?"
BY_FIRST = (
    LINE + " FROM patient INDEXED BY patient_by_first WHERE first_key >= ? AND first_key < ? ORDER BY first_key, last_key, dob LIMIT ?"
)
BY_LAST_THEN_FIRST = (
    LINE + " FROM patient INDEXED BY patient_by_last WHERE last_key = ? AND first_key >= ? AND first_key < ?"
    " ORDER BY first_key, dob LIMIT ?"
)
BY_FIRST_THEN_LAST = (
    LINE + " FROM patient INDEXED BY patient_by_first WHERE first_key = ? AND last_key >= ? AND last_key < ? ORDER BY last_key, dob LIMIT ?"
)
BY_DOB = LINE + " FROM patient INDEXED BY patient_by_dob WHERE dob = ? ORDER BY last_key, first_key LIMIT ?"
BY_KEY = (
    LINE + " FROM find_key CROSS JOIN patient ON patient.id = find_key.patient_id"
    " WHERE find_key.key >= ? AND find_key.key < ? ORDER BY find_key.key LIMIT ?"
)
BY_WHOLE_KEY = (
    LINE + " FROM find_key CROSS JOIN patient ON patient.id = find_key.patient_id"
    " WHERE find_key.key = ? ORDER BY find_key.patient_id LIMIT ?"
)
BY_SERIAL = LINE + " FROM patient WHERE id BETWEEN ? AND ? ORDER BY id LIMIT ?"
BY_VISIT = LINE + " FROM visit CROSS JOIN patient ON patient.id = visit.patient_id WHERE visit.id BETWEEN ? AND ? ORDER BY visit.id LIMIT ?"
BY_WORDS = (
    LINE + " FROM patient_fts CROSS JOIN patient ON patient.id = patient_fts.rowid"
    " WHERE patient_fts MATCH ? ORDER BY patient_fts.rowid LIMIT ?"
)
Row = tuple[int, str, str | None, str, str | None]


class Search:
    """Finding patients, and the indexes of their own that it needs. Writing goes inside a transaction of the store."""

    def __init__(self, connection: Connection) -> None:
        """Work over this connection."""
        self._connection = connection

    def find(self, text: str, *, limit: int, on: date) -> tuple[PatientLine, ...]:
        """Return at most ``limit`` patients that fit the text; ``on`` is today, for years of two digits.

        Raises IntakeError ``wrong_check_digit``.
        """
        terms = terms_of(text, on=on)
        few = min(ENOUGH, limit)
        found: dict[int, Row] = {}
        for rows in self._ways(terms, limit):
            found.update((row[0], row) for row in rows if row[0] not in found)
            if len(found) >= few:
                break
        if len(found) < few and terms.tokens and (not found or _says_enough(terms.tokens)):
            found.update((row[0], row) for row in self._by_words(terms.tokens, few) if row[0] not in found)
        return tuple(_line(row) for row in list(found.values())[:limit])

    def add(self, patient_id: int, patient: Patient) -> None:
        """Make a new patient findable."""
        self._put_keys(patient_id, find_keys(patient))
        self._connection.execute("INSERT INTO patient_fts (rowid, words) VALUES (?, ?)", (patient_id, index_words(patient)))

    def replace(self, patient_id: int, before: Patient, after: Patient) -> None:
        """Make a changed patient findable by what is true now, and by nothing else."""
        old, new = find_keys(before), find_keys(after)
        self._connection.executemany(
            "DELETE FROM find_key WHERE key = ? AND patient_id = ?", [(key, patient_id) for key in sorted(old - new)]
        )
        self._put_keys(patient_id, new - old)
        if index_words(before) != index_words(after):
            self._connection.execute("DELETE FROM patient_fts WHERE rowid = ?", (patient_id,))
            self._connection.execute("INSERT INTO patient_fts (rowid, words) VALUES (?, ?)", (patient_id, index_words(after)))

    def _put_keys(self, patient_id: int, keys: Iterable[str]) -> None:
        rows = [(key, patient_id) for key in sorted(keys)]
        self._connection.executemany("INSERT INTO find_key (key, patient_id) VALUES (?, ?)", rows)

    def _ways(self, terms: Terms, limit: int) -> Iterator[list[Row]]:
        """Return the hits of each meaning in turn, the surest first, each looked up only when it is asked for."""
        for serials in terms.serials:
            if serials.first == serials.last or not terms.digits:
                yield self._by_serials(serials, limit)
        if terms.dob is not None:
            yield self._rows(BY_DOB, terms.dob.isoformat(), limit)
        if terms.digits:
            yield from self._by_digits(terms.digits, min(ENOUGH, limit))
        if terms.words:
            yield from self._by_name(terms.words, limit)
        if terms.email:
            yield self._rows(BY_KEY, terms.email, terms.email + _END, min(ENOUGH, limit))

    def _by_serials(self, serials: Serials, limit: int) -> list[Row]:
        sql = BY_VISIT if serials.prefix == VISIT_PREFIX else BY_SERIAL
        return self._rows(sql, serials.first, serials.last, limit)

    def _by_digits(self, digits: str, limit: int) -> Iterator[list[Row]]:
        if len(digits) == LAST_DIGITS:
            yield self._rows(BY_WHOLE_KEY, digits, limit)
        typed = digits[1:] if digits.startswith("1") and len(digits) > 1 else digits
        yield self._rows(BY_KEY, typed, typed + _END, limit)
        if typed != digits:
            yield self._rows(BY_KEY, digits, digits + _END, limit)

    def _by_name(self, words: tuple[str, ...], limit: int) -> Iterator[list[Row]]:
        whole = " ".join(words)
        last = self._rows(BY_LAST, whole, whole + _END, limit)
        room = max(limit - len(last), limit // 3)
        first = self._rows(BY_FIRST, whole, whole + _END, room)
        yield last[: limit - len(first)] + first
        for place in range(1, len(words)):
            one, other = " ".join(words[:place]), " ".join(words[place:])
            yield self._rows(BY_LAST_THEN_FIRST, one, other, other + _END, limit)
            yield self._rows(BY_FIRST_THEN_LAST, one, other, other + _END, limit)
            yield self._rows(BY_LAST_THEN_FIRST, other, one, one + _END, limit)
            yield self._rows(BY_FIRST_THEN_LAST, other, one, one + _END, limit)

    def _by_words(self, tokens: tuple[str, ...], limit: int) -> list[Row]:
        return self._rows(BY_WORDS, " AND ".join(f'"{token}" *' for token in tokens), limit)

    def _rows(self, sql: str, *parameters: str | int) -> list[Row]:
        return list(self._connection.execute(sql, parameters))


def _says_enough(tokens: tuple[str, ...]) -> bool:
    """Tell whether the word index is worth asking when names have found somebody: one letter beside a word fits too many."""
    return len(tokens) == 1 or min(map(len, tokens)) > 1


def _line(row: Row) -> PatientLine:
    patient_id, last, first, dob, phone = row
    return PatientLine(
        id=patient_id,
        number=record_number(patient_id),
        legal_last=last,
        legal_first=first or "",
        dob=date.fromisoformat(dob),
        phone=phone,
    )
