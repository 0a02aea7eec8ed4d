"""``check``: whether the store is whole, as one line for programs and one for people."""

from __future__ import annotations

import sys
from argparse import Namespace

from intake.actions.check import CheckReport, accept_store, check_printed, check_store
from intake.commands.output import put_line, tell
from intake.commands.session import now, session
from intake.domain.audit import Finding, link_of
from intake.entry.audit_words import found_words
from intake.errors import IntakeError

WHAT_NOW = "Stop working with it and bring back the last backup."
_WIDTH = 60


def check(options: Namespace) -> int:
    """Put what the check of the store found and say it in one line; 0 when all is whole, 1 when not.

    With a printed link, the store must hold it too. With a reason to accept, what the anchor told against the store is accepted
    after the check. Raises IntakeError ``not_a_link``.
    """
    link = link_of(options.anchor) if options.anchor is not None else None
    if options.anchor is not None and link is None:
        raise IntakeError("not_a_link")
    with session(options) as desk:
        report = check_store(desk.store, desk.actor, now=now(), progress=_show_progress if sys.stderr.isatty() else None)
        on_paper = check_printed(desk.store, desk.actor, link, now=now()) if link is not None and not report.integrity else None
        if options.accept:
            accept_store(desk.store, desk.actor, why=options.accept, now=now())
    findings = (*report.findings(), *((on_paper,) if on_paper else ()))
    last = report.last.text() if report.last else ""
    put_line(_line(report, findings, last))
    tell(found_words(findings, entries=report.entries, last=last))
    if findings:
        tell(WHAT_NOW)
    return 1 if findings else 0


def _line(report: CheckReport, findings: tuple[Finding, ...], last: str) -> dict[str, object]:
    return {
        "good": not findings,
        "integrity": list(report.integrity),
        "foreign_keys": report.foreign_keys,
        "audit_broken_at": report.audit_broken_at,
        "audit_entries": report.entries,
        "audit_last": last,
        "altered": list(report.altered),
        "lists": report.lists,
        "guards": list(report.guards),
        "documents": list(report.documents),
        "requests": list(report.requests),
        "disclosures": list(report.disclosures),
        "findings": [{"code": finding.code, "place": finding.place} for finding in findings],
    }


def _show_progress(done: int, total: int) -> None:
    """Draw how far the check is on a terminal, over the line before; the last word takes it away."""
    ended = done >= total
    drawn = " " * _WIDTH if ended else f"Checking the audit: {done:,} of {total:,} entries".ljust(_WIDTH)
    sys.stderr.write(f"\r{drawn}" + ("\r" if ended else ""))
    sys.stderr.flush()
