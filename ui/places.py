"""Which pages are open, and which one is shown. A page is made when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget
from shiboken6 import isValid

from intake.domain.document_kinds import Paper
from intake.domain.staff import Task
from ui import warming
from ui.desk import Desk
from ui.pages.page import Page
from ui.routes import IntakeStart, Routes
from ui.turns import in_turns

if TYPE_CHECKING:
    from ui.pages.chart.page import ChartPage
    from ui.pages.documents.page import DocumentsPage

_PAGES = {
    "today": ("ui.pages.today", "TodayPage"),
    "patients": ("ui.pages.patients.page", "PatientsPage"),
    "review": ("ui.pages.review.page", "ReviewPage"),
    "settings": ("ui.pages.settings.page", "SettingsPage"),
    "audit": ("ui.pages.audit.page", "AuditPage"),
    "backup": ("ui.pages.backup.page", "BackupPage"),
    "retention": ("ui.pages.retention.page", "RetentionPage"),
    "printing": ("ui.pages.printing.page", "PrintingPage"),
    "letter": ("ui.pages.letters.page", "LetterPage"),
    "document": ("ui.pages.documents.issued", "IssuedPage"),
    "papers": ("ui.pages.papers.page", "PapersPage"),
    "patient": ("ui.pages.patients.record", "PatientPage"),
}
"""Module and class of each place that is made in one way."""
_CHART_LATER_MS = 400
"""When the page of charts is built after the list was opened: the list is on screen by then."""
_PAPER_LATER_MS = 4_000
"""When what printing needs is loaded after a page was opened that leads to it: not while that page is being built."""


class Places(QObject):
    """The stack of pages. Intakes may be several; of every other place there is one."""

    moved = Signal(object)
    """The page that is shown now."""
    intakes_changed = Signal()
    """An intake was opened or closed."""

    def __init__(self, desk: Desk, routes: Routes, stack: QStackedWidget) -> None:
        """Answer the routes of the pages in ``stack``."""
        super().__init__(stack)
        self._desk = desk
        self._routes = routes
        self._stack = stack
        self._single: dict[str, tuple[object, Page]] = {}
        self._listed: str | None = desk.location
        self.intakes: list[Page] = []
        self._paper = QTimer(self)
        self._paper.setSingleShot(True)
        self._paper.setInterval(_PAPER_LATER_MS)
        self._paper.timeout.connect(self._get_paper_ready)
        routes.place.connect(self.open_place)
        routes.today.connect(self.open_today)
        routes.intake.connect(self.open_intake)
        routes.patients.connect(partial(self.open_place, "patients"))
        routes.patient.connect(self.open_patient)
        routes.request.connect(self._go_to_request)
        routes.review.connect(self.open_review)
        routes.chart.connect(self.open_chart)
        routes.listed.connect(self._list_of)
        routes.documents.connect(self.open_documents)
        routes.letter.connect(partial(self.open_one, "letter"))
        routes.document.connect(partial(self.open_one, "document"))
        routes.ask_document.connect(self._ask_document)
        routes.printing.connect(partial(self.open_place, "printing"))
        routes.papers.connect(partial(self.open_one, "papers"))
        routes.audit.connect(self._open_audit)
        routes.preview.connect(self.open_preview)
        routes.paper.connect(self.open_paper)
        routes.closed.connect(self.close_page)

    def current(self) -> Page | None:
        """Return the page that is shown, None before the first."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def place_of(self, page: Page | None) -> str:
        """Return the rail's place a page belongs to."""
        if page in self.intakes:
            return "intake"
        place, key = next(((place, key) for place, (key, each) in self._single.items() if each is page), ("today", None))
        if place in ("letter", "document", "printing") or (place == "papers" and key is None) or getattr(page, "from_documents", False):
            return "documents"
        if place == "chart" or (place == "preview" and self._is_of_chart(key)):
            return "review"
        if place == "retention":
            return "settings"
        return place if place in ("today", "review", "documents", "settings", "audit", "backup") else "patients"

    def open_place(self, place: str) -> None:
        """Show a place there is one of, such as ``today``; its page is loaded when it is first asked for."""
        self._show(self._page_of(place))

    def open_today(self) -> None:
        """Show Today."""
        self.open_place("today")

    def open_review(self) -> None:
        """Show the list of what awaits review."""
        QTimer.singleShot(_CHART_LATER_MS, self, self._chart_page)
        self.open_place("review")

    def _page_of(self, place: str) -> Page:
        known = self._single.get(place)
        if known is not None:
            return known[1]
        return self._keep(place, None, _page_class(place)(self._desk, self._routes, self._stack))

    def _open_audit(self, patient_id: int | None, name: str) -> None:
        """Show the audit, of one record or of all."""
        from ui.pages.audit.page import AuditPage  # noqa: PLC0415 - loaded when first asked for

        page = self._page_of("audit")
        self._show(page)
        if isinstance(page, AuditPage):
            page.show_record(patient_id, name)

    def open_chart(self, visit_id: int) -> None:
        """Show one visit's chart; the page of the chart before serves again, for building one takes long."""
        self._paper.start()
        page = self._chart_page()
        page.location = self._listed
        page.show_visit(visit_id)
        self._show(page)

    def _chart_page(self) -> ChartPage:
        """Return the page of charts; it is built while the list is read, for that takes long."""
        from ui.pages.chart.page import ChartPage  # noqa: PLC0415 - loaded when first asked for

        known = self._single.get("chart")
        if known is not None and isinstance(known[1], ChartPage):
            return known[1]
        page = ChartPage(self._desk, self._routes, self._stack)
        self._keep("chart", None, page)
        return page

    def _list_of(self, location: str | None) -> None:
        self._listed = location

    def open_documents(self) -> None:
        """Show what was promised on paper."""
        self._paper.start()
        self._show(self._documents_page())

    def open_one(self, place: str, key: object) -> None:
        """Show the page of one thing, such as the letter of a request, in the place of the one shown before."""
        self._show_one(place, key, lambda: _page_class(place)(self._desk, self._routes, key))

    def _ask_document(self, patient_id: int) -> None:
        self.open_documents()
        self._documents_page().ask_new(patient_id)

    def _documents_page(self) -> DocumentsPage:
        from ui.pages.documents.page import DocumentsPage  # noqa: PLC0415 - loaded when first asked for

        known = self._single.get("documents")
        if known is not None and isinstance(known[1], DocumentsPage):
            return known[1]
        page = DocumentsPage(self._desk, self._routes, self._stack)
        self._keep("documents", None, page)
        return page

    def open_patient(self, patient_id: int) -> None:
        """Show one patient, in the place of the one shown before."""
        self._paper.start()
        self.open_one("patient", patient_id)

    def _go_to_request(self, patient_id: int) -> None:
        """Go to the open request of the patient who is shown."""
        from ui.pages.patients.record import PatientPage  # noqa: PLC0415 - loaded when first asked for

        page = self.current()
        if isinstance(page, PatientPage) and page.patient_id == patient_id:
            page.amendments.go_to_open()

    def open_preview(self, visit_id: int) -> None:
        """Show the intake form of one visit, in the place of the paper shown before."""
        self.open_paper(visit_id, Paper.INTAKE_FORM)

    def open_paper(self, visit_id: int, kind: Paper) -> None:
        """Show a paper of one visit, in the place of the one shown before."""
        from ui.pages.preview import PreviewPage  # noqa: PLC0415 - loaded when first asked for

        came_from = self.place_of(self.current())
        self._show_one("preview", (visit_id, kind), lambda: PreviewPage(self._desk, self._routes, visit_id, kind))
        page = self.current()
        if isinstance(page, PreviewPage):
            page.from_documents = came_from == "documents"
            self.moved.emit(page)  # it belongs to the place that it was opened from

    def open_intake(self, start: IntakeStart) -> None:
        """Show an intake: the open one of this draft, or a new page."""
        from ui.pages.intake.page import IntakePage  # noqa: PLC0415 - loaded when first asked for

        self._paper.start()
        if start.draft_id is not None:
            for page in self.intakes:
                if getattr(page, "draft_id", None) == start.draft_id:
                    self._show(page)
                    return
        page = IntakePage(self._desk, self._routes, start)
        self.intakes.append(page)
        self._stack.addWidget(page)
        self._show(page)
        self.intakes_changed.emit()

    def show_intake(self, page: Page) -> None:
        """Show an intake that is open already."""
        if page in self.intakes:
            self._show(page)

    def close_page(self, page: Page) -> None:
        """Take a finished page away; Today takes its place unless something else is shown."""
        shown = self.current() is page
        if page in self.intakes:
            self.intakes.remove(page)
        self._single = {place: kept for place, kept in self._single.items() if kept[1] is not page}
        if shown:
            self.open_today()
        self._drop(page)
        self.intakes_changed.emit()

    def close_all(self) -> None:
        """Have every page write down what it holds."""
        for page in (*self.intakes, *(each for _, each in self._single.values())):
            page.leaving()

    def _is_of_chart(self, paper: object) -> bool:
        """Tell whether a paper is one that a clinician comes to from a chart, and goes back to it."""
        return isinstance(paper, tuple) and paper[1] is not Paper.INTAKE_FORM and self._desk.may(Task.REVIEW)

    def taken_down(self) -> Iterator[None]:
        """Take page after page away, all but the one that is shown."""
        self.intakes, self._single = [], {}
        for page in self._stack.findChildren(Page, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if isValid(page) and page is not self._stack.currentWidget():  # one that was closed before may go in any turn
                page.deleteLater()
                yield

    def _get_paper_ready(self) -> None:
        self._paper.timeout.disconnect(self._get_paper_ready)
        warming.warm(warming.PAPER)
        in_turns(self, warming.widget_classes())

    def _show_one(self, place: str, key: object, make: Callable[[], Page]) -> None:
        known = self._single.get(place)
        if known is not None and known[0] == key:
            self._show(known[1])
            return
        page = make()
        before = known[1] if known else None
        self._show(self._keep(place, key, page))
        if before is not None:
            self._drop(before)

    def _keep(self, place: str, key: object, page: Page) -> Page:
        self._single[place] = (key, page)
        self._stack.addWidget(page)
        return page

    def _show(self, page: Page) -> None:
        before = self.current()
        if before is not None and before is not page and self._stack.count() > 1:
            before.leaving()
        self._stack.setCurrentWidget(page)
        self.moved.emit(page)
        page.entered()

    def _drop(self, page: Page) -> None:
        self._stack.removeWidget(page)
        page.deleteLater()


def _page_class(place: str) -> Callable[..., Page]:
    module, name = _PAGES[place]
    page_class: Callable[..., Page] = getattr(import_module(module), name)
    return page_class
