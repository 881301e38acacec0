"""The time slots of an ELAN document in the making, in order, and which marks use which."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from annotator.storage.interchange.elan_layout import LaidTier


@dataclass(frozen=True, slots=True)
class Timeline:
    """Slots by their numbers from 1: their times in milliseconds, and the two of each mark."""

    times: Sequence[int]
    slots: Mapping[str, tuple[int, int]]


def lay_slots(tiers: Sequence[LaidTier], divisions: Container[str]) -> Timeline:
    """Give each mark two slots of its own.

    Marks of tiers whose type is in `divisions` share them with their neighbours and parents,
    whose time they divide, as ELAN wants it.
    """
    times: list[int] = []
    slots: dict[str, tuple[int, int]] = {}
    by_id = {tier.id: tier for tier in tiers}
    for tier in tiers:
        if tier.attributes.get("LINGUISTIC_TYPE_REF") not in divisions:
            _lay_apart(tier, times, slots)
    for tier in tiers:
        if tier.attributes.get("LINGUISTIC_TYPE_REF") in divisions:
            _lay_within(tier, by_id.get(tier.parent), times, slots)
    ordered = sorted(range(len(times)), key=times.__getitem__)
    numbers = [0] * len(times)
    for number, place in enumerate(ordered, 1):
        numbers[place] = number
    return Timeline(
        [times[place] for place in ordered],
        {name: (numbers[first], numbers[last]) for name, (first, last) in slots.items()},
    )


def _lay_apart(tier: LaidTier, times: list[int], slots: dict[str, tuple[int, int]]) -> None:
    for mark in tier.marks:
        if not mark.parent:
            slots[mark.id] = (len(times), len(times) + 1)
            times += (mark.start, mark.end)


def _lay_within(
    tier: LaidTier,
    parent: LaidTier | None,
    times: list[int],
    slots: dict[str, tuple[int, int]],
) -> None:
    above = [one for one in (parent.marks if parent else ()) if one.id in slots]
    starts = {one.start: slots[one.id][0] for one in above}
    ends = {one.end: slots[one.id][1] for one in above}
    between: dict[int, int] = {}

    def slot(millis: int, known: Mapping[int, int]) -> int:
        found = known.get(millis, between.get(millis))
        if found is None:
            found = between[millis] = len(times)
            times.append(millis)
        return found

    for mark in tier.marks:
        slots[mark.id] = (slot(mark.start, starts), slot(mark.end, ends))
