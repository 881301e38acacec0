"""When each word of a transcript was said: as the source told it, else estimated by length."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import accumulate

from annotator.errors import EditError
from annotator.model.time import Interval, Micros
from annotator.model.transcript import Cue, Transcript, Word, tidy

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class WordPlace:
    """A word of a transcript: the id of its cue, and its number in the cue, from 0."""

    cue: str
    word: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Words that were selected, cue by cue in the transcript's order.

    `participant` is who said all of it, empty where that is not one and the same.
    """

    words: tuple[Word, ...]
    participant: str

    @property
    def interval(self) -> Interval:
        """The stretch of time that the words take up."""
        return interval_of(self.words)

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def is_estimated(self) -> bool:
        """Whether the start of the first or the last word is a guess by its length."""
        return self.words[0].estimated or self.words[-1].estimated


def words(cue: Cue) -> tuple[Word, ...]:
    """Give the words of a cue with their times, marked `estimated` where the source told none."""
    texts = cue.text.split()
    if [word.text for word in cue.words] == texts:
        return cue.words
    return spread(texts, cue.interval)


def spread(texts: Sequence[str], stretch: Interval) -> tuple[Word, ...]:
    """Share a stretch of time out among words by the number of their letters.

    One ends where the next begins, and the last with the stretch.
    """
    ends = list(accumulate((len(text) + 1 for text in texts), initial=0))
    whole = ends[-1]
    times = [Micros(stretch.start + stretch.length * end // whole) for end in ends if whole]
    return tuple(
        Word(text, start, end, estimated=True)
        for text, start, end in zip(texts, times, times[1:], strict=False)
    )


def interval_of(chosen: Sequence[Word]) -> Interval:
    """Give the stretch of time from the first to the last moment of words.

    Raises EditError where there are none.
    """
    if not chosen:
        raise EditError("No words are selected.", "Select some in the transcript.")
    return Interval(min(word.start for word in chosen), max(word.end for word in chosen))


def selected(transcript: Transcript, one: WordPlace, other: WordPlace) -> Selection:
    """Give the words from one place to another, both included, whichever comes first.

    Raises EditError where there are no such words.
    """
    numbers = {cue.id: number for number, cue in enumerate(transcript.cues)}
    if one.cue not in numbers or other.cue not in numbers:
        raise EditError("What is selected is no longer in the transcript.", "Select it again.")
    first, last = sorted((numbers[place.cue], place.word) for place in (one, other))
    chosen: list[Word] = []
    people: set[str] = set()
    for number in range(first[0], last[0] + 1):
        cue = transcript.cues[number]
        begin = first[1] if number == first[0] else 0
        here = words(cue)[begin : last[1] + 1 if number == last[0] else None]
        chosen += here
        people |= {cue.participant} if here else set()
    interval_of(chosen)
    return Selection(tuple(chosen), people.pop() if len(people) == 1 else "")


def word_spans(text: str) -> list[tuple[int, int]]:
    """Give where each word of a text begins and ends, in letters from its start."""
    return [match.span() for match in _WORD.finditer(text)]


def word_at(text: str, letter: int) -> int | None:
    """Give the number of the word in which a letter stands, or of the next one after it.

    After the last word it is the last; None where there are no words.
    """
    spans = word_spans(text)
    later = (number for number, (_, end) in enumerate(spans) if letter < end)
    return next(later, len(spans) - 1 if spans else None)


def reworded(cue: Cue, text: str) -> Cue:
    """Give a cue another text; words that stay keep the times that a source told."""
    text = tidy(text)
    old = cue.words if words(cue) is cue.words else ()
    if not old:
        return replace(cue, text=text, words=())
    texts = text.split()
    kept: list[Word | None] = [None] * len(texts)
    before = [word.text for word in old]
    for block in SequenceMatcher(None, before, texts, autojunk=False).get_matching_blocks():
        kept[block.b : block.b + block.size] = old[block.a : block.a + block.size]
    return replace(cue, text=text, words=_filled(texts, kept, cue.interval))


def _filled(
    texts: Sequence[str], known: Sequence[Word | None], stretch: Interval
) -> tuple[Word, ...]:
    """Estimate the words that are not known between those that are."""
    made: list[Word] = []
    while len(made) < len(known):
        here = len(made)
        word = known[here]
        if word is not None:
            made.append(word)
            continue
        after = next((n for n in range(here, len(known)) if known[n] is not None), len(known))
        next_one = known[after] if after < len(known) else None
        start = made[-1].end if made else stretch.start
        end = next_one.start if next_one is not None else stretch.end
        made += spread(texts[here:after], Interval(start, max(start, end)))
    return tuple(made)


def retimed(cue: Cue, start: Micros, end: Micros) -> Cue:
    """Move the ends of a cue: its words go along, and stay within it.

    Raises EditError where the end would lie before the start.
    """
    if end < start:
        raise EditError("A cue cannot end before it starts.", "Choose a later end.")
    shift = start - cue.start if end - start == cue.interval.length else 0
    moved = tuple(
        replace(
            word,
            start=_within(word.start + shift, start, end),
            end=_within(word.end + shift, start, end),
        )
        for word in cue.words
    )
    return replace(cue, start=start, end=end, words=moved)


def _within(moment: int, start: Micros, end: Micros) -> Micros:
    return Micros(min(max(moment, start), end))


def cut(cue: Cue, word: int, new_id: str) -> tuple[Cue, Cue]:
    """Cut a cue in two before a word; the second gets the new id and the same speaker.

    Raises EditError where nothing would be left on one side.
    """
    spans, timed = word_spans(cue.text), words(cue)
    if not 0 < word < len(spans):
        raise EditError(
            "There is nothing to cut off here.", "Place the cursor between two words of the cue."
        )
    letter, moment = spans[word][0], _within(timed[word].start, cue.start, cue.end)
    known = cue.words if timed is cue.words else ()
    first = replace(cue, end=moment, text=cue.text[:letter].rstrip(), words=known[:word])
    second = replace(
        cue, id=new_id, start=moment, text=cue.text[letter:], words=known[word:], extra={}
    )
    return retimed(first, cue.start, moment), retimed(second, moment, cue.end)


def joined(cues: Sequence[Cue]) -> Cue:
    """Make one cue of several, in order of time; it has the id of the first.

    Raises EditError where they are fewer than two, or of different speakers.
    """
    if len(cues) <= 1:
        raise EditError("Only several cues can be made one.", "Select two or more.")
    if (
        len({cue.speaker for cue in cues} - {""}) > 1
        or len({cue.participant for cue in cues} - {""}) > 1
    ):
        raise EditError("These cues are of different speakers.", "Give them one speaker first.")
    timed = any(words(cue) is cue.words for cue in cues if cue.text)
    return replace(
        cues[0],
        end=max(cue.end for cue in cues),
        text=tidy(" ".join(cue.text for cue in cues)),
        speaker=next((cue.speaker for cue in cues if cue.speaker), ""),
        participant=next((cue.participant for cue in cues if cue.participant), ""),
        words=tuple(word for cue in cues for word in words(cue)) if timed else (),
    )
