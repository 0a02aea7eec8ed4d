"""The intake form against a bare canvas that draws the same marks: the same calls, without any thought behind them."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from reportlab.pdfgen.canvas import Canvas

from intake.documents import frame
from tests.intake.documents.samples import a_form

ROUNDS = 25
MOST_TIMES_THE_FLOOR = 1.5
Call = tuple[str, tuple[Any, ...], dict[str, Any]]


class RecordedPath:
    """A path that remembers how it was drawn."""

    def __init__(self) -> None:
        """Begin with nothing drawn."""
        self.calls: list[Call] = []

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Remember a call."""
        return lambda *args, **named: self.calls.append((name, args, named))

    def on(self, canvas: Any) -> Any:
        """Return the same path made anew for a canvas."""
        path = canvas.beginPath()
        for name, args, named in self.calls:
            getattr(path, name)(*args, **named)
        return path


class RecordingCanvas:
    """A canvas that remembers every call, and draws nothing."""

    last: RecordingCanvas

    def __init__(self, _target: Any, **options: Any) -> None:
        """Remember the options."""
        self.options = options
        self.calls: list[Call] = []
        RecordingCanvas.last = self

    def beginPath(self) -> RecordedPath:  # noqa: N802 - reportlab's name
        """Return a path that remembers."""
        return RecordedPath()

    def __getattr__(self, name: str) -> Callable[..., None]:
        """Remember a call."""
        return lambda *args, **named: self.calls.append((name, args, named))


def replayed(recorded: RecordingCanvas) -> bytes:
    """Draw the remembered calls on a bare canvas and return the PDF."""
    target = io.BytesIO()
    canvas = Canvas(target, **recorded.options)
    for name, args, named in recorded.calls:
        given = [arg.on(canvas) if isinstance(arg, RecordedPath) else arg for arg in args]
        getattr(canvas, name)(*given, **named)
    return target.getvalue()


def test_an_intake_form_costs_at_most_half_more_than_its_marks(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Reading the record, wrapping, laying out and paging together cost less than half of the drawing."""
    form = a_form()
    with monkeypatch.context() as patched:
        patched.setattr(frame, "Canvas", RecordingCanvas)
        a_form()
    recorded = RecordingCanvas.last
    assert replayed(recorded) == form
    times: dict[str, list[float]] = {"form": [], "floor": []}
    draws: dict[str, Callable[[], bytes]] = {"form": a_form, "floor": partial(replayed, recorded)}
    for _ in range(ROUNDS):
        for name, draw in draws.items():
            start = time.perf_counter()
            draw()
            times[name].append(time.perf_counter() - start)
    whole, floor = (statistics.median(times[name]) for name in ("form", "floor"))
    with capsys.disabled():
        print(f"\nintake PDF {whole * 1000:.1f} ms, bare canvas {floor * 1000:.1f} ms, ratio {whole / floor:.2f}")  # noqa: T201 - the figure
    assert whole <= MOST_TIMES_THE_FLOOR * floor
