"""Encodes a reel into a file: all its pictures, and all its sound at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from annotator.media.clips.effort import Attempt, Effort, pressed
from annotator.media.clips.formats import FORMATS, Format, picture_options
from annotator.media.clips.reel_pictures import Reeler
from annotator.media.clips.reel_plan import ReelPlan, SceneFacts, plan_reel
from annotator.media.clips.reel_sound import Known, reel_sound, sample_count
from annotator.media.clips.reel_wishes import ReelWish, Scene
from annotator.media.clips.sound_feed import AHEAD, SoundFeed
from annotator.media.clips.verifying import Expected, glimpse
from annotator.media.clips.wishes import CutPicture, CutSound
from annotator.media.clips.writing import ClipFile, PicturePlan, SoundPlan, writing
from annotator.media.sound_stream import Watch


@dataclass(frozen=True, slots=True)
class MadeReel:
    """A reel that was written but not looked at yet."""

    picture: CutPicture
    sound: CutSound | None
    expected: Expected


@dataclass(slots=True)
class ReelMaker:
    """Makes a reel in a file; `facts` are those of its clips, in order.

    `threads` limits the encoder's, 0 leaves it to it.
    """

    wish: ReelWish
    facts: Sequence[SceneFacts]
    known: Known
    part: Path
    watch: Watch
    threads: int
    made: MadeReel | None = None

    def smallest(self) -> MadeReel:
        """Write the reel, once more as long as it is larger than it may be.

        Raises MediaError where it cannot be made so small, GivenUpError where it was cancelled.
        """
        form = FORMATS[self.wish.form]
        channels = max(one.channels for one in self.facts)
        pressed(
            form,
            self.wish.size,
            self.wish.length,
            channels,
            lambda effort: self._encoded(form, effort),
        )
        if self.made is None:
            raise ValueError("nothing was encoded")
        return self.made

    def _encoded(self, form: Format, effort: Effort) -> Attempt:
        """Write the whole file at one effort."""
        rates = [one.sound_rate for one in self.facts if one.sound_rate]
        rate = form.sound.rate_for(max(set(rates), key=rates.count)) if rates else 0
        plan = plan_reel(self.wish, self.facts, effort.most_height, rate)
        sound = SoundPlan(rate, plan.channels, effort.sound_bits) if plan.channels else None
        picture = _picture_plan(form, effort, plan)
        seen, reeler = _Seen(), Reeler(plan, self.wish.watermark)
        reeler.require_room()
        titles = self.wish.subtitles
        with writing(self.part, form, picture, sound, self.threads, titles) as file:
            self._write(file, plan, reeler, seen)
        self.made = self._made(plan, reeler, seen)
        written = self.part.stat().st_size
        return Attempt(effort, written, file.picture_bytes, plan.shape.height)

    def _write(self, file: ClipFile, plan: ReelPlan, reeler: Reeler, seen: _Seen) -> None:
        heard = [one.channels > 0 for one in self.facts]
        pieces = reel_sound(self.wish, plan, heard, self.known) if plan.channels else iter(())
        feed = SoundFeed(file, pieces)
        durations = plan.durations()
        for tick, picture, is_edge in self._pictures(plan, reeler):
            self.watch.keep_going(tick / plan.end)
            feed.give_until(tick * plan.base + AHEAD)
            seen.take(picture, tick, is_edge=is_edge)
            file.add_picture(picture, tick, durations[tick])
        for _ in feed.rest(sample_count(self.wish, plan)):
            self.watch.keep_going(1.0)

    def _pictures(self, plan: ReelPlan, reeler: Reeler) -> Iterator[tuple[int, VideoFrame, bool]]:
        """Yield each picture with its tick, and whether a part begins or ends with it."""
        for part in plan.parts:
            known = self.known(part.part) if isinstance(part.part, Scene) else None
            last = len(part.ticks) - 1
            for place, picture in reeler.pictures(part, known):
                picture.pict_type = 0
                yield part.ticks[place], picture, place in {0, part.standing, last}

    def _made(self, plan: ReelPlan, reeler: Reeler, seen: _Seen) -> MadeReel:
        shape, count = plan.shape, len(seen.ticks)
        samples = sample_count(self.wish, plan)
        return MadeReel(
            CutPicture(shape.width, shape.height, count, 0, count - 1, tuple(reeler.lost)),
            CutSound(plan.sound_rate, plan.channels, samples) if plan.channels else None,
            Expected(
                tuple(seen.ticks),
                plan.end,
                plan.base,
                seen.edges[0][1],
                None if seen.last is None else glimpse(seen.last),
                plan.sound_rate if plan.channels else 0,
                samples,
                self.wish.subtitles,
                tuple(seen.edges),
            ),
        )


def _picture_plan(form: Format, effort: Effort, plan: ReelPlan) -> PicturePlan:
    if form.picture is None:
        raise ValueError("a reel is a film")
    options = picture_options(form.picture, effort.factor, float(plan.rate))
    return PicturePlan(plan.shape, plan.base, plan.rate, plan.aspect, options)


@dataclass(slots=True)
class _Seen:
    """What went into the encoder; `edges` are pictures with which a part begins or ends."""

    ticks: list[int] = field(default_factory=list)
    edges: list[tuple[int, NDArray[np.float32]]] = field(default_factory=list)
    last: VideoFrame | None = None

    def take(self, picture: VideoFrame, tick: int, *, is_edge: bool) -> None:
        if is_edge:
            self.edges.append((len(self.ticks), glimpse(picture)))
        self.ticks.append(tick)
        self.last = picture
