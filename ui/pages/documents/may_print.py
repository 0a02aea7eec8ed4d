"""Which papers of the list this desk may see, which it can print, and which of them a print run takes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from intake.domain.document_kinds import DocumentKind
from intake.domain.requests import RequestLine, RequestState
from intake.domain.staff import PERMITTED, Role
from ui.desk import Desk
from ui.widgets.brand import role_words


def kind_of(desk: Desk, line: RequestLine | None) -> DocumentKind | None:
    """Return the kind of a line's paper, None when the practice knows it no more."""
    return next((each for each in desk.definitions.document_kinds.kinds if line is not None and each.key == line.kind), None)


def who_may(desk: Desk, line: RequestLine | None) -> str:
    """Return who may see the paper of a line, "" when this role may."""
    kind = kind_of(desk, line)
    if kind is None or desk.may(kind.task):
        return ""
    roles = [role_words(role) for role in Role if kind.task in PERMITTED[role]]
    words = QCoreApplication.translate("Documents", "Your role does not see this paper. It is seen by: %1.")
    return words.replace("%1", ", ".join(roles))


def may_print(desk: Desk, line: RequestLine) -> bool:
    """Tell whether a line is ready, with no printer now, and of a kind that this role prints."""
    kind = kind_of(desk, line)
    return line.state is RequestState.READY and not line.printing and kind is not None and desk.may(kind.task)


def of_clinic(location: str, lines: Sequence[RequestLine]) -> tuple[RequestLine, ...]:
    """Return those of one clinic: a run prints what is ready at the desk's own."""
    return tuple(line for line in lines if line.location == location)
