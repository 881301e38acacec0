"""The pictures of a reel, part by part, all of one size and ready for the encoder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import chain

from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation

from annotator.media.clips.overlaying import Overlayer, from_rgb
from annotator.media.clips.painting import black, draw
from annotator.media.clips.panes import Pane
from annotator.media.clips.reel_plan import PartPlan, ReelPlan
from annotator.media.clips.reel_wishes import Scene
from annotator.media.clips.shaping import LIMITED, Shape, Shaper, shape_of
from annotator.media.clips.source import open_source
from annotator.media.clips.source_frames import ClipFrames
from annotator.media.encoder_picture import PIXELS
from annotator.media.lettering.cards import card_picture
from annotator.media.lettering.words import Look, Overlay, Words
from annotator.media.survey import Survey
from annotator.model import Micros

_FOR_EVER = Micros(2**62)


@dataclass(frozen=True, slots=True)
class Reeler:
    """Makes the pictures of a reel's parts; `watermark` stands on all of them.

    `lost` fills with the moments of frames that are damaged in the recordings.
    """

    plan: ReelPlan
    watermark: str
    lost: list[Micros] = field(default_factory=list)

    def require_room(self) -> None:
        """See to it before hours of work that there is room for all words and cards.

        Raises UndrawableError where there is not.
        """
        words = list(_always(self.watermark, Look.WATERMARK))
        for one in self.plan.parts:
            if isinstance(one.part, Scene):
                words += _always(one.part.asked, Look.QUESTION)
                words += (one.part.wish.changes.overlay or Overlay()).words
            else:
                card_picture(one.part.card, self.plan.canvas)
        self._overlayer(*words).require_room()

    def pictures(self, part: PartPlan, known: Survey | None) -> Iterator[tuple[int, VideoFrame]]:
        """Yield each picture of a part with its place among the part's ticks.

        Raises MediaError where a clip's recording cannot be read, or words have no room.
        """
        marked = self._overlayer(*_always(self.watermark, Look.WATERMARK))
        if isinstance(part.part, Scene):
            for place, picture in self._scene(part, part.part, known):
                yield place, marked.over(picture, Fraction(0))
            return
        card = from_rgb(card_picture(part.part.card, self.plan.canvas), self.plan.shape)
        whole = marked.over(card, Fraction(0))
        yield from ((place, whole) for place in range(len(part.ticks)))

    def _scene(
        self, part: PartPlan, scene: Scene, known: Survey | None
    ) -> Iterator[tuple[int, VideoFrame]]:
        silent = replace(scene.wish, track=None)
        with open_source(silent, known) as source:
            if source.frames is None:
                raise ValueError("a reel is made of clips with pictures")
            moving = self._moving(part, scene, source.frames)
            first = next(moving)
            asked = self._overlayer(*_always(scene.asked, Look.QUESTION))
            standing = asked.over(first[1], Fraction(0))
            yield from ((place, standing) for place in range(part.standing))
            words = self._overlayer(*(scene.wish.changes.overlay or Overlay()).words)
            yield from self._worded(part, words, chain([first], moving))
            self.lost.extend(source.frames.lost)
            source.require_unchanged()

    def _worded(
        self,
        part: PartPlan,
        words: Overlayer,
        moving: Iterator[tuple[int, VideoFrame]],
    ) -> Iterator[tuple[int, VideoFrame]]:
        """Lay the clip's own words over pictures that move, counted from where it begins to."""
        begin = Fraction(part.ticks[part.standing])
        for place, picture in moving:
            moment = (part.ticks[place] - begin) * self.plan.base
            yield place, words.over(picture, moment)

    def _moving(
        self, part: PartPlan, scene: Scene, frames: ClipFrames
    ) -> Iterator[tuple[int, VideoFrame]]:
        """Yield the pictures of a clip in the reel's size, each for all ticks that show it."""
        shape = shape_of(frames.first, self.plan.most_height)
        shaper = Shaper(shape, scene.wish.changes.pictures)
        fit = _Fit.of(shape, frames.pixel_aspect, self.plan)
        places = dict[int, list[int]]()
        for at, source in enumerate(part.sources, part.standing):
            places.setdefault(source, []).append(at)
        for source, frame in frames.pairs():
            wanted = places.get(source, [])
            if wanted:
                picture = fit.fitted(shaper.shaped(frame))
                yield from ((place, picture) for place in wanted)

    def _overlayer(self, *words: Words) -> Overlayer:
        return Overlayer(Overlay(words), self.plan.shape, float(self.plan.aspect))


def _always(text: str, look: Look) -> tuple[Words, ...]:
    return (Words(text, look, Micros(0), _FOR_EVER),) if text else ()


@dataclass(frozen=True, slots=True)
class _Fit:
    """Where a clip's pictures lie in the reel's: as large as can be, black beside them."""

    shape: Shape
    plan: ReelPlan
    pane: Pane

    @classmethod
    def of(cls, shape: Shape, aspect: Fraction, plan: ReelPlan) -> _Fit:
        whole = Pane(0, 0, plan.shape.width, plan.shape.height)
        across = shape.width * aspect / plan.aspect
        return cls(shape, plan, whole.around((across, Fraction(shape.height))))

    def fitted(self, picture: VideoFrame) -> VideoFrame:
        """Give a picture in the reel's size and colours; one that is so already stays itself."""
        whole, size = self.plan.shape, (self.pane.width, self.pane.height)
        is_whole = size == (whole.width, whole.height)
        is_alike = size == (self.shape.width, self.shape.height)
        if is_whole and is_alike and self.shape.colours.matrix == whole.colours.matrix:
            return picture
        smaller = self.pane.height < self.shape.height
        inside = picture.reformat(
            *size,
            PIXELS,
            src_colorspace=self.shape.colours.matrix,
            dst_colorspace=whole.colours.matrix,
            interpolation=Interpolation.AREA if smaller else Interpolation.BICUBIC,
            src_color_range=LIMITED,
            dst_color_range=LIMITED,
        )
        if is_whole:
            return inside
        made = black(whole.width, whole.height)
        draw(made, self.pane, inside)
        return made
