"""Whatever is done by the actions, in whatever order, the check finds nothing."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from intake.actions.amendments import receive_amendment
from intake.actions.check import check_store
from intake.actions.idle import choose_idle_minutes
from intake.actions.notes import drop_practice_snippet, keep_practice_snippet
from intake.actions.retention import keep_no_more, keep_record
from intake.actions.second_factor import choose_roles_with_second_factor
from intake.actions.visits import change_status, undo_status
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.staff import Role
from intake.domain.visits import Status
from intake.errors import IntakeError
from intake.storage.store import Store
from tests.factories import NOW, TODAY, a_colleague, a_store, an_admin, an_intake, save
from tests.intake.retention.scene import edit


@cache
def known() -> Definitions:
    """Return the definitions that ship with the program, read once."""
    return load_definitions()


class Practice:
    """A practice that is told what to do by number; what cannot be done is refused."""

    def __init__(self, store: Store) -> None:
        """Begin with one visit."""
        self.store, self.now, self.done = store, NOW, 0
        self.admin = an_admin(store)
        self.desk = a_colleague(store, self.admin)
        self.visits = [save(store, self.desk, known()).visit_id]

    def do(self, deed: str, which: int) -> None:
        """Do one thing."""
        self.now += timedelta(minutes=1)
        try:
            getattr(self, f"_{deed}")(which)
        except IntakeError:
            return
        self.done += 1

    def _arrive(self, which: int) -> None:
        record = self.store.patients.get(1)
        assert record is not None
        intake = an_intake(known(), patient=record.patient, seed=which)
        saved = save(self.store, self.desk, known(), intake=intake, patient_id=1, patient_version=record.version, now=self.now)
        self.visits.append(saved.visit_id)

    def _edit(self, which: int) -> None:
        edit(self.store, self.desk, 1, known(), now=self.now, dob=date(1980, 1, 1 + which))

    def _move(self, which: int) -> None:
        change_status(self.store, self.desk, self._visit(which), list(Status)[which % len(Status)], now=self.now)

    def _undo(self, which: int) -> None:
        undo_status(self.store, self.desk, self._visit(which), now=self.now)

    def _amend(self, which: int) -> None:
        words = f"Sample {which}"
        receive_amendment(self.store, self.desk, patient_id=1, visit_id=None, request=words, received_on=TODAY, now=self.now)

    def _keep(self, _: int) -> None:
        keep_record(self.store, self.admin, 1, reason="Sample", definitions=known(), now=self.now)

    def _keep_no_more(self, _: int) -> None:
        keep_no_more(self.store, self.admin, 1, reason="Sample", definitions=known(), now=self.now)

    def _idle(self, which: int) -> None:
        choose_idle_minutes(self.store, self.admin, 1 + which, now=self.now)

    def _factor(self, which: int) -> None:
        choose_roles_with_second_factor(self.store, self.admin, frozenset({list(Role)[which % len(Role)]}), now=self.now)

    def _snippet(self, which: int) -> None:
        keep_practice_snippet(self.store, self.admin, abbreviation=f"s{which % 2}", text=f"{which}", now=self.now)

    def _drop(self, which: int) -> None:
        drop_practice_snippet(self.store, self.admin, f"s{which % 2}", now=self.now)

    def _visit(self, which: int) -> int:
        return self.visits[which % len(self.visits)]


DEEDS = ("arrive", "edit", "move", "undo", "amend", "keep", "keep_no_more", "idle", "factor", "snippet", "drop")


@settings(max_examples=10)
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 8)), min_size=3, max_size=14))
def test_whatever_is_done_by_the_actions_is_whole(deeds: list[tuple[str, int]]) -> None:
    """In any order, also what was refused."""
    with tempfile.TemporaryDirectory() as folder:
        practice = Practice(a_store(Path(folder) / "data"))
        try:
            for deed, which in deeds:
                practice.do(deed, which)
            assert check_store(practice.store, practice.admin, now=practice.now).good
        finally:
            practice.store.close()


def test_each_thing_it_is_told_can_be_done(tmp_path: Path) -> None:
    """Or the one above would try nothing."""
    practice = Practice(a_store(tmp_path / "data"))
    for deed in DEEDS:
        practice.do(deed, 1)
    practice.store.close()
    assert practice.done == len(DEEDS)
