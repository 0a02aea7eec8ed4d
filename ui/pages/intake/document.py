"""What the form holds: one raw intake, and who hears when a part of it changes."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from intake.definitions.bundle import Definitions
from intake.domain.answers import Answer
from intake.domain.checklist import Asked
from intake.domain.coverage import Treatment
from intake.domain.fields import Described
from intake.domain.pain import Mark
from intake.domain.visits import all_fields
from intake.entry.answers import tidy_answer
from intake.entry.from_form import FORM, not_confirmed
from intake.entry.reading import FieldReading, Reading, applies, get, propose, put, read_field, read_intake
from intake.entry.rules import DECLINED, NEEDLESS
from ui.pages.intake.form_marks import FormMarks

ZIP = "patient.zip_code"
FROM_ZIP = ("patient.city", "patient.state")

Raw = dict[str, Any]
"""An intake as typed: the document of a draft and of a file."""


class IntakeDocument(QObject):
    """One intake while it is being typed, or looked through after it was read from a form.

    Values are texts as typed and choice codes; ``proposed`` names the fields the program filled in and nobody touched.
    ``treatments`` are the patient's visits here after auto accidents.
    ``changed`` carries the path of a field, ``answers.<key>`` of an answer, or ``pain_drawing``.
    """

    changed = Signal(str)

    def __init__(self, definitions: Definitions, on: date, parent: QObject | None = None) -> None:
        """Begin with nothing asked, for a visit on the given day."""
        super().__init__(parent)
        self.definitions = definitions
        self.on = on
        self.raw: Raw = {"patient": {}, "visit": {}, "answers": {}, "pain_drawing": []}
        self.proposed: set[str] = set()
        self.treatments: tuple[Treatment, ...] = ()
        self.form_marks = FormMarks(self)
        self.fields: Mapping[str, Described] = {field.path: field for field in all_fields()}

    def load(self, raw: Mapping[str, object]) -> None:
        """Take over a raw intake or the content of a draft, replacing what was there; the caller shows it."""
        self.raw = {"patient": {}, "visit": {}, "answers": {}, "pain_drawing": [], **copy.deepcopy(dict(raw))}
        self.treatments = ()
        self.form_marks.load(raw)
        self.raw.pop(FORM, None)

    def snapshot(self) -> Raw:
        """Return a copy that another thread may keep, as the content of a draft."""
        return {**copy.deepcopy(self.raw), **self.form_marks.content()}

    def text(self, path: str) -> str:
        """Return what stands in a field, empty when it was not asked."""
        value = get(self.raw, path)
        return "" if value is None else str(value)

    def type(self, path: str, text: str) -> None:
        """Keep what a person typed into a field."""
        if self.text(path) == text:
            return
        self.proposed.discard(path)
        put(self.raw, path, text)
        self.form_marks.confirm((path,))  # whoever types it knows it
        self.changed.emit(path)
        if path == ZIP:
            for proposed, words in zip(FROM_ZIP, propose(text) or (), strict=False):
                self.propose(proposed, words)

    def propose(self, path: str, text: str) -> bool:
        """Fill a field that is empty or was only proposed; what a person typed is never overwritten."""
        if self.text(path) and path not in self.proposed:
            return False
        put(self.raw, path, text)
        self.proposed.add(path)
        self.changed.emit(path)
        return True

    def applies(self, path: str) -> bool:
        """Tell whether a field is to be asked, given what was typed so far."""
        return applies(self.fields[path], self.raw, self.on)

    def is_needless(self, path: str) -> bool:
        """Tell whether another answer leaves nothing to ask here: no street without an address, no voicemail without a phone."""
        decider = next((known for known, needless in NEEDLESS.items() if path in needless), None)
        return decider is not None and not self.text(path) and self.read(decider).value in DECLINED

    def read(self, path: str) -> FieldReading:
        """Return how the field's text is understood and what is wrong with it."""
        return read_field(path, get(self.raw, path), raw=self.raw, definitions=self.definitions, on=self.on)

    def read_all(self) -> Reading:
        """Return the whole intake as understood, with every problem; what a form said and nobody confirmed is one."""
        reading = read_intake(self.raw, definitions=self.definitions, on=self.on)
        unconfirmed = not_confirmed(self.form_marks.unconfirmed(), reading.intake)
        return replace(reading, problems=(*reading.problems, *unconfirmed)) if unconfirmed else reading

    def to_confirm(self) -> tuple[str, ...]:
        """Return the values that came from a form and nobody has confirmed, as far as they are on the page."""
        return tuple(path for path in self.form_marks.unconfirmed() if self._is_shown(path))

    @property
    def answers(self) -> dict[str, Any]:
        """The checklist's answers as held: lists for several choices, absent when not asked."""
        answers: dict[str, Any] = self.raw["answers"]
        return answers

    def answer(self, key: str, value: Answer | list[str] | None) -> None:
        """Keep an answer; None and an empty list mean not asked."""
        kept = list(value) if isinstance(value, (tuple, list)) else value
        if self.answers.get(key) == kept:
            return
        if kept in (None, "", []):
            self.answers.pop(key, None)
        else:
            self.answers[key] = kept
        self.form_marks.confirm((f"answers.{key}",))
        self.changed.emit(f"answers.{key}")

    def typed_answers(self) -> dict[str, Answer]:
        """Return the answers in the checklist's own types, for its questions of what is open."""
        return {key: tuple(value) if isinstance(value, list) else value for key, value in self.answers.items()}

    def fault_in_answer(self, key: str) -> str | None:
        """Return the code of what is wrong with an answer as typed, None when it can be kept."""
        question, value = self.definitions.checklist.question(key), self.answers.get(key)
        if value is None:
            return None
        tidy = tidy_answer(question, tuple(value) if isinstance(value, list) else value, self.on)
        return None if tidy is None else question.fault_in(cast("Answer", tidy))

    def count(self) -> Asked:
        """Count the open checklist questions with and without an answer."""
        return self.definitions.checklist.count(self.typed_answers())

    def marks(self) -> Sequence[Mark]:
        """Return the marks of the pain drawing in the order they were made."""
        return [Mark(region=str(mark["region"]), kind=str(mark["kind"])) for mark in self.raw["pain_drawing"]]

    def toggle_mark(self, mark: Mark) -> None:
        """Add a mark, or take it away if it is there."""
        kept = {"region": mark.region, "kind": mark.kind}
        if kept in self.raw["pain_drawing"]:
            self.raw["pain_drawing"].remove(kept)
        else:
            self.raw["pain_drawing"].append(kept)
        self.form_marks.confirm(("pain_drawing",))
        self.changed.emit("pain_drawing")

    def is_empty(self) -> bool:
        """Tell whether nobody has typed anything yet."""
        typed = any(self.text(path) for path in self.fields if path not in self.proposed)
        return not (typed or self.answers or self.raw["pain_drawing"])

    def _is_shown(self, path: str) -> bool:
        if path in self.fields:
            return bool(self.text(path)) and self.applies(path)
        return bool(get(self.raw, path)) or get(self.raw, path) == 0
