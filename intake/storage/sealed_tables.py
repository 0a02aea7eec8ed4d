"""Which rows are sealed, how each is named and found, and what of it is sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from intake.storage.rows import CLAIM, COVERAGE, NOTICES, PATIENT, SAFETY, VISIT


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A table whose rows are sealed: what names a row, where one is found by its name, and the columns sealed with it.

    With ``parts`` the values are sealed by column, without those that are NULL, so that a column that is added to a table some day
    changes no seal; and each row that is written is sealed by itself: ``parts`` tells by table what names the sealed row that a row
    of it belongs to. ``{row}`` stands for that row. ``goes`` says that an action may take such a row away, or a part of it.
    ``table`` has a row of each, that of the same name unless told; ``source`` is what the columns are read from, that table alone
    unless told; ``updates`` are its columns whose change counts, all unless told.
    """

    name: str
    row: str
    columns: str
    table: str = ""
    source: str = ""
    labels: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    goes: bool = False
    updates: tuple[str, ...] = ()


def _by_column(
    name: str, row: str, columns: Mapping[str, str], *, parts: Mapping[str, str], source: str = "", goes: bool = False
) -> Sealed:
    return Sealed(
        name=name, row=row, columns=", ".join(columns.values()), source=source, labels=tuple(columns), parts=parts, goes=goes,
    )  # fmt: skip


def _plain(table: str, columns: str, *, key: str = "id") -> Sealed:
    """Return a table whose rows are sealed alone and named by a number."""
    names = tuple(columns.split())
    return Sealed(
        name=key, row=f"{key} = ?", columns=", ".join(names), labels=names, parts={table: f"{{row}}.{key}"}, updates=names,
    )  # fmt: skip


def _numbered(table: str, owner: str, columns: str) -> Sealed:
    """Return a table whose rows are sealed alone and numbered within what they belong to."""
    names, name = columns.split(), f"{owner} || '.' || number"
    row = f"{owner} = CAST(?1 AS INTEGER) AND {name} = ?1"
    return _by_column(name, row, dict(zip(names, names, strict=True)), parts={table: f"{{row}}.{owner} || '.' || {{row}}.number"})


def _worded(table: str, columns: str, *keys: str) -> Sealed:
    """Return a small table whose rows are sealed alone and named by words of people: in hexadecimal, so that a seal has its place."""
    names, name = columns.split(), " || '.' || ".join(f"hex({key})" for key in keys)
    told = " || '.' || ".join(f"hex({{row}}.{key})" for key in keys)
    return _by_column(name, f"{name} = ?", dict(zip(names, names, strict=True)), parts={table: told}, goes=True)


def _gathered(table: str, columns: str, order: str, where: str) -> str:
    """Return the SQL of the rows of a table that belong to a sealed row, as JSON."""
    return (
        f"(SELECT json_group_array(json_array({columns})) FROM"  # noqa: S608 - our own words
        f" (SELECT * FROM {table} WHERE {where} ORDER BY {order}))"
    )


def _patient() -> Sealed:
    own = ("id", "version", *PATIENT.names, "last_key", "first_key", "created_at", "changed_at")
    dobs = _gathered("former_dob", "id, dob, became", "id", "former_dob.patient_id = patient.id")
    parts = {"patient": "{row}.id", "former_dob": "{row}.patient_id"}
    return _by_column("id", "id = ?", {**{name: name for name in own}, "former_dob": dobs}, parts=parts)


_ACKNOWLEDGED: Final = (
    "(SELECT json_group_array(json_array(prompt_id, staff_id, at, words)) FROM (SELECT acknowledgement.* FROM prompt"
    " JOIN acknowledgement ON acknowledgement.prompt_id = prompt.id WHERE prompt.visit_id = visit.id ORDER BY prompt.id))"
)


_WITH_VISIT: Final = {"visit": "{row}.id"}


def _asked() -> Sealed:
    """Return what was asked at a visit, which is written with it: what there is one of by column, what there are many of as JSON."""
    columns, source = {"id": "visit.id"}, "visit"
    for table, names in {"claim": CLAIM.names, "safety": SAFETY.names, "notices": NOTICES.names}.items():
        columns |= {f"{table}.{name}": f"{table}.{name}" for name in ("visit_id", *names)}
        source += f" LEFT JOIN {table} ON {table}.visit_id = visit.id"
    for place in ("primary", "secondary"):
        columns |= {f"{place}.{name}": f"{place}_coverage.{name}" for name in ("visit_id", *COVERAGE.names)}
        source += f" LEFT JOIN coverage AS {place}_coverage ON {place}_coverage.visit_id = visit.id AND {place}_coverage.place = '{place}'"
    columns["answer"] = _gathered("answer", "key, value", "key", "answer.visit_id = visit.id")
    columns["mark"] = _gathered("mark", "place, region, kind", "place", "mark.visit_id = visit.id")
    sealed = _by_column("visit.id", "visit.id = ?", columns, source=source, parts=_WITH_VISIT)
    return replace(sealed, table="visit", updates=("id",))


def _noted() -> Sealed:
    """Return what was noted at a visit afterwards: prompts, what was done about each, corrections."""
    columns = {
        "id": "visit.id",
        "correction": _gathered("correction", "id, path, before, after, reason, staff_id, at", "id", "correction.visit_id = visit.id"),
        "prompt": _gathered("prompt", "id, rule, level, rules_version, answers, unsure, raised_at", "id", "prompt.visit_id = visit.id"),
        "acknowledgement": _ACKNOWLEDGED,
    }
    acknowledged = "(SELECT visit_id FROM prompt WHERE prompt.id = {row}.prompt_id)"
    parts = {**_WITH_VISIT, "correction": "{row}.visit_id", "prompt": "{row}.visit_id", "acknowledgement": acknowledged}
    return replace(_by_column("visit.id", "visit.id = ?", columns, parts=parts), table="visit", updates=("id",))


def _removal() -> Sealed:
    names = ("id", "patient_id", "years", "staff_id", "at", "withdrawn_by", "withdrawn_at")
    columns = {name: name for name in names} | {
        "removal_export": _gathered(
            "removal_export", "number, pdf_sha256, rows_sha256, staff_id, at", "number", "removal_export.removal_id = removal.id"
        ),
        "removal_consent": _gathered("removal_consent", "staff_id, at", "staff_id", "removal_consent.removal_id = removal.id"),
    }
    parts = {"removal": "{row}.id", "removal_export": "{row}.removal_id", "removal_consent": "{row}.removal_id"}
    return _by_column("id", "id = ?", columns, parts=parts)


def _second_factor() -> Sealed:
    names = ("staff_id", "secret", "made_at", "confirmed_at")
    spare = _gathered("spare_code", "sha256, used_at", "sha256", "spare_code.staff_id = second_factor.staff_id")
    parts = {"second_factor": "{row}.staff_id", "spare_code": "{row}.staff_id"}
    columns = {**{name: name for name in names}, "spare_code": spare}
    return replace(_by_column("staff_id", "staff_id = ?", columns, parts=parts, goes=True), updates=names)


_EMERGENCY: Final = ("emergency", "id staff_id workstation reason at until seen_by seen_at")
ROWS_SEALED: Final[Mapping[str, Sealed]] = {
    "patient": _patient(),
    "visit": _plain(
        "visit", "id patient_id status status_at before_status before_status_at arrived_at visit_day recorded_by recorded_at"
        " checklist_version regions_version " + " ".join(VISIT.names),
    ),
    "visit_asked": _asked(),
    "visit_noted": _noted(),
    "correction": _plain("correction", "id visit_id path before after reason staff_id at"),
    "acknowledgement": _plain("acknowledgement", "prompt_id staff_id at words", key="prompt_id"),
    "review": _plain(
        "review", "visit_id content fingerprint staff_id staff_name staff_role at location form_version rules_version code_release",
        key="visit_id",
    ),
    "addendum": _numbered("addendum", "visit_id", "visit_id number text reason fingerprint staff_id staff_name staff_role at"),
    "letter": _plain("letter", "request_id template typed body version staff_id at", key="request_id"),
    "letter_signature": _plain(
        "letter_signature", "request_id content fingerprint staff_id staff_name staff_role at", key="request_id"
    ),
    "amendment": _plain("amendment", "id patient_id visit_id request received_on staff_id at"),
    "amendment_step": _numbered("amendment_step", "amendment_id", "amendment_id number step words staff_id at"),
    "keep": _plain("keep", "id patient_id reason staff_id at ended_by ended_at ended_why"),
    "removal": _removal(),
    "second_factor": _second_factor(),
    "emergency_use": replace(_plain(*_EMERGENCY), table=_EMERGENCY[0]),
    "setting": _worded("setting", "scope name value", "scope", "name"),
    "override": _worded("override", "name sha256 hex(content) staff_id at", "name"),
    "practice_snippet": _worded("practice_snippet", "abbreviation text staff_id at", "abbreviation"),
    "backup_target": _plain("backup_target", "id folder added_by added_at removed_at"),
}  # fmt: skip
"""The tables whose rows are sealed since the store has them sealed by itself. What comes and goes in a day's work is not: drafts and
what is typed beside them, charts in hand, calls, print runs, who is at work; nor what is derived from other tables, and lists of
checks and backups that were made."""
