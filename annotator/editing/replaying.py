"""What to play again: the last mark, and stretch after stretch of a film that is coded in steps."""

from __future__ import annotations

from dataclasses import dataclass

from annotator.model.coding import Tag, tag_before
from annotator.model.session import Session
from annotator.model.time import SECOND, ZERO, Interval, Micros

_FIVE_SECONDS = Micros(5 * SECOND)


@dataclass(frozen=True, slots=True)
class Around:
    """How much to play around a mark.

    A stretch is played from `lead` before it to `tail` after. A moment was marked at the end of
    what it is about, so that is played from the mark before it, at the most `longest` long.
    """

    lead: Micros = SECOND
    tail: Micros = SECOND
    longest: Micros = _FIVE_SECONDS


USUAL_AROUND = Around()


def replay_interval(
    session: Session, tags: tuple[Tag, ...], last: Tag, around: Around = USUAL_AROUND
) -> Interval:
    """Give the stretch of film to play in order to see the last mark again.

    `tags` are those of its pass, in order of time. The stretch stays inside the recordings.
    """
    if last.is_instant:
        before = tag_before(tags, last.start)
        earliest = last.start - around.longest
        start = max(earliest, before.start) if before is not None else earliest
    else:
        start = last.start - around.lead
    end = last.end + around.tail
    whole = session.duration or end
    first = Micros(max(ZERO, min(start, whole)))
    return Interval(first, Micros(max(first, min(end, whole))))


@dataclass(frozen=True, slots=True)
class Cycle:
    """Step and repeat: play `length` of film, pause, and on a key go on with the next stretch.

    Each stretch begins `overlap` before the one before it ended. Raises ValueError where that
    would not lead on.
    """

    length: Micros
    overlap: Micros = ZERO

    def __post_init__(self) -> None:
        if not 0 <= self.overlap < self.length:
            raise ValueError(f"no cycle of {self.length} with an overlap of {self.overlap}")

    def first(self, session: Session, position: Micros) -> Interval | None:
        """Give the stretch to play from a position, or from the region's start before that."""
        return self._stretch(session, max(position, session.region.start))

    def following(self, session: Session, played: Interval) -> Interval | None:
        """Give the stretch after the one that was played; None where the region has ended."""
        if played.end >= session.region.end:
            return None
        goes_on = max(played.end - self.overlap, played.start + 1)
        return self._stretch(session, Micros(goes_on), played.end)

    def _stretch(
        self, session: Session, start: Micros, beyond: Micros | None = None
    ) -> Interval | None:
        """Give the stretch from a moment on that is not excluded and leads beyond another."""
        region = session.region
        for span in sorted(one.interval for one in session.excluded):
            reached = start if beyond is None else max(start, beyond)
            if span.start <= reached < span.end:
                start, beyond = span.end, None
        if start >= region.end:
            return None
        end = min(start + self.length, region.end)
        ahead = (one.start for one in session.excluded if start < one.start and one.start < end)
        ahead = (one for one in ahead if beyond is None or one > beyond)
        return Interval(start, Micros(min(ahead, default=end)))
