"""What changes on the timeline too often to be part of the page that is kept."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtCore import QRect

from annotator.gui.timeline.frame_parts import FramePart
from annotator.model.coding import Tag
from annotator.model.time import ZERO, Interval, Micros


@dataclass(slots=True)
class Moving:
    """Playhead, selection, and what the hand drags.

    `hidden` are the tags in the hand, which are not painted where they stand: one of them is
    painted as `preview` says, several as far away as `by` says. `edge` is the moment in the
    hand, `snapped` what it has snapped to. `band` encloses what is being selected, `touched` are
    those of its tags that can be shown in passing. `stretch` is the time that is selected;
    `held` is a part of the frame of the coding that is dragged, and `held_at` where it would lie.
    """

    position: Micros = ZERO
    selected: frozenset[str] = frozenset()
    stretch: Interval | None = None
    hidden: frozenset[str] = frozenset()
    preview: Tag | None = None
    by: Micros = ZERO
    edge: Micros | None = None
    snapped: Micros | None = None
    band: QRect | None = None
    touched: tuple[str, ...] = ()
    held: FramePart | None = None
    held_at: Interval | None = None
    focused: bool = False
    sliding: bool = False
