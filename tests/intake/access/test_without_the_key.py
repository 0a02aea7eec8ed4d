"""A receptionist's whole day by her own password, which opens no note: nothing of it needs the key."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from intake.actions.backup_targets import add_target
from intake.actions.check import nightly_check
from intake.actions.letters import keep_letter, open_letter
from intake.actions.patients import edit_patient, find, open_patient
from intake.actions.printing import issue_paper
from intake.actions.request_opening import open_request
from intake.actions.requests import list_requests
from intake.actions.restoring import backups_in, open_by_password, restore
from intake.actions.verifying import verify
from intake.actions.visits import open_visit, today
from intake.definitions.bundle import Definitions
from intake.documents.intake_form import intake_form
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.requests import Filter, NewRequest
from intake.errors import DeniedError
from intake.paths import Paths
from tests.factories import TODAY, WORKSTATION, save
from tests.intake.access.desk import signed_in
from tests.intake.access.noted import SIGNED, UNSIGNED, WORD, an_intake_with_prompts
from tests.intake.backups.vault import Vault
from tests.intake.review.charting import LATER

PATIENT = 1


def test_an_edit_raises_prompts_anew_beside_corrections_and_acknowledgements(noted: Paths, definitions: Definitions) -> None:
    """What a correction says now is open to her, why it was made is not."""
    with signed_in(noted, "dana", now=LATER) as dana:
        before = open_patient(dana.store, dana.actor, PATIENT, now=LATER).record
        older = dataclasses.replace(before.patient, dob=before.patient.dob.replace(year=1931) if before.patient.dob else None)
        edit_patient(dana.store, dana.actor, patient_id=PATIENT, version=before.version, patient=older, definitions=definitions, now=LATER)
        corrected = dana.store.corrections.answers_of(UNSIGNED)
        assert [(each.path, each.before, each.after) for each in corrected] == [("answers.safety.walking", "no", "yes")]
        for read in (dana.store.corrections.of_visit, dana.store.prompts.of_visit, dana.store.reviews.addenda):
            with pytest.raises(DeniedError):
                read(SIGNED)
        with pytest.raises(DeniedError):
            dana.store.reviews.get(SIGNED)


def test_she_registers_prints_and_looks_up_as_ever(noted: Paths, definitions: Definitions) -> None:
    """An intake, its form, Today, the record, the search, a file that comes back."""
    with signed_in(noted, "dana", now=LATER) as dana:
        store, actor = dana.store, dana.actor
        version = open_patient(store, actor, PATIENT, now=LATER).record.version
        intake = an_intake_with_prompts(definitions)
        saved = save(store, actor, definitions, intake=intake, patient_id=PATIENT, patient_version=version, now=LATER)
        for visit_id in (SIGNED, UNSIGNED, saved.visit_id):
            record = open_visit(store, actor, visit_id, definitions=definitions, now=LATER)
            form = intake_form(
                record, practice=definitions.practice, checklist=definitions.checklists[record.checklist_version],
                regions=definitions.region_sets[record.regions_version], training=False, printed_at=LATER,
            )  # fmt: skip
            made = Made(content=form, pages=2, language="en")
            issue_paper(store, actor, made, visit_id=visit_id, kind=Paper.INTAKE_FORM, how="print", target="Front desk", now=LATER)
            assert verify(store, actor, form, now=LATER).kind == "intake"
        assert len(today(store, actor, location="loc.edison", day=TODAY, now=LATER)) == 3
        assert [each.id for each in find(store, actor, "sample ana", now=LATER)] == [PATIENT]


def test_she_asks_for_and_writes_letters_and_sees_what_is_due(noted: Paths, definitions: Definitions) -> None:
    """Of a signed visit and of one that is not."""
    with signed_in(noted, "dana", now=LATER) as dana:
        for visit_id in (SIGNED, UNSIGNED):
            kind = next(each for each in definitions.document_kinds.kinds if each.paper is Paper.LETTER and dana.actor.may(each.task))
            new = NewRequest(patient_id=PATIENT, visit_id=visit_id, kind=kind.key, asked_by="patient", leaves_by=kind.leaves_by)
            request = open_request(dana.store, dana.actor, new, definitions=definitions, now=LATER)
            letter = open_letter(dana.store, dana.actor, request.id, definitions=definitions, now=LATER)
            keep_letter(dana.store, dana.actor, request.id, typed=letter.typed, body=None, definitions=definitions, now=LATER)
        assert len(list_requests(dana.store, dana.actor, Filter(location=None), now=LATER)) >= 4


def test_a_backup_that_she_began_brings_the_notes_back_to_those_who_read_them(
    noted: Paths, definitions: Definitions, tmp_path: Path
) -> None:
    """She backs up and the check runs in her session; what was encrypted is, there too."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with signed_in(noted) as alex:
        target_id = add_target(alex.store, alex.actor, str(stick), now=LATER)
    with signed_in(noted, "dana", now=LATER) as dana:
        vault = Vault(store=dana.store, admin=dana.actor, stick=stick, target_id=target_id)
        row = vault.backed_up(LATER)
        assert (row.proven_at, row.trouble) == (LATER, "")
        run = nightly_check(dana.store, workstation=WORKSTATION, now=LATER)
        assert run.good, run.findings
        home = vault.home
    (backup,) = backups_in(home)
    opened = open_by_password(noted, backup, login="alex", password="seven sample ponies", workstation=WORKSTATION, now=LATER)
    restore(noted, opened, workstation=WORKSTATION, now=LATER)
    with signed_in(noted, "casey", now=LATER) as casey:
        kept = casey.store.reviews.get(SIGNED)
        assert kept
        assert WORD in kept.content
    with signed_in(noted, "dana", now=LATER) as dana, pytest.raises(DeniedError):
        dana.store.reviews.get(SIGNED)
