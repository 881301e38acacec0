"""Where proposals lie on the timeline, which of them is hit, and how one is brought into view."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotator.gui.timeline.geometry import Scale, clamped, fitted, zoomed
from annotator.gui.timeline.hit import Hit, Part, part_of
from annotator.gui.timeline.scene import Scene
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros

REACH_PX = 4
"""A proposal is hit so many pixels beside it, too."""

NARROWEST_PX = 6
MARGIN_SHARE = 12
"""A proposal in view keeps this part of the page free at both sides."""


@dataclass(frozen=True, slots=True)
class ShownProposals:
    """Proposals as the tags that they would become, in order; `current` is the id of one."""

    tags: tuple[Tag, ...] = ()
    current: str = ""

    def with_tag(self, tag: Tag) -> ShownProposals:
        """Put a tag in the place of the one with the same id."""
        return replace(self, tags=tuple(tag if one.id == tag.id else one for one in self.tags))


@dataclass(frozen=True, slots=True)
class Box:
    """The pixels of a proposal on the viewport."""

    left: float
    top: int
    width: float
    height: int


def box_of(tag: Tag, scene: Scene) -> Box | None:
    """Give the pixels of a proposal in its code's lane, None where there is no such lane.

    It stands in the first sub-row with room, or in the last one over what is there.
    """
    book = scene.session.codebook if scene.session is not None else None
    if book is None or book.code(tag.code) is None:
        return None
    number = scene.lanes.lane_of(tag.code, tag.participant, scene.pass_id)
    if number >= len(scene.bands):
        return None
    band, scale = scene.bands[number], scene.scale
    row = min(scene.lanes.lanes[number].free_row(tag.start, tag.end), band.rows - 1)
    top = scene.top - scene.scroll + band.row_top(row)
    left, right = scale.x_of(tag.start), scale.x_of(tag.end)
    width = max(right - left, NARROWEST_PX)
    return Box(left - (width - (right - left)) / 2, top, width, band.row_height)


def proposal_at(x: int, y: int, scene: Scene, tags: Sequence[Tag]) -> Hit:
    """Find the proposal at a pixel of the viewport, the nearest of several."""
    if not (scene.scale.left <= x < scene.scale.right and scene.top <= y < scene.foot):
        return Hit(Part.EMPTY)
    near = [
        (distance, number)
        for number, tag in enumerate(tags)
        if (distance := _distance(x, y, box_of(tag, scene))) <= REACH_PX
    ]
    if not near:
        return Hit(Part.EMPTY)
    tag = tags[min(near)[1]]
    return Hit(part_of(x, tag, scene.scale), tag)


def revealed(scene: Scene, stretch: Interval, least_px: int = 0) -> Scale:
    """Give the scale that shows a stretch with some room about it.

    The page stays where all of it is in view, turns where it is not, and shows more time where
    it would not fit. Where the stretch is narrower than `least_px` it shows less time.
    """
    scale, whole = scene.scale, scene.whole
    wanted = max(1, stretch.length) * scale.width // max(1, least_px)
    if least_px and wanted < scale.length:
        scale = zoomed(scale, whole, scene.frame, wanted / scale.length, scale.left)
    needed = stretch.length + 2 * stretch.length // MARGIN_SHARE
    if needed > scale.length:
        longest = fitted(whole, scale.left, scale.width).length
        scale = replace(scale, length=Micros(min(needed, longest)))
    margin = min(scale.length // MARGIN_SHARE, (scale.length - stretch.length) // 2)
    if scale.start + margin <= stretch.start and stretch.end <= scale.end - margin:
        return clamped(scale, whole)
    middle = stretch.start + stretch.length // 2
    return clamped(replace(scale, start=Micros(middle - scale.length // 2)), whole)


def _distance(x: int, y: int, box: Box | None) -> float:
    if box is None or not box.top <= y < box.top + box.height:
        return float("inf")
    return max(0.0, box.left - x, x - box.left - box.width)
