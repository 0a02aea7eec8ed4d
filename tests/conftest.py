"""What every test stands on: a locale Qt accepts, no screen unless asked for, a private home, steady examples."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from intake.security.cost import use_cost
from tests.factories import CHEAP

# A machine with 2 cores shares them; an example's time says nothing about the program.
hypothesis.settings.register_profile("desk", deadline=None, max_examples=100, print_blob=True)
# The same examples in every run, so that a red build is red for everyone.
hypothesis.settings.register_profile("ci", parent=hypothesis.settings.get_profile("desk"), derandomize=True)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--watch``: show the windows of the tests on this machine's screen."""
    parser.addoption("--watch", action="store_true", help="show the windows instead of drawing them off screen")


def pytest_configure(config: pytest.Config) -> None:
    """Choose Qt's screen before anything loads Qt, and what passwords cost before anybody has one."""
    use_cost(CHEAP)
    if not config.getoption("--watch"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if "UTF-8" not in os.environ.get("LC_ALL", "") + os.environ.get("LANG", ""):
        os.environ["LC_ALL"] = "C.UTF-8"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the tour: it is long, and what stands first stays together on one core, so that it is played once."""
    items.sort(key=lambda item: "journeys" not in item.path.parts)


@pytest.fixture(scope="session", autouse=True)
def private_home() -> Iterator[Path]:
    """Keep the tests out of this person's own data folders: none of them may open a real store."""
    names = (
        "HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME",
        "XDG_RUNTIME_DIR",
    )  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="intake-desk-home-") as folder, pytest.MonkeyPatch.context() as environment:
        for name in names:
            environment.setenv(name, folder)
        yield Path(folder)
