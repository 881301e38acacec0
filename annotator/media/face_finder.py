"""What anything that finds faces in a picture is asked for and gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from annotator.media.face_boxes import Box
from annotator.media.frame import Picture

SIDE = 32
"""A network takes pictures whose sides are whole multiples of this."""


@dataclass(frozen=True, slots=True)
class Found:
    """A face in a picture; `score` from 0 to 1 tells how sure it is."""

    box: Box
    score: float


class FaceFinder(Protocol):
    """Whoever finds faces in a picture."""

    @property
    def name(self) -> str:
        """What finds them, with its version, for the record of an export."""

    def find(self, picture: Picture) -> Sequence[Found]:
        """List the faces of a picture of shape (height, width, 3), boxes in its pixels."""


def fitting(side: float) -> int:
    """Round a side to what a network takes."""
    return max(round(side / SIDE), 1) * SIDE
