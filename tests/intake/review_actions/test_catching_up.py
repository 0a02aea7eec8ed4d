"""Visits that were kept before the rules in force: their prompts are raised without anybody opening the chart."""

from __future__ import annotations

import dataclasses

from intake.actions.prompting import catch_up
from intake.actions.reviewing import awaiting
from intake.definitions.bundle import Definitions
from intake.domain.prompts import Level
from intake.domain.staff import Actor, Role
from intake.storage.store import Store
from tests.factories import NOW, a_colleague, an_intake, save


def caught_up(store: Store, definitions: Definitions) -> int:
    """Catch up to the end and return in how many goes."""
    goes, after = 1, catch_up(store, definitions, after=0, now=NOW)
    while after is not None:
        goes, after = goes + 1, catch_up(store, definitions, after=after, now=NOW)
    return goes


def test_a_visit_kept_without_rules_stands_where_the_rules_put_it(store: Store, admin: Actor, definitions: Definitions) -> None:
    """A NOW that nobody would have seen before opening the chart is on top of the list."""
    without = dataclasses.replace(definitions, prompts=dataclasses.replace(definitions.prompts, rules=(), version="none"))
    intake = an_intake(definitions)
    intake = dataclasses.replace(intake, answers={**intake.answers, "safety.bladder_bowel": "yes"})
    save(store, admin, without, intake=intake)
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    (before,) = awaiting(store, clinician, location=None, now=NOW)
    assert before.levels == {}
    assert caught_up(store, definitions) == 1
    (after,) = awaiting(store, clinician, location=None, now=NOW)
    assert after.levels[Level.NOW] == 1


def test_it_is_done_once_for_a_version_of_the_rules(store: Store, admin: Actor, definitions: Definitions) -> None:
    """The next sign-in finds nothing to do, the next version everything."""
    save(store, admin, definitions)
    assert caught_up(store, definitions) == 1
    version = store.data_version()
    assert caught_up(store, definitions) == 1
    assert store.data_version() == version
    newer = dataclasses.replace(definitions, prompts=dataclasses.replace(definitions.prompts, version="neck-prompts-2"))
    caught_up(store, newer)
    assert store.data_version() != version


def test_without_rules_nothing_is_called_done(store: Store, admin: Actor, definitions: Definitions) -> None:
    """A broken rules file does not hide the visits from the rules that come after it."""
    save(store, admin, definitions)
    without = dataclasses.replace(definitions, prompts=dataclasses.replace(definitions.prompts, rules=()))
    version = store.data_version()
    assert caught_up(store, without) == 1
    assert store.data_version() == version
