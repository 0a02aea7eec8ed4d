"""Loading modules before they are asked for, on a thread of its own: the window's thread never waits for a file.

Always one step ahead of the person and no further, so that a desk that never prints never holds what printing needs.
"""

from __future__ import annotations

import importlib
import logging
import threading
from collections.abc import Iterator

from PySide6 import QtWidgets

log = logging.getLogger(__name__)

SIGNED_IN = ("ui.after_sign_in", "intake.actions.emergency", "intake.actions.recovery", "ui.desk", "ui.main_window")
"""What is needed once somebody signed in: loaded while they type their password."""
PLACES = ("ui.pages.intake.page", "ui.pages.patients.page", "ui.pages.patients.record")
"""What is needed a key away from Today: loaded right after."""
REVIEW = ("ui.pages.review.page", "ui.pages.chart.page")
"""What a clinician needs a key away from Today: loaded right after the sign-in."""
CARE = ("ui.pages.settings.page", "ui.pages.staff", "ui.pages.audit.page", "ui.pages.backup.page")
"""What an administrator needs a key away from Today: loaded right after the sign-in."""
DOCUMENTS = ("ui.pages.documents.page",)
"""What the list of documents needs: loaded right after the sign-in, without what shows a paper."""
PAPER = ("ui.pages.preview", "ui.preview.worker", "intake.documents.intake_form", "intake.documents.issuing")
"""What is needed to see and print a paper of a visit: loaded while an intake is filled in, a record or a chart read."""

_begun: set[tuple[str, ...]] = set()


def warm(names: tuple[str, ...]) -> None:
    """Begin to load these modules, once in the life of the program, and return at once."""
    if names not in _begun:
        _begun.add(names)
        threading.Thread(target=_load, args=(names,), name="warming", daemon=True).start()


def widget_classes() -> Iterator[None]:
    """Have PySide make its widget classes one by one, on the window's thread.

    It would make all of them at once when first asked for a widget that it did not make itself, such as the viewport of a preview.
    """
    for name in dir(QtWidgets):
        getattr(QtWidgets, name)
        yield


def _load(names: tuple[str, ...]) -> None:
    for name in names:
        try:
            importlib.import_module(name)
        except ImportError:
            # Whoever needs the module meets the same error, and tells it.
            log.warning("a module could not be loaded ahead of time")
