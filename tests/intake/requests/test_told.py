"""Every paper that leaves is in the log of what was told, and what the practice no longer knows is told of rather than lost."""

from __future__ import annotations

import dataclasses

import pytest

from intake.actions.disclosing import accounting, copy_for, disclose_list
from intake.actions.handing_over import hand_over
from intake.actions.issuing import tell_printed
from intake.actions.labels import Labels, Way, make_accounting, make_labels
from intake.actions.requests import change_request
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.errors import InvalidInputError
from intake.storage.store import Store
from tests.factories import save
from tests.intake.requests.promising import HANDED, LATER, again, ask, delivered, print_it

WAY = Way(how="print", target="front", location="loc.edison", training=False)


def told(store: Store) -> list[tuple[str, str, bool]]:
    """Return what was told of the first patient, the latest first: which paper, for what, whether it is accounted for."""
    return [(each.what.partition(" ")[0], each.purpose, each.accountable) for each in store.disclosures.of_patient(1)]


def test_labels_accountings_and_lists_are_in_the_log(store: Store, desk: Actor, print_desk: Actor, definitions: Definitions) -> None:
    """For the practice itself, or for the patient; none of them is accounted for."""
    save(store, desk, definitions)
    sheet = next(iter(definitions.label_sheets))
    make_labels(store, desk, 1, Labels(sheet=sheet), WAY, definitions=definitions, now=LATER)
    make_accounting(store, print_desk, 1, WAY, definitions=definitions, now=LATER)
    with store.transaction():
        disclose_list(store, desk, [1], what="cover_list 1", place="Edison", now=LATER)
    assert told(store) == [("cover_list", "operations", False), ("accounting", "to_patient", False), ("labels", "operations", False)]


def test_a_copy_for_somebody_else_is_accounted_for_by_its_purpose(
    store: Store, desk: Actor, clinician: Actor, definitions: Definitions
) -> None:
    """One for who got the document is as the first print was."""
    save(store, desk, definitions)
    request = delivered(store, desk, clinician, definitions)
    same = copy_for(store, request, recipient=HANDED.to.upper(), purpose="", definitions=definitions)
    other = copy_for(store, request, recipient="County health office", purpose="public_health", definitions=definitions)
    assert (same.recipient, other.accountable) == ("", True)
    document = store.documents.last_of(request.id)
    assert document is not None
    with store.transaction():
        tell_printed(store, clinician, document.id, copy=other, now=LATER)
    with pytest.raises(InvalidInputError):
        copy_for(store, request, recipient="", purpose="no such", definitions=definitions)
    [accounted] = accounting(store, clinician, 1, definitions=definitions, now=LATER)
    assert (accounted.recipient, accounted.purpose) == ("County health office", "public_health")


def test_what_the_practice_no_longer_knows_is_still_delivered(store: Store, desk: Actor, definitions: Definitions) -> None:
    """A purpose that was removed counts as accountable; a kind that was removed keeps its language, the rest may change."""
    save(store, desk, definitions)
    form = ask(store, desk, definitions, "intake_form")
    print_it(store, desk, form)
    kinds = definitions.document_kinds
    left = dataclasses.replace(kinds, purposes=tuple(each for each in kinds.purposes if each.key != form.purpose), kinds=kinds.kinds[:1])
    fewer = dataclasses.replace(definitions, document_kinds=left)
    change_request(
        store, desk, form.id, leaves_by="mail", recipient="Ana Sample", address="", purpose=form.purpose, language=form.language,
        definitions=fewer, now=LATER,
    )  # fmt: skip
    assert again(store, form).leaves_by == "mail"
    hand_over(store, desk, form.id, HANDED, definitions=fewer, now=LATER)
    assert told(store)[0] == ("intake_form", form.purpose, True)
