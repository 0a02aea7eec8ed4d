"""What is said of backups: how long ago, how large, how it stands."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from intake.actions.backup_targets import BackupState
from intake.domain.backups import KeptBackup, Loss, Target
from ui.models.board import Cell
from ui.models.requests import whole_moment
from ui.widgets.labels import Tone

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_KB = 1024


def ago_words(then: datetime, now: datetime) -> str:
    """Return how long ago: ``just now``, ``5 min ago``, ``2 h ago``, ``3 days ago``."""
    passed = now - then
    if passed < _MINUTE:
        return _tr("just now")
    if passed < _HOUR:
        return _tr("%1 min ago").replace("%1", str(passed // _MINUTE))
    if passed < 2 * _DAY:
        return _tr("%1 h ago").replace("%1", str(passed // _HOUR))
    return _tr("%1 days ago").replace("%1", str(passed // _DAY))


def status_words(state: BackupState, now: datetime, *, manages: bool = True) -> tuple[str, Tone]:
    """Return what Today's bar says of the backups, and its tone; who does not manage them is sent to who does."""
    if not state.targets:
        return (_tr("⚠ No backups: choose a folder (Ctrl B)") if manages else _tr("⚠ No backups: tell an administrator")), "warning"
    if state.troubled:
        return (_tr("⚠ Backup failed (Ctrl B)") if manages else _tr("⚠ Backup failed: tell an administrator")), "danger"
    if state.proven_at is None:
        return _tr("⚠ No proven backup yet"), "warning"
    words = _tr("Last proven restore: %1").replace("%1", ago_words(state.proven_at, now))
    return (f"⚠ {words}", "warning") if state.late(now) else (words, "")


def figure_words(state: BackupState, now: datetime) -> str:
    """Return what is lost with the disk: the time since the last backup."""
    if state.last_at is None:
        return _tr("A lost disk would cost everything: there is no backup yet.")
    passed = now - state.last_at
    if passed < 2 * _HOUR:
        minutes = max(1, passed // _MINUTE)
        lost = _tr("minute") if minutes == 1 else _tr("%1 minutes").replace("%1", str(minutes))
    elif passed < 2 * _DAY:
        lost = _tr("%1 hours").replace("%1", str(passed // _HOUR))
    else:
        lost = _tr("%1 days").replace("%1", str(passed // _DAY))
    return _tr("A lost disk would cost at most the last %1 of work.").replace("%1", lost)


def size_words(size: int) -> str:
    """Return a size as people say it: ``1.2 GB``."""
    amount, unit = float(size), "B"
    for larger in ("KB", "MB", "GB", "TB"):
        if amount < _KB:
            break
        amount, unit = amount / _KB, larger
    return f"{amount:.1f} {unit}" if unit in ("GB", "TB") else f"{amount:.0f} {unit}"


def target_cell(target: Target, *, running: bool, shared: bool) -> Cell:
    """Return how it stands with one folder; ``shared`` says that it lies on the store's own disk."""
    if running or target.running:
        return Cell(first=_tr("Backing up…"), tone="info", pill=True)
    if target.trouble:
        return Cell(first=_tr("⚠ Failed"), tone="danger", pill=True)
    if shared:
        return Cell(first=_tr("⚠ Same disk"), tone="warning", pill=True)
    if target.proven_at is None:
        return Cell(first=_tr("Not proven yet"), tone="warning", pill=True)
    return Cell(first=_tr("✓ Proven"), tone="ok", pill=True)


def held_words(backup: KeptBackup, zone: ZoneInfo) -> str:
    """Return what a backup holds, and whether it was proven."""
    manifest = backup.manifest
    parts = [
        _tr("Taken %1 at %2.").replace("%1", whole_moment(manifest.taken_at, zone)).replace("%2", manifest.workstation),
        _tr("It holds %1, %2 and %3.")
        .replace("%1", _counted(manifest.counts.get("patient", 0), _tr("1 patient"), _tr("%1 patients")))
        .replace("%2", _counted(manifest.counts.get("visit", 0), _tr("1 visit"), _tr("%1 visits")))
        .replace("%3", _counted(manifest.audit_seq, _tr("1 audit entry"), _tr("%1 audit entries"))),
    ]
    if backup.proven_at is None:
        parts.append(_tr("⚠ It is not proven; it is checked whole before anything is changed."))
    else:
        parts.append(_tr("✓ Proven %1.").replace("%1", whole_moment(backup.proven_at, zone)))
    return " ".join(parts)


def loss_words(loss: Loss) -> str:
    """Return what was recorded after a backup and is not in it."""
    if loss.entries is None:
        return _tr("What was recorded after it cannot be counted: the present store does not tell.")
    words = _tr("Not in it is what was recorded after it: %1 and %2; %3 in all.")
    return (
        words.replace("%1", _counted(loss.visits or 0, _tr("1 intake"), _tr("%1 intakes")))
        .replace("%2", _counted(loss.signatures or 0, _tr("1 signature"), _tr("%1 signatures")))
        .replace("%3", _counted(loss.entries, _tr("1 audit entry"), _tr("%1 audit entries")))
    )


def consequence_words() -> str:
    """Return what happens by bringing a backup back."""
    return _tr(
        "The present store is not removed: it is kept in the data folder as before-restore-… Accounts, passwords and the recovery key "
        "are those of the backup again. Everybody has to sign out first; what they save until then is only in the store that is kept."
    )


def _counted(number: int, one: str, many: str) -> str:
    return one if number == 1 else many.replace("%1", f"{number:,}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Backup", text)
