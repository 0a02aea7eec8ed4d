"""What was read from a form and confirmed by nobody is never saved, whichever way the save is asked for."""

from __future__ import annotations

from intake.domain.records import Intake
from intake.entry.from_form import from_form, not_confirmed
from intake.errors import InvalidInputError
from intake.storage.store import Store


def refuse_unconfirmed(store: Store, draft_id: int, intake: Intake) -> None:
    """Raise InvalidInputError ``not_confirmed`` for each value of a draft's form that is to be saved and that nobody confirmed."""
    kept = store.drafts.get(draft_id)
    marks = None if kept is None else from_form(kept[0])
    if marks is not None and (problems := not_confirmed(marks.unconfirmed, intake)):
        raise InvalidInputError(problems)
