"""Words typed on a prompt or a correction and not sent yet: kept with the note at every keystroke, and offered again."""

from __future__ import annotations

from intake.domain.reviews import BESIDE, Chart
from ui.pages.chart.state import ChartState

ACKNOWLEDGING, CORRECTING = BESIDE


class Unsent:
    """What stands beside the note in the raw note of ``state``. Only who may write the chart writes here."""

    def __init__(self, state: ChartState) -> None:
        """Read and write the state's raw note."""
        self._state = state

    def word(self, prompt_id: int) -> str:
        """Return the word on a prompt as far as it was typed."""
        return str(self._state.get(f"{ACKNOWLEDGING}.{prompt_id}"))

    def reason(self, path: str) -> str:
        """Return the reason for correcting what is at a path as far as it was typed."""
        return str(self._state.get(f"{CORRECTING}.{path}"))

    def type_word(self, prompt_id: int, text: str) -> None:
        """Keep the word on a prompt as it is now."""
        self._keep(f"{ACKNOWLEDGING}.{prompt_id}", text)

    def type_reason(self, path: str, text: str) -> None:
        """Keep the reason for a correction as it is now."""
        self._keep(f"{CORRECTING}.{path}", text)

    def forget_reason(self, path: str) -> None:
        """Forget a reason: the correction was made."""
        self._keep(f"{CORRECTING}.{path}", "")

    def forget_sent(self, chart: Chart) -> None:
        """Forget the words on every prompt that is acknowledged by now."""
        for prompt in chart.prompts:
            if prompt.acknowledgement is not None:
                self._keep(f"{ACKNOWLEDGING}.{prompt.id}", "")

    def _keep(self, path: str, text: str) -> None:
        if self._state.can_write:
            self._state.set(path, text or None)
