"""The page of one intake: form, panel, draft and save, joined."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from intake.actions.intakes import Saved
from intake.matching.score import Match
from ui.desk import Desk
from ui.drafting import IntakeKeeper
from ui.pages.intake.confirming import Confirming
from ui.pages.intake.desk_prompts import DeskPrompts
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.form import IntakeForm
from ui.pages.intake.form_card import FormCard
from ui.pages.intake.jump_bar import JumpBar
from ui.pages.intake.legend import Legend
from ui.pages.intake.page_keys import form_keys
from ui.pages.intake.panel import SamePersonPanel
from ui.pages.intake.probing import MatchProbe
from ui.pages.intake.progress import Progress
from ui.pages.intake.returning import Returning
from ui.pages.intake.saved_card import SavedCard
from ui.pages.intake.saving import Saving
from ui.pages.intake.starting import LOCATION, Starting
from ui.pages.intake.telling import Teller
from ui.pages.page import CallTarget, Key, Page
from ui.routes import IntakeStart, Routes
from ui.widgets.notices import Banner

LANGUAGE = "patient.language"


class IntakePage(Page):
    """Records one intake from the first keystroke to its number.

    ``draft_state`` carries the words of the top bar ("Draft saved 9:42:07").
    """

    draft_state = Signal(str)

    def __init__(self, desk: Desk, routes: Routes, start: IntakeStart, parent: QWidget | None = None) -> None:
        """Build the page; a draft or a known patient is fetched and shown when it comes."""
        super().__init__(desk, routes, parent)
        self.document = IntakeDocument(desk.definitions, desk.today(), self)
        self.document.propose(LOCATION, desk.location)
        self.form = IntakeForm(self.document)
        self.jump_bar = JumpBar()
        self.banner = Banner()
        self.prompt_banner = Banner()
        self.desk_prompts = DeskPrompts(self.document, self.prompt_banner, self)
        self.same_person = SamePersonPanel(self.form.problems, desk.definitions.practice)
        self.form_card = FormCard(self.document)
        self.same_person.add_below(self.form_card)
        self.confirming = Confirming(self.document, self.form, self)
        self.keeper = IntakeKeeper(desk, self.document, self._caret, self)
        self.probe = MatchProbe(desk, self.document, self)
        self.saving = Saving(desk, self.document, self.keeper, self.same_person, self)
        self.returning = Returning(desk, self.document, self.keeper, self.same_person, self)
        self.progress = Progress(self.document, self.jump_bar, self)
        self.teller = Teller(self.banner, self.saving, self)
        self.starting = Starting(desk, self.document, self.form, self.keeper, self.returning, self.confirming, self)
        self.saved: Saved | None = None
        self._legend = Legend(self)
        self._was_entered = False
        self._told_legend: tuple[Key, ...] = ()
        self._saved_card: SavedCard | None = None
        self._lay_out()
        self._connect()
        self._add_shortcuts()
        self.starting.begin(start)
        self._show_title()

    @property
    def draft_id(self) -> int | None:
        """The draft this page writes, None before the first keystroke was kept."""
        return self.keeper.draft_id

    def legend(self) -> tuple[Key, ...]:
        """Return the keys that work in the field the keyboard is in."""
        if self.saved:
            return self._legend.saved_keys()
        if self.same_person.has_keyboard():
            return self.same_person.keys()
        return (*self.confirming.keys(), *self._legend.keys_of(self.form.current, self.form.focusWidget()))

    def panel(self) -> QWidget | None:
        """Return the panel of possible matches, gone once the intake is saved."""
        return None if self.saved else self.same_person

    def call_target(self) -> CallTarget | None:
        """Return the visit once it is saved, before that the draft; nobody as long as nothing is typed."""
        if self.saved is None and self.keeper.draft_id is None:
            return None
        self._show_title()
        return CallTarget(
            location=str(self.document.read(LOCATION).value or self.desk.location),
            title=self.title,
            visit_id=self.saved.visit_id if self.saved else None,
            draft_id=self.keeper.draft_id,
        )

    def show_called(self, words: str) -> None:
        """Say so beside the sentence that asked for it."""
        self.desk_prompts.show_called(words)

    def entered(self) -> None:
        """Put the keyboard where it was, at first on the first field."""
        if self._saved_card is not None:
            self._saved_card.print_button.setFocus()
        elif self._was_entered:
            self.form.resume()
        else:
            self._was_entered = True
            self.form.focus_first()

    def leaving(self) -> None:
        """Write down what is not yet kept; a page with nothing on it, or with a finished intake, goes."""
        self.keeper.finish()
        if self.saved or (self.document.is_empty() and self.keeper.draft_id is None):
            QTimer.singleShot(0, self, self._close)

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(20, 14, 20, 0)
        top.setSpacing(10)
        top.addWidget(self.jump_bar)
        top.addWidget(self.prompt_banner)
        top.addWidget(self.banner)
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(12)
        self._outer.addLayout(top)
        self._outer.addWidget(self.form, 1)

    def _connect(self) -> None:
        self.jump_bar.chosen.connect(self.form.go_to_section)
        self.confirming.said.connect(self.routes.said)
        self.form.moved.connect(self._moved)
        self.form.built.connect(self.progress.count)
        self.form.save_button.clicked.connect(partial(self.saving.save, prints=False))
        self.form.print_button.clicked.connect(partial(self.saving.save, prints=True))
        self.document.changed.connect(self._changed)
        self.desk_prompts.call_asked.connect(self.routes.call)
        self.progress.counted.connect(self.form.keep_only)
        self.form.built.connect(self._ask_in_language)
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(self.teller.draft_failed)
        self.probe.found.connect(self._show_matches)
        self.same_person.left.connect(self._back_to_form)
        self.same_person.answered.connect(self._answered)
        self.returning.taken.connect(self._taken)
        self.returning.given_back.connect(self._taken)
        self.returning.failed.connect(self.teller.failed)
        self.starting.filled.connect(self._filled)
        self.starting.gone.connect(self.teller.say_gone)
        self.saving.conflicted.connect(self.returning.open)
        self.saving.refused.connect(self._refused)
        self.saving.match_asked.connect(self._ask_match)
        self.saving.saved.connect(self._show_saved)
        self.destroyed.connect(self.same_person.deleteLater)
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]  # there is one

    def _add_shortcuts(self) -> None:
        own = {"Ctrl+P": self._print, "F2": self._switch_language, "F6": self._switch_panel}
        keys = {**form_keys(self.form, self.saving, self.confirming), **own}
        for chord, act in keys.items():
            QShortcut(QKeySequence(chord), self, act)

    def _caret(self) -> dict[str, object]:
        path, position = self.form.path_at()
        return {"field": path, "position": position}

    def _changed(self, path: str) -> None:
        self.progress.note(path)
        if path == LANGUAGE:
            self._ask_in_language()

    def _ask_in_language(self) -> None:
        """Show the checklist in the patient's language, when there are questions in it."""
        language = "es" if self.document.text(LANGUAGE) == "es" else "en"
        if self.form.checklist is not None and self.form.checklist.language != language:
            self.form.checklist.show_language(language)

    def _moved(self, section: str, _path: str) -> None:
        self.jump_bar.show_current(section)
        self.keeper.note_caret()
        self._show_title()

    def _focus_moved(self, _old: QWidget | None, _now: QWidget | None) -> None:
        """Tell the keys of where the keyboard is now, in the form or in the panel beside it."""
        if self.isVisible() and (legend := self.legend()) != self._told_legend:
            self._told_legend = legend
            self.legend_changed.emit()

    def _filled(self) -> None:
        self._ask_in_language()
        self.progress.count()
        self.probe.look()
        self.desk_prompts.look()
        self._show_title()

    def _kept(self) -> None:
        self.teller.draft_kept()
        if self.keeper.draft_id is not None and not self.saved:
            time = self.desk.now().astimezone(self.desk.zone)
            self.draft_state.emit(self.tr("Draft saved %1").replace("%1", f"{time.hour % 12 or 12}:{time:%M:%S}"))

    def _show_title(self) -> None:
        names = [self.document.text(path).strip() for path in ("patient.legal_last", "patient.legal_first")]
        title = ", ".join(name for name in names if name) or self.tr("New intake")
        if title != self.title:
            self.title = title

    def _show_matches(self, matches: tuple[Match, ...]) -> None:
        if self.returning.record is None:
            self.same_person.show_matches(matches)

    def _ask_match(self) -> None:
        self.teller.say_match()
        self.probe.look()
        self.same_person.take_focus()

    def _answered(self) -> None:
        self.teller.clear()
        if self.same_person.unanswered():
            self.same_person.take_focus()
        else:
            self._back_to_form()

    def _back_to_form(self) -> None:
        self.form.resume()

    def _taken(self) -> None:
        self.saving.patient_version = self.returning.record.version if self.returning.record else None
        self.probe.excluding = self.keeper.patient_id
        self.form.show_values()
        self._filled()
        self.keeper.write()
        self.teller.clear()
        self._back_to_form()

    def _refused(self, problems: tuple[object, ...]) -> None:
        self.form.show_problems(problems)  # type: ignore[arg-type]  # Problems, out of a signal
        self.progress.show_wrong(self.form.problems.problems())
        self.form.problems.go_on()

    def _switch_language(self) -> None:
        if self.form.checklist is not None:
            self.form.checklist.switch_language()

    def _switch_panel(self) -> None:
        if self.same_person.has_keyboard():
            self._back_to_form()
        else:
            self.same_person.take_focus()

    def _print(self) -> None:
        if self.saved is None:
            self.saving.save(prints=True)
        else:
            self._preview()

    def _preview(self) -> None:
        if self.saved is not None:
            self.routes.preview.emit(self.saved.visit_id)

    def _show_saved(self, saved: Saved, prints: bool) -> None:  # noqa: FBT001 - as the signal carries it
        self.saved = saved
        clinic = self.desk.definitions.practice.location(self.document.text(LOCATION)).name
        self._saved_card = SavedCard(saved, self.title, clinic)
        self._saved_card.print_asked.connect(self._preview)
        self._saved_card.next_asked.connect(partial(self.routes.intake.emit, IntakeStart()))
        self._saved_card.today_asked.connect(self.routes.today)
        for widget in (self.form, self.jump_bar, self.banner):
            widget.hide()
        self.desk_prompts.look()
        self._outer.addWidget(self._saved_card)
        self.draft_state.emit("")
        self.legend_changed.emit()
        self._saved_card.print_button.setFocus()
        self.routes.said.emit(self.tr("Saved as %1").replace("%1", saved.record_number))
        self.routes.changed.emit()
        if prints:
            self._preview()

    def _close(self) -> None:
        self.routes.closed.emit(self)
