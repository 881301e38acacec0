"""Reshapes what the timeline shows: tags, the region, excluded spans, and in which lanes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PyQt6.QtCore import QObject

from annotator import editing
from annotator.editing import Edit, reshaping
from annotator.editing.blinding import visible_passes
from annotator.editing.reshaping import Edge
from annotator.errors import AnnotatorError
from annotator.gui.desk import Desk
from annotator.gui.main_window import MainWindow
from annotator.gui.player.player import Player
from annotator.gui.timeline.frame_parts import FrameKind, FramePart
from annotator.gui.timeline.lane_plan import LaneBy
from annotator.gui.timeline.selecting import Selection
from annotator.model.session import ExcludedSpan
from annotator.model.stamps import new_id
from annotator.model.time import ZERO, Interval, Micros

SELECT_TIME = "Select tags first, or a stretch of time: drag along the ruler with Shift held."
NOTHING_EXCLUDED = "Nothing is excluded here. Go to where the time is hatched."
_LANES = {
    LaneBy.GROUP: "lanes_by_group",
    LaneBy.PARTICIPANT: "lanes_by_participant",
    LaneBy.PASS: "lanes_by_pass",
}
_NUDGES = {
    "nudge_back": (Edge.BOTH, -1),
    "nudge_forward": (Edge.BOTH, 1),
    "start_earlier": (Edge.START, -1),
    "start_later": (Edge.START, 1),
    "end_earlier": (Edge.END, -1),
    "end_later": (Edge.END, 1),
}


class Shaping(QObject):
    """Acts on the open session, if there is one.

    While it is `blind`, lanes by pass show no pass of another that the coder was not shown.
    """

    def __init__(self, window: MainWindow, player: Player, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        self._timeline = window.parts.timeline
        self._player = player
        self._desk: Desk | None = None
        self._by = LaneBy.GROUP
        self.blind = True
        self._compared: frozenset[str] = frozenset()
        self._by_before = LaneBy.GROUP
        self._bind()
        self._timeline.frame_moved.connect(self._move_frame)
        self._timeline.reason_given.connect(self._keep_reason)
        self._show_lanes()

    @property
    def lanes_by(self) -> LaneBy:
        """What the lanes are made by."""
        return self._by

    def follow(self, desk: Desk | None) -> None:
        """Act on this session from now on; on none where None."""
        self._desk = desk
        if desk is not None:
            desk.document.pass_changed.connect(self._show_lanes)
        self._show_lanes()

    def lay_by(self, by: LaneBy) -> None:
        """Make the lanes by something else."""
        self._by = by
        self._show_lanes()

    def set_blind(self, *, blind: bool) -> None:
        """Hide the passes of others that the coder was not shown, or show all."""
        self.blind = blind
        self._show_lanes()

    def show_compared(self, pass_ids: frozenset[str]) -> None:
        """Lay two passes that are compared side by side, and what was there after; none: empty."""
        if bool(pass_ids) != bool(self._compared):
            self._by, self._by_before = (
                (LaneBy.PASS, self._by) if pass_ids else (self._by_before, LaneBy.GROUP)
            )
        if pass_ids != self._compared:
            self._compared = pass_ids
            self._show_lanes()

    def _bind(self) -> None:
        bind = self._window.actions_table.bind
        bind("split_here", lambda: self._reshape(self._split))
        bind("merge", lambda: self._reshape(self._merged))
        for action_id, (edge, by) in _NUDGES.items():
            bind(action_id, partial(self._reshape, partial(self._nudged, edge, by)))
        bind("select_in_view", self._timeline.select_in_view)
        bind("stretch_start", partial(self._stretch, at_end=False))
        bind("stretch_end", partial(self._stretch, at_end=True))
        bind("set_region", self._set_region)
        bind("exclude", self._exclude)
        bind("include_again", self._include_again)
        for lanes_by, action_id in _LANES.items():
            bind(action_id, partial(self.lay_by, lanes_by))

    def _reshape(self, make: Callable[[Desk, reshaping.Where], Edit]) -> None:
        desk = self._desk
        if desk is not None and desk.selected:
            desk.reshape(lambda where: make(desk, where))

    def _split(self, desk: Desk, where: reshaping.Where) -> Edit:
        return reshaping.split_tags(where, desk.selected, self._player.position, new_id)

    def _merged(self, desk: Desk, where: reshaping.Where) -> Edit:
        return reshaping.merge_tags(where, desk.selected)

    def _nudged(self, edge: Edge, by: int, desk: Desk, where: reshaping.Where) -> Edit:
        return reshaping.nudge_tags(where, desk.selected, edge, by, self._player.frame_times)

    def _stretch(self, *, at_end: bool) -> None:
        """Let the selected time begin or end at the playhead; what it lacks is the region's."""
        desk, here = self._desk, self._player.position
        if desk is None:
            return
        known = desk.stretch or desk.document.session.region
        start, end = (known.start, here) if at_end else (here, known.end)
        if start >= end:  # the other end lies on the wrong side
            region = desk.document.session.region
            start, end = (region.start, here) if at_end else (here, region.end)
        if start < end:
            desk.choose(Selection(stretch=Interval(start, end)))

    def _set_region(self) -> None:
        self._with_time(_region_edit)

    def _exclude(self) -> None:
        span = self._with_time(
            lambda desk, span: editing.add_excluded(
                desk.document.session, ExcludedSpan(span.start, span.end)
            )
        )
        if span is not None:
            self._timeline.ask_reason(ExcludedSpan(span.start, span.end))

    def _include_again(self) -> None:
        """Let the time count again that is excluded at the playhead, or within the selection."""
        desk, here = self._desk, self._player.position
        if desk is None:
            return
        wanted = desk.stretch or Interval(here, here)
        spans = desk.document.session.excluded
        found = next((one for one in spans if one.interval.overlaps(wanted)), None)
        if found is None:
            desk.refused.emit(NOTHING_EXCLUDED)
        else:
            self._push(partial(editing.remove_excluded, desk.document.session, found))

    def _with_time(self, make: Callable[[Desk, Interval], Edit]) -> Interval | None:
        """Make an edit of the time that is selected; gives that time where it was done."""
        desk = self._desk
        if desk is None:
            return None
        span = desk.stretch
        if span is None or not span.length:
            desk.refused.emit(SELECT_TIME)
            return None
        if not self._push(lambda: make(desk, span)):
            return None
        desk.choose(Selection())
        return span

    def _move_frame(self, part: FramePart, span: Interval) -> None:
        desk = self._desk
        if desk is None:
            return
        session, excluded = desk.document.session, part.excluded
        if part.kind is FrameKind.STRETCH:
            desk.choose(Selection(stretch=span))
        elif excluded is None:
            self._push(lambda: _region_edit(desk, span))
        else:
            moved = replace(excluded, start=span.start, end=span.end)
            self._push(lambda: editing.replace_excluded(session, excluded, moved))

    def _keep_reason(self, span: ExcludedSpan, reason: str) -> None:
        desk = self._desk
        if desk is not None:
            session, new = desk.document.session, replace(span, reason=reason)
            self._push(lambda: editing.replace_excluded(session, span, new))

    def _push(self, make: Callable[[], Edit]) -> bool:
        """Do an edit; tells whether it could be done."""
        desk = self._desk
        if desk is None:
            return False
        try:
            desk.document.push(make())
        except AnnotatorError as error:
            desk.refused.emit(str(error))
            return False
        return True

    def _show_lanes(self) -> None:
        for by, action_id in _LANES.items():
            self._window.actions_table.by_id[action_id].setChecked(by is self._by)
        document = self._desk.document if self._desk is not None else None
        seen: frozenset[str] = frozenset()
        if document is not None and self._by is LaneBy.PASS:
            shown = visible_passes(document.session, document.coder, blind=self.blind)
            seen = frozenset(one.id for one in shown)
            seen = seen & self._compared or seen
        self._timeline.lay_by(self._by, seen)


def _region_edit(desk: Desk, span: Interval) -> Edit:
    """Make the edit that sets the region, within what is recorded."""
    session = desk.document.session
    last = session.duration or span.end
    end = Micros(max(ZERO, min(span.end, last)))
    return editing.set_region(session, Interval(min(max(ZERO, span.start), end), end))
