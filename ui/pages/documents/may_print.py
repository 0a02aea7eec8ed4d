"""Which lines of the list this desk can print, and which of them a print run takes."""

from __future__ import annotations

from collections.abc import Sequence

from intake.domain.requests import RequestLine, RequestState
from ui.desk import Desk


def may_print(desk: Desk, line: RequestLine) -> bool:
    """Tell whether a line is ready, with no printer now, and of a kind that this role prints."""
    kind = next((each for each in desk.definitions.document_kinds.kinds if each.key == line.kind), None)
    return line.state is RequestState.READY and not line.printing and kind is not None and desk.may(kind.task)


def of_clinic(location: str, lines: Sequence[RequestLine]) -> tuple[RequestLine, ...]:
    """Return those of one clinic: a run prints what is ready at the desk's own."""
    return tuple(line for line in lines if line.location == location)
