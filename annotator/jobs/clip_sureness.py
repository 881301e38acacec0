"""What was masked in the sound of clips all in all, so that it is said how sure that is."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.jobs.clip_wishes import ClipsWish, PlannedClip
from annotator.model import Session
from annotator.model.held import Held
from annotator.model.participant import Mask
from annotator.model.sound_plans import NamesAs
from annotator.model.sound_telling import SoundMasked, Told, told


def sound_told(session: Session, clips: Sequence[PlannedClip], wish: ClipsWish) -> tuple[Told, ...]:
    """Say what is masked in the sound of clips and how sure it is; nothing where nothing is."""
    made = [one for one in clips if one.allowed is not None and Held.SOUND in one.holds]
    masks = {mask for one in made for mask in one.masks} & {Mask.VOICE, Mask.NAMES}
    if not masks:
        return ()
    voices = [one.sound.voice for one in made if Mask.VOICE in one.masks]
    names = [one.sound.names for one in made if Mask.NAMES in one.masks]
    roles = {one.id: one.role.value for one in session.participants}
    people = {roles.get(who, who) for one in voices for who in one.people}
    return told(
        SoundMasked(
            sorted(people),
            any(one.spans is None for one in voices),
            sum(len(one.spans) for one in names) if names else None,
            sum(one.guessed for one in names),
            beeped=wish.sound.names_as is NamesAs.BEEP,
            captioned=wish.captions or wish.words.burned or wish.words.subtitles,
        )
    )
