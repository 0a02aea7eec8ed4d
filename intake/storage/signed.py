"""Everything recorded at a visit, gathered; and whether what was signed still is what the tables hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from intake.domain.addenda import sealed
from intake.domain.audit import Progress
from intake.domain.canonical import canonical, fingerprint
from intake.domain.numbers import visit_number
from intake.domain.signed import Recorded, instant_text, record_content, without_names
from intake.errors import IntakeError
from intake.storage.reviews import KeptAddendum, KeptReview
from intake.storage.store import Store

PAGE, STEP = 500, 100


def recorded_of(store: Store, visit_id: int) -> Recorded | None:
    """Return all that the tables hold of a visit, None when there is none; needs no definitions."""
    intake = store.visits.recorded(visit_id)
    if intake is None:
        return None
    return Recorded(
        number=visit_number(visit_id),
        intake=intake,
        corrections=store.corrections.of_visit(visit_id),
        prompts=store.prompts.of_visit(visit_id),
        accounts=store.reviews.accounts(visit_id),
    )


def altered(store: Store, progress: Progress | None = None) -> tuple[str, ...]:
    """Return the numbers of the signed visits of which something is not as it was signed, or that the audit tells otherwise.

    Call it inside ``steady``, so that nobody signs meanwhile. A visit of which the audit tells a signature that is not there is one
    of them; so is one signed without the audit. Without the key of the notes what was signed is not opened (``unopened`` tells of how
    many visits): then fingerprints, and who signed and when, are compared with what the audit tells. ``progress`` is told of visits.
    """
    told: dict[int, int] = {}
    found = set()
    for visit_id, version, print_ in store.audit.note_signatures():
        told[visit_id] = told.get(visit_id, 0) + 1
        if store.reviews.fingerprint(visit_id, version) != print_:
            found.add(visit_id)
    count = store.reviews.count()
    for number, visit_id in enumerate(_all(store)):
        if progress and not number % STEP:
            progress(number, count)
        same = told.pop(visit_id, 0) == store.reviews.version(visit_id)
        if not same or (store.notes_key.held and not _is_as_signed(store, visit_id)):
            found.add(visit_id)
    found.update(store.reviews.signed_otherwise())
    return tuple(visit_number(visit_id) for visit_id in sorted(found.union(told)))


def unopened(store: Store) -> int:
    """Return how many signed visits need the key of the notes to be compared with what was signed, 0 for who has it."""
    return 0 if store.notes_key.held else store.reviews.count()


def _all(store: Store) -> Iterator[int]:
    after = 0
    while page := store.reviews.page(after=after, limit=PAGE):
        yield from page
        after = page[-1]


def _is_as_signed(store: Store, visit_id: int) -> bool:
    """Tell whether fingerprints, columns and tables all say what was signed; what does not open any more was altered."""
    try:
        kept, addenda, recorded = store.reviews.get(visit_id), store.reviews.addenda(visit_id), recorded_of(store, visit_id)
    except IntakeError as error:
        if error.code != "note_altered":
            raise
        return False
    return kept is not None and recorded is not None and _says_the_same(kept, addenda, recorded)


def _says_the_same(kept: KeptReview, addenda: Iterable[KeptAddendum], recorded: Recorded) -> bool:
    try:
        content = json.loads(kept.content)
        same = fingerprint(kept.content) == kept.fingerprint and _columns(kept) == _signed_columns(content)
        signed = canonical(without_names(content["record"]))
    except (LookupError, TypeError, ValueError):
        return False
    if not same or canonical(without_names(record_content(recorded))) != signed:
        return False
    former = kept.fingerprint
    for each in addenda:
        if sealed(each.addendum, former=former, visit_id=kept.visit_id, account=each.staff_id) != each.addendum:
            return False
        former = each.addendum.fingerprint
    return True


def _columns(kept: KeptReview) -> tuple[Any, ...]:
    return (
        visit_number(kept.visit_id),
        kept.staff_id,
        kept.staff_name,
        kept.staff_role,
        instant_text(kept.at),
        kept.location,
        kept.form_version,
        kept.rules_version,
        kept.code_release,
    )


def _signed_columns(content: Any) -> tuple[Any, ...]:
    """Return what the columns beside the content must say."""
    signature, versions = content["signature"], content["versions"]
    return (
        content["record"]["number"],
        signature["account"],
        signature["by"],
        signature["role"],
        signature["at"],
        content["record"]["visit"]["location"],
        versions["form"],
        versions["rules"],
        versions["codes"],
    )
