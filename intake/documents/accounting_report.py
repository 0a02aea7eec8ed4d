"""The accounting of disclosures that a patient may ask for: when, to whom, what, and why.

Source: 45 CFR 164.528: date, name and address of who received it, a brief description, the purpose; six years back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from intake.documents import style
from intake.documents.blocks import flowing, space
from intake.documents.frame import issue, keywords
from intake.documents.paper import Block
from intake.documents.report import Column, report_frame, report_heads, table
from intake.domain.document_kinds import DocumentKinds
from intake.domain.documents import Disclosure
from intake.domain.practice import Location, Practice
from intake.domain.records import PatientRecord
from intake.entry.dates import show_date

COLUMNS: Final = (
    Column(title="Date", width_pt=62),
    Column(title="Given to, with address if known", width_pt=176),
    Column(title="What", width_pt=126),
    Column(title="Purpose", width_pt=128),
)
NONE_KEPT: Final = "No disclosure that has to be accounted for is on record in this period."
LEFT_OUT: Final = (
    "Not listed, as the rule permits: what was given to the patient, or for treatment, payment and health care operations, "
    "or with the patient's written authorization."
)
FOOT: Final = "Accounting of disclosures under 45 CFR 164.528."


def accounting_report(  # noqa: PLR0913 - keywords only, each told on the paper
    disclosures: Sequence[Disclosure],
    *,
    patient: PatientRecord,
    first: date,
    last: date,
    practice: Practice,
    location: Location,
    kinds: DocumentKinds,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return the accounting of one patient's disclosures from ``first`` to ``last`` as PDF, oldest first.

    The same arguments always give the same bytes.
    """
    born = show_date(patient.patient.dob) if patient.patient.dob else "not asked"
    title, subtitle = "Accounting of disclosures", f"{show_date(first)} to {show_date(last)}"
    frame = replace(
        report_frame(
            practice, location, title=title, subtitle=subtitle, notes=(FOOT, LEFT_OUT), training=training, printed_at=printed_at
        ),
        patient=patient.patient.full_name(),
        record_number=patient.number,
        dob=born,
        keywords=keywords("accounting", patient.number, "", printed_at),
    )  # fmt: skip
    told = sorted(disclosures, key=lambda each: each.at)
    rows = [_row(each, practice, kinds) for each in told]
    facts = [f"Born {born} · Record {patient.number}", ""]
    return issue(frame, [*_body(rows), space(4)], report_heads(frame, facts, COLUMNS if rows else ()))


def _body(rows: list[list[str]]) -> Iterator[Block]:
    if rows:
        yield from table(COLUMNS, rows, titled=False)
    else:
        yield from flowing(NONE_KEPT, style.BODY)


def _row(each: Disclosure, practice: Practice, kinds: DocumentKinds) -> list[str]:
    to = "\n".join(part for part in (each.recipient, each.address) if part)
    return [show_date(each.at.astimezone(practice.zone()).date()), to, _what(each.what, kinds), _purpose(each.purpose, kinds)]


def _what(what: str, kinds: DocumentKinds) -> str:
    """Return a kind of document and its number in words."""
    key, _, number = what.partition(" ")
    name = next((kind.name.en for kind in kinds.kinds if kind.key == key), key)
    return " ".join(part for part in (name, number) if part)


def _purpose(key: str, kinds: DocumentKinds) -> str:
    return next((purpose.name.en for purpose in kinds.purposes if purpose.key == key), key)
