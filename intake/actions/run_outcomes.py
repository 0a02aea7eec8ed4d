"""What a print system says of a job, as it is kept of a run."""

from __future__ import annotations

from intake.domain.print_runs import RunState
from intake.printing import Job, JobState
from intake.wording import text_of


def words_of(code: str, **facts: str | int) -> str:
    """Return a printer's own words when it has any, else the sentence for a code."""
    return str(facts.get("words") or text_of(code, **facts))


def outcome(job: Job, before: JobState | None) -> tuple[RunState | None, str]:
    """Return how a job ended with the printer's words, None for the state while it has not; ``before`` is how it was seen last.

    One that was cancelled is one that somebody at the printer cancelled. Of one that went with its printer nobody can tell whether
    it came out, unless it was last seen waiting.
    """
    name, words = job.printer, job.words
    match job.state:
        case JobState.DONE:
            return RunState.PRINTED, ""
        case JobState.CANCELLED:
            return RunState.FAILED, words or text_of("job_cancelled", printer=name)
        case JobState.FAILED:
            return RunState.FAILED, words or text_of("printer_failed", printer=name, words="").strip()
        case JobState.HELD:
            return None, words or text_of("printer_stopped", printer=name, words="").strip()
        case JobState.GONE:
            waited = before in (JobState.QUEUED, JobState.HELD)
            return RunState.FAILED if waited else RunState.LOST, text_of("printer_gone", printer=name)
        case _:
            return None, words
