"""What the record says for a letter, as far as who is at work may know it."""

from __future__ import annotations

import json
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.letters import REVIEW_SOURCES, Template
from intake.entry.letter_facts import Facts, Reviewed
from intake.errors import IntakeError
from intake.storage.store import Store

UNTOLD: Final = "-"
"""Stands for codes that are not told; in no letter."""


def facts_of(store: Store, visit_id: int, template: Template, definitions: Definitions) -> Facts:
    """Return the record behind a letter of this template, inside the caller's transaction. Raises IntakeError ``visit_not_found``.

    The codes of a review are there where the template asks for them. Without the key of the notes only that there are some: it is
    enough to count what is missing, and who may read such a letter has the key.
    """
    record = store.visits.get(visit_id, definitions)
    if record is None:
        raise IntakeError("visit_not_found")
    tells_codes = any(each.source in REVIEW_SOURCES for each in template.fields)
    return Facts(
        record=record,
        practice=definitions.practice,
        corrections=store.corrections.answers_of(visit_id),
        treated_on=store.requests.first_treated_on(visit_id),
        reviewed=_reviewed(store, visit_id, definitions, tells_codes=tells_codes),
    )


def _reviewed(store: Store, visit_id: int, definitions: Definitions, *, tells_codes: bool) -> Reviewed | None:
    signed = store.reviews.signed_by(visit_id)
    if signed is None:
        return None
    kept = store.reviews.get(visit_id) if tells_codes and store.notes_key.held else None
    if kept is None:
        return Reviewed(by=signed[0], at=signed[1], codes=(UNTOLD,) if tells_codes else (), released=None)
    codes = tuple(json.loads(kept.content)["note"]["codes"])
    return Reviewed(by=kept.staff_name, at=kept.at, codes=codes, released=definitions.code_lists.get(kept.code_release))
