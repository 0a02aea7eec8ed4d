"""Opening a backup before it is brought back: proofs that are believed, and tries that are counted."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from intake.actions.restoring import backups_in, open_by_password, open_signed_in
from intake.errors import IntakeError
from intake.paths import Paths
from intake.security.tries import Tries
from tests.factories import KEYS, NOW, PASSWORD, WORKSTATION
from tests.intake.backups.vault import LATER, Vault, opened


def test_a_forged_proof_is_no_proof(vault: Vault) -> None:
    """Whoever writes "proven" beside a backup has no key to seal it with; what a key confirms counts."""
    row = vault.backed_up()
    proof = vault.home / row.name / "proven.json"
    content = json.loads(proof.read_text(encoding="utf-8"))
    [true] = backups_in(vault.stick)
    assert (true.proven_at, true.said_proven_at) == (None, NOW)
    found = open_signed_in(vault.store, vault.admin, true)
    assert found
    assert found.backup.proven_at == NOW
    for forged in ({**content, "proven_at": LATER.isoformat()}, {**content, "seal": "0" * 64}, {**content, "seal": "\ud800"}):
        proof.write_text(json.dumps(forged), encoding="utf-8")
        [backup] = backups_in(vault.stick)
        found = open_signed_in(vault.store, vault.admin, backup)
        assert found
        assert (found.backup.proven_at, found.backup.said_proven_at) == (None, None)


def test_tries_at_a_backup_at_one_moment_wait_for_each_other(vault: Vault) -> None:
    """Each is counted before its password is looked at; one that comes too soon is told, a right one begins anew."""
    vault.backed_up()
    backup, paths = backups_in(vault.stick)[0], vault.store.paths

    def code(_: int) -> str:
        with pytest.raises(IntakeError) as caught:
            opened(paths, backup, password="not the password at all")
        return caught.value.code

    with ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(code, range(6)))
    assert codes == ["sign_in_too_soon"] * 3 + ["wrong_sign_in"] * 3
    assert sorted(each.outcome for each in Tries(paths.tries).untold().tries) == ["refused"] * 3 + ["too_soon"] * 3
    later = LATER + timedelta(hours=1)
    assert open_by_password(paths, backup, login="alex", password=PASSWORD, workstation=WORKSTATION, now=later).login == "alex"
    assert Tries(paths.tries).failures("alex").count == 0


def test_a_data_folder_that_is_gone_stops_no_restore(vault: Vault, tmp_path: Path) -> None:
    """Nothing can be counted there; the backup opens all the same, and by its password only."""
    vault.backed_up()
    [backup], nowhere = backups_in(vault.stick), Paths(data=tmp_path / "gone" / "data", training=False)
    with pytest.raises(IntakeError, match="wrong_sign_in"):
        opened(nowhere, backup, password="not the password at all")
    assert opened(nowhere, backup).keys.store == KEYS.store
