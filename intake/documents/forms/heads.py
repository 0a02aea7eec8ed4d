"""The heads of the form's pages: whose form it is and what it is; on an empty one a line for the name on every sheet."""

from __future__ import annotations

from datetime import datetime

from intake.documents import style
from intake.documents.forms.form_words import BODY, FOOT, REACH, STRONG, TITLE, WORDS, FormWords
from intake.documents.frame import Frame, Heads, draw_marks
from intake.documents.letterhead import draw_logo, logo_room, name_style
from intake.documents.paper import Block, Paper, accent_rule
from intake.documents.text import Style, width_of, wrap
from intake.documents.words import Language, date_words, moment_in
from intake.domain.practice import Location, Practice
from intake.domain.records import PatientRecord
from intake.domain.text import Text

TITLE_WIDTH = 300.0


def form_frame(  # noqa: PLR0913 - keywords only
    *,
    title: Text,
    form_id: str,
    keywords: str,
    record: PatientRecord | None,
    practice: Practice,
    location: Location,
    language: Language,
    training: bool,
    printed_at: datetime,
) -> Frame:
    """Return what every page of the form says of itself."""
    words = WORDS[language]
    version = form_id.rpartition(" ")[0].replace(" ", " · ")
    dob = record.patient.dob if record else None
    return Frame(
        practice=practice.name,
        location=location,
        title=title.in_language(language),
        subtitle=words.language,
        patient=record.patient.full_name() if record else "",
        person="",
        record_number=record.number if record else "",
        visit_number="",
        dob=date_words(dob, language) if dob else "",
        printed=moment_in(printed_at.astimezone(practice.zone()), language),
        training=training,
        notes=(f"{words.form} {version} · {words.language}",),
        foot=FOOT,
        keywords=keywords,
        language=language,
    )


def form_heads(frame: Frame, *, by_hand: bool) -> Heads:
    """Return the heads of the first and of every further page; ``by_hand`` asks for the name on every sheet of an empty form."""
    words = WORDS[frame.language]
    return Heads(first=_first(frame, words), further=_further(frame, words, by_hand=by_hand))


def _first(frame: Frame, words: FormWords) -> Block:
    place = frame.location
    street = ", ".join(part for part in (place.line1, place.suite) if part)
    told = [f"{place.name} · {street}", f"{place.city}, {place.state} {place.zip_code}"]
    reach = [line for text in told for line in wrap(text, REACH, style.WIDTH - TITLE_WIDTH)]
    reach += [f"{words.phone} {place.phone}"] if place.phone else []
    reach += [line for told_line in place.letterhead.lines for line in wrap(told_line, REACH, style.WIDTH - TITLE_WIDTH)]
    _, above = logo_room(place.letterhead)
    left = [(frame.practice, name_style(frame.practice, style.WIDTH - TITLE_WIDTH)), *((line, REACH) for line in reach)]
    right = [(frame.title, TITLE), *(_known(frame, words) or [(frame.subtitle, REACH)])]
    left_pt, right_pt = (sum(set_in.leading_pt for _, set_in in lines) for lines in (left, right))
    height = max(above + left_pt, right_pt) + 12

    def draw(paper: Paper, top: float) -> None:
        draw_marks(paper, frame, top + 18)
        draw_logo(paper, place.letterhead, top)
        below = top - above
        for line, set_in in left:
            paper.text(style.LEFT, below, line, set_in)
            below -= set_in.leading_pt
        below = top
        for line, set_in in right:
            paper.text_right(style.RIGHT, below, line, set_in)
            below -= set_in.leading_pt
        accent_rule(paper, top - height + 6, style.LEFT, style.RIGHT)

    return Block(height_pt=height + 4, draw=draw)


def _known(frame: Frame, words: FormWords) -> list[tuple[str, Style]]:
    """Return the lines that say who a known patient is."""
    if not frame.record_number:
        return []
    facts = f"{words.record} {frame.record_number}" + (f" · {words.born} {frame.dob}" if frame.dob else "")
    return [(line, set_in) for text, set_in in ((frame.patient, STRONG), (facts, REACH)) for line in wrap(text, set_in, TITLE_WIDTH)]


def _further(frame: Frame, words: FormWords, *, by_hand: bool) -> Block:
    """Return the head of a further page: the known patient, or lines for name and birth date, so that no sheet is lost."""
    facts = f"{frame.patient} · {words.record} {frame.record_number}" if frame.record_number else ""
    known = wrap(facts, STRONG, style.WIDTH - 150) if facts else []
    height = max(len(known), 1) * STRONG.leading_pt + 13

    def draw(paper: Paper, top: float) -> None:
        draw_marks(paper, frame, top + 18)
        if known:
            paper.lines(style.LEFT, top, known, STRONG)
            paper.text_right(style.RIGHT, top, frame.title, REACH)
        elif by_hand:
            _to_write(paper, style.LEFT, top, words.name, style.LEFT + 310)
            _to_write(paper, style.LEFT + 324, top, words.born, style.RIGHT)
        else:
            paper.text(style.LEFT, top, frame.title, STRONG)
        accent_rule(paper, top - height + 7, style.LEFT, style.RIGHT)

    return Block(height_pt=height, draw=draw)


def _to_write(paper: Paper, left: float, top: float, label: str, right: float) -> None:
    paper.text(left, top, label, BODY)
    paper.rule(left + width_of(label, BODY) + 6, right, top - 13, color=style.MUTED)
