"""A plan of masks while a person works on it: each change gives a new one, and can be undone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from annotator.media.face_boxes import Box
from annotator.media.face_masks import DrawnMask, Fill, MaskPlan
from annotator.model.time import Interval, Micros


@dataclass(frozen=True, slots=True)
class MaskDraft:
    """The plan as it stands, those before it and those that were undone.

    `span` is the clip, in the film's own time: a mask that is drawn covers all of it until its
    ends are moved.
    """

    plan: MaskPlan
    span: Interval
    before: tuple[MaskPlan, ...] = ()
    after: tuple[MaskPlan, ...] = ()

    @property
    def shown(self) -> frozenset[int]:
        """The numbers of the tracks that are not covered."""
        return self.plan.opened

    def changed(self, plan: MaskPlan) -> MaskDraft:
        """Give the draft with another plan; the same one is no change."""
        if plan == self.plan:
            return self
        return replace(self, plan=plan, before=(*self.before, self.plan), after=())

    def undone(self) -> MaskDraft:
        """Give the draft without the last change; itself where there is none."""
        if not self.before:
            return self
        return replace(
            self,
            plan=self.before[-1],
            before=self.before[:-1],
            after=(self.plan, *self.after),
        )

    def redone(self) -> MaskDraft:
        """Give the draft with what was undone last; itself where nothing was."""
        if not self.after:
            return self
        return replace(
            self, plan=self.after[0], before=(*self.before, self.plan), after=self.after[1:]
        )

    def drawn(self, time: Micros, box: Box) -> MaskDraft:
        """Give the draft with one more mask, which stands where it was drawn."""
        return self.changed(self.plan.with_drawn(DrawnMask(self.span, ((time, box),))))

    def keyed(self, number: int, time: Micros, box: Box) -> MaskDraft:
        """Give the draft in which a mask has this box at a moment, and moves evenly to others."""
        return self._with_mask(number, self.plan.drawn[number].keyed(time, box))

    def without_key(self, number: int, time: Micros) -> MaskDraft:
        """Give the draft without a mask's box at a moment; the last box takes the mask with it."""
        mask = self.plan.drawn[number]
        keys = tuple(key for key in mask.keys if key[0] != time)
        if not keys:
            return self.without(number)
        return self._with_mask(number, replace(mask, keys=keys))

    def without(self, number: int) -> MaskDraft:
        """Give the draft without a mask that was drawn."""
        kept = tuple(one for at, one in enumerate(self.plan.drawn) if at != number)
        return self.changed(replace(self.plan, drawn=kept))

    def begun(self, number: int, time: Micros) -> MaskDraft:
        """Give the draft in which a mask begins at a moment; one after its end changes nothing."""
        mask = self.plan.drawn[number]
        if time >= mask.span.end:
            return self
        return self._with_mask(number, replace(mask, span=Interval(time, mask.span.end)))

    def ended(self, number: int, time: Micros) -> MaskDraft:
        """Give the draft in which a mask ends at a moment; one before its start changes nothing."""
        mask = self.plan.drawn[number]
        if time <= mask.span.start:
            return self
        return self._with_mask(number, replace(mask, span=Interval(mask.span.start, time)))

    def showing(self, track: int, *, is_shown: bool) -> MaskDraft:
        """Give the draft in which a face that was found is shown, or covered again."""
        opened = self.plan.opened | {track} if is_shown else self.plan.opened - {track}
        return self.changed(self.plan.opened_to(opened))

    def assigned(self, track: int, participant: str) -> MaskDraft:
        """Give the draft in which a track is a participant's face; nobody's where empty."""
        return self.changed(self.plan.assigned(track, participant))

    def whole(self, span: Interval) -> MaskDraft:
        """Give the draft in which whole pictures are covered for a stretch."""
        return self.changed(self.plan.with_whole(span))

    def not_whole(self, time: Micros) -> MaskDraft:
        """Give the draft that covers no whole picture at a moment, as far as one was asked for."""
        asked = tuple(one for one in self.plan.asked if not one.contains(time))
        lost = tuple(one for one in self.plan.lost if not one.span.contains(time))
        return self.changed(replace(self.plan, asked=asked, lost=lost))

    def filled(self, fill: Fill) -> MaskDraft:
        """Give the draft in which masks are filled so."""
        return self.changed(replace(self.plan, fill=fill))

    def _with_mask(self, number: int, mask: DrawnMask) -> MaskDraft:
        masks = list(self.plan.drawn)
        masks[number] = mask
        return self.changed(replace(self.plan, drawn=tuple(masks)))
