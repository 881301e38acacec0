"""Small sessions whose numbers can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace

from annotator.analysis.summary import Named
from annotator.model import (
    Codebook,
    CodingPass,
    ExcludedSpan,
    Interval,
    Micros,
    Purpose,
    Session,
    Tag,
)
from tests.support.edits import BOOK, PEOPLE

SECOND = 1_000_000


def tag(name: str, code: str, start: float, end: float | None = None, who: str = "p1") -> Tag:
    """Make a tag by seconds; an instant where no end is given."""
    first = Micros(round(start * SECOND))
    return Tag(name, code, first, first if end is None else Micros(round(end * SECOND)), who)


def span(start: float, end: float) -> Interval:
    """Make a stretch by seconds."""
    return Interval(Micros(round(start * SECOND)), Micros(round(end * SECOND)))


def coding(*tags: Tag, coder: str = "A", purpose: Purpose = Purpose.PRIMARY) -> CodingPass:
    """Make the pass of a coder."""
    return CodingPass(f"pass-{coder}", coder, purpose, "2026-01-01T00:00:00Z", tags)


def meeting(
    *passes: CodingPass,
    region: Interval | None = None,
    excluded: tuple[Interval, ...] = (),
    book: Codebook = BOOK,
) -> Session:
    """Make a session of ten minutes, or of another region."""
    return Session(
        id="s",
        title="A talk",
        codebook=book,
        region=region or span(0, 600),
        excluded=tuple(ExcludedSpan(one.start, one.end) for one in excluded),
        participants=PEOPLE,
        passes=passes,
    )


def named(session: Session, name: str = "talk") -> Named:
    """Give a session its name in tables."""
    return Named(name, replace(session))
