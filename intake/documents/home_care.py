"""The home-care sheet: what the patient does at home, from the plan of the visit, in English or Spanish, in large print too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from intake.documents import style
from intake.documents.blocks import kept_together, space
from intake.documents.frame import Frame, Heads, draw_marks, fits_one_page, issue, keywords
from intake.documents.home_words import WORDS, Scale, SheetWords
from intake.documents.letterhead import BESIDE, draw_logo, head_height, logo_room, name_style
from intake.documents.paper import Block, Paper, accent_rule
from intake.documents.text import Style, wrap
from intake.documents.words import Language, date_words, moment_in
from intake.documents.written import written_note
from intake.domain.codes import CodeList
from intake.domain.practice import Letterhead, Location, Practice
from intake.domain.review_form import Advice, HomeCare, ReviewForm
from intake.domain.reviews import Chart
from intake.domain.text import Text

MOST_TOGETHER = 480.0
BULLET = 4.0


def home_care_sheet(  # noqa: PLR0913 - keywords only, each a definition by itself
    chart: Chart,
    *,
    practice: Practice,
    home_care: HomeCare,
    form: ReviewForm,
    codes: CodeList,
    language: Language,
    large: bool,
    training: bool,
    printed_at: datetime,
) -> bytes:
    """Return the home-care sheet as PDF: what everybody is told, and the parts of the treatments in the plan.

    Of the clinician's words those of treatments that are done at home are printed. PRELIMINARY until the note is signed. The same
    arguments always give the same bytes.
    """
    note, _ = written_note(chart, form, codes)
    plan = {key: words for key, words in note.plan.items() if form.treatment(key).home}
    scales = (Scale.large(),) if large else Scale.usual()
    sheets: list[tuple[Frame, list[Block], Heads]] = []
    for scale in scales:
        frame = _frame(chart, practice, home_care, scale, language=language, training=training, printed_at=printed_at)
        sheet = _Sheet(scale, WORDS[language], language)
        blocks = [*sheet.opening(home_care), *sheet.parts(home_care, plan, form), *sheet.closing(home_care)]
        sheets.append((frame, blocks, _heads(frame, scale, chart, language)))
        if fits_one_page(*sheets[-1]):
            return issue(*sheets[-1])
    return issue(*sheets[0])


class _Sheet:
    """Sets the parts of a sheet in one size and language."""

    def __init__(self, scale: Scale, words: SheetWords, language: Language) -> None:
        """Keep size and language."""
        self._scale = scale
        self._words = words
        self._language = language

    def opening(self, home_care: HomeCare) -> Iterator[Block]:
        """Yield what stands before everything else."""
        yield from self._flowing(self._said(home_care.intro), self._scale.body)
        yield space(self._scale.gap)

    def closing(self, home_care: HomeCare) -> Iterator[Block]:
        """Yield the last sentences."""
        yield space(self._scale.gap / 2)
        yield from kept_together(block for text in home_care.closing for block in self._flowing(self._said(text), self._scale.strong))

    def parts(self, home_care: HomeCare, plan: dict[str, str], form: ReviewForm) -> Iterator[Block]:
        """Yield the parts that apply, in the order of the sheet; what everybody is told after the treatments stands in a box."""
        told = {advice.treatment for advice in home_care.advice}
        after = False
        for advice in home_care.advice:
            after = after or bool(advice.treatment)
            if advice.treatment in plan:
                yield from kept_together(self._part(advice, plan[advice.treatment]), MOST_TOGETHER)
            elif not advice.treatment and after:
                yield from self._boxed(advice)
            elif not advice.treatment:
                yield from kept_together(self._part(advice, ""), MOST_TOGETHER)
        others = {key: words for key, words in plan.items() if key not in told and words}
        if others:
            yield from self._others(others, form)

    def _part(self, advice: Advice, added: str) -> Iterator[Block]:
        yield from self._heading(self._said(advice.heading))
        for sentence in advice.sentences:
            yield from self._bullet(self._said(sentence))
        if added:
            yield from self._flowing(f"{self._words.added}: {added}", self._scale.strong, self._scale.indent)
        yield space(self._scale.gap)

    def _others(self, plan: dict[str, str], form: ReviewForm) -> Iterator[Block]:
        """Yield the clinician's words on treatments that the sheet has no part for."""
        yield from self._heading(self._words.added)
        for key, words in plan.items():
            yield from self._bullet(f"{form.treatment(key).label}: {words}")
        yield space(self._scale.gap)

    def _boxed(self, advice: Advice) -> Iterator[Block]:
        inside = [*self._heading(self._said(advice.heading))]
        for sentence in advice.sentences:
            inside += self._bullet(self._said(sentence), shorter=self._scale.indent)
        height = sum(block.height_pt for block in inside) + self._scale.gap

        def draw(paper: Paper, top: float) -> None:
            paper.box(style.LEFT, top, style.WIDTH, height, color=style.INK)
            with paper.kept_state() as canvas:
                canvas.translate(self._scale.indent * 0.75, 0)
                y = top - self._scale.gap / 2
                for block in inside:
                    block.draw(paper, y)
                    y -= block.height_pt

        yield Block(height_pt=height, draw=draw)
        yield space(self._scale.gap)

    def _heading(self, text: str) -> Iterator[Block]:
        for line in wrap(text, self._scale.heading, style.WIDTH - self._scale.indent):
            draw = partial(_draw_line, line, self._scale.heading, 0.0)
            yield Block(height_pt=self._scale.heading.leading_pt, draw=draw, with_next=True)

    def _bullet(self, text: str, shorter: float = 0.0) -> Iterator[Block]:
        indent, words = self._scale.indent, self._scale.body
        for place, line in enumerate(wrap(text, words, style.WIDTH - indent - shorter)):
            yield Block(height_pt=words.leading_pt, draw=partial(_draw_bullet if place == 0 else _draw_line, line, words, indent))

    def _flowing(self, text: str, words: Style, indent: float = 0.0) -> Iterator[Block]:
        for line in wrap(text, words, style.WIDTH - indent):
            yield Block(height_pt=words.leading_pt, draw=partial(_draw_line, line, words, indent))

    def _said(self, text: Text) -> str:
        return text.in_language(self._language)


def _draw_line(line: str, words: Style, indent: float, paper: Paper, top: float) -> None:
    paper.text(style.LEFT + indent, top, line, words)


def _draw_bullet(line: str, words: Style, indent: float, paper: Paper, top: float) -> None:
    middle = top - words.leading_pt / 2
    side = BULLET * words.size_pt / 12
    paper.writer.color(style.ACCENT)
    paper.canvas.rect(style.LEFT + indent - 3 * side, middle - side / 2, side, side, stroke=0, fill=1)
    _draw_line(line, words, indent, paper, top)


def _frame(
    chart: Chart, practice: Practice, home_care: HomeCare, scale: Scale, *, language: Language, training: bool, printed_at: datetime
) -> Frame:
    record, words = chart.visit, WORDS[language]
    patient = chart.patient
    return Frame(
        practice=practice.name,
        location=record.location,
        title=home_care.title.in_language(language),
        subtitle=f"{words.visit} {date_words(record.visit_day, language)}",
        patient=patient.full_name(),
        person="",
        record_number=record.patient.number,
        visit_number=record.number,
        dob=date_words(patient.dob, language) if patient.dob else words.not_asked,
        printed=moment_in(printed_at.astimezone(practice.zone()), language),
        training=training,
        document=chart.number,
        mark="" if chart.signature else words.preliminary,
        notes=(words.foot, f"{words.sheet} {home_care.version} · {chart.number}"),
        foot=scale.foot,
        keywords=keywords("homecare", chart.number, chart.fingerprint, printed_at),
        language=language,
    )


def _heads(frame: Frame, scale: Scale, chart: Chart, language: Language) -> Heads:
    words = WORDS[language]
    facts = [
        f"{words.record} {frame.record_number} · {words.born} {frame.dob}",
        " · ".join(part for part in (frame.subtitle, f"{words.clinician}: {chart.signature.by}" if chart.signature else "") if part),
    ]
    own = frame.location.letterhead
    width = style.WIDTH - logo_room(own)[0]
    lines: list[tuple[str, Style]] = [(frame.practice, name_style(frame.practice, width, scale.practice))]
    lines += [(line, scale.small) for text in _reach(frame.location, words) for line in wrap(text, scale.small, width)]
    lines += [(line, scale.title) for line in wrap(frame.title, scale.title, width)]
    lines += [(line, scale.heading_ink) for line in wrap(frame.patient, scale.heading_ink, width)]
    lines += [(line, scale.fact) for text in facts for line in wrap(text, scale.fact, width)]
    further = f"{frame.patient} · {words.record} {frame.record_number} · {frame.title}"
    running = [(line, scale.fact) for line in wrap(further, scale.fact, style.WIDTH)]
    return Heads(first=_head(lines, frame, own), further=_head(running, frame, Letterhead()))


def _reach(location: Location, words: SheetWords) -> list[str]:
    """Return where the clinic is and how it is reached, without what the practice has not told."""
    street = ", ".join(part for part in (location.line1, location.suite) if part)
    told = [f"{location.name} · {street}, {location.city}, {location.state} {location.zip_code}"]
    told += [f"{words.phone} {location.phone}"] if location.phone else []
    return [*told, *location.letterhead.lines]


def _head(lines: list[tuple[str, Style]], frame: Frame, letterhead: Letterhead) -> Block:
    """Return a head of these lines, with the logo at its right."""
    beside, _ = logo_room(letterhead)
    height = head_height(letterhead, sum(words.leading_pt for _, words in lines)) + 20

    def draw(paper: Paper, top: float) -> None:
        draw_marks(paper, frame, top + 18)
        draw_logo(paper, letterhead, top, left=style.RIGHT - beside + BESIDE)
        y = top
        for line, words in lines:
            paper.text(style.LEFT, y, line, words)
            y -= words.leading_pt
        accent_rule(paper, top - height + 14, style.LEFT, style.RIGHT)

    return Block(height_pt=height, draw=draw)
