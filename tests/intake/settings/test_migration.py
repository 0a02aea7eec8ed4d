"""A store of the version before the settings, brought up to date: what a practice changed by hand before is told, and stays in use."""

from __future__ import annotations

from pathlib import Path

from intake.actions.overrides import changed_elsewhere, own_files, shipped_content, take_in
from intake.definitions.bundle import load_definitions
from intake.domain.staff import Actor, Role, Staff
from intake.paths import RESOURCES, Paths
from intake.storage.migrations import bring_up_to_date, stamp
from intake.storage.store import Store, open_store
from tests.factories import KEYS, NOW, WORKSTATION
from tests.intake.storage.older import a_store_before

ADMIN = Actor(
    staff=Staff(id=1, login="alex", name="Alex Sample", role=Role.ADMINISTRATOR), workstation=WORKSTATION
)  # fmt: skip
INSERT = (
    "INSERT INTO staff (id, login, name, role, slot, active, created_at) VALUES (1, 'alex', 'Alex Sample', 'administrator', '{}', 1, ?)"
)


def test_files_from_before_are_told_and_can_be_kept(tmp_path: Path) -> None:
    """A practice that put its own copy into the folder by hand goes on with it, and an administrator says so once."""
    connection, path, key = a_store_before(tmp_path, "0010")
    connection.execute(INSERT, (NOW.isoformat(),))
    bring_up_to_date(connection, path, key)
    stamp(connection, "real")
    connection.close()
    paths = Paths(data=tmp_path / "data", training=False)
    own = shipped_content("practice.toml").replace(b'name = "Redefine Healthcare"', b'name = "Sample Practice"')
    (paths.overrides / "practice.toml").write_bytes(own)
    store: Store = open_store(paths, KEYS)
    try:
        assert [(each.name, each.state) for each in changed_elsewhere(store, ADMIN, now=NOW)] == [("practice.toml", "unknown")]
        assert load_definitions(RESOURCES, paths.overrides).practice.name == "Sample Practice"
        take_in(store, ADMIN, "practice.toml", own, now=NOW)
        assert [each.name for each in own_files(store, ADMIN) if each.state == "own"] == ["practice.toml"]
        assert changed_elsewhere(store, ADMIN, now=NOW) == ()
    finally:
        store.close()
