"""Loading what reading needs before it is needed, on the store's thread: the window's thread never waits for a table."""

from __future__ import annotations

from intake.entry.phones import read_phone
from intake.entry.zips import propose
from intake.storage.store import Store

_FICTIONAL_PHONE = "(201) 555-0123"
_A_ZIP = "07083"


def warm_up(_store: Store) -> None:
    """Load the tables of phone numbers and ZIP codes; the store itself is not touched."""
    read_phone(_FICTIONAL_PHONE)
    propose(_A_ZIP)
