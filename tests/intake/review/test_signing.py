"""The signature: what it needs, what it locks, and what it covers."""

from __future__ import annotations

import dataclasses
import json
from datetime import timedelta
from typing import Any

import pytest

from intake.actions.acknowledging import acknowledge
from intake.actions.charts import open_chart
from intake.actions.check import check_store
from intake.actions.correcting import correct
from intake.actions.patients import edit_patient
from intake.actions.signing import missing_for_signature, sign_review
from intake.actions.visits import change_status, today, undo_status
from intake.definitions.bundle import Definitions
from intake.domain.canonical import canonical, fingerprint
from intake.domain.staff import Actor
from intake.domain.visits import Status
from intake.errors import ConflictError, DeniedError, IntakeError, InvalidInputError
from intake.security.tries import Tries
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, TODAY, a_patient, an_intake, save, signs_in
from tests.intake.review.charting import LATER, NOTE, make_ready, sign, write

EVERY_SCRIPT = "Łukasz Ольга Νίκος נועה ليلى आशा ਪੰਜਾਬੀ 小明 민준 かな Hương 👩🏽‍⚕️ é \u202f\t\n—“quoted”"


def content_of(store: Store, visit_id: int) -> Any:
    """Return what was signed."""
    kept = store.reviews.get(visit_id)
    assert kept is not None
    return json.loads(kept.content)


def refusal(store: Store, actor: Actor, visit_id: int, definitions: Definitions, **signing: Any) -> IntakeError:
    """Return how a signature is refused."""
    given: dict[str, Any] = {"password": PASSWORD, "now": LATER, **signing}
    with pytest.raises(IntakeError) as caught:
        sign_review(store, actor, visit_id, definitions=definitions, **given)
    return caught.value


def test_a_signed_chart_says_who_signed_what_and_when(
    store: Store, admin: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """And the visit is finished, out of hand, and the store whole."""
    chart = sign(store, clinician, visit_id, definitions)
    assert chart.signature is not None
    assert (chart.signature.by, chart.signature.role, chart.signature.at) == ("Casey Example", "clinician", LATER)
    assert chart.signature.note.history == NOTE["history"]
    assert chart.signature.patient == chart.visit.patient.patient
    assert (chart.visit.status, chart.hold, chart.draft) == (Status.FINISHED, None, {})
    assert chart.number == "V-000001-3/N1"
    assert check_store(store, admin, now=NOW).good


def test_everything_of_the_visit_is_in_what_is_signed(
    store: Store, desk: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """Patient, visit, both states of the answers, corrections, marks, prompts with their words, note and versions."""
    intake = an_intake(definitions)
    correct(
        store, clinician, visit_id, path="answers.safety.walking", value="yes", reason="Said so now", definitions=definitions, now=LATER
    )
    sign(store, clinician, visit_id, definitions)
    content = content_of(store, visit_id)
    record = content["record"]
    assert record["answers"]["safety.walking"] == "no"
    assert record["answers_as_corrected"]["safety.walking"] == "yes"
    assert [each["reason"] for each in record["corrections"]] == ["Said so now"]
    assert record["marks"] == [{"region": mark.region, "kind": mark.kind} for mark in intake.marks]
    assert record["visit"]["safety"]["medications"] == "Ibuprofen 400 mg"
    assert record["visit"]["primary"]["member_id"] == "EX100200"
    assert record["visit"]["notices"]["privacy"] == "signed"
    assert content["patient"]["dob"] == "1985-03-04"
    assert {each["acknowledgement"]["words"] for each in record["prompts"]} == {"Examined at once"}
    assert {each["rules_version"] for each in record["prompts"]} == {definitions.prompts.version}
    assert content["note"]["plan"] == [["heat", "15 minutes, three times a day"]]
    assert content["versions"] == {
        "checklist": definitions.checklist.version,
        "regions": definitions.regions.version,
        "form": definitions.review_form.version,
        "rules": definitions.prompts.version,
        "codes": definitions.codes.release,
    }
    assert content["signature"] == {
        "account": clinician.staff.id,
        "by": "Casey Example",
        "role": "clinician",
        "at": LATER.isoformat(timespec="milliseconds"),
    }


def test_the_fingerprint_is_of_the_canonical_form(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """Whoever has the content can compute it."""
    chart = sign(store, clinician, visit_id, definitions)
    kept = store.reviews.get(visit_id)
    assert kept is not None
    assert canonical(json.loads(kept.content)) == kept.content
    assert fingerprint(kept.content) == kept.fingerprint == chart.fingerprint


def test_the_patient_of_that_day_stays_in_the_signature(
    store: Store, desk: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """A later move changes the record and not the signed note."""
    sign(store, clinician, visit_id, definitions)
    edit_patient(store, desk, patient_id=1, version=1, patient=a_patient(city="Union"), definitions=definitions, now=LATER)
    chart = open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    assert chart.signature is not None
    assert (chart.visit.patient.patient.city, chart.signature.patient.city) == ("Union", "Edison")


def test_what_is_missing_is_said_by_name(store: Store, desk: Actor, clinician: Actor, definitions: Definitions) -> None:
    """Each prompt without a word, each empty part, each part that cannot be kept; then nothing is signed."""
    intake = an_intake(definitions)
    intake = dataclasses.replace(intake, answers={**intake.answers, "safety.walking": "yes"})
    visit_id = save(store, desk, definitions, intake=intake).visit_id
    chart = open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    prompts = [f"prompts.{prompt.id}" for prompt in chart.prompts]
    assert prompts
    write(store, clinician, visit_id, examination="", impression="  ", codes=["M99.99X"])
    error = refusal(store, clinician, visit_id, definitions)
    assert isinstance(error, InvalidInputError)
    fields = [problem.field for problem in error.problems]
    assert fields[: len(prompts)] == prompts
    assert {"note.examination", "note.impression"} <= set(fields)
    assert "note.plan" not in fields
    assert any(field.startswith("note.codes") for field in fields)
    assert not store.reviews.signed(visit_id)
    for prompt in chart.prompts:
        acknowledge(store, clinician, prompt.id, words="Seen", definitions=definitions, now=LATER)
    write(store, clinician, visit_id)
    ready = open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    assert missing_for_signature(ready, definitions=definitions, now=LATER, actor=clinician) == ()
    assert sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=LATER).signature


def test_a_prompt_that_comes_up_at_the_last_moment_is_kept_and_named(
    store: Store, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """The list names a prompt that is there when the chart is read again."""
    make_ready(store, clinician, visit_id, definitions)
    store._connection.execute("UPDATE answer SET value = '\"yes\"' WHERE key = 'safety.walking'")
    error = refusal(store, clinician, visit_id, definitions)
    assert isinstance(error, InvalidInputError)
    chart = open_chart(store, clinician, visit_id, definitions=definitions, now=LATER)
    open_prompts = {f"prompts.{prompt.id}" for prompt in chart.prompts if prompt.acknowledgement is None}
    assert {problem.field for problem in error.problems} == open_prompts != set()


def test_a_wrong_password_ten_times_waits_longer_each_time_and_stops_nobody_else(
    store: Store, admin: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """Every try is recorded, the others sign in as ever, and after the wait the right one signs."""
    make_ready(store, clinician, visit_id, definitions)
    waits, moment = [], LATER
    for _ in range(10):
        error = refusal(store, clinician, visit_id, definitions, password="eight sample ponies", now=moment)
        assert error.code == "wrong_signature"
        waits.append(int(error.facts["wait_s"]))
        moment += timedelta(seconds=waits[-1])
    assert waits == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    early = refusal(store, clinician, visit_id, definitions, now=moment - timedelta(seconds=5))
    assert (early.code, early.facts["wait_s"]) == ("signature_too_soon", 5)
    assert signs_in(store, login="alex", password=PASSWORD, workstation="desk-9", now=LATER).staff == admin.staff
    assert sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=moment).signature
    told = store._connection.execute(
        "SELECT outcome, count(*) FROM audit WHERE staff_id = ? AND action = 'confirm_password' GROUP BY 1", (clinician.staff.id,)
    )
    assert dict(told.fetchall()) == {"refused": 10, "too_soon": 1, "done": 1}
    assert Tries(store.paths.tries).failures("casey").count == 0


def test_a_clock_set_back_an_hour_signs_nothing(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """A signature is never older than what it signs; with the clock right it is signed."""
    chart = make_ready(store, clinician, visit_id, definitions)
    behind = LATER - timedelta(hours=1)
    assert refusal(store, clinician, visit_id, definitions, now=behind).code == "clock_behind"
    assert [problem.field for problem in missing_for_signature(chart, definitions=definitions, now=behind)] == ["clock"]
    assert not store.reviews.signed(visit_id)
    assert sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=LATER).signature


@pytest.mark.parametrize("what", ["note", "status"])
def test_a_signature_is_not_older_than_the_last_word_or_move(
    store: Store, desk: Actor, clinician: Actor, visit_id: int, definitions: Definitions, what: str
) -> None:
    """Neither than what was typed last, nor than where the visit was put last."""
    make_ready(store, clinician, visit_id, definitions)
    much_later = LATER + timedelta(minutes=10)
    if what == "note":
        write(store, clinician, visit_id, now=much_later)
    else:
        change_status(store, desk, visit_id, Status.WITH_CLINICIAN, now=much_later)
    assert refusal(store, clinician, visit_id, definitions).code == "clock_behind"
    assert sign_review(store, clinician, visit_id, password=PASSWORD, definitions=definitions, now=much_later).signature


@pytest.mark.parametrize("role", ["admin", "desk", "print_desk"])
def test_nobody_but_a_clinician_signs(
    store: Store, clinician: Actor, visit_id: int, definitions: Definitions, role: str, request: pytest.FixtureRequest
) -> None:
    """By action, whatever they know; and nothing is counted against them."""
    make_ready(store, clinician, visit_id, definitions)
    actor: Actor = request.getfixturevalue(role)
    with pytest.raises(DeniedError):
        sign_review(store, actor, visit_id, password=PASSWORD, definitions=definitions, now=LATER)
    assert not store.reviews.signed(visit_id)


def test_a_role_taken_away_after_sign_in_signs_nothing(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """The store asks what the account is now."""
    make_ready(store, clinician, visit_id, definitions)
    store._connection.execute("UPDATE staff SET role = 'receptionist' WHERE id = ?", (clinician.staff.id,))
    error = refusal(store, clinician, visit_id, definitions)
    assert (type(error), error.code) == (DeniedError, "not_permitted")
    assert store.notes.get(visit_id, clinician.staff.id) is not None


def test_a_visit_is_signed_once(store: Store, clinician: Actor, other: Actor, visit_id: int, definitions: Definitions) -> None:
    """By whoever was first."""
    sign(store, clinician, visit_id, definitions)
    for actor in (clinician, other):
        error = refusal(store, actor, visit_id, definitions)
        assert (type(error), error.code) == (ConflictError, "visit_signed")


def test_a_signed_visit_is_not_moved_on_the_board(
    store: Store, desk: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """The board says who signed it, offers nothing to take back, and tells in words why it stays."""
    change_status(store, desk, visit_id, Status.WITH_CLINICIAN, now=NOW)
    sign(store, clinician, visit_id, definitions)
    [line] = today(store, desk, location=None, day=TODAY, now=LATER)
    assert (line.signed_by, line.status, line.can_undo) == ("Casey Example", Status.FINISHED, False)
    with pytest.raises(ConflictError, match="visit_signed"):
        change_status(store, desk, visit_id, Status.LEFT, now=LATER)
    with pytest.raises(ConflictError, match="visit_signed"):
        undo_status(store, desk, visit_id, now=LATER)
    assert change_status(store, desk, visit_id, Status.FINISHED, now=LATER) == line


def test_a_patient_who_left_stays_one_who_left(
    store: Store, desk: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """A signature says nothing that did not happen."""
    change_status(store, desk, visit_id, Status.LEFT, now=NOW)
    assert sign(store, clinician, visit_id, definitions).visit.status is Status.LEFT


def test_a_long_note_in_every_script_comes_back_as_it_was(
    store: Store, admin: Actor, clinician: Actor, visit_id: int, definitions: Definitions
) -> None:
    """Forty thousand characters are signed and read again; one more is refused by name, and none of it is lost."""
    text = (EVERY_SCRIPT * (40_000 // len(EVERY_SCRIPT) + 1))[:40_000].strip()
    longest = text + "x" * (40_000 - len(text))
    make_ready(store, clinician, visit_id, definitions, history=longest + "x", examination=longest)
    error = refusal(store, clinician, visit_id, definitions)
    assert isinstance(error, InvalidInputError)
    assert [(problem.field, problem.code) for problem in error.problems] == [("note.history", "text_too_long")]
    kept = store.notes.get(visit_id, clinician.staff.id)
    assert kept is not None
    assert kept.content["history"] == longest + "x"
    chart = sign(store, clinician, visit_id, definitions, history=longest, examination=longest)
    assert chart.signature is not None
    assert (chart.signature.note.history, chart.signature.note.examination) == (longest, longest)
    assert check_store(store, admin, now=LATER).good


def test_nothing_of_the_note_is_in_the_audit(store: Store, clinician: Actor, visit_id: int, definitions: Definitions) -> None:
    """The audit tells that it was signed and its fingerprint; the words are in the record."""
    chart = sign(store, clinician, visit_id, definitions, history="Unmistakable words")
    rows = store._connection.execute("SELECT action, changes, reason FROM audit").fetchall()
    assert not any("Unmistakable" in str(row) or "Examined at once" in str(row) for row in rows)
    assert any(chart.fingerprint in str(row) for row in rows)
