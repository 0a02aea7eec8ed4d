"""A print server for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.intake.printing.print_server import PrintServer, cupsd, running


@pytest.fixture(scope="session")
def scheduler() -> Iterator[PrintServer]:
    """Run one scheduler for all tests: each test adds printers of its own names."""
    if cupsd() is None:
        pytest.skip("cupsd is not installed: nothing here can prove that a page leaves a real print queue")
    with running() as server:
        yield server


@pytest.fixture
def server(scheduler: PrintServer, monkeypatch: pytest.MonkeyPatch) -> PrintServer:
    """Point the commands of this test at the tests' scheduler, and at no printer of this system."""
    monkeypatch.setenv("CUPS_SERVER", scheduler.address)
    return scheduler
