"""Encodes a reel into a file: all its pictures, and all its sound at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from av.video.frame import VideoFrame

from annotator.media.ahead import ahead
from annotator.media.clips.chapters import Chapters
from annotator.media.clips.effort import Effort, pressed
from annotator.media.clips.formats import FORMATS, Format, picture_options
from annotator.media.clips.made import Made, Seen
from annotator.media.clips.reel_pictures import Reeler
from annotator.media.clips.reel_plan import ReelPlan, SceneFacts, plan_reel
from annotator.media.clips.reel_sound import Known, reel_sound, sample_count
from annotator.media.clips.reel_wishes import ReelWish, Scene
from annotator.media.clips.sound_feed import AHEAD, SoundFeed
from annotator.media.clips.verifying import Expected
from annotator.media.clips.wishes import CutPicture, CutSound
from annotator.media.clips.writing import ClipFile, PicturePlan, SoundPlan, Texts, writing
from annotator.media.sound_stream import Watch
from annotator.model import Micros


@dataclass(frozen=True, slots=True)
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

    def smallest(self) -> Made:
        """Write the reel, once more as long as it is larger than it may be.

        Raises MediaError where it cannot be made so small, GivenUpError where it was cancelled.
        """
        form = FORMATS[self.wish.form]
        channels = max(one.channels for one in self.facts)
        encode = partial(self._encoded, form)
        return pressed(form, self.wish.size, self.wish.length, channels, encode)

    def _encoded(self, form: Format, effort: Effort) -> Made:
        """Write the whole file at one effort."""
        rates = [one.sound_rate for one in self.facts if one.sound_rate]
        rate = form.sound.rate_for(max(set(rates), key=rates.count)) if rates else 0
        plan = plan_reel(self.wish, self.facts, effort.most_height, rate)
        sound = SoundPlan(rate, plan.channels, effort.sound_bits) if plan.channels else None
        picture = _picture_plan(form, effort, plan)
        seen, reeler = Seen(), Reeler(plan, self.wish.watermark)
        reeler.require_room()
        texts = Texts(self.wish.subtitles, self._chapters(plan))
        with writing(self.part, form, picture, sound, self.threads, texts) as file:
            self._write(file, plan, reeler, seen)
        return self._made(plan, reeler.lost, seen, file.picture_bytes)

    def _write(self, file: ClipFile, plan: ReelPlan, reeler: Reeler, seen: Seen) -> None:
        heard = [one.channels > 0 for one in self.facts]
        pieces = reel_sound(self.wish, plan, heard, self.known) if plan.channels else iter(())
        feed = SoundFeed(file, pieces)
        durations = plan.durations()
        with ahead(self._pictures(plan, reeler)) as pictures:
            for tick, picture, is_edge in pictures:
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

    def _chapters(self, plan: ReelPlan) -> Chapters:
        return Chapters.on_clock(self.wish.chapters, plan.end, plan.base)

    def _made(self, plan: ReelPlan, lost: Sequence[Micros], seen: Seen, picture_bytes: int) -> Made:
        shape, count = plan.shape, len(seen.ticks)
        samples = sample_count(self.wish, plan)
        return Made(
            CutPicture(shape.width, shape.height, count, 0, count - 1, tuple(lost)),
            CutSound(plan.sound_rate, plan.channels, samples) if plan.channels else None,
            Expected(
                tuple(seen.ticks),
                plan.end,
                plan.base,
                seen.first,
                seen.last,
                plan.sound_rate if plan.channels else 0,
                samples,
                self.wish.subtitles,
                tuple(seen.looks),
                chapters=self._chapters(plan),
            ),
            self.part.stat().st_size,
            picture_bytes,
        )


def _picture_plan(form: Format, effort: Effort, plan: ReelPlan) -> PicturePlan:
    if form.picture is None:
        raise ValueError("a reel is a film")
    options = picture_options(form.picture, effort.factor, float(plan.rate))
    return PicturePlan(plan.shape, plan.base, plan.rate, plan.aspect, options)
