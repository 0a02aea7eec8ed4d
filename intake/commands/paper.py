"""``pdf``: a visit's intake form, note or home-care sheet as a file that only its owner can read."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path

from intake.actions.charts import read_chart
from intake.actions.printing import issue_paper, paper_stamp
from intake.actions.visits import open_visit, visit_id_of
from intake.commands.form import FORMS, pdf_of_form
from intake.commands.of_patient import PAPERS, pdf_of_patient
from intake.commands.output import put_line
from intake.commands.session import Session, now, session
from intake.commands.writing import replacing
from intake.domain.document_kinds import Paper
from intake.domain.documents import Made
from intake.domain.records import VisitRecord
from intake.domain.staff import Task
from intake.errors import IntakeError


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A document made now: of which visit, which paper, its bytes, and of a clinician's paper the version of the note.

    ``stamp`` tells the state of the record before it was read.
    """

    visit: VisitRecord
    paper: Paper
    content: bytes
    stamp: str
    version: int = 0
    language: str = "en"

    def made(self) -> Made:
        """Return the document as it is kept."""
        from intake.documents.counting import page_count  # noqa: PLC0415 - a command loads only what it needs

        return Made(
            content=self.content,
            pages=page_count(self.content),
            version=self.version,
            preliminary=self.paper is not Paper.INTAKE_FORM and self.version == 0,
            language=self.language,
        )


def pdf(options: Namespace) -> int:
    """Write the document, put one line, and keep it as it left the program. Raises IntakeError ``number_missing``."""
    if options.document in FORMS:
        return pdf_of_form(options)
    if options.document == "daily":
        from intake.commands.audit import daily  # noqa: PLC0415 - a command loads only what it needs

        return daily(options)
    if options.visit is None:
        raise IntakeError("number_missing")
    if options.document == "letter":
        from intake.commands.letter import letter  # noqa: PLC0415 - a command loads only what it needs

        return letter(options)
    if options.document == "records":
        from intake.commands.records import records  # noqa: PLC0415 - as above

        return records(options)
    if options.document in PAPERS:
        return pdf_of_patient(options)
    with session(options) as desk:
        written = _intake(desk, options) if options.document == "intake" else _of_chart(desk, options)
        made, visit = written.made(), written.visit
        with replacing(Path(options.output), made.content):
            issue_paper(
                desk.store, desk.actor, made, visit_id=visit.id, kind=written.paper, how="file", target="file", stamp=written.stamp,
                now=now(),
            )  # fmt: skip
    told = {"file": options.output, "mrn": visit.patient.number, "visit": visit.number, "bytes": len(made.content)}
    put_line(told if options.document == "intake" else {**told, "version": made.version})
    return 0


def _intake(desk: Session, options: Namespace) -> Written:
    from intake.documents.issuing import intake_of_record  # noqa: PLC0415 - a command loads only what it needs

    stamp = paper_stamp(desk.store, visit_id_of(options.visit), Paper.INTAKE_FORM)
    record = open_visit(desk.store, desk.actor, options.visit, definitions=desk.definitions, now=now())
    content = intake_of_record(record, desk.definitions, training=desk.paths.training, printed_at=now())
    return Written(visit=record, paper=Paper.INTAKE_FORM, content=content, stamp=stamp)


def _of_chart(desk: Session, options: Namespace) -> Written:
    """Make a note or a home-care sheet; nobody's chart is taken in hand for that."""
    from intake.documents.issuing import home_care_of_chart, note_of_chart, version_of  # noqa: PLC0415 - as above

    desk.actor.must(Task.PRINT_NOTE)
    kind = Paper.VISIT_NOTE if options.document == "note" else Paper.HOME_CARE
    stamp = paper_stamp(desk.store, visit_id_of(options.visit), kind)
    chart = read_chart(desk.store, desk.actor, options.visit, definitions=desk.definitions, now=now())
    training, printed_at = desk.paths.training, now()
    if kind is Paper.VISIT_NOTE:
        content = note_of_chart(chart, desk.definitions, training=training, printed_at=printed_at)
        return Written(visit=chart.visit, paper=kind, content=content, stamp=stamp, version=version_of(chart))
    language = options.language
    content = home_care_of_chart(
        chart, desk.definitions, language=language, large=options.large, training=training, printed_at=printed_at
    )  # fmt: skip
    return Written(visit=chart.visit, paper=kind, content=content, stamp=stamp, version=version_of(chart), language=language)
