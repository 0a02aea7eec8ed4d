"""Where things are kept: one data folder per realm, and a marker in it that no realm ever opens the other's."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from intake.errors import IntakeError
from intake.placing import sync_folder, unfinished_file, write_new
from intake.reading import read_whole

Realm = Literal["real", "training"]

REAL_NAME: Final = "IntakeDesk"
TRAINING_NAME: Final = "IntakeDesk-Training"
MARKER: Final = "realm.txt"
RESOURCES: Final = Path(__file__).resolve().parent.parent / "resources"
"""The folder of the files that ship with the program."""

_OWNER_ONLY: Final = 0o700
_MOST_MARKER: Final = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The files and folders of one data folder; ``training`` says which realm it is for."""

    data: Path
    training: bool

    @property
    def realm(self) -> Realm:
        """The realm's name, as it stands in the marker and in the store."""
        return "training" if self.training else "real"

    @property
    def marker(self) -> Path:
        """The file that names the folder's realm."""
        return self.data / MARKER

    @property
    def store(self) -> Path:
        """The encrypted store."""
        return self.data / "store.db"

    @property
    def ring(self) -> Path:
        """The store's keys, wrapped in one slot for each account."""
        return self.data / "keys.json"

    @property
    def open_keys(self) -> Path:
        """The keys as they lay open beside a store from before they were wrapped."""
        return self.data / "store.key"

    @property
    def tries(self) -> Path:
        """The tries to sign in that failed while the store was closed."""
        return self.data / "tries.json"

    @property
    def desks(self) -> Path:
        """The folder of locks that tell who has the store open."""
        return self.data / "desks"

    @property
    def logs(self) -> Path:
        """The folder of the log."""
        return self.data / "logs"

    @property
    def documents(self) -> Path:
        """The folder of the PDFs that were saved without naming a place."""
        return self.data / "documents"

    @property
    def state(self) -> Path:
        """The folder of what the program notes away from the data folder, this person's own; it may not be there yet."""
        import platformdirs  # noqa: PLC0415 - as where the data folder is found

        return platformdirs.user_state_path(TRAINING_NAME if self.training else REAL_NAME, appauthor=False)

    @property
    def overrides(self) -> Path:
        """The folder of the practice's own versions of files from ``resources/``."""
        return self.data / "overrides"


def default_paths(*, training: bool, data: Path | None = None) -> Paths:
    """Return the paths of the given data folder, or of this person's usual one for the realm."""
    if data is None:
        import platformdirs  # noqa: PLC0415 - who names the folder need not wait for it before the first paint

        data = platformdirs.user_data_path(TRAINING_NAME if training else REAL_NAME, appauthor=False)
    return Paths(data=Path(os.path.abspath(data)), training=training)  # noqa: PTH100 - resolve() would follow a link away


def open_folder(paths: Paths) -> None:
    """Make the data folder ready: there, its owner's alone, marked for its realm, and writable.

    Raises IntakeError ``wrong_realm`` (the folder belongs to the other realm), ``read_only_folder``, ``not_a_folder``,
    ``store_on_share``, ``store_synchronised`` or ``disk_full``; a folder of the other realm is left as it was.
    """
    from intake.placing_checks import refuse_unfit_place  # noqa: PLC0415 - needed once the window is painted

    refuse_unfit_place(paths.data)
    try:
        _open(paths)
    except (FileExistsError, NotADirectoryError) as error:
        raise IntakeError("not_a_folder", folder=str(paths.data)) from error
    except OSError as error:
        code = "disk_full" if error.errno in (errno.ENOSPC, errno.EDQUOT) else "read_only_folder"
        raise IntakeError(code, folder=str(paths.data)) from error


def _open(paths: Paths) -> None:
    """Do the work of ``open_folder``, whose words for an OSError it leaves to it."""
    data = paths.data
    new = not data.exists()
    data.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if new:
        with suppress(OSError):  # where the folder above cannot be asked, the system puts the name on disk in its own time
            sync_folder(data.parent)
    if not paths.marker.exists():
        # A folder that was just made, or an empty one, becomes private; one with files in it keeps what its owner set.
        if not any(data.iterdir()):
            data.chmod(_OWNER_ONLY)
        _mark(paths)
    _check_realm(paths)
    import tempfile  # noqa: PLC0415 - needed once the window is painted

    with tempfile.TemporaryFile(dir=data):
        pass  # only to learn whether a file can be made here: a mode says little on a network drive or for root
    for folder in (paths.logs, paths.documents, paths.overrides):
        folder.mkdir(mode=_OWNER_ONLY, exist_ok=True)


def _mark(paths: Paths) -> None:
    """Put the marker in its place whole, unless another process was quicker: then its word stands."""
    with unfinished_file(paths.marker) as unfinished:
        write_new(unfinished, f"{paths.realm}\n".encode("ascii"))


def _check_realm(paths: Paths) -> None:
    """Raise IntakeError ``wrong_realm`` unless the marker names the realm it is opened for."""
    try:
        realm = read_whole(paths.marker, _MOST_MARKER).decode("utf-8", "replace").strip()
    except ValueError:
        realm = ""
    if realm != paths.realm:
        raise IntakeError("wrong_realm", folder=str(paths.data), realm=paths.realm)
