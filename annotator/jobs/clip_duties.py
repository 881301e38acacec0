"""Which masks clips get, and whose, by what is asked for and what consents demand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from annotator.jobs.clip_bare import NOTHING_BARE, Bared, bared_in
from annotator.jobs.clip_holding import held_in
from annotator.jobs.clip_view import viewed
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.model import Interval, Session
from annotator.model.disclosure import Judgement, MaskDuty
from annotator.model.held import Held, maskable
from annotator.model.participant import Mask
from annotator.model.sound_plans import SoundPlan, chosen_voices, names_plan, voice_plan


def masks_of(
    judgements: Iterable[Judgement], wish: ClipsWish, held: Iterable[Held]
) -> frozenset[Mask]:
    """Give all that is masked, of anybody: what is asked for and what is demanded.

    What clips do not hold is not masked in them.
    """
    duties = [duty for one in judgements for duty in one.duties]
    asked = {Mask.VOICE} if wish.sound.voices else set()
    asked |= {Mask.NAMES} if wish.sound.names else set()
    demanded = {mask for duty in duties for mask in duty.masks}
    return (wish.masks | asked | demanded) & maskable(held)


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


def bared_by(session: Session, clip: Interval, masks: Collection[Mask], wish: ClipsWish) -> Bared:
    """Tell which found faces a clip shows, by the masks that were looked at for it.

    One that is said to be of somebody whom the session does not know may be anybody's.
    """
    if not wish.form.has_picture or Mask.PICTURE in masks:
        return NOTHING_BARE
    bared = bared_in(viewed(session, wish.view).seen, wish.looked_at, clip)
    people = {one.id for one in session.participants}
    faces = (
        one if one.participant in people else replace(one, participant="") for one in bared.faces
    )
    return replace(bared, faces=tuple(faces))


def duties_done(
    present: Iterable[str],
    masks: Collection[Mask],
    sounds: Sequence[SoundPlan],
    shown: Collection[str] = (),
) -> list[MaskDuty]:
    """Give what is masked of each who is present; of the voices, in all of the clips.

    A face that is shown may be anybody's of whom it is not told that it is not: only
    those count as masked who are told to be others than all in `shown`.
    """
    found = []
    for who in present:
        bare = set()
        if not all(one.voice.covers(who) for one in sounds):
            bare.add(Mask.VOICE)
        if who in shown or "" in shown:
            bare.add(Mask.FACES)
        told = tuple(sorted(one for one in masks if one not in bare))
        if told:
            found.append(MaskDuty(who, told))
    return found


def masked_alike(
    session: Session, clips: Sequence[PlannedClip], wish: ClipsWish
) -> tuple[PlannedClip, ...]:
    """Mask in each of several clips what must be masked in one of them."""
    judgements = [one.judgement for one in clips]
    held = held_in(session, wish)
    masks = masks_of(judgements, wish, held)
    return tuple(
        replace(
            one,
            masks=masks,
            sound=sound_of(session, one.stretch.interval, judgements, wish),
            holds=held,
        )
        for one in clips
    )
