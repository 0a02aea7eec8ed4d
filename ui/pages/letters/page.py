"""A letter: its fields at the left, the paper as it would leave at the right; kept as it is typed, signed by a clinician."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

from intake.actions.letters import open_letter
from intake.actions.letters_aside import aside_of
from intake.actions.material import material_of
from intake.actions.requests import request_line
from intake.domain.document_kinds import WaitsFor
from intake.domain.letters import Letter
from intake.domain.requests import RequestLine, RequestState
from intake.domain.staff import Task
from intake.entry.letters import body_of, compose
from intake.errors import IntakeError, InvalidInputError
from ui.desk import Desk
from ui.failures import words_of, words_of_problem
from ui.pages.letters.form import LetterForm
from ui.pages.letters.frame import LetterFrame
from ui.pages.letters.keeper import LetterKeeper
from ui.pages.letters.signing import LetterSigning
from ui.pages.letters.words import aside_words, state_after, state_words, still_words
from ui.pages.page import Key
from ui.routes import Routes

if TYPE_CHECKING:
    from intake.documents.material import Material
    from intake.storage.letters import KeptAside
    from intake.storage.store import Store

_Opened = tuple[Letter, "Material", RequestLine, "KeptAside | None"]


class LetterPage(LetterFrame):
    """The letter of one request."""

    def __init__(self, desk: Desk, routes: Routes, request_id: int, parent: QWidget | None = None) -> None:
        """Build the page; :meth:`entered` asks for the letter."""
        super().__init__(desk, routes, parent)
        self.request_id = request_id
        self.letter: Letter | None = None
        self.form: LetterForm | None = None
        self._material: Material | None = None
        self._state = RequestState.REQUESTED
        self._problems: dict[str, str] = {}
        self._aside: KeptAside | None = None
        self.keeper = LetterKeeper(desk, request_id, self._typed, self)
        self.signing = LetterSigning(desk, request_id, self)
        self._connect()

    def legend(self) -> tuple[Key, ...]:
        """Return the keys of the letter as it stands."""
        own = self.form is not None and self.form.body() is not None
        keys = [
            (not self._is_closed(), Key(keys=("Enter",), text=self.tr("next field"))),
            (self._may_sign(), Key(keys=("Ctrl Enter",), text=self.tr("sign"))),
            (self._is_ready(), Key(keys=("Ctrl P",), text=self.tr("print"))),
            (not self._is_closed(), Key(keys=("Ctrl E",), text=self.tr("back to the template") if own else self.tr("own words"))),
            (self._offers_mine(), Key(keys=("Ctrl Shift K",), text=self.banner.button.words())),
            (True, Key(keys=("F6",), text=self.tr("paper or fields"))),
            (True, Key(keys=("Esc",), text=self.tr("documents"))),
        ]
        return tuple(key for shown, key in keys if shown)

    def entered(self) -> None:
        """Ask for the letter: the record may say something else since. What is typed and not in it yet stays on screen."""
        if self.form is None:
            self.view.show_words(self.tr("Opening the letter"))
        self._look()
        if self.form is not None and self.letter is not None and self.focusWidget() is None:
            self.form.go_to_first_missing(self.letter)

    def reload(self) -> None:
        """Follow what this desk or another wrote; the field in hand stays as it is."""
        if self.form is not None:
            self._look()

    def _look(self) -> None:
        desk, request_id = self.desk, self.request_id

        def look(store: Store) -> _Opened:
            letter = open_letter(store, desk.actor, request_id, definitions=desk.definitions, now=desk.now())
            material = material_of(store, desk.actor, request_id, definitions=desk.definitions, now=desk.now())
            return letter, material, request_line(store, desk.actor, request_id), aside_of(store, desk.actor, request_id)

        desk.store.ask(look, owner=self, done=self._take, failed=self._refuse, newest="letter")

    def leaving(self) -> None:
        """Write down what is typed."""
        self.keeper.finish()

    def turn_own_words(self) -> None:
        """Write the text as a whole, or give it back to the template."""
        if self.form is None or self.letter is None or self._material is None or self._is_closed():
            return
        if self.form.body() is None:
            template = self.desk.definitions.templates[self.letter.template]
            purpose = self._material.request.purpose
            self.form.write_body(self.form.own_words() or body_of(compose(template, self.letter, purpose=purpose)))
            return
        self.form.write_body(None)
        self.form.go_to_first_missing(self.letter)
        self.routes.said.emit(self.tr("The template again. Ctrl E brings your text back while this letter is open."))

    def keep_mine(self) -> None:
        """Put what this person typed into the letter: over what somebody else wrote, or from where it was kept beside it."""
        if self.form is None or not self._offers_mine():
            return
        aside, self._aside = self._aside, None
        self.banner.hide()
        if aside is not None:
            self.form.load(aside.typed, aside.body)
        else:
            self.keeper.overrule()
        self.legend_changed.emit()

    def sign(self) -> None:
        """Sign what is on disk, once everything typed is there."""
        if self._may_sign():
            self.keeper.settle(self._sign_kept)

    def print_now(self) -> None:
        """Print the letter once everything typed is in it and it is ready; else say what it waits for."""
        self.keeper.settle(self._print_kept)

    def _print_kept(self) -> None:
        if self._waits_for_words():
            return
        if self._is_ready():
            self.routes.print_asked.emit((self.request_id,))
        else:
            self.routes.said.emit(self.state_label.text())

    def _sign_kept(self) -> None:
        letter = self.keeper.letter
        if letter is None or self.form is None or self._material is None or self._waits_for_words():
            return
        if letter.missing:
            self.routes.said.emit(self.tr("Before it can be signed, %1 asked for.").replace("%1", still_words(letter)))
            self.form.go_to_first_missing(letter)
            return
        self.signing.ask(letter, self.title)

    def _typed(self) -> tuple[dict[str, str], str | None]:
        return ({}, None) if self.form is None else (self.form.typed(), self.form.body())

    def _waits_for_words(self) -> bool:
        """Tell, and say, that something typed is not in the letter: what is not there is neither printed nor signed."""
        waits = self.keeper.is_behind() or self.keeper.beside
        if waits:
            self.routes.said.emit(self.tr("Something typed is not in the letter yet. The line above the letter says why."))
        return waits

    def _take(self, opened: _Opened) -> None:
        letter, material, line, aside = opened
        if self.keeper.is_behind() or self.keeper.beside or self._is_as_shown(letter, material, line):
            return
        first = self.form is None
        if self.form is None:
            self.form = self._new_form(letter)
        self._material, self._problems = material, {}
        self.title = f"{material.kind.name.en} · {line.name} · {line.number}"
        self.keeper.begin(letter, aside=aside is not None)
        held = QApplication.focusWidget()
        self.form.show_letter(letter, material.request.purpose, self._problems)
        gone = held is not None and not held.isVisible() and self.form.isAncestorOf(held)
        self._show(letter, line.state)
        if gone:  # and not wherever Qt hands it on to: the next key is not meant for that
            (self.print_button if self._is_ready() else self.view).setFocus()
        if first:
            if self.isVisible():  # the answer may come after another page was opened
                self.form.go_to_first_missing(letter)
            self._offer_aside(aside)

    def _is_as_shown(self, letter: Letter, material: Material, line: RequestLine) -> bool:
        """Tell whether nothing moved since: a person at the fields is not to notice that it was asked."""
        before = self._material
        return before is not None and (letter, line.state, material.request) == (self.letter, self._state, before.request)

    def _offer_aside(self, aside: KeptAside | None) -> None:
        self._aside = None if self._is_closed() else aside
        if aside is not None:
            action = self.tr("Show what I typed") if self._aside else ""
            self.banner.say(aside_words(aside, self.desk.zone), tone="warning", action=action)
        self.legend_changed.emit()

    def _new_form(self, letter: Letter) -> LetterForm:
        form = LetterForm(self.desk.definitions.templates[letter.template], self.desk.today())
        form.setObjectName("scrolled")
        form.edited.connect(self._edited)
        form.agreeing.connect(self.keeper.finish)
        form.ended.connect(self.view.setFocus)
        form.caret_moved.connect(self._show_place)
        self.area.setWidget(form)
        self.area.setFocusProxy(form)
        return form

    def _edited(self) -> None:
        self.keeper.note()
        self.legend_changed.emit()

    def _kept(self) -> None:
        letter = self.keeper.letter
        if letter is None or self.form is None or self._material is None:
            return
        stood = self._state, self.letter.missing if self.letter else ()
        self._problems, self._aside = {}, None
        self.banner.hide()
        if not self.keeper.is_behind():
            self.form.settle(letter)
        self.form.follow(letter, self._material.request.purpose, self._problems)
        self._show(letter, state_after(letter, self._material))
        if stood != (self._state, letter.missing):
            self.routes.changed.emit()

    def _show(self, letter: Letter, state: RequestState) -> None:
        if self._material is None or self.form is None:
            return
        was_ready = self._is_ready()
        self.letter, self._state = letter, state
        self._material = replace(self._material, letter=letter)
        self.own_button.set_words(self.tr("Write the text yourself") if letter.body is None else self.tr("Back to the template"))
        self.own_button.setVisible(not self._is_closed())
        self.sign_button.setVisible(self._may_sign())
        self.print_button.setVisible(self._is_ready())
        held, news = self.focusWidget(), self._is_ready() and not was_ready
        if self._is_closed() and (self.form.isAncestorOf(held) or (news and self.view.isAncestorOf(held))):
            (self.print_button if self._is_ready() else self.view).setFocus()
        self.form.set_locked(locked=self._is_closed())
        self.state_label.setText(state_words(letter, self._state))
        self.view.show_material(self._material)
        self.legend_changed.emit()

    def _signed(self, letter: Letter) -> None:
        self.keeper.begin(letter, aside=False)
        self.routes.said.emit(self.tr("Signed. It is ready to print."))
        self.routes.changed.emit()
        self.entered()

    def _not_kept(self, error: InvalidInputError) -> None:
        if self.form is None or self.letter is None or self._material is None:
            return
        self._problems = {problem.field.removeprefix("letter."): words_of_problem(problem) for problem in error.problems}
        self.form.follow(self.letter, self._material.request.purpose, self._problems)
        self.banner.say(self.tr("What was typed is not in the letter until it is put right at its field."), tone="warning")

    def _overtaken(self, error: IntakeError) -> None:
        words = self.tr("%1 What you typed is kept for you: put it in, or leave and open the letter again to see theirs.")
        self.banner.say(words.replace("%1", words_of(error)), tone="warning", action=self.tr("Keep what I typed"))
        self.legend_changed.emit()

    def _shut(self, error: IntakeError) -> None:
        """Show the letter as it was closed meanwhile; what was typed since lies beside it."""
        said = self.tr("%1 What was typed here since is not in it.").replace("%1", words_of(error))
        self.banner.say(said, tone="warning")
        self._look()

    def _is_closed(self) -> bool:
        return self.letter is None or self.letter.signature is not None or not self._state.open

    def _is_ready(self) -> bool:
        return self.letter is not None and self._state is RequestState.READY

    def _offers_mine(self) -> bool:
        return not self.banner.isHidden() and not self.banner.button.isHidden()

    def _may_sign(self) -> bool:
        signs = self._material is not None and self._material.kind.waits_for is WaitsFor.LETTER
        return signs and not self._is_closed() and self.desk.may(Task.REVIEW)

    def _connect(self) -> None:
        self.keeper.kept.connect(self._kept)
        self.keeper.failed.connect(self._refuse)
        self.keeper.refused.connect(self._not_kept)
        self.keeper.overtaken.connect(self._overtaken)
        self.keeper.shut.connect(self._shut)
        self.banner.pressed.connect(self.keep_mine)
        self.signing.signed.connect(self._signed)
        self.signing.failed.connect(self._refuse)
        self.own_button.clicked.connect(self.turn_own_words)
        self.sign_button.clicked.connect(self.sign)
        self.print_button.clicked.connect(self.print_now)
        for keys, act in (
            ("Ctrl+E", self.turn_own_words), ("Ctrl+Return", self.sign), ("Ctrl+Enter", self.sign), ("Ctrl+P", self.print_now),
            ("Ctrl+Shift+K", self.keep_mine), ("F6", self._turn_focus), ("Esc", self.routes.documents.emit),
        ):  # fmt: skip
            QShortcut(QKeySequence(keys), self, act)

    def _turn_focus(self) -> None:
        if self.view.canvas.hasFocus() and self.form is not None and self.letter is not None:
            self.form.go_to_first_missing(self.letter)
        else:
            self.view.setFocus()
