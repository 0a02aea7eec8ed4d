"""The Qt binding that is locked survives a day at the desk."""

from __future__ import annotations

import subprocess
import sys

A_DAY_OF_LABELS = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel()
for number in range(200_000):
    label.setText(str(number))
print(label.text())
"""


def test_200_000_calls_without_a_result_do_not_bring_python_down() -> None:
    """Some bindings lose a reference to None at each void call and abort Python after a few thousand of them."""
    day = subprocess.run([sys.executable, "-c", A_DAY_OF_LABELS], capture_output=True, text=True, timeout=120, check=False)
    assert (day.returncode, day.stdout.strip()) == (0, "199999"), day.stderr
