"""Adding a second factor: a code for the phone's camera, the first code typed back, then the spare codes, shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake.errors import IntakeError
from ui.failures import words_of
from ui.handing_out import HandOut
from ui.pages.front import Front
from ui.pages.recovery import WIDE
from ui.widgets.buttons import Button, LinkButton
from ui.widgets.card import row
from ui.widgets.field_box import FieldBox
from ui.widgets.fields import TextField
from ui.widgets.labels import label
from ui.widgets.qr_code import QrCode

if TYPE_CHECKING:
    from intake.actions.second_factor import Enrolment

_GROUP = 4


class EnrolPage(Front):
    """What the phone is given, and the field for its first code: ``typed`` carries it. ``left`` signs out instead."""

    typed = Signal(str)
    left = Signal()

    def __init__(self, enrolment: Enrolment, *, training: bool, parent: QWidget | None = None) -> None:
        """Build the page around a new secret."""
        super().__init__(training=training, parent=parent)
        self.card.setFixedWidth(WIDE)
        self.code = QrCode()
        self.code.show_code(enrolment.uri)
        signs = enrolment.secret
        self.secret_label = label(" ".join(signs[place : place + _GROUP] for place in range(0, len(signs), _GROUP)), "strong", wrap=True)
        self.secret_label.setAccessibleName(self.tr("Secret to type into the phone"))
        self.code_field = TextField(max_length=20)
        self.code_box = FieldBox(self.tr("First code"), self.code_field, hint=self.tr("the six digits that the phone shows now"))
        self.go_button = Button(self.tr("Go on"), key="Enter", primary=True)
        self.leave_button = LinkButton(self.tr("Sign out"))
        self._build()
        self.code_field.advanced.connect(self._submit)
        self.go_button.clicked.connect(self._submit)
        self.leave_button.clicked.connect(self.left)
        self.setFocusProxy(self.code_field)

    def refuse(self, error: Exception) -> None:
        """Say at the field why this code will not do."""
        if not isinstance(error, IntakeError):
            raise error
        self.code_box.show_problem(words_of(error))
        self.code_field.selectAll()
        self.code_field.setFocus()

    def _build(self) -> None:
        told = self.tr("Your role asks for a code from your phone at each sign-in. Open an authenticator app there and scan this.")
        beside = QVBoxLayout()
        beside.setSpacing(6)
        beside.addWidget(label(self.tr("Or type this secret:"), "label"))
        beside.addWidget(self.secret_label)
        beside.addWidget(label(self.tr("Time-based, six digits, thirty seconds."), "hint", wrap=True))
        beside.addStretch(1)
        across = QHBoxLayout()
        across.setSpacing(16)
        across.addWidget(self.code, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(beside, 1)
        body = self.card.body
        body.addWidget(label(self.tr("Second factor"), "place"))
        body.addWidget(label(told, wrap=True))
        body.addLayout(across)
        body.addWidget(self.code_box)
        body.addLayout(row(self.go_button, self.leave_button, spacing=12))

    def _submit(self) -> None:
        self.code_box.clear()
        if self.code_field.value().strip():
            self.typed.emit(self.code_field.value())
        else:
            self.code_box.show_problem(self.tr("Type the six digits that the phone shows now."))


class SpareCodesPage(Front):
    """The spare codes, once; it goes on when they were printed or saved, or the person says that they wrote them down."""

    done = Signal()

    def __init__(self, codes: tuple[str, ...], make: Callable[[], bytes], *, training: bool, parent: QWidget | None = None) -> None:
        """Show the codes; ``make`` draws their sheet."""
        super().__init__(training=training, parent=parent)
        self.card.setFixedWidth(WIDE)
        self.hand_out = HandOut(make, usual="spare-codes.pdf", title="Spare codes", parent=self)
        self.go_button = Button(self.tr("I have them on paper"), primary=True)
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(6)
        for place, code in enumerate(codes):
            grid.addWidget(label(code, "title"), place // 2, place % 2)
        grid.setColumnStretch(2, 1)
        told = self.tr("When the phone is gone, each of these lets you in once. They are shown now and never again.")
        body = self.card.body
        body.addWidget(label(self.tr("Spare codes"), "place"))
        body.addWidget(label(told, wrap=True))
        body.addLayout(grid)
        body.addWidget(self.hand_out)
        body.addLayout(row(self.go_button))
        self.go_button.clicked.connect(self.done)
        self.setFocusProxy(self.hand_out.print_button)
