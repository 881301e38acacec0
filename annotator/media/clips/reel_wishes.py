"""What is asked of a reel: cards and clips in one film; it can be handed to another process."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotator.media.clips.chapters import Chapter
from annotator.media.clips.subtitles import Subtitle
from annotator.media.clips.wishes import CutWish, Form, Size
from annotator.media.lettering.cards import CardText
from annotator.model import ZERO, Micros


@dataclass(frozen=True, slots=True)
class Still:
    """A card that is shown for a while, without sound."""

    card: CardText
    length: Micros


@dataclass(frozen=True, slots=True)
class Scene:
    """A clip of a reel; of the wish, where it goes, its form and its size do not matter.

    Its first picture `stands`, without sound, before it moves, with what is `asked` over it.
    """

    wish: CutWish
    stands: Micros = ZERO
    asked: str = ""

    @property
    def length(self) -> Micros:
        """How long it is in the reel."""
        return Micros(self.stands + self.wish.length)


Part = Still | Scene
_ANY_SIZE = Size()


@dataclass(frozen=True, slots=True)
class ReelWish:
    """A film of parts that follow each other; there must be no file at `target` yet.

    The form has a picture. All texts are tidied; `watermark` stands on every picture, and
    `subtitles` and `chapters` are counted from the reel's first. Where there are chapters, the
    first one begins there.
    """

    parts: tuple[Part, ...]
    target: Path
    form: Form = Form.MP4
    size: Size = _ANY_SIZE
    watermark: str = ""
    subtitles: tuple[Subtitle, ...] = ()
    chapters: tuple[Chapter, ...] = ()

    @property
    def length(self) -> Micros:
        """How long the reel is to be."""
        return Micros(sum(part.length for part in self.parts))

    def placed(self) -> Iterator[tuple[Micros, Part]]:
        """Yield the parts, each with where it begins in the reel."""
        at = 0
        for part in self.parts:
            yield Micros(at), part
            at += part.length
