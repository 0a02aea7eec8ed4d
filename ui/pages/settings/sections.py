"""Which sections the settings have, and what a role must permit for each to be seen. Each is loaded when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from intake.domain.staff import Task

if TYPE_CHECKING:
    from ui.desk import Desk
    from ui.pages.page import Page
    from ui.routes import Routes

    Make = Callable[[Desk, Routes], Page]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One section: its key, what the list calls it, the task it needs (None: everybody's), and how its page is made."""

    key: str
    name: str
    task: Task | None
    make: Make


def _accounts(desk: Desk, routes: Routes) -> Page:
    from ui.pages.staff import StaffPage  # noqa: PLC0415 - loaded when first asked for

    return StaffPage(desk, routes)


def _access(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.access import AccessSection  # noqa: PLC0415 - as above

    return AccessSection(desk, routes)


def _roles(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.roles import RolesSection  # noqa: PLC0415 - as above

    return RolesSection(desk, routes)


def _practice(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.practice import PracticeSection  # noqa: PLC0415 - as above

    return PracticeSection(desk, routes)


def _clinics(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.clinics import ClinicsSection  # noqa: PLC0415 - as above

    return ClinicsSection(desk, routes)


def _printers(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.desks import PrintersSection  # noqa: PLC0415 - as above

    return PrintersSection(desk, routes)


def _idle(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.desks import IdleSection  # noqa: PLC0415 - as above

    return IdleSection(desk, routes)


def _snippets(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.snippets import SnippetsSection  # noqa: PLC0415 - as above

    return SnippetsSection(desk, routes)


def _files(desk: Desk, routes: Routes) -> Page:
    from ui.pages.settings.files import FilesSection  # noqa: PLC0415 - as above

    return FilesSection(desk, routes)


def _retention(desk: Desk, routes: Routes) -> Page:
    from ui.pages.retention.page import RetentionPage  # noqa: PLC0415 - as above

    return RetentionPage(desk, routes)


PLACES: Final = (
    Place(key="accounts", name="Accounts", task=Task.MANAGE_STAFF, make=_accounts),
    Place(key="access", name="Access", task=Task.MANAGE_KEYS, make=_access),
    Place(key="roles", name="Roles", task=None, make=_roles),
    Place(key="practice", name="Practice", task=Task.MANAGE_PRACTICE, make=_practice),
    Place(key="clinics", name="Clinics", task=Task.MANAGE_PRACTICE, make=_clinics),
    Place(key="printers", name="Printers", task=Task.PRINT_INTAKE, make=_printers),
    Place(key="idle", name="Idle time", task=Task.MANAGE_PRACTICE, make=_idle),
    Place(key="snippets", name="Snippets", task=Task.MANAGE_PRACTICE, make=_snippets),
    Place(key="files", name="Files", task=Task.MANAGE_PRACTICE, make=_files),
    Place(key="retention", name="Old records", task=Task.REMOVE_RECORDS, make=_retention),
)
