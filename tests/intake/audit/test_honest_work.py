"""What people do by the rules leaves nothing for the check to find, whoever signed what in which order."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions import sealing, setup
from intake.actions.access import confirm, lock, sign_out, take_over, unlock
from intake.actions.accounts import change_own_password, change_password, set_active
from intake.actions.backup_targets import add_target
from intake.actions.new_key import Typed, rotate_key
from intake.actions.recovery import new_recovery_key, recover
from intake.actions.restoring import backups_in, open_by_password, restore
from intake.actions.training import make_training
from intake.actions.upgrading import upgrade_keys
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor, Role, Staff
from intake.errors import DeniedError
from intake.paths import Paths, open_folder
from intake.security.ring import ring_of, write_ring
from intake.security.slots import secret_of, slot_of_hash
from intake.storage.audit import Audit
from intake.storage.check import examine
from intake.storage.driver import Connection
from intake.storage.migrations import stamp
from intake.storage.sealed_tables import ROWS_SEALED
from tests.factories import CHEAP, KEYS, NOW, PASSWORD, WORKSTATION
from tests.intake.access.desk import enter, hire, signed_in, told
from tests.intake.access.test_upgrading import hashed
from tests.intake.audit.practice import CASEY, DANA, a_practice, do, findings, work
from tests.intake.backups.vault import Vault
from tests.intake.storage.older import a_store_before

OTHER = "nine sample zebras"


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """Return the folder of a practice in which three people worked."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return Paths(data=tmp_path / "data", training=False)


@pytest.fixture
def recovery_key(paths: Paths) -> str:
    """Make the practice and return its recovery key."""
    return a_practice(paths)


def test_two_desks_at_work_in_turn(paths: Paths, recovery_key: str) -> None:
    """Each signs what the other did, and takes away no signature but its own."""
    with signed_in(paths, "dana") as dana, signed_in(paths, "casey") as casey, signed_in(paths, "dana") as again:
        for number in range(30):
            do(dana.store, dana.actor, number)
            do(casey.store, casey.actor, number)
            do(again.store, again.actor, number)
        assert findings(paths) == (), "also while they are at work"
        sign_out(dana.store, dana.actor, NOW)
    assert recovery_key
    assert findings(paths) == ()


@pytest.mark.usefixtures("recovery_key")
def test_a_password_of_ones_own_that_is_changed(paths: Paths) -> None:
    """The session goes on with the new key, and the next one begins with it."""
    with signed_in(paths, "casey") as casey:
        change_own_password(casey.store, casey.actor, present=PASSWORD, password=OTHER, now=NOW)
        do(casey.store, casey.actor)
    work(paths, "casey", password=OTHER)
    assert findings(paths) == ()


@pytest.mark.usefixtures("recovery_key")
def test_a_password_that_somebody_else_gives_ends_the_session(paths: Paths) -> None:
    """What the old password opened signs nothing from then on: not at a desk, and not for whoever kept it."""
    with signed_in(paths, "casey") as casey, signed_in(paths) as alex:
        do(casey.store, casey.actor)
        change_password(alex.store, alex.actor, CASEY, password=OTHER, now=NOW)
        with pytest.raises(DeniedError, match="put_out"):
            do(casey.store, casey.actor)
        lock(casey.store, casey.actor, NOW)
        assert findings(paths) == ()
        unlock(casey.store, casey.actor, password=OTHER, now=NOW)
        do(casey.store, casey.actor)
    work(paths, "casey", password=OTHER)
    assert findings(paths) == ()


@pytest.mark.usefixtures("recovery_key")
def test_accounts_that_go_and_come_and_new_ones(paths: Paths) -> None:
    """Whoever was switched off keeps what was signed."""
    with signed_in(paths) as alex:
        set_active(alex.store, alex.actor, DANA, active=False, now=NOW)
        hire(alex.store, alex.actor, "eli", Role.CLINICIAN)
        new_recovery_key(alex.store, alex.actor, now=NOW)
    work(paths, "eli")
    assert findings(paths, "casey") == ()
    with signed_in(paths) as alex:
        set_active(alex.store, alex.actor, DANA, active=True, now=NOW)
    work(paths, "dana")
    assert findings(paths) == ()


def test_the_recovery_key(paths: Paths, recovery_key: str) -> None:
    """It signs that it was used; then the new password signs."""
    recover(paths, typed=recovery_key, login="alex", password=OTHER, workstation=WORKSTATION, now=NOW)
    assert findings(paths) == ()
    with signed_in(paths, password=OTHER) as alex:
        fresh = new_recovery_key(alex.store, alex.actor, now=NOW)
    recover(paths, typed=fresh, login="alex", password=PASSWORD, workstation=WORKSTATION, now=NOW)
    work(paths, "alex")
    assert findings(paths) == ()


@pytest.mark.usefixtures("recovery_key")
def test_emergency_access_that_lets_a_colleague_in(paths: Paths) -> None:
    """For an hour a clinician gives access; before and after it she does not."""
    with signed_in(paths, "casey", emergency="Alone at the desk") as casey:
        change_password(casey.store, casey.actor, DANA, password=OTHER, now=NOW)
    work(paths, "dana", password=OTHER)
    assert findings(paths, "casey") == ()


@pytest.mark.usefixtures("recovery_key")
def test_another_person_goes_on_in_an_open_store(paths: Paths) -> None:
    """Also what the first one's program still tells in the first one's name."""
    with signed_in(paths, "dana") as dana:
        casey = take_over(dana.store, login="casey", password=PASSWORD, workstation=WORKSTATION, now=NOW, same=dana.actor.staff)
        do(dana.store, casey)
        do(dana.store, dana.actor)
        sign_out(dana.store, casey, NOW)
    assert findings(paths) == ()


@pytest.mark.usefixtures("recovery_key")
def test_a_password_typed_at_a_colleagues_desk(paths: Paths) -> None:
    """What somebody consents to there is signed by who typed it."""
    with signed_in(paths) as alex, signed_in(paths, "casey") as casey:
        who = replace(alex.actor, staff=casey.actor.staff)
        confirm(alex.store, who, password=PASSWORD, now=NOW, action="confirm_password")
    with signed_in(paths) as alex:
        do(alex.store, alex.actor)
    assert findings(paths) == ()


@pytest.mark.usefixtures("recovery_key")
def test_a_new_key_of_the_store(paths: Paths) -> None:
    """Whoever asked for it signs that too."""
    typed = Typed(login="alex", password=PASSWORD)
    rotate_key(paths, typed, workstation=WORKSTATION, now=NOW, progress=lambda _done, _all: None)
    work(paths, "casey")
    assert findings(paths) == ()


@pytest.mark.usefixtures("recovery_key")
def test_a_clock_that_was_set_back_under_a_new_password(paths: Paths) -> None:
    """The entry of the clock takes the seals along."""
    with signed_in(paths, "casey") as casey:
        change_password(casey.store, casey.actor, CASEY, password=OTHER, now=NOW - timedelta(hours=1))
        do(casey.store, casey.actor, now=NOW - timedelta(hours=1))
    assert findings(paths) == ()


def test_a_restored_backup(paths: Paths, recovery_key: str, tmp_path: Path) -> None:
    """By a password of its time, whatever was changed since."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with signed_in(paths) as alex:
        vault = Vault(store=alex.store, admin=alex.actor, stick=stick, target_id=add_target(alex.store, alex.actor, str(stick), now=NOW))
        vault.back_up()
        change_own_password(alex.store, alex.actor, present=PASSWORD, password=OTHER, now=NOW)
        home = vault.home
    (backup,) = backups_in(home)
    opened = open_by_password(paths, backup, login="alex", password=PASSWORD, workstation=WORKSTATION, now=NOW)
    restore(paths, opened, workstation=WORKSTATION, now=NOW)
    assert recovery_key
    assert findings(paths) == ()
    work(paths, "alex")
    work(paths, "casey")
    assert findings(paths) == ()
    with signed_in(paths) as alex:
        assert told(alex.store, "restore_store")[0][0] == alex.actor.staff.id


def of_before(paths: Paths, connection: Connection) -> None:
    """Put three people into a store whose slots have no key that signs, as the release before left them."""
    ring = []
    for number, (login, role) in enumerate((("alex", "administrator"), ("dana", "receptionist"), ("casey", "clinician")), 1):
        derived = CHEAP.derive(secret_of(PASSWORD), bytes(16))
        slot = slot_of_hash(login, cost=CHEAP, salt=bytes(16), derived=derived)
        row = (number, login, login.title(), role, json.dumps(slot.to_json()))
        connection.execute(
            "INSERT INTO staff (id, login, name, role, slot, active, created_at) VALUES (?, ?, ?, ?, ?, 1, '2026-11-01')", row
        )
        ring.append(slot)
    audit = Audit(connection, KEYS.audit)
    connection.execute("BEGIN")
    for number in (1, 2, 3):
        audit._seals.add("staff", number, at=NOW)
        who = Staff(id=number, login="", name="", role=(Role.ADMINISTRATOR, Role.RECEPTIONIST, Role.CLINICIAN)[number - 1])
        audit.add(Actor(staff=who, workstation=WORKSTATION), "search", at=NOW)
    connection.execute("COMMIT")
    (store_id,) = connection.execute("SELECT value FROM meta WHERE name = 'store_id'").fetchone() or ("",)
    write_ring(paths.ring, ring_of(store_id, tuple(ring), KEYS))


@pytest.mark.parametrize("before", ["0007", "0012"])
def test_a_store_of_before(tmp_path: Path, before: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever signs in first is believed; from then on everybody signs, and what was before is as it was."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    paths = Paths(data=tmp_path / "data", training=False)
    if before == "0007":
        connection, _, _ = a_store_before(tmp_path, before)
        stamp(connection, "real")
        sql = "INSERT INTO staff (login, name, role, password, active, created_at) VALUES (?, ?, ?, ?, ?, '2026-11-01T12:00:00+00:00')"
        for login, role in (("alex", "administrator"), ("dana", "receptionist"), ("casey", "clinician")):
            connection.execute(sql, (login, login.title(), role, hashed(PASSWORD), 1))
        connection.close()
        upgrade_keys(paths, now=NOW)
    else:
        connection, _, _ = a_store_before(tmp_path, before)
        stamp(connection, "real")
        paths.open_keys.unlink()
        of_before(paths, connection)
        connection.close()
    work(paths, "alex")
    assert findings(paths, "alex") == ()
    with signed_in(paths, "dana") as dana:  # a clinician takes a desk over before she ever signed in herself
        casey = take_over(dana.store, login="casey", password=PASSWORD, workstation=WORKSTATION, now=NOW, same=dana.actor.staff)
        do(dana.store, casey, 1)
    work(paths, "casey")
    work(paths, "dana")
    work(paths, "casey")
    assert findings(paths) == ()


def test_a_program_that_ended_at_any_commit(paths: Paths, recovery_key: str) -> None:
    """Each commit carries its signature: there is no moment at which one is missing."""
    casey = enter(paths, "casey")
    for number in range(4):
        do(casey.store, casey.actor, number)
        assert findings(paths) == ()
    casey.store._connection.close()
    assert recovery_key
    work(paths, "casey")
    assert findings(paths) == ()


def test_the_training_clinic(tmp_path: Path, definitions: Definitions) -> None:
    """Invented people sign too."""
    paths = Paths(data=tmp_path / "training", training=True)
    open_folder(paths)
    make_training(paths, definitions=definitions, now=NOW)
    with signed_in(paths, "clinic", "training-clinic-1") as clinic:
        assert examine(clinic.store).findings() == ()


def test_rows_of_before_that_are_sealed_under_a_clock_that_was_set_back(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entry that tells of the clock takes their seals along, in nobody's name as they all are."""
    known = {"all_sealed": (None, " ".join(table for table in ROWS_SEALED if table != "backup_target"))}
    with monkeypatch.context() as before:
        for module in (setup, sealing):
            before.setattr(module, "ALL_SEALED", known)
        a_practice(paths)
        with signed_in(paths, now=NOW + timedelta(hours=1)) as alex, alex.store.transaction():
            alex.store._connection.execute("INSERT INTO backup_target (folder, added_by, added_at) VALUES ('/x', 1, '2026-11-22')")
            alex.store.seals.forget()
    with signed_in(paths) as alex:
        told = alex.store._connection.execute("SELECT changes FROM audit WHERE action = 'clock_set_back'").fetchall()
        assert ["backup_target:1=" in changes for (changes,) in told] == [True]
    assert findings(paths) == ()
