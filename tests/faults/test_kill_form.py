"""The form's process is killed in the middle of each section, and of an edit: every key is offered back, with the cursor where it was."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from intake.actions.check import check_store
from intake.actions.drafts import my_drafts, my_edits
from intake.actions.intakes import SaveRequest, save_intake
from intake.definitions.bundle import load_definitions
from tests.factories import NOW, a_store, an_admin, an_intake, signs_in
from tests.faults.form_process import PLACES

KILLED = {
    "identity": ("patient", {"legal_last": "Rivera"}, 6),
    "contact": ("patient", {"line1": "12 Sample St"}, 12),
    "visit": ("visit", {"location": "loc.edison", "reason": "Stiff neck"}, 10),
    "coverage": ("visit", {"location": "loc.edison", "payment": "self_pay"}, 0),
    "safety": ("visit", {"location": "loc.edison", "safety": {"allergies": "Penicillin"}}, 10),
    "checklist": ("answers", {"sx.twitching": "yes"}, 0),
    "drawing": ("pain_drawing", [{"region": "head_top.front", "kind": "aching"}], 0),
    "notices": ("visit", {"location": "loc.edison", "notices": {"privacy": "signed"}}, 0),
}
GOES_ON = {"coverage": "visit.estimate_requested", "checklist": "answers.sx.pain.present", "notices": "visit.notices.advance_directive"}
"""A letter that answers moves the cursor on; elsewhere it stays in the field that was typed in."""
SIGKILL = getattr(signal, "SIGKILL", signal.SIGTERM)


def type_and_kill(data: Path, section: str) -> None:
    """Have the process type, and kill it a quarter of a second after the last key."""
    program = [sys.executable, "-m", "tests.faults.form_process", str(data), section]
    root = Path(__file__).parents[2]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=root, text=True) as form:
        assert form.stdout is not None
        assert form.stdout.readline() == "typed\n"
        os.kill(form.pid, SIGKILL)


@pytest.mark.parametrize("section", list(PLACES))
def test_killing_the_form_loses_no_key(tmp_path: Path, section: str) -> None:
    """A quarter of a second after the last key the process is killed; the draft holds all of it and the store is whole."""
    data = tmp_path / "data"
    store = a_store(data)
    an_admin(store)
    store.close()
    type_and_kill(data, section)
    again = a_store(data)
    try:
        actor = signs_in(again, login="alex")
        (draft,) = my_drafts(again, actor)
        report = check_store(again, actor, now=NOW)
    finally:
        again.close()
    part, expected, position = KILLED[section]
    assert draft.content[part] == expected
    assert draft.caret == {"field": GOES_ON.get(section, PLACES[section][0]), "position": position}
    assert (report.foreign_keys, report.audit_broken_at) == (0, None)


def test_killing_the_form_in_an_edit_loses_no_key(tmp_path: Path) -> None:
    """The record stands as it was, and what was typed waits beside it."""
    data = tmp_path / "data"
    store = a_store(data)
    admin = an_admin(store)
    definitions = load_definitions()
    save_intake(store, admin, SaveRequest(intake=an_intake(definitions)), definitions=definitions, now=NOW)
    store.close()
    type_and_kill(data, "edit")
    again = a_store(data)
    try:
        actor = signs_in(again, login="alex")
        (draft,) = my_edits(again, actor)
        kept = again.patients.get(1)
    finally:
        again.close()
    assert draft.content["patient"]["city"] == "Elsewhere"
    assert draft.caret == {"field": "patient.city", "position": 9}
    assert kept is not None
    assert (kept.version, kept.patient.city) == (1, "Edison")
