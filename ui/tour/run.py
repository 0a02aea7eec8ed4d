"""Runs the tour: a training clinic of its own, the real window, the story, and a report of what was measured."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from itertools import chain
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from intake.paths import default_paths
from ui import fonts, theme
from ui.app import App
from ui.patient.style import sheet
from ui.tour.clinic import ClinicChapter
from ui.tour.clock import Clock
from ui.tour.driver import Driver
from ui.tour.from_patients import FromPatientsChapter
from ui.tour.paper_way import PaperWay
from ui.tour.photographs import USUAL_SIZE, Camera
from ui.tour.print_desk import PrintDeskChapter
from ui.tour.promises import PromiseChapter
from ui.tour.pulse import Pulse
from ui.tour.returning import ReturnChapter
from ui.tour.steps import TourError
from ui.tour.story import Story
from ui.tour.trust import TrustChapter

CHAPTERS = (Story, PromiseChapter, FromPatientsChapter, ClinicChapter, PrintDeskChapter, ReturnChapter, TrustChapter)


def run(out: Path, *, printer: str = "") -> int:
    """Play the tour into the folder ``out``; return 0 when every step did what it should, 1 when one did not.

    Papers are files there; with ``printer``, the name of a queue of this system, they are printed on it as well.
    """
    out.mkdir(parents=True, exist_ok=True)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(application, QApplication):
        raise TypeError("no_window_application")
    fonts.load_first()
    theme.apply(application, dark=False)
    with tempfile.TemporaryDirectory(prefix="intake-desk-tour-") as data:
        return _play(application, out, Path(data) / "training", PaperWay(out, printer))


def _play(application: QApplication, out: Path, data: Path, way: PaperWay) -> int:
    clock = Clock()
    app = App(default_paths(training=True, data=data), clock=clock, workstation="tour")
    app.failures.install()
    app.window.resize(USUAL_SIZE)
    pulse = Pulse()
    camera = Camera(app.window, out, partial(_set_dark, application))
    driver = Driver(camera, pulse)
    outcome: list[TourError | None] = []

    def finished(error: TourError | None) -> None:
        outcome.append(error)
        application.exit()

    app.failures.told.connect(driver.fail)
    driver.finished.connect(finished)
    app.show()
    driver.play(chain.from_iterable(chapter(app, driver, clock, out, way).steps() for chapter in CHAPTERS))
    application.exec()
    app.window.held = lambda: False  # nobody waits for a last backup of invented people
    app.window.close()
    error = outcome[0] if outcome else TourError("the window was closed before the end")
    _report(out, driver, camera, pulse, error)
    return 0 if error is None else 1


def _report(out: Path, driver: Driver, camera: Camera, pulse: Pulse, error: TourError | None) -> None:
    lines = [
        *driver.report,
        f"longest the window's thread was away: {pulse.longest_ms:.0f} ms, while: {pulse.longest_at}",
        f"{len(camera.taken)} pictures and {len(list(out.glob('*.pdf')))} papers in {out}",
        f"FAILED: {error}" if error else "every step did what it should",
    ]
    (out / "report.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write("\n".join(lines) + "\n")


def _set_dark(application: QApplication, dark: bool) -> None:  # noqa: FBT001 - the camera's switch has two places
    theme.apply(application, dark=dark)
    for form in (each for window in application.topLevelWidgets() for each in window.findChildren(QWidget, "patient")):
        form.setStyleSheet(sheet())  # a patient's screen keeps the colors it began with
