"""The visit note against a bare canvas that draws the same marks: the same calls, without any thought behind them."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

import pytest

from intake.documents import frame
from intake.documents.seal import modules, payload
from tests.benchmarks.test_pdf_speed import MOST_TIMES_THE_FLOOR, ROUNDS, RecordingCanvas, replayed
from tests.intake.documents.charts import a_chart, a_note, a_signature


def test_a_visit_note_costs_at_most_half_more_than_its_marks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Reading the chart, sentences, wrapping, laying out and paging together cost less than half of the drawing.

    Every round signs anew, so that its QR code is worked out once: its time stands in the floor of the first print, and in
    neither of the second, when the code is at hand.
    """
    note = a_note()
    with monkeypatch.context() as patched:
        patched.setattr(frame, "Canvas", RecordingCanvas)
        a_note()
    recorded = RecordingCanvas.last
    assert replayed(recorded) == note
    times: dict[str, list[float]] = {"first": [], "second": [], "code": [], "bare": []}
    for number in range(ROUNDS):
        chart = a_chart(signature=a_signature(fingerprint=f"{number:064x}"))
        draws: dict[str, Callable[[], object]] = {
            "first": partial(a_note, chart),
            "second": partial(a_note, chart),
            "code": partial(modules.__wrapped__, f"{payload(chart)}!"),
            "bare": partial(replayed, recorded),
        }
        for name, draw in draws.items():
            start = time.perf_counter()
            draw()
            times[name].append(time.perf_counter() - start)
    first, second, code, bare = (statistics.median(taken) * 1000 for taken in times.values())
    with capsys.disabled():
        told = f"note PDF {first:.1f} ms, again {second:.1f} ms, bare canvas {bare:.1f} ms, QR code {code:.1f} ms"
        print(f"\n{told}, ratios {first / (bare + code):.2f} and {second / bare:.2f}")  # noqa: T201 - the figure
    assert first <= MOST_TIMES_THE_FLOOR * (bare + code)
    assert second <= MOST_TIMES_THE_FLOOR * bare
