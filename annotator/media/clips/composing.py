"""Opens several recordings for one clip: their pictures put together, their sounds mixed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from annotator.errors import MediaError
from annotator.media.audio import open_audio
from annotator.media.clips.composed_frames import ComposedFrames
from annotator.media.clips.composition import Composition, Heard, Take
from annotator.media.clips.panes import board_of
from annotator.media.clips.source_sound import SourceSound, sound_between
from annotator.media.clips.taken import Film, open_film
from annotator.media.clips.wishes import CutWish
from annotator.media.facts import recording_facts
from annotator.media.mixing import Mix, Voice
from annotator.media.survey import Survey
from annotator.model import Interval, Micros
from annotator.model.time import ZERO, to_clock

_USUAL_RATE = Fraction(25)


@dataclass(frozen=True, slots=True)
class Composed:
    """What is seen and heard in a clip of several recordings, which are open for it."""

    frames: ComposedFrames | None
    sound: SourceSound | None
    frame_rate: Fraction


def open_composed(wish: CutWish, composition: Composition, stack: ExitStack) -> Composed:
    """Open what is seen and heard in a clip whose times are of the session, until the stack closes.

    Raises MediaError where something cannot be opened, or the clip reaches beyond all of it.
    """
    known = {path: composition.survey_of(path) for path in composition.paths}
    films = _films(wish, composition, known, stack) if wish.form.has_picture else []
    mix = open_mix(composition.heard, known, stack) if wish.form.has_sound else None
    if not films and mix is None:
        raise MediaError("None of the recordings has what such a clip could hold.")
    _require_inside(wish, composition, known)
    sound = None if mix is None else sound_between(mix, wish.start, wish.end, wish.changes)
    frames = _frames(wish, composition, films) if films else None
    rate = max((film.rate for film in films), default=_USUAL_RATE) or _USUAL_RATE
    return Composed(frames, sound, rate)


def _films(
    wish: CutWish, composition: Composition, known: Mapping[Path, Survey], stack: ExitStack
) -> list[Film]:
    changes = wish.changes.takes or (None,) * len(composition.takes)
    return [
        open_film(take, change, known[take.path], (wish.start, wish.end), stack)
        for take, change in zip(composition.takes, changes, strict=True)
        if known[take.path].video is not None  # else there is sound alone, as of one recording
    ]


def open_mix(heard: Sequence[Heard], known: Mapping[Path, Survey], stack: ExitStack) -> Mix | None:
    """Open every track that is heard, as one; None where nothing is to be heard.

    `known` saves reading recordings through; what is opened is closed with the stack. Raises
    MediaError where there is no such track.
    """
    voices = [
        Voice(
            stack.enter_context(open_audio(one.path, one.track, known.get(one.path))),
            one.offset,
            one.gain,
        )
        for one in heard
    ]
    return Mix(voices) if voices else None


def _frames(wish: CutWish, composition: Composition, films: list[Film]) -> ComposedFrames:
    board = board_of(composition.layout, [film.size for film in films], composition.inset)
    return ComposedFrames(tuple(films), board, wish.start, wish.end)


def _require_inside(wish: CutWish, composition: Composition, known: Mapping[Path, Survey]) -> None:
    """See to it that something was recorded at both ends of the clip and nothing lies beyond.

    All that a recording holds counts, as it does where there is one: its picture in a clip of
    sound alone as well.
    """
    parts: tuple[Take | Heard, ...] = (*composition.takes, *composition.heard)
    spans = [_span(one, known[one.path]) for one in parts]
    start, end = min(span.start for span in spans), max(span.end for span in spans)
    if wish.start < start or wish.end > end:
        raise MediaError(
            f"The clip would reach from {to_clock(wish.start)} to {to_clock(wish.end)}, but what"
            f" was chosen for it runs from {to_clock(max(start, ZERO))} to {to_clock(end)}.",
            "Choose a start and an end inside it, or other recordings.",
        )


def _span(one: Take | Heard, known: Survey) -> Interval:
    return Interval(one.offset, Micros(one.offset + recording_facts(known, None).duration))
