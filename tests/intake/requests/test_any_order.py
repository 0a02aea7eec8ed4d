"""Whatever is done in whatever order: lists, counts and states are those of the store, and nothing leaves unsigned."""

from __future__ import annotations

import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.actions.check import check_store
from intake.actions.handing_over import hand_over
from intake.actions.requests import count_requests, list_requests, renew, request_of, withdraw
from intake.actions.signing import add_addendum, sign_review
from intake.actions.visits import change_status
from intake.definitions.bundle import Definitions, load_definitions
from intake.domain.requests import Filter, Handover, RequestLine, RequestState
from intake.domain.staff import Role
from intake.domain.visits import Status
from intake.errors import IntakeError
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, a_colleague, a_store, an_admin
from tests.intake.requests.promising import ask, complete_letter, print_it, sign_it
from tests.intake.review.charting import make_ready
from tests.intake.review_actions.arrivals import arrive

KINDS = ("visit_note", "intake_form", "home_care", "work_note", "records_copy")
DEEDS = ("arrive", "ask", "sign", "letter", "sign_letter", "print", "hand_over", "withdraw", "renew", "add", "leave", "back", "wait")
EVERY = tuple(RequestState)
TYPED = ("sign", "letter", "sign_letter", "add")
"""What is done in more than one transaction: a password is confirmed, a word is kept, before the last one is refused."""
STEP = timedelta(hours=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """To which request or visit the next thing is done."""

    line: RequestLine
    visit_id: int
    which: int


@cache
def known() -> Definitions:
    """Return the definitions that ship with the program, read once; a fixture would be told with every example that fails."""
    return load_definitions()


class Office:
    """A practice that is told what to do by number; what cannot be done is refused and changes nothing."""

    def __init__(self, store: Store, definitions: Definitions) -> None:
        """Begin with one visit."""
        self.store, self.definitions = store, definitions
        self.admin = an_admin(store)
        self.desk = a_colleague(store, self.admin)
        self.clinician = a_colleague(store, self.admin, role=Role.CLINICIAN, login="casey")
        self.now = NOW
        self.visits = [self._arrive()]
        self.delivered: dict[int, datetime] = {}

    def do(self, deed: str, which: int) -> None:
        """Do one thing to the visit or the request of this number, counted around."""
        if deed == "wait":
            self.now += STEP
            return
        self.now += timedelta(minutes=1)
        lines = self.lines()
        turn = Turn(line=lines[which % len(lines)], visit_id=self.visits[which % len(self.visits)], which=which)
        before = self.store.data_version()
        try:
            getattr(self, f"_{deed}")(turn)
        except IntakeError as error:
            if error.code == "append_only":
                raise  # a guard of the store had to stop what an action let through
            if deed not in TYPED:
                assert self.store.data_version() == before, deed

    def lines(self) -> tuple[RequestLine, ...]:
        """Return every request."""
        return list_requests(self.store, self.desk, Filter(states=EVERY), limit=1_000)

    def _arrive(self, *_: object) -> int:
        self.visits = [*getattr(self, "visits", []), arrive(self.store, self.desk, self.definitions, now=self.now)]
        return self.visits[-1]

    def _ask(self, on: Turn) -> None:
        patient_id = self.store.visits.patient_of(on.visit_id)
        ask(
            self.store, self.desk, self.definitions, KINDS[on.which % len(KINDS)], visit_id=on.visit_id, patient_id=patient_id, now=self.now
        )

    def _sign(self, on: Turn) -> None:
        make_ready(self.store, self.clinician, on.visit_id, self.definitions, now=self.now)
        sign_review(self.store, self.clinician, on.visit_id, password=PASSWORD, definitions=self.definitions, now=self.now)

    def _letter(self, on: Turn) -> None:
        if on.line.kind == "work_note":
            complete_letter(self.store, self.desk, self.definitions, request_of(self.store, self.desk, on.line.id), now=self.now)

    def _sign_letter(self, on: Turn) -> None:
        if on.line.kind == "work_note":
            sign_it(self.store, self.clinician, self.definitions, request_of(self.store, self.desk, on.line.id), now=self.now)

    def _print(self, on: Turn) -> None:
        if on.line.state in (RequestState.DELIVERED, RequestState.WITHDRAWN):
            return
        print_it(self.store, self.clinician, request_of(self.store, self.desk, on.line.id), now=self.now)

    def _hand_over(self, on: Turn) -> None:
        handover = Handover(to="Somebody", identity="known", late_reason="Busy" if on.which % 2 else "")
        hand_over(self.store, self.desk, on.line.id, handover, definitions=self.definitions, now=self.now)
        self.delivered[on.line.id] = self.now
        assert on.which % 2 or self.now <= on.line.due_at

    def _withdraw(self, on: Turn) -> None:
        withdraw(self.store, self.desk, on.line.id, reason="Not wanted", now=self.now)

    def _renew(self, on: Turn) -> None:
        renew(self.store, self.desk, on.line.id, now=self.now)

    def _add(self, on: Turn) -> None:
        words = {"text": "More", "reason": "Recalled", "password": PASSWORD}
        add_addendum(self.store, self.clinician, on.visit_id, **words, definitions=self.definitions, now=self.now)

    def _leave(self, on: Turn) -> None:
        change_status(self.store, self.desk, on.visit_id, Status.LEFT, now=self.now)

    def _back(self, on: Turn) -> None:
        change_status(self.store, self.desk, on.visit_id, Status.WAITING, now=self.now)


def refuse_unsigned(office: Office) -> None:
    """Expect every request beyond waiting to have its signature, whatever led there."""
    connection = office.store._connection
    signed = {row[0] for row in connection.execute("SELECT visit_id FROM review")}
    letters = {row[0] for row in connection.execute("SELECT request_id FROM letter_signature")}
    rows = connection.execute("SELECT id, state, waits_for, visit_id FROM request").fetchall()
    for request_id, state, waits_for, visit_id in rows:
        has = {"nothing": True, "visit": visit_id in signed, "letter": request_id in letters}[waits_for]
        assert has or state in ("requested", "waiting", "withdrawn"), (request_id, state)


def expect_lists(office: Office) -> None:
    """Expect each list and each count to be what the rows say."""
    store, desk = office.store, office.desk
    rows = store._connection.execute("SELECT id, state, due_at, delivered_at, kind, location FROM request").fetchall()
    owed = sorted((due_at, request_id) for request_id, state, due_at, *_ in rows if RequestState(state).open)
    assert [line.id for line in list_requests(store, desk, Filter(), limit=1_000)] == [request_id for _, request_id in owed]
    for state in RequestState:
        found = {line.id for line in list_requests(store, desk, Filter(states=(state,)), limit=1_000)}
        assert found == {row[0] for row in rows if row[1] == state}
    for kind in KINDS:
        found = {line.id for line in list_requests(store, desk, Filter(kind=kind, states=EVERY), limit=1_000)}
        assert found == {row[0] for row in rows if row[4] == kind}
    counts = count_requests(store, desk, location="loc.edison", now=office.now)
    by_state = Counter(row[1] for row in rows)
    overdue = sum(datetime.fromisoformat(due_at) < office.now for due_at, _ in owed)
    assert (counts.owed, counts.overdue, counts.ready) == (len(owed), overdue, by_state["ready"])
    assert {row[0] for row in rows if row[1] == "delivered"} == office.delivered.keys()
    for line in office.lines():
        assert line.delivered_at == office.delivered.get(line.id)


@settings(max_examples=12)
@given(deeds=st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 11)), min_size=4, max_size=18))
def test_any_sequence_keeps_lists_counts_and_states(deeds: list[tuple[str, int]]) -> None:
    """And the check of the store finds nothing wrong afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        office = Office(a_store(Path(folder) / "data"), known())
        try:
            for deed, which in deeds:
                office.do(deed, which)
                refuse_unsigned(office)
            expect_lists(office)
            assert check_store(office.store, office.admin, now=office.now).good
        finally:
            office.store.close()


WHOLE = ("sign", "print", "hand_over")


@pytest.mark.parametrize("skipped", [*WHOLE, None])
def test_no_step_of_the_way_can_be_skipped(store: Store, definitions: Definitions, skipped: str | None) -> None:
    """Without any one of them the document is not delivered."""
    office = Office(store, definitions)
    for deed in WHOLE:
        if deed != skipped:
            office.do(deed, 0)
    assert (list(office.delivered) == [1]) is (skipped is None)
