"""Asking for a file: what is chosen here stands in no list of the system's recent files."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

_OWN = QFileDialog.Option.DontUseNativeDialog
"""The dialogs of Windows and of GTK note each file for "Recent", by its name; ours are named by the number of a record."""


def file_to_open(parent: QWidget, title: str, folder: Path | str, kinds: str) -> Path | None:
    """Return the file that a person chooses, None when they choose none."""
    chosen, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds, options=_OWN)
    return Path(chosen) if chosen else None


def file_to_save(parent: QWidget, title: str, usual: Path | str, kinds: str) -> Path | None:
    """Return where a person wants a file saved, ``usual`` unless they say otherwise; None when they do not want it."""
    chosen, _ = QFileDialog.getSaveFileName(parent, title, str(usual), kinds, options=_OWN)
    return Path(chosen) if chosen else None


def folder_to_use(parent: QWidget, title: str) -> Path | None:
    """Return the folder that a person chooses, None when they choose none."""
    chosen = QFileDialog.getExistingDirectory(parent, title, "", QFileDialog.Option.ShowDirsOnly | _OWN)
    return Path(chosen) if chosen else None


def folder_to_write(parent: QWidget, title: str, folder: Path | str) -> Path | None:
    """Return the folder that a person wants files written to, None when they choose none."""
    chosen = QFileDialog.getExistingDirectory(parent, title, str(folder), options=_OWN | QFileDialog.Option.ShowDirsOnly)
    return Path(chosen) if chosen else None
