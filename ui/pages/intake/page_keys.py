"""The keys of the intake page that work wherever the keyboard is in the form."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ui.pages.intake.confirming import Confirming
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.plan import SECTIONS
from ui.pages.intake.saving import Saving


def form_keys(form: IntakeForm, saving: Saving, confirming: Confirming) -> dict[str, Callable[[], object]]:
    """Return what each key chord does."""
    return {
        "Alt+Down": partial(form.next_section, 1),
        "Alt+Up": partial(form.next_section, -1),
        "Ctrl+Return": partial(form.next_section, 1),
        "Ctrl+Enter": partial(form.next_section, 1),
        "Ctrl+M": form.toggle_more,
        "Ctrl+D": partial(form.go_to_section, "drawing"),
        "Ctrl+S": partial(saving.save, prints=False),
        "F3": confirming.confirm_here,
        "Shift+F3": confirming.confirm_section,
        "F8": form.problems.go_on,
        **{f"Ctrl+{number}": partial(form.go_to_section, plan.key) for number, plan in enumerate(SECTIONS, 1)},
    }
