"""Brings the clips of a reel to one size, rate and clock, and tells when each picture is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from annotator.errors import MediaError
from annotator.media.clips.reel_wishes import Part, ReelWish, Scene, Still
from annotator.media.clips.shaping import Colours, Shape, colours_of, sized
from annotator.media.clips.source import open_source
from annotator.media.clips.stretch import Stretch
from annotator.media.lettering.patches import Canvas
from annotator.media.survey import Survey
from annotator.model import Micros

_MILLION = 1_000_000
_FINEST = 10_000_000
"""A common clock ticks no more often a second; where it had to, moments are rounded."""

_ALIKE = Fraction(1, 100)
"""Rates that differ by less are one."""


@dataclass(frozen=True, slots=True)
class SceneFacts:
    """What a clip of a reel is by itself; `sound_rate` and `channels` are 0 without sound."""

    stretch: Stretch
    rate: Fraction
    size: tuple[int, int]
    colours: Colours
    aspect: Fraction
    sound_rate: int
    channels: int


def facts_of(scene: Scene, known: Survey | None) -> SceneFacts:
    """Look at a clip of a reel.

    Raises MediaError where it cannot be had, or has no picture.
    """
    with open_source(scene.wish, known) as source:
        frames, sound = source.frames, source.sound
        if frames is None:
            name = scene.wish.source.name
            raise MediaError(f"“{name}” has no picture, so it cannot be in a reel.")
        return SceneFacts(
            frames.stretch,
            source.frame_rate,
            (frames.first.width, frames.first.height),
            colours_of(frames.first),
            frames.pixel_aspect,
            sound.rate if sound else 0,
            sound.channels if sound else 0,
        )


@dataclass(frozen=True, slots=True)
class PartPlan:
    """When the pictures of a part are shown, in ticks of the reel.

    The first `standing` of `ticks` show the same picture; where `sources` are told, each of the
    others shows the picture of the clip at that place.
    """

    part: Part
    start: int
    end: int
    ticks: tuple[int, ...]
    standing: int
    sources: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class ReelPlan:
    """How all pictures and all sound of a reel are; `channels` is 0 where it has no sound."""

    shape: Shape
    most_height: int | None
    aspect: Fraction
    base: Fraction
    rate: Fraction
    sound_rate: int
    channels: int
    parts: tuple[PartPlan, ...]

    @property
    def canvas(self) -> Canvas:
        """What words are laid over."""
        return Canvas(self.shape.width, self.shape.height, float(self.aspect))

    @property
    def end(self) -> int:
        """The tick at which the reel ends."""
        return self.parts[-1].end

    def durations(self) -> Mapping[int, int]:
        """Tell for each tick at which a picture begins how many ticks it is shown."""
        starts = [tick for one in self.parts for tick in one.ticks]
        ends = [*starts[1:], self.end]
        return {start: end - start for start, end in zip(starts, ends, strict=True)}


def plan_reel(
    wish: ReelWish, facts: Sequence[SceneFacts], most_height: int | None, sound_rate: int
) -> ReelPlan:
    """Plan a reel of which these are the clips, in order; `sound_rate` is what it is encoded at."""
    shape, aspect = _shape(facts, most_height)
    base, rate = _base(facts), max(one.rate for one in facts)
    channels = max(one.channels for one in facts)
    coming = iter(facts)
    plans = []
    for start, part in wish.placed():
        own = next(coming) if isinstance(part, Scene) else None
        plans.append(_plan(start, part, own, base, rate))
    return ReelPlan(shape, most_height, aspect, base, rate, sound_rate, channels, tuple(plans))


def _shape(facts: Sequence[SceneFacts], most_height: int | None) -> tuple[Shape, Fraction]:
    """Take what all are alike in, or else the largest, with pixels as wide as high."""
    sizes = [sized(*one.size, most_height) for one in facts]
    kinds = {(*size, one.aspect) for size, one in zip(sizes, facts, strict=True)}
    if len(kinds) == 1:
        width, height, aspect = kinds.pop()
        return _of_size(width, height, facts[0].colours), aspect
    wide = [round(size[0] * one.aspect) for size, one in zip(sizes, facts, strict=True)]
    at = max(range(len(sizes)), key=lambda number: (wide[number] * sizes[number][1], -number))
    return _of_size(wide[at], sizes[at][1], facts[at].colours), Fraction(1)


def _of_size(width: int, height: int, colours: Colours) -> Shape:
    even = (width + width % 2, height + height % 2)
    return Shape(*even, even, False, colours)


def _base(facts: Sequence[SceneFacts]) -> Fraction:
    bases = {one.stretch.base for one in facts}
    if len(bases) == 1:
        return bases.pop()
    common = lcm(*(one.denominator for one in bases))
    return Fraction(1, common if common <= _FINEST else _MILLION)


def _plan(
    start: Micros, part: Part, own: SceneFacts | None, base: Fraction, rate: Fraction
) -> PartPlan:
    """Tell the moments of a part's pictures; each part begins where it should, to the tick."""
    first, end = _tick(start, base), _tick(Micros(start + part.length), base)
    if own is None or isinstance(part, Still):
        ticks = tuple(_grid(first, end, base, rate))
        return PartPlan(part, first, end, ticks, len(ticks))
    moving = _tick(Micros(start + part.stands), base)
    standing = tuple(_grid(first, moving, base, rate))
    places = _own_places(own, base) if _is_alike(own.rate, rate) else None
    if places is None:
        grid = [tick - moving for tick in _grid(moving, end, base, rate)]
        places = [(tick, _shown_at(own.stretch, tick * base)) for tick in grid]
    told = dict[int, int]()
    for tick, source in places:
        told[min(moving + tick, end - 1)] = source  # the last of those that round to one tick
    return PartPlan(part, first, end, (*standing, *told), len(standing), tuple(told.values()))


def _own_places(own: SceneFacts, base: Fraction) -> list[tuple[int, int]]:
    """Keep a clip's own moments, however irregular; its first picture is there from the start.

    Else the one of the part before would stay, where a film's picture begins after its sound.
    """
    ticks = (0, *own.stretch.ticks[1:])
    return [(round(tick * own.stretch.base / base), at) for at, tick in enumerate(ticks)]


def _shown_at(stretch: Stretch, seconds: Fraction) -> int:
    """Tell which picture of a clip is on screen at a moment of it."""
    return stretch.place_at(round(seconds / stretch.base))


def _grid(first: int, end: int, base: Fraction, rate: Fraction) -> Iterator[int]:
    """Yield ticks at an even rate."""
    count = 0
    while (tick := first + round(count / rate / base)) < end:
        yield tick
        count += 1


def _is_alike(one: Fraction, other: Fraction) -> bool:
    return abs(one - other) < other * _ALIKE


def _tick(moment: Micros, base: Fraction) -> int:
    return round(Fraction(moment, _MILLION) / base)
