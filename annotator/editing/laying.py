"""Where a mark may lie: beside the tags that it excludes, inside the region, after no delay."""

from __future__ import annotations

from annotator.editing.hand import Hand
from annotator.model.codebook import Code
from annotator.model.coding import Tag
from annotator.model.time import Interval, Micros


def rival_at(hand: Hand, code: Code, participant: str, moment: Micros) -> Tag | None:
    """Find a tag that rules out the code at a moment; None where there is none."""
    at = Interval(moment, moment)
    return next(
        (tag for tag in hand.rivals(code, participant, at) if tag.interval.contains(moment)), None
    )


def corrected(hand: Hand, code: Code, participant: str, moment: Micros) -> Micros:
    """Move a moment back by the coder's delay, as far as nothing stands in the way.

    It stays in the region, and does not reach into a tag that rules the code out.
    """
    floor = min(moment, hand.session.region.start)
    start = Micros(max(floor, moment - hand.ways.delay))
    if start == moment:
        return moment
    passed = Interval(start, moment)
    rivals = [
        tag for tag in hand.rivals(code, participant, passed) if tag.interval.overlaps(passed)
    ]
    if any(tag.is_instant or tag.end > moment for tag in rivals):
        return moment
    return max((tag.end for tag in rivals), default=start)


def room(
    hand: Hand, code: Code, participant: str, anchor: Micros, moment: Micros
) -> Interval | None:
    """Give the stretch from the anchor towards a moment, up to the first tag that rules it out.

    None where nothing is free beside the anchor: what was tagged before stays as it is.
    """
    stretch = hand.region_room(anchor, moment)
    if stretch is None:
        return None
    rivals = [
        tag for tag in hand.rivals(code, participant, stretch) if tag.interval.overlaps(stretch)
    ]
    start, end = stretch.start, stretch.end
    if anchor <= moment:
        end = min((tag.start for tag in rivals), default=end)
    elif any(tag.is_instant for tag in rivals):
        return None  # half-open: a stretch that starts at the instant would hold it
    else:
        start = max((tag.end for tag in rivals), default=start)
    return Interval(start, end) if start < end else None
