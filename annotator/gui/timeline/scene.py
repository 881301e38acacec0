"""What the timeline shows of a session, kept up with each change and without any painting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from annotator.editing.marking import RunningSpan
from annotator.gui.timeline.bands import Band, bands
from annotator.gui.timeline.clips_lane import CLIPS_HEIGHT
from annotator.gui.timeline.geometry import Scale, clamped, fitted, fitted_to, frame_length
from annotator.gui.timeline.hit import RULER_HEIGHT, Hit, hit
from annotator.gui.timeline.lane_plan import (
    LaneBy,
    LanePlan,
    plan_by_group,
    plan_by_participant,
    plan_by_pass,
)
from annotator.gui.timeline.lanes import Lanes
from annotator.gui.timeline.overview import BAR_HEIGHT
from annotator.gui.timeline.sound_lane import SOUND_HEIGHT, SoundLane, SoundState
from annotator.gui.timeline.strip import STRIP_HEIGHT, FilmStrip
from annotator.model.change import Change, FieldChange, Member, MemberChange, TagChange
from annotator.model.codebook import Codebook
from annotator.model.coding import CodingPass
from annotator.model.session import Session
from annotator.model.time import SECOND, ZERO, Interval, Micros

FIRST_WIDTH = 800
MANY_CHANGES = 2000
LANES_FIRST = 72
"""So much height the lanes keep before sound and film strip get any."""

LANES_LEAST = 48
"""So much height the lanes keep before kept clips get any."""

NOWHERE = Interval(ZERO, Micros(60 * SECOND))


class Scene:
    """Session, lanes and running stretches, and the scale and bands that give them places."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.pass_id = ""
        self.by = LaneBy.GROUP
        self.seen: frozenset[str] = frozenset()
        self.lanes = Lanes()
        self.running: tuple[RunningSpan, ...] = ()
        self.running_rows: dict[str, tuple[int, int]] = {}
        self.frame_times: Sequence[Micros] = ()
        self.silences: Sequence[Interval] = ()
        self.frame = frame_length(())
        self.whole = NOWHERE
        self.bands: list[Band] = []
        self.scale: Scale = fitted(NOWHERE, 0, FIRST_WIDTH)
        self.scroll = 0
        self.height = 0
        self.has_clips = False
        self.sound = SoundLane()
        self.strip: FilmStrip | None = None

    def show(self, session: Session | None, pass_id: str) -> None:
        """Show a pass of a session, all of it on one page; None shows nothing."""
        before, self.session, self.pass_id = self.session, session, pass_id
        if session is None or before is None or session.id != before.id:
            self.running = ()
        self._fill()
        self.scale = self._all()

    def lay_by(self, by: LaneBy, seen: frozenset[str] = frozenset()) -> None:
        """Lay the same tags in other lanes; `seen` are the other passes that may be looked at."""
        self.by, self.seen = by, seen
        self._fill()

    def apply(self, session: Session, changes: Sequence[Change]) -> set[int] | None:
        """Follow changes; gives the numbers of the lanes that look different, None for all."""
        self.session = session
        tag_changes = [change for change in changes if isinstance(change, TagChange)]
        others = [change for change in changes if not isinstance(change, TagChange)]
        if len(changes) > MANY_CHANGES or any(self._changes_lanes(change) for change in others):
            all_shown = self.scale.length >= self._all().length
            self._fill()
            self.scale = self._all() if all_shown else clamped(self.scale, self.whole)
            return None
        before = len(self.lanes.lanes), self.lanes.row_counts()
        touched = self._follow_tags(tag_changes)
        if self._follow_end() or (len(self.lanes.lanes), self.lanes.row_counts()) != before:
            self.lay_out()
            return None
        return None if others else touched

    def set_frame_times(self, frame_times: Sequence[Micros]) -> None:
        """Take the film's frame times, on the session's clock."""
        self.frame_times = frame_times
        self.frame = frame_length(frame_times)

    def set_running(self, running: tuple[RunningSpan, ...]) -> bool:
        """Take the running stretches; tells whether lanes had to become higher or lower."""
        before = [band.rows for band in self.bands]
        self.running = running
        self.lay_out()
        return before != [band.rows for band in self.bands]

    def resize(self, left: int, width: int, height: int) -> None:
        """Take the room there is; time begins at pixel `left`, right of the lanes' names."""
        self.scale = fitted_to(self.scale, self.whole, left, width)
        self.height = height
        self.lay_out()

    @property
    def foot(self) -> int:
        """The pixel at which the overview at the foot begins."""
        return self.height - (STRIP_HEIGHT if self.shows_strip else BAR_HEIGHT)

    @property
    def shows_clips(self) -> bool:
        """Whether there is a thin lane for kept clips, and height for it."""
        left = self.height - RULER_HEIGHT - CLIPS_HEIGHT - BAR_HEIGHT
        return self.has_clips and left >= LANES_LEAST

    @property
    def sound_top(self) -> int:
        """The pixel at which the sound begins, below the ruler and the clips."""
        return RULER_HEIGHT + (CLIPS_HEIGHT if self.shows_clips else 0)

    @property
    def top(self) -> int:
        """The pixel at which the lanes begin, below the ruler, the clips and the sound."""
        return self.sound_top + (SOUND_HEIGHT if self.shows_sound else 0)

    @property
    def shows_sound(self) -> bool:
        """Whether there is a lane for the sound, and height for it."""
        left = self.height - self.sound_top - LANES_FIRST - BAR_HEIGHT
        return self.sound.state is not SoundState.ABSENT and left >= SOUND_HEIGHT

    @property
    def shows_strip(self) -> bool:
        """Whether there is a film strip, and height for it."""
        left = self.height - self.top - LANES_FIRST
        return self.strip is not None and left >= STRIP_HEIGHT

    @property
    def room(self) -> int:
        """The height that is left for lanes."""
        return max(0, self.foot - self.top)

    def hit_at(self, x: int, y: int) -> Hit:
        """Tell what lies at a pixel of the whole timeline."""
        below = y - self.top
        content_y = below + self.scroll if below >= 0 else below
        return hit(x, content_y, self.scale, self.bands, self.lanes)

    def lay_out(self) -> None:
        """Share the room between the lanes, with a sub-row for each running stretch."""
        self.running_rows = {}
        taken: dict[int, int] = {}
        rows: dict[int, int] = {}
        for span in self.running:
            lane = self.lanes.lane_of(span.code_id, span.participant, self.pass_id)
            row = max(self._row_from(lane, span.start), taken.get(lane, 0))
            self.running_rows[span.code_id] = (lane, row)
            taken[lane] = rows[lane] = row + 1
        counts = self.lanes.row_counts()
        self.bands = bands(
            [max(count, rows.get(lane, 0)) for lane, count in enumerate(counts)],
            self.room,
        )

    def _all(self) -> Scale:
        return fitted(self.whole, self.scale.left, self.scale.width)

    def _row_from(self, lane: int, start: Micros) -> int:
        return self.lanes.lanes[lane].free_row(start, max(start + 1, self.whole.end))

    def _fill(self) -> None:
        session, self.lanes = self.session, Lanes(self._plan())
        for one in session.passes if session is not None else ():
            if self._is_shown(one.id):
                self.lanes.fill(one.tags, one.id)
        self.whole = self._whole()
        self.lay_out()

    def _plan(self) -> LanePlan:
        session = self.session
        if session is None or self.by is LaneBy.GROUP:
            return plan_by_group(session.codebook if session is not None else None)
        if self.by is LaneBy.PASS:
            return plan_by_pass(session, self.pass_id, self.seen)
        coding_pass = session.coding_pass(self.pass_id)
        return plan_by_participant(session, coding_pass.tags if coding_pass is not None else ())

    def _is_shown(self, pass_id: str) -> bool:
        return pass_id == self.pass_id or (self.by is LaneBy.PASS and pass_id in self.seen)

    def _changes_lanes(self, change: Change) -> bool:
        if isinstance(change, FieldChange):
            return isinstance(change.after, Codebook)
        if not isinstance(change, MemberChange):
            return False
        if change.member is Member.PASS:
            one = change.after or change.before
            return isinstance(one, CodingPass) and self._is_shown(one.id)
        by_person = self.by is LaneBy.PARTICIPANT
        return change.member is Member.PARTICIPANT and by_person

    def _follow_tags(self, changes: Iterable[TagChange]) -> set[int]:
        touched: set[int] = set()
        for change in changes:
            if not self._is_shown(change.pass_id):
                continue
            if change.before is not None:
                lane = self.lanes.remove(change.before.id)
                touched |= {lane} if lane is not None else set()
            if change.after is not None:
                touched.add(self.lanes.add(change.after, change.pass_id))
        return touched

    def _follow_end(self) -> bool:
        """Let what can be shown grow with what lies beyond its end, and shrink back without it."""
        whole, all_shown = self._whole(), self.scale.length >= self._all().length
        if whole == self.whole:
            return False
        self.whole = whole
        self.scale = self._all() if all_shown else clamped(self.scale, whole)
        return True

    def _whole(self) -> Interval:
        """Give the stretch from the first moment of a session to its last, tags included."""
        session, extent = self.session, self.lanes.extent()
        if session is None:
            return NOWHERE
        first, last = extent if extent is not None else (ZERO, ZERO)
        start = min((ZERO, first, *(one.offset for one in session.recordings)))
        end = max(session.duration, session.region.end, last)
        return Interval(Micros(start), Micros(end)) if end > start else NOWHERE
