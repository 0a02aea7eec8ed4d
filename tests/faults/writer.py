"""A program of its own that the fault tests start: it writes until it cannot, and says on stdout what was acknowledged.

``python -m tests.faults.writer drafts DATA`` keeps one draft after another and never stops by itself.
``python -m tests.faults.writer fill DATA`` saves drafts until the store cannot be written, then prints the code.
``python -m tests.faults.writer open DATA`` opens the store and prints the code with which that is refused.
``python -m tests.faults.writer make DATA`` sets a practice up, or prints the code with which that is refused.
``python -m tests.faults.writer edit DATA CITY`` waits for a line on stdin, then edits the first patient as of version 1.
"""

from __future__ import annotations

import dataclasses
import itertools
import sys
from pathlib import Path
from typing import Any

from intake.actions.drafts import Draft, keep_draft
from intake.actions.patients import edit_patient
from intake.actions.setup import set_up
from intake.definitions.bundle import load_definitions
from intake.domain.staff import Actor
from intake.errors import IntakeError
from intake.paths import Paths, open_folder
from intake.security.cost import use_cost
from intake.storage.store import Store, open_store
from tests.factories import CHEAP, KEYS, NOW, PASSWORD, WORKSTATION, a_patient

DRAFT = Draft(content={}, caret={"field": "patient.legal_last", "position": 1})


def say(text: str) -> None:
    """Say a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def write_drafts(store: Store, actor: Actor, *, text: str) -> None:
    """Type on in one draft and begin a new one now and then; each one is acknowledged when it is kept."""
    draft_id = None
    for number in itertools.count():
        draft = dataclasses.replace(DRAFT, id=draft_id, content={"patient": {"legal_last": text, "legal_first": str(number)}})
        draft_id = keep_draft(store, actor, draft, now=NOW)
        say(f"{draft_id} {number}")
        draft_id = None if number % 10 == 9 else draft_id


def edit(store: Store, actor: Actor, city: str) -> None:
    """Edit the first patient when told to."""
    definitions = load_definitions()
    say("ready")
    sys.stdin.readline()
    edit_patient(store, actor, patient_id=1, version=1, patient=a_patient(city=city), definitions=definitions, now=NOW)
    say("edited")


def main(action: str, data: str, *rest: str) -> int:
    """Do one of them; 3 means that a person would have been told, by the code on stdout."""
    use_cost(CHEAP)
    try:
        if action == "make":
            open_folder(Paths(data=Path(data), training=False))
            words: dict[str, Any] = {"admin_name": "Alex Sample", "login": "alex", "password": PASSWORD}
            made = set_up(Paths(data=Path(data), training=False), **words, location="loc.edison", workstation=WORKSTATION, now=NOW)
            made.store.close()
            say("made")
            return 0
        store = open_store(Paths(data=Path(data), training=False), KEYS)
        if action == "open":
            say("opened")
            return 0
        actor = Actor(staff=store.staff.all()[0], workstation=WORKSTATION)
        if action == "edit":
            edit(store, actor, *rest)
        else:
            write_drafts(store, actor, text="x" * 20_000 if action == "fill" else "Sample")
    except IntakeError as error:
        say(error.code)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
