"""A kept clip in the hand: an end of it, or all of it, which stays in the region coded."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from annotator.gui.timeline.attractors import candidates_near
from annotator.gui.timeline.clips_lane import ShownClip
from annotator.gui.timeline.dragging import Dragged, Grip, drag
from annotator.gui.timeline.hit import Part
from annotator.gui.timeline.scene import Scene
from annotator.gui.timeline.snapping import Candidates, Snap, Snapped, snapped
from annotator.model.time import Interval, Micros


@dataclass(frozen=True, slots=True)
class ClipDrag:
    """A clip held by a part of it; `home` is where the film stood when it was taken."""

    clip: ShownClip
    grip: Grip
    home: Micros

    @property
    def is_whole(self) -> bool:
        """Whether all of the clip moves."""
        return self.grip.part is Part.BODY

    def to(self, moment: Micros, scene: Scene, *, snaps: bool) -> Dragged:
        """Give where the clip lies when dragged to a moment.

        Bounds lie on frames, or on what is near where `snaps`. Nothing goes further out than the
        region or the old bounds; a clip that moves as a whole keeps its length.
        """
        limits = self._limits(scene)
        frames = scene.frame_times
        frames = frames[bisect_left(frames, limits.start) : bisect_right(frames, limits.end)]

        def snap(wanted: Micros) -> Snapped:
            if not snaps:
                return Snapped(wanted, Snap.NOTHING)
            near = candidates_near(scene, [wanted], self.home).near
            inside = (one for one in near if limits.start <= one.time <= limits.end)
            return snapped(wanted, scene.scale, Candidates(tuple(inside), frames))

        return drag(self.grip, moment, snap, frames, limits)

    def lifted(self, found: Dragged) -> ShownClip:
        """Give the clip as it would lie there."""
        return self.clip.moved_to(found.start, found.end)

    def edge_of(self, lifted: ShownClip) -> Micros:
        """Give the bound that the hand looks at: the one held, or the start of all that moves."""
        return lifted.span.end if self.grip.part is Part.END else lifted.span.start

    def moment_of(self, lifted: ShownClip) -> Micros:
        """Give a moment of the first frame of the clip, or of its last where its end is held."""
        edge = self.edge_of(lifted)
        return Micros(edge - 1) if self.grip.part is Part.END else edge

    def _limits(self, scene: Scene) -> Interval:
        span, session = self.clip.span, scene.session
        inside = session.region if session is not None else scene.whole
        return Interval(min(inside.start, span.start), max(inside.end, span.end))
