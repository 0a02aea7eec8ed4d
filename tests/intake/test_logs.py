"""The log: useful to find a fault by, and empty of patients whatever is thrown at it."""

from __future__ import annotations

import logging
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import logs

log = logging.getLogger("intake.logs")
PATIENT = "Zzyzx Quillfeather"
WORD = "disk_full"


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    """Start a log with one word in its vocabulary and give its file."""
    handler = logs.start_log(tmp_path / "logs", codes=[WORD])
    yield tmp_path / "logs" / logs.LOG_NAME
    logs.stop_log(handler)


class Listener(logging.Handler):
    """Keeps what the formatter makes of each record while it is being logged."""

    def __init__(self) -> None:
        """Listen with the program's formatter."""
        super().__init__()
        self.setFormatter(logs.SafeFormatter(codes=[WORD]))
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line."""
        self.lines.append(self.format(record))

    def __enter__(self) -> Listener:  # noqa: PYI034 - Self adds nothing here
        """Start listening."""
        log.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        """Stop listening."""
        log.removeHandler(self)


def fail_over(text: str) -> None:
    """Raise an error whose text, and whose cause's text, hold the given text."""
    try:
        {"": 0}[text]
    except KeyError as error:
        raise ValueError(text) from error


# Long enough that no module, word or number of the log holds it by chance.
PERSONAL = st.text(min_size=4).filter(lambda text: text.strip() and not re.fullmatch(r"[\w. :/?=()-]*", text, re.ASCII))


@given(text=PERSONAL, name=st.sampled_from(sorted(logs.NUMBERS | logs.CODES | {"incident", "patient", "legal_last"})))
def test_no_text_of_a_patient_reaches_a_line(text: str, name: str) -> None:
    """As message, argument, extra, exception, cause or note, made-up text never comes out."""
    with Listener() as listener:
        log.warning(text)
        log.warning("visit of %s saved", text)
        log.warning("visit saved", extra={name: text})
        log.warning("visit saved", extra={name: [text]}, stack_info=True)
        try:
            fail_over(text)
        except ValueError as error:
            error.add_note(text)
            log.exception("visit lost")
            log.exception(error)  # noqa: TRY401 - the mistake is what is tried
    assert len(listener.lines) == 6
    assert [line for line in listener.lines if text in line] == []


@given(name=st.sampled_from(["rivera", "ana", "union", "1981-04-03", "2015550142", "K7Q2MX"]), extra=st.sampled_from(sorted(logs.CODES)))
def test_a_word_outside_the_vocabulary_is_not_written(name: str, extra: str) -> None:
    """A surname in lower case looks like a code and is none."""
    with Listener() as listener:
        log.warning("visit saved", extra={extra: name})
    assert listener.lines[0].endswith(f"visit saved {extra}=?")


def test_a_message_made_at_run_time_is_withheld() -> None:
    """Only a constant of the code can be known to hold no patient."""
    with Listener() as listener:
        log.warning(f"{PATIENT.lower()} saved")  # noqa: G004 - the mistake is what is tried
        log.warning(" ".join(["visit", "saved"]))  # noqa: FLY002 - built at run time on purpose
    assert [line.partition("intake.logs ")[2] for line in listener.lines] == [logs.WITHHELD, logs.WITHHELD]


def test_a_line_tells_when_how_bad_where_what_and_which(log_file: Path) -> None:
    """Row numbers, durations and known codes are there to find the fault by."""
    log.info("visit saved", extra={"visit_id": 7, "duration_ms": 12, "code": WORD, "realm": "training"})
    line = log_file.read_text(encoding="utf-8")
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z INFO intake\.logs visit saved code=disk_full duration_ms=12 realm=training visit_id=7\n",
        line,
    )


def test_a_logger_named_after_nothing_of_ours_is_not_named() -> None:
    """A logger's name is text too."""
    stranger = logging.getLogger(PATIENT)
    stranger.addHandler(listener := Listener())
    stranger.warning("visit saved")
    assert PATIENT not in listener.lines[0]


def test_the_file_is_its_owners_alone(log_file: Path) -> None:
    """Nobody else on the machine can read when who was busy with what."""
    assert stat.S_IMODE(log_file.stat().st_mode) == 0o600


def test_the_files_rotate_and_stay_private(log_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A year at the desk does not fill the disk."""
    files = [handler for handler in logging.getLogger().handlers if isinstance(handler, logs.PrivateFile)]
    handler = next(handler for handler in files if handler.baseFilename == str(log_file))
    monkeypatch.setattr(handler, "maxBytes", 200)
    for visit_id in range(40):
        log.info("visit saved", extra={"visit_id": visit_id})
    kept = sorted(log_file.parent.iterdir())
    assert len(kept) == logs.LOG_COPIES + 1
    assert {stat.S_IMODE(file.stat().st_mode) for file in kept} == {0o600}


def test_a_log_that_cannot_be_written_spills_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    """Python's usual answer prints the record with its arguments; this one keeps quiet and the desk goes on."""
    full_disk = logs.PrivateFile("/dev/full")
    log.addHandler(full_disk)
    log.warning("visit of %s saved", PATIENT)
    log.removeHandler(full_disk)
    logs.stop_log(full_disk)
    assert capfd.readouterr() == ("", "")


def test_a_crash_leaves_its_types_lines_and_incident_number_and_no_text(log_file: Path) -> None:
    """The number the person reads out leads to the place of the fault, and to nothing else."""
    with pytest.raises(ValueError, match=PATIENT) as crash:
        fail_over(PATIENT)
    incident = logs.report_crash(crash.type, crash.value, crash.tb)
    lines = log_file.read_text(encoding="utf-8").splitlines()
    assert lines[0].endswith(f"CRITICAL intake.logs crash incident={incident}")
    assert [line.strip() for line in lines if not line.strip().startswith("at ")][1:] == ["ValueError", "KeyError"]
    assert re.fullmatch(r"  at tests/intake/test_logs\.py:\d+", lines[2])
    assert PATIENT not in "\n".join(lines)


def test_errors_that_came_together_are_all_told(log_file: Path) -> None:
    """Of a group, each member's type is there."""
    group = ExceptionGroup(PATIENT, [OSError(PATIENT), LookupError(PATIENT)])
    logs.report_crash(type(group), group, None)
    assert set(re.findall(r"^  (\w+)$", log_file.read_text(encoding="utf-8"), re.MULTILINE)) == {"ExceptionGroup", "OSError", "LookupError"}


def test_incident_numbers_are_short_speakable_and_different() -> None:
    """Two crashes of one day are told apart on the telephone."""
    numbers = {logs.new_incident() for _ in range(200)}
    assert len(numbers) > 190
    assert all(re.fullmatch(r"[A-Z]\d[A-Z]\d-[A-Z]{2}", number) for number in numbers)
