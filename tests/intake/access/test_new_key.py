"""A new key for the store: what it needs, what it shuts out, and what is left when the program ends in between."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from intake.actions.access import open_with
from intake.actions.accounts import set_active
from intake.actions.check import check_store
from intake.actions.key_advice import KeyAdvice, key_advice
from intake.actions.new_key import Typed, rotate_key
from intake.actions.recovery import recover
from intake.domain.staff import Role
from intake.errors import DeniedError, IntakeError, StoreError
from intake.paths import Paths
from intake.security.ring import read_ring
from intake.security.slots import secret_of
from intake.storage.driver import connect
from tests.factories import NOW, PASSWORD, WORKSTATION
from tests.intake.access.desk import Clinic, enter, hire, refused, signed_in, told


def rotate(paths: Paths, login: str = "alex") -> list[tuple[int, int]]:
    """Give the store a new key and return what progress was told."""
    heard: list[tuple[int, int]] = []
    typed = Typed(login=login, password=PASSWORD)
    rotate_key(paths, typed, workstation=WORKSTATION, now=NOW, progress=lambda done, all_: heard.append((done, all_)))
    return heard


def test_everybody_signs_in_as_before_and_the_file_has_another_key(clinic: Clinic) -> None:
    """Passwords and the recovery key stay; the chain of the audit stays whole; progress reaches its end."""
    paths = clinic.paths
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        keys = alex.store.keys
    heard = rotate(paths)
    assert heard[-1][0] == heard[-1][1] > 0
    with pytest.raises(StoreError, match="damaged_store"):
        open_with(paths, (keys,))
    with signed_in(paths, "casey") as casey, signed_in(paths) as alex:
        assert (casey.store.keys.audit, casey.store.keys.store != keys.store) == (keys.audit, True)
        assert told(alex.store, "rotate_key") == [(1, WORKSTATION, "done")]
        assert check_store(alex.store, alex.actor, now=NOW).good
    assert all(each.upcoming is None for each in read_ring(paths.ring).slots)
    recover(paths, typed=clinic.recovery_key, login="alex", password="nine sample zebras", workstation=WORKSTATION, now=NOW)
    enter(paths, password="nine sample zebras").store.close()


def test_what_somebody_kept_who_was_switched_off_opens_nothing_any_more(paths: Paths) -> None:
    """Ring and password from before give the old key; the old key opens neither the store nor a copy from before an update."""
    with signed_in(paths) as alex:
        casey = hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        old = read_ring(paths.ring).of("casey")
        set_active(alex.store, alex.actor, casey.staff.id, active=False, now=NOW)
    shutil.copy(paths.store, paths.data / "store.db.before-0011_retention")
    opened = old and old.open(secret_of(PASSWORD))
    assert opened
    (keys,) = opened.keys
    open_with(paths, (keys,)).close()
    rotate(paths)
    with pytest.raises(StoreError, match="damaged_store"):
        open_with(paths, (keys,))
    assert not list(paths.data.glob("store.db.before-*"))
    assert "casey" not in paths.ring.read_text()


def test_it_needs_everybody_out_and_an_administrator(paths: Paths) -> None:
    """Whoever has the store open would go on writing into the old file."""
    with signed_in(paths) as alex:
        hire(alex.store, alex.actor, "casey", Role.CLINICIAN)
        with pytest.raises(StoreError, match="others_at_work"):
            rotate(paths)
    with pytest.raises(DeniedError):
        rotate(paths, "casey")
    assert refused(paths, password="wrong").code == "wrong_sign_in"


def test_a_program_that_does_not_say_that_it_has_the_store_open_is_noticed_too(paths: Paths) -> None:
    """As one of an earlier version, or a database shell."""
    with signed_in(paths) as alex:
        key = alex.store.keys.store
    shell = connect(str(paths.store), key, timeout_s=1)
    try:
        shell.execute("SELECT count(*) FROM staff").fetchone()
        with pytest.raises(StoreError, match="others_at_work"):
            rotate(paths)
    finally:
        shell.close()
    rotate(paths)


def test_whenever_the_program_ends_the_store_opens_and_everything_is_there(clinic: Clinic, tmp_path: Path) -> None:
    """At every single step of the file system: passwords open, no key lies about, and it can be done again."""
    shutil.move(clinic.paths.data, tmp_path / "clinic")
    ran = subprocess.run([sys.executable, "-m", "tests.intake.access.killed", str(tmp_path)], capture_output=True, text=True, check=True)
    steps = int(ran.stdout)
    assert steps > 20
    both = 0
    for step in range(1, steps):
        paths = Paths(data=tmp_path / f"{step:03d}", training=False)
        both += any(each.upcoming for each in read_ring(paths.ring).slots)
        with signed_in(paths) as alex:
            assert alex.store.identity() == read_ring(paths.ring).store_id
            assert not any(each.upcoming for each in read_ring(paths.ring).slots)
            assert len(told(alex.store, "set_up")) == 1
        assert not list(paths.data.glob("*rewritten*"))
    assert both >= 2, "it was never ended while either key might be the one"
    rotate(Paths(data=tmp_path / f"{steps - 2:03d}", training=False))


def test_a_program_that_is_killed_at_any_moment_leaves_a_store_that_opens(clinic: Clinic) -> None:
    """Also in the middle of what the database does by itself."""
    paths, rng = clinic.paths, random.Random(11)
    script = (
        "import sys; from pathlib import Path; from tests.intake.access.killed import _rotate; from intake.security.cost import use_cost\n"
        "from tests.factories import CHEAP; use_cost(CHEAP); print('ready', flush=True); _rotate(Path(sys.argv[1]), 1 << 30)"
    )
    command = [sys.executable, "-c", script, str(paths.data)]
    for _ in range(4):
        running = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert running.stdout
        with running.stdout:
            running.stdout.readline()
            time.sleep(rng.uniform(0.0, 0.25))
            running.kill()
        running.wait()
        with signed_in(paths) as alex:
            assert check_store(alex.store, alex.actor, now=NOW).good


def test_a_full_disk_leaves_the_old_key(paths: Paths) -> None:
    """The new file is written beside the old one; what does not get finished goes again."""
    before = paths.ring.read_bytes()

    def stop(_done: int, _all: int) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(IntakeError, match="disk_full"):
        rotate_key(paths, Typed(login="alex", password=PASSWORD), workstation=WORKSTATION, now=NOW, progress=stop)
    assert paths.ring.read_bytes() == before
    assert not list(paths.data.glob("*rewritten*"))
    enter(paths).store.close()


def test_a_new_key_is_advised_once_somebody_was_switched_off(paths: Paths) -> None:
    """By name, until a new key was given or the account signs in again; only an administrator is told."""
    with signed_in(paths) as alex:
        casey, dana = (hire(alex.store, alex.actor, *who) for who in (("casey", Role.CLINICIAN), ("dana", Role.RECEPTIONIST)))
        for each in (casey, dana):
            set_active(alex.store, alex.actor, each.staff.id, active=False, now=NOW)
        assert key_advice(alex.store, alex.actor) == KeyAdvice(changed_at=None, left=("Casey Example", "Dana Example"))
        set_active(alex.store, alex.actor, dana.staff.id, active=True, now=NOW)
        assert key_advice(alex.store, alex.actor).left == ("Casey Example",)
        with pytest.raises(DeniedError):
            key_advice(alex.store, dana)
    rotate(paths)
    with signed_in(paths) as alex:
        assert key_advice(alex.store, alex.actor) == KeyAdvice(changed_at=NOW, left=())
