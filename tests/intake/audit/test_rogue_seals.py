"""Seals that a receptionist tells with programs of her own: of rows that her role may not change, in her own, nobody's or others' names."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from intake.actions.accounts import change_password, set_active
from intake.actions.second_factor import begin_enrolment, choose_roles_with_second_factor
from intake.domain.audit import Finding
from intake.domain.seal_tasks import CHANGES
from intake.domain.staff import Role
from intake.errors import IntakeError
from intake.paths import Paths
from intake.security.slots import slot_from_json
from intake.storage.driver import Connection
from intake.storage.notes_key import NotesKey
from intake.storage.seals import SEALED, Seals
from tests.factories import NOW
from tests.intake.access.desk import refused, signed_in
from tests.intake.audit.practice import ALEX, CASEY, DANA, a_practice, findings, work
from tests.intake.audit.rogue import Rogue

OTHER = "eight sample ponies"


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a practice whose clinicians need a second factor, made once, to be copied."""
    data = tmp_path_factory.mktemp("practice") / "data"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_STATE_HOME", str(data.parent / "state"))
        paths = Paths(data=data, training=False)
        a_practice(paths)
        with signed_in(paths) as alex:
            choose_roles_with_second_factor(alex.store, alex.actor, frozenset({Role.PRINT_DESK}), now=NOW)
    return data


@pytest.fixture
def rogue(first: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Rogue:
    """Return dana, at home with the folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    shutil.copytree(first, tmp_path / "data")
    return Rogue(Paths(data=tmp_path / "data", training=False))


def settings(connection: Connection) -> str:
    """Take the second factor out of the settings and return what the audit would tell of them."""
    connection.execute("UPDATE setting SET value = '' WHERE name = 'second_factor_roles'")
    seals = Seals(connection)
    return " ".join(f"setting:{name}={seals._now('setting', name)}" for name in seals.names("setting"))


def test_every_sealed_table_has_its_tasks() -> None:
    """But for settings, which are told by their names, and what belongs to accounts, which are compared by themselves."""
    assert SEALED.keys() - CHANGES.keys() == {"setting", "staff", "signer", "recovery"}


@pytest.mark.parametrize(
    ("staff_id", "role", "action", "outcome"),
    [
        (None, None, "seal_rows", "done"),
        (None, None, "seal_former", "done"),
        (None, None, "change_practice", "done"),
        (DANA, "receptionist", "seal_rows", "done"),
        (ALEX, "administrator", "sign_in", "refused"),
    ],
)
def test_a_setting_whose_seal_nobody_told_who_may_is_found(
    rogue: Rogue, staff_id: int | None, role: str | None, action: str, outcome: str
) -> None:
    """In nobody's name, in her own, and as a try in the administrator's, which nobody has to sign."""
    with rogue.at_work(signs=True) as connection:
        sealed = settings(connection)
        seq = rogue.tell(connection, staff_id, role, action, changes={"sealed": [None, sealed]}, outcome=outcome)
    assert Finding(code="not_permitted_entry", place=str(seq)) in findings(rogue.paths)
    work(rogue.paths, "casey")
    assert Finding(code="not_permitted_entry", place=str(seq)) in findings(rogue.paths), "and stays found"


@pytest.mark.parametrize(
    "written", ['{{"sealed":[null,"{}"]}}', '{{"\\u0073ealed": [null, "{}"]}}', '{{"a": "sealed", "sealed": ["", "{}"]}}']
)
def test_a_seal_is_found_however_it_is_written(rogue: Rogue, written: str) -> None:
    """Every way in which it counts as one."""
    with rogue.at_work(signs=True) as connection:
        sealed = settings(connection)
        seq = rogue.tell(connection, None, None, "seal_rows")
        connection.execute("UPDATE audit SET changes = ? WHERE seq = ?", (written.format(sealed), seq))
    found = findings(rogue.paths)
    assert found == (Finding(code="not_permitted_entry", place=str(seq)),), "it counts as a seal, and is found for it"


def test_an_account_gets_no_password_by_a_seal_that_she_told(rogue: Rogue) -> None:
    """She writes herself a clinician's role and seals it: alex, who gives her a new password, gives her no key with it."""
    with rogue.at_work(signs=True) as connection:
        connection.execute("UPDATE staff SET role = 'clinician' WHERE id = ?", (DANA,))
        rogue.tell(connection, None, None, "seal_rows", changes={"sealed": [None, rogue.seal(connection, "staff", DANA)]})
    with signed_in(rogue.paths) as alex, pytest.raises(IntakeError, match="account_not_as_told"):
        change_password(alex.store, alex.actor, DANA, password=OTHER, now=NOW)


def test_an_account_is_not_switched_on_with_a_slot_that_she_sealed(rogue: Rogue) -> None:
    """Her public half in casey's slot would have the key of the notes sealed to her."""
    with signed_in(rogue.paths) as alex:
        set_active(alex.store, alex.actor, CASEY, active=False, now=NOW)
    with rogue.at_work(signs=True) as connection:
        (hers,) = connection.execute("SELECT json_extract(slot, '$.public') FROM staff WHERE id = ?", (DANA,)).fetchone() or ("",)
        connection.execute("UPDATE staff SET slot = json_set(slot, '$.public', ?) WHERE id = ?", (hers, CASEY))
        rogue.tell(connection, None, None, "seal_rows", changes={"sealed": [None, rogue.seal(connection, "staff", CASEY)]})
    with signed_in(rogue.paths) as alex, pytest.raises(IntakeError, match="account_not_as_told"):
        set_active(alex.store, alex.actor, CASEY, active=True, now=NOW)


def test_a_forged_seal_keeps_nobody_from_a_new_password(rogue: Rogue) -> None:
    """It counts for nothing: an account that is as it was told last by who may is given one."""
    with rogue.at_work(signs=True) as connection:
        rogue.tell(connection, None, None, "seal_rows", changes={"sealed": [None, f"staff:{CASEY}={'ab' * 32}"]})
    with signed_in(rogue.paths) as alex:
        change_password(alex.store, alex.actor, CASEY, password=OTHER, now=NOW)
    work(rogue.paths, "casey", password=OTHER)


def test_a_share_of_the_notes_key_for_who_should_have_none_is_found(rogue: Rogue) -> None:
    """Whoever put it there."""
    with rogue.at_work() as connection:
        (slot,) = connection.execute("SELECT slot FROM staff WHERE id = ?", (DANA,)).fetchone() or ("",)
        for public in (slot_from_json(json.loads(slot)).public, bytes(32)):
            connection.execute("INSERT INTO notes_share (public, sealed) VALUES (?, ?)", (public, b"any"))
    surplus = [Finding(code="notes_key_surplus", place=login) for login in ("", "dana")]
    assert findings(rogue.paths) == tuple(surplus)


@pytest.mark.parametrize("kept", ["audit", "notes_share"])
def test_a_store_whose_notes_key_was_taken_away_gets_no_other_one(rogue: Rogue, kept: str) -> None:
    """It is none of before: the audit tells of the key, or somebody still has a share of it."""
    with rogue.at_work(signs=True) as connection:
        connection.execute("DELETE FROM meta WHERE name = 'notes_key'")
        if kept == "audit":
            connection.execute("DELETE FROM notes_share")
        else:
            connection.execute("UPDATE audit SET changes = json_remove(changes, '$.notes_key') WHERE action = 'set_up'")
    assert refused(rogue.paths, "casey").code == "notes_key_altered"
    with rogue.at_work() as connection:
        assert not NotesKey(connection, None).made()


def test_a_second_factor_is_sealed_to_the_slot_that_was_opened(rogue: Rogue) -> None:
    """Not to the one that she puts into the table meanwhile."""
    with signed_in(rogue.paths, "casey") as casey:
        opened = casey.store.staff.slot_of(CASEY)
        connection = casey.store._connection
        (hers,) = connection.execute("SELECT json_extract(slot, '$.public') FROM staff WHERE id = ?", (DANA,)).fetchone() or ("",)
        connection.execute("UPDATE staff SET slot = json_set(slot, '$.public', ?) WHERE id = ?", (hers, CASEY))
        secret = begin_enrolment(casey.store, casey.actor, now=NOW).secret
        assert casey.store.staff.slot_of(CASEY).public != opened.public
        casey.store.factors.take_up(opened, casey.store.held or b"")
        factor = casey.store.factors.of(CASEY)
        assert factor is not None
        assert casey.store.factors.secret_of(factor) == secret
