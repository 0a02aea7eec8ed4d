"""How the tour prints where there is no printer."""

from __future__ import annotations

from pathlib import Path

import pytest

from intake.domain.print_runs import PrintSetting
from intake.printing import JobState
from ui.tour.paper_way import FOLDER, PaperWay


@pytest.fixture
def way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PaperWay:
    """Return the tour's way when no printer was named; a print service that does not answer is never asked."""
    monkeypatch.setenv("CUPS_SERVER", "127.0.0.1:9")
    return PaperWay(tmp_path)


def test_without_a_queue_each_paper_is_a_file_and_its_job_is_done(way: PaperWay, tmp_path: Path) -> None:
    """The run goes on as on paper, and the files are numbered by what they are."""
    (printer,) = way.printers()
    assert (printer.name, printer.default) == (FOLDER, True)
    first = way.put(b"first", printer=FOLDER, title="Document 1", setting=PrintSetting())
    way.stem = "copy"
    second = way.send(b"second", printer=FOLDER, title="Document 2", setting=PrintSetting())
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"printed-01.pdf": b"first", "copy-01.pdf": b"second"}
    assert [job.state for job in way.look([first, second]).values()] == [JobState.DONE, JobState.DONE]


def test_the_report_says_that_nothing_was_printed_on_paper(way: PaperWay) -> None:
    """Files must not pass for a print."""
    way.printers()
    way.put(b"paper", printer=FOLDER, title="Document 1", setting=PrintSetting())
    assert way.words() == "no printer was named: 1 papers were printed into files only"
