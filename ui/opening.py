"""What happens on the store's thread before anybody can sign in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

    from intake.definitions.bundle import Definitions
    from intake.domain.staff import Staff
    from intake.paths import Paths
    from intake.storage.store import Store


class Opening:
    """Opens folder, log, definitions and store, in this order; everything heavy is loaded here and not before the first paint."""

    def __init__(self, paths: Paths, clock: Callable[[], datetime]) -> None:
        """Keep what is opened and by which clock."""
        self.paths = paths
        self.definitions: Definitions | None = None
        self._clock = clock
        self._log: logging.Handler | None = None

    def open(self) -> Store:
        """Return the open store. Raises IntakeError when folder, definitions or store cannot be used."""
        from intake.definitions.bundle import load_definitions  # noqa: PLC0415 - see the class
        from intake.logs import start_log  # noqa: PLC0415 - see the class
        from intake.paths import RESOURCES, open_folder  # noqa: PLC0415 - see the class
        from intake.storage.store import open_store  # noqa: PLC0415 - see the class

        open_folder(self.paths)
        self._log = start_log(self.paths.logs)
        self.definitions = load_definitions(RESOURCES, self.paths.overrides)
        return open_store(self.paths)

    def close(self) -> None:
        """End the log."""
        if self._log is not None:
            from intake.logs import stop_log  # noqa: PLC0415 - see the class

            stop_log(self._log)
            self._log = None

    def prepare(self, store: Store) -> tuple[bool, tuple[Staff, ...]]:
        """Say whether the store is set up, and return the ready accounts of a training clinic, filling it first when new."""
        from intake.actions.accounts import accounts  # noqa: PLC0415 - see the class
        from intake.actions.setup import is_set_up  # noqa: PLC0415 - see the class

        if not self.paths.training:
            return is_set_up(store), ()
        from intake.actions.training import fill_training  # noqa: PLC0415 - real desks never load it

        if not is_set_up(store) and self.definitions is not None:
            fill_training(store, definitions=self.definitions, now=self._clock())
        return True, accounts(store)
