"""One row of the checklist: the question as the patient hears it, the staff's label, the answer and its details."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from intake.domain.answers import Kind
from intake.domain.checklist import Question
from ui import theme
from ui.pages.intake.answer_fields import STATE_WIDTH, AnswerField, field_for, show_answer, show_words
from ui.pages.intake.document import IntakeDocument
from ui.pages.intake.flow import FlowRows
from ui.pages.intake.form_marks import SIGN

ROW_HEIGHT = 44
NARROW = 620
"""Below this width the details stand under the answer instead of beside it."""
QUESTION_SHARE = 0.41
MOST_BESIDE = 62
"""Details higher than two lines stand under the question, over the whole width."""
PADDING = 6
INDENT = 24
GAP = 12
_LINE = 17
_ANSWERS = "answers."


class QuestionRow(QWidget):
    """A main question with its details, which are built when they first open.

    ``advanced`` and ``retreated`` carry the field the keyboard is in.
    """

    advanced = Signal(object)
    retreated = Signal(object)

    def __init__(self, question: Question, document: IntakeDocument, language: str, parent: QWidget | None = None) -> None:
        """Build the row with its answer field."""
        super().__init__(parent)
        self.question = question
        self._document = document
        self._language = language
        self._problem = ("", "")
        self._mark = ""
        self._heights: dict[int, int] = {}
        self._places: dict[int, tuple[QRect, QRect]] = {}
        self._words_heights: dict[int, int] = {}
        self._fields: dict[str, AnswerField] = {}
        self._details = QWidget(self)
        self._flow = FlowRows(self._details, gap_x=14, gap_y=4, grows=False)
        self._details.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._main = self._build(question)
        self._main.setParent(self)
        self.show_answers()

    def show_language(self, language: str) -> None:
        """Ask in another language, in the same place."""
        self._language = language
        for key, field in self._fields.items():
            show_words(field, self._document.definitions.checklist.question(key), language)
        self._measure_again()

    def show_answers(self) -> None:
        """Show the answers as held, and exactly the details that they open."""
        answers = self._document.typed_answers()
        checklist = self._document.definitions.checklist
        open_details = [
            detail for detail in self._all_details(self.question.key) if checklist.is_open(detail, answers) or self._was_written(detail)
        ]
        for detail in open_details:
            if detail.key not in self._fields:
                self._add_detail(detail)
        shown = {detail.key for detail in open_details}
        for key, field in self._fields.items():
            if key != self.question.key:
                field.setVisible(key in shown)
            show_answer(field, self._document.answers.get(key))
        self._mark = self.mark()
        if self._details.isHidden() == bool(shown):
            self._details.setVisible(bool(shown))
        self._measure_again()

    def mark(self) -> str:
        """Return which answers of this row a form gave and nobody has confirmed, or that all of them are confirmed."""
        marks, known = self._document.form_marks, self._document.definitions.checklist
        marked = [known.question(key).short.en for key in self._fields if marks.is_marked(f"{_ANSWERS}{key}")]
        if marked:
            return f"{SIGN} {self.tr('from the form')}: {', '.join(marked)}"
        return next((words for key in self._fields if (words := marks.words(f"{_ANSWERS}{key}"))), "")

    def keys(self) -> list[str]:
        """Return the keys of the questions on this row that have a field by now."""
        return list(self._fields)

    def stops(self) -> list[tuple[str, QWidget]]:
        """Return every field that the Tab key visits."""
        return [(f"answers.{key}", field) for key, field in self._fields.items() if not field.isHidden()]

    def enter_stops(self) -> list[tuple[str, QWidget]]:
        """Return the fields that Enter visits: details only when one is needed, or when the keyboard is among them already."""
        first, *details = self.stops()
        among = any(field.hasFocus() for _path, field in details)
        checklist, answers = self._document.definitions.checklist, self._document.answers
        needed = [stop for stop in details if among or self._missing(checklist.question(stop[0].removeprefix("answers.")), answers)]
        return [first, *needed]

    def field(self, key: str) -> AnswerField | None:
        """Return the field of a question on this row, None when it is not open."""
        found = self._fields.get(key)
        return None if found is None or (found is not self._main and found.isHidden()) else found

    def show_problem(self, text: str, level: str) -> None:
        """Say what is wrong on this row; an empty text takes it back."""
        if (text, level) != self._problem:
            self._problem = (text, level)
            self._measure_again()

    def sizeHint(self) -> QSize:
        """Return the size at a usual width."""
        return QSize(720, self.heightForWidth(720))

    def hasHeightForWidth(self) -> bool:
        """Details wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the row with its details at this width."""
        if width not in self._heights:
            answer, details = self._rects(width)
            bottom = max(answer.bottom(), details.bottom() if not self._details.isHidden() else 0) + 1 + PADDING
            lines = bool(self._problem[0]) + bool(self._mark)
            self._heights[width] = max(self._words_height(answer), bottom) + lines * (_LINE + 2)
        return self._heights[width]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put answer and details in their places."""
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the words, the tint of the row the keyboard is in, and what is wrong."""
        colors = theme.tokens()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inside = any(field.hasFocus() for field in self._fields.values())
        text, level = self._problem
        ground = (colors.danger_weak if level == "error" else colors.warning_weak) if text else colors.accent_weak if inside else ""
        if ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(QRectF(self.rect()), 6, 6)
        answer, _details = self._rects(self.width())
        self._paint_words(painter, answer)
        self._paint_beside(painter, answer)
        line = QRect(PADDING, self.height() - _LINE - 2, self.width() - 2 * PADDING, _LINE)
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        if text:
            painter.setPen(QColor(colors.danger if level == "error" else colors.warning))
            painter.drawText(line, _LEFT, f"⚠ {text}")
            line.translate(0, -_LINE - 2)
        if self._mark:
            painter.setPen(QColor(colors.info if self._mark.startswith(SIGN) else colors.ok))
            painter.drawText(line, _LEFT, painter.fontMetrics().elidedText(self._mark, Qt.TextElideMode.ElideRight, line.width()))

    def _paint_words(self, painter: QPainter, answer: QRect) -> None:
        """Write the question whole, however long: it is read aloud; under it the staff's label."""
        colors = theme.tokens()
        height = self._words_height(answer)
        words = QRect(PADDING, 5, answer.left() - PADDING - GAP, height - 10 - _LINE)
        painter.setFont(theme.font())
        painter.setPen(QColor(colors.text))
        painter.drawText(words, _LEFT | Qt.TextFlag.TextWordWrap, self.question.text.in_language(self._language))
        painter.setFont(theme.font(size_px=theme.LABEL_PX))
        painter.setPen(QColor(colors.muted))
        painter.drawText(QRect(PADDING, height - _LINE - 4, words.width(), _LINE), _LEFT, self.question.short.en)

    def _words_height(self, answer: QRect) -> int:
        wide = max(answer.left() - PADDING - GAP, 40)
        if wide not in self._words_heights:
            asked = self.question.text.in_language(self._language)
            room = QRect(0, 0, wide, 1000)
            written = QFontMetrics(theme.font()).boundingRect(room, int(_LEFT | Qt.TextFlag.TextWordWrap), asked)
            self._words_heights[wide] = max(ROW_HEIGHT, written.height() + _LINE + 9)
        return self._words_heights[wide]

    def _paint_beside(self, painter: QPainter, answer: QRect) -> None:
        """Write the unit of a rating, and that a question was not asked."""
        words = [self.tr("/ 10")] if self.question.kind is Kind.RATING else []
        if self._document.answers.get(self.question.key) is None:
            words.append(self.tr("not asked"))
        if words and self._details.isHidden():
            painter.setPen(QColor(theme.tokens().muted))
            painter.drawText(QRect(answer.right() + GAP, 0, 200, ROW_HEIGHT), _LEFT, "    ".join(words))

    def _all_details(self, key: str) -> list[Question]:
        """Return the details of a question and the details of those."""
        found: list[Question] = []
        for detail in self._document.definitions.checklist.details(key):
            found += [detail, *self._all_details(detail.key)]
        return found

    def _was_written(self, detail: Question) -> bool:
        """Tell whether a patient answered a detail on the form, whatever was answered to its question: it is there to be seen."""
        return self._document.form_marks.is_from_form(f"{_ANSWERS}{detail.key}") and self._document.answers.get(detail.key) is not None

    def _missing(self, detail: Question, answers: dict[str, object]) -> bool:
        return detail.needed and answers.get(detail.key) is None

    def _build(self, question: Question) -> AnswerField:
        field = field_for(question, self._language, partial(self._document.answer, question.key))
        field.advanced.connect(partial(self.advanced.emit, field))
        field.retreated.connect(partial(self.retreated.emit, field))
        if question is self.question and hasattr(field, "entered"):
            field.entered.connect(self._enter_details)
        self._fields[question.key] = field
        return field

    def _add_detail(self, detail: Question) -> None:
        order = [known.key for known in self._all_details(self.question.key) if known.key in self._fields or known is detail]
        field = self._build(detail)
        self._flow.insert(order.index(detail.key), field, least=0)
        self._fields = {key: self._fields[key] for key in (self.question.key, *order)}

    def _enter_details(self) -> None:
        if len(stops := self.stops()) > 1:
            stops[1][1].setFocus()

    def _measure_again(self) -> None:
        self._heights, self._places, self._words_heights = {}, {}, {}
        self.updateGeometry()
        self._place()
        self.update()

    def _rects(self, width: int) -> tuple[QRect, QRect]:
        """Return the places of the answer and of the details at a width, measured once."""
        if width not in self._places:
            self._places[width] = self._measured(width)
        return self._places[width]

    def _measured(self, width: int) -> tuple[QRect, QRect]:
        wide = width >= NARROW
        left = round(width * QUESTION_SHARE) if wide else max(width - STATE_WIDTH - PADDING, width // 2)
        room = width - left - PADDING
        answer = QRect(left, 7, min(room, self._main.maximumWidth(), self._main.sizeHint().width()), 30)
        if self._main.hasHeightForWidth():
            answer.moveTop(8)
            answer.setHeight(max(self._main.heightForWidth(answer.width()), 28))
        beside = answer.right() + GAP
        at_right = QRect(beside, 8, width - beside - PADDING, 0)
        at_right.setHeight(self._flow.heightForWidth(max(at_right.width(), 1)))
        if wide and at_right.width() > STATE_WIDTH and at_right.height() <= MOST_BESIDE:
            return answer, at_right
        top = max(self._words_height(answer), answer.bottom() + 6) - 2
        below = QRect(INDENT, top, width - INDENT - PADDING, 0)
        below.setHeight(self._flow.heightForWidth(below.width()))
        return answer, below

    def _place(self) -> None:
        answer, details = self._rects(self.width())
        self._main.setGeometry(answer)
        self._details.setGeometry(details)


_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
