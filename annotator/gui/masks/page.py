"""One recording of a clip while its masks are looked at, and what was looked at of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.model.time import Interval, Micros

if TYPE_CHECKING:
    from annotator.gui.masks.draft import MaskDraft
    from annotator.gui.masks.film import Looked, MaskFilm, Moment
    from annotator.gui.tasks import Watcher
    from annotator.jobs.clip_masking import FilmMasks

FINDING, NOT_THERE = "looking for faces", "cannot be looked at"
LOOKED_AT, NOTHING_WEAK = "looked at", "nothing stands out"


@dataclass(frozen=True, slots=True)
class ToReview:
    """A recording that is seen in a clip: its id, what it is called, and its film.

    `span` is the clip in the film's own time, and `clip` says in words which one it is.
    """

    recording: str
    name: str
    path: Path
    span: Interval
    clip: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Masks of a recording that were taken, and in which clips they were looked at.

    `left` says by a clip's span how many doubts in it nobody looked at, `seen` which moments were
    on screen, both in the film's own time.
    """

    masks: FilmMasks
    left: Mapping[Interval, int]
    seen: frozenset[Micros] = frozenset()

    def serves(self, one: ToReview) -> bool:
        """Tell whether they are for all that is seen of a recording in a clip."""
        return self.masks.serves(one.path, one.span)

    def left_in(self, one: ToReview) -> int | None:
        """Tell how many doubts are left in a clip; None where it was not looked at."""
        return self.left.get(one.span) if self.serves(one) else None

    def is_same(self, other: Reviewed) -> bool:
        """Tell whether others are of the same film and stretch."""
        one, two = self.masks, other.masks
        return one.path == two.path and one.plan.watched == two.plan.watched


@dataclass(slots=True, eq=False)
class Page:
    """A recording under review: its draft and strip once faces were looked for in it.

    `frame` is the one that is shown of it, `seen` the moments that were on screen, and
    `whole_from` where a stretch of whole pictures was begun.
    """

    asked: ToReview
    film: MaskFilm
    watcher: Watcher
    known: Reviewed | None = None
    draft: MaskDraft | None = None
    times: tuple[Micros, ...] = ()
    strip: tuple[Moment, ...] = ()
    seen: set[Micros] = field(default_factory=set)
    frame: int = 0
    whole_from: Micros | None = None
    fraction: float = 0.0
    trouble: str = ""

    def take(self, looked: Looked, draft: MaskDraft) -> None:
        """Have what was found; what was looked at before counts still."""
        self.draft, self.times, self.strip = draft, looked.times, looked.strip
        if self.known is not None:
            self.seen |= self.known.seen

    @property
    def is_searching(self) -> bool:
        """Whether faces are being looked for in it, or will be."""
        return self.draft is None and not self.trouble

    @property
    def unseen(self) -> tuple[int, ...]:
        """The rows of the strip that were not on screen yet."""
        return tuple(
            row for row, one in enumerate(self.strip) if self.times[one.frame] not in self.seen
        )

    @property
    def left(self) -> int:
        """How many doubts are left; without any, one until something of it was on screen."""
        return len(self.unseen) or (0 if self.seen else 1)

    def see(self, time: Micros) -> None:
        """Know that the frame of a moment was on screen."""
        self.seen.add(time)

    @property
    def told(self) -> str:
        """What it is called and how far the review of it is."""
        if self.trouble:
            state = NOT_THERE
        elif self.is_searching:
            state = FINDING
        else:
            done = LOOKED_AT if self.strip else NOTHING_WEAK
            state = f"{self.left} to look at" if self.left else done
        return f"{self.asked.name} · {state}"

    def reviewed(self, masks: FilmMasks) -> Reviewed:
        """Give what is kept of it."""
        before = self.known.left if self.known is not None else {}
        return Reviewed(masks, {**before, self.asked.span: self.left}, frozenset(self.seen))


def still_searching(pages: Sequence[Page]) -> str:
    """Say in what faces are still looked for, so that nothing can be used yet; else nothing."""
    names = ", ".join(one.asked.name for one in pages if one.is_searching)
    return f"Faces are still looked for: {names}." if names else ""
