"""What buttons, the mouse and ticks do to the draft of a clip's masks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt6.QtCore import QObject

from annotator.gui.masks.geometry import middle_of
from annotator.media.face_boxes import Box
from annotator.media.face_masks import Fill
from annotator.media.mask_pictures import Outline, OutlineKind
from annotator.model.time import Interval

if TYPE_CHECKING:
    from annotator.gui.mask_reviewing import MaskReviewing
    from annotator.gui.masks.draft import MaskDraft
    from annotator.gui.masks.window import MaskWindow


class MaskActs(QObject):
    """Connects a window with the draft that is reviewed in it."""

    def __init__(self, reviewing: MaskReviewing, window: MaskWindow) -> None:
        super().__init__(reviewing)
        self._reviewing, self._window = reviewing, window
        canvas, side = window.canvas, window.side
        canvas.drawn.connect(self._draw)
        canvas.keyed.connect(self._key)
        canvas.removed.connect(self._remove)
        canvas.chosen.connect(lambda _outline: reviewing.change(None))
        side.track_ticked.connect(lambda track, on: self._tick(track, is_covered=on))
        side.track_chosen.connect(self._choose_track)
        side.whose_chosen.connect(self._assign)
        side.fill.currentIndexChanged.connect(lambda _at: self._fill())
        side.through.toggled.connect(lambda _on: reviewing.refresh())
        side.add.clicked.connect(lambda _on: self._add())
        side.remove.clicked.connect(lambda _on: self._remove())
        side.unkey.clicked.connect(lambda _on: self._unkey())
        side.begin.clicked.connect(lambda _on: self._begin())
        side.end.clicked.connect(lambda _on: self._end())
        side.whole.clicked.connect(lambda _on: self._whole())
        side.no_whole.clicked.connect(lambda _on: self._no_whole())

    @property
    def _draft(self) -> MaskDraft | None:
        return self._reviewing.draft

    @property
    def _chosen(self) -> int | None:
        """The number of the drawn mask that is chosen."""
        one: Outline | None = self._window.canvas.selected
        return one.number if one is not None and one.kind is OutlineKind.DRAWN else None

    def _draw(self, box: Box) -> None:
        if self._draft is not None:
            self._window.canvas.select(OutlineKind.DRAWN, len(self._draft.plan.drawn))
            self._reviewing.change(self._draft.drawn(self._reviewing.time, box))

    def _add(self) -> None:
        if self._draft is not None:
            self._draw(middle_of(self._draft.plan.size))
            self._window.canvas.setFocus()

    def _key(self, number: int, box: Box) -> None:
        if self._draft is not None:
            self._reviewing.change(self._draft.keyed(number, self._reviewing.time, box))

    def _remove(self) -> None:
        if self._draft is not None and self._chosen is not None:
            draft = self._draft.without(self._chosen)
            self._window.canvas.select(None)
            self._reviewing.change(draft)

    def _unkey(self) -> None:
        if self._draft is not None and self._chosen is not None:
            self._reviewing.change(self._draft.without_key(self._chosen, self._reviewing.time))

    def _begin(self) -> None:
        if self._draft is not None and self._chosen is not None:
            self._reviewing.change(self._draft.begun(self._chosen, self._reviewing.time))

    def _end(self) -> None:
        if self._draft is not None and self._chosen is not None:
            self._reviewing.change(self._draft.ended(self._chosen, self._reviewing.time))

    def _tick(self, track: int, *, is_covered: bool) -> None:
        if self._draft is not None:
            self._reviewing.change(self._draft.showing(track, is_shown=not is_covered))

    def _choose_track(self, track: int) -> None:
        if self._draft is not None:
            is_shown = track in self._draft.shown
            kind = OutlineKind.SHOWN if is_shown else OutlineKind.FACE
            self._window.canvas.select(kind, track)
            self._reviewing.change(None)

    def _assign(self, track: int, participant: str) -> None:
        if self._draft is not None:
            self._reviewing.change(self._draft.assigned(track, participant))

    def _fill(self) -> None:
        if self._draft is not None:
            fill = Fill(self._window.side.fill.currentData())
            self._reviewing.change(self._draft.filled(fill))

    def _whole(self) -> None:
        """Begin a stretch of whole pictures, or end it; to go back ends it just as well."""
        draft, time, begun = self._draft, self._reviewing.time, self._reviewing.whole_from
        if draft is None:
            return
        if begun is None:
            self._reviewing.begin_whole(time)
            return
        self._reviewing.begin_whole(None)
        span = Interval(min(begun, time), self._reviewing.past(max(begun, time)))
        self._reviewing.change(draft.whole(span))

    def _no_whole(self) -> None:
        if self._draft is not None:
            self._reviewing.change(self._draft.not_whole(self._reviewing.time))
