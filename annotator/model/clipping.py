"""Which stretches of a session become clips: chosen by tags, with room around them, or by hand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from annotator.model.clip import Clip
from annotator.model.coding import Tag
from annotator.model.search import TagTexts, query_of
from annotator.model.session import Session
from annotator.model.spans import shared
from annotator.model.time import ZERO, Interval, Micros


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tags are wanted; what is empty does not matter.

    `codes`, `participants` and `coders` hold ids and names, of which a tag must have one; `note`
    must stand in its note, whatever the case; `search` is a line as the search field takes it.
    """

    codes: frozenset[str] = frozenset()
    participants: frozenset[str] = frozenset()
    coders: frozenset[str] = frozenset()
    note: str = ""
    search: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What is shown around a tag: `lead` before it and `tail` after it, both 0 or more.

    Stretches that overlap or touch are joined where `joins`.
    """

    lead: Micros = ZERO
    tail: Micros = ZERO
    joins: bool = True


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is to be cut, and the ids of the tags that it is cut for.

    `clip` is the kept clip that it is cut of, with all that is said of it; None where there is
    none. It may be wider than the interval where the region is narrower than it.
    """

    interval: Interval
    tags: tuple[str, ...] = ()
    clip: Clip | None = None


def chosen_tags(session: Session, choice: Choice) -> list[Tag]:
    """Give the tags of a session that are wanted, by start, end and id."""
    fits = TagTexts(session).fits(query_of(choice.search))
    note = choice.note.casefold()
    found = [
        tag
        for one in session.passes
        if not choice.coders or one.coder in choice.coders
        for tag in one.tags
        if (not choice.codes or tag.code in choice.codes)
        and (not choice.participants or tag.participant in choice.participants)
        and note in tag.note.casefold()
        and fits(tag)
    ]
    return sorted(found, key=lambda tag: (tag.start, tag.end, tag.id))


def stretches_of(tags: Sequence[Tag], room: Room, bounds: Interval) -> list[Stretch]:
    """Give what is to be cut for tags, in order, kept inside the bounds.

    A tag of which nothing lies inside gives none, and a moment without room around it none
    either, since there is nothing to see of it.
    """
    wide = (
        Stretch(span, (tag.id,))
        for tag in sorted(tags, key=lambda tag: (tag.start, tag.end, tag.id))
        if tag.start < bounds.end and tag.end >= bounds.start
        for span in shared([_around(tag, room)], [bounds])
    )
    ordered = sorted(wide, key=lambda one: one.interval)
    return list(_joined(ordered)) if room.joins else ordered


def kept_stretches(session: Session, ids: Collection[str] | None = None) -> list[Stretch]:
    """Give what is to be cut for the clips that a session keeps, in their order.

    Only those whose ids are given are meant, and all where `ids` is None. What lies outside the
    region is not cut, and a clip of which nothing lies inside gives none.
    """
    meant = (one for one in session.clips if ids is None or one.id in ids)
    found = (Stretch(span, one.tags, one) for one in meant if (span := cut_of(session, one)))
    return list(found)


def cut_of(session: Session, clip: Clip) -> Interval | None:
    """Give what of a kept clip is cut: what lies inside the region; None where nothing does."""
    return next(iter(shared([clip.interval], [session.region])), None)


def _around(tag: Tag, room: Room) -> Interval:
    return Interval(Micros(tag.start - room.lead), Micros(tag.end + room.tail))


def _joined(ordered: Iterable[Stretch]) -> Iterable[Stretch]:
    open_one: Stretch | None = None
    for one in ordered:
        if open_one is None or one.interval.start > open_one.interval.end:
            if open_one is not None:
                yield open_one
            open_one = one
            continue
        end = max(open_one.interval.end, one.interval.end)
        both = Interval(open_one.interval.start, end)
        open_one = Stretch(both, (*open_one.tags, *one.tags))
    if open_one is not None:
        yield open_one
