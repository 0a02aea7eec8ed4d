"""A clinic at which a clinician wrote wherever one can write, and what somebody with a program of her own finds of it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from intake.actions.acknowledging import acknowledge
from intake.actions.addenda import add_addendum
from intake.actions.charts import open_chart
from intake.actions.correcting import correct
from intake.actions.notes import keep_note
from intake.actions.signing import sign_review
from intake.definitions.bundle import Definitions
from intake.domain.records import Intake
from intake.domain.staff import Role
from intake.paths import Paths
from intake.security import slots
from intake.security.slots import secret_of, slot_from_json
from intake.storage.chain import CONTENT, FIRST_LINK, entry_hash
from intake.storage.closed_texts import CLOSED
from intake.storage.database import make_file
from intake.storage.driver import Connection
from intake.storage.migrations import FILES, bring_up_to_date
from intake.storage.rows import insert_sql
from intake.storage.seals import Seals
from intake.storage.store import Store
from tests.factories import NOW, PASSWORD, a_patient, an_intake, save
from tests.intake.access.desk import hire, signed_in
from tests.intake.review.charting import LATER, NOTE

WORD: Final = "quokka"
"""Stands in everything that the clinician types."""
SIGNED, UNSIGNED = 1, 2
_PAGE, _RESERVED, _SALT, _IV = 4096, 80, 16, 16
_WAL_HEAD, _FRAME_HEAD = 32, 24
_FORMER_SEALS: Final = re.compile(r"(?:request|request_step|handover|document|disclosure):\S+")


def an_intake_with_prompts(definitions: Definitions) -> Intake:
    """Return an intake whose answers raise a prompt."""
    intake = an_intake(definitions, patient=a_patient())
    return Intake(patient=intake.patient, visit=intake.visit, answers={**intake.answers, "safety.walking": "no"}, marks=intake.marks)


def fill(paths: Paths, definitions: Definitions) -> None:
    """Hire one person of each role, and have the clinician write wherever one can; casey signs one of two visits."""
    with signed_in(paths) as alex:
        for login, role in (("casey", Role.CLINICIAN), ("pat", Role.PRINT_DESK), ("dana", Role.RECEPTIONIST)):
            hire(alex.store, alex.actor, login, role)
    with signed_in(paths, "dana") as dana:
        first = save(dana.store, dana.actor, definitions, intake=an_intake_with_prompts(definitions))
        intake = an_intake_with_prompts(definitions)
        save(dana.store, dana.actor, definitions, intake=intake, patient_id=first.patient_id, patient_version=1)
    with signed_in(paths, "casey", now=LATER) as casey:
        for visit_id in (SIGNED, UNSIGNED):
            write(casey.store, casey.actor, visit_id, definitions)
        sign_review(casey.store, casey.actor, SIGNED, password=PASSWORD, definitions=definitions, now=LATER)
        for number in (1, 2):
            add_addendum(
                casey.store, casey.actor, SIGNED, text=f"{number}. {WORD} addendum", reason=f"{WORD} reason {number}", password=PASSWORD,
                definitions=definitions, now=LATER,
            )  # fmt: skip


def write(store: Store, actor: Any, visit_id: int, definitions: Definitions) -> None:
    """Correct an answer, say a word on each prompt and type a note."""
    correct(
        store, actor, visit_id, path="answers.safety.walking", value="yes", reason=f"{WORD} asked again", definitions=definitions, now=LATER
    )
    for prompt in open_chart(store, actor, visit_id, definitions=definitions, now=LATER).prompts:
        acknowledge(store, actor, prompt.id, words=f"{WORD} seen", definitions=definitions, now=LATER)
    content = {**NOTE, "history": f"{WORD} history " * 200, "examination": f"{WORD} examined", "impression": f"{WORD} impression"}
    content |= {"plan_text": f"{WORD} plan", "plan": {"heat": f"{WORD} often"}}
    keep_note(store, actor, visit_id, content=content, caret={"field": f"{WORD}.history", "position": 3}, now=LATER)


def found_in(connection: Connection) -> list[str]:
    """Return each table and column in which a program finds the clinician's word."""
    tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]
    found = []
    for table in tables:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        text = " ".join(value.decode("latin-1") if isinstance(value, bytes) else str(value) for row in rows for value in row)
        found += [table] if WORD in text.casefold() else []
    return found


def pages(path: Path, key: bytes) -> Iterator[bytes]:
    """Yield what stands in each page of a store's file and of its log, free ones too, to who has the store's key."""
    raw = path.read_bytes()
    for place in range(0, len(raw), _PAGE):
        page = raw[place : place + _PAGE]
        yield _decrypted(page if place else page[_SALT:], key)
    log = path.with_name(f"{path.name}-wal")
    frames = log.read_bytes()[_WAL_HEAD:] if log.exists() else b""
    for place in range(0, len(frames), _FRAME_HEAD + _PAGE):
        number = int.from_bytes(frames[place : place + 4], "big")
        page = frames[place + _FRAME_HEAD : place + _FRAME_HEAD + _PAGE]
        yield _decrypted(page[_SALT:] if number == 1 else page, key)


def back_to_before(store: Store) -> None:
    """Make of a store's file one of the version before, with the same notes in the open; who asks closed every other store there."""
    before = store.paths.data / "before.db"
    connection = make_file(before, store.keys.store)
    bring_up_to_date(connection, before, store.keys.store, files=[file for file in FILES if file.stem < "0012"])
    guards = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
    for (table,) in tables:
        if not table.startswith(("sqlite_", "_sqlite", "patient_fts")):
            _bring(store, connection, table)
    _seal_accounts(connection, store.keys.audit)
    for _, sql in guards:
        connection.execute(sql)
    connection.close()
    store.close()
    for beside in (*store.paths.data.glob("store.db*"), *store.paths.data.glob("audit-anchor*")):
        beside.unlink()
    before.rename(store.paths.store)


def _decrypted(page: bytes, key: bytes) -> bytes:
    content, iv = page[:-_RESERVED], page[-_RESERVED : -_RESERVED + _IV]
    decryptor = Cipher(AES(key), CBC(iv)).decryptor()
    return decryptor.update(content) + decryptor.finalize()


def _bring(store: Store, target: Connection, table: str) -> None:
    """Bring the rows of a table over, opened, in the columns that it had."""
    names = [row[1] for row in target.execute(f"PRAGMA table_info({table})")]
    now = [row[1] for row in store._connection.execute(f"PRAGMA table_info({table})")]
    target.execute(f"DELETE FROM {table}")
    link = FIRST_LINK
    order = "ORDER BY seq" if table == "audit" else ""
    for row in store._connection.execute(f"SELECT {', '.join(now)} FROM {table} {order}").fetchall():
        values = dict(zip(now, row, strict=True))
        opened = store.removals._opened[table](values) if table in {*CLOSED, "document", "letter"} else values
        if table == "meta" and values["name"] == "notes_key":
            continue
        if table in ("staff", "recovery"):
            opened |= {"slot": _without_signer(values["slot"])}
        if table == "audit":
            opened |= {"changes": _as_told_then(values["changes"])}
            opened |= {"prev_hash": link, "hash": entry_hash(store.keys.audit, link, tuple(opened[name] for name in CONTENT))}
            link = opened["hash"]
        target.execute(insert_sql(table, tuple(names)), tuple(opened[name] for name in names))


def _without_signer(written: str) -> str:
    """Return a slot as it was wrapped before there were signatures; nobody uses the recovery key's."""
    slot = slot_from_json(json.loads(written))
    if (half := slot.private_half(secret_of(PASSWORD))) is not None:
        wrapping = AESGCM(slots._wrapping_key(secret_of(PASSWORD), slot.salt, slot.cost))
        slot = replace(slot, wrapped=wrapping.encrypt(slot.nonce, half, slots._named(slots._WRAPPING, slot.login)))
    return json.dumps(replace(slot, signer=b"", notes=b"").to_json())


def _as_told_then(changes: str) -> str:
    told = {name: change for name, change in json.loads(changes).items() if name not in ("notes_key", "all_sealed")}
    if "sealed" in told:
        told["sealed"] = [None, " ".join(_FORMER_SEALS.findall(told["sealed"][1]))]
    return json.dumps({name: change for name, change in told.items() if change != [None, ""]}, ensure_ascii=False)


def _seal_accounts(connection: Connection, key: bytes) -> None:
    """Tell the seals of the accounts as they stand."""
    seals = Seals(connection)
    told = " ".join(f"{table}:{name}={seal}" for table in ("staff", "recovery") for name, seal in seals.kept(table))
    seq, link = connection.execute("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1").fetchall()[0]
    changes = json.dumps({"sealed": [None, told]})
    content = (seq + 1, NOW.isoformat(timespec="milliseconds"), None, None, "upgrade", "wrap_keys", None, None, None, changes, None, "done")
    row = (*content, link, entry_hash(key, link, content))
    connection.execute(insert_sql("audit", (*CONTENT, "prev_hash", "hash")), row)
