"""A recording that is open to be cut: its pictures, its sound, and how long it is."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from annotator.errors import MediaError
from annotator.media.audio import AudioReader, open_audio
from annotator.media.clips.composing import open_composed
from annotator.media.clips.composition import Composition
from annotator.media.clips.source_frames import ClipFrames, open_frames
from annotator.media.clips.source_sound import SourceSound, sound_between
from annotator.media.clips.stamps import Stamp, stamp_of
from annotator.media.clips.wishes import CutWish
from annotator.media.facts import PictureFacts, RecordingFacts, recording_facts
from annotator.media.survey import Survey, survey
from annotator.model.time import ZERO, to_clock


@dataclass(frozen=True, slots=True)
class Source:
    """A clip's recording, or several; close it, or use it in a `with`.

    `frames` or `sound` is None where the clip is to have none. `frame_rate` is how many pictures
    a second there are, on average.
    """

    wish: CutWish
    frames: ClipFrames | None
    sound: SourceSound | None
    frame_rate: Fraction
    _stamps: tuple[Stamp, ...]
    _open: ExitStack

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def require_unchanged(self) -> None:
        """See to it that the recordings are what they were; what was read may be wrong else.

        Raises FilmGoneError where one is gone or was changed.
        """
        for stamp in self._stamps:
            stamp.require_unchanged()


def open_source(wish: CutWish, known: Survey | None = None) -> Source:
    """Open what a clip is made of; `known` saves reading its one recording through.

    Raises MediaError where it cannot be opened, or the clip would reach beyond it.
    """
    if wish.end <= wish.start:
        raise MediaError("The clip would end before it begins.", "Choose a later end.")
    if wish.composition is not None:
        return _open_several(wish, wish.composition)
    return _open_one(wish, known or survey(wish.source))


def _open_several(wish: CutWish, composition: Composition) -> Source:
    stamps = tuple(stamp_of(path) for path in composition.paths)
    with ExitStack() as stack:
        composed = open_composed(wish, composition, stack)
        return Source(
            wish, composed.frames, composed.sound, composed.frame_rate, stamps, stack.pop_all()
        )


def _open_one(wish: CutWish, known: Survey) -> Source:
    stamp = stamp_of(wish.source)
    with ExitStack() as stack:
        frames = None
        if known.video is not None and wish.form.has_picture:
            frames = open_frames(known, wish.start, wish.end, stack)
        reader = _reader(wish, known)
        sound = None
        if reader is not None:
            stack.enter_context(reader)
            sound = sound_between(reader, wish.start, wish.end, wish.changes)
        if frames is None and sound is None:
            raise MediaError(f"“{wish.source.name}” has nothing that such a clip could hold.")
        picture = None if frames is None else PictureFacts(frames.reader.index, 0, 0, 0)
        facts = recording_facts(known, picture)
        _require_inside(wish, facts)
        rate = (Fraction(facts.video.rate) if facts.video else Fraction(0)) or Fraction(25)
        return Source(wish, frames, sound, rate, (stamp,), stack.pop_all())


def _reader(wish: CutWish, known: Survey) -> AudioReader | None:
    """Open the sound; None where none is wanted, or where a film has none at all."""
    is_silent = wish.track is None or not wish.form.has_sound
    if is_silent or (not known.audio and wish.form.has_picture):
        return None
    return open_audio(known.path, wish.track or 0, known)


def _require_inside(wish: CutWish, facts: RecordingFacts) -> None:
    name = wish.source.name
    if wish.start < 0 or wish.end > facts.duration:
        raise MediaError(
            f"The clip would reach from {to_clock(wish.start)} to {to_clock(wish.end)}, but"
            f" “{name}” runs from {to_clock(ZERO)}"
            f" to {to_clock(facts.duration)}.",
            "Choose a start and an end inside it.",
        )
