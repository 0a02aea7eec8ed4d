"""One call of an action, and who may make it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from intake.domain.staff import Actor, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One call of an action and the task it asks for, with ``also`` both; ``given`` replaces what the scene has for these parameters.

    A text that begins with ``=`` names something else of the scene. ``recorded`` is true when being denied is itself recorded.
    """

    action: str
    task: Task
    also: Task | None = None
    given: Mapping[str, Any] = field(default_factory=dict)
    recorded: bool = False

    def permits(self, actor: Actor) -> bool:
        """Tell whether the table lets this actor do it."""
        return actor.may(self.task) and (self.also is None or actor.may(self.also))


def each(task: Task, *actions: str, also: Task | None = None) -> list[Case]:
    """Return a case for each action that asks for one task."""
    return [Case(action=action, task=task, also=also) for action in actions]
