"""The small values that the parts of the timeline hand to each other."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from annotator.editing.marking import RunningSpan
from annotator.model.coding import Tag

__all__ = ["Hit", "Part", "RunningSpan"]


class Part(Enum):
    """What of the timeline lies under the mouse."""

    GUTTER = "gutter"  # the names of the lanes
    RULER = "ruler"
    BACKGROUND = "background"  # a lane where no tag is
    BODY = "body"  # of a tag
    START = "start"  # the edge at which a tag begins
    END = "end"  # the edge at which a tag ends


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the mouse; `tag` is None except on a tag's body or edges."""

    part: Part
    tag: Tag | None = None
