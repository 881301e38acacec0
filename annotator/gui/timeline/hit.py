"""What lies under the mouse."""

from __future__ import annotations

from bisect import bisect_left

from annotator.gui.timeline.geometry import Viewport
from annotator.gui.timeline.lanes import Lanes, Row
from annotator.gui.timeline.marks import INSTANT_PX, Mark, marks
from annotator.gui.timeline.plan import RULER_HEIGHT, Plan
from annotator.gui.timeline.values import Hit, Part
from annotator.model.coding import Tag
from annotator.model.time import Micros

OUTSIDE_PX = 4  # how far beside an edge it can still be grasped
INSIDE_PX = 6  # how far within


def hit_at(plan: Plan, lanes: Lanes, x: float, y: float) -> Hit:
    """Tell what lies at a point of the widget."""
    if x < plan.gutter:
        return Hit(Part.GUTTER)
    if y < RULER_HEIGHT:
        return Hit(Part.RULER)
    number = plan.lane_at(y)
    if number is None:
        return Hit(Part.BACKGROUND)
    band, lane = plan.bands[number], list(lanes)[number]
    row = band.row_at(plan.lane_y(y))
    if row >= len(lane.rows):
        return Hit(Part.BACKGROUND)
    return hit_in_row(lane.rows[row], plan.viewport, plan.to_strip(x))


def hit_in_row(row: Row, viewport: Viewport, x: float) -> Hit:
    """Tell what lies at a pixel of a row; the nearest tag wins, and of two, the later one."""
    reach = OUTSIDE_PX + INSTANT_PX
    near = [
        (_distance(mark, x), -mark.left, mark)
        for mark in marks(row, viewport, x - reach, x + reach)
    ]
    near = [one for one in near if one[0] <= _reach(one[2])]
    if not near:
        return Hit(Part.BACKGROUND)
    mark = min(near, key=lambda one: one[:2])[2]
    if mark.count > 1 or row.crowded:
        return Hit(Part.BODY, _nearest(row, viewport.time_at(x)))
    if mark.tag.is_instant:
        return Hit(Part.BODY, mark.tag)
    return Hit(_part(mark, x), mark.tag)


def _distance(mark: Mark, x: float) -> float:
    return max(mark.left - x, x - mark.right, 0.0)


def _reach(mark: Mark) -> float:
    if mark.count > 1:
        return 1
    return INSTANT_PX + 1 if mark.tag.is_instant else OUTSIDE_PX


def _part(mark: Mark, x: float) -> Part:
    inside = min(INSIDE_PX, (mark.right - mark.left) / 4)
    if x <= mark.left + inside:
        return Part.START
    if x >= mark.right - inside:
        return Part.END
    return Part.BODY


def _nearest(row: Row, time: Micros) -> Tag:
    place = bisect_left(row.starts, time)
    around = row.tags[max(0, place - 1) : place + 1]
    return min(around, key=lambda tag: abs(tag.start - time))
