"""The next chart: read within half as much again as its bare queries take, and on screen within a tenth of a second."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytestqt.qtbot import QtBot

from intake.actions.charts import earlier, leave_chart, open_chart
from intake.actions.reviewing import awaiting
from intake.definitions.bundle import Definitions
from intake.domain.staff import Actor
from intake.paths import Paths
from intake.storage.database import open_file, prepare
from intake.storage.store import Store, open_store
from tests.benchmarks.conftest import Tell, figures, percentile
from tests.benchmarks.test_review_list import a_clinician
from tests.factories import KEYS, NOW, WORKSTATION
from ui import fonts, theme
from ui.desk import Desk
from ui.pages.chart.page import ChartPage
from ui.routes import Routes
from ui.tasks import StoreThread

CHARTS = 60
MOST = 1.5
ON_SCREEN_MS = 100.0
QUIET = 0.25
"""The quicker quarter of both is compared: the slower ones wait for whatever else the machine is doing."""
AUDIT = "INSERT INTO audit"


class Recorder:
    """A connection that remembers each statement with its values."""

    def __init__(self, connection: Any) -> None:
        """Record what goes over this connection."""
        self.connection = connection
        self.said: list[tuple[str, Sequence[Any]]] = []

    def __getattr__(self, name: str) -> Any:
        """Be the connection in all else."""
        return getattr(self.connection, name)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Remember a statement and pass it on."""
        self.said.append((sql, values))
        return self.connection.execute(sql, values)


@pytest.fixture
def recorded(million: Path) -> Iterator[tuple[Store, Recorder]]:
    """Yield the large store over a connection that remembers its statements."""
    paths = Paths(data=million, training=False)
    recorder = Recorder(open_file(paths.store, KEYS.store))
    prepare(recorder.connection)
    store = Store(recorder, paths, KEYS)
    yield store, recorder
    store.close()


@contextmanager
def timed(times: list[float]) -> Iterator[None]:
    """Add the milliseconds of the block."""
    began = time.perf_counter()
    yield
    times.append((time.perf_counter() - began) * 1000)


def replay(recorder: Recorder, said: Sequence[tuple[str, Sequence[Any]]]) -> None:
    """Say the same statements again; an audit entry gets the next number, for two with one number are refused."""
    connection = recorder.connection
    for sql, values in said:
        if sql.startswith(AUDIT):
            last = connection.execute("SELECT max(seq) FROM audit").fetchall()[0][0]
            connection.execute(sql, (last + 1, *values[1:]))
        elif sql == "COMMIT":
            connection.execute("ROLLBACK")
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT OR REPLACE INTO setting VALUES ('benchmark', 'chart', ?)", (str(time.perf_counter()),))
            connection.execute("COMMIT")
        else:
            connection.execute(sql, values).fetchall()


def test_a_chart_is_read_in_little_more_than_its_queries(recorded: tuple[Store, Recorder], definitions: Definitions, tell: Tell) -> None:
    """Opening it, taking it in hand, its prompts raised anew, the five visits before it; all recorded in the audit."""
    store, recorder = recorded
    clinician = a_clinician(store)
    visits = [line.visit_id for line in awaiting(store, clinician, location=None, limit=CHARTS, now=NOW)]
    whole: list[float] = []
    bare: list[float] = []
    for visit_id in visits:
        open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
        leave_chart(store, clinician, visit_id, now=NOW)
    for visit_id in visits:
        recorder.said = []
        with timed(whole):
            open_chart(store, clinician, visit_id, definitions=definitions, now=NOW)
            earlier(store, clinician, visit_id, definitions=definitions)
        said = recorder.said
        leave_chart(store, clinician, visit_id, now=NOW)
        with timed(bare):
            replay(recorder, said)
    ratio = percentile(whole, QUIET) / percentile(bare, QUIET)
    tell(f"next chart: {figures(whole)}; its bare queries: {figures(bare)}; {ratio:.2f} times")
    assert ratio <= MOST


def test_the_next_chart_is_on_screen_within_a_tenth_of_a_second(
    million: Path, definitions: Definitions, qapp: object, qtbot: QtBot, tell: Tell
) -> None:
    """From the key to the painted page, one chart after the other on the same page."""
    thread = StoreThread(lambda: open_store(Paths(data=million, training=False), KEYS))
    thread.start()
    actors: list[Actor] = []
    thread.ask(a_clinician, owner=thread, done=actors.append)
    qtbot.waitUntil(lambda: bool(actors), timeout=10_000)
    fonts.load_first()
    theme.apply(qapp, dark=False)  # type: ignore[arg-type]  # pytest-qt's application is one
    desk = Desk(
        paths=Paths(data=million, training=False), definitions=definitions, store=thread, actor=actors[0], location="loc.edison",
        workstation=WORKSTATION, clock=lambda: NOW, zone=ZoneInfo(definitions.practice.time_zone),
    )  # fmt: skip
    page = ChartPage(desk, Routes())
    qtbot.addWidget(page)
    page.resize(1250, 800)
    page.show()
    page.routes.chart.connect(page.show_visit)
    page.routes.chart.connect(lambda _: page.entered())
    times: list[float] = []
    for _ in range(CHARTS // 2):
        before = page.state.visit_id
        with timed(times):
            page.next_chart()
            qtbot.waitUntil(lambda before=before: page.state.visit_id not in (None, before), timeout=10_000)  # type: ignore[misc]  # mypy cannot infer it
            page.repaint()
    assert thread.stop(10)
    first, *later = times
    tell(f"next chart on screen: {figures(later)}; the first {first:.1f} ms")
    assert percentile(later, 0.5) <= ON_SCREEN_MS
