"""Encodes the pictures and the sound of a clip into a file, as often as its size asks for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

from annotator.errors import MediaError
from annotator.media.ahead import ahead
from annotator.media.clips.effort import Effort, pressed, too_large
from annotator.media.clips.finishing import Finisher
from annotator.media.clips.formats import FORMATS, Format, picture_options
from annotator.media.clips.made import Made, Seen
from annotator.media.clips.shaping import Shape
from annotator.media.clips.sound_feed import (
    AHEAD,
    SoundFeed,
    cut_sound,
    sample_count,
    sound_pieces,
    sound_plan,
)
from annotator.media.clips.source import Source
from annotator.media.clips.source_frames import ClipFrames
from annotator.media.clips.verifying import Expected
from annotator.media.clips.wav import wav_bytes, write_wav
from annotator.media.clips.wishes import CutPicture
from annotator.media.clips.writing import ClipFile, PicturePlan, SoundPlan, Texts, writing
from annotator.media.segment import to_pcm
from annotator.media.sound_stream import Watch


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes one clip in a file; `threads` limits the encoder's, 0 leaves it to it."""

    source: Source
    part: Path
    watch: Watch
    threads: int

    def smallest(self) -> Made:
        """Write the clip, once more as long as it is larger than it may be.

        Raises MediaError where it cannot be made so small, GivenUpError where it was cancelled.
        """
        wish = self.source.wish
        form = FORMATS.get(wish.form)
        if form is None:
            return self._plain()
        channels = self.source.sound.channels if self.source.sound else 0
        encode = partial(self._encoded, form)
        return pressed(form, wish.size, wish.length, channels, encode)

    def _encoded(self, form: Format, effort: Effort) -> Made:
        """Write the whole file at one effort."""
        frames, changes = self.source.frames, self.source.wish.changes
        finisher = Finisher.of(frames, changes, effort.most_height) if frames else None
        shape = finisher.shape if finisher else None
        sound = sound_plan(self.source, form, effort.sound_bits)
        picture = self._picture_plan(form, effort, shape)
        texts = Texts(self.source.wish.subtitles)
        with writing(self.part, form, picture, sound, self.threads, texts) as file:
            feed = SoundFeed(file, sound_pieces(self.source, sound))
            seen = Seen()
            if frames is not None and finisher is not None:
                self._write_pictures(file, frames, finisher, feed, seen)
            for share in feed.rest(sample_count(self.source, sound)):
                self.watch.keep_going(share if shape is None else 1.0)
        return self._made(shape, sound, seen, file.picture_bytes)

    def _write_pictures(
        self, file: ClipFile, frames: ClipFrames, finisher: Finisher, feed: SoundFeed, seen: Seen
    ) -> None:
        stretch = frames.stretch
        with ahead((at, finisher.finished(at, one)) for at, one in frames.pairs()) as pictures:
            for place, picture in pictures:
                self.watch.keep_going(place / len(stretch.ticks))
                tick = stretch.ticks[place]
                feed.give_until(tick * stretch.base + AHEAD)
                seen.take(picture, tick, is_edge=place == 0)
                file.add_picture(picture, tick, stretch.duration(place))

    def _picture_plan(
        self, form: Format, effort: Effort, shape: Shape | None
    ) -> PicturePlan | None:
        frames = self.source.frames
        if shape is None or form.picture is None or frames is None:
            return None
        rate = self.source.frame_rate
        options = picture_options(form.picture, effort.factor, float(rate))
        return PicturePlan(shape, frames.stretch.base, rate, frames.pixel_aspect, options)

    def _made(
        self, shape: Shape | None, plan: SoundPlan | None, seen: Seen, picture_bytes: int
    ) -> Made:
        frames = self.source.frames
        stretch = None if frames is None else frames.stretch
        heard = cut_sound(self.source, plan)
        cut_picture = None
        if shape is not None and stretch is not None and frames is not None:
            cut_picture = CutPicture(
                shape.width,
                shape.height,
                len(seen.ticks),
                stretch.first,
                stretch.last,
                tuple(frames.lost),
            )
        expected = Expected(
            tuple(seen.ticks),
            stretch.end if stretch else 0,
            stretch.base if stretch else Fraction(1),
            seen.first,
            seen.last,
            heard.rate if heard else 0,
            heard.samples if heard else 0,
            self.source.wish.subtitles,
        )
        return Made(cut_picture, heard, expected, self.part.stat().st_size, picture_bytes)

    def _plain(self) -> Made:
        """Write sound that is not pressed together.

        Raises MediaError where it is larger than the file may be.
        """
        sound, most = self.source.sound, self.source.wish.size.most_bytes
        if sound is None:
            raise MediaError(f"“{self.source.wish.source.name}” has no sound.")
        if most is not None and wav_bytes(sound.samples, sound.channels) > most:
            raise too_large(most, "Choose the kind m4a or mp3, allow more, or a shorter clip.")
        kept = []
        for piece in sound.pieces():
            kept.append(to_pcm(piece.T))
            self.watch.keep_going(sum(map(len, kept)) / max(sound.samples * sound.channels * 2, 1))
        write_wav(self.part, b"".join(kept), sound.rate, sound.channels)
        plan = SoundPlan(sound.rate, sound.channels, 0)
        return self._made(None, plan, Seen(), 0)
