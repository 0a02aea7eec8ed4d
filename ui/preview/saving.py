"""A PDF or a table as a file of its own: whole or not there, and only for the one who saved it."""

from __future__ import annotations

from pathlib import Path

from intake.placing import replace_file


def with_suffix(path: Path) -> Path:
    """Return the path, ending in ``.pdf``."""
    return path if path.suffix.lower() == ".pdf" else path.with_name(f"{path.name}.pdf")


def write_pdf(path: Path, pdf: bytes) -> Path:
    """Write the PDF, in place of a file that was there, and return where. Raises OSError; then nothing has changed."""
    return write_whole(with_suffix(path), pdf)


def write_whole(target: Path, content: bytes) -> Path:
    """Write a file, in place of one that was there, and return where. Raises OSError; then nothing has changed."""
    replace_file(target, content)
    return target
