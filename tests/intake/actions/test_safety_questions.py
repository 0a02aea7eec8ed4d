"""A save without the safety questions is refused whoever asks for it, and visits from before there were any stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from intake.actions.visits import open_visit
from intake.definitions.bundle import Definitions
from intake.documents.intake_form import intake_form
from intake.domain.staff import Actor
from intake.errors import InvalidInputError
from intake.storage.store import Store
from intake.storage.visits import Arrival
from tests.factories import NOW, TODAY, an_intake, save


def test_a_save_is_refused_by_the_name_of_the_question(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The action checks again, whatever was checked while it was typed; nothing is saved."""
    intake = an_intake(definitions)
    answers = {key: answer for key, answer in intake.answers.items() if key != "safety.walking"}
    with pytest.raises(InvalidInputError) as caught:
        save(store, desk, definitions, intake=replace(intake, answers=answers))
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [("answers.safety.walking", "safety_not_asked")]
    assert store._connection.execute("SELECT count(*) FROM visit").fetchone() == (0,)


def test_a_patient_whom_a_clinician_is_called_to_is_saved_as_far_as_asked(store: Store, desk: Actor, definitions: Definitions) -> None:
    """The visit is on the board, and what was not asked has no answer."""
    intake = replace(an_intake(definitions), answers={"safety.chest": "yes"})
    saved = save(store, desk, definitions, intake=intake)
    record = open_visit(store, desk, saved.visit_id, definitions=definitions, now=NOW)
    assert record.answers == {"safety.chest": "yes"}


def test_a_visit_asked_with_the_first_version_opens_and_prints_as_it_was(store: Store, desk: Actor, definitions: Definitions) -> None:
    """No question is put into a record that nobody was asked."""
    first = definitions.checklists["neck-1"]
    answers = {"sx.twitching": "yes", "attack.dizziness": "no"}
    arrival = Arrival(at=NOW, day=TODAY, recorded_by=desk.staff.id, checklist_version="neck-1", regions_version="neck-regions-1")
    saved = save(store, desk, definitions)
    with store.transaction():
        visit_id = store.visits.add(saved.patient_id, replace(an_intake(definitions), answers=answers), arrival)
    record = open_visit(store, desk, visit_id, definitions=definitions, now=NOW)
    assert (record.checklist_version, record.answers) == ("neck-1", answers)
    assert first.problems(record.answers, TODAY) == []
    paper = intake_form(
        record,
        practice=definitions.practice,
        checklist=definitions.checklists[record.checklist_version],
        regions=definitions.regions,
        training=False,
        printed_at=NOW,
    )
    assert paper.startswith(b"%PDF")
