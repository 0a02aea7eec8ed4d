"""A clinician signs a letter where it is read: complete, with the password, and locked from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from intake.domain.requests import RequestState
from intake.errors import StoreError
from tests.ui.conftest import PASSWORD
from tests.ui.documents.conftest import Promises
from tests.ui.letters.writer import CTRL, ENTER, Writer

if TYPE_CHECKING:
    import pytest
    from pytestqt.qtbot import QtBot

    from intake.domain.requests import Request
    from intake.storage.store import Store
    from ui.pages.chart.signing_overlay import SignOverlay


def ask_to_sign(signer: Writer) -> SignOverlay:
    """Press Ctrl+Enter and return the overlay that asks for the password."""
    signer.press(ENTER, CTRL)
    signer.qtbot.waitUntil(lambda: (overlay := signer.page.signing.overlay) is not None and overlay.isVisible())
    overlay = signer.page.signing.overlay
    assert overlay is not None
    return overlay


def test_the_clinician_signs_with_the_password_and_the_letter_is_locked(signer: Writer, promises: Promises, note: Request) -> None:
    """From then on it is ready to print, by the key the legend names, and no field takes a word."""
    signer.go("clinic")
    signer.type(" North")
    signer.agree("consent_words")
    ask_to_sign(signer)
    signer.type(PASSWORD)
    with signer.qtbot.waitSignal(signer.page.routes.changed):
        signer.press(ENTER)
    signer.qtbot.waitUntil(signer.page.print_button.isVisible)
    assert promises.line(note.id).state is RequestState.READY
    assert not any(row.editor.isEnabled() for row in signer.form.rows.values())
    assert not signer.page.sign_button.isVisible()
    assert signer.on_disk().typed == {"clinic": "Edison North", "consent_words": "yes"}
    signer.qtbot.waitUntil(lambda: signer.focus is signer.page.print_button)
    with signer.qtbot.waitSignal(signer.page.routes.print_asked, check_params_cb=lambda ids: ids == (note.id,)):
        signer.press(Qt.Key.Key_P, CTRL)


def test_what_is_missing_is_gone_to_before_a_signature(signer: Writer) -> None:
    """No password is asked for a letter that is not complete."""
    signer.agree("consent_reason")
    signer.go("clinic")
    with signer.qtbot.waitSignal(signer.page.routes.said, check_params_cb=lambda words: "1 thing is still asked for" in words):
        signer.press(ENTER, CTRL)
    assert signer.page.signing.overlay is None
    assert signer.focus is signer.row("reason").editor


def test_a_wrong_password_signs_nothing_and_is_said_at_the_field(signer: Writer, promises: Promises, note: Request) -> None:
    """The next try is one word away."""
    overlay = ask_to_sign(signer)
    signer.type("not my password")
    signer.press(ENTER)
    signer.qtbot.waitUntil(overlay.password_box.has_problem)
    assert promises.line(note.id).state is RequestState.WAITING
    signer.press(Qt.Key.Key_Escape)
    assert signer.page.isAncestorOf(signer.focus)
    assert signer.row("clinic").editor.isEnabled()


def test_who_does_not_sign_is_not_offered_it(writer: Writer) -> None:
    """A receptionist reads that it waits for a clinician."""
    writer.press(ENTER, CTRL)
    assert writer.page.signing.overlay is None
    assert not writer.page.sign_button.isVisible()
    assert "waits for the signature" in writer.page.state_label.text()
    writer.press(Qt.Key.Key_P, CTRL)
    assert writer.said[-1] == writer.page.state_label.text()


def test_a_signature_elsewhere_locks_the_letter_under_the_hands(writer: Writer, signer: Writer, qtbot: QtBot) -> None:
    """Noticed by the watch: the fields lock, and what was typed before is in it."""
    writer.page.activateWindow()
    ask_to_sign(signer)
    signer.type(PASSWORD)
    with signer.qtbot.waitSignal(signer.page.routes.changed):
        signer.press(ENTER)
    writer.page.reload()
    qtbot.waitUntil(lambda: not writer.row("clinic").editor.isEnabled())
    assert writer.page.print_button.isVisible()


def test_a_disk_that_refuses_is_said_and_the_words_get_there_once_it_takes_them(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is signed or printed before; the line goes when all is kept."""
    monkeypatch.setattr("ui.keeping.RETRY_MS", 200)
    full = {"now": True}
    store_thread = writer.page.desk.store
    asked = store_thread.ask

    def ask(work: object, **details: object) -> None:
        if full["now"] and getattr(work, "__name__", "") == "keep":

            def refuse(_: Store) -> None:
                raise StoreError("disk_full")

            work = refuse
        asked(work, **details)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(store_thread, "ask", ask)
    writer.go("clinic")
    writer.type("s")
    writer.qtbot.waitUntil(lambda: "disk" in writer.page.banner.text().lower())
    assert writer.on_disk().typed == {}
    full["now"] = False
    writer.qtbot.waitUntil(lambda: not writer.page.keeper.is_behind())
    writer.qtbot.waitUntil(writer.page.banner.isHidden)
    assert writer.on_disk().typed == {"clinic": "Edisons"}
