"""Asking, while a person types, who of the kept patients this may be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from intake.actions.duplicates import possible_duplicates
from intake.domain.patients import Patient
from intake.matching.score import Match
from ui.desk import Desk
from ui.pages.intake.document import IntakeDocument

PAUSE_MS = 120
LEAST_FIELDS = 2
NAMES = ("legal_last", "legal_first", "former_name", "preferred_name")
PHONES = ("phone", "phone2")
MEMBER_IDS = ("visit.primary.member_id", "visit.secondary.member_id")
WATCHED = frozenset({*(f"patient.{name}" for name in (*NAMES, *PHONES, "dob")), *MEMBER_IDS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What is known so far of the person being typed."""

    patient: Patient
    member_ids: tuple[str, ...]
    known: int


class MatchProbe(QObject):
    """Looks for possible duplicates a moment after an identifying field changed, from the second such field on.

    ``found`` carries the matches, the likeliest first.
    """

    found = Signal(tuple)

    def __init__(self, desk: Desk, document: IntakeDocument, parent: QObject | None = None) -> None:
        """Follow the document."""
        super().__init__(parent)
        self._desk = desk
        self._document = document
        self.excluding: int | None = None
        self.waiting = False
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.look)
        document.changed.connect(self._changed)

    def look(self) -> None:
        """Look now."""
        self._pause.stop()
        probe = probe_of(self._document)
        if probe.known < LEAST_FIELDS:
            self._tell(())
            return
        actor, excluding = self._desk.actor, self.excluding
        self.waiting = True
        self._desk.store.ask(
            lambda store: possible_duplicates(store, actor, probe.patient, probe.member_ids, excluding=excluding),
            owner=self,
            done=self._tell,
            newest="matches",
        )

    def is_waiting(self) -> bool:
        """Tell whether the last answer does not yet belong to what is typed now."""
        return self.waiting or self._pause.isActive()

    def _tell(self, matches: tuple[Match, ...]) -> None:
        self.waiting = False
        self.found.emit(matches)

    def _changed(self, path: str) -> None:
        if path in WATCHED:
            self._pause.start()


def probe_of(document: IntakeDocument) -> Probe:
    """Return what the document knows of the person; what cannot be read yet is left out."""
    known: dict[str, Any] = {}
    for name in (*NAMES, *PHONES, "dob"):
        value = _value(document, f"patient.{name}")
        if value is not None:
            known[name] = value
    members = tuple(str(value) for path in MEMBER_IDS if (value := _value(document, path)) is not None)
    return Probe(patient=Patient(**known), member_ids=members, known=len(known) + len(members))


def _value(document: IntakeDocument, path: str) -> str | date | None:
    if not document.text(path).strip():
        return None
    reading = document.read(path)
    return None if any(problem.level == "error" for problem in reading.problems) else reading.value
