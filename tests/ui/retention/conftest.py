"""A desk over a practice with a record whose time is over; each test has a copy of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.paths import Paths
from intake.storage.store import open_store
from tests.factories import KEYS
from tests.intake.retention.scene import a_practice, actor
from ui.desk import Desk
from ui.pages.retention.page import RetentionPage
from ui.routes import Routes
from ui.tasks import StoreThread


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, definitions: Definitions) -> Path:
    """Return the data folder of the practice."""
    data = tmp_path_factory.mktemp("retention") / "data"
    a_practice(data, definitions)
    return data


@pytest.fixture
def at_desk(made: Path, tmp_path: Path, definitions: Definitions) -> Iterator[Callable[[str], Desk]]:
    """Sit somebody down at a desk, by login; the clock is the machine's, as the store's own is."""
    paths = Paths(data=Path(shutil.copytree(made, tmp_path / "data")), training=False)
    store = open_store(paths, KEYS)
    people: dict[str, Actor] = {login: actor(store, login) for login in ("alex", "casey", "dana")}
    store.close()
    thread = StoreThread(lambda: open_store(paths, KEYS))
    thread.start()

    def sit(login: str) -> Desk:
        return Desk(
            paths=paths, definitions=definitions, store=thread, actor=people[login], location="loc.edison", workstation="desk-1",
            clock=lambda: datetime.now(UTC), zone=ZoneInfo(definitions.practice.time_zone),
        )  # fmt: skip

    yield sit
    assert thread.stop(10), "the store's thread did not end"


@pytest.fixture
def copies(tmp_path: Path) -> Path:
    """Return the folder where copies go."""
    folder = tmp_path / "copies"
    folder.mkdir()
    return folder


@pytest.fixture
def open_page(at_desk: Callable[[str], Desk], copies: Path, qtbot: QtBot) -> Callable[[str], RetentionPage]:
    """Show the page to somebody, with its records on screen."""

    def show(login: str) -> RetentionPage:
        page = RetentionPage(at_desk(login), Routes(), ask_folder=lambda: copies)
        qtbot.addWidget(page)
        page.resize(1200, 760)
        page.show()
        page.activateWindow()
        qtbot.waitActive(page)
        with qtbot.waitSignal(page.shown, timeout=10_000):
            page.entered()
        return page

    return show
