"""Which masks clips get, and whose, by what is asked for and what consents demand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.model import Interval, Session
from annotator.model.disclosure import Judgement, MaskDuty
from annotator.model.participant import Mask
from annotator.model.sound_plans import SoundPlan, chosen_voices, names_plan, voice_plan


def masks_of(judgements: Iterable[Judgement], wish: ClipsWish) -> frozenset[Mask]:
    """Give all that is masked, of anybody: what is asked for and what is demanded."""
    duties = [duty for one in judgements for duty in one.duties]
    asked = {Mask.VOICE} if wish.sound.voices else set()
    asked |= {Mask.NAMES} if wish.sound.names else set()
    return wish.masks | asked | {mask for duty in duties for mask in duty.masks}


def sound_of(
    session: Session, clip: Interval, judgements: Iterable[Judgement], wish: ClipsWish
) -> SoundPlan:
    """Plan the sound of a clip; raises AnnotatorError where a chosen participant is unknown."""
    names = names_plan(session, clip, wish.sound.names_wish)
    chosen = chosen_voices(session, wish.sound)
    if Mask.VOICE in wish.masks and not chosen:
        return SoundPlan(names=names)
    duties = [duty for one in judgements for duty in one.duties]
    demanded = {one.participant for one in duties if Mask.VOICE in one.masks}
    return SoundPlan(voice_plan(session, clip, chosen, demanded), names)


def duties_done(
    present: Iterable[str], masks: Collection[Mask], sounds: Sequence[SoundPlan]
) -> list[MaskDuty]:
    """Give what is masked of each who is present; of the voices, in all of the clips."""
    found = []
    for who in present:
        bare = Mask.VOICE in masks and not all(one.voice.covers(who) for one in sounds)
        told = tuple(sorted(one for one in masks if one is not Mask.VOICE or not bare))
        if told:
            found.append(MaskDuty(who, told))
    return found


def masked_alike(
    session: Session, clips: Sequence[PlannedClip], wish: ClipsWish
) -> tuple[PlannedClip, ...]:
    """Mask in each of several clips what must be masked in one of them."""
    judgements = [one.judgement for one in clips]
    masks = masks_of(judgements, wish)
    return tuple(
        replace(one, masks=masks, sound=sound_of(session, one.stretch.interval, judgements, wish))
        for one in clips
    )
