"""Whether what was signed of a letter still is what the tables hold, and what the audit tells."""

from __future__ import annotations

from intake.domain.numbers import document_number
from intake.storage.store import Store


def altered_letters(store: Store) -> tuple[str, ...]:
    """Return the numbers of the signed letters of which something is not as it was signed, or that the audit tells otherwise.

    Call it inside ``steady``. A letter of which the audit tells a signature that is not there is one of them; so is one that was
    signed without the audit.
    """
    told = dict(store.audit.letter_signatures())
    kept = {document_number(request_id): fingerprint for request_id, fingerprint in store.letters.fingerprints().items()}
    found = {document_number(request_id) for request_id in store.letters.altered()}
    return tuple(sorted(found | {number for number in told.keys() | kept.keys() if told.get(number) != kept.get(number)}))
