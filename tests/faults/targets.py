"""Everything that reads a file which somebody else may have written, as targets of bent files; each works in a folder of its own."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image

from intake.actions.verifying import verify
from intake.commands.adding import _add_file
from intake.commands.session import Session
from intake.definitions.bundle import Definitions
from intake.definitions.logo import read_logo
from intake.domain.backups import FileFact, Manifest
from intake.domain.document_kinds import Paper
from intake.example import EXAMPLE
from intake.paths import Paths
from intake.security.ring import Ring, read_ring, ring_of, write_ring
from intake.security.slots import password_slot, secret_of
from intake.security.tries import Tries
from intake.storage.backup_files import MANIFEST, is_sealed, read_manifest, write_manifest
from intake.storage.check import examine
from intake.storage.store import Store, open_store
from tests.factories import CHEAP, KEYS, NOW, PASSWORD, a_store, save
from tests.faults.fuzzing import READ, Target
from tests.faults.kinds.intake import newcomer
from tests.faults.kinds.intake import prepare as a_practice
from tests.faults.scenario import opened, the_actor
from tests.intake.form_import.forms import a_form
from tests.intake.form_import.test_hostile_files import FEW, everything_but_few, in_this_process
from tests.intake.review_actions.test_verifying import a_pdf, give_out, named

Make = Callable[[Path, Definitions], Target]
MOST_WAIT_S = 60
BROKEN = "the check finds it"


class WrittenError(Exception):
    """Something was written although it had been refused, or taken for what it is not."""


def store_file(folder: Path, definitions: Definitions) -> Target:
    """Return the store itself: opened, checked whole, read. A store that is refused is left as it was."""
    a_practice(folder / "begin", definitions)
    with opened(folder / "begin") as store:
        desk = the_actor(store, "dana")
        for number in range(3):
            save(store, desk, definitions, intake=newcomer(definitions, number), now=NOW)
    paths = Paths(data=folder / "data", training=False)
    shutil.copytree(folder / "begin", paths.data)

    def read(content: bytes) -> str:
        for beside in paths.data.glob("store.db-*"):
            beside.unlink()
        paths.store.write_bytes(content)
        try:
            store = open_store(paths, KEYS)
        except Exception:
            if paths.store.read_bytes() != content:
                raise WrittenError from None
            raise
        try:
            return READ if examine(store).good else BROKEN
        finally:
            store.close()

    return Target(name="store file", seeds=[(folder / "begin/store.db").read_bytes()], read=read)


def filled_form(_folder: Path, definitions: Definitions) -> Target:
    """Return a form that a patient filled in, as the program of its own reads it."""
    whole = a_form(definitions, FEW).pdf()
    small = a_form(definitions, FEW, without=everything_but_few(definitions)).pdf()

    def read(content: bytes) -> str:
        in_this_process(content, definitions)
        return READ

    return Target(name="form file", seeds=[small, small, small, whole], read=read)


def shown_document(folder: Path, definitions: Definitions) -> Target:
    """Return a paper that comes back: bent, it is never what it was."""
    a_practice(folder / "data", definitions)
    store = a_store(folder / "data")
    desk = the_actor(store, "dana")
    save(store, desk, definitions, now=NOW)
    seed = a_pdf(named(1, "intake", ""), title="Intake")
    give_out(store, desk, 1, seed, kind=Paper.INTAKE_FORM, version=0)

    def read(content: bytes) -> str:
        verdict = verify(store, desk, content, now=NOW).kind
        if (verdict == "intake") != (content == seed):
            raise WrittenError
        return verdict

    return Target(name="PDF to verify", seeds=[seed], read=read)


def intake_json(folder: Path, definitions: Definitions) -> Target:
    """Return a file of an intake, as ``add`` takes it: refused, nothing of it is kept."""
    a_practice(folder / "data", definitions)
    store = a_store(folder / "data")
    desk = Session(paths=store.paths, definitions=definitions, store=store, actor=the_actor(store, "dana"))
    same: Mapping[str, object] = {**EXAMPLE, "same_as": "RD-000001-3"}
    different = {**EXAMPLE, "different_from": [{"mrn": "RD-000001-3", "reason": "Another person"}]}
    file = folder / "intake.json"

    def read(content: bytes) -> str:
        file.write_bytes(content)
        before = records(store)
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            kept = _add_file(desk, str(file))
        if not kept and records(store) != before:
            raise WrittenError
        return READ if kept else "told"

    seeds = [json.dumps(each, indent=2).encode() for each in (EXAMPLE, same, different)]
    return Target(name="JSON to add", seeds=seeds, read=read, json=True)


def records(store: Store) -> list[tuple[object, ...]]:
    """Return how many patients, edits of them and visits there are."""
    return store._connection.execute("SELECT count(*), sum(version), (SELECT count(*) FROM visit) FROM patient").fetchall()


def key_ring(folder: Path, _definitions: Definitions) -> Target:
    """Return the ring of keys: what opens it gives the store's keys and no others."""
    path = folder / "keys.json"
    slots = tuple(password_slot(login, PASSWORD, cost=CHEAP) for login in ("alex", "dana"))
    write_ring(path, ring_of("0" * 32, slots, KEYS, replace(KEYS, store=bytes(32))))
    seed = path.read_bytes()

    def read(content: bytes) -> str:
        path.write_bytes(content)
        ring: Ring = read_ring(path)
        found = ring.opened("alex", secret_of(PASSWORD))
        if found is not None and found.keys[0] != replace(KEYS, notes=None):
            raise WrittenError
        return READ if found else "nothing opens"

    return Target(name="keys.json", seeds=[seed], read=read, json=True)


def tries_file(folder: Path, _definitions: Definitions) -> Target:
    """Return the failed tries: whatever the file holds, another try is counted."""
    path = folder / "tries.json"
    tries = Tries(path)
    for login in ("alex", ""):
        tries.fail(login, at=NOW)
        tries.keep(login, at=NOW, workstation="desk-1", action="sign_in", outcome="refused")
    seed = path.read_bytes()

    def read(content: bytes) -> str:
        path.write_bytes(content)
        before = tries.failures("alex").count
        if tries.fail("alex", at=NOW) != before + 1 or tries.wait_s("alex", NOW) > MOST_WAIT_S:
            raise WrittenError
        with tries.telling() as untold:
            pass
        return "damaged" if untold.damaged else READ

    return Target(name="tries.json", seeds=[seed], read=read, json=True)


def manifest_file(folder: Path, _definitions: Definitions) -> Target:
    """Return a backup's manifest: bent in anything it says, its seal does not fit."""
    facts = {"store.db": FileFact(size=4096, sha256="0" * 64), "keys.json": FileFact(size=10, sha256="1" * 64)}
    manifest = Manifest(
        store_id="0" * 32, realm="real", taken_at=datetime(2026, 11, 22, tzinfo=UTC), workstation="desk-1", schema="0011",
        key_check="2" * 64, audit_seq=7, audit_hash="3" * 64, counts={"patient": 3, "visit": 4}, files=facts,
    )  # fmt: skip
    sealed = write_manifest(folder, manifest, KEYS.audit)
    seed = (folder / MANIFEST).read_bytes()

    def read(content: bytes) -> str:
        (folder / MANIFEST).write_bytes(content)
        found = read_manifest(folder)
        if not is_sealed(found, KEYS.audit):
            return "not sealed"
        if found != sealed:
            raise WrittenError
        return READ

    return Target(name="manifest.json", seeds=[seed], read=read, json=True)


def logo(_folder: Path, _definitions: Definitions) -> Target:
    """Return a picture for the letterhead."""
    seeds = []
    for form in ("PNG", "JPEG"):
        target = io.BytesIO()
        Image.linear_gradient("L").convert("RGB").save(target, form)
        seeds.append(target.getvalue())

    def read(content: bytes) -> str:
        read_logo(content)
        return READ

    return Target(name="logo", seeds=seeds, read=read)


TARGETS: Mapping[str, Make] = {
    "store file": store_file,
    "form file": filled_form,
    "PDF to verify": shown_document,
    "JSON to add": intake_json,
    "keys.json": key_ring,
    "tries.json": tries_file,
    "manifest.json": manifest_file,
    "logo": logo,
}
