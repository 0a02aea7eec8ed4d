"""The main window: places, palette, keys, messages, and what a screen reader and the Tab key find."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from intake.actions.accounts import set_active
from intake.actions.drafts import Draft, keep_draft
from intake.errors import IntakeError
from tests.ui.conftest import Bench
from ui import theme
from ui.desk import Desk
from ui.failures import Failures
from ui.main_window import MainWindow
from ui.pages.first_start import FirstStartPage
from ui.pages.intake.choices import Choices
from ui.pages.page import Key
from ui.pages.sign_in import SignInPage
from ui.pages.today import TodayPage
from ui.routes import IntakeStart
from ui.top_bar import TrainingBand

CONTROLS = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView, Choices)


def unnamed(root: QWidget) -> list[str]:
    """Return the controls under ``root`` that a screen reader would call nothing."""
    found = []
    for control in root.findChildren(QWidget):
        holder = control.parentWidget()
        inside = isinstance(holder and holder.parentWidget(), QComboBox) or control.objectName().startswith("qt_")
        if isinstance(control, CONTROLS) and not inside and not control.accessibleName():
            found.append(f"{type(control).__name__} in {type(control.parent()).__name__}")
    return found


def tab_order(root: QWidget, first: QWidget) -> list[QWidget]:
    """Return the visible controls in the order of the Tab key, beginning with ``first``."""
    order, here = [first], first.nextInFocusChain()
    while here is not None and here is not first:
        by_tab = here.focusPolicy() & Qt.FocusPolicy.TabFocus
        if by_tab and here.isVisible() and here.isEnabled() and here.focusProxy() is None and root.isAncestorOf(here):
            order.append(here)
        here = here.nextInFocusChain()
    return order


def test_every_control_of_the_window_has_a_name(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """Rail, bars, Today, palette: each control is named for screen readers."""
    bench.arrive()
    window.refresh()
    bench.ask(lambda _: None)
    assert unnamed(window) == []


def test_every_control_before_the_sign_in_has_a_name(qtbot: QtBot) -> None:
    """Sign-in and first start too."""
    for page in (SignInPage(training=True), FirstStartPage(training=False)):
        qtbot.addWidget(page)
        assert unnamed(page) == []


def test_tab_goes_through_the_sign_in_from_top_to_bottom(qtbot: QtBot) -> None:
    """Login, password, its show toggle, the button, then the ways in for when a password or the store is lost."""
    page = SignInPage(training=False)
    qtbot.addWidget(page)
    page.show()
    password = page.password_field
    expected = [page.login_field, password.text_field, password.show_chip, page.sign_in_button, page.recovery_link, page.restore_link]
    assert tab_order(page, page.login_field) == expected


def test_tab_goes_through_the_first_start_from_top_to_bottom(qtbot: QtBot) -> None:
    """Name, login, password, its show toggle, clinic, the button, and the way back for a store that is lost."""
    page = FirstStartPage(training=False)
    qtbot.addWidget(page)
    page.show()
    password = page.password_field
    fields = [page.name_field, page.login_field, password.text_field, password.show_chip, page.clinic_field]
    fields += [page.begin_button, page.restore_link]
    assert tab_order(page, page.name_field) == fields


def test_tab_goes_from_the_rail_over_the_find_box_into_the_page(window: MainWindow, today_page: TodayPage) -> None:
    """Left to right, top to bottom."""
    first = window.rail.items["today"]
    order = tab_order(window, first)
    expected = [*window.rail.items.values(), window.top_bar.find_box, *today_page.clinics.chips]
    assert [each for each in order if each in expected] == expected


def test_ctrl_k_finds_a_patient_by_part_of_the_name_and_enter_opens_it(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """From anywhere: type, Enter, and the patient is asked for."""
    saved = bench.arrive("Rivera", "Ana")
    opened: list[int] = []
    window.routes.patient.disconnect()
    window.routes.patient.connect(opened.append)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = window.palette_box
    assert box.isVisible()
    QTest.keyClicks(box.text_field, "rive")
    qtbot.waitUntil(lambda: "Rivera" in str(box.list_view.model().index(0, 0).data()))
    QTest.keyClick(box.text_field, Qt.Key.Key_Return)
    assert opened == [saved.patient_id]
    assert not box.isVisible()


def test_ctrl_k_does_a_command_by_its_words(window: MainWindow, today_page: TodayPage, qtbot: QtBot) -> None:
    """A clinic is one of the commands."""
    window._find()
    QTest.keyClicks(window.palette_box.text_field, "at bayonne")
    QTest.keyClick(window.palette_box.text_field, Qt.Key.Key_Return)
    assert [chip.isChecked() for chip in today_page.clinics.chips].index(True) == 7


def test_a_palette_that_finds_nothing_says_what_to_try(window: MainWindow, qtbot: QtBot) -> None:
    """An empty list is never left without words."""
    window._find()
    QTest.keyClicks(window.palette_box.text_field, "zzzz")
    qtbot.waitUntil(window.palette_box.note_label.isVisible)
    assert "Nothing fits" in window.palette_box.note_label.text()


def test_a_mistyped_record_number_is_told_in_the_palette(window: MainWindow, qtbot: QtBot) -> None:
    """A wrong check digit is said, and no other chart opens."""
    window._find()
    QTest.keyClicks(window.palette_box.text_field, "RD-000001-9")
    qtbot.waitUntil(window.palette_box.note_label.isVisible)
    assert "last digit" in window.palette_box.note_label.text().lower()


def test_escape_closes_the_palette_and_the_focus_goes_back(window: MainWindow, today_page: TodayPage, bench: Bench, qtbot: QtBot) -> None:
    """What was being done goes on where it was."""
    bench.arrive()
    today_page.reload()
    qtbot.waitUntil(today_page.table.isVisible)
    today_page.table.rows.setFocus()
    window._find()
    qtbot.waitUntil(window.palette_box.text_field.hasFocus)
    QTest.keyClick(window.palette_box.text_field, Qt.Key.Key_Escape)
    assert not window.palette_box.isVisible()
    assert today_page.table.rows.hasFocus()


def test_f1_tells_the_keys_of_the_place_and_those_that_work_everywhere(window: MainWindow, qtbot: QtBot) -> None:
    """F1 opens them, F1 closes them."""
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert window.key_help.isVisible()
    assert "Alt 1" in window.key_help.accessibleDescription()
    assert "Ctrl N New intake" in window.key_help.accessibleDescription()
    QTest.keyClick(window.key_help, Qt.Key.Key_F1)
    assert not window.key_help.isVisible()


def test_the_foot_bar_shows_only_whole_keys_in_a_narrow_window(window: MainWindow, qtbot: QtBot) -> None:
    """What finds no room is left out, never cut."""
    bar = window.foot_bar
    bar.show_keys([Key(keys=(f"Ctrl {letter}",), text="does something long") for letter in "ABCDEFGHIJ"])
    window.resize(900, 600)
    QApplication.sendPostedEvents()
    shown = bar.legend.shown()
    assert 0 < len(shown) < 10
    text = "".join(f"{' '.join(key.keys)}{key.text}" for key in shown)
    assert theme.metrics(size_px=theme.LABEL_PX).horizontalAdvance(text) < bar.legend.width() < bar.width()


def test_a_kept_draft_of_this_person_is_offered_in_the_rail(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """What was being typed before is one press away."""
    desk = window.desk
    draft = Draft(content={"patient": {"legal_last": "Rivera"}}, caret={}, title="Rivera")
    draft_id = bench.ask(lambda store: keep_draft(store, desk.actor, draft, now=desk.now()))
    window.refresh()
    qtbot.waitUntil(lambda: len(window.rail._drafts) == 1)
    started: list[IntakeStart] = []
    window.routes.intake.disconnect()
    window.routes.intake.connect(started.append)
    window.rail._drafts[0][1].click()
    assert started == [IntakeStart(draft_id=draft_id)]


def test_ctrl_k_finds_a_kept_draft_by_its_name(window: MainWindow, bench: Bench, qtbot: QtBot) -> None:
    """A draft is opened by keyboard alone; it has no key of its own, so that F1 does not list it."""
    desk = window.desk
    draft = Draft(content={"patient": {"legal_last": "Rivera"}}, caret={}, title="Rivera")
    draft_id = bench.ask(lambda store: keep_draft(store, desk.actor, draft, now=desk.now()))
    window.refresh()
    qtbot.waitUntil(lambda: window.rail.draft_titles() == ["Rivera"])
    started: list[IntakeStart] = []
    window.routes.intake.disconnect()
    window.routes.intake.connect(started.append)
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(window.palette_box.text_field, "draft riv")
    QTest.keyClick(window.palette_box.text_field, Qt.Key.Key_Return)
    assert started == [IntakeStart(draft_id=draft_id)]


def test_a_crash_is_told_by_its_number_and_not_by_its_text(window: MainWindow, qtbot: QtBot) -> None:
    """The person reads a number; the text, which may name somebody, is shown nowhere."""
    failures = Failures(window)
    failures.told.connect(window.tell)
    try:
        raise ValueError("Rivera, Ana")  # noqa: TRY301 - the crash itself is what is tested
    except ValueError as error:
        failures.take(error)
    qtbot.waitUntil(lambda: bool(window.banner.text()))
    assert "Incident number" in window.banner.text()
    assert "Rivera" not in window.banner.text()


def test_trouble_of_the_store_is_told_in_words_and_can_be_dismissed(window: MainWindow, qtbot: QtBot) -> None:
    """A full disk is said as a sentence; the button takes it away."""
    failures = Failures(window)
    failures.told.connect(window.tell)
    failures.take(IntakeError("disk_full", folder="data"))
    assert "disk" in window.banner.text().lower()
    window.banner.button.click()
    assert not window.banner.isVisible()


def test_a_real_desk_has_no_training_band(window: MainWindow) -> None:
    """The band means training and nothing else."""
    assert window.findChildren(TrainingBand) == []


def test_the_window_fits_a_small_screen(window: MainWindow, bench: Bench) -> None:
    """Nothing on Today asks for more than 1024 by 700."""
    bench.arrive()
    least = window.minimumSizeHint()
    assert least.width() <= 1024
    assert least.height() <= 700


def test_an_account_that_is_disabled_loses_its_open_window(clinician: Desk, desk: Desk, bench: Bench, qtbot: QtBot) -> None:
    """Within two seconds, and what was typed is kept as always on leaving."""
    window = MainWindow(clinician)
    qtbot.addWidget(window)
    window.begin()
    bench.ask(lambda _: None)
    staff_id = clinician.actor.staff.id
    with qtbot.waitSignal(window.signed_out, timeout=2_000):
        bench.ask(lambda store: set_active(store, desk.actor, staff_id, active=False, now=desk.now()))
