"""How much memory a signed-in desk takes over the large store, beside a bare QMainWindow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.conftest import Tell
from tests.factories import PASSWORD, WORKSTATION

ROOT = Path(__file__).resolve().parents[2]
MOST = 1.6
RESIDENT = """
def resident_kib():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return int(line.split()[1])
"""
BARE = (
    RESIDENT
    + """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

application = QApplication(sys.argv[:1])
window = QMainWindow()
window.resize(1280, 800)
window.show()
QTimer.singleShot(1500, application.quit)
application.exec()
print(resident_kib())
"""
)
OURS = (
    RESIDENT
    + """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from intake.paths import default_paths
from ui import fonts, theme
from ui.app import App
from ui.pages.sign_in import Credentials

application = QApplication(sys.argv[:1])
fonts.load_first()
theme.apply(application)
app = App(default_paths(training=False, data=Path(sys.argv[1])), workstation=sys.argv[4])
app.store.opened.connect(lambda: app.sign_in(Credentials(login=sys.argv[2], password=sys.argv[3])))
app.show()

def look():
    if app.work is None:
        QTimer.singleShot(200, look)
        return
    palette = app.work.palette_box
    palette.offer(app.work.commands())
    palette.text_field.setText("smi")
    palette.text_field.edited.emit()
    QTimer.singleShot(1500, application.quit)

QTimer.singleShot(500, look)
application.exec()
print(resident_kib())
app.window.close()
"""
)


def resident_mib(code: str, compiled: Path, *arguments: str) -> float:
    """Return the resident memory a process tells of itself."""
    # As on a desk: Python keeps what it compiled, here in the test's own folder.
    kept = {**os.environ, "PYTHONPYCACHEPREFIX": str(compiled)}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=kept, check=True, timeout=60, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) / 1024


def test_a_desk_over_a_million_patients_takes_little_more_memory_than_a_bare_window(million: Path, tmp_path: Path, tell: Tell) -> None:
    """At most 1.6 times a bare window, signed in, Today on screen, one search done."""
    desk = (str(million), "alex", PASSWORD, WORKSTATION)
    resident_mib(OURS, tmp_path, *desk)
    bare = resident_mib(BARE, tmp_path)
    ours = resident_mib(OURS, tmp_path, *desk)
    tell(f"memory: {ours:.0f} MiB, a bare window {bare:.0f} MiB, ratio {ours / bare:.2f} (at most {MOST})")
    assert ours / bare <= MOST
