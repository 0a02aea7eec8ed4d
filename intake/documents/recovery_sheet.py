"""What is printed of access: the recovery key of the store, and a person's spare codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from intake.documents import style
from intake.documents.blocks import flowing, heading, space
from intake.documents.frame import issue
from intake.documents.paper import Block, Paper
from intake.documents.report import report_frame, report_heads
from intake.documents.statements import notice, statement
from intake.documents.text import Style
from intake.domain.practice import Location, Practice

SIGNS: Final = Style(size_pt=18, weight=600, color=style.INK, leading_pt=30)
NUMBERS: Final = Style(size_pt=7, color=style.MUTED, leading_pt=9)
GROUPS_A_LINE: Final = 4
_EDGE, _STEP = 12.0, 131.5
FOOT: Final = "Secret. Never photograph, copy, scan or mail this sheet."


def recovery_sheet(words: str, *, practice: Practice, location: Location, by: str, training: bool, made_at: datetime) -> bytes:
    """Return the sheet with the recovery key, ``words`` in groups, as PDF. The same arguments always give the same bytes."""
    frame = report_frame(
        practice, location, title="Recovery key", subtitle="of the records of this practice", notes=(FOOT,), training=training,
        printed_at=made_at,
    )  # fmt: skip
    blocks = [
        space(6),
        *notice(
            "Whoever holds this sheet and the computer, or one of its backups, reads every record.",
            ["Lock it up away from the computer: in a strongbox, at a bank, or with the owner. Two people should know where."],
        ),
        space(8),
        heading("The key", "eleven groups; there is no letter I, L, O or U in it"),
        space(4),
        *_in_groups(words.split()),
        space(6),
        heading("What it is for"),
        *statement("When", "An administrator cannot sign in any more and no other administrator is there, or a backup is to be opened "
            "by somebody whose password it does not know."),
        space(3),
        *statement("How", "At the sign-in choose “Use the recovery key” and type it; small letters, spaces and dashes do not matter. "
            "It gives an administrator's account a new password and takes a lost second factor away."),
        space(3),
        *statement("After", "Make a new one in Settings, Access, and shred this sheet. Each use is told in the audit."),
        space(8),
        heading("What it is not"),
        *flowing("It cannot be looked up or made again: without this sheet and without any password the records are lost. A new "
            "key for the store leaves it as it is; a new recovery key takes its place, and this one opens nothing any more.", style.BODY),
        space(10),
    ]  # fmt: skip
    return issue(frame, blocks, report_heads(frame, [f"Made by {by}"], of_a_clinic=False))


def spare_codes_sheet(codes: Sequence[str], *, practice: Practice, location: Location, by: str, training: bool, made_at: datetime) -> bytes:
    """Return the sheet with a person's spare codes as PDF. The same arguments always give the same bytes."""
    frame = report_frame(
        practice, location, title="Spare codes", subtitle=f"of {by}", notes=(FOOT,), training=training, printed_at=made_at
    )  # fmt: skip
    blocks = [
        space(6),
        *flowing("Each code lets you in once in place of the code from your phone; your password is asked all the same.", style.BODY),
        space(6),
        heading("The codes", "strike out what you used"),
        space(4),
        *_in_groups(codes, columns=2, step_pt=263.0),
        space(6),
        *flowing("Keep them where your password is not. When few are left, have an administrator take the second factor away; "
            "the next sign-in gives you new ones.", style.BODY),
        space(10),
    ]  # fmt: skip
    return issue(frame, blocks, report_heads(frame, [f"For {by}"], of_a_clinic=False))


def _in_groups(groups: Sequence[str], *, columns: int = GROUPS_A_LINE, step_pt: float = _STEP) -> Iterator[Block]:
    """Yield lines of large groups, each with its number."""
    for start in range(0, len(groups), columns):
        line = groups[start : start + columns]
        yield Block(height_pt=42, draw=partial(_draw_groups, start, line, step_pt), with_next=start + columns < len(groups))


def _draw_groups(start: int, groups: Sequence[str], step_pt: float, paper: Paper, top: float) -> None:
    for place, group in enumerate(groups):
        left = style.LEFT + place * step_pt
        paper.box(left, top, step_pt - 10, 36, color=style.LINE)
        paper.text(left + 4, top - 3, str(start + place + 1), NUMBERS)
        paper.text(left + _EDGE + 6, top - 3, group, SIGNS)
