"""Judges clips once more when they are done, where the session was changed meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from annotator.jobs.clip_planning import ClipFilm, as_written, foreseen, planned_clip
from annotator.jobs.clip_wishes import ClipsWish, PlannedClip, SessionClips
from annotator.model import Session
from annotator.model.disclosure import RefusedError
from annotator.model.participant import Mask

_CHANGED = "The session was changed while this was made."
_AGAIN = "Look at the consent, then make the clips once more."


def judged_anew(
    session: Session, clips: Sequence[PlannedClip], films: Sequence[ClipFilm], wish: ClipsWish
) -> list[PlannedClip]:
    """Judge clips by what a session says now."""
    fresh = [planned_clip(session, one.stretch, one.name, wish) for one in clips]
    return [as_written(session, one, films, wish) for one in fresh]


def require_alike(before: Sequence[PlannedClip], now: Sequence[PlannedClip]) -> None:
    """See to it that clips that were made are still allowed, and masked as they must be.

    Raises RefusedError.
    """
    for one, other in zip(before, now, strict=True):
        if other.allowed is None:
            raise RefusedError(f"{_CHANGED} {other.refusal}", _AGAIN)
        known = () if one.allowed is None else one.allowed.refusals
        if more := [each.told for each in other.allowed.refusals if each not in known]:
            raise RefusedError(f"{_CHANGED} {' '.join(more)}", _AGAIN)  # the reason was not for it
        if _masked(one) != _masked(other):
            told = "What must be masked was changed while this was made."
            raise RefusedError(told, _AGAIN)


def still_allowed(part: SessionClips) -> SessionClips:
    """Give the clips that were made and are to go on into a pack, as their session judges them now.

    Raises RefusedError where one may not go on, MediaError where its film is not there any more.
    """
    wish, made = part.wish, part.done
    now = wish.watch.changed() if wish.watch is not None else None
    if now is None:
        return replace(part, made=made)
    before = [one.planned for one in made]
    fresh = [planned_clip(now, one.stretch, one.name, wish) for one in before]
    anew = foreseen(now, part.path, fresh, wish)
    require_alike(before, anew)
    pairs = zip(made, anew, strict=True)
    judged = tuple(replace(one, planned=other) for one, other in pairs)
    return replace(part, session=now, made=judged)


def _masked(one: PlannedClip) -> tuple[object, ...]:
    voice = one.sound.voice if Mask.VOICE in one.masks else None
    names = one.sound.names if Mask.NAMES in one.masks else None
    return one.masks, voice, names, one.bare
