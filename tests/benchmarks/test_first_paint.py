"""How soon the sign-in window is painted, beside a bare QMainWindow: whole processes, one after the other, in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from intake.paths import Paths
from tests.benchmarks.conftest import Tell
from tests.factories import a_store, an_admin

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 9
MOST = 1.6
BARE = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, lambda: os._exit(0))

application = QApplication(sys.argv[:1])
window = Window()
window.resize(1280, 800)
window.show()
application.exec()
"""
OURS = """
import os, sys
import main
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from intake.paths import default_paths
from ui import fonts, theme
from ui.app import App

application = QApplication(sys.argv[:1])
fonts.load_first()
theme.apply(application)
app = App(default_paths(training=False, data=Path(sys.argv[1])))
app.failures.install()
app.window.painted.connect(lambda: QTimer.singleShot(0, lambda: os._exit(0)))
app.show()
application.exec()
"""


def seconds(code: str, data: Path) -> float:
    """Return how long a process takes from its start to the end of its first painting."""
    # As on a desk: Python keeps what it compiled, here in the test's own folder.
    kept = {**os.environ, "PYTHONPYCACHEPREFIX": str(data / "compiled")}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, str(data)], cwd=ROOT, check=True, env=kept, timeout=60, capture_output=True)
    return time.perf_counter() - begun


def test_the_sign_in_window_is_painted_almost_as_soon_as_a_bare_one(tmp_path: Path, tell: Tell) -> None:
    """At most 1.6 times a bare window, median of whole processes that take turns."""
    store = a_store(tmp_path)
    an_admin(store)
    store.close()
    assert Paths(data=tmp_path, training=False).store.exists()
    seconds(BARE, tmp_path)
    seconds(OURS, tmp_path)
    pairs = [(seconds(BARE, tmp_path), seconds(OURS, tmp_path)) for _ in range(ROUNDS)]
    bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
    tell(f"first paint: {ours * 1000:.0f} ms, a bare window {bare * 1000:.0f} ms, ratio {ours / bare:.2f} (at most {MOST})")
    assert ours / bare <= MOST
