"""Where a store must not lie."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from intake import placing_checks
from intake.errors import IntakeError
from intake.paths import Paths, open_folder
from intake.placing_checks import Mount, mounts_in, mounts_told, refuse_unfit_place, share_among, synchronised_by
from intake.wording import text_of

LINUX = """\
/dev/vda / ext4 rw,relatime 0 0
tmpfs /run tmpfs rw 0 0
nas:/clinic /mnt/clinic nfs4 rw,vers=4.2 0 0
//nas/front /mnt/front\\040desk cifs rw 0 0
/dev/sdb1 /mnt/clinic/stick vfat rw 0 0
sshfs#nas:/ /mnt/far fuse.sshfs rw 0 0
"""
MAC = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//sam@nas/front on /Volumes/front (smbfs, nodev, nosuid, mounted by sam)
nas:/clinic on /Volumes/clinic (nfs)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/sam/IntakeDesk", ""),
        ("/mnt/clinic/IntakeDesk", "nfs4"),
        ("/mnt/front desk", "cifs"),
        ("/mnt/clinic/stick/IntakeDesk", ""),
        ("/mnt/clinic2/IntakeDesk", ""),
        ("/mnt/far/away", "fuse.sshfs"),
    ],
)
def test_a_share_is_known_by_what_is_mounted_innermost(folder: str, kind: str) -> None:
    """A disk mounted in a share is a disk; a name that only begins alike is another folder."""
    assert share_among(PurePosixPath(folder), mounts_in(LINUX)) == kind


@pytest.mark.parametrize(("folder", "kind"), [("/Users/sam", ""), ("/Volumes/front/data", "smbfs"), ("/Volumes/clinic", "nfs")])
def test_a_share_is_known_by_what_macos_says(folder: str, kind: str) -> None:
    """As the mount command tells it."""
    assert share_among(PurePosixPath(folder), mounts_told(MAC)) == kind


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("/home/sam/Dropbox/IntakeDesk", "Dropbox"),
        ("/Users/sam/OneDrive - Example Clinic/desk", "OneDrive"),
        ("/Users/sam/Library/Mobile Documents/desk", "iCloud Drive"),
        ("/Users/sam/Library/CloudStorage/GoogleDrive-sam@example.com/desk", "a cloud service"),
        ("/home/sam/Nextcloud/desk", "Nextcloud"),
        ("/srv/work/desk", "OneDrive"),
        ("/home/sam/IntakeDesk", ""),
        ("/home/sam/dropboxes/IntakeDesk", ""),
    ],
)
def test_a_synchronised_folder_is_known_by_its_name_or_the_environment(folder: str, service: str) -> None:
    """Whoever made it, and wherever it was moved by its settings."""
    assert synchronised_by(Path(folder), {"OneDrive": "/srv/work"}) == service


@pytest.mark.parametrize(
    ("mark", "service"), [(".dropbox.cache", "Dropbox"), (".stfolder", "Syncthing"), (".tmp.drivedownload", "Google Drive")]
)
def test_a_synchronised_folder_is_known_by_what_its_program_leaves(tmp_path: Path, mark: str, service: str) -> None:
    """At any height above the data folder."""
    (tmp_path / mark).mkdir()
    assert synchronised_by(tmp_path / "a" / "b", {}) == service


def test_the_data_folder_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    """With the folder, the reason and the way out; also through a link."""
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox")
    for folder in (tmp_path / "Dropbox" / "data", tmp_path / "link" / "data"):
        with pytest.raises(IntakeError) as refused:
            open_folder(Paths(data=folder, training=False))
        assert refused.value.code == "store_synchronised"
        words = text_of(refused.value.code, **refused.value.facts)
        assert all(word in words for word in (str(folder), "Dropbox", "--data"))
        assert not folder.exists()


def test_a_share_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no option by which it would be taken."""
    monkeypatch.setattr(placing_checks, "_mounts", lambda: (Mount(at="/", kind="ext4"), Mount(at=str(tmp_path), kind="nfs4")))
    with pytest.raises(IntakeError, match="store_on_share"):
        refuse_unfit_place(tmp_path / "data")


def test_this_machines_own_disk_is_taken(tmp_path: Path) -> None:
    """What the system itself says of the folder of these tests."""
    refuse_unfit_place(tmp_path / "data")
