"""Makes a clip whose pictures are the recording's own, but for a few at its ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media.clips.copies import apart_from_joins, digest
from annotator.media.clips.copy_plan import CopyPlan, NotCopiedError, copy_plans
from annotator.media.clips.copying import Coded, CodedFilm, coded_film
from annotator.media.clips.edges import Edge, EdgeStyle
from annotator.media.clips.effort import first_effort
from annotator.media.clips.formats import FORMATS, Format, picture_options
from annotator.media.clips.h264 import to_header
from annotator.media.clips.made import Made
from annotator.media.clips.sound_feed import (
    AHEAD,
    SoundFeed,
    cut_sound,
    sample_count,
    sound_pieces,
    sound_plan,
)
from annotator.media.clips.source import Source
from annotator.media.clips.source_frames import SourceFrames
from annotator.media.clips.verifying import Expected, glimpse, has_profile
from annotator.media.clips.wishes import CutPicture, CutWish, Form, Quality
from annotator.media.clips.writing import ClipFile, CopyingPlan, Texts, writing
from annotator.media.sound_stream import Watch

_ENCODING = 0.5
"""So much of the time goes into the pictures at the ends, the rest into writing all of them."""

_FINER = 2
"""The factor at the ends is better by so much, since they stand beside the recording's own."""

MP4_ALONE = "pictures can be copied into MP4 alone."
"""Why no other form can be made by copying."""


@dataclass(frozen=True, slots=True)
class _Ends:
    """The pictures that are encoded, and how those at the ends and at the joins look."""

    head: Edge
    tail: Edge
    looks: dict[int, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class SwiftMaker:
    """Makes one clip in a file; `threads` limits the encoder's, 0 leaves it to it."""

    source: Source
    part: Path
    watch: Watch
    threads: int

    def made(self) -> tuple[Made, int]:
        """Write the clip; tells at how many of its ticks copied pictures are shown.

        Raises NotCopiedError where it must be cut exactly, GivenUpError where it was cancelled.
        """
        frames = self._frames()
        stretch = frames.stretch
        with coded_film(frames.reader.survey.path) as film:
            plan = _plan(frames, film)
            ends = self._ends(frames, film, plan)
            made = self._written(frames, film, plan, ends)
        after = stretch.ticks[plan.end] if plan.end < len(stretch.ticks) else stretch.end
        return made, after - stretch.ticks[plan.begin]

    def _frames(self) -> SourceFrames:
        """Give the recording's frames; raises NotCopiedError where they may not be copied."""
        wish, frames = self.source.wish, self.source.frames
        if frames is None or wish.form is not Form.MP4:
            raise NotCopiedError(MP4_ALONE)
        if not isinstance(frames, SourceFrames):
            raise NotCopiedError("it is put together from several recordings.")
        _require_untouched(wish, frames)
        return frames

    def _ends(self, frames: SourceFrames, film: CodedFilm, plan: CopyPlan) -> _Ends:
        """Encode what cannot be copied."""
        count = len(frames.stretch.ticks)
        looks: dict[int, NDArray[np.float32]] = {}
        wanted = {0, plan.begin - 1, plan.end, count - 1}
        style = self._style(frames, plan)
        copied = plan.end - plan.begin

        def shown(places: Iterable[int]) -> Iterator[tuple[int, VideoFrame]]:
            for place in places:
                done = place if place < plan.begin else place - copied
                self.watch.keep_going(_ENCODING * done / (count - copied))
                picture = _picture(frames, place)
                if place in wanted:
                    looks[place] = glimpse(picture)
                yield frames.stretch.ticks[place], picture

        head = style.encoded(film, shown(range(plan.begin)))
        looks.update((one, glimpse(_picture(frames, one))) for one in (plan.begin, plan.end - 1))
        # so that what is shown last is decoded last, whose length alone a file can tell
        at_once = replace(style, delay=0, number=1)
        tail = at_once.encoded(film, shown(range(plan.end, count)))
        return _Ends(head, tail, looks)

    def _style(self, frames: SourceFrames, plan: CopyPlan) -> EdgeStyle:
        form = FORMATS[Form.MP4]
        code, rate = form.picture, self.source.frame_rate
        if code is None:
            raise ValueError("an MP4 film has a picture")
        options = picture_options(code, code.factors[Quality.GOOD] - _FINER, float(rate))
        return EdgeStyle(frames.stretch.base, rate, options, plan.delay, self.threads)

    def _written(self, frames: SourceFrames, film: CodedFilm, plan: CopyPlan, ends: _Ends) -> Made:
        source, form, stretch = self.source, FORMATS[Form.MP4], frames.stretch
        sound = sound_plan(source, form, self._sound_bits(form))
        copied: list[tuple[bool, bytes]] = []
        turn = frames.reader.orientation
        copying = CopyingPlan(film.stream, _header(film, ends), stretch.base, turn)
        texts = Texts(source.wish.subtitles)
        with writing(self.part, form, copying, sound, self.threads, texts) as file:
            feed = SoundFeed(file, sound_pieces(source, sound))
            self._write_pictures(
                file, frames, _in_order(frames, film, plan, ends, copied), plan.delay, feed
            )
            for _ in feed.rest(sample_count(source, sound)):
                self.watch.keep_going(1.0)
        count, heard = len(stretch.ticks), cut_sound(source, sound)
        width, height = frames.first.width, frames.first.height
        picture = CutPicture(width, height, count, stretch.first, stretch.last)
        expected = Expected(
            stretch.ticks,
            stretch.end,
            stretch.base,
            ends.looks[0],
            ends.looks[count - 1],
            heard.rate if heard else 0,
            heard.samples if heard else 0,
            source.wish.subtitles,
            tuple(ends.looks.items()),
            apart_from_joins(plan.begin, copied),
            turn,
        )
        size = self.part.stat().st_size
        return Made(picture, heard, expected, size, file.picture_bytes)

    def _write_pictures(
        self,
        file: ClipFile,
        frames: SourceFrames,
        pictures: Iterable[tuple[int, Coded]],
        delay: int,
        feed: SoundFeed,
    ) -> None:
        stretch = frames.stretch
        count = len(stretch.ticks)
        step = stretch.duration(0)
        places = {tick: place for place, tick in enumerate(stretch.ticks)}
        for number, (tick, picture) in enumerate(pictures):
            self.watch.keep_going(_ENCODING + (1 - _ENCODING) * number / count)
            decoded = stretch.ticks[number - delay] if number >= delay else (number - delay) * step
            feed.give_until(max(decoded, 0) * stretch.base + AHEAD)
            file.add_coded(picture, tick, decoded, stretch.duration(places[tick]))

    def _sound_bits(self, form: Format) -> int:
        channels = self.source.sound.channels if self.source.sound else 0
        wish = self.source.wish
        return first_effort(form, wish.size, wish.length, channels).sound_bits


def _require_untouched(wish: CutWish, frames: SourceFrames) -> None:
    """See to it that nothing is asked for that copied pictures cannot have."""
    if wish.changes.pictures is not None or wish.changes.overlay is not None:
        raise NotCopiedError("its pictures are masked, or words are laid over them.")
    if has_profile(frames.first.picture):
        raise NotCopiedError("the film has a colour profile, which may tell names.")
    size = wish.size
    is_lower = size.most_height is not None and frames.first.height > size.most_height
    if size.most_bytes is not None or is_lower or size.quality is Quality.SMALL:
        raise NotCopiedError("it is to be made smaller.")
    if frames.reader.index.by_dts:
        raise NotCopiedError("the film does not tell when its pictures are shown.")


def _plan(frames: SourceFrames, film: CodedFilm) -> CopyPlan:
    """Choose what is copied."""
    if frames.reader.survey.video is not None:
        for plan in copy_plans(frames.reader.survey.video, frames.reader.index, frames.stretch):
            if film.begins_anew(plan):
                return plan
    raise NotCopiedError("the film has too few pictures there that lean on none before them.")


def _picture(frames: SourceFrames, place: int) -> VideoFrame:
    frame = frames.whole(frames.stretch.first + place)
    if frame is None:
        raise NotCopiedError("the film is damaged there.")
    return frame.picture


def _header(film: CodedFilm, ends: _Ends) -> bytes:
    """Put the parameter sets of all pictures into one header."""
    sets = [film.sets, *(edge.sets for edge in (ends.head, ends.tail) if edge.sets)]
    sequence = dict.fromkeys(chain.from_iterable(one.sequence for one in sets))
    picture = dict.fromkeys(chain.from_iterable(one.picture for one in sets))
    try:
        return to_header(tuple(sequence), tuple(picture))
    except ValueError as error:
        raise NotCopiedError("the ends could not be encoded as the film is.") from error


def _in_order(
    frames: SourceFrames,
    film: CodedFilm,
    plan: CopyPlan,
    ends: _Ends,
    copied: list[tuple[bool, bytes]],
) -> Iterator[tuple[int, Coded]]:
    """Yield all pictures with their ticks, in the order in which they are decoded.

    Puts down of those that are copied whether they lean on none before, and their digests.
    """
    stretch, index = frames.stretch, frames.reader.index
    yield from ends.head.pictures
    keys = tuple(index.keys[stretch.first + place] for place in plan.places)
    for place, picture in zip(plan.places, film.pictures(plan, keys), strict=True):
        copied.append((picture.begins_anew, digest(picture.data)))
        yield stretch.ticks[place], picture
    yield from ends.tail.pictures
