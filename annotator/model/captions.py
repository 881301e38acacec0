"""Captions of a clip, from the transcript and the tags, without the names in them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from annotator.model.caption_lines import Said, in_captions, laid_out, width
from annotator.model.caption_speakers import Speakers
from annotator.model.session import ExcludedSpan, Session
from annotator.model.sound_masks import (
    MARGINS,
    NamesWish,
    masked_words,
)
from annotator.model.spans import merged, widened, without
from annotator.model.time import SECOND, ZERO, Interval, Micros
from annotator.model.transcript import Cue, Transcript, Word
from annotator.model.words import WordPlace, words

NAME = "[name]"
"""What stands in a caption in place of names."""

SILENCE_CODES = frozenset({"silence"})
LETTERS_A_SECOND = 17
_SHORTEST = SECOND
_THREE_SECONDS = Micros(3 * SECOND)
_MARKS = ".,;:!?…"


@dataclass(frozen=True, slots=True)
class Caption:
    """What is read from `start` up to, not including, `end`, counted from the clip's first frame.

    `text` has one line or two; `speaker` is a role such as "Therapist", empty where not known and
    for silence.
    """

    start: Micros
    end: Micros
    text: str
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class CaptionWish:
    """What captions are to hold.

    `names` tells what is written as `NAME`. Tags of `silence_codes`, and pauses between what is
    said, are written where they last `silence_minimum` inside the clip; None writes none.
    """

    names: NamesWish = field(default_factory=NamesWish)
    silence_codes: Collection[str] = SILENCE_CODES
    silence_minimum: Micros | None = _THREE_SECONDS


def captions_of(
    session: Session,
    clip: Interval,
    transcript: Transcript | None = None,
    wish: CaptionWish | None = None,
) -> tuple[Caption, ...]:
    """Make the captions of a clip of a session, in order and none over another.

    A word belongs to the clip where its middle lies in it; one that may have been said in an
    excluded stretch beside the clip is left out. One person's long speech becomes
    several captions; where two speak at once each waits for the other. A caption stays until it
    can be read, as far as the next one and the clip's end allow.
    """
    wish = wish or CaptionWish()
    transcript = transcript or Transcript("")
    people = Speakers.of(session, transcript)
    masked = masked_words(session, transcript, wish.names) | people.named_in(transcript)
    near = [span for one in session.excluded if not (span := _whole(one)).overlaps(clip)]
    found = [
        made
        for cue in transcript.cues
        for made in _spoken(cue, _Shown(clip, near, masked), people.role_of(cue))
    ]
    found += _silent(session, clip, transcript, wish)
    return _apart(sorted(found, key=lambda one: (one.start, one.end)), clip)


def _whole(span: ExcludedSpan) -> Interval:
    return Interval(min(span.start, span.end), max(span.start, span.end))


@dataclass(frozen=True, slots=True)
class _Shown:
    """Which words are written: those of a clip, of which the masked ones are names.

    `excluded` are stretches of which nothing may be shown.
    """

    clip: Interval
    excluded: Sequence[Interval]
    masked: Collection[WordPlace]

    def has(self, word: Word) -> bool:
        """Tell whether a word belongs to the clip, and surely to nothing excluded."""
        middle = Micros((word.start + word.end) // 2)
        margin = MARGINS.estimated if word.estimated else ZERO
        span = widened(Interval(word.start, word.end), margin)
        return self.clip.contains(middle) and not any(map(span.overlaps, self.excluded))


def _spoken(cue: Cue, shown: _Shown, speaker: str) -> Iterator[Caption]:
    """Yield what of a cue is said in a clip, on the session's clock."""
    clip = shown.clip
    said: list[Said] = []
    was_name = False
    for number, word in enumerate(words(cue)):
        if not shown.has(word):
            continue
        is_name = WordPlace(cue.id, number) in shown.masked
        text = NAME + _marks_after(word.text) if is_name else word.text
        start = said.pop().start if is_name and was_name else word.start
        said.append(Said(text, start, word.end))
        was_name = is_name
    for part in in_captions(said):
        text = laid_out(part)
        start = max(part[0].start, clip.start)
        last = max(word.end for word in part)
        needed = max(_SHORTEST, width(text) * SECOND // LETTERS_A_SECOND)
        yield Caption(Micros(start), Micros(max(last, start + needed)), text, speaker)


def _marks_after(text: str) -> str:
    """Give the punctuation at the end of a word."""
    return text[len(text.rstrip(_MARKS)) :]


def _silent(
    session: Session, clip: Interval, transcript: Transcript, wish: CaptionWish
) -> Iterator[Caption]:
    """Yield the silences of a clip: those tagged, and those between what people say."""
    if wish.silence_minimum is None:
        return
    tags = (tag for one in session.passes for tag in one.tags if tag.code in wish.silence_codes)
    tagged = merged((tag.interval for tag in tags), clip)
    for quiet in _quiet(clip, transcript):
        inside = merged(tagged, quiet.span)
        for span in inside or ((quiet.span,) if quiet.is_between else ()):
            if span.length >= wish.silence_minimum:
                seconds = (span.length + SECOND // 2) // SECOND
                yield Caption(span.start, span.end, f"[silence {seconds} s]")


@dataclass(frozen=True, slots=True)
class _Quiet:
    """Where no cue is; `is_between` tells that there are cues both before and after."""

    span: Interval
    is_between: bool


def _quiet(clip: Interval, transcript: Transcript) -> Iterator[_Quiet]:
    """Yield where in a clip no cue is."""
    cues = transcript.cues
    first = min((cue.start for cue in cues), default=clip.end)
    last = max((cue.end for cue in cues), default=clip.start)
    for span in without([clip], (cue.interval for cue in cues)):
        yield _Quiet(span, is_between=first < span.end <= last and first <= span.start)


def _apart(found: Sequence[Caption], clip: Interval) -> tuple[Caption, ...]:
    """Give captions that follow each other within a clip, on its own clock.

    Each begins when it is said, or as soon as those before have been up for a second; where
    there are more than the clip has seconds, for an equal share.
    """
    if not found or not clip.length:
        return ()
    least = max(min(_SHORTEST, clip.length // len(found)), 1)
    starts: list[int] = []
    for one in found:
        earliest = starts[-1] + least if starts else clip.start
        starts.append(max(one.start, earliest))
    for at in range(len(starts) - 1, -1, -1):
        starts[at] = min(starts[at], clip.end - (len(starts) - at) * least)
    stops = [*starts[1:], clip.end]
    return tuple(
        replace(
            one,
            start=Micros(start - clip.start),
            end=Micros(min(max(one.end, start + least), stop) - clip.start),
        )
        for one, start, stop in zip(found, starts, stops, strict=True)
    )
