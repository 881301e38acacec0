"""Which words lie over the pictures of a clip, and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from annotator.model import Micros


class Look(Enum):
    """What words are on a picture, and so where they stand and how large."""

    CAPTION = "caption"
    BADGE = "badge"
    WATERMARK = "watermark"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Words:
    """Words shown from `start` up to, not including, `end`, counted from the clip's first frame.

    The text is as `tidied` gives it.
    """

    text: str
    look: Look
    start: Micros
    end: Micros


@dataclass(frozen=True, slots=True)
class Overlay:
    """All words that lie over a clip; can be handed to another process."""

    words: tuple[Words, ...] = ()

    def at(self, moment: Micros) -> tuple[Words, ...]:
        """Give what is shown at a moment of the clip."""
        return tuple(one for one in self.words if one.start <= moment < one.end)
