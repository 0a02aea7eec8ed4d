"""``show`` puts the review to who may read it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from intake.actions.access import sign_in
from intake.actions.signing import add_addendum
from intake.definitions.bundle import Definitions
from intake.domain.staff import Role
from intake.paths import Paths
from tests.factories import PASSWORD as COLLEAGUES
from tests.factories import a_colleague
from tests.intake.cli_desk import PASSWORD, Run, write
from tests.intake.review.charting import NOTE, make_ready, sign

VISIT = "V-000001-3"


def test_show_puts_note_signature_and_addenda_to_who_may_read_them(
    run: Run, tmp_path: Path, definitions: Definitions, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Preliminary, then signed; the desk is put the visit alone, and nobody has the chart in hand for it."""
    assert run("add", write(tmp_path / "one.json"))[0] == 0
    signed_in = sign_in(
        Paths(data=tmp_path / "data", training=False), login="admin", password=PASSWORD, workstation="desk-1", now=datetime.now(UTC)
    )
    store, admin = signed_in.store, signed_in.actor
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    a_colleague(store, admin, role=Role.PRINT_DESK, login="pat")
    assert "review" not in run("show", VISIT)[1][0]
    monkeypatch.setenv("INTAKE_PASSWORD", COLLEAGUES)
    assert run("show", VISIT, user="casey")[1][0]["review"]["held_by"] is None
    make_ready(store, clinician, 1, definitions, now=datetime.now(UTC))
    shown = run("show", VISIT, user="pat")[1][0]["review"]
    assert (shown["number"], shown["held_by"], shown["draft"], shown["signature"]) == (f"{VISIT}/P", "Casey Example", NOTE, None)
    chart = sign(store, clinician, 1, definitions, now=datetime.now(UTC))
    words = {"text": "More", "reason": "Later", "password": COLLEAGUES}
    add_addendum(store, clinician, 1, **words, definitions=definitions, now=datetime.now(UTC))
    [line] = run("show", VISIT, user="pat")[1]
    shown = line["review"]
    assert (shown["number"], shown["note"]["plan"], "draft" in shown) == (f"{VISIT}/N2", NOTE["plan"], False)
    assert (shown["signature"]["by"], shown["signature"]["fingerprint"]) == ("Casey Example", chart.fingerprint)
    assert [each["text"] for each in shown["addenda"]] == ["More"]
    assert all(each["acknowledgement"]["words"] for each in shown["prompts"])
    assert shown["answers_as_corrected"] == line["answers"]
    store.close()


def test_the_check_names_a_signed_visit_that_was_altered(run: Run, tmp_path: Path, definitions: Definitions) -> None:
    """By its number, and the command fails."""
    assert run("add", write(tmp_path / "one.json"))[0] == 0
    signed_in = sign_in(
        Paths(data=tmp_path / "data", training=False), login="admin", password=PASSWORD, workstation="desk-1", now=datetime.now(UTC)
    )
    store, admin = signed_in.store, signed_in.actor
    clinician = a_colleague(store, admin, role=Role.CLINICIAN, login="casey")
    sign(store, clinician, 1, definitions, now=datetime.now(UTC))
    code, [report], _ = run("check")
    assert (code, report["good"], report["altered"], report["lists"]) == (0, True, [], 0)
    store._connection.execute("DROP TRIGGER signed_mark_not_removed")
    store._connection.execute("DROP TRIGGER mark_never_removed")
    store._connection.execute("DELETE FROM mark")
    store.close()
    code, [report], _ = run("check")
    assert (code, report["good"], report["altered"]) == (1, False, [VISIT])
