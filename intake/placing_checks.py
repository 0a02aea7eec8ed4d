"""Where a store must not lie: on a network share, where locks do not hold, or in a folder that another program synchronises.

Both let two machines write one file at a time, which ends with a damaged store and nobody the wiser. There is no option that
allows it. Backups are another matter: they are written once, and may go to either.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from intake.errors import IntakeError

_SHARES: Final = frozenset(
    {
        "nfs", "nfs3", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "afs", "ncpfs", "ceph", "coda",
        "gfs2", "ocfs2", "lustre", "glusterfs", "vboxsf", "vmhgfs", "prl_fs", "drvfs", "fuse.sshfs", "fuse.rclone", "fuse.davfs2",
        "fuse.gvfsd-fuse", "fuse.glusterfs", "fuse.smbnetfs", "fuse.vmhgfs-fuse", "fuse.s3fs", "fuse.google-drive-ocamlfuse",
        "fuse.onedriver", "fuse.pcloud", "fuse.dropbox", "fuse.ceph", "macfuse", "osxfuse",
    }
)  # fmt: skip
"""Kinds of file systems that reach another machine, or whose locks do not reach its programs."""
_SYNCED_NAMES: Final = {
    "dropbox": "Dropbox", "onedrive": "OneDrive", "skydrive": "OneDrive", "google drive": "Google Drive", "googledrive": "Google Drive",
    "my drive": "Google Drive", "icloud drive": "iCloud Drive", "iclouddrive": "iCloud Drive", "mobile documents": "iCloud Drive",
    "com~apple~clouddocs": "iCloud Drive", "cloudstorage": "a cloud service", "nextcloud": "Nextcloud", "owncloud": "ownCloud",
    "box sync": "Box", "pclouddrive": "pCloud", "pcloud drive": "pCloud", "megasync": "MEGA",
    "syncthing": "Syncthing", "seafile": "Seafile", "tresorit": "Tresorit", "yandex.disk": "Yandex Disk",
}  # fmt: skip
"""Names of folders that such programs make, in lower case."""
_SYNCED_AT_HOME: Final = {"box": "Box", "mega": "MEGA", "sync": "Sync", "pcloud": "pCloud", "proton drive": "Proton Drive"}
"""Names that only say so right in a person's home folder."""
_SYNCED_MARKS: Final = {
    ".dropbox": "Dropbox", ".dropbox.cache": "Dropbox", ".tmp.drivedownload": "Google Drive", ".tmp.driveupload": "Google Drive",
    ".stfolder": "Syncthing", ".owncloudsync.log": "ownCloud", ".nextcloudsync.log": "Nextcloud", ".sync": "Resilio Sync",
    ".seafile-data": "Seafile",
}  # fmt: skip
"""What such programs leave at the top of what they synchronise."""
_SYNCED_VARIABLES: Final = {"OneDrive": "OneDrive", "OneDriveCommercial": "OneDrive", "OneDriveConsumer": "OneDrive"}
_DRIVE_REMOTE: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Mount:
    """A file system and where it is mounted."""

    at: str
    kind: str


def refuse_unfit_place(folder: Path) -> None:
    """Raise IntakeError ``store_on_share`` or ``store_synchronised`` for a data folder in which a store must not lie.

    The folder need not be there yet; a link is followed.
    """
    real = Path(os.path.realpath(folder))
    for each in dict.fromkeys((folder, real)):
        kind = share_of(each)
        if kind:
            raise IntakeError("store_on_share", folder=str(folder), kind=kind)
        service = synchronised_by(each, os.environ)
        if service:
            raise IntakeError("store_synchronised", folder=str(folder), service=service)


def share_of(folder: Path) -> str:
    """Return what kind of network share a folder lies on, "" when on a disk of this machine."""
    if sys.platform == "win32":
        return _windows_share(folder)
    return share_among(folder, _mounts())


def share_among(folder: PurePath, mounts: Iterable[Mount]) -> str:
    """Return the kind of the innermost of these file systems that the folder lies on, when that is a share; otherwise ""."""
    within = [mount for mount in mounts if folder.is_relative_to(mount.at)]
    if not within:
        return ""
    deepest = max(len(PurePath(mount.at).parts) for mount in within)
    kind = [mount.kind for mount in within if len(PurePath(mount.at).parts) == deepest][-1]  # the last mounted hides the others
    return kind if kind in _SHARES else ""


def synchronised_by(folder: Path, environment: Mapping[str, str]) -> str:
    """Return the name of the service that synchronises a folder, as far as can be told; "" when none does."""
    for variable, service in _SYNCED_VARIABLES.items():
        place = environment.get(variable, "")
        if place and PurePath(os.path.normcase(folder)).is_relative_to(os.path.normcase(place)):
            return service
    for part in folder.parts:
        name = part.casefold()
        if name in _SYNCED_NAMES or name.startswith("onedrive - "):
            return _SYNCED_NAMES.get(name, "OneDrive")
    home = Path.home()
    if folder.is_relative_to(home) and folder != home:
        service = _SYNCED_AT_HOME.get(folder.relative_to(home).parts[0].casefold(), "")
        if service:
            return service
    for above in (folder, *folder.parents):
        for mark, service in _SYNCED_MARKS.items():
            if os.path.lexists(above / mark) and above != home:  # they keep their own settings there
                return service
    return ""


def mounts_in(text: str) -> tuple[Mount, ...]:
    """Return the file systems of a text as Linux gives it in ``/proc/self/mounts``."""
    lines = (line.split(" ") for line in text.splitlines())
    return tuple(Mount(at=_unescaped(parts[1]), kind=parts[2]) for parts in lines if len(parts) > 2)  # noqa: PLR2004 - device, place, kind


def mounts_told(text: str) -> tuple[Mount, ...]:
    """Return the file systems of a text as ``mount`` says it on macOS: ``//host/share on /Volumes/share (smbfs, nodev)``."""
    found = []
    for line in text.splitlines():
        before, _, after = line.rpartition(" (")
        found.append(Mount(at=before.partition(" on ")[2], kind=after.partition(",")[0].rstrip(")")))
    return tuple(found)


def _mounts() -> tuple[Mount, ...]:
    if sys.platform == "darwin":
        import subprocess  # noqa: PLC0415 - on this system only, which has no file that tells

        done = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=5)
        return mounts_told(done.stdout)
    try:
        return mounts_in(Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape"))
    except OSError:
        return ()


def _unescaped(text: str) -> str:
    """Return a name as it is; the kernel writes spaces and the like in octal."""
    for escaped, sign in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(escaped, sign)
    return text


def _windows_share(folder: Path) -> str:
    """Return what Windows says of the drive; a name that begins with two backslashes is a share by itself."""
    if folder.drive.startswith("\\\\"):
        return "network share"
    import ctypes  # noqa: PLC0415 - on this system only

    windows = getattr(ctypes, "windll", None)
    remote = windows is not None and windows.kernel32.GetDriveTypeW(f"{folder.drive}\\") == _DRIVE_REMOTE
    return "network drive" if remote else ""
