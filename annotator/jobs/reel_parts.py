"""Lays a reel out: which cards stand around each clip, and where it stops for a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from annotator.jobs.clip_words import names_of
from annotator.media.clips.chapters import Chapter
from annotator.media.clips.reel_wishes import Still
from annotator.media.lettering.cards import CardKind, CardText
from annotator.media.lettering.letters import tidied
from annotator.media.lettering.words import Words
from annotator.model import ZERO, Interval, Micros, Session
from annotator.model.captions import Caption
from annotator.model.clip import Clip
from annotator.model.clipping import Stretch
from annotator.model.time import SECOND

_LETTERS_A_SECOND = 13
"""A card stays so long that it can be read in peace, and thought about a little."""

_SHORTEST_LEG = Micros(SECOND // 10)
"""A pause nearer to a clip's end, or to another pause, is moved there."""

_PAUSE = "Pause"
_CARD_TIME, _PAUSE_TIME = Micros(4 * SECOND), Micros(10 * SECOND)


class Cards(StrEnum):
    """What a reel shows beside its clips."""

    TITLES = "titles"
    WARNINGS = "warnings"
    QUESTIONS = "questions"
    PAUSES = "pauses"
    CHAPTERS = "chapters"


@dataclass(frozen=True, slots=True)
class CardTimes:
    """How long a card is shown at least, and for how long the picture stands at a pause."""

    card: Micros = _CARD_TIME
    pause: Micros = _PAUSE_TIME


@dataclass(frozen=True, slots=True)
class Leg:
    """A part of a clip, from one stop to the next, on the session's clock.

    Before it moves its first picture stands, with what is asked over it.
    """

    span: Interval
    stands: Micros = ZERO
    asked: str = ""


@dataclass(frozen=True, slots=True)
class ClipLayout:
    """One clip of a reel with what is shown before and after it; `starts` at a time of the reel."""

    stretch: Stretch
    starts: Micros
    before: tuple[Still, ...]
    legs: tuple[Leg, ...]
    after: tuple[Still, ...]

    @property
    def length(self) -> Micros:
        """How long all of it is."""
        stills = sum(one.length for one in (*self.before, *self.after))
        return Micros(stills + sum(leg.stands + leg.span.length for leg in self.legs))

    @property
    def moves(self) -> tuple[tuple[Micros, Leg], ...]:
        """Where in the reel each leg begins to move."""
        at = self.starts + sum(one.length for one in self.before)
        found = []
        for leg in self.legs:
            at += leg.stands
            found.append((Micros(at), leg))
            at += leg.span.length
        return tuple(found)


def lay_out(
    session: Session, stretches: Sequence[Stretch], cards: frozenset[Cards], times: CardTimes
) -> tuple[ClipLayout, ...]:
    """Lay out a reel of stretches, in their order.

    Raises UndrawableError where a text is longer than a picture can hold.
    """
    found: list[ClipLayout] = []
    at = ZERO
    for number, stretch in enumerate(stretches, 1):
        clip = stretch.clip or Clip("", stretch.interval.start, stretch.interval.end)
        label = f"{number} of {len(stretches)}" if len(stretches) > 1 else ""
        title = tidied(clip.title) or ", ".join(names_of(session, stretch.tags))
        before = _before(clip, title or f"Clip {number}", label, cards)
        legs = tuple(_legs(stretch.interval, clip if Cards.PAUSES in cards else None, times.pause))
        after = _after(clip, label, cards)
        found.append(ClipLayout(stretch, at, _timed(before, times), legs, _timed(after, times)))
        at = Micros(at + found[-1].length)
    return tuple(found)


def _before(clip: Clip, title: str, label: str, cards: frozenset[Cards]) -> Iterator[CardText]:
    if Cards.TITLES in cards:
        yield CardText(CardKind.TITLE, title, label, tidied(clip.aim))
    if Cards.WARNINGS in cards and (warning := tidied(clip.warning)):
        yield CardText(CardKind.WARNING, warning, label)
    if Cards.QUESTIONS in cards and (question := tidied(clip.question_before)):
        yield CardText(CardKind.BEFORE, question, label)


def _after(clip: Clip, label: str, cards: frozenset[Cards]) -> Iterator[CardText]:
    if Cards.QUESTIONS in cards and (question := tidied(clip.question_after)):
        yield CardText(CardKind.AFTER, question, label)


def _timed(cards: Iterator[CardText], times: CardTimes) -> tuple[Still, ...]:
    return tuple(
        Still(one, max(times.card, _reading(one.text + one.below + one.number))) for one in cards
    )


def _reading(text: str) -> Micros:
    """Tell how long it takes to read a text, in whole seconds."""
    return Micros(-(-len(text) // _LETTERS_A_SECOND) * SECOND)


def _legs(span: Interval, clip: Clip | None, pause: Micros) -> Iterator[Leg]:
    """Part a clip where it stops."""
    asked: dict[Micros, list[str]] = {}
    before = span.start
    for stop in clip.stops if clip is not None else ():
        if not span.start <= stop.time < span.end:
            continue
        at = min(stop.time, Micros(span.end - _SHORTEST_LEG))
        at = before if at - before < _SHORTEST_LEG else at
        asked.setdefault(at, []).append(tidied(stop.question))
        before = at
    starts = sorted({span.start, *asked})
    for start, end in zip(starts, [*starts[1:], span.end], strict=True):
        if start not in asked:
            yield Leg(Interval(start, end))
            continue
        told = "\n".join(filter(None, asked[start])) or _PAUSE
        yield Leg(Interval(start, end), max(pause, _reading(told)), told)


def chapters_of(layouts: Sequence[ClipLayout], cards: frozenset[Cards]) -> tuple[Chapter, ...]:
    """Let each clip of several begin a chapter, called as its title card is, or by its number."""
    if Cards.CHAPTERS not in cards or len(layouts) == 1:
        return ()
    return tuple(
        Chapter(one.starts, _title_shown(one) or f"Clip {number}")
        for number, one in enumerate(layouts, 1)
    )


def _title_shown(layout: ClipLayout) -> str:
    titles = (still.card.text for still in layout.before if still.card.kind is CardKind.TITLE)
    return " ".join(next(titles, "").split())


def words_in(words: Sequence[Words], span: Interval, leg: Leg) -> tuple[Words, ...]:
    """Take what lies over a leg out of what lies over its clip, counted from where it moves."""
    first, last = leg.span.start - span.start, leg.span.end - span.start
    return tuple(
        replace(
            one, start=Micros(max(one.start, first) - first), end=Micros(min(one.end, last) - first)
        )
        for one in words
        if one.start < last and one.end > first
    )


def captions_in_reel(layout: ClipLayout, captions: Sequence[Caption]) -> Iterator[Caption]:
    """Yield a clip's captions, counted from its start, as they come in the reel."""
    begin = layout.stretch.interval.start
    for at, leg in layout.moves:
        first, last = leg.span.start - begin, leg.span.end - begin
        for one in captions:
            start, end = max(one.start, first), min(one.end, last)
            if start < end:
                yield replace(one, start=Micros(at + start - first), end=Micros(at + end - first))
