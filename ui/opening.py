"""What happens on a thread of its own before anybody can sign in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

    from intake.definitions.bundle import Definitions
    from intake.domain.staff import Staff
    from intake.paths import Paths


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The data folder is ready: what the practice defined, whether it is set up, and the ready accounts of a training clinic."""

    definitions: Definitions
    set_up: bool
    accounts: tuple[Staff, ...] = ()


class Opening:
    """Opens folder, log and definitions, in this order; everything heavy is loaded here and not before the first paint."""

    def __init__(self, paths: Paths, clock: Callable[[], datetime]) -> None:
        """Keep what is opened and by which clock."""
        self._paths = paths
        self._clock = clock
        self._log: logging.Handler | None = None
        self._read: frozenset[tuple[str, int, int]] = frozenset()

    def open(self) -> Opened:
        """Make everything ready for a sign-in. Raises IntakeError when folder, definitions or store cannot be used."""
        from intake.actions.setup import is_set_up  # noqa: PLC0415 - see the class
        from intake.actions.upgrading import upgrade_keys  # noqa: PLC0415 - see the class
        from intake.definitions.bundle import load_definitions  # noqa: PLC0415 - see the class
        from intake.logs import start_log  # noqa: PLC0415 - see the class
        from intake.paths import RESOURCES, open_folder  # noqa: PLC0415 - see the class
        from intake.storage.database import refuse_no_store  # noqa: PLC0415 - see the class
        from intake.surroundings import keep_memory_private  # noqa: PLC0415 - see the class

        keep_memory_private()
        paths = self._paths
        open_folder(paths)
        self._log = start_log(paths.logs)
        self._read = _marks(paths.overrides)
        definitions = load_definitions(RESOURCES, paths.overrides)
        if paths.store.exists():
            refuse_no_store(paths.store)
        if paths.training:
            return Opened(definitions=definitions, set_up=True, accounts=self._train(definitions))
        upgrade_keys(paths, now=self._clock())
        return Opened(definitions=definitions, set_up=is_set_up(paths))

    def is_behind(self) -> bool:
        """Tell whether the practice's own files were changed since they were read, at this desk or another one."""
        return _marks(self._paths.overrides) != self._read

    def read_again(self) -> Definitions:
        """Return the definitions as they are now. Raises ResourceError."""
        from intake.definitions.bundle import load_definitions  # noqa: PLC0415 - see the class
        from intake.paths import RESOURCES  # noqa: PLC0415 - see the class

        self._read = _marks(self._paths.overrides)
        return load_definitions(RESOURCES, self._paths.overrides)

    def close(self) -> None:
        """End the log."""
        if self._log is not None:
            from intake.logs import stop_log  # noqa: PLC0415 - see the class

            stop_log(self._log)
            self._log = None

    def _train(self, definitions: Definitions) -> tuple[Staff, ...]:
        """Return the ready accounts of the training clinic, making its store when there is none."""
        from intake.actions.training import make_training, ready_accounts  # noqa: PLC0415 - real desks never load it
        from intake.actions.upgrading import upgrade_keys  # noqa: PLC0415 - see the class

        upgrade_keys(self._paths, now=self._clock())
        if not self._paths.store.exists():
            make_training(self._paths, definitions=definitions, now=self._clock())
        return ready_accounts()


def _marks(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return name, size and time of change of each file: what tells a changed one from the one that was read."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return frozenset((each.name, each.stat().st_size, each.stat().st_mtime_ns) for each in files)
