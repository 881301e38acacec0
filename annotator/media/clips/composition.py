"""Which recordings of a session are seen and heard in one clip, and how they stand in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from annotator.media.survey import Survey, survey
from annotator.model import Look, Micros


class Layout(StrEnum):
    """How the pictures of several recordings stand in one."""

    ONE = "one"
    SIDE = "side"
    INSET = "inset"


class Corner(StrEnum):
    """Where a small picture stands in a large one."""

    TOP_LEFT = "top-left"
    TOP_RIGHT = "top-right"
    BOTTOM_LEFT = "bottom-left"
    BOTTOM_RIGHT = "bottom-right"


@dataclass(frozen=True, slots=True)
class Inset:
    """Where the small picture stands, and which share of the large one's width it has."""

    corner: Corner = Corner.BOTTOM_RIGHT
    share: float = 0.28


USUAL_INSET = Inset()
_AS_IT_IS = Look()


@dataclass(frozen=True, slots=True)
class Take:
    """A recording that is seen: `offset` is the session time of its own time 0.

    Of its look the turn, the shape, the light and the combing are followed; a zoom is not.
    """

    path: Path
    offset: Micros
    look: Look = _AS_IT_IS


@dataclass(frozen=True, slots=True)
class Heard:
    """A sound track that is heard: `gain` multiplies its samples."""

    path: Path
    offset: Micros
    track: int = 0
    gain: float = 1.0


@dataclass(frozen=True, slots=True)
class Composition:
    """What is seen and heard in a clip; the first of `takes` leads.

    Of several in `heard` all are mixed; where there is none the clip is silent. `known` saves
    reading recordings through.
    """

    takes: tuple[Take, ...]
    heard: tuple[Heard, ...]
    layout: Layout = Layout.ONE
    inset: Inset = USUAL_INSET
    known: tuple[Survey, ...] = field(default=(), compare=False, repr=False)

    @property
    def paths(self) -> tuple[Path, ...]:
        """Every file that is read, once."""
        seen, heard = (one.path for one in self.takes), (one.path for one in self.heard)
        return tuple(dict.fromkeys([*seen, *heard]))

    def survey_of(self, path: Path) -> Survey:
        """Give what the packets of one of the files say.

        Raises MediaError where it is not known and cannot be read.
        """
        return next((one for one in self.known if one.path == path), None) or survey(path)
