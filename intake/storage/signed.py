"""Everything recorded at a visit, gathered; and whether what was signed still is what the tables hold."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from intake.domain.addenda import sealed
from intake.domain.canonical import canonical, fingerprint
from intake.domain.numbers import visit_number
from intake.domain.signed import Recorded, instant_text, record_content, without_names
from intake.storage.reviews import KeptReview
from intake.storage.store import Store

PAGE = 500


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


def altered(store: Store) -> tuple[str, ...]:
    """Return the numbers of the signed visits of which something is not as it was signed, or that the audit tells otherwise.

    Call it inside ``steady``, so that nobody signs meanwhile. A visit of which the audit tells a signature that is not there is one
    of them; so is one signed without the audit.
    """
    told: dict[int, int] = {}
    found = set()
    for visit_id, version, print_ in store.audit.signatures():
        told[visit_id] = told.get(visit_id, 0) + 1
        if store.reviews.fingerprint(visit_id, version) != print_:
            found.add(visit_id)
    for kept in _all(store):
        if told.pop(kept.visit_id, 0) != 1 + len(store.reviews.addenda(kept.visit_id)) or not _is_as_signed(store, kept):
            found.add(kept.visit_id)
    return tuple(visit_number(visit_id) for visit_id in sorted(found.union(told)))


def _all(store: Store) -> Iterator[KeptReview]:
    after = 0
    while page := store.reviews.page(after=after, limit=PAGE):
        yield from page
        after = page[-1].visit_id


def _is_as_signed(store: Store, kept: KeptReview) -> bool:
    """Tell whether fingerprints, columns and tables all say what was signed."""
    recorded = recorded_of(store, kept.visit_id)
    try:
        content = json.loads(kept.content)
        same = fingerprint(kept.content) == kept.fingerprint and _columns(kept) == _signed_columns(content)
        signed = canonical(without_names(content["record"]))
    except (LookupError, TypeError, ValueError):
        return False
    if recorded is None or not same or canonical(without_names(record_content(recorded))) != signed:
        return False
    former = kept.fingerprint
    for each in store.reviews.addenda(kept.visit_id):
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
