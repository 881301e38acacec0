"""Which stretches of a session are masked in sound: one person's voice, and names."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from annotator.model.name_words import NameWords
from annotator.model.session import Session
from annotator.model.spans import merged, union, widened
from annotator.model.tag_index import TimeIndex
from annotator.model.time import ZERO, Interval, Micros
from annotator.model.transcript import Cue, Transcript, Word
from annotator.model.words import WordPlace, words

NAME_CODES = frozenset({"name"})
"""The ids of codes whose tags mark names, unless others are given."""

_TAGGED, _INSTANT = Micros(80_000), Micros(600_000)
_TOLD, _ESTIMATED = Micros(120_000), Micros(500_000)
_POSSESSIVE = re.compile(r"['\u2019]s$")


@dataclass(frozen=True, slots=True)
class Margins:
    """By how much more is masked on either side, since nobody tags to the millisecond.

    `tagged` is for tags, `instant` reaches on both sides of a tag without length, `told` is for
    words whose times a source told, and `estimated` for those whose times are guesses.
    """

    tagged: Micros = _TAGGED
    instant: Micros = _INSTANT
    told: Micros = _TOLD
    estimated: Micros = _ESTIMATED


MARGINS = Margins()


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch in which a name is said."""

    id: str
    start: Micros
    end: Micros


@dataclass(frozen=True, slots=True)
class NamesWish:
    """What is to be covered as a name: tags of these codes, and words chosen in a transcript.

    A chosen word counts wherever it is said, unless `everywhere` is false; those in `said` always
    do. They are found as `NameWords` finds them.
    """

    codes: Collection[str] = NAME_CODES
    chosen: Collection[WordPlace] = ()
    everywhere: bool = True
    margins: Margins = MARGINS
    said: Collection[str] = ()


def name_spans(
    session: Session, clip: Interval, wish: NamesWish, transcript: Transcript | None = None
) -> tuple[Interval, ...]:
    """Give the stretches of a clip in which names are said, merged, in order.

    They are on the session's clock. Tags of every coding pass count, since what one coder heard
    is a name whoever else codes. A chosen word that is no longer there is passed over.
    """
    margins = wish.margins
    spans = [widened(span, margins.tagged) for span in _tagged(session, wish)]
    for word in chosen_words(transcript, wish):
        margin = margins.estimated if word.estimated else margins.told
        spans.append(widened(Interval(word.start, word.end), margin))
    return merged(spans, clip)


def chosen_words(transcript: Transcript | None, wish: NamesWish) -> tuple[Word, ...]:
    """Give the words of a transcript that count as names because they were chosen, in order."""
    return () if transcript is None else tuple(_chosen(transcript, wish).values())


def masked_words(session: Session, transcript: Transcript, wish: NamesWish) -> frozenset[WordPlace]:
    """Tell which words of a transcript may not be written: the chosen ones, and those under tags.

    A word whose time is a guess counts as tagged from a margin away.
    """
    tagged = union(_tagged(session, wish))
    index = TimeIndex(_Named(str(at), one.start, one.end) for at, one in enumerate(tagged))
    found = set(_chosen(transcript, wish))
    for place, word in _places(transcript.cues):
        margin = wish.margins.estimated if word.estimated else ZERO
        near = widened(Interval(word.start, word.end), margin)
        if next(index.overlapping(near), None) is not None:
            found.add(place)
    return frozenset(found)


def bare(text: str) -> str:
    """Give a word as it is compared: small letters, no marks around it, no possessive."""
    letters = [at for at, letter in enumerate(text) if letter.isalnum()]
    inner = text[letters[0] : letters[-1] + 1] if letters else text
    return _POSSESSIVE.sub("", inner.casefold())


def voice_spans(
    session: Session, clip: Interval, participant: str, margin: Micros = MARGINS.tagged
) -> tuple[Interval, ...]:
    """Give the stretches of a clip in which a participant speaks, as far as is known.

    They come from tags and from cues of transcripts that are assigned to that participant; what
    neither covers is not found. Merged, in order, on the session's clock.
    """
    tags = (tag for one in session.passes for tag in one.tags if tag.participant == participant)
    cues = (cue for one in session.transcripts for cue in one.cues)
    own = [tag.interval for tag in tags if not tag.is_instant]
    own += [cue.interval for cue in cues if cue.participant == participant]
    return merged((widened(span, margin) for span in own), clip)


def _tagged(session: Session, wish: NamesWish) -> list[Interval]:
    """Give the stretches tagged as names; around a moment lies as much as the margin tells."""
    tags = (tag for one in session.passes for tag in one.tags if tag.code in wish.codes)
    instant = wish.margins.instant
    return [widened(tag.interval, instant) if tag.is_instant else tag.interval for tag in tags]


def _chosen(transcript: Transcript, wish: NamesWish) -> dict[WordPlace, Word]:
    """Give the words that were chosen and, where wished, those that are the same."""
    if not wish.chosen and not wish.said:
        return {}
    chosen, said = frozenset(wish.chosen), dict(_places(transcript.cues))
    same = [bare(said[place].text) for place in chosen if place in said and wish.everywhere]
    names = NameWords.of([*same, *(word for name in wish.said for word in name.split())])
    return {
        place: word for place, word in said.items() if place in chosen or names.stand_in(word.text)
    }


def _places(cues: Iterable[Cue]) -> Iterator[tuple[WordPlace, Word]]:
    for cue in cues:
        for number, word in enumerate(words(cue)):
            yield WordPlace(cue.id, number), word
