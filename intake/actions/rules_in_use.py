"""Which versions of questions, rules and words are in use: told to the audit when an update or the practice changed them."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Final

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.storage.store import Store

SCOPE: Final = "practice"
NAME: Final = "rules_in_use"


def note_rules(store: Store, actor: Actor, definitions: Definitions, *, now: datetime) -> None:
    """Record, old and new, what is another version than when this was asked before; call it after each sign-in."""
    found = versions_of(definitions)
    with store.reading():
        kept = store.settings.get(SCOPE, NAME)
    before = _read(kept or "{}")
    changes = {name: (before.get(name), found.get(name)) for name in before.keys() | found.keys() if before.get(name) != found.get(name)}
    if not changes:
        return
    with store.transaction():
        store.settings.put(SCOPE, NAME, json.dumps(found, sort_keys=True))
        store.audit.add(actor, "rules_changed", at=now, changes=dict(sorted(changes.items())))


def _read(kept: str) -> dict[str, str]:
    """Return the versions that were kept, none when something else stands there."""
    try:
        told = json.loads(kept)
        json.dumps(told, ensure_ascii=False).encode()  # half a character could not be told to the audit
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) and all(isinstance(version, str) for version in told.values()) else {}


def versions_of(definitions: Definitions) -> dict[str, str]:
    """Return the version in use of each kind of definition."""
    return {
        "checklist": definitions.checklist.version,
        "regions": definitions.regions.version,
        "review": definitions.review_form.version,
        "prompts": definitions.prompts.version,
        "codes": definitions.codes.release,
        "home_care": definitions.home_care.version,
        "documents": definitions.document_kinds.version,
        "forms": definitions.forms.version,
    }
