"""What is chosen in the window of clips, as values that travel to the background."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from annotator.jobs.clip_masking import FilmMasks
from annotator.jobs.clip_pack_keeping import Package
from annotator.jobs.clip_view import ClipView
from annotator.jobs.clip_words import WordsWish
from annotator.jobs.reel_parts import Cards
from annotator.media.clips.wishes import Fades, Form, Mode, Size
from annotator.media.face_masks import Fills
from annotator.model.clipping import Choice, Room
from annotator.model.coding import CodingPass
from annotator.model.participant import ConsentScope, Mask
from annotator.model.session import Session
from annotator.model.sound_plans import SoundWish
from annotator.model.time import Interval


class Source(Enum):
    """What becomes clips."""

    TAGS = "tags"
    SELECTED = "selected"  # the selected tags
    STRETCH = "stretch"  # the time that is selected on the timeline
    LIST = "list"  # a file with start and end
    KEPT = "kept"  # the clips of the tray


@dataclass(frozen=True, slots=True)
class WhatChoice:
    """Which moments, and the room around tags; `listed` is the file of a list."""

    source: Source
    tags: Choice
    room: Room
    listed: Path | None


@dataclass(frozen=True, slots=True)
class WhomChoice:
    """What is masked and how, who gets the clips, and why what is refused is made.

    `override` is None where it is not made.
    """

    masks: frozenset[Mask]
    sound: SoundWish
    recipient: str
    override: str | None
    fills: Fills


@dataclass(frozen=True, slots=True)
class HowChoice:
    """The kind and size of the files, and the words that go along or stand on the picture."""

    form: Form
    size: Size
    fades: Fades
    captions: bool
    words: WordsWish
    view: ClipView
    mode: Mode


@dataclass(frozen=True, slots=True)
class PackChoice:
    """A pack that is made of the clips too; its folder stands in that of the clips."""

    title: str
    packages: frozenset[Package]


class Writes(Enum):
    """What is written of the clips."""

    EACH = "each"  # each as a file
    REEL = "reel"  # all joined in one film
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class WhereChoice:
    """What is written where, and what it is called; `pack` is None where none is made.

    `cards` are shown between the clips of a reel, and `others` are files of sessions whose clips
    come into the pack too.
    """

    folder: Path
    template: str
    writes: Writes
    cards: frozenset[Cards]
    pack: PackChoice | None
    others: tuple[Path, ...] = ()

    @property
    def is_reel(self) -> bool:
        """Whether all clips become one film and nothing else."""
        return self.writes is Writes.REEL


@dataclass(frozen=True, slots=True)
class ClipsChoice:
    """All that is chosen."""

    level: ConsentScope
    what: WhatChoice
    whom: WhomChoice
    how: HowChoice
    where: WhereChoice


@dataclass(frozen=True, slots=True)
class Asked:
    """Which clips are asked for: of the passes that are `seen`, judged by the whole session.

    `selected` are the ids of the tags that are selected, `stretch` the time that is, and `kept`
    the ids of the clips in the tray that may be seen. `looked_at` are masks that were.
    Where it is `blind`, passes of others are hidden from the coder.
    """

    session: Session
    path: Path
    seen: tuple[CodingPass, ...]
    choice: ClipsChoice
    coder: str
    selected: frozenset[str] = frozenset()
    stretch: Interval | None = None
    kept: frozenset[str] = frozenset()
    looked_at: tuple[FilmMasks, ...] = ()
    blind: bool = False
