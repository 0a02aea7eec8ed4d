"""How a backup lies in its folder: ``<target>/intake-desk-<store>/<UTC instant>/`` with the store, its keys and a manifest.

It is written under another name, put on disk, and renamed: a folder that is called by an instant is whole.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from intake.domain.backups import FileFact, KeptBackup, Manifest
from intake.errors import StoreError
from intake.placing import replace_file, sync_folder
from intake.reading import read_whole

FORMAT: Final = "intake-desk-backup-1"
STORE, KEYS, MANIFEST, PROOF, OVERRIDES = "store.db", "keys.json", "manifest.json", "proven.json", "overrides"
PREFIX: Final = "intake-desk-"
UNFINISHED: Final = ".unfinished-"
_NAME: Final = "%Y-%m-%dT%H-%M-%SZ"
_MOST_BYTES: Final = 4_000_000


def home_of(target: Path, store_id: str) -> Path:
    """Return the folder of one store's backups in a target."""
    return target / f"{PREFIX}{store_id}"


@dataclass(slots=True)
class NewBackup:
    """A backup that is being written: ``folder`` is where it lies, under its own name once it is whole."""

    folder: Path


@contextmanager
def new_backup(home: Path, taken_at: datetime) -> Generator[NewBackup]:
    """Give an empty folder to fill; at the end it gets its name, and is on disk under it. One that is not finished is removed."""
    unfinished = home / f"{UNFINISHED}{os.urandom(8).hex()}"
    unfinished.mkdir(mode=0o700)
    made = NewBackup(folder=unfinished)
    try:
        yield made
        for folder in (*(each for each in unfinished.rglob("*") if each.is_dir()), unfinished):
            sync_folder(folder)
        made.folder = unfinished.rename(home / _free_name(home, taken_at))
        sync_folder(home)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise


def remove_unfinished(home: Path) -> None:
    """Remove what a program that was ended left half done; nobody may be at work there."""
    for each in home.glob(f"{UNFINISHED}*"):
        shutil.rmtree(each, ignore_errors=True)


def remove_backup(folder: Path) -> None:
    """Remove a backup; first it loses its name, so that half of one is never taken for a whole."""
    doomed = folder.with_name(f"{UNFINISHED}{os.urandom(8).hex()}")
    try:
        folder.rename(doomed)
    except FileNotFoundError:
        return
    with suppress(OSError):  # on disk before anything of it goes, where the folder lets itself be asked
        sync_folder(folder.parent)
    shutil.rmtree(doomed, ignore_errors=True)


def write_manifest(folder: Path, manifest: Manifest, audit_key: bytes) -> Manifest:
    """Write the manifest, sealed with the audit's key, and return it as it was sealed."""
    sealed = replace(manifest, seal=_seal(_content(manifest), audit_key))
    replace_file(folder / MANIFEST, json.dumps({**_content(sealed), "seal": sealed.seal}, ensure_ascii=False, indent=1).encode())
    return sealed


def read_manifest(folder: Path) -> Manifest:
    """Return a backup's manifest as it stands there. Raises StoreError ``backup_missing`` or ``backup_damaged``."""
    try:
        content = json.loads(read_whole(folder / MANIFEST, _MOST_BYTES))
        json.dumps(content, ensure_ascii=False).encode()  # half a sign can stand in JSON and cannot be sealed: a ValueError too
        return _manifest(content)
    except FileNotFoundError as error:
        raise StoreError("backup_missing") from error
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise StoreError("backup_damaged") from error


def is_sealed(manifest: Manifest, audit_key: bytes) -> bool:
    """Tell whether the manifest was written by somebody who held the audit's key, and is as it was written."""
    return hmac.compare_digest(manifest.seal.encode(), _seal(_content(manifest), audit_key).encode())


def key_check(store_id: str, store_key: bytes) -> str:
    """Return what tells a key of a store from another one, and nothing of the key."""
    return hmac.digest(store_key, b"backup key\0" + store_id.encode(), hashlib.sha256).hex()


def opens(manifest: Manifest, store_key: bytes) -> bool:
    """Tell whether a key is the one that the backup's store was written with."""
    return hmac.compare_digest(manifest.key_check.encode(), key_check(manifest.store_id, store_key).encode())


def write_proof(folder: Path, proven_at: datetime, audit_key: bytes) -> None:
    """Say beside a backup that it was opened and held everything."""
    content = _proof_content(proven_at, read_manifest(folder))
    replace_file(folder / PROOF, json.dumps({**content, "seal": _seal(content, audit_key)}).encode())


def kept_backup(folder: Path) -> KeptBackup:
    """Return a backup as it lies in its folder. Raises StoreError ``backup_missing`` or ``backup_damaged``."""
    manifest = read_manifest(folder)
    said_at, seal = _proof(folder, manifest) or (None, "")
    return KeptBackup(folder=str(folder), name=folder.name, manifest=manifest, said_proven_at=said_at, proof_seal=seal)


def with_proof(backup: KeptBackup, audit_key: bytes) -> KeptBackup:
    """Return a backup as proven when what lies beside it and says so was written by somebody who held the audit's key."""
    if backup.said_proven_at is None:
        return backup
    due = _seal(_proof_content(backup.said_proven_at, backup.manifest), audit_key)
    proven = hmac.compare_digest(backup.proof_seal.encode(), due.encode()) and is_sealed(backup.manifest, audit_key)
    return replace(backup, proven_at=backup.said_proven_at) if proven else replace(backup, said_proven_at=None)


def kept_in(folder: Path) -> Iterator[KeptBackup]:
    """Yield the backups in a folder, the newest first: of a target, of one store in it, or the one that it is itself."""
    found = [folder] if (folder / MANIFEST).is_file() else [*_below(folder), *(each for home in _homes(folder) for each in _below(home))]
    backups = []
    for each in found:
        try:
            backups.append(kept_backup(each))
        except StoreError:
            continue
    yield from sorted(backups, key=lambda backup: backup.manifest.taken_at, reverse=True)


def _homes(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(each for each in folder.iterdir() if each.name.startswith(PREFIX) and each.is_dir())
    except OSError:
        return ()


def _below(home: Path) -> tuple[Path, ...]:
    try:
        return tuple(each for each in home.iterdir() if not each.name.startswith(".") and (each / MANIFEST).is_file())
    except OSError:
        return ()


def _free_name(home: Path, taken_at: datetime) -> str:
    name = taken_at.astimezone(UTC).strftime(_NAME)
    numbered = (name if number == 1 else f"{name}-{number}" for number in range(1, 1000))
    return next(each for each in numbered if not (home / each).exists())


def _seal(content: dict[str, Any], audit_key: bytes) -> str:
    text = json.dumps({**content, "format": FORMAT}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hmac.digest(audit_key, b"backup\0" + text.encode(), hashlib.sha256).hex()


def _content(manifest: Manifest) -> dict[str, Any]:
    content = asdict(manifest)
    del content["seal"]
    return {"format": FORMAT, **content, "taken_at": manifest.taken_at.isoformat()}


def _manifest(content: Any) -> Manifest:
    """Return the manifest of what was read. Raises ValueError, TypeError, KeyError or AttributeError when it is none."""
    if content["format"] != FORMAT:
        raise ValueError
    texts = {name: _text(content[name]) for name in ("store_id", "realm", "workstation", "schema", "key_check", "audit_hash", "seal")}
    taken_at = datetime.fromisoformat(content["taken_at"])
    files = {_inside(name): FileFact(size=_whole(fact["size"]), sha256=_text(fact["sha256"])) for name, fact in content["files"].items()}
    if taken_at.tzinfo is None or STORE not in files:
        raise ValueError
    counts = {_text(table): _whole(count) for table, count in content["counts"].items()}
    return Manifest(**texts, taken_at=taken_at, audit_seq=_whole(content["audit_seq"]), counts=counts, files=files)


def _proof_content(proven_at: datetime, manifest: Manifest) -> dict[str, Any]:
    return {"proven_at": proven_at.isoformat(), "of": manifest.seal}


def _proof(folder: Path, manifest: Manifest) -> tuple[datetime, str] | None:
    """Return what a proof of this backup says and its seal, None when there is none; whoever has the key looks whether it is one."""
    try:
        content = json.loads(read_whole(folder / PROOF, _MOST_BYTES))
        proven_at, seal = datetime.fromisoformat(content["proven_at"]), _text(content["seal"])
        seal.encode()  # half a sign can stand in JSON and is in no seal: a ValueError
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return (proven_at, seal) if content.get("of") == manifest.seal and proven_at.tzinfo is not None else None


def _inside(name: str) -> str:
    """Return a relative name that stays inside the backup: the store, its keys, or a file of the overrides."""
    parts = name.split("/")
    if any(part in ("", ".", "..") or "\\" in part or ":" in part for part in parts):
        raise ValueError
    if name not in (STORE, KEYS) and not (parts[0] == OVERRIDES and len(parts) > 1):
        raise ValueError
    return name


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value
